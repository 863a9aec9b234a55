/* SPDX-License-Identifier: MIT */

#include "scheduler/service/argument-fields.h"

#include "scheduler/core/agenda.h"
#include "scheduler/core/civil.h"
#include "scheduler/core/quota.h"
#include "scheduler/core/site-check.h"
#include "scheduler/service/arguments.h"
#include "scheduler/service/find-time.h"
#include "scheduler/service/import.h"

#define AT(type, member) G_STRUCT_OFFSET (type, member)
#define MAX_CSV          (8 * 1024 * 1024)

const char *const ht_scope_names[] = {
    [HT_SCOPE_THIS] = "this",
    [HT_SCOPE_FOLLOWING] = "following",
    [HT_SCOPE_ALL] = "all",
    [HT_SCOPE_N] = NULL,
};

const char *const ht_holiday_choice_names[] = {
    [HT_HOLIDAYS_KEEP] = "keep",
    [HT_HOLIDAYS_SKIP] = "skip",
    [HT_HOLIDAYS_MOVE] = "move",
    [HT_HOLIDAYS_N_CHOICES] = NULL,
};

const char *const ht_rehearsal_lead_names[] = {
    [HT_REHEARSAL_DAY_BEFORE] = "day-before",
    [HT_REHEARSAL_HOUR_BEFORE] = "hour-before",
    [HT_REHEARSAL_N_LEADS] = NULL,
};

static const char *const run_on_names[] = {
    [HT_RUN_ON_POLICY] = "policy",
    [HT_RUN_ON_NO] = "no",
    [HT_RUN_ON_YES] = "yes",
    [HT_RUN_ON_N] = NULL,
};

const char *const ht_import_kind_names[] = {
    [HT_IMPORT_UNITS] = "units",         [HT_IMPORT_CLOSURES] = "closures",
    [HT_IMPORT_HOURS] = "hours",         [HT_IMPORT_LINKS] = "links",
    [HT_IMPORT_RESOURCES] = "resources", [HT_IMPORT_PEOPLE] = "people",
    [HT_IMPORT_SITES] = "sites",         [HT_IMPORT_SOURCES] = "sources",
    [HT_IMPORT_PROFILES] = "profiles",   [HT_IMPORT_COURSES] = "courses",
    [HT_IMPORT_N_KINDS] = NULL,
};

/* clang-format off */
static const HtField booking_site[] = {
    { "id", HT_FIELD_INT, AT (HtBookingSite, id), HT_FIELD_REQUIRED, 1, INT64_MAX },
    { "kbps", HT_FIELD_INT, AT (HtBookingSite, kbps), 0, 0, 10000000 },
    { "profile", HT_FIELD_ENUM, AT (HtBookingSite, profile), .names = ht_profile_names },
};
static const HtFields booking_site_fields = HT_FIELDS ("site", HtBookingSite, booking_site);

static const HtField booking_watchers[] = {
    { "siteId", HT_FIELD_INT, AT (HtBookingWatchers, site_id), 0, 0, INT64_MAX },
    { "unitId", HT_FIELD_INT, AT (HtBookingWatchers, unit_id), 0, 0, INT64_MAX },
    { "count", HT_FIELD_INT, AT (HtBookingWatchers, count), HT_FIELD_REQUIRED, 1, 100000 },
    { "kbps", HT_FIELD_INT, AT (HtBookingWatchers, kbps), 0, 0, 10000000 },
};
static const HtFields booking_watchers_fields = HT_FIELDS ("watchers", HtBookingWatchers, booking_watchers);

/* What a booking asks for; which one it became is the service's to say. */
static const HtField booking_choice[] = {
    { "kind", HT_FIELD_ENUM, AT (HtChoice, kind), HT_FIELD_REQUIRED, .names = ht_resource_kind_names },
    { "seats", HT_FIELD_INT, AT (HtChoice, seats), 0, 0, 100000 },
    { "amount", HT_FIELD_INT, AT (HtChoice, amount), 0, 0, 1000000 },
    { "unitId", HT_FIELD_INT, AT (HtChoice, unit_id), 0, 0, INT64_MAX },
    { "features", HT_FIELD_TEXT, AT (HtChoice, features), 0, 0, 200 },
};
static const HtFields booking_choice_fields = HT_FIELDS ("choice", HtChoice, booking_choice);

static const HtField booking_equipment[] = {
    { "id", HT_FIELD_INT, AT (HtBookingEquipment, id), HT_FIELD_REQUIRED, 1, INT64_MAX },
    { "amount", HT_FIELD_INT, AT (HtBookingEquipment, amount), HT_FIELD_REQUIRED, 1, 1000000 },
};
static const HtFields booking_equipment_fields = HT_FIELDS ("equipment", HtBookingEquipment, booking_equipment);

static const HtField displaced[] = {
    { "id", HT_FIELD_INT, AT (HtDisplaced, id), HT_FIELD_REQUIRED, 1, INT64_MAX },
    { "number", HT_FIELD_INT, AT (HtDisplaced, number), HT_FIELD_REQUIRED, 1, INT64_MAX },
    { "start", HT_FIELD_TEXT, AT (HtDisplaced, start), 0, 0, 40 },
};
const HtFields ht_displaced_fields = HT_FIELDS ("displaced", HtDisplaced, displaced);

static const HtField rehearsal[] = {
    { "lead", HT_FIELD_ENUM, AT (HtRehearsal, lead), .names = ht_rehearsal_lead_names },
    { "start", HT_FIELD_TEXT, AT (HtRehearsal, start), 0, 0, 40 },
    { "zone", HT_FIELD_TEXT, AT (HtRehearsal, zone), 0, 0, 60 },
    { "minutes", HT_FIELD_INT, AT (HtRehearsal, minutes), 0, 0, 1440 },
    { "sites", HT_FIELD_IDS, AT (HtRehearsal, sites), .max = 500 },
    { "stays", HT_FIELD_BOOL, AT (HtRehearsal, stays) },
};
static const HtFields rehearsal_fields = HT_FIELDS ("rehearsal", HtRehearsal, rehearsal);

static const HtField booking[] = {
    { "kind", HT_FIELD_ENUM, AT (HtBooking, kind), .names = ht_series_kind_names },
    { "title", HT_FIELD_TEXT, AT (HtBooking, title), HT_FIELD_REQUIRED, 0, 200 },
    { "description", HT_FIELD_TEXT, AT (HtBooking, description), HT_FIELD_LINES, 0, 4000 },
    { "unitId", HT_FIELD_INT, AT (HtBooking, unit_id), 0, 0, INT64_MAX },
    { "start", HT_FIELD_TEXT, AT (HtBooking, start), 0, 0, 40 },
    { "now", HT_FIELD_BOOL, AT (HtBooking, now) },
    { "zone", HT_FIELD_TEXT, AT (HtBooking, zone), 0, 0, 60 },
    { "minutes", HT_FIELD_INT, AT (HtBooking, minutes), HT_FIELD_REQUIRED, 1, 10080 },
    { "rule", HT_FIELD_TEXT, AT (HtBooking, rule), 0, 0, 500 },
    { "skip", HT_FIELD_TEXTS, AT (HtBooking, skip), .max = 366 },
    { "extra", HT_FIELD_TEXTS, AT (HtBooking, extra), .max = 366 },
    { "holidays", HT_FIELD_ENUM, AT (HtBooking, holidays), .names = ht_holiday_choice_names },
    { "anyOf", HT_FIELD_LIST, AT (HtBooking, any_of), .max = 10, .list = &booking_choice_fields },
    { "rooms", HT_FIELD_IDS, AT (HtBooking, rooms), .max = 50 },
    { "trainers", HT_FIELD_IDS, AT (HtBooking, trainers), .max = 50 },
    { "mainSite", HT_FIELD_INT, AT (HtBooking, main_site), 0, 0, INT64_MAX },
    { "sites", HT_FIELD_LIST, AT (HtBooking, sites), .max = 500, .list = &booking_site_fields },
    { "watchers", HT_FIELD_LIST, AT (HtBooking, watchers), .max = 500, .list = &booking_watchers_fields },
    { "equipment", HT_FIELD_LIST, AT (HtBooking, equipment), .max = 50, .list = &booking_equipment_fields },
    { "sources", HT_FIELD_IDS, AT (HtBooking, sources), .max = 8 },
    { "keepDays", HT_FIELD_INT, AT (HtBooking, keep_days), 0, 0, 36500 },
    { "audience", HT_FIELD_ENUM, AT (HtBooking, audience), .names = ht_audience_kind_names },
    { "audienceIds", HT_FIELD_IDS, AT (HtBooking, audience_ids), .max = 1000 },
    { "number", HT_FIELD_INT, AT (HtBooking, number), 0, 0, INT64_MAX },
    { "rank", HT_FIELD_ENUM, AT (HtBooking, rank), .names = ht_rank_names },
    { "hold", HT_FIELD_BOOL, AT (HtBooking, hold) },
    { "compete", HT_FIELD_BOOL, AT (HtBooking, compete) },
    { "document", HT_FIELD_TEXT, AT (HtBooking, document), 0, 0, 100 },
    { "awaitsDocument", HT_FIELD_BOOL, AT (HtBooking, awaits_document) },
    { "override", HT_FIELD_TEXT, AT (HtBooking, override), 0, 0, 500 },
    { "displaces", HT_FIELD_LIST, AT (HtBooking, displaces), .max = 100, .list = &ht_displaced_fields },
    { "rehearsals", HT_FIELD_LIST, AT (HtBooking, rehearsals), .max = 4, .list = &rehearsal_fields },
    { "runOn", HT_FIELD_ENUM, AT (HtBooking, run_on), .names = run_on_names },
};
const HtFields ht_booking_fields = HT_FIELDS ("booking", HtBooking, booking);

static const HtField verdict[] = {
    { "id", HT_FIELD_INT, AT (HtVerdict, id), 0, 0, INT64_MAX },
    { "ifNumber", HT_FIELD_INT, AT (HtVerdict, if_number), 0, 0, INT64_MAX },
    { "only", HT_FIELD_BOOL, AT (HtVerdict, only) },
    { "document", HT_FIELD_TEXT, AT (HtVerdict, document), 0, 0, 100 },
    { "reason", HT_FIELD_TEXT, AT (HtVerdict, reason), 0, 0, 500 },
    { "override", HT_FIELD_TEXT, AT (HtVerdict, override), 0, 0, 500 },
    { "displaces", HT_FIELD_LIST, AT (HtVerdict, displaces), .max = 100, .list = &ht_displaced_fields },
};
const HtFields ht_verdict_fields = HT_FIELDS ("verdict", HtVerdict, verdict);

static const HtField put_quota[] = {
    { "id", HT_FIELD_INT, AT (HtPutQuota, id), 0, 0, INT64_MAX },
    { "kind", HT_FIELD_ENUM, AT (HtPutQuota, kind), HT_FIELD_REQUIRED, .names = ht_quota_kind_names },
    { "unitId", HT_FIELD_INT, AT (HtPutQuota, unit_id), 0, 0, INT64_MAX },
    { "personId", HT_FIELD_INT, AT (HtPutQuota, person_id), 0, 0, INT64_MAX },
    { "each", HT_FIELD_BOOL, AT (HtPutQuota, each) },
    { "amount", HT_FIELD_INT, AT (HtPutQuota, amount), HT_FIELD_REQUIRED, 0, HT_QUOTA_MOST },
    { "from", HT_FIELD_TEXT, AT (HtPutQuota, from), 0, 0, 10 },
    { "until", HT_FIELD_TEXT, AT (HtPutQuota, until), 0, 0, 10 },
};
const HtFields ht_put_quota_fields = HT_FIELDS ("quota", HtPutQuota, put_quota);

static const HtField put_hours[] = {
    { "weekday", HT_FIELD_ENUM, AT (HtPutHours, weekday), HT_FIELD_REQUIRED, .names = ht_weekday_names },
    { "from", HT_FIELD_TEXT, AT (HtPutHours, from), HT_FIELD_REQUIRED, 0, 5 },
    { "until", HT_FIELD_TEXT, AT (HtPutHours, until), HT_FIELD_REQUIRED, 0, 5 },
};
static const HtFields put_hours_fields = HT_FIELDS ("hours", HtPutHours, put_hours);

static const HtField put_closure[] = {
    { "id", HT_FIELD_INT, AT (HtPutClosure, id), 0, 0, INT64_MAX },
    { "name", HT_FIELD_TEXT, AT (HtPutClosure, name), HT_FIELD_REQUIRED, 0, 200 },
    { "zone", HT_FIELD_TEXT, AT (HtPutClosure, zone), 0, 0, 60 },
    { "hours", HT_FIELD_LIST, AT (HtPutClosure, hours), .max = 100, .list = &put_hours_fields },
    { "days", HT_FIELD_TEXTS, AT (HtPutClosure, days), .max = 2000 },
};
const HtFields ht_put_closure_fields = HT_FIELDS ("closure", HtPutClosure, put_closure);
const HtFields ht_put_closure_body_fields = { "closure", put_closure + 1, G_N_ELEMENTS (put_closure) - 1, sizeof (HtPutClosure) };

static const HtField put_resource[] = {
    { "id", HT_FIELD_INT, AT (HtPutResource, id), 0, 0, INT64_MAX },
    { "kind", HT_FIELD_ENUM, AT (HtPutResource, kind), HT_FIELD_REQUIRED, .names = ht_resource_kind_names },
    { "unitId", HT_FIELD_INT, AT (HtPutResource, unit_id), 0, 0, INT64_MAX },
    { "name", HT_FIELD_TEXT, AT (HtPutResource, name), HT_FIELD_REQUIRED, 0, 200 },
    { "capacity", HT_FIELD_INT, AT (HtPutResource, capacity), HT_FIELD_REQUIRED, 0, INT64_C (1) << 50 },
    { "seats", HT_FIELD_INT, AT (HtPutResource, seats), 0, 0, 100000 },
    { "setupMinutes", HT_FIELD_INT, AT (HtPutResource, setup_minutes), HT_FIELD_REQUIRED, 0, 1440 },
    { "teardownMinutes", HT_FIELD_INT, AT (HtPutResource, teardown_minutes), HT_FIELD_REQUIRED, 0, 1440 },
    { "closureId", HT_FIELD_INT, AT (HtPutResource, closure_id), 0, 0, INT64_MAX },
    { "parentId", HT_FIELD_INT, AT (HtPutResource, parent_id), 0, 0, INT64_MAX },
    { "relay", HT_FIELD_BOOL, AT (HtPutResource, relay) },
    { "features", HT_FIELD_TEXT, AT (HtPutResource, features), 0, 0, 200 },
    { "retired", HT_FIELD_BOOL, AT (HtPutResource, retired) },
};
const HtFields ht_put_resource_fields = HT_FIELDS ("resource", HtPutResource, put_resource);
const HtFields ht_put_resource_body_fields = { "resource", put_resource + 1, G_N_ELEMENTS (put_resource) - 1, sizeof (HtPutResource) };

static const HtField find_time[] = {
    { "kind", HT_FIELD_ENUM, AT (HtFindTime, booking.kind), .names = ht_series_kind_names },
    { "unitId", HT_FIELD_INT, AT (HtFindTime, booking.unit_id), 0, 0, INT64_MAX },
    { "zone", HT_FIELD_TEXT, AT (HtFindTime, booking.zone), 0, 0, 60 },
    { "minutes", HT_FIELD_INT, AT (HtFindTime, booking.minutes), HT_FIELD_REQUIRED, 1, 10080 },
    { "anyOf", HT_FIELD_LIST, AT (HtFindTime, booking.any_of), .max = 10, .list = &booking_choice_fields },
    { "rooms", HT_FIELD_IDS, AT (HtFindTime, booking.rooms), .max = 50 },
    { "trainers", HT_FIELD_IDS, AT (HtFindTime, booking.trainers), .max = 50 },
    { "mainSite", HT_FIELD_INT, AT (HtFindTime, booking.main_site), 0, 0, INT64_MAX },
    { "sites", HT_FIELD_LIST, AT (HtFindTime, booking.sites), .max = 500, .list = &booking_site_fields },
    { "watchers", HT_FIELD_LIST, AT (HtFindTime, booking.watchers), .max = 500, .list = &booking_watchers_fields },
    { "equipment", HT_FIELD_LIST, AT (HtFindTime, booking.equipment), .max = 50, .list = &booking_equipment_fields },
    { "sources", HT_FIELD_IDS, AT (HtFindTime, booking.sources), .max = 8 },
    { "keepDays", HT_FIELD_INT, AT (HtFindTime, booking.keep_days), 0, 0, 36500 },
    { "from", HT_FIELD_TEXT, AT (HtFindTime, from), 0, 0, 10 },
    { "to", HT_FIELD_TEXT, AT (HtFindTime, to), 0, 0, 10 },
    { "hoursFrom", HT_FIELD_TEXT, AT (HtFindTime, hours_from), 0, 0, 5 },
    { "hoursTo", HT_FIELD_TEXT, AT (HtFindTime, hours_to), 0, 0, 5 },
    { "weekdays", HT_FIELD_TEXTS, AT (HtFindTime, weekdays), .max = 7 },
    { "most", HT_FIELD_INT, AT (HtFindTime, most), 0, 0, 20 },
};
const HtFields ht_find_time_fields = HT_FIELDS ("find-time", HtFindTime, find_time);

static const HtField target[] = {
    { "id", HT_FIELD_INT, AT (HtTarget, id), 0, 0, INT64_MAX },
    { "ifNumber", HT_FIELD_INT, AT (HtTarget, if_number), 0, 0, INT64_MAX },
};
const HtFields ht_target_fields = HT_FIELDS ("target", HtTarget, target);

static const HtField move[] = {
    { "id", HT_FIELD_INT, AT (HtMove, id), 0, 0, INT64_MAX },
    { "ifNumber", HT_FIELD_INT, AT (HtMove, if_number), 0, 0, INT64_MAX },
    { "start", HT_FIELD_TEXT, AT (HtMove, start), 0, 0, 40 },
    { "zone", HT_FIELD_TEXT, AT (HtMove, zone), 0, 0, 60 },
    { "minutes", HT_FIELD_INT, AT (HtMove, minutes), 0, 0, 10080 },
    { "scope", HT_FIELD_ENUM, AT (HtMove, scope), .names = ht_scope_names },
    { "reason", HT_FIELD_TEXT, AT (HtMove, reason), 0, 0, 500 },
    { "override", HT_FIELD_TEXT, AT (HtMove, override), 0, 0, 500 },
};
const HtFields ht_move_fields = HT_FIELDS ("move", HtMove, move);

static const HtField rehearse[] = {
    { "id", HT_FIELD_INT, AT (HtRehearse, id), 0, 0, INT64_MAX },
    { "ifNumber", HT_FIELD_INT, AT (HtRehearse, if_number), 0, 0, INT64_MAX },
    { "lead", HT_FIELD_ENUM, AT (HtRehearse, rehearsal.lead), .names = ht_rehearsal_lead_names },
    { "start", HT_FIELD_TEXT, AT (HtRehearse, rehearsal.start), 0, 0, 40 },
    { "zone", HT_FIELD_TEXT, AT (HtRehearse, rehearsal.zone), 0, 0, 60 },
    { "minutes", HT_FIELD_INT, AT (HtRehearse, rehearsal.minutes), 0, 0, 1440 },
    { "sites", HT_FIELD_IDS, AT (HtRehearse, rehearsal.sites), .max = 500 },
    { "stays", HT_FIELD_BOOL, AT (HtRehearse, rehearsal.stays) },
};
const HtFields ht_rehearse_fields = HT_FIELDS ("rehearsal", HtRehearse, rehearse);

static const HtField run_on[] = {
    { "id", HT_FIELD_INT, AT (HtRunOn, id), 0, 0, INT64_MAX },
    { "on", HT_FIELD_BOOL, AT (HtRunOn, on), HT_FIELD_REQUIRED },
};
const HtFields ht_run_on_fields = HT_FIELDS ("run-on", HtRunOn, run_on);

static const HtField check_site[] = {
    { "id", HT_FIELD_INT, AT (HtCheckSite, id), 0, 0, INT64_MAX },
    { "siteId", HT_FIELD_INT, AT (HtCheckSite, site_id), 0, 0, INT64_MAX },
    { "onPost", HT_FIELD_ENUM, AT (HtCheckSite, on_post), .names = ht_check_answer_names },
    { "technician", HT_FIELD_TEXT, AT (HtCheckSite, technician), HT_FIELD_PRIVATE, 0, 200 },
    { "phone", HT_FIELD_TEXT, AT (HtCheckSite, phone), HT_FIELD_PRIVATE, 0, 60 },
    { "picture", HT_FIELD_ENUM, AT (HtCheckSite, picture), .names = ht_check_answer_names },
    { "sound", HT_FIELD_ENUM, AT (HtCheckSite, sound), .names = ht_check_answer_names },
    { "lineKbps", HT_FIELD_INT, AT (HtCheckSite, line_kbps), 0, -1, 100000000 },
    { "signedOff", HT_FIELD_ENUM, AT (HtCheckSite, signed_off), .names = ht_check_answer_names },
    { "substituteId", HT_FIELD_INT, AT (HtCheckSite, substitute_id), 0, -1, INT64_MAX },
    { "note", HT_FIELD_TEXT, AT (HtCheckSite, note), HT_FIELD_LINES, 0, 500 },
};
const HtFields ht_check_site_fields = HT_FIELDS ("check", HtCheckSite, check_site);

static const HtField substitute[] = {
    { "id", HT_FIELD_INT, AT (HtSubstitute, id), 0, 0, INT64_MAX },
    { "ifNumber", HT_FIELD_INT, AT (HtSubstitute, if_number), 0, 0, INT64_MAX },
    { "siteId", HT_FIELD_INT, AT (HtSubstitute, site_id), 0, 0, INT64_MAX },
    { "substituteId", HT_FIELD_INT, AT (HtSubstitute, substitute_id), 0, 0, INT64_MAX },
    { "reason", HT_FIELD_TEXT, AT (HtSubstitute, reason), 0, 0, 500 },
};
const HtFields ht_substitute_fields = HT_FIELDS ("substitute", HtSubstitute, substitute);

static const char *const edit_audience_names[] = { "same", "everybody", "units", "persons", NULL };

static const HtField edit[] = {
    { "id", HT_FIELD_INT, AT (HtEdit, move.id), 0, 0, INT64_MAX },
    { "ifNumber", HT_FIELD_INT, AT (HtEdit, move.if_number), 0, 0, INT64_MAX },
    { "scope", HT_FIELD_ENUM, AT (HtEdit, move.scope), .names = ht_scope_names },
    { "start", HT_FIELD_TEXT, AT (HtEdit, move.start), 0, 0, 40 },
    { "zone", HT_FIELD_TEXT, AT (HtEdit, move.zone), 0, 0, 60 },
    { "minutes", HT_FIELD_INT, AT (HtEdit, move.minutes), 0, 0, 10080 },
    { "reason", HT_FIELD_TEXT, AT (HtEdit, move.reason), 0, 0, 500 },
    { "override", HT_FIELD_TEXT, AT (HtEdit, move.override), 0, 0, 500 },
    { "title", HT_FIELD_TEXT, AT (HtEdit, title), 0, 0, 200 },
    { "description", HT_FIELD_TEXT, AT (HtEdit, description), HT_FIELD_LINES, 0, 4000 },
    { "unitId", HT_FIELD_INT, AT (HtEdit, unit_id), 0, 0, INT64_MAX },
    { "rooms", HT_FIELD_IDS, AT (HtEdit, rooms), .max = 50 },
    { "trainers", HT_FIELD_IDS, AT (HtEdit, trainers), .max = 50 },
    { "mainSite", HT_FIELD_INT, AT (HtEdit, main_site), 0, 0, INT64_MAX },
    { "sites", HT_FIELD_LIST, AT (HtEdit, sites), .max = 500, .list = &booking_site_fields },
    { "watchers", HT_FIELD_LIST, AT (HtEdit, watchers), .max = 500, .list = &booking_watchers_fields },
    { "equipment", HT_FIELD_LIST, AT (HtEdit, equipment), .max = 50, .list = &booking_equipment_fields },
    { "sources", HT_FIELD_IDS, AT (HtEdit, sources), .max = 8 },
    { "keepDays", HT_FIELD_INT, AT (HtEdit, keep_days), 0, 0, 36500 },
    { "audience", HT_FIELD_ENUM, AT (HtEdit, audience), .names = edit_audience_names },
    { "audienceIds", HT_FIELD_IDS, AT (HtEdit, audience_ids), .max = 1000 },
};
const HtFields ht_edit_fields = HT_FIELDS ("edit", HtEdit, edit);
const HtFields ht_edit_body_fields = { "edit", edit + 2, G_N_ELEMENTS (edit) - 2, sizeof (HtEdit) };

static const char *const many_action_names[] = { "move", "cancel", NULL };
static const char *const those_names[] = { "all", "fitting", NULL };

static const HtField change_many[] = {
    { "unitId", HT_FIELD_INT, AT (HtChangeMany, unit_id), 0, 0, INT64_MAX },
    { "siteId", HT_FIELD_INT, AT (HtChangeMany, site_id), 0, 0, INT64_MAX },
    { "resourceId", HT_FIELD_INT, AT (HtChangeMany, resource_id), 0, 0, INT64_MAX },
    { "from", HT_FIELD_TEXT, AT (HtChangeMany, from), HT_FIELD_REQUIRED, 0, 40 },
    { "until", HT_FIELD_TEXT, AT (HtChangeMany, until), HT_FIELD_REQUIRED, 0, 40 },
    { "zone", HT_FIELD_TEXT, AT (HtChangeMany, zone), 0, 0, 60 },
    { "action", HT_FIELD_ENUM, AT (HtChangeMany, action), HT_FIELD_REQUIRED, .names = many_action_names },
    { "days", HT_FIELD_INT, AT (HtChangeMany, days), 0, -730, 730 },
    { "minutes", HT_FIELD_INT, AT (HtChangeMany, minutes), 0, -10080, 10080 },
    { "toDay", HT_FIELD_TEXT, AT (HtChangeMany, to_day), 0, 0, 40 },
    { "reason", HT_FIELD_TEXT, AT (HtChangeMany, reason), 0, 0, 500 },
    { "override", HT_FIELD_TEXT, AT (HtChangeMany, override), 0, 0, 500 },
    { "those", HT_FIELD_ENUM, AT (HtChangeMany, those), .names = those_names },
    { "ifNumber", HT_FIELD_INT, AT (HtChangeMany, if_number), 0, 0, INT64_MAX },
};
const HtFields ht_change_many_fields = HT_FIELDS ("change", HtChangeMany, change_many);

static const HtField grant[] = {
    { "role", HT_FIELD_ENUM, AT (HtGrant, role), HT_FIELD_REQUIRED, .names = ht_role_names },
    { "unitId", HT_FIELD_INT, AT (HtGrant, unit_id), 0, 0, INT64_MAX },
};
static const HtFields grant_fields = HT_FIELDS ("grant", HtGrant, grant);

static const HtField put_person[] = {
    { "id", HT_FIELD_INT, AT (HtPutPerson, id), 0, 0, INT64_MAX },
    { "key", HT_FIELD_TEXT, AT (HtPutPerson, key) },
    { "unitId", HT_FIELD_INT, AT (HtPutPerson, unit_id), 0, 0, INT64_MAX },
    { "name", HT_FIELD_TEXT, AT (HtPutPerson, name), HT_FIELD_REQUIRED | HT_FIELD_PRIVATE },
    { "email", HT_FIELD_TEXT, AT (HtPutPerson, email), HT_FIELD_PRIVATE },
    { "phone", HT_FIELD_TEXT, AT (HtPutPerson, phone), HT_FIELD_PRIVATE, 0, 60 },
    { "login", HT_FIELD_TEXT, AT (HtPutPerson, login), HT_FIELD_PRIVATE, 0, 100 },
    { "passwordHash", HT_FIELD_TEXT, AT (HtPutPerson, password_hash), HT_FIELD_SECRET, 0, 300 },
    { "mustChangePassword", HT_FIELD_BOOL, AT (HtPutPerson, must_change_password) },
    { "teaches", HT_FIELD_BOOL, AT (HtPutPerson, teaches) },
    { "grants", HT_FIELD_LIST, AT (HtPutPerson, grants), .max = 50, .list = &grant_fields },
};
const HtFields ht_put_person_fields = HT_FIELDS ("person", HtPutPerson, put_person);

static const HtField set_password[] = {
    { "id", HT_FIELD_INT, AT (HtSetPassword, id), 0, 0, INT64_MAX },
    { "passwordHash", HT_FIELD_TEXT, AT (HtSetPassword, password_hash), HT_FIELD_SECRET, 0, 300 },
    { "mustChangePassword", HT_FIELD_BOOL, AT (HtSetPassword, must_change_password) },
};
const HtFields ht_set_password_fields = HT_FIELDS ("password", HtSetPassword, set_password);

static const HtField grants[] = {
    { "id", HT_FIELD_INT, AT (HtGrants, id), 0, 0, INT64_MAX },
    { "grants", HT_FIELD_LIST, AT (HtGrants, grants), HT_FIELD_REQUIRED, .max = 50, .list = &grant_fields },
};
const HtFields ht_grants_fields = HT_FIELDS ("grants", HtGrants, grants);

static const HtField subscribe[] = {
    { "scope", HT_FIELD_ENUM, AT (HtSubscribe, scope), HT_FIELD_REQUIRED, .names = ht_feed_scope_names },
    { "id", HT_FIELD_INT, AT (HtSubscribe, id), 0, 0, INT64_MAX },
};
const HtFields ht_subscribe_fields = HT_FIELDS ("subscription", HtSubscribe, subscribe);

static const HtField make_token[] = {
    { "name", HT_FIELD_TEXT, AT (HtMakeToken, name), HT_FIELD_REQUIRED, 0, 100 },
    { "tokenHash", HT_FIELD_TEXT, AT (HtMakeToken, token_hash), HT_FIELD_SECRET, 0, 64 },
    { "days", HT_FIELD_INT, AT (HtMakeToken, days), 0, 0, 3650 },
};
const HtFields ht_make_token_fields = HT_FIELDS ("token", HtMakeToken, make_token);

/* The table itself is not kept in the log: its people are private, and the entries say what came
 * of it. */
static const HtField import[] = {
    { "what", HT_FIELD_ENUM, AT (HtImport, what), HT_FIELD_REQUIRED, .names = ht_import_kind_names },
    { "text", HT_FIELD_TEXT, AT (HtImport, text), HT_FIELD_SECRET | HT_FIELD_LINES, 0, MAX_CSV },
    { "dryRun", HT_FIELD_BOOL, AT (HtImport, dry_run) },
};
const HtFields ht_import_fields = HT_FIELDS ("import", HtImport, import);

static const HtField clock_event[] = {
    { "id", HT_FIELD_INT, AT (HtClockEvent, id) },
    { "event", HT_FIELD_ENUM, AT (HtClockEvent, event), .names = ht_session_event_names },
};
const HtFields ht_clock_event_fields = HT_FIELDS ("event", HtClockEvent, clock_event);

static const HtField care[] = {
    { "id", HT_FIELD_INT, AT (HtCare, id) },
    { "event", HT_FIELD_ENUM, AT (HtCare, event), .names = ht_care_event_names },
};
const HtFields ht_care_fields = HT_FIELDS ("care", HtCare, care);

static const HtField job_report[] = {
    { "id", HT_FIELD_INT, AT (HtJobReport, id) },
    { "event", HT_FIELD_ENUM, AT (HtJobReport, event), .names = ht_job_event_names },
    { "bytes", HT_FIELD_INT, AT (HtJobReport, bytes) },
    { "durationUs", HT_FIELD_INT, AT (HtJobReport, duration_us) },
    { "missingUs", HT_FIELD_INT, AT (HtJobReport, missing_us) },
    { "note", HT_FIELD_TEXT, AT (HtJobReport, note), 0, 0, 1000 },
};
const HtFields ht_job_report_fields = HT_FIELDS ("report", HtJobReport, job_report);
/* clang-format on */
