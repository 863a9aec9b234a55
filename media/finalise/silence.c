/* SPDX-License-Identifier: MIT */

#include "media/finalise/silence.h"

#include <libavcodec/avcodec.h>
#include <libavutil/channel_layout.h>

#include "scheduler/base/error.h"

/* The encoder's first frames carry its start-up: the fourth is plain silence. */
#define WARM_UP_FRAMES 4

static AVCodecContext *
open_encoder (int64_t rate_hz, int64_t channels)
{
    const AVCodec *codec = avcodec_find_encoder (AV_CODEC_ID_AAC);
    AVCodecContext *context = codec == NULL ? NULL : avcodec_alloc_context3 (codec);

    if (context == NULL)
        return NULL;
    context->sample_rate = (int) rate_hz;
    context->sample_fmt = AV_SAMPLE_FMT_FLTP;
    context->bit_rate = 32000 * channels;
    av_channel_layout_default (&context->ch_layout, (int) channels);
    if (avcodec_open2 (context, codec, NULL) < 0)
        avcodec_free_context (&context);
    return context;
}

static GBytes *
encode (AVCodecContext *context)
{
    AVFrame *frame = av_frame_alloc ();
    AVPacket *packet = av_packet_alloc ();
    GBytes *silence = NULL;

    frame->nb_samples = context->frame_size;
    frame->format = context->sample_fmt;
    frame->sample_rate = context->sample_rate;
    av_channel_layout_copy (&frame->ch_layout, &context->ch_layout);
    av_frame_get_buffer (frame, 0);
    av_samples_set_silence (frame->extended_data, 0, frame->nb_samples,
                            context->ch_layout.nb_channels, context->sample_fmt);
    for (int i = 0; i < WARM_UP_FRAMES * 2 && avcodec_send_frame (context, frame) == 0; i++)
        while (avcodec_receive_packet (context, packet) == 0) {
            g_clear_pointer (&silence, g_bytes_unref);
            silence = g_bytes_new (packet->data, (size_t) packet->size);
            av_packet_unref (packet);
        }
    av_packet_free (&packet);
    av_frame_free (&frame);
    return silence;
}

GBytes *
ht_silence_make (int64_t rate_hz, int64_t channels, GError **error)
{
    AVCodecContext *context = open_encoder (rate_hz, channels);
    GBytes *silence = context == NULL ? NULL : encode (context);

    avcodec_free_context (&context);
    if (silence == NULL)
        ht_problem_set (error, HT_ERROR_INVALID, "no-silence", NULL,
                        "AAC knows no sound of %d Hz and %d channels", (int) rate_hz,
                        (int) channels);
    return silence;
}
