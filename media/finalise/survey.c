/* SPDX-License-Identifier: MIT */

#include "media/finalise/survey.h"

#include <inttypes.h>
#include <libavcodec/avcodec.h>
#include <string.h>

#include "scheduler/base/error.h"

#define NAL_SPS      7
#define NAL_PPS      8
#define STREAM_VIDEO 0

static gboolean
walk_segment (const char *folder, const HtSegment *segment, HtTsUnitFunc each, gpointer user_data,
              GError **error)
{
    g_autofree char *name = ht_segment_dup_name (segment->sequence);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);
    const uint8_t *data;

    if (file == NULL)
        return FALSE;
    if (segment->is_closed && (int64_t) g_mapped_file_get_length (file) < segment->bytes) {
        ht_problem_set (error, HT_ERROR_INTERNAL, "segment-short", NULL,
                        "%s holds %" PRIu64 " octets, the journal says %" PRId64, path,
                        (uint64_t) g_mapped_file_get_length (file), segment->bytes);
        return FALSE;
    }
    data = (const uint8_t *) g_mapped_file_get_contents (file);
    ht_ts_read (data, g_mapped_file_get_length (file), segment->pts, each, user_data);
    return TRUE;
}

gboolean
ht_segments_walk (const char *folder, const HtJournal *journal, HtTsUnitFunc each,
                  HtSegmentProgress progress, gpointer user_data, GError **error)
{
    for (unsigned i = 0; i < journal->segments->len; i++) {
        const HtSegment *segment = &g_array_index (journal->segments, HtSegment, i);

        if (!walk_segment (folder, segment, each, user_data, error))
            return FALSE;
        if (progress != NULL)
            progress (i + 1, journal->segments->len, user_data);
    }
    return TRUE;
}

gboolean
ht_adts_read (const uint8_t *data, size_t length, int64_t *ret_rate_hz, int64_t *ret_channels,
              size_t *ret_header)
{
    static const int64_t rates[16] = { 96000, 88200, 64000, 48000, 44100, 32000, 24000,
                                       22050, 16000, 12000, 11025, 8000,  7350 };

    if (length < 7 || data[0] != 0xff || (data[1] & 0xf6) != 0xf0)
        return FALSE;
    *ret_rate_hz = rates[data[2] >> 2 & 15];
    *ret_channels = (data[2] & 1) << 2 | data[3] >> 6;
    *ret_header = (data[1] & 1) != 0 ? 7 : 9;
    return *ret_rate_hz > 0 && *ret_channels > 0 && length > *ret_header;
}

static GBytes *
gather_parameter_sets (const uint8_t *data, size_t length)
{
    static const uint8_t start_code[] = { 0, 0, 0, 1 };
    g_autoptr (GByteArray) sets = g_byte_array_new ();
    size_t offset = 0, nal_length;
    const uint8_t *nal;

    while ((nal = ht_annexb_next (data, length, &offset, &nal_length)) != NULL)
        if (nal_length > 0 && ((nal[0] & 31) == NAL_SPS || (nal[0] & 31) == NAL_PPS)) {
            g_byte_array_append (sets, start_code, sizeof start_code);
            g_byte_array_append (sets, nal, (unsigned) nal_length);
        }
    return sets->len == 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&sets));
}

static void
read_size (HtSurvey *survey, const uint8_t *data, size_t length)
{
    AVCodecParserContext *parser = av_parser_init (AV_CODEC_ID_H264);
    AVCodecContext *context = avcodec_alloc_context3 (avcodec_find_decoder (AV_CODEC_ID_H264));
    g_autofree uint8_t *padded = g_malloc0 (length + AV_INPUT_BUFFER_PADDING_SIZE);
    uint8_t *out;
    int out_length;

    memcpy (padded, data, length);
    parser->flags |= PARSER_FLAG_COMPLETE_FRAMES;
    av_parser_parse2 (parser, context, &out, &out_length, padded, (int) length, 0, 0, 0);
    survey->width = parser->width;
    survey->height = parser->height;
    av_parser_close (parser);
    avcodec_free_context (&context);
}

typedef struct {
    HtSurvey *survey;
    int64_t start;
    int64_t first_dts, last_dts;
} Walk;

static void
survey_key (Walk *walk, const HtTsUnit *unit)
{
    HtSurvey *survey = walk->survey;
    GBytes *sets = gather_parameter_sets (unit->data, unit->length);

    if (survey->pictures == 0 || unit->pts <= walk->start)
        survey->lead_dts = unit->dts;
    if (survey->parameter_sets == NULL && sets != NULL) {
        read_size (survey, unit->data, unit->length);
        survey->parameter_sets = g_bytes_ref (sets);
    } else if (sets != NULL && !g_bytes_equal (sets, survey->parameter_sets))
        survey->changes = TRUE;
    g_clear_pointer (&sets, g_bytes_unref);
}

static void
survey_unit (const HtTsUnit *unit, gpointer user_data)
{
    Walk *walk = user_data;
    HtSurvey *survey = walk->survey;
    size_t header;

    if (unit->stream != STREAM_VIDEO) {
        if (survey->rate_hz == 0)
            ht_adts_read (unit->data, unit->length, &survey->rate_hz, &survey->channels, &header);
        survey->frames++;
        if (survey->pictures > 0)
            return;
    } else {
        if (unit->is_key)
            survey_key (walk, unit);
        if (survey->pictures++ == 0) {
            walk->first_dts = unit->dts;
            survey->first_pts = survey->last_pts = 0;
        }
        walk->last_dts = unit->dts;
    }
    if (survey->first_pts == 0 || unit->pts < survey->first_pts)
        survey->first_pts = unit->pts;
    survey->last_pts = MAX (survey->last_pts, unit->pts);
}

/* The mean would be spoilt by gaps: the longest segment without one tells best. */
static int64_t
measure_picture (const HtJournal *journal)
{
    int64_t duration = 0, pictures = 0;

    for (unsigned i = 0; i < journal->segments->len; i++) {
        const HtSegment *segment = &g_array_index (journal->segments, HtSegment, i);

        if (segment->is_closed && segment->pictures > pictures) {
            duration = segment->end_pts - segment->pts;
            pictures = segment->pictures;
        }
    }
    return pictures > 1 ? MAX (duration / (pictures - 1), 1) : 3600;
}

gboolean
ht_survey_make (const char *folder, const HtJournal *journal, int64_t start, HtSurvey *ret_survey,
                GError **error)
{
    g_auto (HtSurvey) survey = { .picture = measure_picture (journal) };
    Walk walk = { .survey = &survey, .start = start };

    if (!ht_segments_walk (folder, journal, survey_unit, NULL, &walk, error))
        return FALSE;
    if (survey.pictures + survey.frames == 0) {
        ht_problem_set (error, HT_ERROR_NOT_FOUND, "nothing-recorded", NULL,
                        "nothing was recorded in %s", folder);
        return FALSE;
    }
    *ret_survey = survey;
    survey = (HtSurvey){ 0 };
    return TRUE;
}

void
ht_survey_clear (HtSurvey *survey)
{
    g_clear_pointer (&survey->parameter_sets, g_bytes_unref);
}
