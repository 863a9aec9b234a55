/* SPDX-License-Identifier: MIT */

#include "media/pipeline/rtp.h"

#include "media/pipeline/rtcp.h"

#define MAX_STEPS 6
#define RATE_HZ   90000

/* One packet and what it must be. */
typedef struct {
    uint16_t sequence;
    uint32_t stamp;
    uint32_t ssrc;
    HtRtpOrder order;
    int64_t line; /* the stamp without wrap; not looked at where it is dropped */
} Step;

typedef struct {
    const char *says;
    unsigned count;
    Step steps[MAX_STEPS];
} LineCase;

#define SECOND 90000

static const LineCase CASES[] = {
    { "in order",
      3,
      { { 7, 100, 1, HT_RTP_FRESH, 100 },
        { 8, 200, 1, HT_RTP_NEXT, 200 },
        { 9, 200, 1, HT_RTP_NEXT, 200 } } },
    { "both wrap",
      3,
      { { 65535, 0xffffff00u, 1, HT_RTP_FRESH, 0xffffff00 },
        { 0, 0x100, 1, HT_RTP_NEXT, 0x100000100 },
        { 1, 0xffffff80u, 1, HT_RTP_NEXT, 0xffffff80 } } },
    { "a gap", 2, { { 7, 0, 1, HT_RTP_FRESH, 0 }, { 9, 5, 1, HT_RTP_GAP, 5 } } },
    { "late and double",
      4,
      { { 7, 0, 1, HT_RTP_FRESH, 0 },
        { 8, 5, 1, HT_RTP_NEXT, 5 },
        { 8, 5, 1, HT_RTP_DROP },
        { 7, 0, 1, HT_RTP_DROP } } },
    { "a stray sequence is not believed",
      3,
      { { 7, 0, 1, HT_RTP_FRESH, 0 }, { 30000, 9, 1, HT_RTP_DROP }, { 8, 5, 1, HT_RTP_NEXT, 5 } } },
    { "two in a row are: the line goes on by arrival, a second a packet",
      3,
      { { 7, 0, 1, HT_RTP_FRESH, 0 },
        { 30000, 9, 1, HT_RTP_DROP },
        { 30001, 9, 1, HT_RTP_FRESH, 2 * SECOND } } },
    { "another sender",
      2,
      { { 7, 0, 1, HT_RTP_FRESH, 0 }, { 8, 0x50000000, 2, HT_RTP_FRESH, SECOND } } },
    { "a clock that jumps by more than 30 s",
      3,
      { { 7, 0, 1, HT_RTP_FRESH, 0 },
        { 8, 31 * SECOND, 1, HT_RTP_FRESH, SECOND },
        { 9, 31 * SECOND + 5, 1, HT_RTP_NEXT, SECOND + 5 } } },
};

/* Packets arrive a second apart. */
static void
test_table (gconstpointer data)
{
    const LineCase *row = data;
    HtRtpLine line = { .rate_hz = RATE_HZ };

    for (unsigned i = 0; i < row->count; i++) {
        const Step *step = &row->steps[i];
        HtRtpPacket packet = { .sequence = step->sequence,
                               .stamp = step->stamp,
                               .ssrc = step->ssrc };

        g_assert_cmpint (ht_rtp_line_take (&line, &packet, (int64_t) i * G_USEC_PER_SEC), ==,
                         step->order);
        if (step->order != HT_RTP_DROP)
            g_assert_cmpint (line.stamp, ==, step->line);
    }
}

typedef struct {
    const char *says;
    const char *octets;
    size_t length;
    int payload; /* octets; -1: refused */
} PacketCase;

#define OCTETS(text) text, sizeof text - 1
#define REST         "\x60\0\1\0\0\0\2\0\0\0\3"

static const PacketCase PACKETS[] = {
    { "plain", OCTETS ("\x80" REST "abc"), 3 },
    { "empty", OCTETS ("\x80" REST), 0 },
    { "cut in its head", OCTETS ("\x80\x60\0"), -1 },
    { "version 1", OCTETS ("\x40" REST "abc"), -1 },
    { "a contributing source", OCTETS ("\x81" REST "cccca"), 1 },
    { "contributing sources that are not there", OCTETS ("\x8f" REST "abc"), -1 },
    { "an extension", OCTETS ("\x90" REST "\0\0\0\1xxxxab"), 2 },
    { "an extension beyond the end", OCTETS ("\x90" REST "\0\0\1\0xxxxab"), -1 },
    { "padding", OCTETS ("\xa0" REST "ab\0\2"), 2 },
    { "more padding than packet", OCTETS ("\xa0" REST "ab\0\x7f"), -1 },
};

static void
test_packet (gconstpointer data)
{
    const PacketCase *row = data;
    HtRtpPacket packet;
    gboolean good = ht_rtp_packet_read ((const uint8_t *) row->octets, row->length, &packet);

    g_assert_true (good == (row->payload >= 0));
    if (!good)
        return;
    g_assert_cmpuint (packet.length, ==, row->payload);
    g_assert_cmpuint (packet.type, ==, 0x60);
    g_assert_cmpuint (packet.sequence, ==, 1);
    g_assert_cmpuint (packet.stamp, ==, 2);
    g_assert_cmpuint (packet.ssrc, ==, 3);
}

static void
test_reports (void)
{
    static const uint8_t COMPOUND[] = { 0x80, 200, 0, 6, 0,    0,   0, 9, 1, 2, 3, 4,
                                        5,    6,   7, 8, 0,    0,   1, 0, 0, 0, 0, 0,
                                        0,    0,   0, 0, 0x81, 203, 0, 1, 0, 0, 0, 9 };
    HtRtpLine line = { .ssrc = 5, .highest = 0x10002, .lost = 3 };
    uint8_t receiver[HT_RTCP_RECEIVER_BYTES];
    HtSenderReport report;

    g_assert_cmpuint (ht_rtcp_read (COMPOUND, sizeof COMPOUND, &report), ==,
                      HT_RTCP_REPORT | HT_RTCP_BYE);
    g_assert_cmpuint (report.ssrc, ==, 9);
    g_assert_cmpuint (report.ntp, ==, 0x0102030405060708);
    g_assert_cmpuint (report.stamp, ==, 0x100);
    g_assert_cmpuint (ht_rtcp_read (COMPOUND, 27, &report), ==, 0);
    ht_rtcp_write_receiver (&line, 4, 0x03040506, G_USEC_PER_SEC, receiver);
    g_assert_cmpuint (ht_rtcp_read (receiver, sizeof receiver, &report), ==, 0);
    g_assert_cmpuint (receiver[15], ==, 3);
    g_assert_cmpuint (receiver[17], ==, 1);
    g_assert_cmpuint (receiver[29], ==, 1); /* a second in 1/65536 */
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS (CASES); i++) {
        g_autofree char *path = g_strdup_printf ("/rtp/line/%s", CASES[i].says);

        g_test_add_data_func (path, &CASES[i], test_table);
    }
    for (unsigned i = 0; i < G_N_ELEMENTS (PACKETS); i++) {
        g_autofree char *path = g_strdup_printf ("/rtp/packet/%s", PACKETS[i].says);

        g_test_add_data_func (path, &PACKETS[i], test_packet);
    }
    g_test_add_func ("/rtp/reports", test_reports);
    return g_test_run ();
}
