/* SPDX-License-Identifier: MIT */

#include "ui/http/guard.h"

#include <string.h>

#include "scheduler/base/error.h"

/* 18 digits fit an int64_t. */
#define MAX_DIGITS 18

typedef struct {
    unsigned n_hosts, n_lengths, n_encodings;
    HtGuardFraming framing;
} Count;

static gboolean
refuse (const char *field, const char *what, GError **error)
{
    ht_problem_set (error, HT_ERROR_INVALID, "bad-request", field, "the request's %s %s", field,
                    what);
    return FALSE;
}

static gboolean
is_token (const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!g_ascii_isalnum (name[i]) &&
            (name[i] == '\0' || strchr ("!#$%&'*+-.^_`|~", name[i]) == NULL))
            return FALSE;
    return length > 0;
}

static gboolean
has_control (const char *value, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (((unsigned char) value[i] < 0x20 && value[i] != '\t') || value[i] == 0x7f)
            return TRUE;
    return FALSE;
}

static gboolean
is_named (const HtGuardHeader *header, const char *name)
{
    return header->name_length == strlen (name) &&
           g_ascii_strncasecmp (header->name, name, header->name_length) == 0;
}

static gboolean
take_host (const HtGuardHeader *header, Count *count, GError **error)
{
    count->n_hosts++;
    for (size_t i = 0; i < header->value_length; i++)
        if (!g_ascii_isalnum (header->value[i]) &&
            (header->value[i] == '\0' || strchr ("-._:[]", header->value[i]) == NULL))
            return refuse ("Host", "is no name and no address", error);
    return header->value_length > 0 || refuse ("Host", "is empty", error);
}

static gboolean
take_length (const HtGuardHeader *header, Count *count, GError **error)
{
    int64_t length = 0;

    count->n_lengths++;
    if (header->value_length == 0 || header->value_length > MAX_DIGITS)
        return refuse ("Content-Length", "is no number of octets", error);
    for (size_t i = 0; i < header->value_length; i++) {
        if (!g_ascii_isdigit (header->value[i]))
            return refuse ("Content-Length", "is no number of octets", error);
        length = length * 10 + (header->value[i] - '0');
    }
    count->framing.content_length = length;
    return TRUE;
}

static gboolean
take_encoding (const HtGuardHeader *header, Count *count, GError **error)
{
    count->n_encodings++;
    if (header->value_length != 7 || g_ascii_strncasecmp (header->value, "chunked", 7) != 0)
        return refuse ("Transfer-Encoding", "is not \"chunked\"", error);
    count->framing.chunked = TRUE;
    return TRUE;
}

static const struct {
    const char *name;
    gboolean (*take) (const HtGuardHeader *header, Count *count, GError **error);
} watched[] = {
    { "Host", take_host },
    { "Content-Length", take_length },
    { "Transfer-Encoding", take_encoding },
};

static gboolean
take_header (const HtGuardHeader *header, Count *count, GError **error)
{
    if (!is_token (header->name, header->name_length))
        return refuse ("header", "has a line whose name is no token", error);
    if (has_control (header->value, header->value_length))
        return refuse ("header", "has a control octet in a value", error);
    for (unsigned i = 0; i < G_N_ELEMENTS (watched); i++)
        if (is_named (header, watched[i].name) && !watched[i].take (header, count, error))
            return FALSE;
    return TRUE;
}

gboolean
ht_guard_check (const HtGuardHeader *headers, unsigned n_headers, const char *version,
                HtGuardFraming *ret_framing, GError **error)
{
    gboolean old = strcmp (version, "HTTP/1.0") == 0;
    Count count = { 0 };

    if (!old && strcmp (version, "HTTP/1.1") != 0)
        return refuse ("version", "is neither HTTP/1.0 nor HTTP/1.1", error);
    for (unsigned i = 0; i < n_headers; i++)
        if (!take_header (&headers[i], &count, error))
            return FALSE;
    if (count.n_hosts > 1 || (count.n_hosts == 0 && !old))
        return refuse ("Host", "must be there exactly once", error);
    if (count.n_lengths + count.n_encodings > 1)
        return refuse ("length", "is given more than once", error);
    if (count.n_encodings > 0 && old)
        return refuse ("Transfer-Encoding", "does not exist in HTTP/1.0", error);
    *ret_framing = count.framing;
    return TRUE;
}
