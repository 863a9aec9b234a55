/* SPDX-License-Identifier: MIT */

#include "scheduler/base/text.h"

#include <string.h>

#include "scheduler/base/error.h"

static gboolean
is_allowed (gunichar c, gboolean lines)
{
    if (c == '\n' || c == '\t')
        return lines;
    if (g_unichar_iscntrl (c))
        return FALSE;
    /* overrides that make a name read other than it is: U+202A..U+202E, U+2066..U+2069 */
    return !(c >= 0x202A && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069);
}

static gboolean
check_letters (const char *text, unsigned max_letters, gboolean lines, const char *field,
               GError **error)
{
    unsigned letters = 0;

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), letters++)
        if (!is_allowed (g_utf8_get_char (p), lines)) {
            ht_problem_set (error, HT_ERROR_INVALID, "control-character", field,
                            "%s holds a control character; type it without",
                            field != NULL ? field : "the text");
            return FALSE;
        }
    if (letters > max_letters) {
        g_autofree char *max = g_strdup_printf ("%u", max_letters);

        ht_problem_set (error, HT_ERROR_INVALID, "too-long", field, "%s is longer than %u letters",
                        field != NULL ? field : "the text", max_letters);
        if (error != NULL)
            ht_problem_add (*error, "max", max);
        return FALSE;
    }
    return TRUE;
}

char *
ht_text_check (const char *text, size_t length, unsigned max_letters, gboolean lines,
               const char *field, GError **error)
{
    g_autofree char *composed = NULL;

    /* g_utf8_validate_len refuses U+0000 as well */
    if (!g_utf8_validate_len (text, length, NULL)) {
        ht_problem_set (error, HT_ERROR_INVALID, "not-utf8", field, "%s is not valid UTF-8",
                        field != NULL ? field : "the text");
        return NULL;
    }
    composed = g_utf8_normalize (text, (gssize) length, G_NORMALIZE_NFC);
    g_strstrip (composed);
    if (!check_letters (composed, max_letters, lines, field, error))
        return NULL;
    return g_steal_pointer (&composed);
}

char *
ht_text_fold (const char *text)
{
    g_autofree char *lower = g_utf8_casefold (text, -1);
    g_autofree char *apart = g_utf8_normalize (lower, -1, G_NORMALIZE_NFD);
    GString *folded = g_string_sized_new (strlen (text));

    for (const char *p = apart; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);

        if (g_unichar_type (c) != G_UNICODE_NON_SPACING_MARK)
            g_string_append_unichar (folded, c == 0x111 ? 'd' : c);
    }
    return g_string_free (folded, FALSE);
}
