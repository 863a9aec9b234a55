/* SPDX-License-Identifier: MIT */

/* What small parsers of single headers make of them: ranges, cookies, codings; and how errors are
 * told. */

#include <string.h>

#include "scheduler/base/error.h"
#include "ui/http/cookie.h"
#include "ui/http/encoding.h"
#include "ui/http/problem.h"
#include "ui/http/range.h"

/* One sentence a row: of a file of a hundred octets. */
static const struct {
    const char *what, *text;
    HtRangeKind kind;
    int64_t first, last;
} ranges[] = {
    { "no header", NULL, HT_RANGE_WHOLE, 0, 99 },
    { "a part", "bytes=10-19", HT_RANGE_PART, 10, 19 },
    { "one octet", "bytes=0-0", HT_RANGE_PART, 0, 0 },
    { "to the end", "bytes=10-", HT_RANGE_PART, 10, 99 },
    { "beyond the end", "bytes=90-1000", HT_RANGE_PART, 90, 99 },
    { "the last ones", "bytes=-10", HT_RANGE_PART, 90, 99 },
    { "more than there are", "bytes=-1000", HT_RANGE_PART, 0, 99 },
    { "another case", "Bytes=1-2", HT_RANGE_PART, 1, 2 },
    { "behind the end", "bytes=100-", HT_RANGE_IMPOSSIBLE },
    { "none of the last", "bytes=-0", HT_RANGE_IMPOSSIBLE },
    { "several", "bytes=0-1,5-6", HT_RANGE_IMPOSSIBLE },
    { "backwards", "bytes=9-1", HT_RANGE_WHOLE, 0, 99 },
    { "another unit", "items=0-1", HT_RANGE_WHOLE, 0, 99 },
    { "no numbers", "bytes=-", HT_RANGE_WHOLE, 0, 99 },
    { "a tail", "bytes=1-2x", HT_RANGE_WHOLE, 0, 99 },
    { "a sign", "bytes=+1-2", HT_RANGE_WHOLE, 0, 99 },
    { "beyond numbers", "bytes=99999999999999999999-", HT_RANGE_WHOLE, 0, 99 },
    { "nothing", "bytes=", HT_RANGE_WHOLE, 0, 99 },
};

static void
test_ranges (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (ranges); i++) {
        HtRange range = ht_range_parse (ranges[i].text, 100);

        g_test_message ("%s", ranges[i].what);
        g_assert_cmpint (range.kind, ==, ranges[i].kind);
        g_assert_cmpint (range.first, ==, ranges[i].first);
        g_assert_cmpint (range.last, ==, ranges[i].last);
    }
    g_assert_cmpint (ht_range_parse ("bytes=0-", 0).kind, ==, HT_RANGE_IMPOSSIBLE);
    g_assert_cmpint (ht_range_parse ("bytes=-5", 0).kind, ==, HT_RANGE_IMPOSSIBLE);
}

static const struct {
    const char *header, *value;
} cookies[] = {
    { NULL, NULL },          { "", NULL },
    { "ht=abc", "abc" },     { "a=b; ht=abc; c=d", "abc" },
    { "a=b;ht=abc", "abc" }, { "xht=no; ht=abc", "abc" },
    { "ht2=no", NULL },      { "ht", NULL },
    { "ht=", "" },           { "ht=first; ht=second", "first" },
    { "a=\"ht=no\"", NULL }, { ";;; ;ht=x;", "x" },
};

static void
test_cookies (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (cookies); i++) {
        g_autofree char *value = ht_cookie_dup (cookies[i].header, "ht");

        g_test_message ("%s", cookies[i].header);
        g_assert_cmpstr (value, ==, cookies[i].value);
    }
}

static const struct {
    const char *accept;
    gboolean takes;
} codings[] = {
    { NULL, FALSE },          { "", FALSE },         { "gzip", TRUE },
    { "br, GZIP", TRUE },     { "gzip;q=0", FALSE }, { "gzip; q=0.000", FALSE },
    { "gzip;q=0.5", TRUE },   { "*", TRUE },         { "*;q=0", FALSE },
    { "*, gzip;q=0", FALSE }, { "x-gzip", FALSE },   { "identity", FALSE },
};

static void
test_codings (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (codings); i++) {
        g_test_message ("%s", codings[i].accept);
        g_assert_cmpint (ht_encoding_accepts_gzip (codings[i].accept), ==, codings[i].takes);
    }
    g_assert_true (ht_encoding_is_worth_it ("application/json", 2000));
    g_assert_false (ht_encoding_is_worth_it ("application/json", 100));
    g_assert_false (ht_encoding_is_worth_it ("video/mp4", 2000));
}

static void
test_the_same_bytes_compress_to_the_same (void)
{
    g_autoptr (GBytes) bytes = g_bytes_new_static ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 40);
    g_autoptr (GBytes) a = ht_encoding_gzip (bytes);
    g_autoptr (GBytes) b = ht_encoding_gzip (bytes);
    const uint8_t *data = g_bytes_get_data (a, NULL);

    g_assert_true (g_bytes_equal (a, b));
    g_assert_cmpuint (g_bytes_get_size (a), <, 40);
    g_assert_cmphex (data[0], ==, 0x1f);
    g_assert_cmphex (data[1], ==, 0x8b);
}

static void
test_a_problem_says_everything (void)
{
    g_autoptr (GError) error = NULL;
    GString *json;

    ht_problem_set (&error, HT_ERROR_CONFLICT, "clash", "rooms", "%s is taken", "Phòng \"1\"");
    ht_problem_add (error, "resource", "Phòng 1");
    ht_problem_add (error, "by", "An");
    json = ht_problem_to_json (error);
    g_assert_cmpstr (json->str, ==,
                     "{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409,"
                     "\"code\":\"clash\",\"field\":\"rooms\","
                     "\"args\":{\"resource\":\"Phòng 1\",\"by\":\"An\"},"
                     "\"detail\":\"Phòng \\\"1\\\" is taken\"}");
    g_string_free (json, TRUE);
}

static void
test_every_code_has_a_status_with_a_phrase (void)
{
    for (int code = 0; code < HT_ERROR_N_CODES; code++) {
        g_autoptr (GError) error = g_error_new_literal (HT_ERROR, code, "x");

        g_assert_cmpuint (ht_problem_get_status (error), >=, 400);
        g_assert_nonnull (ht_problem_get_phrase (ht_problem_get_status (error)));
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/ui/headers/ranges", test_ranges);
    g_test_add_func ("/ui/headers/cookies", test_cookies);
    g_test_add_func ("/ui/headers/codings", test_codings);
    g_test_add_func ("/ui/headers/gzip", test_the_same_bytes_compress_to_the_same);
    g_test_add_func ("/ui/headers/problem", test_a_problem_says_everything);
    g_test_add_func ("/ui/headers/statuses", test_every_code_has_a_status_with_a_phrase);
    return g_test_run ();
}
