/* SPDX-License-Identifier: MIT */

#include "media/pipeline/auth.h"

#include <string.h>

/* Answers are checked against the worked examples of the RFCs. */
typedef struct {
    const char *says;
    const char *headers[3];
    const char *user, *password, *method, *uri, *cnonce;
    const char *answer; /* NULL: none */
} AuthCase;

#define RFC_CNONCE "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
#define RFC_NONCE  "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
#define RFC_REALM  "http-auth@example.org"
#define RFC_OPAQUE "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
#define RFC_PARTS                                                                                  \
    "username=\"Mufasa\", realm=\"" RFC_REALM "\", nonce=\"" RFC_NONCE                             \
    "\", uri=\"/dir/index.html\", opaque=\"" RFC_OPAQUE "\", "
#define RFC_QOP "qop=auth, nc=00000001, cnonce=\"" RFC_CNONCE "\", "

static const AuthCase CASES[] = {
    { "Basic (RFC 7617)",
      { "Basic realm=\"WallyWorld\"" },
      "Aladdin",
      "open sesame",
      "DESCRIBE",
      "*",
      "x",
      "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==" },
    { "MD5 with qop (RFC 7616 3.9.1)",
      { "Digest realm=\"" RFC_REALM "\", qop=\"auth, auth-int\", algorithm=MD5, nonce=\"" RFC_NONCE
        "\", opaque=\"" RFC_OPAQUE "\"" },
      "Mufasa",
      "Circle of Life",
      "GET",
      "/dir/index.html",
      RFC_CNONCE,
      "Digest " RFC_PARTS RFC_QOP "response=\"8ca523f5e9506fed4657c9700eebdbec\"" },
    { "SHA-256 wins over MD5 (RFC 7616 3.9.1)",
      { "Digest realm=\"" RFC_REALM
        "\", qop=\"auth, auth-int\", algorithm=SHA-256, nonce=\"" RFC_NONCE
        "\", opaque=\"" RFC_OPAQUE "\"",
        "Digest realm=\"" RFC_REALM "\", qop=\"auth, auth-int\", algorithm=MD5, nonce=\"" RFC_NONCE
        "\", opaque=\"" RFC_OPAQUE "\"" },
      "Mufasa",
      "Circle of Life",
      "GET",
      "/dir/index.html",
      RFC_CNONCE,
      "Digest " RFC_PARTS "algorithm=SHA-256, " RFC_QOP
      "response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"" },
    { "MD5 without qop, beside Basic in one header (RFC 2069, with its erratum)",
      { "Basic realm=\"b\", Digest realm=\"testrealm@host.com\", "
        "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"" },
      "Mufasa",
      "CircleOfLife",
      "GET",
      "/dir/index.html",
      "x",
      "Digest username=\"Mufasa\", realm=\"testrealm@host.com\", "
      "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", "
      "response=\"1949323746fe6a43ef61f9606e7febea\"" },
    { "what we do not speak is passed over",
      { "Digest realm=\"a\", nonce=\"b\", algorithm=SHA-512-256",
        "Digest realm=\"a\", nonce=\"b\", qop=\"auth-int\"", "Negotiate" },
      "u",
      "p",
      "GET",
      "/",
      "x",
      NULL },
    { "a digest without nonce", { "Digest realm=\"a\"" }, "u", "p", "GET", "/", "x", NULL },
    { "nobody to sign in", { "Basic realm=\"a\"" }, NULL, NULL, "GET", "/", "x", NULL },
};

static void
test_table (gconstpointer data)
{
    const AuthCase *row = data;
    g_autoptr (HtAuth) auth = ht_auth_new (row->user, row->password);
    g_autofree char *answer = NULL;

    ht_auth_begin_challenge (auth);
    for (unsigned i = 0; i < G_N_ELEMENTS (row->headers) && row->headers[i] != NULL; i++)
        ht_auth_take_challenge (auth, row->headers[i]);
    g_assert_true (ht_auth_may_answer (auth) == (row->answer != NULL));
    answer = ht_auth_dup_answer (auth, row->method, row->uri, row->cnonce);
    g_assert_cmpstr (answer, ==, row->answer);
}

static void
challenge (HtAuth *auth, const char *header)
{
    ht_auth_begin_challenge (auth);
    ht_auth_take_challenge (auth, header);
}

static void
answer (HtAuth *auth)
{
    g_autofree char *text = ht_auth_dup_answer (auth, "PLAY", "rtsp://a/", "c");

    g_assert_nonnull (text);
}

/* A refused password is not tried twice; a stale nonce is no refusal. */
static void
test_once (void)
{
    g_autoptr (HtAuth) auth = ht_auth_new ("u", "p");

    challenge (auth, "Digest realm=\"r\", nonce=\"1\"");
    g_assert_true (ht_auth_may_answer (auth));
    answer (auth);
    challenge (auth, "Digest realm=\"r\", nonce=\"2\"");
    g_assert_false (ht_auth_may_answer (auth));
    challenge (auth, "Digest realm=\"r\", nonce=\"3\", stale=TRUE");
    g_assert_true (ht_auth_may_answer (auth));
    answer (auth);
    ht_auth_accept (auth);
    answer (auth);
    challenge (auth, "Digest realm=\"r\", nonce=\"4\"");
    g_assert_true (ht_auth_may_answer (auth));
    answer (auth);
    challenge (auth, "Digest realm=\"r\", nonce=\"3\"");
    g_assert_false (ht_auth_may_answer (auth));
}

/* Every answer with one nonce bears the next number. */
static void
test_count (void)
{
    g_autoptr (HtAuth) auth = ht_auth_new ("u", "p");
    g_autofree char *first = NULL;
    g_autofree char *second = NULL;

    challenge (auth, "Digest realm=\"r\", nonce=\"1\", qop=\"auth\"");
    first = ht_auth_dup_answer (auth, "PLAY", "rtsp://a/", "c");
    second = ht_auth_dup_answer (auth, "PLAY", "rtsp://a/", "c");
    g_assert_nonnull (strstr (first, "nc=00000001"));
    g_assert_nonnull (strstr (second, "nc=00000002"));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS (CASES); i++) {
        g_autofree char *path = g_strdup_printf ("/auth/%u", i);

        g_test_message ("%s", CASES[i].says);
        g_test_add_data_func (path, &CASES[i], test_table);
    }
    g_test_add_func ("/auth/once", test_once);
    g_test_add_func ("/auth/count", test_count);
    return g_test_run ();
}
