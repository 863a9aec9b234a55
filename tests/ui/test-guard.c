/* SPDX-License-Identifier: MIT */

#include "ui/http/guard.h"

#include <string.h>

#include "scheduler/base/error.h"

#define MAX_HEADERS 8

/* One sentence a row; lines as they would come, without the line ends. */
static const struct {
    const char *what, *version;
    const char *lines[MAX_HEADERS];
    const char *fault; /* (nullable): the header at fault */
    int64_t length;
    gboolean chunked;
} cases[] = {
    { "no body", "HTTP/1.1", { "Host:a.b" }, NULL, 0, FALSE },
    { "an address and a port", "HTTP/1.1", { "Host:[::1]:8080" }, NULL, 0, FALSE },
    { "a length", "HTTP/1.1", { "Host:a", "Content-Length:42" }, NULL, 42, FALSE },
    { "two gigabytes", "HTTP/1.1", { "Host:a", "content-length:2147483648" }, NULL, 2147483648, 0 },
    { "chunks", "HTTP/1.1", { "Host:a", "Transfer-Encoding:Chunked" }, NULL, 0, TRUE },
    { "old and without a host", "HTTP/1.0", { "Accept:*/*" }, NULL, 0, FALSE },
    { "a letter beyond ASCII in a value", "HTTP/1.1", { "Host:a", "X-Name:Huế" }, NULL, 0, FALSE },
    { "no host", "HTTP/1.1", { "Accept:*/*" }, "Host", 0, FALSE },
    { "two hosts", "HTTP/1.1", { "Host:a", "host:a" }, "Host", 0, FALSE },
    { "an empty host", "HTTP/1.1", { "Host:" }, "Host", 0, FALSE },
    { "a host with a path", "HTTP/1.1", { "Host:a/b" }, "Host", 0, FALSE },
    { "a host with a user", "HTTP/1.1", { "Host:a@b" }, "Host", 0, FALSE },
    { "a name with a space", "HTTP/1.1", { "Host:a", "Transfer-Encoding :chunked" }, "header" },
    { "an empty name", "HTTP/1.1", { "Host:a", ":x" }, "header" },
    { "a control octet", "HTTP/1.1", { "Host:a", "X:a\rb" }, "header" },
    { "a delete octet", "HTTP/1.1", { "Host:a", "X:a\x7f" }, "header" },
    { "another coding",
      "HTTP/1.1",
      { "Host:a", "Transfer-Encoding:gzip, chunked" },
      "Transfer-Encoding" },
    { "a coding with a tail",
      "HTTP/1.1",
      { "Host:a", "Transfer-Encoding:chunkedx" },
      "Transfer-Encoding" },
    { "a coding twice",
      "HTTP/1.1",
      { "Host:a", "Transfer-Encoding:chunked", "Transfer-Encoding:chunked" },
      "length" },
    { "a coding and a length",
      "HTTP/1.1",
      { "Host:a", "Content-Length:3", "Transfer-Encoding:chunked" },
      "length" },
    { "the same length twice",
      "HTTP/1.1",
      { "Host:a", "Content-Length:3", "Content-Length:3" },
      "length" },
    { "a list of lengths", "HTTP/1.1", { "Host:a", "Content-Length:3, 3" }, "Content-Length" },
    { "a length with a sign", "HTTP/1.1", { "Host:a", "Content-Length:+3" }, "Content-Length" },
    { "a negative length", "HTTP/1.1", { "Host:a", "Content-Length:-3" }, "Content-Length" },
    { "a hexadecimal length", "HTTP/1.1", { "Host:a", "Content-Length:0x3" }, "Content-Length" },
    { "an empty length", "HTTP/1.1", { "Host:a", "Content-Length:" }, "Content-Length" },
    { "a length beyond numbers",
      "HTTP/1.1",
      { "Host:a", "Content-Length:9999999999999999999" },
      "Content-Length" },
    { "chunks before there were any",
      "HTTP/1.0",
      { "Transfer-Encoding:chunked" },
      "Transfer-Encoding" },
    { "a version to come", "HTTP/2.0", { "Host:a" }, "version" },
};

static unsigned
split (const char *const *lines, HtGuardHeader *headers)
{
    unsigned n = 0;

    for (; n < MAX_HEADERS && lines[n] != NULL; n++) {
        const char *colon = strchr (lines[n], ':');

        headers[n] =
            (HtGuardHeader){ lines[n], (size_t) (colon - lines[n]), colon + 1, strlen (colon + 1) };
    }
    return n;
}

static void
test_cases (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        HtGuardHeader headers[MAX_HEADERS];
        HtGuardFraming framing = { -1, -1 };
        g_autoptr (GError) error = NULL;
        unsigned n = split (cases[i].lines, headers);
        gboolean ok = ht_guard_check (headers, n, cases[i].version, &framing, &error);

        g_test_message ("%s", cases[i].what);
        g_assert_cmpint (ok, ==, cases[i].fault == NULL);
        if (ok) {
            g_assert_cmpint (framing.content_length, ==, cases[i].length);
            g_assert_cmpint (framing.chunked, ==, cases[i].chunked);
        } else {
            g_assert_cmpstr (ht_problem_get_id (error), ==, "bad-request");
            g_assert_cmpstr (ht_problem_get_field (error), ==, cases[i].fault);
            g_assert_cmpint (framing.content_length, ==, -1);
        }
    }
}

static void
test_an_octet_of_zero_is_refused (void)
{
    const HtGuardHeader headers[] = { { "Host", 4, "a", 1 }, { "X", 1, "a\0b", 3 } };
    HtGuardFraming framing;

    g_assert_false (ht_guard_check (headers, 2, "HTTP/1.1", &framing, NULL));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/ui/guard/cases", test_cases);
    g_test_add_func ("/ui/guard/zero", test_an_octet_of_zero_is_refused);
    return g_test_run ();
}
