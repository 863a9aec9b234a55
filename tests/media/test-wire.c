/* SPDX-License-Identifier: MIT */

#include "media/pipeline/wire.h"

#include <string.h>

#include "scheduler/base/error.h"

/* What was found, in words: "0:abc " for a packet on channel 0, "(200) " for a reply. */
static void
on_packet (gpointer user_data, unsigned channel, const uint8_t *data, size_t length)
{
    g_string_append_printf (user_data, "%u:%.*s ", channel, (int) length, (const char *) data);
}

static void
on_message (gpointer user_data, const char *head, size_t length)
{
    g_string_append_printf (user_data, "(%u) ", ht_wire_get_status (head, length));
}

static const HtWireSink SINK = { on_packet, on_message };

typedef struct {
    const char *says;
    const char *octets;
    size_t length;
    const char *found;
    size_t left; /* octets kept for later */
} WireCase;

#define OCTETS(text) text, sizeof text - 1
#define PACKET       "$\0\0\3abc"
#define REPLY        "RTSP/1.0 200 OK\r\nCSeq: 4\r\n\r\n"

static const WireCase CASES[] = {
    { "two packets", OCTETS (PACKET "$\1\0\2de"), "0:abc 1:de ", 0 },
    { "half a packet waits", OCTETS (PACKET "$\1\0\2d"), "0:abc ", 5 },
    { "a reply between packets", OCTETS (PACKET REPLY PACKET), "0:abc (200) 0:abc ", 0 },
    { "half a reply waits", OCTETS ("RTSP/1.0 200 OK\r\n\r"), "", 18 },
    { "a reply with a body", OCTETS ("RTSP/1.0 454 No\r\ncontent-length: 4\r\n\r\n$$$$" PACKET),
      "(454) 0:abc ", 0 },
    { "a request of the camera", OCTETS ("OPTIONS * RTSP/1.0\r\n\r\n" PACKET), "(0) 0:abc ", 0 },
    { "dirt is passed over", OCTETS ("dirt" PACKET), "0:abc ", 0 },
    { "a dollar in dirt on no channel of ours", OCTETS ("x$\x77\xff\xff" PACKET), "0:abc ", 0 },
    { "a packet on a channel that nobody asked for, in step", OCTETS ("$\x77\0\1z" PACKET),
      "119:z 0:abc ", 0 },
    { "an empty packet", OCTETS ("$\0\0\0" PACKET), "0: 0:abc ", 0 },
};

/* Whole, and octet by octet. */
static void
test_table (gconstpointer data)
{
    const WireCase *row = data;

    for (size_t step = 1; step <= row->length; step += row->length - 1) {
        g_autoptr (GString) found = g_string_new (NULL);
        HtWire wire = { .sink = &SINK, .user_data = found, .channels = 4 };
        size_t from = 0;

        for (size_t to = step; to <= row->length; to += step) {
            size_t used = 0;

            g_assert_true (ht_wire_parse (&wire, (const uint8_t *) row->octets + from, to - from,
                                          &used, NULL));
            from += used;
        }
        g_assert_cmpstr (found->str, ==, row->found);
        g_assert_cmpuint (row->length - from, ==, row->left);
    }
}

/* Endless dirt and bodies without measure are no camera. */
static void
test_broken (void)
{
    g_autofree uint8_t *dirt = g_malloc0 (HT_WIRE_MAX_JUNK + 8);
    static const char BODY[] = "RTSP/1.0 200 OK\r\nContent-Length: 99999999\r\n\r\n";
    g_autoptr (GString) found = g_string_new (NULL);
    HtWire wire = { .sink = &SINK, .user_data = found, .channels = 4 };
    g_autoptr (GError) error = NULL;
    size_t used;

    g_assert_false (ht_wire_parse (&wire, dirt, HT_WIRE_MAX_JUNK + 8, &used, &error));
    g_assert_cmpstr (ht_problem_get_id (error), ==, "broken-connection");
    wire.junk_bytes = 0;
    g_assert_false (ht_wire_parse (&wire, (const uint8_t *) BODY, strlen (BODY), &used, NULL));
}

static void
test_headers (void)
{
    static const char HEAD[] = "RTSP/1.0 401 No\r\nWWW-Authenticate: a\r\nX: b\r\n"
                               "www-authenticate:  c \r\n\r\n";
    g_autofree char *first = ht_wire_dup_header (HEAD, strlen (HEAD), "WWW-Authenticate", 0);
    g_autofree char *second = ht_wire_dup_header (HEAD, strlen (HEAD), "WWW-Authenticate", 1);
    g_autofree char *third = ht_wire_dup_header (HEAD, strlen (HEAD), "WWW-Authenticate", 2);

    g_assert_cmpstr (first, ==, "a");
    g_assert_cmpstr (second, ==, "c");
    g_assert_null (third);
    g_assert_cmpuint (ht_wire_get_status (HEAD, strlen (HEAD)), ==, 401);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS (CASES); i++) {
        g_autofree char *path = g_strdup_printf ("/wire/%s", CASES[i].says);

        g_test_add_data_func (path, &CASES[i], test_table);
    }
    g_test_add_func ("/wire/broken", test_broken);
    g_test_add_func ("/wire/headers", test_headers);
    return g_test_run ();
}
