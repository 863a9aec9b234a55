/* SPDX-License-Identifier: MIT */

#include "media/record/source.h"

#include <string.h>

#include "scheduler/base/error.h"

#define URL_LETTERS      2000
#define PASSWORD_LETTERS 400

const char *const HT_SOURCE_KINDS[] = { "rtsp", "file", "test", NULL };

/* clang-format off */
static const HtField TABLE[] = {
    { "kind", HT_FIELD_ENUM, offsetof (HtIngestSource, kind), HT_FIELD_REQUIRED, .names = HT_SOURCE_KINDS },
    { "url", HT_FIELD_TEXT, offsetof (HtIngestSource, url), .max = URL_LETTERS },
    { "user", HT_FIELD_TEXT, offsetof (HtIngestSource, user) },
    { "password", HT_FIELD_TEXT, offsetof (HtIngestSource, password), .max = PASSWORD_LETTERS },
    { "loop", HT_FIELD_BOOL, offsetof (HtIngestSource, loop) },
};
/* clang-format on */

const HtFields HT_INGEST_SOURCE_FIELDS = HT_FIELDS ("source", HtIngestSource, TABLE);

static gboolean
check_url (const HtIngestSource *source, GError **error)
{
    const char *url = source->url != NULL ? source->url : "";
    gboolean good[HT_SOURCE_N_KINDS] = {
        [HT_SOURCE_RTSP] = g_str_has_prefix (url, "rtsp://") || g_str_has_prefix (url, "rtsps://"),
        [HT_SOURCE_FILE] = url[0] != '\0',
        [HT_SOURCE_TEST] = TRUE,
    };
    static const char *const WANTED[HT_SOURCE_N_KINDS] = {
        [HT_SOURCE_RTSP] = "an address that begins with rtsp:// or rtsps://",
        [HT_SOURCE_FILE] = "the path of a file",
    };

    if (good[source->kind])
        return TRUE;
    ht_problem_set (error, HT_ERROR_INVALID, "wrong-type", "url", "url must be %s",
                    WANTED[source->kind]);
    return FALSE;
}

gboolean
ht_ingest_source_read (const char *text, size_t length_bytes, HtIngestSource *ret_source,
                       GError **error)
{
    memset (ret_source, 0, sizeof *ret_source);
    return ht_fields_decode_text (&HT_INGEST_SOURCE_FIELDS, text, length_bytes, ret_source,
                                  error) &&
           check_url (ret_source, error);
}

char *
ht_ingest_source_dup_text (const HtIngestSource *source)
{
    GString *json = g_string_new (NULL);

    ht_fields_encode (&HT_INGEST_SOURCE_FIELDS, source, json, NULL, NULL);
    return g_string_free (json, FALSE);
}
