/* SPDX-License-Identifier: MIT */

/* The ticker: at each wake it asks the agenda what should be so now, has the service decide it,
 * and tells the media port how things should be. It acts on committed state, except that recording
 * does not wait for the store: recorders are told first. */

#pragma once

#include "scheduler/core/agenda.h"
#include "scheduler/service/service.h"

G_BEGIN_DECLS

typedef struct _HtTicker HtTicker;

/**
 * ht_ticker_new:
 * @media: (nullable)
 *
 * Takes over the recorders that outlived the last daemon, does what is due already, and wakes by
 * itself on the thread-default main context from here on, also when the wall clock is set.
 */
HtTicker *ht_ticker_new (HtService *service, HtMedia *media, HtClock *clock,
                         const HtAgendaLeads *leads);

void ht_ticker_free (HtTicker *ticker);

/* What a wake does. */
void ht_ticker_tick (HtTicker *ticker);

/* The instant of the next wake; HT_AGENDA_NEVER. */
int64_t ht_ticker_get_next_us (HtTicker *ticker);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtTicker, ht_ticker_free)

G_END_DECLS
