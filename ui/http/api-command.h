/* SPDX-License-Identifier: MIT */

/* Commands on the session that an address names: how all of them begin and are answered. */

#pragma once

#include "ui/http/api-private.h"

G_BEGIN_DECLS

/**
 * ht_api_take_session:
 * @ret_id: (out): the session that the address names
 * @ret_if_number: (out): of If-Match; 0 where it is not asked
 *
 * Who may not see a session is not told that it is there.
 *
 * Returns: %FALSE with HT_ERROR_NOT_FOUND, or "bad-request"
 */
gboolean ht_api_take_session (HtApi *api, const HtRequest *request, int64_t *ret_id,
                              int64_t *ret_if_number, GError **error);

/* An HtApiWrite: the session that the address names, as it is now. */
void ht_api_write_taken (HtApi *api, HtRequest *request, const HtAnswer *answer, HtReply *reply);

G_END_DECLS
