/* SPDX-License-Identifier: MIT */

/* The lecture's sound: a WAV file spoken again and again, or a beep each second. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct _HtSpeech HtSpeech;

/* @path: (nullable): WAV, 16 bit, mono; %NULL: the beep. */
HtSpeech *ht_speech_open (const char *path, GError **error);
void ht_speech_close (HtSpeech *speech);

/* Samples @first to @first + @n_samples of the endless sound, at @rate_hz. */
void ht_speech_fill (const HtSpeech *speech, uint64_t first, unsigned rate_hz, int16_t *samples,
                     unsigned n_samples);

G_END_DECLS
