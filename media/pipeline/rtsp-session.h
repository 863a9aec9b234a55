/* SPDX-License-Identifier: MIT */

/* One connection to a camera: RTSP requests over libgstrtsp up to PLAY, then the socket itself.
 * Blocking, for a thread of its own; every wait has a limit. */

#pragma once

#include <glib.h>

#include "media/pipeline/sdp.h"
#include "media/pipeline/wire.h"

G_BEGIN_DECLS

typedef struct _HtRtspSession HtRtspSession;

/**
 * ht_rtsp_session_new:
 * @location: rtsp:// or rtsps://, with or without user and password
 * @user: (nullable): wins over what @location holds; so does @password
 * @sink: borrowed: takes the packets that come before the reply to PLAY
 *
 * Returns: (transfer full) (nullable): %NULL with %HT_ERROR_INVALID where @location is none
 */
HtRtspSession *ht_rtsp_session_new (const char *location, const char *user, const char *password,
                                    const HtWireSink *sink, gpointer user_data, GError **error);
void ht_rtsp_session_free (HtRtspSession *self);

/* Connects and asks what there is. Problems: unreachable, wrong-password, no-such-stream,
 * camera-refused, unsupported-stream. */
gboolean ht_rtsp_session_open (HtRtspSession *self, GError **error);

/* After ht_rtsp_session_open(). */
const HtSdp *ht_rtsp_session_get_sdp (const HtRtspSession *self);

/* @channel: asked for, and the next one for RTCP; @ret_channel: (out): what the camera chose. */
gboolean ht_rtsp_session_setup (HtRtspSession *self, const HtSdpStream *stream, unsigned channel,
                                unsigned *ret_channel, GError **error);

gboolean ht_rtsp_session_play (HtRtspSession *self, GError **error);

/* The socket to poll, after ht_rtsp_session_play(). */
int ht_rtsp_session_get_fd (const HtRtspSession *self);

/* Whether octets may wait behind the socket, where poll() does not see them (TLS). */
gboolean ht_rtsp_session_is_buffered (const HtRtspSession *self);

/**
 * ht_rtsp_session_read:
 *
 * Returns: octets read without waiting, 0 where there are none now, -1 with the problem "closed"
 */
gssize ht_rtsp_session_read (HtRtspSession *self, uint8_t *to, size_t length, GError **error);

/* Sends a sign of life; its reply comes among the packets. Due every half of the timeout. */
gboolean ht_rtsp_session_keep_alive (HtRtspSession *self, GError **error);
int64_t ht_rtsp_session_get_pace_us (const HtRtspSession *self);

/* A reply or a request that came among the packets. Problems: session-lost, wrong-password,
 * closed. */
gboolean ht_rtsp_session_take_message (HtRtspSession *self, const char *head, size_t length,
                                       GError **error);

gboolean ht_rtsp_session_send_packet (HtRtspSession *self, unsigned channel, const uint8_t *data,
                                      size_t length, GError **error);

/* Says goodbye, as far as that is possible within a moment. */
void ht_rtsp_session_tear_down (HtRtspSession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtRtspSession, ht_rtsp_session_free)

G_END_DECLS
