/* SPDX-License-Identifier: MIT */

/* One request and its answer on a connection of the library: the only file that turns its values
 * into ours and back. */

#pragma once

#include <microhttpd.h>

#include "scheduler/base/clock.h"
#include "ui/http/dispatch.h"
#include "ui/http/loop.h"
#include "ui/http/peer.h"

G_BEGIN_DECLS

/* All that run. */
typedef struct {
    HtDispatch *dispatch;  /* lent */
    HtClock *clock;        /* lent */
    HtPeers *peers;        /* lent */
    gboolean behind_proxy; /* believe X-Forwarded-For */
    GSource *source;       /* lent: of ht_loop_attach() */
    GHashTable *running;   /* (element-type HtExchange) */
} HtExchanges;

/* The library's callbacks; their first argument is the HtExchanges. */
void *ht_exchange_on_line (void *all, const char *raw, struct MHD_Connection *connection);
enum MHD_Result ht_exchange_on_request (void *all, struct MHD_Connection *connection,
                                        const char *url, const char *method, const char *version,
                                        const char *upload, size_t *upload_size, void **closure);
void ht_exchange_on_completed (void *all, struct MHD_Connection *connection, void **closure,
                               enum MHD_RequestTerminationCode code);
void ht_exchange_on_connection (void *all, struct MHD_Connection *connection, void **socket_context,
                                enum MHD_ConnectionNotificationCode code);

/* Answers for handlers that have not answered within a minute. @now_us: monotonic. */
void ht_exchange_expire (HtExchanges *all, int64_t now_us);

/* Answers or ends everything that waits, so that the library can be stopped. */
void ht_exchange_end_all (HtExchanges *all);

G_END_DECLS
