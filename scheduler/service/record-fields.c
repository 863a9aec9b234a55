/* SPDX-License-Identifier: MIT */

#include "scheduler/service/record-fields.h"

#include "scheduler/core/operation.h"
#include "scheduler/core/person.h"
#include "scheduler/core/profile.h"
#include "scheduler/core/quota.h"
#include "scheduler/core/session.h"
#include "scheduler/core/site.h"
#include "scheduler/core/unit.h"
#include "scheduler/service/record.h"

#define BOOL(type, member)                                                                         \
    {                                                                                              \
#member, HT_FIELD_BOOL, G_STRUCT_OFFSET(type, member)                                      \
    }
#define INT(type, member)                                                                          \
    {                                                                                              \
#member, HT_FIELD_INT, G_STRUCT_OFFSET(type, member)                                       \
    }
#define TEXT(type, member, letters)                                                                \
    {                                                                                              \
#member, HT_FIELD_TEXT, G_STRUCT_OFFSET(type, member), HT_FIELD_LINES, 0, letters          \
    }
#define HIDDEN(type, member, flag, letters)                                                        \
    {                                                                                              \
#member, HT_FIELD_TEXT, G_STRUCT_OFFSET(type, member), flag, 0, letters                    \
    }
#define ENUM(type, member, values)                                                                 \
    {                                                                                              \
#member, HT_FIELD_ENUM, G_STRUCT_OFFSET(type, member), .names = values                     \
    }
#define IDS(type, member)                                                                          \
    {                                                                                              \
#member, HT_FIELD_IDS, G_STRUCT_OFFSET(type, member), .max = MAX_ITEMS                     \
    }
#define LIST(type, member, items)                                                                  \
    {                                                                                              \
#member, HT_FIELD_LIST, G_STRUCT_OFFSET(type, member), .max = MAX_ITEMS, .list = items     \
    }

/* A conference of the whole province: its sites with the links between them. */
#define MAX_ITEMS 5000

/* clang-format off */
static const HtField unit_term[] = {
    INT (HtUnitTerm, from_day), INT (HtUnitTerm, until_day), TEXT (HtUnitTerm, code, 40),
    TEXT (HtUnitTerm, name, 200), TEXT (HtUnitTerm, type, 40), INT (HtUnitTerm, parent_id),
};
static const HtFields unit_term_fields = HT_FIELDS ("unit_term", HtUnitTerm, unit_term);

static const HtField unit[] = {
    INT (HtUnit, id), TEXT (HtUnit, key, 200), LIST (HtUnit, terms, &unit_term_fields),
};
const HtFields ht_unit_fields = HT_FIELDS ("unit", HtUnit, unit);

static const HtField resource[] = {
    INT (HtResource, id), ENUM (HtResource, kind, ht_resource_kind_names), TEXT (HtResource, key, 200),
    TEXT (HtResource, name, 200), INT (HtResource, unit_id), INT (HtResource, capacity),
    INT (HtResource, parent_id), INT (HtResource, setup_us), INT (HtResource, teardown_us),
    INT (HtResource, seats), INT (HtResource, closure_id), BOOL (HtResource, retired),
    BOOL (HtResource, relay), TEXT (HtResource, features, 200),
};
const HtFields ht_resource_fields = HT_FIELDS ("resource", HtResource, resource);

static const HtField closure[] = {
    INT (HtClosureCalendar, id), TEXT (HtClosureCalendar, key, 200), TEXT (HtClosureCalendar, name, 200),
    TEXT (HtClosureCalendar, zone, 60), TEXT (HtClosureCalendar, hours, 2000), TEXT (HtClosureCalendar, days, 20000),
};
const HtFields ht_closure_fields = HT_FIELDS ("closure", HtClosureCalendar, closure);

static const HtField site[] = {
    INT (HtSite, id), TEXT (HtSite, key, 200), INT (HtSite, unit_id), TEXT (HtSite, name, 200),
    TEXT (HtSite, short_name, 60), TEXT (HtSite, zone, 60), INT (HtSite, room_id), INT (HtSite, codec_id),
    INT (HtSite, link_id), INT (HtSite, contact_id), BOOL (HtSite, retired),
};
const HtFields ht_site_fields = HT_FIELDS ("site", HtSite, site);

static const HtField source[] = {
    INT (HtVideoSource, id), TEXT (HtVideoSource, key, 200), TEXT (HtVideoSource, name, 200),
    ENUM (HtVideoSource, kind, ht_video_source_kind_names), TEXT (HtVideoSource, url, 1000),
    TEXT (HtVideoSource, user, 200), HIDDEN (HtVideoSource, password, HT_FIELD_SECRET, 200),
    INT (HtVideoSource, resource_id), INT (HtVideoSource, room_id), INT (HtVideoSource, kbps),
    BOOL (HtVideoSource, loops), BOOL (HtVideoSource, retired),
};
const HtFields ht_source_fields = HT_FIELDS ("source", HtVideoSource, source);

static const HtField profile[] = {
    INT (HtProfileRate, id), TEXT (HtProfileRate, key, 200), TEXT (HtProfileRate, name, 200),
    ENUM (HtProfileRate, profile, ht_profile_names), INT (HtProfileRate, site_id), INT (HtProfileRate, kbps),
};
const HtFields ht_profile_fields = HT_FIELDS ("profile", HtProfileRate, profile);

static const HtField grant[] = { ENUM (HtGrant, role, ht_role_names), INT (HtGrant, unit_id) };
const HtFields ht_grant_fields = HT_FIELDS ("grant", HtGrant, grant);

static const HtField person[] = {
    INT (HtPerson, id), TEXT (HtPerson, key, 200), INT (HtPerson, unit_id),
    HIDDEN (HtPerson, name, HT_FIELD_PRIVATE, 200), HIDDEN (HtPerson, email, HT_FIELD_PRIVATE, 200),
    HIDDEN (HtPerson, phone, HT_FIELD_PRIVATE, 60), HIDDEN (HtPerson, login, HT_FIELD_PRIVATE, 100),
    INT (HtPerson, resource_id), LIST (HtPerson, grants, &ht_grant_fields),
    HIDDEN (HtPerson, password_hash, HT_FIELD_SECRET, 300), HIDDEN (HtPerson, veil_key, HT_FIELD_SECRET, 64),
    BOOL (HtPerson, must_change_password), BOOL (HtPerson, closed),
};
const HtFields ht_person_fields = HT_FIELDS ("person", HtPerson, person);

static const HtField subscription[] = {
    INT (HtSubscription, id), INT (HtSubscription, person_id),
    ENUM (HtSubscription, scope, ht_feed_scope_names), INT (HtSubscription, scope_id),
    INT (HtSubscription, generation), BOOL (HtSubscription, ended),
};
const HtFields ht_subscription_fields = HT_FIELDS ("subscription", HtSubscription, subscription);

static const HtField api_token[] = {
    INT (HtApiToken, id), INT (HtApiToken, person_id), TEXT (HtApiToken, name, 100),
    HIDDEN (HtApiToken, token_hash, HT_FIELD_SECRET, 64), INT (HtApiToken, created_us),
    INT (HtApiToken, expires_us), BOOL (HtApiToken, ended),
};
const HtFields ht_api_token_fields = HT_FIELDS ("api_token", HtApiToken, api_token);

static const HtField choice[] = {
    ENUM (HtChoice, kind, ht_resource_kind_names), INT (HtChoice, seats), INT (HtChoice, amount),
    INT (HtChoice, unit_id), TEXT (HtChoice, features, 200), INT (HtChoice, resource_id),
};
static const HtFields choice_fields = HT_FIELDS ("choice", HtChoice, choice);

static const HtField series[] = {
    INT (HtSeries, id), ENUM (HtSeries, kind, ht_series_kind_names), TEXT (HtSeries, title, 200),
    TEXT (HtSeries, description, 4000), INT (HtSeries, unit_id), INT (HtSeries, organiser_id),
    TEXT (HtSeries, zone, 60), TEXT (HtSeries, rule, 500),
    ENUM (HtSeries, audience, ht_audience_kind_names), IDS (HtSeries, audience_ids),
    INT (HtSeries, related_id), INT (HtSeries, created_us), ENUM (HtSeries, rank, ht_rank_names),
    TEXT (HtSeries, document, 100), BOOL (HtSeries, awaits_document), INT (HtSeries, approver_id),
    LIST (HtSeries, choices, &choice_fields),
};
const HtFields ht_series_fields = HT_FIELDS ("series", HtSeries, series);

static const HtField member[] = {
    ENUM (HtMember, kind, ht_member_kind_names), INT (HtMember, ref_id), INT (HtMember, amount),
    ENUM (HtMember, profile, ht_profile_names), INT (HtMember, count),
};
static const HtFields member_fields = HT_FIELDS ("member", HtMember, member);

static const HtField reservation[] = {
    INT (HtReservation, resource_id), INT (HtReservation, start_us), INT (HtReservation, end_us),
    INT (HtReservation, amount),
};
static const HtFields reservation_fields = HT_FIELDS ("reservation", HtReservation, reservation);

static const HtField session[] = {
    INT (HtSession, id), INT (HtSession, series_id), INT (HtSession, slot_us), INT (HtSession, start_us),
    INT (HtSession, end_us), TEXT (HtSession, title, 200), ENUM (HtSession, state, ht_session_state_names),
    TEXT (HtSession, reason, 500), INT (HtSession, sequence), INT (HtSession, created_us),
    INT (HtSession, changed_us), INT (HtSession, changed_number), INT (HtSession, hold_until_us),
    INT (HtSession, withdrawn_us), INT (HtSession, yielded_to_id), INT (HtSession, clash_us),
    TEXT (HtSession, description, 4000),
    LIST (HtSession, members, &member_fields), LIST (HtSession, reservations, &reservation_fields),
};
const HtFields ht_session_fields = HT_FIELDS ("session", HtSession, session);

static const HtField track[] = { TEXT (HtTrack, name, 60), INT (HtTrack, source_id) };
static const HtFields track_fields = HT_FIELDS ("track", HtTrack, track);

static const HtField job[] = {
    INT (HtJob, id), ENUM (HtJob, state, ht_job_state_names), LIST (HtJob, tracks, &track_fields),
    INT (HtJob, keep_until_us), INT (HtJob, bytes), INT (HtJob, duration_us), INT (HtJob, missing_us),
    TEXT (HtJob, note, 1000),
};
const HtFields ht_job_fields = HT_FIELDS ("job", HtJob, job);

static const HtField site_check[] = {
    INT (HtSiteCheck, site_id), INT (HtSiteCheck, replaces_id), ENUM (HtSiteCheck, on_post, ht_check_answer_names),
    HIDDEN (HtSiteCheck, technician, HT_FIELD_PRIVATE, 200), HIDDEN (HtSiteCheck, phone, HT_FIELD_PRIVATE, 60),
    ENUM (HtSiteCheck, picture, ht_check_answer_names), ENUM (HtSiteCheck, sound, ht_check_answer_names),
    INT (HtSiteCheck, line_kbps), INT (HtSiteCheck, signed_by_id), INT (HtSiteCheck, signed_us),
    INT (HtSiteCheck, substitute_id), TEXT (HtSiteCheck, note, 500), INT (HtSiteCheck, changed_us),
};
static const HtFields site_check_fields = HT_FIELDS ("site_check", HtSiteCheck, site_check);

static const HtField operation[] = {
    INT (HtOperation, id), INT (HtOperation, rehearses_id), BOOL (HtOperation, stays), BOOL (HtOperation, runs_on),
    INT (HtOperation, n_extended), INT (HtOperation, n_extended_auto), INT (HtOperation, asked_us),
    IDS (HtOperation, rehearsal_ids), LIST (HtOperation, sites, &site_check_fields),
};
const HtFields ht_operation_fields = HT_FIELDS ("operation", HtOperation, operation);

static const HtField quota[] = {
    INT (HtQuota, id), ENUM (HtQuota, kind, ht_quota_kind_names), INT (HtQuota, unit_id), INT (HtQuota, person_id),
    BOOL (HtQuota, each), INT (HtQuota, amount), INT (HtQuota, from_day), INT (HtQuota, until_day),
};
const HtFields ht_quota_fields = HT_FIELDS ("quota", HtQuota, quota);
/* clang-format on */
