/* SPDX-License-Identifier: MIT */

#include "scheduler/core/choice.h"

static void
test_fits (void)
{
    static const HtResource lab = { .id = 1,
                                    .kind = HT_RESOURCE_ROOM,
                                    .capacity = 1,
                                    .seats = 30,
                                    .features = (char *) "lab projector" };
    static const HtResource closed = { .kind = HT_RESOURCE_ROOM, .capacity = 1, .retired = TRUE };
    static const HtResource laptops = { .kind = HT_RESOURCE_EQUIPMENT, .capacity = 20 };
    static const struct {
        const char *sentence;
        HtChoice choice;
        const HtResource *resource;
        gboolean fits;
    } cases[] = {
        { "any room", { HT_RESOURCE_ROOM }, &lab, TRUE },
        { "with seats enough", { HT_RESOURCE_ROOM, 30 }, &lab, TRUE },
        { "too small", { HT_RESOURCE_ROOM, 31 }, &lab, FALSE },
        { "another kind", { HT_RESOURCE_EQUIPMENT }, &lab, FALSE },
        { "a lab", { HT_RESOURCE_ROOM, 0, 0, 0, (char *) "lab" }, &lab, TRUE },
        { "in any order", { HT_RESOURCE_ROOM, 0, 0, 0, (char *) " projector  lab " }, &lab, TRUE },
        { "whole words", { HT_RESOURCE_ROOM, 0, 0, 0, (char *) "la" }, &lab, FALSE },
        { "all of them", { HT_RESOURCE_ROOM, 0, 0, 0, (char *) "lab stage" }, &lab, FALSE },
        { "of what has none", { HT_RESOURCE_EQUIPMENT, 0, 0, 0, (char *) "x" }, &laptops, FALSE },
        { "not one that is retired", { HT_RESOURCE_ROOM }, &closed, FALSE },
        { "pieces enough", { HT_RESOURCE_EQUIPMENT, 0, 20 }, &laptops, TRUE },
        { "too few pieces", { HT_RESOURCE_EQUIPMENT, 0, 21 }, &laptops, FALSE },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_test_message ("%s", cases[i].sentence);
        g_assert_cmpint (ht_choice_fits (&cases[i].choice, cases[i].resource), ==, cases[i].fits);
    }
}

static void
test_order (void)
{
    const HtResource small = { .id = 9, .seats = 20 }, large = { .id = 1, .seats = 40 };
    const HtResource next = { .id = 10, .seats = 20 };

    g_assert_cmpint (ht_choice_compare (&small, &large), <, 0);
    g_assert_cmpint (ht_choice_compare (&next, &small), >, 0);
    g_assert_cmpint (ht_choice_compare (&small, &small), ==, 0);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/core/choice/fits", test_fits);
    g_test_add_func ("/core/choice/order", test_order);
    return g_test_run ();
}
