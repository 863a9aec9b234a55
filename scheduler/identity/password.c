/* SPDX-License-Identifier: MIT */

#include "scheduler/identity/password.h"

#include <sodium.h>
#include <string.h>

#include "scheduler/base/error.h"

#define LEAST_LETTERS    10
#define MOST_LETTERS     200
#define LEAST_DIFFERENT  5
#define GROUPS           4
#define LETTERS_IN_GROUP 4

struct _HtPasswords {
    GThreadPool *pool; /* (owned): of one thread */
    int max_waiting;
    int n_waiting; /* atomic */
};

typedef struct {
    HtPasswords *passwords; /* lent */
    char *password;         /* (owned): wiped */
    char *hash;             /* (owned) (nullable) */
    gboolean verify;
} Job;

/* Tried first by everybody who tries; those shorter than we allow need no mention. */
static const char *const known[] = {
    "1234567890",    "0123456789",    "12345678910",  "0987654321",  "qwertyuiop",
    "matkhau123",    "matkhau123456", "password12",   "password123", "password1234",
    "administrator", "hoitruong123",  "thuathienhue",
};

/* Without letters that are mistaken for each other. */
static const char alphabet[] = "23456789abcdefghjkmnpqrstuvwxyz";

static void
job_free (gpointer data)
{
    Job *job = data;

    sodium_memzero (job->password, strlen (job->password));
    g_free (job->password);
    g_free (job->hash);
    g_free (job);
}

static void
hash (GTask *task, const Job *job)
{
    char text[crypto_pwhash_STRBYTES];

    if (crypto_pwhash_str (text, job->password, strlen (job->password),
                           crypto_pwhash_OPSLIMIT_INTERACTIVE,
                           crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0)
        g_task_return_pointer (task, g_strdup (text), g_free);
    else
        g_task_return_new_error (task, HT_ERROR, HT_ERROR_BUSY,
                                 "there is no memory to check passwords");
}

static void
verify (GTask *task, const Job *job)
{
    char text[crypto_pwhash_STRBYTES];
    GError *error = NULL;

    if (job->hash != NULL &&
        crypto_pwhash_str_verify (job->hash, job->password, strlen (job->password)) == 0) {
        g_task_return_int (
            task, crypto_pwhash_str_needs_rehash (job->hash, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                                  crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0);
        return;
    }
    /* whoever listens to the clock learns nothing about which accounts there are */
    if (job->hash == NULL)
        (void) !crypto_pwhash_str (text, job->password, strlen (job->password),
                                   crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                   crypto_pwhash_MEMLIMIT_INTERACTIVE);
    ht_problem_set (&error, HT_ERROR_UNAUTHENTICATED, "wrong-password", NULL,
                    "the login or the password is wrong");
    g_task_return_error (task, error);
}

static void
run (gpointer data, gpointer user_data G_GNUC_UNUSED)
{
    g_autoptr (GTask) task = data;
    const Job *job = g_task_get_task_data (task);

    g_atomic_int_dec_and_test (&job->passwords->n_waiting);
    (job->verify ? verify : hash) (task, job);
}

HtPasswords *
ht_passwords_new (unsigned max_waiting)
{
    HtPasswords *passwords = g_new0 (HtPasswords, 1);

    g_return_val_if_fail (sodium_init () >= 0, NULL);
    passwords->max_waiting = (int) max_waiting;
    passwords->pool = g_thread_pool_new (run, NULL, 1, FALSE, NULL);
    return passwords;
}

void
ht_passwords_free (HtPasswords *passwords)
{
    g_thread_pool_free (passwords->pool, FALSE, TRUE);
    g_free (passwords);
}

static gboolean
refuse (const char *id, const char *what, GError **error)
{
    ht_problem_set (error, HT_ERROR_INVALID, id, "password", "the password %s", what);
    return FALSE;
}

static long
count_different (const char *text)
{
    g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
        g_hash_table_add (seen, GUINT_TO_POINTER (g_utf8_get_char (p)));
    return g_hash_table_size (seen);
}

static gboolean
is_known (const char *folded)
{
    for (unsigned i = 0; i < G_N_ELEMENTS (known); i++)
        if (strcmp (folded, known[i]) == 0)
            return TRUE;
    return FALSE;
}

gboolean
ht_password_check_rules (const char *password, const char *login, GError **error)
{
    g_autofree char *folded = NULL;
    g_autofree char *folded_login = NULL;

    if (!g_utf8_validate (password, -1, NULL))
        return refuse ("not-utf8", "is not valid UTF-8", error);
    if (g_utf8_strlen (password, -1) < LEAST_LETTERS)
        return refuse ("password-too-short", "must have at least 10 letters", error);
    if (g_utf8_strlen (password, -1) > MOST_LETTERS)
        return refuse ("too-long", "may have at most 200 letters", error);
    folded = g_utf8_casefold (password, -1);
    if (count_different (folded) < LEAST_DIFFERENT || is_known (folded))
        return refuse ("password-too-simple", "is one that others guess", error);
    folded_login = g_utf8_casefold (login == NULL ? "" : login, -1);
    if (folded_login[0] != '\0' && strstr (folded, folded_login) != NULL)
        return refuse ("password-has-login", "must not hold the login", error);
    return TRUE;
}

char *
ht_password_make (void)
{
    GString *text = g_string_new (NULL);

    g_return_val_if_fail (sodium_init () >= 0, NULL);
    for (unsigned i = 0; i < GROUPS * LETTERS_IN_GROUP; i++) {
        if (i > 0 && i % LETTERS_IN_GROUP == 0)
            g_string_append_c (text, '-');
        g_string_append_c (text, alphabet[randombytes_uniform (sizeof alphabet - 1)]);
    }
    return g_string_free (text, FALSE);
}

static void
push (HtPasswords *passwords, GTask *task, const char *hash_text, const char *password)
{
    g_autofree char *normal = g_utf8_normalize (password, -1, G_NORMALIZE_NFC);
    Job *job = g_new0 (Job, 1);
    GError *error = NULL;

    job->passwords = passwords;
    job->password = g_strdup (normal != NULL ? normal : password);
    job->hash = g_strdup (hash_text);
    job->verify = g_task_get_source_tag (task) == ht_password_verify_async;
    if (normal != NULL)
        sodium_memzero (normal, strlen (normal));
    g_task_set_task_data (task, job, job_free);
    if (g_atomic_int_add (&passwords->n_waiting, 1) < passwords->max_waiting) {
        g_thread_pool_push (passwords->pool, g_object_ref (task), NULL);
        return;
    }
    g_atomic_int_dec_and_test (&passwords->n_waiting);
    ht_problem_set (&error, HT_ERROR_BUSY, "busy", NULL,
                    "too many sign in at once; try again in a moment");
    ht_problem_add (error, "retry_after_s", "2");
    g_task_return_error (task, error);
}

void
ht_password_hash_async (HtPasswords *passwords, const char *password, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

    g_task_set_source_tag (task, ht_password_hash_async);
    push (passwords, task, NULL, password);
}

char *
ht_password_hash_finish (GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_async_result_is_tagged (result, ht_password_hash_async), NULL);
    return g_task_propagate_pointer (G_TASK (result), error);
}

void
ht_password_verify_async (HtPasswords *passwords, const char *hash_text, const char *password,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
    g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

    g_task_set_source_tag (task, ht_password_verify_async);
    push (passwords, task, hash_text, password);
}

gboolean
ht_password_verify_finish (GAsyncResult *result, gboolean *ret_stale, GError **error)
{
    gssize stale;

    g_return_val_if_fail (g_async_result_is_tagged (result, ht_password_verify_async), FALSE);
    stale = g_task_propagate_int (G_TASK (result), error);
    if (stale < 0)
        return FALSE;
    if (ret_stale != NULL)
        *ret_stale = stale > 0;
    return TRUE;
}
