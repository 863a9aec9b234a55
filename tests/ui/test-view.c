/* SPDX-License-Identifier: MIT */

/* Answers as people read them. */

#include "ui/cli/view.h"

static const char answer[] =
    "{\"items\":[{\"id\":7,\"start\":\"2026-11-25T07:30:00+07:00\",\"title\":\"Tin học\","
    "\"rooms\":[{\"name\":\"Hội trường\"},{\"name\":\"A\"}],\"mine\":true},"
    "{\"id\":12,\"start\":\"2026-11-26T07:30:00+07:00\",\"title\":\"x\",\"rooms\":[]}],\"empty\":[],"
    "\"deep\":{\"rows\":[{\"id\":1}]}}";

static const HtViewColumn columns[] = {
    { "id", "Mã", "Id" },
    { "start", "Bắt đầu", "Start" },
    { "title", "Tên", "Title" },
    { "rooms.name", "Phòng", "Rooms" },
    { NULL },
};
static const HtViewColumn id[] = { { "id", "Mã", "Id" }, { NULL } };

static void
test_table (void)
{
    static const HtView views[] = {
        { "items", columns }, { "empty", columns }, { "absent", columns },
        { "deep.rows", id },  { NULL, NULL },
    };
    g_autoptr (JsonNode) node = json_from_string (answer, NULL);
    g_autofree char *english = NULL, *vietnamese = NULL;

    g_setenv ("LC_ALL", "C.UTF-8", TRUE);
    english = ht_view_show (views, node);
    g_assert_cmpstr (english, ==,
                     "Id  Start             Title    Rooms\n"
                     "7   2026-11-25 07:30  Tin học  Hội trường, A\n"
                     "12  2026-11-26 07:30  x        \n"
                     "\nId\n1\n");
    g_setenv ("LC_ALL", "vi_VN.UTF-8", TRUE);
    vietnamese = ht_view_show (views, node);
    g_assert_true (g_str_has_prefix (vietnamese, "Mã  Bắt đầu           Tên      Phòng\n"));
}

static void
test_lines (void)
{
    static const HtView views[] = { { NULL, columns }, { NULL, NULL } };
    g_autoptr (JsonNode) node = json_from_string ("{\"id\":7,\"title\":\"Tin học\"}", NULL);
    g_autofree char *text = NULL;

    g_setenv ("LC_ALL", "C.UTF-8", TRUE);
    text = ht_view_show (views, node);
    g_assert_cmpstr (text, ==, "Id: 7\nTitle: Tin học\n");
}

static const struct {
    const char *path, *text;
} found[] = {
    { "items.id", "7, 12" },     { "items.rooms.name", "Hội trường, A" },
    { "items.mine", "yes" },     { "items.start", "2026-11-25 07:30, 2026-11-26 07:30" },
    { "nothing", "" },           { "items.nothing.below", "" },
    { "items.title.below", "" }, { "deep", "" },
};

static void
test_find (void)
{
    g_autoptr (JsonNode) node = json_from_string (answer, NULL);

    g_setenv ("LC_ALL", "C.UTF-8", TRUE);
    for (size_t i = 0; i < G_N_ELEMENTS (found); i++) {
        g_autofree char *text = ht_view_find (node, found[i].path);

        g_assert_cmpstr (text, ==, found[i].text);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/ui/view/table", test_table);
    g_test_add_func ("/ui/view/lines", test_lines);
    g_test_add_func ("/ui/view/find", test_find);
    return g_test_run ();
}
