/* SPDX-License-Identifier: MIT */

/* One frame of silence in AAC LC, as the stream's decoder wants it. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): without ADTS header; %NULL with %HT_ERROR_INVALID for a rate or number of
 * channels that AAC does not know. */
GBytes *ht_silence_make (int64_t rate_hz, int64_t channels, GError **error);

G_END_DECLS
