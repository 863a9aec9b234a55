/* SPDX-License-Identifier: MIT */

#include "media/pipeline/sdp.h"

#include <gst/sdp/gstsdpmessage.h>
#include <string.h>

#include "scheduler/base/error.h"

#define STATIC_PCMU 0
#define STATIC_PCMA 8
#define MAX_BYTES   65536

static const struct {
    const char *media;
    const char *name;
    HtEncoding encoding;
    unsigned clock_hz; /* where the description does not say */
} ENCODINGS[] = {
    { "video", "H264", HT_ENCODING_H264, 90000 }, { "audio", "MPEG4-GENERIC", HT_ENCODING_AAC, 0 },
    { "audio", "PCMU", HT_ENCODING_PCMU, 8000 },  { "audio", "PCMA", HT_ENCODING_PCMA, 8000 },
    { "audio", "OPUS", HT_ENCODING_OPUS, 48000 },
};

static void
stream_free (HtSdpStream *stream)
{
    g_free (stream->url);
    g_free (stream->parameters);
    g_free (stream->config);
    g_free (stream);
}

void
ht_sdp_free (HtSdp *self)
{
    g_clear_pointer (&self->video, stream_free);
    g_clear_pointer (&self->audio, stream_free);
    g_free (self->url);
    g_free (self);
}

static char *
join (const char *base, const char *control)
{
    if (control == NULL || control[0] == '\0' || strcmp (control, "*") == 0)
        return g_strdup (base);
    if (g_ascii_strncasecmp (control, "rtsp://", 7) == 0 ||
        g_ascii_strncasecmp (control, "rtsps://", 8) == 0)
        return g_strdup (control);
    return g_strconcat (base, g_str_has_suffix (base, "/") ? "" : "/",
                        control + (control[0] == '/'), NULL);
}

/* The value of @name in "97 packetization-mode=1;config=1190", or NULL. */
static char *
dup_parameter (const char *fmtp, const char *name)
{
    const char *space = fmtp != NULL ? strchr (fmtp, ' ') : NULL;
    g_auto (GStrv) items = g_strsplit (space != NULL ? space + 1 : "", ";", 64);
    size_t length = strlen (name);

    for (unsigned i = 0; items[i] != NULL; i++) {
        const char *item = g_strstrip (items[i]);

        if (g_ascii_strncasecmp (item, name, length) == 0 && item[length] == '=')
            return g_strdup (item + length + 1);
    }
    return NULL;
}

static unsigned
get_number (const char *fmtp, const char *name, unsigned otherwise)
{
    g_autofree char *value = dup_parameter (fmtp, name);
    uint64_t number = value != NULL ? g_ascii_strtoull (value, NULL, 10) : otherwise;

    return (unsigned) MIN (number, G_MAXUINT16);
}

/* (nullable): the attribute "rtpmap" or "fmtp" of @payload_type. */
static const char *
find_attribute (const GstSDPMedia *media, const char *key, unsigned payload_type)
{
    for (unsigned i = 0;; i++) {
        const char *value = gst_sdp_media_get_attribute_val_n (media, key, i);

        if (value == NULL)
            return NULL;
        if (g_ascii_strtoull (value, NULL, 10) == payload_type)
            return value;
    }
}

/* "96 H264/90000" or "97 opus/48000/2" into @stream; static types need no map. */
static gboolean
read_map (const GstSDPMedia *media, HtSdpStream *stream)
{
    const char *map = find_attribute (media, "rtpmap", stream->payload_type);
    const char *space = map != NULL ? strchr (map, ' ') : NULL;
    g_auto (GStrv) parts = g_strsplit (space != NULL                         ? space + 1
                                       : stream->payload_type == STATIC_PCMU ? "PCMU/8000"
                                       : stream->payload_type == STATIC_PCMA ? "PCMA/8000"
                                                                             : "",
                                       "/", 3);
    unsigned count = g_strv_length (parts);

    for (unsigned i = 0; count > 0 && i < G_N_ELEMENTS (ENCODINGS); i++) {
        if (g_strcmp0 (gst_sdp_media_get_media (media), ENCODINGS[i].media) != 0 ||
            g_ascii_strcasecmp (g_strstrip (parts[0]), ENCODINGS[i].name) != 0)
            continue;
        stream->encoding = ENCODINGS[i].encoding;
        stream->clock_hz = (unsigned) MIN (
            count > 1 ? g_ascii_strtoull (parts[1], NULL, 10) : ENCODINGS[i].clock_hz, 1000000);
        stream->channels =
            count > 2 ? (unsigned) CLAMP (g_ascii_strtoull (parts[2], NULL, 10), 1, 8) : 1;
        return stream->clock_hz > 0;
    }
    return FALSE;
}

/* What the format's parameters say; FALSE where they ask for what we do not speak. */
static gboolean
read_format (const GstSDPMedia *media, HtSdpStream *stream)
{
    const char *fmtp = find_attribute (media, "fmtp", stream->payload_type);

    if (stream->encoding == HT_ENCODING_H264) {
        stream->parameters = dup_parameter (fmtp, "sprop-parameter-sets");
        return get_number (fmtp, "packetization-mode", 0) <= 1;
    }
    if (stream->encoding == HT_ENCODING_AAC) {
        stream->config = dup_parameter (fmtp, "config");
        stream->aac = (HtAacFormat){
            .config = stream->config,
            .size_length = get_number (fmtp, "sizelength", 0),
            .index_length = get_number (fmtp, "indexlength", 0),
            .index_delta_length = get_number (fmtp, "indexdeltalength", 0),
            .clock_hz = stream->clock_hz,
        };
        return stream->config != NULL;
    }
    return TRUE;
}

static void
take_media (HtSdp *self, const GstSDPMedia *media, const char *base)
{
    HtSdpStream *stream = g_new0 (HtSdpStream, 1);
    gboolean known = FALSE;
    HtSdpStream **place;

    if (gst_sdp_media_formats_len (media) > 0) {
        stream->payload_type =
            (unsigned) g_ascii_strtoull (gst_sdp_media_get_format (media, 0), NULL, 10);
        known = read_map (media, stream) && read_format (media, stream);
    }
    place = stream->encoding == HT_ENCODING_H264 ? &self->video : &self->audio;
    if (!known || *place != NULL) {
        self->passed_over++;
        stream_free (stream);
        return;
    }
    stream->url = join (base, gst_sdp_media_get_attribute_val (media, "control"));
    *place = stream;
}

static void
take_message (HtSdp *self, const GstSDPMessage *message, const char *base)
{
    self->url = join (base, gst_sdp_message_get_attribute_val (message, "control"));
    for (unsigned i = 0; i < gst_sdp_message_medias_len (message); i++)
        take_media (self, gst_sdp_message_get_media (message, i), base);
}

HtSdp *
ht_sdp_new (const char *text, size_t length, const char *base, GError **error)
{
    g_autoptr (HtSdp) self = g_new0 (HtSdp, 1);
    GstSDPMessage *message = NULL;
    gboolean good;

    gst_sdp_message_new (&message);
    good = length > 0 && length <= MAX_BYTES && memchr (text, '\0', length) == NULL &&
           gst_sdp_message_parse_buffer ((const uint8_t *) text, (unsigned) length, message) ==
               GST_SDP_OK;
    if (good)
        take_message (self, message, base);
    gst_sdp_message_free (message);
    if (good && (self->video != NULL || self->audio != NULL))
        return g_steal_pointer (&self);
    ht_problem_set (error, HT_ERROR_INVALID, "unsupported-stream", "url",
                    "the camera offers no stream that can be recorded: H.264 video, or AAC, G.711 "
                    "or Opus audio (%u others)",
                    self->passed_over);
    return NULL;
}
