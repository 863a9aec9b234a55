/* SPDX-License-Identifier: MIT */

#include "scheduler/support/log.h"

#include <string.h>

static const struct {
    const char *text, *masked;
} masks[] = {
    { "open rtsp://admin:12345@10.0.0.7/main", "open rtsp://admin:***@10.0.0.7/main" },
    { "rtsp://admin:p@ss:w/rd@10.0.0.7/main", "rtsp://admin:***@10.0.0.7/main" },
    { "HTTPS://u:x@h and ftp://v:y@h", "HTTPS://u:***@h and ftp://v:***@h" },
    { "rtsp://10.0.0.7:554/main", "rtsp://10.0.0.7:554/main" },
    { "GET /calendar/12.3.ABCDEFGHIJKLMNOPQRSTU_.ics", "GET /calendar/12.3.***.ics" },
    { "GET /theo-doi/12.3.abcdefghijklmnopqrst-V", "GET /theo-doi/12.3.***" },
    { "GET /calendar/help", "GET /calendar/help" },
    { "Authorization: Bearer abc.def-g_h", "Authorization: Bearer ***" },
    { "authorization: Basic dTpw==, next", "authorization: Basic ***, next" },
    { "{\"login\":\"lan\",\"password\":\"b\xc3\xad mat\"}",
      "{\"login\":\"lan\",\"password\":\"*** mat\"}" },
    { "Cookie: ht_session=0a1b2c; theme=dark", "Cookie: ***; theme=dark" },
    { "metrics_token=xyz&a=1", "metrics_token=***&a=1" },
    { "the password is wrong", "the password is wrong" },
    { "octets \xff\xfe token=\xff", "octets \xff\xfe token=***" },
    { "", "" },
};

static void
test_mask (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (masks); i++) {
        g_autofree char *masked = ht_log_mask (masks[i].text);

        g_assert_cmpstr (masked, ==, masks[i].masked);
    }
}

static void
test_line (void)
{
    const GLogField fields[] = {
        { "GLIB_DOMAIN", "store", -1 },
        { "MESSAGE", "first\nsecond", -1 },
        { "CODE_LINE", "12", -1 },
        { "SESSION_ID", "77", -1 },
        { "SOURCE", "rtsp://a:b@c and more", 12 },
        { "USER_TOKEN", "abc", -1 },
    };
    g_autofree char *line = ht_log_format (G_LOG_LEVEL_WARNING, fields, G_N_ELEMENTS (fields),
                                           INT64_C (1764055801123456));

    g_assert_cmpstr (line, ==,
                     "2025-11-25T07:30:01.123Z warning store: first second SESSION_ID=77 "
                     "SOURCE=rtsp://a:***@c USER_TOKEN=***");
}

static void
test_line_without_fields (void)
{
    g_autofree char *line = ht_log_format (G_LOG_LEVEL_INFO, NULL, 0, 0);

    g_assert_cmpstr (line, ==, "1970-01-01T00:00:00.000Z info -: ");
}

/* The writer itself, in a process of its own, since it is the process's. */
static void
test_writer (void)
{
    if (g_test_subprocess ()) {
        ht_log_install (HT_LOG_MESSAGE);
        g_log_structured ("room", G_LOG_LEVEL_MESSAGE, "SESSION_ID", "5", "MESSAGE", "seen %d", 1);
        g_log_structured ("room", G_LOG_LEVEL_INFO, "MESSAGE", "not asked for");
        return;
    }
    g_test_trap_subprocess (NULL, 0, 0);
    g_test_trap_assert_passed ();
    g_test_trap_assert_stderr ("*message room: seen 1 SESSION_ID=5*");
    g_test_trap_assert_stderr_unmatched ("*not asked for*");
}

static void
test_writer_heeds_g_debug (void)
{
    if (g_test_subprocess ()) {
        g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
        ht_log_install (HT_LOG_WARNING);
        g_log_structured ("room", G_LOG_LEVEL_CRITICAL, "MESSAGE", "a bad call");
        return;
    }
    g_test_trap_subprocess (NULL, 0, 0);
    g_test_trap_assert_failed ();
    g_test_trap_assert_stderr ("*critical room: a bad call*");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/support/log/mask", test_mask);
    g_test_add_func ("/support/log/line", test_line);
    g_test_add_func ("/support/log/bare", test_line_without_fields);
    g_test_add_func ("/support/log/writer", test_writer);
    g_test_add_func ("/support/log/deadly", test_writer_heeds_g_debug);
    return g_test_run ();
}
