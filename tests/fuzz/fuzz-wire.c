/* SPDX-License-Identifier: MIT */

#include "media/pipeline/wire.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
on_packet (gpointer user_data, unsigned channel, const uint8_t *data, size_t length)
{
    unsigned *sum = user_data;

    for (size_t i = 0; i < length; i++)
        *sum += data[i];
}

static void
on_message (gpointer user_data, const char *head, size_t length)
{
    g_autofree char *value = ht_wire_dup_header (head, length, "CSeq", 0);

    *(unsigned *) user_data += ht_wire_get_status (head, length);
}

/* Whatever comes: it never uses more than it was given. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    static const HtWireSink SINK = { on_packet, on_message };
    unsigned sum = 0;
    HtWire wire = { .sink = &SINK, .user_data = &sum, .channels = 4 };
    size_t used = 0;

    if (ht_wire_parse (&wire, data, size, &used, NULL))
        g_assert_cmpuint (used, <=, size);
    return 0;
}
