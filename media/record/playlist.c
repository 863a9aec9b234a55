/* SPDX-License-Identifier: MIT */

#include "media/record/playlist.h"

#include <inttypes.h>

#include "media/record/unit.h"

#define HLS_VERSION      6
#define DEFAULT_TARGET_S 4
#define US_A_MS          1000
#define MAX_DURATION     (INT64_C (3600) * HT_UNIT_CLOCK_HZ) /* keeps damaged numbers in bounds */

static void
append_date (GString *text, int64_t wall_us)
{
    g_autoptr (GDateTime) second = g_date_time_new_from_unix_utc (wall_us / G_USEC_PER_SEC);
    g_autofree char *civil =
        second != NULL ? g_date_time_format (second, "%Y-%m-%dT%H:%M:%S") : NULL;

    if (civil != NULL && wall_us >= 0)
        g_string_append_printf (text, "#EXT-X-PROGRAM-DATE-TIME:%s.%03" PRId64 "Z\n", civil,
                                wall_us % G_USEC_PER_SEC / US_A_MS);
}

/* Integers throughout: a decimal comma of some locale would break every player. */
static void
append_duration (GString *text, int64_t duration)
{
    int64_t us = CLAMP (duration, 0, MAX_DURATION) * G_USEC_PER_SEC / HT_UNIT_CLOCK_HZ;

    g_string_append_printf (text, "#EXTINF:%" PRId64 ".%06" PRId64 ",\n", us / G_USEC_PER_SEC,
                            us % G_USEC_PER_SEC);
}

static void
append_segment (GString *text, const HtSegment *segment, const char *prefix)
{
    g_autofree char *name = ht_segment_dup_name (segment->sequence);

    if (segment->is_cut)
        g_string_append (text, "#EXT-X-DISCONTINUITY\n");
    append_date (text, segment->wall_us);
    append_duration (text, segment->duration);
    g_string_append_printf (text, "%s%s\n", prefix, name);
}

static gboolean
are_independent (const HtSegment *segments, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (!segments[i].is_key)
            return FALSE;
    return TRUE;
}

/* The number of discontinuities that lie before the first segment's own (RFC 8216, 6.2.2): the
 * tag in front of it, if it has one, is still in the playlist. */
static int64_t
count_before (const HtSegment *first)
{
    return first->discontinuity - (first->is_cut ? 1 : 0);
}

static void
append_head (GString *text, const HtJournal *journal, const HtSegment *segments, unsigned n)
{
    g_string_append_printf (text, "#EXTM3U\n#EXT-X-VERSION:%d\n#EXT-X-TARGETDURATION:%" PRId64 "\n",
                            HLS_VERSION,
                            journal->target_s > 0 ? journal->target_s : DEFAULT_TARGET_S);
    g_string_append_printf (text, "#EXT-X-MEDIA-SEQUENCE:%" PRId64 "\n",
                            n > 0 ? segments[0].sequence : journal->next_sequence);
    if (n > 0 && count_before (segments) > 0)
        g_string_append_printf (text, "#EXT-X-DISCONTINUITY-SEQUENCE:%" PRId64 "\n",
                                count_before (segments));
    if (are_independent (segments, n))
        g_string_append (text, "#EXT-X-INDEPENDENT-SEGMENTS\n");
}

static char *
make (const HtJournal *journal, unsigned most, const char *type, const char *prefix)
{
    GString *text = g_string_new (NULL);
    unsigned n_closed = journal->segments->len - (ht_journal_get_open (journal) != NULL ? 1 : 0);
    unsigned n = MIN (n_closed, most);
    const HtSegment *segments =
        n == 0 ? NULL : &g_array_index (journal->segments, HtSegment, n_closed - n);

    append_head (text, journal, segments, n);
    if (type != NULL)
        g_string_append_printf (text, "#EXT-X-PLAYLIST-TYPE:%s\n", type);
    for (unsigned i = 0; i < n; i++)
        append_segment (text, &segments[i], prefix);
    if (journal->has_ended)
        g_string_append (text, "#EXT-X-ENDLIST\n");
    return g_string_free (text, FALSE);
}

char *
ht_playlist_make_live (const HtJournal *journal, unsigned window)
{
    return make (journal, window, NULL, "");
}

char *
ht_playlist_make_full (const HtJournal *journal, const char *prefix)
{
    return make (journal, G_MAXUINT, journal->has_ended ? "VOD" : "EVENT", prefix);
}
