/* SPDX-License-Identifier: MIT */

/* The lock on a data folder: one daemon at a time. The kernel gives it back when the process ends,
 * however it ends. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HtLock HtLock;

/**
 * ht_lock_take:
 * @path: a file that is made where it is not there
 *
 * Returns: (transfer full): %NULL with %HT_ERROR_ATTENTION, naming the process that holds it
 */
HtLock *ht_lock_take (const char *path, GError **error);

void ht_lock_free (HtLock *lock);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtLock, ht_lock_free)

G_END_DECLS
