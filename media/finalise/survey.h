/* SPDX-License-Identifier: MIT */

/* The first reading of a track's segments: what they hold, so that the file's head can be written
 * before its body. Pure but for reading the segments. */

#pragma once

#include "media/record/journal.h"
#include "media/record/ts-reader.h"

G_BEGIN_DECLS

/**
 * HtSurvey:
 * @parameter_sets: (owned) (nullable): SPS and PPS of the first key frame, Annex B
 * @changes: a later key frame brings others
 * @lead_dts: of the key frame to begin with: the last one not after the start, else the first
 * @first_pts, @last_pts: of video, or of sound where there is no video; last is the greatest
 * @picture: mean distance of pictures
 *
 * Times in 1/90000 s since 1970.
 */
typedef struct {
    GBytes *parameter_sets;
    gboolean changes;
    int64_t width, height;
    int64_t rate_hz, channels;
    int64_t lead_dts;
    int64_t first_pts, last_pts;
    int64_t picture;
    int64_t pictures, frames;
} HtSurvey;

/* Calls @each for every unit of every segment, in order. %FALSE where a segment that the journal
 * knows cannot be read or is shorter than the journal says. @progress is called after each. */
typedef void (*HtSegmentProgress) (unsigned done, unsigned total, gpointer user_data);

gboolean ht_segments_walk (const char *folder, const HtJournal *journal, HtTsUnitFunc each,
                           HtSegmentProgress progress, gpointer user_data, GError **error);

/* @start: of the presentation, 1/90000 s since 1970. Clear with ht_survey_clear(). */
gboolean ht_survey_make (const char *folder, const HtJournal *journal, int64_t start,
                         HtSurvey *ret_survey, GError **error);
void ht_survey_clear (HtSurvey *survey);

/* An ADTS header (ISO/IEC 14496-3 1.A.2.2). @ret_header: its octets. %FALSE: it is none. */
gboolean ht_adts_read (const uint8_t *data, size_t length, int64_t *ret_rate_hz,
                       int64_t *ret_channels, size_t *ret_header);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HtSurvey, ht_survey_clear)

G_END_DECLS
