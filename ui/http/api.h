/* SPDX-License-Identifier: MIT */

/* The service's face to browsers and programs, /api/v1: every route in tables, one file a
 * resource. It decides nothing: rights are asked of the service, which is asked for every read. */

#pragma once

#include "scheduler/base/clock.h"
#include "scheduler/identity/token.h"
#include "scheduler/service/outbox.h"
#include "scheduler/service/service.h"
#include "scheduler/support/metrics.h"
#include "ui/http/dispatch.h"

G_BEGIN_DECLS

typedef struct _HtApi HtApi;

/* Writes the calendar of a subscription whose address was found good: an answer through @reply, or
 * %FALSE with an error. */
typedef gboolean (*HtApiFeed) (gpointer user_data, const HtSubscription *subscription,
                               HtRequest *request, HtReply *reply, GError **error);

/* What the front door gives it; texts and pointers are lent and outlive it. */
typedef struct {
    HtService *service;
    HtClock *clock;
    const char *zone;           /* of the installation, "Asia/Ho_Chi_Minh" */
    const char *data_folder;    /* holds sessions/<id>/<track>/ */
    const char *accel;          /* (nullable): where a proxy shows data_folder to itself */
    const char *metrics_token;  /* "" or NULL: there is no /metrics */
    const char *public_address; /* (nullable): "https://host/" of the proxy; "" or NULL: as asked */
    HtMetrics *metrics;         /* (nullable) */
    HtApiFeed feed;             /* (nullable): calendars are not published */
    gpointer feed_data;
    gboolean behind_proxy;
    uint8_t feed_key[HT_TOKEN_KEY_BYTES];
} HtApiSettings;

/* Returns: (transfer full): %NULL with %HT_ERROR_ATTENTION where the zone or the folder is not
 *   there. The service has been loaded. */
HtApi *ht_api_new (const HtApiSettings *settings, GError **error);

/* After the server has stopped. */
void ht_api_free (HtApi *api);

/* Puts its tables into @dispatch, made with ht_api_identify(). */
void ht_api_add_routes (HtApi *api, HtDispatch *dispatch);

/* @outbox: (nullable): lent; to be unset before it goes */
void ht_api_set_outbox (HtApi *api, HtOutbox *outbox);

/* An HtIdentify; @api is a HtApi (nullable until it is made). */
void ht_api_identify (gpointer api, HtRequest *request);

/* An HtStaticBoot; @api is a HtApi. */
GString *ht_api_make_boot (gpointer api, HtRequest *request);

/* All its tables, for tests and the description. */
const HtRouteTable *ht_api_get_tables (HtApi *api, unsigned *ret_n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtApi, ht_api_free)

G_END_DECLS
