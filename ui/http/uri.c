/* SPDX-License-Identifier: MIT */

#include "ui/http/uri.h"

#include <string.h>

#include "scheduler/base/error.h"

#define MAX_PARTS 64

static gboolean
refuse (const char *what, GError **error)
{
    ht_problem_set (error, HT_ERROR_INVALID, "bad-request", "address", "the address %s", what);
    return FALSE;
}

static gboolean
has_control (const char *text)
{
    for (const char *p = text; *p != '\0'; p++)
        if ((unsigned char) *p < 0x20 || *p == 0x7f)
            return TRUE;
    return FALSE;
}

/* (transfer full): decoded; %NULL where it is no clean text. g_uri_unescape_segment() refuses %00
 * and broken escapes. */
static char *
decode (const char *start, size_t length, gboolean plus, GError **error)
{
    g_autofree char *raw = g_strndup (start, length);
    g_autofree char *text = NULL;

    if (plus)
        g_strdelimit (raw, "+", ' ');
    text = g_uri_unescape_segment (raw, NULL, NULL);
    if (text == NULL || !g_utf8_validate (text, -1, NULL) || has_control (text)) {
        refuse ("holds an escape that is no clean text", error);
        return NULL;
    }
    return g_steal_pointer (&text);
}

static gboolean
take_segment (HtUri *uri, const char *start, size_t length, GError **error)
{
    char *text = decode (start, length, FALSE, error);

    if (text == NULL)
        return FALSE;
    g_ptr_array_add (uri->segments, text);
    if (strcmp (text, ".") == 0 || strcmp (text, "..") == 0 || strchr (text, '/') != NULL)
        return refuse ("has a segment that leaves its place", error);
    return uri->segments->len <= MAX_PARTS || refuse ("has too many segments", error);
}

static gboolean
take_pair (HtUri *uri, const char *start, size_t length, GError **error)
{
    const char *equals = memchr (start, '=', length);
    size_t name_length = equals == NULL ? length : (size_t) (equals - start);
    char *text;

    if (length == 0)
        return TRUE;
    if ((text = decode (start, name_length, TRUE, error)) == NULL)
        return FALSE;
    g_ptr_array_add (uri->query, text);
    text =
        equals == NULL ? g_strdup ("") : decode (equals + 1, length - name_length - 1, TRUE, error);
    if (text == NULL)
        return FALSE;
    g_ptr_array_add (uri->query, text);
    return uri->query->len <= 2 * MAX_PARTS || refuse ("has too many parameters", error);
}

typedef gboolean (*Take) (HtUri *uri, const char *start, size_t length, GError **error);

static gboolean
split (HtUri *uri, const char *text, size_t length, char separator, Take take, GError **error)
{
    const char *end = text + length;

    for (const char *start = text;; start++) {
        const char *stop = memchr (start, separator, (size_t) (end - start));

        if (stop == NULL)
            stop = end;
        if (!take (uri, start, (size_t) (stop - start), error))
            return FALSE;
        if (stop == end)
            return TRUE;
        start = stop;
    }
}

/* RFC 9112 section 3.2.2: a server takes the absolute form too. */
static const char *
skip_authority (const char *raw)
{
    const char *slash;

    if (g_ascii_strncasecmp (raw, "http://", 7) != 0)
        return raw;
    slash = strchr (raw + 7, '/');
    return slash == NULL ? "/" : slash;
}

gboolean
ht_uri_parse (const char *raw, HtUri *ret_uri, GError **error)
{
    g_auto (HtUri)
        uri = { g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (g_free) };
    const char *path = skip_authority (raw);
    size_t length = strcspn (path, "?#");

    if (path[0] != '/')
        return refuse ("must begin with \"/\"", error);
    if (length > 1 && !split (&uri, path + 1, length - 1, '/', take_segment, error))
        return FALSE;
    if (path[length] == '?' &&
        !split (&uri, path + length + 1, strcspn (path + length + 1, "#"), '&', take_pair, error))
        return FALSE;
    *ret_uri = (HtUri){ g_steal_pointer (&uri.segments), g_steal_pointer (&uri.query) };
    return TRUE;
}

gboolean
ht_uri_is_under (const HtUri *uri, const char *name)
{
    return uri->segments->len > 0 && strcmp (g_ptr_array_index (uri->segments, 0), name) == 0;
}

char *
ht_uri_dup_path (const HtUri *uri)
{
    GString *path = g_string_new (NULL);

    for (unsigned i = 0; i < uri->segments->len; i++)
        g_string_append_printf (path, "%s%s", i > 0 ? "/" : "",
                                (char *) g_ptr_array_index (uri->segments, i));
    return g_string_free (path, FALSE);
}

void
ht_uri_clear (HtUri *uri)
{
    g_clear_pointer (&uri->segments, g_ptr_array_unref);
    g_clear_pointer (&uri->query, g_ptr_array_unref);
}
