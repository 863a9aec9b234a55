/* SPDX-License-Identifier: MIT */

#include "scheduler/identity/password.h"

#include <string.h>

#include "scheduler/base/error.h"

typedef struct {
    GAsyncResult *results[16]; /* (owned), in the order of their coming */
    unsigned n;
} Outcome;

static void
on_done (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
    Outcome *outcome = user_data;

    outcome->results[outcome->n++] = g_object_ref (result);
}

static void
wait_for (Outcome *outcome, unsigned n)
{
    while (outcome->n < n)
        g_main_context_iteration (NULL, TRUE);
}

static void
outcome_clear (Outcome *outcome)
{
    for (unsigned i = 0; i < outcome->n; i++)
        g_object_unref (outcome->results[i]);
    outcome->n = 0;
}

static void
test_a_password_is_known_again (void)
{
    g_autoptr (HtPasswords) passwords = ht_passwords_new (8);
    g_autofree char *hash = NULL;
    Outcome outcome = { 0 };
    gboolean stale = TRUE;
    g_autoptr (GError) error = NULL;

    /* "ế" in one letter, then in three */
    ht_password_hash_async (passwords, "mật khẩu của Hu\u1ebf", NULL, on_done, &outcome);
    wait_for (&outcome, 1);
    hash = ht_password_hash_finish (outcome.results[0], &error);
    g_assert_no_error (error);
    g_assert_true (g_str_has_prefix (hash, "$argon2id$v=19$m=65536,t=2,p=1$"));
    outcome_clear (&outcome);

    ht_password_verify_async (passwords, hash, "mật khẩu của Hue\u0302\u0301", NULL, on_done,
                              &outcome);
    wait_for (&outcome, 1);
    g_assert_true (ht_password_verify_finish (outcome.results[0], &stale, &error));
    g_assert_false (stale);
    outcome_clear (&outcome);

    ht_password_verify_async (passwords, hash, "mật khẩu của Hue", NULL, on_done, &outcome);
    ht_password_verify_async (passwords, NULL, "mật khẩu của Huế", NULL, on_done, &outcome);
    wait_for (&outcome, 2);
    for (unsigned i = 0; i < 2; i++) {
        g_assert_false (ht_password_verify_finish (outcome.results[i], NULL, &error));
        g_assert_error (error, HT_ERROR, HT_ERROR_UNAUTHENTICATED);
        g_assert_cmpstr (ht_problem_get_id (error), ==, "wrong-password");
        g_clear_error (&error);
    }
    outcome_clear (&outcome);
}

/* Made with 8 MiB instead of 64. */
static void
test_a_weak_hash_is_stale (void)
{
    static const char weak[] =
        "$argon2id$v=19$m=8192,t=2,p=1$M6R7En0XyJTORN8PrzZj1g$vH3on1ZQ5yAs9Peiten+JobyBvBeocF8Plv1/skiAHI";
    g_autoptr (HtPasswords) passwords = ht_passwords_new (8);
    Outcome outcome = { 0 };
    gboolean stale = FALSE;

    ht_password_verify_async (passwords, weak, "an old password", NULL, on_done, &outcome);
    wait_for (&outcome, 1);
    g_assert_true (ht_password_verify_finish (outcome.results[0], &stale, NULL));
    g_assert_true (stale);
    outcome_clear (&outcome);
}

static void
test_a_storm_is_refused_at_once (void)
{
    g_autoptr (HtPasswords) passwords = ht_passwords_new (2);
    Outcome outcome = { 0 };
    unsigned n_busy = 0;

    for (unsigned i = 0; i < 8; i++)
        ht_password_verify_async (passwords, NULL, "whatever", NULL, on_done, &outcome);
    wait_for (&outcome, 8);
    for (unsigned i = 0; i < 8; i++) {
        g_autoptr (GError) error = NULL;

        g_assert_false (ht_password_verify_finish (outcome.results[i], NULL, &error));
        n_busy += g_error_matches (error, HT_ERROR, HT_ERROR_BUSY);
    }
    /* two wait, and the thread has taken one or none of them while the others came */
    g_assert_cmpuint (n_busy, >=, 5);
    g_assert_cmpuint (n_busy, <=, 6);
    outcome_clear (&outcome);
}

static const struct {
    const char *password, *login, *problem;
} rules[] = {
    { "correct horse", "an", NULL },
    { "k7qm-3xvh-9wdr-t4np", NULL, NULL },
    { "mật khẩu huế", "an", NULL },
    { "short", NULL, "password-too-short" },
    { "ếếếếếếếếế", NULL, "password-too-short" },
    { "aaaaaaaaaaaa", NULL, "password-too-simple" },
    { "abababababab", NULL, "password-too-simple" },
    { "MatKhau123", NULL, "password-too-simple" },
    { "1234567890", NULL, "password-too-simple" },
    { "xx-Nguyen.An-yy", "nguyen.an", "password-has-login" },
    { "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", NULL, "not-utf8" },
};

static void
test_rules (void)
{
    g_autofree char *long_one = g_strnfill (201, 'x');

    for (size_t i = 0; i < G_N_ELEMENTS (rules); i++) {
        g_autoptr (GError) error = NULL;
        gboolean ok = ht_password_check_rules (rules[i].password, rules[i].login, &error);

        g_test_message ("rule %zu", i);
        g_assert_cmpint (ok, ==, rules[i].problem == NULL);
        if (!ok)
            g_assert_cmpstr (ht_problem_get_id (error), ==, rules[i].problem);
    }
    g_assert_false (ht_password_check_rules (long_one, NULL, NULL));
}

static void
test_made_ones_differ_and_keep_the_rules (void)
{
    g_autofree char *a = ht_password_make ();
    g_autofree char *b = ht_password_make ();

    g_assert_cmpstr (a, !=, b);
    g_assert_cmpuint (strlen (a), ==, 19);
    g_assert_true (ht_password_check_rules (a, NULL, NULL));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/identity/password/known", test_a_password_is_known_again);
    g_test_add_func ("/identity/password/stale", test_a_weak_hash_is_stale);
    g_test_add_func ("/identity/password/storm", test_a_storm_is_refused_at_once);
    g_test_add_func ("/identity/password/rules", test_rules);
    g_test_add_func ("/identity/password/made", test_made_ones_differ_and_keep_the_rules);
    return g_test_run ();
}
