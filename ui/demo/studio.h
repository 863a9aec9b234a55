/* SPDX-License-Identifier: MIT */

/* What stands before the demonstration camera: one live pipeline that draws, speaks and encodes
 * whether or not anybody is connected. */

#pragma once

#include <gst/gst.h>
#include <stdint.h>

G_BEGIN_DECLS

#define HT_STUDIO_FPS 25

/**
 * HtStudioSettings:
 * @blocks: numbers as blocks and a beep each second; otherwise the made lecture
 * @grain: the picture is never at rest, so that its bit rate is used up, as a real camera's is
 * @speech: (nullable): a WAV file, 16 bit mono, spoken again and again; %NULL: a beep
 * @log: (nullable): a file that gets one line a coded picture (picture-log.h)
 */
typedef struct {
    gboolean blocks, grain;
    unsigned width, height, kbps;
    const char *speech;
    const char *log;
} HtStudioSettings;

typedef enum { HT_STUDIO_VIDEO, HT_STUDIO_AUDIO, HT_STUDIO_N_STREAMS } HtStudioStream;

/* Called on the pipeline's threads for each encoded buffer; its running time counts from
 * @base_time of the system clock. */
typedef void (*HtStudioEach) (HtStudioStream stream, GstSample *sample, GstClockTime base_time,
                              gpointer user_data);

typedef struct _HtStudio HtStudio;

HtStudio *ht_studio_start (const HtStudioSettings *settings, HtStudioEach each, gpointer user_data,
                           GError **error);
void ht_studio_stop (HtStudio *studio);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtStudio, ht_studio_stop)

G_END_DECLS
