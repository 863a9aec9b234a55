/* SPDX-License-Identifier: MIT */

/* Command lines as requests. */

#include "ui/cli/call.h"

#include <string.h>

#include "scheduler/base/error.h"

#define TODAY 20782 /* 2026-11-25 */

static const struct {
    const char *line; /* the verb and its words, with tabs between */
    const char *path;
    const char *body;  /* NULL: none */
    const char *fault; /* the field that is refused; NULL: none */
} cases[] = {
    { "me", "/api/v1/me", NULL, NULL },
    { "agenda", "/api/v1/agenda?from=2026-11-25&to=2026-12-01", NULL, NULL },
    { "agenda\t--from\t+1\t--to=2026-12-24\t--scope\tmine",
      "/api/v1/agenda?from=2026-11-26&to=2026-12-24&scope=mine", NULL, NULL },
    { "show\t7", "/api/v1/sessions/7", NULL, NULL },
    { "move\t7\t--start\t2026-11-25T07:30\t--minutes=90", "/api/v1/sessions/7/move",
      "{\"start\":\"2026-11-25T07:30\",\"minutes\":90}", NULL },
    { "cancel\t--reason\tBão số 4\t7", "/api/v1/sessions/7/cancel", "{\"reason\":\"Bão số 4\"}",
      NULL },
    { "book\t--title\tA\t--start\t2026-11-25T07:30\t--minutes\t90\t--room\t1,2\t--room\t3\t--now",
      "/api/v1/sessions",
      "{\"title\":\"A\",\"start\":\"2026-11-25T07:30\",\"minutes\":90,\"rooms\":[1,2,3],\"now\":true}",
      NULL },
    { "preview\t--title\tA\t--minutes\t90\t--site\t4:2048,5\t--skip\t2026-12-02",
      "/api/v1/sessions/preview",
      "{\"title\":\"A\",\"minutes\":90,\"sites\":[{\"id\":4,\"kbps\":2048},{\"id\":5}],\"skip\":["
      "\"2026-12-02\"]}",
      NULL },
    { "start\t7", "/api/v1/sessions/7/start", "{}", NULL },
    { "busy\t1,2", "/api/v1/busy?resources=1%2C2&from=2026-11-25&to=2026-12-02", NULL, NULL },
    { "show", NULL, NULL, "ID" },
    { "show\tseven", NULL, NULL, "ID" },
    { "show\t7\t8", NULL, NULL, "8" },
    { "show\t7\t--start\tx", NULL, NULL, "start" },
    { "cancel\t7", NULL, NULL, "reason" },
    { "move\t7\t--start\t2026-11-25T07:30", NULL, NULL, "minutes" },
    { "extend\t7\t--minutes", NULL, NULL, "minutes" },
    { "extend\t7\t--minutes\t5\t--minutes\t6", NULL, NULL, "minutes" },
    { "book\t--title\tA\t--minutes\t90\t--room\t1,x", NULL, NULL, "room" },
    { "agenda\t--from\t+x", NULL, NULL, "from" },
};

static void
test_cases (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_auto (GStrv) words = g_strsplit (cases[i].line, "\t", -1);
        const HtVerb *verb = ht_verb_find (words[0]);
        g_auto (HtCall) call = { 0 };
        g_autoptr (GError) error = NULL;

        g_test_message ("%s", cases[i].line);
        g_assert_nonnull (verb);
        g_assert_cmpint (
            ht_call_parse (verb, (const char *const *) words + 1, TODAY, &call, &error), ==,
            cases[i].fault == NULL);
        g_assert_cmpstr (error == NULL ? NULL : ht_problem_get_field (error), ==, cases[i].fault);
        g_assert_cmpstr (call.path, ==, cases[i].path);
        g_assert_cmpstr (call.body, ==, cases[i].body);
    }
}

static void
test_header_and_switches (void)
{
    const char *const words[] = { "7",      "--start", "2026-11-25T07:30", "--minutes=60",
                                  "--etag", "12",      "--json",           NULL };
    const char *const help[] = { "--help", NULL };
    g_auto (HtCall) call = { 0 };
    g_auto (HtCall) asked = { 0 };

    g_assert_true (ht_call_parse (ht_verb_find ("move"), words, TODAY, &call, NULL));
    g_assert_cmpstr (call.if_match, ==, "\"12\"");
    g_assert_true (call.json);
    g_assert_true (ht_call_parse (ht_verb_find ("move"), help, TODAY, &asked, NULL));
    g_assert_true (asked.help);
}

/* Every row makes sense: what it names is said by some word, and its help says every word. */
static void
test_table (void)
{
    unsigned n_verbs;
    const HtVerb *verbs = ht_verb_get_all (&n_verbs);

    for (unsigned i = 0; i < n_verbs; i++) {
        g_autofree char *help = ht_verb_make_help (&verbs[i]);
        unsigned n = 0;

        g_assert_true (ht_verb_find (verbs[i].name) == &verbs[i]);
        for (const HtVerbWord *word = verbs[i].words; word != NULL && word->name != NULL; word++) {
            g_assert_nonnull (strstr (help, word->name));
            g_assert_true (word->member[0] != '{' || strstr (verbs[i].path, word->member) != NULL);
            g_assert_true (word->type != HT_VERB_PAIRS || word->second != NULL);
            n++;
        }
        g_assert_cmpuint (n, <=, 40);
    }
    g_assert_null (ht_verb_find ("nothing"));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/ui/call/cases", test_cases);
    g_test_add_func ("/ui/call/header-and-switches", test_header_and_switches);
    g_test_add_func ("/ui/call/table", test_table);
    return g_test_run ();
}
