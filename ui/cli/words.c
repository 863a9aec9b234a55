/* SPDX-License-Identifier: MIT */

#include "ui/cli/words.h"

const char *
ht_words_pick (const char *vi, const char *en)
{
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

    for (unsigned i = 0; i < G_N_ELEMENTS (names); i++) {
        const char *value = g_getenv (names[i]);

        if (value != NULL && value[0] != '\0')
            return g_str_has_prefix (value, "vi") ? vi : en;
    }
    return en;
}
