/* SPDX-License-Identifier: MIT */

#include "media/pipeline/stream-clock.h"

#include "media/record/unit.h"

#define VIDEO           0
#define AUDIO           1
#define TICKS_PER_MS    (HT_UNIT_CLOCK_HZ / 1000)
#define IGNORED_TICKS   (10 * TICKS_PER_MS)
#define REPORTS_WAIT_US (10 * (int64_t) G_USEC_PER_SEC)

gboolean
ht_stream_clock_is_laid (const HtStreamClock *self, unsigned stream)
{
    return self->streams[stream].laid;
}

static int64_t
ticks_from_us (int64_t us)
{
    return us / 100 * 9 + us % 100 * 9 / 100;
}

/* Seconds and 2^-32 of them, each in ticks. */
static int64_t
ticks_from_ntp (uint64_t ntp)
{
    return (int64_t) (ntp >> 32) * HT_UNIT_CLOCK_HZ +
           (int64_t) ((ntp & 0xffffffffu) * HT_UNIT_CLOCK_HZ >> 32);
}

static gboolean
has_both (const HtStreamClock *self)
{
    return self->streams[VIDEO].laid && self->streams[AUDIO].laid &&
           self->streams[VIDEO].reported && self->streams[AUDIO].reported;
}

/* Lays sound beside the picture. The first pair is believed; later a small difference is the
 * grain of the reports, and a large one needs a second pair that says the same: a camera's clock
 * may be stepped between the two reports of one pair. */
static void
align (HtStreamClock *self)
{
    int64_t offset, moved;

    if (!has_both (self))
        return;
    offset = self->streams[VIDEO].offset + self->streams[AUDIO].bond - self->streams[VIDEO].bond;
    moved = ABS (offset - self->streams[AUDIO].offset);
    if (self->aligned && moved < IGNORED_TICKS) {
        self->doubted = FALSE;
        return;
    }
    if (self->aligned && !(self->doubted && ABS (offset - self->doubted_offset) < IGNORED_TICKS)) {
        self->doubted = TRUE;
        self->doubted_offset = offset;
        return;
    }
    self->streams[AUDIO].offset = offset;
    self->aligned = TRUE;
    self->doubted = FALSE;
}

void
ht_stream_clock_lay (HtStreamClock *self, unsigned stream, int64_t stamp, int64_t arrival_us)
{
    self->streams[stream].laid = TRUE;
    self->streams[stream].offset = ticks_from_us (arrival_us) - stamp;
    self->streams[stream].first_us = arrival_us;
    align (self);
}

void
ht_stream_clock_report (HtStreamClock *self, unsigned stream, uint64_t ntp, int64_t stamp)
{
    if (ntp == 0) {
        self->clockless = TRUE;
        return;
    }
    self->streams[stream].reported = TRUE;
    self->streams[stream].bond = ticks_from_ntp (ntp) - stamp;
    /* a pair is complete with the report of sound; between a report of the picture after a step of
     * the camera's clock and that of sound, the two say nothing together */
    if (stream == AUDIO || !self->aligned)
        align (self);
}

void
ht_stream_clock_forget (HtStreamClock *self, unsigned stream)
{
    self->streams[stream].reported = FALSE;
    self->aligned = FALSE;
    self->doubted = FALSE;
}

int64_t
ht_stream_clock_map (const HtStreamClock *self, unsigned stream, int64_t stamp)
{
    return self->streams[stream].offset + stamp;
}

gboolean
ht_stream_clock_is_complete (const HtStreamClock *self)
{
    for (unsigned i = 0; i < HT_STREAM_CLOCK_STREAMS; i++)
        if (self->expected[i] && !self->streams[i].laid)
            return FALSE;
    return TRUE;
}

gboolean
ht_stream_clock_is_settled (const HtStreamClock *self, int64_t now_us)
{
    int64_t since_us = MAX (self->streams[VIDEO].first_us, self->streams[AUDIO].first_us);

    if (!ht_stream_clock_is_complete (self))
        return FALSE;
    if (!self->expected[VIDEO] || !self->expected[AUDIO] || self->aligned || self->clockless)
        return TRUE;
    return now_us - since_us > REPORTS_WAIT_US;
}
