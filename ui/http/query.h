/* SPDX-License-Identifier: MIT */

/* The parameters of an address as a record, by the same tables as bodies. */

#pragma once

#include "scheduler/support/fields.h"
#include "ui/http/uri.h"

G_BEGIN_DECLS

/**
 * ht_query_decode:
 * @fields: (nullable): %NULL refuses any parameter
 * @record: (out caller-allocates): zeroed by the caller; cleared by it, also after a failure
 *
 * Whole numbers are written in digits, truth as "true" and "false", identities as "1,2,3".
 *
 * Returns: %FALSE with %HT_ERROR_INVALID, naming the parameter, where one is unknown, there twice,
 *   missing, of another type or out of bounds
 */
gboolean ht_query_decode (const HtFields *fields, const HtUri *uri, gpointer record,
                          GError **error);

G_END_DECLS
