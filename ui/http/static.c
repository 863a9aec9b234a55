/* SPDX-License-Identifier: MIT */

#include "ui/http/static.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "ui/http/encoding.h"

#define ETAG_LETTERS 22
#define PAGE         "index.html"
#define NOTICE       "The browser application is not part of this build.\n"

struct _HtStatic {
    GResource *resource; /* (owned) (nullable) */
    char *prefix;        /* (owned) */
    char *folder;        /* (owned) (nullable) */
    HtStaticBoot boot;   /* (nullable) */
    gpointer boot_data;
};

static const struct {
    const char *suffix, *type;
} types[] = {
    { ".html", "text/html; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".css", "text/css; charset=utf-8" },
    { ".json", "application/json" },
    { ".webmanifest", "application/manifest+json" },
    { ".svg", "image/svg+xml" },
    { ".png", "image/png" },
    { ".ico", "image/x-icon" },
    { ".woff2", "font/woff2" },
    { ".txt", "text/plain; charset=utf-8" },
    { ".map", "application/json" },
};

HtStatic *
ht_static_new (GResource *resource, const char *prefix, const char *folder)
{
    HtStatic *self = g_new0 (HtStatic, 1);

    self->resource = resource == NULL ? NULL : g_resource_ref (resource);
    self->prefix = g_strdup (prefix);
    self->folder = g_strdup (folder);
    return self;
}

void
ht_static_free (HtStatic *self)
{
    g_clear_pointer (&self->resource, g_resource_unref);
    g_free (self->prefix);
    g_free (self->folder);
    g_free (self);
}

void
ht_static_set_boot (HtStatic *self, HtStaticBoot boot, gpointer user_data)
{
    self->boot = boot;
    self->boot_data = user_data;
}

/* (transfer full) (nullable): @name with @suffix, relative to the application's folder. The target
 * holds no ".." and no slash in a segment. */
static GBytes *
load (HtStatic *self, const char *name, const char *suffix)
{
    g_autofree char *path =
        g_strconcat (self->folder != NULL ? self->folder : self->prefix, "/", name, suffix, NULL);
    g_autofree char *text = NULL;
    size_t length;

    if (name[0] == '\0')
        return NULL;
    if (self->folder == NULL)
        return self->resource == NULL ? NULL
                                      : g_resource_lookup_data (self->resource, path,
                                                                G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    if (!g_file_get_contents (path, &text, &length, NULL))
        return NULL;
    return g_bytes_new_take (g_steal_pointer (&text), length);
}

static const char *
find_type (const char *name)
{
    for (unsigned i = 0; i < G_N_ELEMENTS (types); i++)
        if (g_str_has_suffix (name, types[i].suffix))
            return types[i].type;
    return "application/octet-stream";
}

/* (transfer full): a strong tag for each representation. */
static char *
make_tag (GBytes *bytes)
{
    g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

    return g_strdup_printf ("\"%.*s\"", ETAG_LETTERS, hash);
}

static void
send_file (const char *name, GBytes *bytes, HtRequest *request, HtReply *reply)
{
    const char *known = ht_request_get_header (request, HT_HEADER_IF_NONE_MATCH);
    g_autofree char *tag = make_tag (bytes);

    ht_reply_add_header (reply, "ETag", tag);
    ht_reply_add_header (reply, "Vary", "Accept-Encoding");
    ht_reply_add_header (reply, "Cache-Control",
                         g_str_has_prefix (name, "assets/") ? "public, max-age=31536000, immutable"
                                                            : "no-cache");
    if (known != NULL && strstr (known, tag) != NULL)
        ht_reply_send_bytes (reply, 304, NULL, NULL);
    else
        ht_reply_send_bytes (reply, 200, find_type (name), bytes);
}

/* Returns: %FALSE where there is no such file. */
static gboolean
try_file (HtStatic *self, const char *name, HtRequest *request, HtReply *reply)
{
    g_autoptr (GBytes) bytes = NULL;

    if (ht_encoding_accepts_gzip (ht_request_get_header (request, HT_HEADER_ACCEPT_ENCODING)))
        bytes = load (self, name, ".gz");
    if (bytes != NULL)
        ht_reply_add_header (reply, "Content-Encoding", "gzip");
    else
        bytes = load (self, name, "");
    if (bytes == NULL)
        return FALSE;
    send_file (name, bytes, request, reply);
    return TRUE;
}

/* Inside a script element "<" could end it: JSON can say it in another way. */
static void
append_escaped (GString *page, const char *json)
{
    for (; *json != '\0'; json++)
        if (*json == '<')
            g_string_append (page, "\\u003c");
        else
            g_string_append_c (page, *json);
}

GString *
ht_static_fill_boot (const char *page, size_t length, const char *json)
{
    GString *filled = g_string_new_len (page, (gssize) length);
    const char *mark = strstr (filled->str, "id=\"boot\"");
    const char *start = mark == NULL ? NULL : strchr (mark, '>');
    const char *end = start == NULL ? NULL : strstr (start, "</script>");
    g_autofree char *rest = NULL;

    if (end == NULL)
        return filled;
    rest = g_strdup (end);
    g_string_truncate (filled, (size_t) (start + 1 - filled->str));
    append_escaped (filled, json);
    g_string_append (filled, rest);
    return filled;
}

static void
send_page (HtStatic *self, HtRequest *request, HtReply *reply)
{
    g_autoptr (GBytes) page = load (self, PAGE, "");
    g_autoptr (GBytes) filled = NULL;
    GString *json = self->boot == NULL ? NULL : self->boot (self->boot_data, request);
    size_t length;
    const char *text;

    ht_reply_add_header (reply, "Cache-Control", "no-cache");
    if (page == NULL) {
        page = g_bytes_new_static (NOTICE, strlen (NOTICE));
        ht_reply_send_bytes (reply, 200, "text/plain; charset=utf-8", page);
    } else {
        text = g_bytes_get_data (page, &length);
        filled = g_string_free_to_bytes (
            ht_static_fill_boot (text, length, json == NULL ? "{}" : json->str));
        ht_reply_send_bytes (reply, 200, find_type (PAGE), filled);
    }
    if (json != NULL)
        g_string_free (json, TRUE);
}

gboolean
ht_static_handle (gpointer self, HtRequest *request, HtReply *reply, GError **error)
{
    g_autofree char *name = ht_uri_dup_path (&request->uri);

    if (strcmp (name, PAGE) != 0 && try_file (self, name, request, reply))
        return TRUE;
    if (g_str_has_prefix (name, "assets/")) {
        ht_problem_set (error, HT_ERROR_NOT_FOUND, "no-such-address", NULL,
                        "there is nothing at this address");
        return FALSE;
    }
    send_page (self, request, reply);
    return TRUE;
}
