/* SPDX-License-Identifier: MIT */

#include "media/finalise/mp4-writer.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/dict.h>
#include <string.h>

#include "media/finalise/av-error.h"

#define PTS_HZ 90000

struct _HtMp4Writer {
    AVFormatContext *context;
    AVStream *streams[HT_MP4_N_STREAMS]; /* lent by context; NULL: there is none */
    AVPacket *packet;
};

static gboolean
set_extradata (AVCodecParameters *codec, const uint8_t *data, size_t size)
{
    codec->extradata = av_mallocz (size + AV_INPUT_BUFFER_PADDING_SIZE);
    if (codec->extradata == NULL)
        return FALSE;
    memcpy (codec->extradata, data, size);
    codec->extradata_size = (int) size;
    return TRUE;
}

static gboolean
add_video (HtMp4Writer *self, const HtMp4Layout *layout)
{
    AVStream *stream = avformat_new_stream (self->context, NULL);
    size_t size;
    const uint8_t *sets = g_bytes_get_data (layout->parameter_sets, &size);

    if (stream == NULL || !set_extradata (stream->codecpar, sets, size))
        return FALSE;
    stream->codecpar->codec_type = AVMEDIA_TYPE_VIDEO;
    stream->codecpar->codec_id = AV_CODEC_ID_H264;
    stream->codecpar->codec_tag =
        layout->changes ? MKTAG ('a', 'v', 'c', '3') : MKTAG ('a', 'v', 'c', '1');
    stream->codecpar->width = (int) layout->width;
    stream->codecpar->height = (int) layout->height;
    stream->time_base = (AVRational){ 1, PTS_HZ };
    self->streams[HT_MP4_VIDEO] = stream;
    return TRUE;
}

/* AudioSpecificConfig of AAC LC, ISO/IEC 14496-3 1.6.2.1: five bits of type, four of rate, four of
 * channels. */
static gboolean
add_audio (HtMp4Writer *self, const HtMp4Layout *layout)
{
    static const int64_t rates[] = { 96000, 88200, 64000, 48000, 44100, 32000, 24000,
                                     22050, 16000, 12000, 11025, 8000,  7350 };
    AVStream *stream = avformat_new_stream (self->context, NULL);
    unsigned rate = 0;
    uint8_t config[2];

    while (rate < G_N_ELEMENTS (rates) && rates[rate] != layout->rate_hz)
        rate++;
    if (stream == NULL || rate == G_N_ELEMENTS (rates))
        return FALSE;
    config[0] = (uint8_t) (2 << 3 | rate >> 1);
    config[1] = (uint8_t) ((rate & 1) << 7 | (layout->channels & 15) << 3);
    if (!set_extradata (stream->codecpar, config, sizeof config))
        return FALSE;
    stream->codecpar->codec_type = AVMEDIA_TYPE_AUDIO;
    stream->codecpar->codec_id = AV_CODEC_ID_AAC;
    stream->codecpar->profile = FF_PROFILE_AAC_LOW;
    stream->codecpar->sample_rate = (int) layout->rate_hz;
    stream->codecpar->frame_size = 1024;
    av_channel_layout_default (&stream->codecpar->ch_layout, (int) layout->channels);
    stream->time_base = (AVRational){ 1, (int) layout->rate_hz };
    self->streams[HT_MP4_AUDIO] = stream;
    return TRUE;
}

static void
add_chapter (AVFormatContext *context, const HtChapter *chapter, int64_t end_ms)
{
    AVChapter *added = av_mallocz (sizeof *added);

    added->id = context->nb_chapters;
    added->time_base = (AVRational){ 1, 1000 };
    added->start = chapter->at_ms;
    added->end = end_ms;
    av_dict_set (&added->metadata, "title", chapter->title, 0);
    context->chapters =
        av_realloc_array (context->chapters, context->nb_chapters + 1, sizeof (AVChapter *));
    context->chapters[context->nb_chapters++] = added;
}

static void
add_chapters (AVFormatContext *context, const HtMp4Layout *layout)
{
    const GArray *chapters = layout->chapters;

    for (unsigned i = 0; chapters != NULL && i < chapters->len; i++)
        add_chapter (context, &g_array_index (chapters, HtChapter, i),
                     i + 1 < chapters->len ? g_array_index (chapters, HtChapter, i + 1).at_ms
                                           : layout->duration_ms);
}

static int
write_header (HtMp4Writer *self, const HtMp4Layout *layout)
{
    g_autoptr (GDateTime) created = g_date_time_new_from_unix_utc (layout->created_us / 1000000);
    g_autofree char *text = g_date_time_format_iso8601 (created);
    AVDictionary *options = NULL;
    int result;

    av_dict_set (&self->context->metadata, "creation_time", text, 0);
    av_dict_set (&options, "movflags", "+faststart", 0);
    av_dict_set (&options, "use_editlist", "1", 0);
    /* time stamps before the start stay where they are: they make the edit list */
    self->context->avoid_negative_ts = AVFMT_AVOID_NEG_TS_DISABLED;
    self->context->flags |= AVFMT_FLAG_BITEXACT;
    result = avformat_write_header (self->context, &options);
    av_dict_free (&options);
    return result;
}

HtMp4Writer *
ht_mp4_writer_new (const char *path, const HtMp4Layout *layout, GError **error)
{
    g_autoptr (HtMp4Writer) self = g_new0 (HtMp4Writer, 1);
    int result = avformat_alloc_output_context2 (&self->context, NULL, "mp4", path);

    if (result < 0)
        return ht_av_fail (result, "make an MP4", path, error);
    self->packet = av_packet_alloc ();
    if ((layout->parameter_sets != NULL && !add_video (self, layout)) ||
        (layout->rate_hz > 0 && !add_audio (self, layout)))
        return ht_av_fail (AVERROR_INVALIDDATA, "describe the streams of", path, error);
    add_chapters (self->context, layout);
    result = avio_open (&self->context->pb, path, AVIO_FLAG_WRITE);
    if (result < 0)
        return ht_av_fail (result, "open", path, error);
    result = write_header (self, layout);
    if (result < 0)
        return ht_av_fail (result, "begin", path, error);
    return g_steal_pointer (&self);
}

gboolean
ht_mp4_writer_write (HtMp4Writer *self, const HtMp4Sample *sample, GError **error)
{
    AVStream *stream = self->streams[sample->stream];
    AVRational base = { 1,
                        sample->stream == HT_MP4_VIDEO ? PTS_HZ : stream->codecpar->sample_rate };
    int result;

    self->packet->data = (uint8_t *) sample->data;
    self->packet->size = (int) sample->size;
    self->packet->pts = sample->pts;
    self->packet->dts = sample->dts;
    self->packet->duration = sample->duration;
    self->packet->stream_index = stream->index;
    self->packet->flags = sample->key ? AV_PKT_FLAG_KEY : 0;
    av_packet_rescale_ts (self->packet, base, stream->time_base);
    result = av_write_frame (self->context, self->packet);
    if (result < 0)
        ht_av_fail (result, "write to", self->context->url, error);
    return result >= 0;
}

gboolean
ht_mp4_writer_finish (HtMp4Writer *self, GError **error)
{
    int result = av_write_trailer (self->context);
    int closed = avio_closep (&self->context->pb);

    if (result < 0 || closed < 0)
        ht_av_fail (result < 0 ? result : closed, "finish", self->context->url, error);
    return result >= 0 && closed >= 0;
}

void
ht_mp4_writer_free (HtMp4Writer *self)
{
    if (self->context != NULL)
        avio_closep (&self->context->pb);
    avformat_free_context (self->context);
    av_packet_free (&self->packet);
    g_free (self);
}
