/* SPDX-License-Identifier: MIT */

#include "media/pipeline/sdp.h"

#include <string.h>

#include "scheduler/base/error.h"

#define BASE  "rtsp://camera/live/"
#define HEAD  "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=x\r\nt=0 0\r\n"
#define VIDEO "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"

typedef struct {
    const char *says;
    const char *text;
    const char *play, *video, *audio; /* addresses; NULL: there is none */
    int encoding;                     /* of sound */
    unsigned clock_hz;
} SdpCase;

static const SdpCase CASES[] = {
    { "relative addresses", HEAD "a=control:*\r\n" VIDEO "a=control:track1\r\n", BASE,
      BASE "track1", NULL },
    { "absolute addresses", HEAD "a=control:rtsp://other/\r\n" VIDEO "a=control:rtsp://other/1\r\n",
      "rtsp://other/", "rtsp://other/1", NULL },
    { "no address at all", HEAD VIDEO, BASE, BASE, NULL },
    { "G.711 without a map", HEAD VIDEO "m=audio 0 RTP/AVP 8\r\na=control:2\r\n", BASE, BASE,
      BASE "2", HT_ENCODING_PCMA, 8000 },
    { "AAC",
      HEAD "m=audio 0 RTP/AVP 97\r\na=rtpmap:97 MPEG4-GENERIC/44100/2\r\na=fmtp:97 mode=AAC-hbr; "
           "config=1210; sizeLength=13; indexLength=3; indexDeltaLength=3\r\na=control:2\r\n",
      BASE, NULL, BASE "2", HT_ENCODING_AAC, 44100 },
    { "Opus", HEAD "m=audio 0 RTP/AVP 98\r\na=rtpmap:98 opus/48000/2\r\n", BASE, NULL, BASE,
      HT_ENCODING_OPUS, 48000 },
    { "what we do not speak is left out",
      HEAD "m=application 0 RTP/AVP 107\r\na=rtpmap:107 vnd.onvif.metadata/90000\r\n" VIDEO, BASE,
      BASE, NULL },
    { "the first picture of two", HEAD VIDEO "a=control:1\r\n" VIDEO "a=control:2\r\n", BASE,
      BASE "1", NULL },
    { "interleaved NAL units are refused", HEAD VIDEO "a=fmtp:96 packetization-mode=2\r\n", NULL,
      NULL, NULL },
    { "MPEG-2 alone", HEAD "m=video 0 RTP/AVP 32\r\n", NULL, NULL, NULL },
    { "a page of the web", "<html></html>", NULL, NULL, NULL },
    { "nothing", "", NULL, NULL, NULL },
};

static void
test_table (gconstpointer data)
{
    const SdpCase *row = data;
    g_autoptr (GError) error = NULL;
    g_autoptr (HtSdp) sdp = ht_sdp_new (row->text, strlen (row->text), BASE, &error);

    if (row->play == NULL) {
        g_assert_null (sdp);
        g_assert_cmpstr (ht_problem_get_id (error), ==, "unsupported-stream");
        return;
    }
    g_assert_no_error (error);
    g_assert_cmpstr (sdp->url, ==, row->play);
    g_assert_cmpstr (sdp->video != NULL ? sdp->video->url : NULL, ==, row->video);
    g_assert_cmpstr (sdp->audio != NULL ? sdp->audio->url : NULL, ==, row->audio);
    if (sdp->audio == NULL)
        return;
    g_assert_cmpint (sdp->audio->encoding, ==, row->encoding);
    g_assert_cmpuint (sdp->audio->clock_hz, ==, row->clock_hz);
    if (row->encoding == HT_ENCODING_AAC)
        g_assert_cmpuint (sdp->audio->aac.size_length, ==, 13);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS (CASES); i++) {
        g_autofree char *path = g_strdup_printf ("/sdp/%s", CASES[i].says);

        g_test_add_data_func (path, &CASES[i], test_table);
    }
    return g_test_run ();
}
