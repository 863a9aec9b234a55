/* SPDX-License-Identifier: MIT */

/* `htrtspsrc`: a camera's access units, stamped with the wall clock. One thread connects, reads the
 * socket in bulk and pushes; everything between octets and units is pure and stands elsewhere.
 *
 * Properties: location, user, password. Pads: "video" (H.264 units, Annex B) and "audio" (ADTS
 * frames, or G.711 and Opus as they come). Timestamps are nanoseconds since 1970, the offset of a
 * buffer its arrival in microseconds, DISCONT what HT_UNIT_LOSS is. EOS sent to it says goodbye to
 * the camera and ends. It posts errors of HT_ERROR whose identifiers are exit reasons. Signal
 * "drained", from its thread: nothing more is at hand, it is about to wait for the camera or has
 * ended. */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define HT_TYPE_RTSP_SRC (ht_rtsp_src_get_type ())
G_DECLARE_FINAL_TYPE (HtRtspSrc, ht_rtsp_src, HT, RTSP_SRC, GstElement)

/* Makes the element known to gst_parse_launch(). */
void ht_rtsp_src_register (void);

G_END_DECLS
