/* SPDX-License-Identifier: MIT */

#include "media/pipeline/aac-depay.h"

#include <string.h>

#include "media/record/unit.h"
#include "scheduler/base/error.h"

#define RATE_HZ 48000

/* "stamp:octets! " a frame, ! where something was lost before it. */
static void
on_unit (gpointer user_data, const HtDepayUnit *unit)
{
    unsigned full =
        (unsigned) (unit->data[3] & 3) << 11 | (unsigned) unit->data[4] << 3 | unit->data[5] >> 5;

    g_assert_cmpuint (full, ==, unit->length);
    g_assert_cmpuint (unit->data[0], ==, 0xff);
    g_string_append_printf (user_data, "%d:%.*s%s ", (int) unit->pts, (int) unit->length - 7,
                            (const char *) unit->data + 7,
                            (unit->flags & HT_UNIT_LOSS) != 0 ? "!" : "");
}

typedef struct {
    const char *octets;
    size_t length;
    int64_t stamp;
    HtRtpOrder order;
} Piece;

typedef struct {
    const char *says;
    Piece pieces[3];
    const char *found;
} AacCase;

#define OCTETS(text) text, sizeof text - 1

/* Headers of 13 bits of size and 3 of index. */
static const AacCase CASES[] = {
    { "one frame",
      { { OCTETS ("\0\x10\0\x18"
                  "abc"),
          100 } },
      "100:abc " },
    { "two frames, 1024 apart",
      { { OCTETS ("\0\x20\0\x18\0\x10"
                  "abcde"),
          100 } },
      "100:abc 1124:de " },
    { "one frame in two packets",
      { { OCTETS ("\0\x10\0\x28"
                  "abc"),
          5 },
        { OCTETS ("\0\x10\0\x28"
                  "de"),
          5 } },
      "5:abcde " },
    { "the rest of a frame was lost",
      { { OCTETS ("\0\x10\0\x28"
                  "abc"),
          5 },
        { OCTETS ("\0\x10\0\x10"
                  "xy"),
          9, HT_RTP_GAP } },
      "9:xy! " },
    { "headers beyond the packet",
      { { OCTETS ("\x40\x00\0\x18"
                  "abc"),
          5 } },
      "" },
    { "no header at all",
      { { OCTETS ("\0\0"
                  "abc"),
          5 } },
      "" },
    { "an empty frame is a loss",
      { { OCTETS ("\0\x20\0\0\0\x08"
                  "a"),
          5 } },
      "1029:a! " },
};

static HtAacFormat
make_format (const char *config)
{
    return (HtAacFormat){ .config = config,
                          .size_length = 13,
                          .index_length = 3,
                          .index_delta_length = 3,
                          .clock_hz = RATE_HZ };
}

static void
test_table (gconstpointer data)
{
    const AacCase *row = data;
    HtAacFormat format = make_format ("1190");
    g_autoptr (GString) found = g_string_new (NULL);
    g_autoptr (HtAacDepay) depay = ht_aac_depay_new (&format, on_unit, found, NULL);

    g_assert_cmpuint (ht_aac_depay_get_rate_hz (depay), ==, RATE_HZ);
    g_assert_cmpuint (ht_aac_depay_get_channels (depay), ==, 2);
    for (unsigned i = 0; i < G_N_ELEMENTS (row->pieces) && row->pieces[i].octets != NULL; i++) {
        const Piece *piece = &row->pieces[i];
        HtRtpPacket packet = { .payload = (const uint8_t *) piece->octets,
                               .length = piece->length };

        ht_aac_depay_take (depay, &packet, piece->order, piece->stamp, 1);
    }
    g_assert_cmpstr (found->str, ==, row->found);
}

static void
test_config (void)
{
    static const struct {
        const char *config;
        unsigned rate_hz, channels; /* 0: refused */
    } ROWS[] = {
        { "1190", 48000, 2 },   { "1210", 44100, 2 }, { "1588", 8000, 1 },
        { "2B9208", 22050, 2 }, /* with SBR: what the core is */
        { "", 0, 0 },           { "zz90", 0, 0 },     { "F890", 0, 0 },
        { "1780", 0, 0 },       { "1180", 0, 0 },
    };

    for (unsigned i = 0; i < G_N_ELEMENTS (ROWS); i++) {
        HtAacFormat format = make_format (ROWS[i].config);
        g_autoptr (GString) found = g_string_new (NULL);
        g_autoptr (GError) error = NULL;
        g_autoptr (HtAacDepay) depay = ht_aac_depay_new (&format, on_unit, found, &error);

        g_assert_true ((depay != NULL) == (ROWS[i].rate_hz > 0));
        if (depay == NULL) {
            g_assert_error (error, HT_ERROR, HT_ERROR_INVALID);
            continue;
        }
        g_assert_cmpuint (ht_aac_depay_get_rate_hz (depay), ==, ROWS[i].rate_hz);
        g_assert_cmpuint (ht_aac_depay_get_channels (depay), ==, ROWS[i].channels);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS (CASES); i++) {
        g_autofree char *path = g_strdup_printf ("/aac-depay/%s", CASES[i].says);

        g_test_add_data_func (path, &CASES[i], test_table);
    }
    g_test_add_func ("/aac-depay/config", test_config);
    return g_test_run ();
}
