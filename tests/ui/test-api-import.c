/* SPDX-License-Identifier: MIT */

/* Tables over HTTP, and changes taken back. */

#include <string.h>

#include "tests/ui/api-fixture.h"

#define LINKS "key,name,parent_key,kbps\\nl-1,Huế,,8000\\nl-2,Phú Vang,l-1,4000\\n"

static unsigned
import (ApiFixture *f, int64_t person, const char *what, const char *text, gboolean dry_run)
{
    g_autofree char *body = g_strdup_printf ("{\"what\":\"%s\",\"text\":\"%s\",\"dryRun\":%s}",
                                             what, text, dry_run ? "true" : "false");

    return api_ask (f, person, "POST", "/api/v1/import", body);
}

static void
test_import (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_cmpuint (import (f, ADMIN, "links", LINKS, TRUE), ==, 200);
    g_assert_cmpint (api_int (f, "records"), ==, 2);
    g_assert_cmpint (api_int (f, "number"), ==, 0);
    g_assert_cmpuint (import (f, ADMIN, "links", LINKS, FALSE), ==, 200);
    g_assert_cmpint (api_int (f, "records"), ==, 2);
    g_assert_cmpint (api_int (f, "number"), ==, 1);
    /* the same again changes nothing */
    g_assert_cmpuint (import (f, ADMIN, "links", LINKS, FALSE), ==, 200);
    g_assert_cmpint (api_int (f, "records"), ==, 0);
    g_assert_cmpint (api_int (f, "number"), ==, 0);
}

static const struct {
    const char *why, *what, *text, *code;
    const char *lines; /* named in args.lines */
} bad[] = {
    { "each bad line is named", "links",
      "key,name,parent_key,kbps\\na,A,,8000\\nb,B,nowhere,1\\nc,C,,many\\n", "bad-lines",
      "line 4" },
    { "a column is missing", "links", "key,name\\na,A\\n", NULL, NULL },
    { "nothing at all", "links", "", NULL, NULL },
    { "courses are booked", "courses", "key\\n", "not-one-of", NULL },
    { "no such table", "planets", "key\\n", NULL, NULL },
};

static void
test_bad_tables (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
        for (int dry_run = 0; dry_run < 2; dry_run++) {
            unsigned status = import (f, ADMIN, bad[i].what, bad[i].text, dry_run != 0);

            g_test_message ("%s: %u %s", bad[i].why, status, api_text (f, "detail"));
            g_assert_cmpuint (status, ==, 422);
            if (bad[i].code != NULL)
                g_assert_cmpstr (api_text (f, "code"), ==, bad[i].code);
            if (bad[i].lines != NULL)
                g_assert_nonnull (strstr (api_text (f, "args.lines"), bad[i].lines));
        }
    g_assert_cmpint (ht_service_get_number (f->base.service), ==, 0);
    g_assert_cmpuint (import (f, TRAINER, "links", LINKS, TRUE), ==, 403);
}

static void
test_too_large (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *text = g_strnfill (9 * 1024 * 1024, 'x');

    g_assert_cmpuint (import (f, ADMIN, "links", text, TRUE), ==, 413);
    g_assert_cmpstr (api_text (f, "code"), ==, "body-too-large");
}

static void
test_undo (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_cmpstr (fixture_book (&f->base, TRAINER, ROOM_A, "2026-12-24T07:30"), ==, NULL);
    g_assert_cmpuint (api_ask (f, ADMIN, "POST", "/api/v1/undo", "{\"number\":1}"), ==, 409);
    g_assert_cmpstr (api_text (f, "code"), ==, "cannot-undo");
    g_assert_cmpuint (api_ask (f, TRAINER, "POST", "/api/v1/undo", "{\"number\":1}"), ==, 200);
    g_assert_cmpint (api_int (f, "number"), ==, 2);
    g_assert_cmpint (fixture_session (&f->base, 1)->state, ==, HT_SESSION_CANCELLED);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(name, test)                                                                            \
    g_test_add ("/ui/api-import/" name, ApiFixture, NULL, api_fixture_set_up, test,                \
                api_fixture_tear_down)
    ADD ("import", test_import);
    ADD ("bad-tables", test_bad_tables);
    ADD ("too-large", test_too_large);
    ADD ("undo", test_undo);
#undef ADD
    return g_test_run ();
}
