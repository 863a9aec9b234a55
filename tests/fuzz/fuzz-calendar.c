/* SPDX-License-Identifier: MIT */

#include "calendar/text/reader.h"
#include "scheduler/core/recurrence-text.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Whatever is read has what was promised, and its rule is one of ours or refused. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) events =
        ht_reader_read ((const char *) (gconstpointer) data, size, &error);

    g_assert_true ((events == NULL) == (error != NULL));
    for (unsigned i = 0; events != NULL && i < events->len; i++) {
        const HtReadEvent *event = g_ptr_array_index (events, i);
        HtRecurrence rule;

        g_assert_true (ht_civil_is_valid (&event->start));
        g_assert_nonnull (event->uid);
        if (event->rule != NULL)
            ht_recurrence_parse (event->rule, &rule, NULL);
    }
    return 0;
}
