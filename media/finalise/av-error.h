/* SPDX-License-Identifier: MIT */

/* libavformat's errors in our domain. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sets @error to "DOING WHAT: why". Always %NULL, so that callers can return it. */
gpointer ht_av_fail (int result, const char *doing, const char *what, GError **error);

G_END_DECLS
