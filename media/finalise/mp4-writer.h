/* SPDX-License-Identifier: MIT */

/* One MP4 with its index in front (ISO/IEC 14496-12), through libavformat. Time stamps count from
 * the presentation's start; what lies before it is kept and hidden by an edit list. */

#pragma once

#include <glib.h>
#include <stdint.h>

#include "media/record/manifest.h"

G_BEGIN_DECLS

typedef enum { HT_MP4_VIDEO, HT_MP4_AUDIO, HT_MP4_N_STREAMS } HtMp4Stream;

/**
 * HtMp4Layout:
 * @parameter_sets: (nullable): SPS and PPS in Annex B; %NULL: no pictures
 * @changes: parameter sets change on the way: they stay in the pictures ("avc3")
 * @rate_hz: 0: no sound
 * @chapters: (element-type HtChapter), with @duration_ms as the end of the last
 */
typedef struct {
    GBytes *parameter_sets;
    int64_t width, height;
    gboolean changes;
    int64_t rate_hz, channels;
    const GArray *chapters;
    int64_t duration_ms;
    int64_t created_us;
} HtMp4Layout;

typedef struct {
    HtMp4Stream stream;
    const uint8_t *data; /* Annex B; a bare AAC frame */
    size_t size;
    int64_t pts, dts, duration; /* video: 1/90000 s; audio: samples */
    gboolean key;
} HtMp4Sample;

typedef struct _HtMp4Writer HtMp4Writer;

HtMp4Writer *ht_mp4_writer_new (const char *path, const HtMp4Layout *layout, GError **error);
gboolean ht_mp4_writer_write (HtMp4Writer *self, const HtMp4Sample *sample, GError **error);

/* Writes the index, moves it to the front and closes the file. Nothing may be written after it. */
gboolean ht_mp4_writer_finish (HtMp4Writer *self, GError **error);
void ht_mp4_writer_free (HtMp4Writer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtMp4Writer, ht_mp4_writer_free)

G_END_DECLS
