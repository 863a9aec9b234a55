/* SPDX-License-Identifier: MIT */

#include "ui/cli/login.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "scheduler/base/error.h"

#define GROUP "login"

char *
ht_login_dup_path (void)
{
    const char *path = g_getenv ("HOITRUONG_LOGIN");

    return path != NULL && path[0] != '\0'
               ? g_strdup (path)
               : g_build_filename (g_get_user_config_dir (), "hoitruong", "login", NULL);
}

static gboolean
is_loopback (const char *host)
{
    g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

    return strcmp (host, "localhost") == 0 ||
           (address != NULL && g_inet_address_get_is_loopback (address));
}

char *
ht_login_check_url (const char *url, GError **error)
{
    g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
    const char *scheme = uri == NULL ? "" : g_uri_get_scheme (uri);
    const char *host = uri == NULL ? NULL : g_uri_get_host (uri);
    gboolean secure = strcmp (scheme, "https") == 0;

    if ((!secure && strcmp (scheme, "http") != 0) || host == NULL || host[0] == '\0' ||
        g_uri_get_userinfo (uri) != NULL || strlen (g_uri_get_path (uri)) > 1 ||
        g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL) {
        ht_problem_set (error, HT_ERROR_INVALID, "bad-address", "URL",
                        "'%s' is no address like https://lich.example.vn", url);
        return NULL;
    }
    if (!secure && !is_loopback (host)) {
        ht_problem_set (error, HT_ERROR_INVALID, "not-secure", "URL",
                        "%s: a token would go there in clear; use https", url);
        return NULL;
    }
    return g_strndup (url, strlen (url) - (g_str_has_suffix (url, "/") ? 1 : 0));
}

/* Readable by its owner alone. */
static gboolean
check_mode (const char *path, GError **error)
{
    GStatBuf status;

    if (g_stat (path, &status) != 0) {
        ht_problem_set (error, HT_ERROR_UNAUTHENTICATED, "sign-in", NULL,
                        "there is no %s: sign in with hoitruong login URL USER", path);
        return FALSE;
    }
    if ((status.st_mode & 0077) == 0)
        return TRUE;
    ht_problem_set (error, HT_ERROR_INVALID, "not-secret", NULL, "others may read %s: chmod 600 it",
                    path);
    return FALSE;
}

static char *
read_token (const char *path, GError **error)
{
    char *text = NULL;

    if (!check_mode (path, error) || !g_file_get_contents (path, &text, NULL, error))
        return NULL;
    return g_strstrip (text);
}

static HtLogin *
load_environment (GError **error)
{
    g_autoptr (HtLogin) login = g_new0 (HtLogin, 1);
    const char *path = g_getenv ("HOITRUONG_TOKEN_FILE");
    const char *token = g_getenv ("HOITRUONG_TOKEN");

    login->url = ht_login_check_url (g_getenv ("HOITRUONG_URL"), error);
    if (login->url == NULL)
        return NULL;
    login->token = path != NULL ? read_token (path, error) : g_strdup (token);
    if (path != NULL && login->token == NULL)
        return NULL;
    if (login->token != NULL && login->token[0] != '\0')
        return g_steal_pointer (&login);
    ht_problem_set (error, HT_ERROR_UNAUTHENTICATED, "sign-in", NULL,
                    "HOITRUONG_URL is set, HOITRUONG_TOKEN is not");
    return NULL;
}

static HtLogin *
load_file (GError **error)
{
    g_autofree char *path = ht_login_dup_path ();
    g_autoptr (GKeyFile) file = g_key_file_new ();
    g_autoptr (HtLogin) login = g_new0 (HtLogin, 1);
    g_autofree char *url = NULL;

    if (!check_mode (path, error))
        return NULL;
    if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error)) {
        g_prefix_error (error, "%s: ", path);
        return NULL;
    }
    url = g_key_file_get_string (file, GROUP, "url", error);
    login->url = url == NULL ? NULL : ht_login_check_url (url, error);
    login->token = login->url == NULL ? NULL : g_key_file_get_string (file, GROUP, "token", error);
    if (login->token == NULL) {
        g_prefix_error (error, "%s: ", path);
        return NULL;
    }
    login->token_id = g_key_file_get_int64 (file, GROUP, "token-id", NULL);
    return g_steal_pointer (&login);
}

HtLogin *
ht_login_load (GError **error)
{
    return g_getenv ("HOITRUONG_URL") != NULL ? load_environment (error) : load_file (error);
}

gboolean
ht_login_save (const HtLogin *login, GError **error)
{
    g_autofree char *path = ht_login_dup_path ();
    g_autofree char *folder = g_path_get_dirname (path);
    g_autoptr (GKeyFile) file = g_key_file_new ();
    g_autofree char *text = NULL;

    g_key_file_set_string (file, GROUP, "url", login->url);
    g_key_file_set_string (file, GROUP, "token", login->token);
    g_key_file_set_int64 (file, GROUP, "token-id", login->token_id);
    text = g_key_file_to_data (file, NULL, NULL);
    if (g_mkdir_with_parents (folder, 0700) != 0) {
        ht_problem_set (error, HT_ERROR_INVALID, "no-folder", NULL, "%s cannot be made", folder);
        return FALSE;
    }
    return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

void
ht_login_free (HtLogin *login)
{
    g_free (login->url);
    g_free (login->token);
    g_free (login);
}
