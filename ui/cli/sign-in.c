/* SPDX-License-Identifier: MIT */

#include "ui/cli/sign-in.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "scheduler/base/error.h"
#include "ui/cli/ask.h"
#include "ui/cli/login.h"
#include "ui/cli/words.h"

#define STANDARD_DAYS 90

typedef struct {
    char *name;          /* (owned): of the token */
    char *password_file; /* (owned) (nullable) */
    int days;
} Options;

static gboolean
parse (int *argc, char ***argv, Options *options, GError **error)
{
    const GOptionEntry entries[] = {
        { "name", 0, 0, G_OPTION_ARG_STRING, &options->name, "What the token is called", "NAME" },
        { "days", 0, 0, G_OPTION_ARG_INT, &options->days, "How long it lives; 0: for ever", "N" },
        { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &options->password_file,
          "A file whose first line is the password", "FILE" },
        { NULL },
    };
    g_autoptr (GOptionContext) context = g_option_context_new ("URL USER");

    g_option_context_set_summary (
        context,
        "Signs in to the service at URL and keeps a token for this machine.\n"
        "Without --password-file the password is asked for, or read from the standard input.");
    g_option_context_add_main_entries (context, entries, NULL);
    if (!g_option_context_parse (context, argc, argv, error))
        return FALSE;
    if (*argc == 3 && options->days >= 0)
        return TRUE;
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s",
                 ht_words_pick ("hãy ghi ĐỊA-CHỈ và TÊN", "give URL and USER"));
    return FALSE;
}

static char *
cut_line (const char *text)
{
    return g_strndup (text, strcspn (text, "\r\n"));
}

/* (transfer full) (nullable) */
static char *
read_password (const char *path, GError **error)
{
    g_autofree char *text = NULL;
    char line[1024] = "";

    if (path != NULL)
        return g_file_get_contents (path, &text, NULL, error) ? cut_line (text) : NULL;
    if (isatty (STDIN_FILENO))
        return g_strdup (getpass (ht_words_pick ("Mật khẩu: ", "Password: ")));
    if (fgets (line, sizeof line, stdin) != NULL)
        return cut_line (line);
    ht_problem_set (error, HT_ERROR_INVALID, "no-password", NULL, "%s",
                    ht_words_pick ("không có mật khẩu", "there is no password"));
    return NULL;
}

/* (transfer full): one object of the members that are not %NULL; @days below 0 is left out */
static char *
make_body (const char *const *members, int days)
{
    g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
    g_autoptr (JsonObject) object = json_object_new ();

    for (unsigned i = 0; members[i] != NULL; i += 2)
        json_object_set_string_member (object, members[i], members[i + 1]);
    if (days >= 0)
        json_object_set_int_member (object, "days", days);
    json_node_set_object (node, object);
    return json_to_string (node, FALSE);
}

/* (transfer full) (nullable): the answer's object; %NULL where it was refused, which is printed. */
static JsonNode *
post (HtClient *client, const char *path, const char *body, int *ret_status)
{
    g_auto (HtClientAnswer) answer = { 0 };
    g_autoptr (GError) error = NULL;
    JsonNode *node;

    if (!ht_client_ask (client, "POST", path, body, NULL, &answer, &error)) {
        *ret_status = ht_ask_fail (error);
        return NULL;
    }
    if (answer.status >= 300) {
        *ret_status = ht_ask_show (&answer, NULL, FALSE);
        return NULL;
    }
    node = json_from_string (answer.text, NULL);
    if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)) {
        fprintf (stderr, "hoitruong: %s\n", "the answer is no object of JSON");
        *ret_status = HT_ASK_FAILED;
        g_clear_pointer (&node, json_node_unref);
    }
    return node;
}

/* With the cookie of a sign-in: makes the token. */
static gboolean
take_token (HtClient *client, const Options *options, HtLogin *login, int *ret_status)
{
    const char *const members[] = { "name", options->name, NULL };
    g_autofree char *body = make_body (members, options->days);
    g_autoptr (JsonNode) made = post (client, "/api/v1/me/tokens", body, ret_status);
    g_autofree char *id = NULL;

    if (made == NULL)
        return FALSE;
    id = ht_view_find (made, "id");
    login->token = ht_view_find (made, "token");
    login->token_id = g_ascii_strtoll (id, NULL, 10);
    return TRUE;
}

static int
sign_in (const char *user, const char *password, const Options *options, HtLogin *login)
{
    const char *const members[] = { "login", user, "password", password, NULL };
    g_autofree char *body = make_body (members, -1);
    g_autoptr (HtClient) client = ht_client_new (login->url, NULL);
    g_auto (HtClientAnswer) ended = { 0 };
    int status = HT_ASK_DONE;
    g_autoptr (JsonNode) me = post (client, "/api/v1/sign-in", body, &status);
    g_autofree char *csrf = me == NULL ? NULL : ht_view_find (me, "csrf");
    g_autofree char *name = me == NULL ? NULL : ht_view_find (me, "name");
    g_autoptr (GError) error = NULL;

    if (me == NULL)
        return status;
    ht_client_set_csrf (client, csrf);
    if (take_token (client, options, login, &status) && !ht_login_save (login, &error))
        status = ht_ask_fail (error);
    /* the cookie is of no use any more */
    ht_client_ask (client, "POST", "/api/v1/sign-out", "{}", NULL, &ended, NULL);
    if (status == HT_ASK_DONE)
        printf ("%s, %s\n", ht_words_pick ("Xin chào", "Hello"), name);
    return status;
}

static int
sign_in_with (char **argv, const Options *options)
{
    g_autoptr (HtLogin) login = g_new0 (HtLogin, 1);
    g_autoptr (GError) error = NULL;
    g_autofree char *password = NULL;

    login->url = ht_login_check_url (argv[1], &error);
    if (login->url != NULL)
        password = read_password (options->password_file, &error);
    return password == NULL ? ht_ask_fail (error) : sign_in (argv[2], password, options, login);
}

int
ht_sign_in_run_login (int argc, char **argv)
{
    Options options = { .name = g_strdup_printf ("hoitruong, %s", g_get_host_name ()),
                        .days = STANDARD_DAYS };
    g_autoptr (GError) error = NULL;
    int status = HT_ASK_USAGE;

    if (parse (&argc, &argv, &options, &error))
        status = sign_in_with (argv, &options);
    else
        fprintf (stderr, "hoitruong login: %s\n", error->message);
    g_free (options.name);
    g_free (options.password_file);
    return status;
}

int
ht_sign_in_run_logout (int argc G_GNUC_UNUSED, char **argv G_GNUC_UNUSED)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (HtLogin) login = ht_login_load (&error);
    g_autofree char *path = ht_login_dup_path ();
    g_autofree char *target = NULL;
    g_autoptr (HtClient) client = NULL;
    g_auto (HtClientAnswer) answer = { 0 };

    if (login == NULL)
        return ht_ask_fail (error);
    client = ht_client_new (login->url, login->token);
    target = g_strdup_printf ("/api/v1/me/tokens/%" G_GINT64_FORMAT "/end", login->token_id);
    if (login->token_id != 0 &&
        !ht_client_ask (client, "POST", target, "{}", NULL, &answer, &error))
        return ht_ask_fail (error);
    if (g_unlink (path) != 0 && errno != ENOENT) {
        fprintf (stderr, "hoitruong: %s: %s\n", path, g_strerror (errno));
        return HT_ASK_FAILED;
    }
    puts (ht_words_pick ("Xong.", "Done."));
    return HT_ASK_DONE;
}
