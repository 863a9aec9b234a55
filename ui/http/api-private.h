/* SPDX-License-Identifier: MIT */

/* What the files of the API share. */

#pragma once

#include "scheduler/core/span.h"
#include "scheduler/identity/password.h"
#include "scheduler/identity/throttle.h"
#include "scheduler/service/reads.h"
#include "ui/http/api.h"
#include "ui/http/events.h"
#include "ui/http/files.h"
#include "ui/http/writer.h"

G_BEGIN_DECLS

struct _HtApi {
    HtApiSettings settings;            /* what it points to is lent */
    HtService *service;                /* lent */
    HtZone *zone;                      /* (owned): of the installation */
    GHashTable *zones;                 /* (element-type utf8 HtZone) (owned): by name */
    HtPasswords *passwords;            /* (owned) */
    HtThrottle *by_login, *by_address; /* (owned) */
    HtFiles *files;                    /* (owned) */
    HtEvents *events;                  /* (owned) */
    HtOutbox *outbox;                  /* lent (nullable): no mail is sent */
    GArray *tables;                    /* (element-type HtRouteTable) (owned) */
    unsigned long committed_id;        /* the signal */
    unsigned levels_id;
};

typedef struct {
    const HtRoute *routes;
    unsigned n_routes;
} HtApiTable; /* one a file */

extern const HtApiTable ht_api_approval_table, ht_api_sign_in_table, ht_api_agenda_table,
    ht_api_booking_table, ht_api_find_table, ht_api_operate_table, ht_api_place_table,
    ht_api_quota_table, ht_api_readiness_table, ht_api_resource_table, ht_api_subscription_table,
    ht_api_feed_table, ht_api_person_table, ht_api_import_table, ht_api_edit_table,
    ht_api_outbox_table, ht_api_token_table, ht_api_watch_table, ht_api_system_table;

/* Of a command whose address says everything: {} */
extern const HtFields ht_api_empty_fields;

/* (not nullable): of that name; the installation's where there is none. Lent. */
const HtZone *ht_api_get_zone (HtApi *api, const char *name);

int64_t ht_api_get_now_us (HtApi *api);
int64_t ht_api_get_today (HtApi *api); /* days since 1970, in the installation's zone */

/* (nullable): what a record is called, for people: names of units are today's, a person's resource
 * has the person's name. Lent until control returns to the main loop. */
const char *ht_api_get_name (HtApi *api, HtRecordKind kind, int64_t id);

/* The first and the last of a day, as instants: [from_us, until_us). */
gboolean ht_api_parse_days (const HtZone *zone, const char *from, const char *until,
                            HtSpan *ret_span, GError **error);

/* Writes the answer to a command that was done. */
typedef void (*HtApiWrite) (HtApi *api, HtRequest *request, const HtAnswer *answer, HtReply *reply);

/* Submits as the person who asks, with the key of the request, and answers when it is done. */
void ht_api_submit (HtApi *api, HtReply *reply, HtCommand command, gconstpointer arguments,
                    HtApiWrite write);

/* An HtApiWrite: nothing is to be said. */
void ht_api_write_nothing (HtApi *api, HtRequest *request, const HtAnswer *answer, HtReply *reply);

/* The number in If-Match, 0 where it is not asked; %FALSE with "bad-request" where it is none. */
gboolean ht_api_get_if_number (const HtRequest *request, int64_t *ret_number, GError **error);

/* Objects of the API, each in the file of its resource. */
void ht_api_write_me (HtApi *api, HtWriter *writer, const char *name, int64_t person_id,
                      const char *csrf);
void ht_api_write_session (HtApi *api, HtWriter *writer, const char *name, int64_t person_id,
                           const HtSession *session);
void ht_api_write_preview (HtApi *api, HtWriter *writer, const char *name, int64_t person_id,
                           const HtPreview *preview);
void ht_api_write_agenda (HtApi *api, HtWriter *writer, const char *name, int64_t person_id,
                          HtAgendaScope scope, int64_t id, HtSpan span);

/* Telling events what is committed and how recordings go. */
void ht_api_start_events (HtApi *api);
void ht_api_stop_events (HtApi *api);

/* Walks the members of @session. */
#define ht_api_foreach_member(session, member)                                                     \
    for (const HtMember *member =                                                                  \
             (session)->members == NULL                                                            \
                 ? NULL                                                                            \
                 : (const HtMember *) (gconstpointer) (session)->members->data;                    \
         member != NULL && member < (const HtMember *) (gconstpointer) (session)->members->data +  \
                                        (session)->members->len;                                   \
         member++)

G_END_DECLS
