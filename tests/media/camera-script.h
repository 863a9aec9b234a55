/* SPDX-License-Identifier: MIT */

/* A camera that does what a script says: RTSP over TCP on loopback, one connection after the other,
 * with every habit of real cameras that an ingest must bear. It keeps the access units that it
 * sent, as they must come out at the other end. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef enum {
    HT_CAMERA_OPEN,
    HT_CAMERA_BASIC,
    HT_CAMERA_MD5,        /* RFC 2069 */
    HT_CAMERA_MD5_QOP,    /* qop=auth */
    HT_CAMERA_SHA256_QOP, /* offered beside MD5 and Basic */
} HtCameraAuth;

typedef enum { HT_CAMERA_HONEST, HT_CAMERA_ALWAYS, HT_CAMERA_NEVER } HtCameraMarkers;

typedef enum {
    HT_CAMERA_CLOSE,   /* the connection, once all was sent */
    HT_CAMERA_FREEZE,  /* stay silent until the other end goes */
    HT_CAMERA_GOODBYE, /* RTCP BYE, then as frozen */
} HtCameraEnd;

/* A plain value; all zero is a plain camera with sound that sends nothing. */
typedef struct {
    HtCameraAuth auth;
    HtCameraMarkers markers;
    HtCameraEnd end;
    unsigned pictures;
    unsigned b_pictures;      /* between references */
    unsigned slices;          /* of a picture, 1 when 0 */
    unsigned lose_every;      /* video packets, of which the last is lost */
    unsigned frames_a_packet; /* of sound, 1 when 0 */
    unsigned frame_pieces;    /* packets of one frame of sound, 1 when 0 */
    unsigned begin_again_at;  /* picture where a new sequence and clock begin; 0: never */
    uint16_t first_sequence;
    uint32_t first_stamp;
    gboolean silent;           /* no sound */
    gboolean out_of_band;      /* parameter sets stand in the description only */
    gboolean early;            /* half of the media comes before the reply to PLAY */
    gboolean dirt;             /* octets that are nothing between the packets */
    gboolean own_channels;     /* chooses others than it was asked for */
    int64_t sound_early_ticks; /* what sender reports say of sound, 90 kHz; 0: none are sent */
    const char *sdp;           /* (nullable): another description */
    unsigned refuse_play;      /* a status; 0: plays */
} HtCameraScript;

/* What was sent whole. */
typedef struct {
    unsigned stream;
    int64_t pts; /* 90 kHz, from the camera's first picture on */
    gboolean key;
    GBytes *octets; /* (owned): as it must come out */
} HtCameraUnit;

typedef struct _HtCamera HtCamera;

#define HT_CAMERA_USER     "quản trị"
#define HT_CAMERA_PASSWORD "mật:khẩu"

/* Listens from here on; @script is copied. */
HtCamera *ht_camera_new (const HtCameraScript *script);

/* Ends its thread. */
void ht_camera_free (HtCamera *self);

/* (transfer full) */
char *ht_camera_dup_url (HtCamera *self);

/* (element-type HtCameraUnit): once the other end is done. */
const GArray *ht_camera_get_units (HtCamera *self);

/* Requests that bore an answer to its challenge and were refused. */
unsigned ht_camera_get_refusals (HtCamera *self);

/* Whether TEARDOWN came. */
gboolean ht_camera_was_torn_down (HtCamera *self);

/* A sequence parameter set of 320 x 192 whose pictures are reordered by @depth. */
GBytes *ht_camera_make_sps (unsigned depth);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtCamera, ht_camera_free)

G_END_DECLS
