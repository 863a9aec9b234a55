/* SPDX-License-Identifier: MIT */

/* The two languages of the command line: each text stands where it is used, in both. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Vietnamese where LC_ALL, LC_MESSAGES or LANG (the first that is set) begins with "vi", else
 * English. */
const char *ht_words_pick (const char *vi, const char *en);

G_END_DECLS
