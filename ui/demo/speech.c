/* SPDX-License-Identifier: MIT */

#include "ui/demo/speech.h"

#include <math.h>
#include <string.h>

#include "scheduler/base/error.h"

#define BEEP_HZ       1000.0
#define BEEP_SECONDS  0.1
#define BEEP_LOUDNESS 6000.0

struct _HtSpeech {
    char *file;             /* (owned) (nullable) */
    const uint8_t *samples; /* within file: little-endian 16 bit */
    uint64_t n_samples;
    uint32_t rate_hz;
};

static uint32_t
read_u32 (const char *p)
{
    uint32_t value;

    memcpy (&value, p, sizeof value);
    return GUINT32_FROM_LE (value);
}

/* RIFF: chunks of four letters, a length, content. */
static gboolean
find_samples (HtSpeech *speech, size_t size)
{
    size_t at = 12;

    if (size < 12 || memcmp (speech->file, "RIFF", 4) != 0)
        return FALSE;
    while (at + 8 <= size) {
        const char *chunk = speech->file + at;
        size_t length = read_u32 (chunk + 4);

        if (memcmp (chunk, "fmt ", 4) == 0 && at + 24 <= size)
            speech->rate_hz = read_u32 (chunk + 12);
        if (memcmp (chunk, "data", 4) == 0) {
            speech->samples = (const uint8_t *) chunk + 8;
            speech->n_samples = MIN (length, size - at - 8) / 2;
            return speech->rate_hz > 0 && speech->n_samples > 0;
        }
        at += 8 + length + (length & 1);
    }
    return FALSE;
}

HtSpeech *
ht_speech_open (const char *path, GError **error)
{
    HtSpeech *speech = g_new0 (HtSpeech, 1);
    size_t size;

    if (path == NULL)
        return speech;
    if (g_file_get_contents (path, &speech->file, &size, error)) {
        if (find_samples (speech, size))
            return speech;
        ht_problem_set (error, HT_ERROR_INVALID, "not-wav", NULL, "%s is no WAV file", path);
    }
    ht_speech_close (speech);
    return NULL;
}

void
ht_speech_close (HtSpeech *speech)
{
    g_free (speech->file);
    g_free (speech);
}

static int16_t
beep (uint64_t at, unsigned rate_hz)
{
    double second = (double) (at % rate_hz) / rate_hz;

    return second < BEEP_SECONDS ? (int16_t) (BEEP_LOUDNESS * sin (second * BEEP_HZ * 2 * G_PI))
                                 : 0;
}

static int16_t
spoken (const HtSpeech *speech, uint64_t at, unsigned rate_hz)
{
    uint64_t source = at * speech->rate_hz / rate_hz % speech->n_samples;
    uint16_t wire;

    memcpy (&wire, speech->samples + 2 * source, sizeof wire);
    return (int16_t) GUINT16_FROM_LE (wire);
}

void
ht_speech_fill (const HtSpeech *speech, uint64_t first, unsigned rate_hz, int16_t *samples,
                unsigned n_samples)
{
    for (unsigned i = 0; i < n_samples; i++)
        samples[i] = speech->samples != NULL ? spoken (speech, first + i, rate_hz)
                                             : beep (first + i, rate_hz);
}
