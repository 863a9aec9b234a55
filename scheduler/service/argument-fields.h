/* SPDX-License-Identifier: MIT */

/* The field tables of the commands' arguments. */

#pragma once

#include "scheduler/support/fields.h"

G_BEGIN_DECLS

extern const HtFields ht_booking_fields;
extern const HtFields ht_find_time_fields; /* of no command: HtFindTime */
extern const HtFields ht_displaced_fields; /* of the list in bookings and verdicts */
extern const HtFields ht_verdict_fields;
#define HT_QUOTA_MOST 100000 /* no amount of a quota is more */
extern const HtFields ht_put_quota_fields;
extern const HtFields ht_put_closure_fields;
extern const HtFields ht_put_closure_body_fields; /* without what an address says */
extern const HtFields ht_put_resource_fields;
extern const HtFields ht_put_resource_body_fields; /* without what an address says */
extern const HtFields ht_target_fields;
extern const HtFields ht_move_fields;
extern const HtFields ht_rehearse_fields;
extern const HtFields ht_run_on_fields;
extern const HtFields ht_check_site_fields;
extern const HtFields ht_substitute_fields;
extern const HtFields ht_edit_fields;
extern const HtFields ht_edit_body_fields; /* without what an address and its header say */
extern const HtFields ht_change_many_fields;
extern const HtFields ht_put_person_fields;
extern const HtFields ht_set_password_fields;
extern const HtFields ht_grants_fields;
extern const HtFields ht_subscribe_fields;
extern const HtFields ht_make_token_fields;
extern const HtFields ht_import_fields;
extern const HtFields ht_clock_event_fields;
extern const HtFields ht_care_fields;
extern const HtFields ht_job_report_fields;

extern const char *const ht_scope_names[];          /* "this", "following", "all", NULL */
extern const char *const ht_rehearsal_lead_names[]; /* "day-before", "hour-before", NULL */

G_END_DECLS
