/* SPDX-License-Identifier: MIT */

#include "scheduler/core/rights.h"

/* Units are numbers whose first digits say where they hang: 12 lies below 1, 123 below 12. */
static gboolean
is_below (int64_t unit_id, int64_t above_id, gpointer user_data)
{
    for (; unit_id > 0; unit_id /= 10)
        if (unit_id == above_id)
            return TRUE;
    return FALSE;
}

static gboolean
may (int role, int64_t over, HtAction action, int64_t unit_id)
{
    HtGrant grant = { role, over };

    return ht_rights_may (&grant, 1, action, unit_id, is_below, NULL);
}

static void
test_where (void)
{
    static const struct {
        const char *sentence;
        int role;
        int64_t over;
        HtAction action;
        int64_t unit_id;
        gboolean may;
    } rows[] = {
        { "a cadre reads the agenda of another unit", HT_ROLE_CADRE, 12, HT_ACTION_READ_AGENDA, 3,
          TRUE },
        { "a cadre books nothing", HT_ROLE_CADRE, 0, HT_ACTION_BOOK_TRAINING, 12, FALSE },
        { "a trainer books for their unit", HT_ROLE_TRAINER, 12, HT_ACTION_BOOK_TRAINING, 12,
          TRUE },
        { "and below it", HT_ROLE_TRAINER, 1, HT_ACTION_BOOK_TRAINING, 123, TRUE },
        { "not above it", HT_ROLE_TRAINER, 12, HT_ACTION_BOOK_TRAINING, 1, FALSE },
        { "not beside it", HT_ROLE_TRAINER, 12, HT_ACTION_BOOK_TRAINING, 13, FALSE },
        { "for everybody only who holds everything", HT_ROLE_TRAINER, 1, HT_ACTION_BOOK_TRAINING, 0,
          FALSE },
        { "who does", HT_ROLE_TRAINER, 0, HT_ACTION_BOOK_TRAINING, 0, TRUE },
        { "a trainer asks for a conference", HT_ROLE_TRAINER, 12, HT_ACTION_REQUEST, 123, TRUE },
        { "and does not book it", HT_ROLE_TRAINER, 12, HT_ACTION_BOOK_CONFERENCE, 123, FALSE },
        { "an operator approves below their unit", HT_ROLE_OPERATOR, 12, HT_ACTION_APPROVE, 123,
          TRUE },
        { "not beside it", HT_ROLE_OPERATOR, 12, HT_ACTION_APPROVE, 13, FALSE },
        { "a trainer cancels what they organise, wherever", HT_ROLE_TRAINER, 12,
          HT_ACTION_CANCEL_OWN, 13, TRUE },
        { "but not what others do", HT_ROLE_TRAINER, 12, HT_ACTION_CANCEL_ANY, 12, FALSE },
        { "an operator runs any session of theirs", HT_ROLE_OPERATOR, 1, HT_ACTION_RUN_ANY, 12,
          TRUE },
        { "not of another province", HT_ROLE_OPERATOR, 1, HT_ACTION_RUN_ANY, 2, FALSE },
        { "an operator makes no accounts", HT_ROLE_OPERATOR, 0, HT_ACTION_MANAGE_PEOPLE, 1, FALSE },
        { "the administrator of a district does, there", HT_ROLE_ADMIN, 12, HT_ACTION_MANAGE_PEOPLE,
          123, TRUE },
        { "but does not import", HT_ROLE_ADMIN, 12, HT_ACTION_IMPORT, 12, FALSE },
        { "the administrator of everything does", HT_ROLE_ADMIN, 0, HT_ACTION_IMPORT, 0, TRUE },
        { "no such role", HT_ROLE_N_ROLES, 0, HT_ACTION_READ_AGENDA, 0, FALSE },
        { "no such role either", -1, 0, HT_ACTION_READ_AGENDA, 0, FALSE },
        { "no such action", HT_ROLE_ADMIN, 0, HT_ACTION_N_ACTIONS, 0, FALSE },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_test_message ("%s", rows[i].sentence);
        g_assert_cmpint (may (rows[i].role, rows[i].over, rows[i].action, rows[i].unit_id), ==,
                         rows[i].may);
    }
}

static void
test_every_action_has_a_name_and_an_administrator (void)
{
    g_assert_cmpuint (g_strv_length ((char **) ht_action_names), ==, HT_ACTION_N_ACTIONS);
    for (int action = 0; action < HT_ACTION_N_ACTIONS; action++) {
        g_test_message ("%s", ht_action_names[action]);
        g_assert_true (may (HT_ROLE_ADMIN, 0, action, 0));
        g_assert_false (ht_rights_may (NULL, 0, action, 0, is_below, NULL));
        /* what an operator may not, a trainer may not; and so down */
        for (int role = 0; role + 1 < HT_ROLE_N_ROLES; role++)
            g_assert_true (!may (role, 0, action, 0) || may (role + 1, 0, action, 0));
    }
    g_assert_cmpint (ht_rights_get_reach (HT_ACTION_N_ACTIONS), ==, HT_REACH_EVERYWHERE);
}

static void
test_any_grant_is_enough (void)
{
    HtGrant grants[] = { { HT_ROLE_CADRE, 0 }, { HT_ROLE_TRAINER, 12 }, { HT_ROLE_OPERATOR, 13 } };

    g_assert_true (ht_rights_may (grants, 3, HT_ACTION_EDIT_ANY, 134, is_below, NULL));
    g_assert_false (ht_rights_may (grants, 3, HT_ACTION_EDIT_ANY, 124, is_below, NULL));
    g_assert_true (ht_rights_may (grants, 3, HT_ACTION_REQUEST, 124, is_below, NULL));
}

static void
test_nobody_gives_more_than_they_have (void)
{
    static const struct {
        const char *sentence;
        HtGrant own, wanted;
        gboolean may;
    } rows[] = {
        { "the district's makes a trainer there",
          { HT_ROLE_ADMIN, 12 },
          { HT_ROLE_TRAINER, 123 },
          TRUE },
        { "and another administrator", { HT_ROLE_ADMIN, 12 }, { HT_ROLE_ADMIN, 12 }, TRUE },
        { "not one of everything", { HT_ROLE_ADMIN, 12 }, { HT_ROLE_CADRE, 0 }, FALSE },
        { "not one of the province", { HT_ROLE_ADMIN, 12 }, { HT_ROLE_ADMIN, 1 }, FALSE },
        { "an operator gives nothing", { HT_ROLE_OPERATOR, 0 }, { HT_ROLE_CADRE, 12 }, FALSE },
        { "no such role", { HT_ROLE_ADMIN, 0 }, { HT_ROLE_N_ROLES, 12 }, FALSE },
        { "everything", { HT_ROLE_ADMIN, 0 }, { HT_ROLE_ADMIN, 0 }, TRUE },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_test_message ("%s", rows[i].sentence);
        g_assert_cmpint (ht_rights_may_grant (&rows[i].own, 1, &rows[i].wanted, is_below, NULL), ==,
                         rows[i].may);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/core/rights/where", test_where);
    g_test_add_func ("/core/rights/every-action",
                     test_every_action_has_a_name_and_an_administrator);
    g_test_add_func ("/core/rights/any-grant", test_any_grant_is_enough);
    g_test_add_func ("/core/rights/giving", test_nobody_gives_more_than_they_have);
    return g_test_run ();
}
