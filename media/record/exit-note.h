/* SPDX-License-Identifier: MIT */

/* Why an ingest is about to exit: the payload of an HT_UNIT_NOTE, its last unit. Its exit status
 * says the same more coarsely: 0 it was asked to or the file ended, 75 it may be started again, 78
 * a person must act (it is still tried again, at the pace of retry_us). */

#pragma once

#include <glib.h>

#include "scheduler/support/fields.h"

G_BEGIN_DECLS

#define HT_EXIT_ENDED     0
#define HT_EXIT_AGAIN     75
#define HT_EXIT_ATTENTION 78

/**
 * HtExitNote:
 * @reason: (owned): stable, in kebab-case: ended, frozen, closed, unreachable, wrong-password, …
 * @text: (owned) (nullable): an English sentence for the log and the operator
 * @retry_us: do not try again before so long; 0 leaves the pace to the recorder
 *
 * Clear it with ht_fields_clear (&HT_EXIT_NOTE_FIELDS, …).
 */
typedef struct {
    char *reason;
    char *text;
    int64_t retry_us;
} HtExitNote;

extern const HtFields HT_EXIT_NOTE_FIELDS;

/* @ret_note is cleared by the caller, also after a failure. */
gboolean ht_exit_note_read (const char *text, size_t length_bytes, HtExitNote *ret_note,
                            GError **error);

/* (transfer full): one line of JSON, without a line feed. */
char *ht_exit_note_dup_text (const HtExitNote *note);

G_END_DECLS
