/* SPDX-License-Identifier: MIT */

/* Carries out what the outbox holds: one mail for each notice, by the mail port.
 *
 * Level-triggered: at each wake it asks which notice is due and hands over one message at a time.
 * A row stays until a server has taken its mail, so that nothing is lost by a kill at any instant;
 * a mail that was taken just before one is sent again under the same Message-ID. What cannot be
 * sent ends as a row with a note, and is logged. */

#pragma once

#include "scheduler/core/zone.h"
#include "scheduler/service/service.h"

G_BEGIN_DECLS

typedef struct _HtOutbox HtOutbox;

/* (transfer full) (nullable): the iCalendar object that goes along with the mail about @sessions
 * (element-type HtSession); @ret_method as in HtMessage. */
typedef char *(*HtOutboxInvite) (gpointer user_data, const HtNotice *notice,
                                 const GPtrArray *sessions, const char **ret_method);

/* Lent, for the life of the outbox. */
typedef struct {
    HtService *service; /* with its mail port */
    HtClock *clock;
    const HtZone *zone;       /* where a series names none that we know */
    const char *installation; /* behind the @ of every Message-ID */
    const char *address;      /* (nullable): "https://host/", where pages are */
    int64_t retry_us;         /* after the first failure; doubled after each, up to an hour */
    HtOutboxInvite invite;    /* (nullable) */
    gpointer invite_data;
} HtOutboxSettings;

#define HT_OUTBOX_MOST_ATTEMPTS 100 /* of an hour each at the end: four days (RFC 5321 4.5.4.1) */

/**
 * ht_outbox_new:
 *
 * Reads what waits, takes what is committed from here on, and sends by itself on the thread-default
 * main context. The service has been loaded and has a mail port.
 *
 * Returns: (transfer full): %NULL where the store cannot be read
 */
HtOutbox *ht_outbox_new (const HtOutboxSettings *settings, GError **error);

/* A message that is on its way may still arrive, and is sent again by the next outbox. */
void ht_outbox_free (HtOutbox *outbox);

/* What a wake does. */
void ht_outbox_tick (HtOutbox *outbox);

/* The instant of the next wake; INT64_MAX where nothing waits, or a message is on its way. */
int64_t ht_outbox_get_next_us (const HtOutbox *outbox);

/* How long to wait after @attempts failures: between three quarters and five quarters of
 * @retry_us, doubled for each after the first, at most an hour; @seed says where between. */
int64_t ht_outbox_get_delay_us (int64_t retry_us, int64_t attempts, int64_t seed);

/* (transfer full) (element-type HtNotice): what waits, by its next attempt, then the latest
 * that were given up. */
GPtrArray *ht_outbox_list (const HtOutbox *outbox);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtOutbox, ht_outbox_free)

G_END_DECLS
