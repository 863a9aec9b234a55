/* SPDX-License-Identifier: MIT */

#include "media/finalise/proof.h"

#include <inttypes.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/dict.h>
#include <string.h>

#include "media/finalise/av-error.h"
#include "scheduler/base/error.h"

typedef struct {
    AVFormatContext *context;
    AVPacket *packet;
    HtPictureHasher *hasher;
    int64_t n_pictures, n_frames;
} Proof;

/* An MP4 sample: NAL units, each behind its length in four octets (ISO/IEC 14496-15). */
static HtPictureHash
hash_sample (HtPictureHasher *hasher, const uint8_t *data, size_t size)
{
    size_t at = 0;

    while (size - at >= 4) {
        size_t length = (size_t) data[at] << 24 | (size_t) data[at + 1] << 16 |
                        (size_t) data[at + 2] << 8 | data[at + 3];

        at += 4;
        length = MIN (length, size - at);
        ht_picture_hasher_add_nal (hasher, data + at, length);
        at += length;
    }
    return ht_picture_hasher_take (hasher);
}

static gboolean
check_picture (Proof *proof, const GArray *pictures, GError **error)
{
    HtPictureHash hash =
        hash_sample (proof->hasher, proof->packet->data, (size_t) proof->packet->size);
    unsigned at = (unsigned) proof->n_pictures++;

    if (at < pictures->len &&
        strcmp (hash.text, g_array_index (pictures, HtPictureHash, at).text) == 0)
        return TRUE;
    ht_problem_set (error, HT_ERROR_INTERNAL, "proof-failed", NULL,
                    "picture %u of the file is not the one that was recorded", at);
    return FALSE;
}

static gboolean
check_packets (Proof *proof, const GArray *pictures, GError **error)
{
    gboolean good = TRUE;

    while (good && av_read_frame (proof->context, proof->packet) >= 0) {
        const AVStream *stream = proof->context->streams[proof->packet->stream_index];

        if (stream->codecpar->codec_type == AVMEDIA_TYPE_VIDEO)
            good = check_picture (proof, pictures, error);
        else if (stream->codecpar->codec_type == AVMEDIA_TYPE_AUDIO)
            proof->n_frames++;
        av_packet_unref (proof->packet);
    }
    return good;
}

static gboolean
check_counts (const Proof *proof, const GArray *pictures, int64_t frames, GError **error)
{
    if (proof->n_pictures == (int64_t) pictures->len && proof->n_frames == frames)
        return TRUE;
    ht_problem_set (error, HT_ERROR_INTERNAL, "proof-failed", NULL,
                    "the file holds %" PRId64 " pictures and %" PRId64
                    " frames of sound, recorded were %u and %" PRId64,
                    proof->n_pictures, proof->n_frames, pictures->len, frames);
    return FALSE;
}

gboolean
ht_proof_check (const char *path, const GArray *pictures, int64_t frames, GError **error)
{
    Proof proof = { .packet = av_packet_alloc (), .hasher = ht_picture_hasher_new () };
    AVDictionary *options = NULL;
    gboolean good;
    int result;

    /* every sample as it is stored, the hidden ones too */
    av_dict_set (&options, "ignore_editlist", "1", 0);
    result = avformat_open_input (&proof.context, path, NULL, &options);
    av_dict_free (&options);
    if (result < 0)
        good = ht_av_fail (result, "read back", path, error) != NULL;
    else
        good = check_packets (&proof, pictures, error) &&
               check_counts (&proof, pictures, frames, error);
    avformat_close_input (&proof.context);
    ht_picture_hasher_free (proof.hasher);
    av_packet_free (&proof.packet);
    return good;
}
