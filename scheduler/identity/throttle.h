/* SPDX-License-Identifier: MIT */

/* How often something may be tried: a bucket of tokens for each name, an account or an address.
 * Pure: time is handed in. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct _HtThrottle HtThrottle;

/**
 * ht_throttle_new:
 * @burst: tries at once
 * @refill_us: time until one more is given
 * @max_names: beyond so many names the ones whose buckets are full are forgotten, which changes
 *   nothing for them; where none is, the longest untouched
 */
HtThrottle *ht_throttle_new (unsigned burst, int64_t refill_us, unsigned max_names);
void ht_throttle_free (HtThrottle *throttle);

/**
 * ht_throttle_take:
 * @now_us: never going back
 *
 * Returns: %FALSE with %HT_ERROR_BUSY "too-many-tries", the wait in its argument retry_after_s,
 *   where the bucket of @name is empty
 */
gboolean ht_throttle_take (HtThrottle *throttle, const char *name, int64_t now_us, GError **error);

/* The try was a good one: it is given back. */
void ht_throttle_give_back (HtThrottle *throttle, const char *name);

unsigned ht_throttle_count (const HtThrottle *throttle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtThrottle, ht_throttle_free)

G_END_DECLS
