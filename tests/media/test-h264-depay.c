/* SPDX-License-Identifier: MIT */

#include "media/pipeline/h264-depay.h"

#include <string.h>

#include "media/record/unit.h"
#include "tests/media/camera-media.h"

#define MAX_PACKETS 12

/* The types of a unit's NAL units, K for a key unit, ! after a loss: "K97855@3600 ". */
static void
on_unit (gpointer user_data, const HtDepayUnit *unit)
{
    const uint8_t *p = unit->data;
    const uint8_t *end = unit->data + unit->length;

    if ((unit->flags & HT_UNIT_KEY) != 0)
        g_string_append_c (user_data, 'K');
    for (; end - p > 4; p++)
        if (memcmp (p, "\0\0\0\1", 4) == 0)
            g_string_append_printf (user_data, "%u", p[4] & 0x1fu);
    g_string_append_printf (user_data, "@%d%s ", (int) unit->pts,
                            (unit->flags & HT_UNIT_LOSS) != 0 ? "!" : "");
    g_assert_cmpint (unit->dts, <=, unit->pts);
}

/* One packet: its payload, its stamp, marker and order. */
typedef struct {
    const char *payload;
    int stamp;
    gboolean marker;
    HtRtpOrder order;
} Packet;

typedef struct {
    const char *says;
    Packet packets[MAX_PACKETS];
    const char *found;
} DepayCase;

/* A NAL unit's header, then where the slice begins: \x88 is macroblock 0. */
#define IDR                                                                                        \
    "\x65\x88"                                                                                     \
    "data"
#define P                                                                                          \
    "\x41\x88"                                                                                     \
    "data"
#define P_REST                                                                                     \
    "\x41\x44"                                                                                     \
    "data"
#define DELIM "\x09\xf0"
#define SEI   "\x06\x06\x01\xc0\x80"
#define I_PLAIN                                                                                    \
    "\x61\x88"                                                                                     \
    "data"
#define FU_S                                                                                       \
    "\x7c\x81\x88"                                                                                 \
    "da"
#define FU_M                                                                                       \
    "\x7c\x01"                                                                                     \
    "ta"
#define FU_E                                                                                       \
    "\x7c\x41"                                                                                     \
    "ta"

static const DepayCase CASES[] = {
    { "sets of the description go before a key picture",
      { { IDR, 0, TRUE }, { P, 1, TRUE }, { P, 2, TRUE } },
      "K9785@0 91@1 91@2 " },
    { "nothing is given before a key picture",
      { { P, 0, TRUE }, { IDR, 1, TRUE }, { P, 2, TRUE } },
      "K9785@1 91@2 " },
    { "the camera's delimiter is not doubled",
      { { DELIM, 0 }, { IDR, 0, TRUE }, { P, 1, TRUE } },
      "K9785@0 91@1 " },
    { "several slices",
      { { IDR, 0 }, { "\x65\x44z", 0, TRUE }, { P, 1, TRUE } },
      "K97855@0 91@1 " },
    { "a recovery point is a key",
      { { SEI, 0 }, { I_PLAIN, 0, TRUE }, { P, 1, TRUE } },
      "K97861@0 91@1 " },
    { "fragments",
      { { IDR, 0, TRUE }, { FU_S, 1 }, { FU_M, 1 }, { FU_E, 1, TRUE } },
      "K9785@0 91@1 " },
    { "the middle of a picture is lost: it is left out, no other",
      { { IDR, 0, TRUE }, { FU_S, 1 }, { FU_E, 1, TRUE, HT_RTP_GAP }, { P, 2, TRUE } },
      "K9785@0 91@2! " },
    { "the beginning is lost",
      { { IDR, 0, TRUE }, { FU_E, 1, TRUE, HT_RTP_GAP }, { P, 2, TRUE } },
      "K9785@0 91@2! " },
    { "the first slice is lost",
      { { IDR, 0, TRUE }, { P_REST, 1, TRUE, HT_RTP_GAP }, { P, 2, TRUE } },
      "K9785@0 91@2! " },
    { "the end is lost, and the next picture is whole",
      { { IDR, 0, TRUE }, { FU_S, 1 }, { P, 2, TRUE, HT_RTP_GAP }, { P, 3, TRUE } },
      "K9785@0 91@2! 91@3 " },
    { "whole pictures are lost",
      { { IDR, 0, TRUE }, { P, 5, TRUE, HT_RTP_GAP }, { P, 6, TRUE } },
      "K9785@0 91@5! 91@6 " },
    { "fragments without an end",
      { { IDR, 0, TRUE }, { FU_S, 1 }, { FU_M, 1 }, { P, 2, TRUE } },
      "K9785@0 91@2! " },
    { "what we do not speak is passed over",
      { { IDR, 0 }, { "\x79what", 0, TRUE }, { "", 1 }, { P, 2, TRUE } },
      "K9785@0 91@2 " },
};

static void
take (HtH264Depay *depay, const Packet *packet)
{
    HtRtpPacket rtp = { .payload = (const uint8_t *) packet->payload,
                        .length = strlen (packet->payload),
                        .marker = packet->marker };

    ht_h264_depay_take (depay, &rtp, packet->order, packet->stamp, packet->stamp + 1);
}

static HtH264Depay *
make (GString *found)
{
    HtCameraScript script = { 0 };
    g_autofree char *sprop = ht_camera_media_dup_sprop (&script);
    HtH264Depay *depay = ht_h264_depay_new (on_unit, found);

    ht_h264_depay_set_parameters (depay, sprop);
    return depay;
}

static void
test_table (gconstpointer data)
{
    const DepayCase *row = data;
    g_autoptr (GString) found = g_string_new (NULL);
    g_autoptr (HtH264Depay) depay = make (found);

    for (unsigned i = 0; i < MAX_PACKETS && row->packets[i].payload != NULL; i++)
        take (depay, &row->packets[i]);
    ht_h264_depay_finish (depay);
    g_assert_cmpstr (found->str, ==, row->found);
}

/* The ninth unit with an honest marker waits for nothing; after a lie every one waits again. */
static void
test_trust (void)
{
    g_autoptr (GString) found = g_string_new (NULL);
    g_autoptr (HtH264Depay) depay = make (found);
    int stamp = 0;

    take (depay, &(Packet){ IDR, stamp++, TRUE });
    for (; stamp < 8; stamp++)
        take (depay, &(Packet){ P, stamp, TRUE });
    g_assert_null (strstr (found->str, "@7 "));
    take (depay, &(Packet){ P, stamp++, TRUE });
    g_assert_nonnull (strstr (found->str, "@8 "));
    take (depay, &(Packet){ P, stamp, TRUE });
    take (depay, &(Packet){ P_REST, stamp++, TRUE });
    take (depay, &(Packet){ P, stamp, TRUE });
    g_assert_null (strstr (found->str, "@10"));
    take (depay, &(Packet){ P, ++stamp, TRUE });
    g_assert_nonnull (strstr (found->str, "@10!"));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS (CASES); i++) {
        g_autofree char *path = g_strdup_printf ("/h264-depay/%s", CASES[i].says);

        g_test_add_data_func (path, &CASES[i], test_table);
    }
    g_test_add_func ("/h264-depay/trust", test_trust);
    return g_test_run ();
}
