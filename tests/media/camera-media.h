/* SPDX-License-Identifier: MIT */

/* The media of a scripted camera: packets in the order in which it sends them, and the units that
 * they carry. */

#pragma once

#include "tests/media/camera-script.h"

G_BEGIN_DECLS

/* A GPtrArray of (owned) GBytes: packets with their interleaved frames, on @channels[stream] and
 * the ones after for RTCP. Appends the units that arrive whole to @units (HtCameraUnit). */
GPtrArray *ht_camera_media_new (const HtCameraScript *script, const unsigned channels[2],
                                GArray *units);

/* (transfer full): sprop-parameter-sets for @script. */
char *ht_camera_media_dup_sprop (const HtCameraScript *script);

G_END_DECLS
