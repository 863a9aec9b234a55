/* SPDX-License-Identifier: MIT */

/* A place that can take part in a conference (điểm cầu), and a camera or encoder that stands in
 * a room. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct {
    int64_t id;
    char *key;
    int64_t unit_id;
    char *name;
    char *short_name;
    char *zone;         /* IANA name: "Asia/Ho_Chi_Minh" */
    int64_t room_id;    /* resource: taken with the site */
    int64_t codec_id;   /* resource; 0: none */
    int64_t link_id;    /* resource: the link that ends here; 0 where the WAN's root is */
    int64_t contact_id; /* person: the technician */
    gboolean retired;
} HtSite;

typedef enum {
    HT_VIDEO_SOURCE_RTSP,
    HT_VIDEO_SOURCE_FILE,
    HT_VIDEO_SOURCE_TEST,
    HT_VIDEO_SOURCE_N_KINDS
} HtVideoSourceKind;

extern const char *const ht_video_source_kind_names[]; /* "rtsp", "file", "test", NULL */

typedef struct {
    int64_t id;
    char *key;
    char *name;
    int kind; /* HtVideoSourceKind */
    char *url;
    char *user;
    char *password;      /* secret */
    int64_t resource_id; /* HT_RESOURCE_SOURCE: the connections it accepts */
    int64_t room_id;     /* resource: where it stands; 0: anywhere */
    int64_t kbps;        /* what it sends, for disk and links */
    gboolean loops;      /* a file starts again at its end */
    gboolean retired;
} HtVideoSource;

G_END_DECLS
