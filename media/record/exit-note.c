/* SPDX-License-Identifier: MIT */

#include "media/record/exit-note.h"

#include <string.h>

#define TEXT_LETTERS 2000
#define MAX_RETRY_US (3600 * (int64_t) G_USEC_PER_SEC)

/* clang-format off */
static const HtField TABLE[] = {
    { "reason", HT_FIELD_TEXT, offsetof (HtExitNote, reason), HT_FIELD_REQUIRED },
    { "text", HT_FIELD_TEXT, offsetof (HtExitNote, text), HT_FIELD_LINES, .max = TEXT_LETTERS },
    { "retry_us", HT_FIELD_INT, offsetof (HtExitNote, retry_us), .max = MAX_RETRY_US },
};
/* clang-format on */

const HtFields HT_EXIT_NOTE_FIELDS = HT_FIELDS ("note", HtExitNote, TABLE);

gboolean
ht_exit_note_read (const char *text, size_t length_bytes, HtExitNote *ret_note, GError **error)
{
    memset (ret_note, 0, sizeof *ret_note);
    return ht_fields_decode_text (&HT_EXIT_NOTE_FIELDS, text, length_bytes, ret_note, error);
}

char *
ht_exit_note_dup_text (const HtExitNote *note)
{
    GString *json = g_string_new (NULL);

    ht_fields_encode (&HT_EXIT_NOTE_FIELDS, note, json, NULL, NULL);
    return g_string_free (json, FALSE);
}
