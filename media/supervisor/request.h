/* SPDX-License-Identifier: MIT */

/* One request to a recorder over its socket, and the first word of one that is found there. */

#pragma once

#include <gio/gio.h>

#include "media/record/control.h"

G_BEGIN_DECLS

/* @error: (nullable): %NULL where the recorder said that it did it */
typedef void (*HtRequestDone) (const GError *error, gpointer user_data);

/* Connects, says it, hears the answer, closes; never blocks. @done is called once, unless
 * @cancellable is cancelled. */
void ht_request_send (const char *socket, const HtControlRequest *request,
                      GCancellable *cancellable, HtRequestDone done, gpointer user_data);

/**
 * ht_request_greet:
 * @ret_hello: (out caller-allocates): zeroed by the caller, cleared by it
 *
 * Connects and waits at most a second for the hello: for adoption, before the main loop runs.
 *
 * Returns: %FALSE where nobody answers there
 */
gboolean ht_request_greet (const char *socket, HtControlHello *ret_hello, GError **error);

G_END_DECLS
