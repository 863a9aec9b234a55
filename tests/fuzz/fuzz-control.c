/* SPDX-License-Identifier: MIT */

#include "media/record/control.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (const HtFields *fields, const uint8_t *data, size_t size)
{
    g_autofree char *record = g_malloc0 (fields->size);
    g_autofree char *again = g_malloc0 (fields->size);

    if (ht_control_decode (fields, (const char *) data, size, record, NULL)) {
        g_autofree char *line = ht_control_encode (fields, record);

        g_assert_true (ht_control_decode (fields, line, strlen (line), again, NULL));
        g_assert_true (ht_fields_equal (fields, record, again));
    }
    ht_fields_clear (fields, record);
    ht_fields_clear (fields, again);
}

/* What any of the three lines decodes to is written back to an equal one. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    check (&ht_control_hello_fields, data, size);
    check (&ht_control_request_fields, data, size);
    check (&ht_control_reply_fields, data, size);
    return 0;
}
