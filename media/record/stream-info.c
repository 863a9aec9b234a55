/* SPDX-License-Identifier: MIT */

#include "media/record/stream-info.h"

#include <string.h>

#define MAX_SIDE     16384
#define MAX_RATE_HZ  192000
#define MAX_CHANNELS 8

static const char *const CODECS[] = { "h264", "aac", NULL };

/* clang-format off */
static const HtField TABLE[] = {
    { "codec", HT_FIELD_ENUM, offsetof (HtStreamInfo, codec), HT_FIELD_REQUIRED, .names = CODECS },
    { "width", HT_FIELD_INT, offsetof (HtStreamInfo, width), .max = MAX_SIDE },
    { "height", HT_FIELD_INT, offsetof (HtStreamInfo, height), .max = MAX_SIDE },
    { "rate_hz", HT_FIELD_INT, offsetof (HtStreamInfo, rate_hz), .max = MAX_RATE_HZ },
    { "channels", HT_FIELD_INT, offsetof (HtStreamInfo, channels), .max = MAX_CHANNELS },
    { "video", HT_FIELD_BOOL, offsetof (HtStreamInfo, video) },
    { "audio", HT_FIELD_BOOL, offsetof (HtStreamInfo, audio) },
};
/* clang-format on */

const HtFields HT_STREAM_INFO_FIELDS = HT_FIELDS ("stream", HtStreamInfo, TABLE);

gboolean
ht_stream_info_read (const char *text, size_t length_bytes, HtStreamInfo *ret_info, GError **error)
{
    memset (ret_info, 0, sizeof *ret_info);
    return ht_fields_decode_text (&HT_STREAM_INFO_FIELDS, text, length_bytes, ret_info, error);
}

char *
ht_stream_info_dup_text (const HtStreamInfo *info)
{
    GString *json = g_string_new (NULL);

    ht_fields_encode (&HT_STREAM_INFO_FIELDS, info, json, NULL, NULL);
    return g_string_free (json, FALSE);
}
