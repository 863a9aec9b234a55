/* SPDX-License-Identifier: MIT */

/* The field tables of the records. Members stand in the order of their table's columns; those of
 * a list have a table of their own. */

#pragma once

#include "scheduler/support/fields.h"

G_BEGIN_DECLS

extern const HtFields ht_unit_fields;
extern const HtFields ht_resource_fields;
extern const HtFields ht_closure_fields;
extern const HtFields ht_site_fields;
extern const HtFields ht_source_fields;
extern const HtFields ht_profile_fields;
extern const HtFields ht_person_fields;
extern const HtFields ht_grant_fields;
extern const HtFields ht_subscription_fields;
extern const HtFields ht_api_token_fields;
extern const HtFields ht_series_fields;
extern const HtFields ht_session_fields;
extern const HtFields ht_job_fields;
extern const HtFields ht_operation_fields;
extern const HtFields ht_quota_fields;

G_END_DECLS
