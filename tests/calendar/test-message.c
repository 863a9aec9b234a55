/* SPDX-License-Identifier: MIT */

#include "calendar/exchange/message.h"

#include <string.h>

#include "scheduler/base/error.h"

static const HtSender sender = { "Hội trường", "lich@hue.example",
                                 INT64_C (1764057600) * G_USEC_PER_SEC };

static void
test_octets (void)
{
    HtMessage message = {
        "Lan", "lan@hue.example", "Dời lịch", "Chào chị,\nbuổi học dời.", "4-7@hue.example", NULL,
        NULL
    };
    g_autoptr (GError) error = NULL;
    g_autofree char *text = ht_message_write (&message, &sender, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (text, ==,
                     "Date: Tue, 25 Nov 2025 08:00:00 +0000\r\n"
                     "From: =?UTF-8?B?SOG7mWkgdHLGsOG7nW5n?=\r\n <lich@hue.example>\r\n"
                     "To: =?UTF-8?B?TGFu?=\r\n <lan@hue.example>\r\n"
                     "Subject: =?UTF-8?B?ROG7nWkgbOG7i2No?=\r\n"
                     "Message-ID: <4-7@hue.example>\r\n"
                     "Auto-Submitted: auto-generated\r\n"
                     "MIME-Version: 1.0\r\n"
                     "Content-Type: text/plain; charset=utf-8\r\n"
                     "Content-Transfer-Encoding: base64\r\n\r\n"
                     "Q2jDoG8gY2jhu4ssDQpideG7lWkgaOG7jWMgZOG7nWku\r\n");
}

/* A long subject: no line over 78 octets, no letter cut in two. */
static void
test_long_subject (void)
{
    g_autofree char *subject = g_strnfill (200, 'a');
    g_autoptr (GString) vietnamese = g_string_new (subject);
    HtMessage message = { "", "lan@hue.example", NULL, "x", "1@hue.example", NULL, NULL };
    g_autofree char *text = NULL;
    g_auto (GStrv) lines = NULL;

    for (int i = 0; i < 50; i++)
        g_string_append (vietnamese, "ễ");
    message.subject = vietnamese->str;
    text = ht_message_write (&message, &sender, NULL);
    lines = g_strsplit (text, "\r\n", -1);
    for (int i = 0; lines[i] != NULL; i++) {
        const char *word = strstr (lines[i], "=?UTF-8?B?");

        g_assert_cmpint (strlen (lines[i]), <=, 85);
        if (word != NULL) {
            g_autofree char *base64 = g_strndup (word + 10, strcspn (word + 10, "?"));
            size_t length;
            g_autofree unsigned char *letters = g_base64_decode (base64, &length);

            g_assert_true (g_utf8_validate ((char *) letters, (gssize) length, NULL));
        }
    }
}

/* Both parts are there, the calendar with its method, as octets that come back. */
static void
test_calendar (void)
{
    HtMessage message = { "Lan",    "lan@hue.example", "Mời",
                          "Chào",   "4-7@hue.example", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
                          "REQUEST" };
    g_autofree char *text = ht_message_write (&message, &sender, NULL);
    const char *calendar =
        strstr (text, "Content-Type: text/calendar; method=REQUEST; "
                      "charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    g_auto (GStrv) parts = g_strsplit (text, "--=_hoitruong_=", -1);
    g_autofree unsigned char *octets = NULL;
    size_t length;

    g_assert_nonnull (calendar);
    g_assert_nonnull (strstr (text, "multipart/alternative; boundary=\"=_hoitruong_=\""));
    g_assert_cmpuint (g_strv_length (parts), ==, 4);
    g_assert_cmpstr (parts[3], ==, "--\r\n");
    octets = g_base64_decode (strstr (calendar, "\r\n\r\n"), &length);
    g_assert_cmpmem (octets, MIN (length, strlen (message.calendar)), message.calendar,
                     strlen (message.calendar));
}

static void
test_bad_addresses (void)
{
    static const char *const bad[] = { "",
                                       "lan",
                                       "@hue.example",
                                       "lan@",
                                       "a@b@c",
                                       "lan@hue.example\r\nBcc: x@y",
                                       "<lan@hue.example>",
                                       "lan,minh@hue.example",
                                       "lán@hue.example" };

    for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
        g_autoptr (GError) error = NULL;

        g_assert_null (ht_message_make_path (bad[i], &error));
        g_assert_cmpstr (ht_problem_get_id (error), ==, "not-an-address");
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/calendar/message/octets", test_octets);
    g_test_add_func ("/calendar/message/long-subject", test_long_subject);
    g_test_add_func ("/calendar/message/calendar", test_calendar);
    g_test_add_func ("/calendar/message/bad-addresses", test_bad_addresses);
    return g_test_run ();
}
