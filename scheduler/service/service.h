/* SPDX-License-Identifier: MIT */

/* The service: it alone decides. It holds the state, decides each command on it, hands what
 * follows to the store, and answers after the commit. */

#pragma once

#include <gio/gio.h>

#include "scheduler/base/clock.h"
#include "scheduler/ports/mail.h"
#include "scheduler/ports/media.h"
#include "scheduler/ports/store.h"
#include "scheduler/service/answer.h"
#include "scheduler/service/command.h"
#include "scheduler/service/decision.h"
#include "scheduler/service/notice.h"
#include "scheduler/service/record.h"

G_BEGIN_DECLS

#define HT_TYPE_SERVICE (ht_service_get_type ())
G_DECLARE_FINAL_TYPE (HtService, ht_service, HT, SERVICE, GObject)

#define HT_ACTOR_CLOCK 0

/* A change as it was committed: what the signal "committed" carries, borrowed for its duration.
 * Records of the entries may be kept with ht_record_ref(). */
typedef struct {
    int64_t number;
    int64_t at_us;
    int64_t actor_id;
    HtCommand command;
    const HtEntry *entries;
    unsigned n_entries;
    const HtNotice *notices;
    unsigned n_notices;
} HtCommit;

/* @media and @mail: (nullable): none is configured.
 *
 * Signals: "committed" (const HtCommit *), "unknown-outcome" (): the service has stopped, and the
 * process must end with exit code 75. */
HtService *ht_service_new (HtStore *store, HtMedia *media, HtMail *mail, HtClock *clock);

/* Reads the state from the store and checks that the last change's hash follows. Once. */
gboolean ht_service_load (HtService *self, GError **error);

/**
 * ht_service_submit:
 * @actor_id: person, or HT_ACTOR_CLOCK
 * @arguments: the struct that command.h names; borrowed for the call
 * @key: (nullable): idempotency key; the same key with the same arguments is answered once
 *
 * Decides at once, on committed and pending state; @done may be called before this returns
 * where the command is refused or changes nothing.
 */
void ht_service_submit (HtService *self, int64_t actor_id, HtCommand command,
                        gconstpointer arguments, const char *key, HtServiceDone done,
                        gpointer user_data);

/**
 * ht_service_preview:
 *
 * What booking would do, decided by the same code on committed and pending state. Clashes are no
 * error here.
 *
 * Returns: (transfer full): %NULL where the booking could not even be tried
 */
HtPreview *ht_service_preview (HtService *self, int64_t actor_id, const HtBooking *booking,
                               GError **error);

/**
 * ht_service_try:
 *
 * The difference that @command would make, decided by the same code on a decision that is thrown
 * away: its entries (records before and after), whom it would tell, and a preview that names
 * clashes, and the sessions that stay. Clashes are no error here; everything else is asked for as
 * by the command itself.
 *
 * Returns: (transfer full)
 */
HtDecision *ht_service_try (HtService *self, int64_t actor_id, HtCommand command,
                            gconstpointer arguments, GError **error);

/* Of the last committed change. */
int64_t ht_service_get_number (HtService *self);

/* The log, for who may read it. */
gboolean ht_service_read_log (HtService *self, int64_t actor_id, int64_t from_number,
                              unsigned limit, HtStoreChangeFunc each, gpointer user_data,
                              GError **error);

G_END_DECLS
