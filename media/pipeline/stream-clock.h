/* SPDX-License-Identifier: MIT */

/* The streams of one connection on the wall clock. The picture runs on its own clock, laid once
 * where its first key frame began to arrive; sound is laid beside it by the sender reports of both
 * (RFC 3550 6.4.1), by arrival until they came. All instants in ticks of HT_UNIT_CLOCK_HZ. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define HT_STREAM_CLOCK_STREAMS 2 /* 0 is video, 1 is audio */

/* A plain value, all zero but for expected at first. */
typedef struct {
    gboolean expected[HT_STREAM_CLOCK_STREAMS];
    struct {
        gboolean laid;
        int64_t offset; /* wall - stamp */
        gboolean reported;
        int64_t bond;     /* sender's wall clock - stamp */
        int64_t first_us; /* wall clock when it was laid */
    } streams[HT_STREAM_CLOCK_STREAMS];
    gboolean aligned;   /* sound was laid by reports */
    gboolean clockless; /* a sender said that it has no clock */
    gboolean doubted;
    int64_t doubted_offset; /* what one pair of reports said */
} HtStreamClock;

/* Whether @stream has its place; it gets it by ht_stream_clock_lay(). */
gboolean ht_stream_clock_is_laid (const HtStreamClock *self, unsigned stream);

/* @stamp arrived at @arrival_us. Video first where there is one: sound that is laid before waits
 * for nobody. */
void ht_stream_clock_lay (HtStreamClock *self, unsigned stream, int64_t stamp, int64_t arrival_us);

/* A sender report of @stream: @ntp (32.32 s; 0: no clock) is the same instant as @stamp. */
void ht_stream_clock_report (HtStreamClock *self, unsigned stream, uint64_t ntp, int64_t stamp);

/* The clock of @stream was changed: what its sender's reports said holds no more. */
void ht_stream_clock_forget (HtStreamClock *self, unsigned stream);

/* The wall clock's ticks at @stamp of a stream that is laid. */
int64_t ht_stream_clock_map (const HtStreamClock *self, unsigned stream, int64_t stamp);

/* Whether every expected stream has its place: from then on arrivals decide nothing. */
gboolean ht_stream_clock_is_complete (const HtStreamClock *self);

/* Whether the time lines stay where they are: every expected stream is laid, and sound by reports
 * or, where none came within ten seconds, by arrival. */
gboolean ht_stream_clock_is_settled (const HtStreamClock *self, int64_t now_us);

G_END_DECLS
