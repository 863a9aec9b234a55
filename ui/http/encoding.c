/* SPDX-License-Identifier: MIT */

#include "ui/http/encoding.h"

#include <string.h>
#include <zlib.h>

#define LEAST_OCTETS 1024
#define GZIP_WINDOW  (15 + 16)
#define GZIP_MEMORY  8
#define GZIP_LEVEL   5

static const char *const worth_it[] = {
    "application/json", "application/problem+json", "application/vnd.apple.mpegurl", "text/", NULL,
};

static gboolean
is_refused (const char *parameters)
{
    const char *weight = strstr (parameters, "q=");

    return weight != NULL && g_ascii_strtod (weight + 2, NULL) <= 0;
}

gboolean
ht_encoding_accepts_gzip (const char *accept)
{
    g_auto (GStrv) codings = g_strsplit (accept == NULL ? "" : accept, ",", 16);
    gboolean any = FALSE;

    for (unsigned i = 0; codings[i] != NULL; i++) {
        char *coding = g_strstrip (codings[i]);
        size_t length = strcspn (coding, "; \t");
        gboolean refused = is_refused (coding + length);

        if (length == 4 && g_ascii_strncasecmp (coding, "gzip", 4) == 0)
            return !refused;
        if (length == 1 && coding[0] == '*')
            any = !refused;
    }
    return any;
}

gboolean
ht_encoding_is_worth_it (const char *type, size_t length)
{
    if (length < LEAST_OCTETS)
        return FALSE;
    for (unsigned i = 0; worth_it[i] != NULL; i++)
        if (g_str_has_prefix (type, worth_it[i]))
            return TRUE;
    return FALSE;
}

GBytes *
ht_encoding_gzip (GBytes *bytes)
{
    z_stream stream = { 0 };
    size_t length, bound;
    gconstpointer data = g_bytes_get_data (bytes, &length);
    g_autofree unsigned char *out = NULL;

    g_return_val_if_fail (length <= G_MAXUINT / 2, NULL);
    deflateInit2 (&stream, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY, Z_DEFAULT_STRATEGY);
    bound = deflateBound (&stream, (uLong) length);
    out = g_malloc (bound);
    stream.next_in = (Bytef *) data;
    stream.avail_in = (unsigned) length;
    stream.next_out = out;
    stream.avail_out = (unsigned) bound;
    deflate (&stream, Z_FINISH);
    length = stream.total_out;
    deflateEnd (&stream);
    return g_bytes_new_take (g_steal_pointer (&out), length);
}
