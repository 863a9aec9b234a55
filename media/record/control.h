/* SPDX-License-Identifier: MIT */

/* The lines of JSON spoken over a recorder's socket (SOCK_STREAM, AF_UNIX). On connection the
 * recorder says hello; then each request gets one reply, in order. A line that is no request gets a
 * reply with ok=false and the connection stays. */

#pragma once

#include "media/record/track-status.h"

G_BEGIN_DECLS

#define HT_CONTROL_PROTOCOL       1
#define HT_CONTROL_MAX_LINE_BYTES (16 * 1024)

/* The recorder's first line. */
typedef struct {
    int64_t protocol; /* HT_CONTROL_PROTOCOL */
    int64_t session;
    char *track; /* (owned) */
    int64_t pid; /* of the recorder, which leads a process group of its own */
} HtControlHello;

typedef enum {
    HT_CONTROL_STATUS,  /* how are you? */
    HT_CONTROL_SET_END, /* end_us: a later end extends, one that is past ends at once */
    HT_CONTROL_MARK,    /* text: put a mark at the newest unit */
    HT_CONTROL_STOP,  /* end at this instant; units on their way are taken, for a second at most */
    HT_CONTROL_LEAVE, /* close the open segment without END and let go: another will go on */
    HT_CONTROL_TAKE,  /* job: record another track too, from the same ingest */
} HtControlDo;

typedef struct {
    int what;       /* HtControlDo, "do" in JSON */
    int64_t end_us; /* of SET_END */
    char *text;     /* (owned) (nullable): of MARK, at most 200 letters */
    char *job;      /* (owned) (nullable): of TAKE, a line as of ht_track_job_encode() */
} HtControlRequest;

/* The answer to any request: the status after it was carried out. */
typedef struct {
    gboolean ok;
    char *problem; /* (owned) (nullable): stable identifier where not ok */
    char *message; /* (owned) (nullable): English sentence where not ok */
    HtTrackStatus status;
} HtControlReply;

extern const HtFields ht_control_hello_fields;
extern const HtFields ht_control_request_fields;
extern const HtFields ht_control_reply_fields;

/* (transfer full): @record, one of the three, as a line with its end of line. */
char *ht_control_encode (const HtFields *fields, gconstpointer record);

/* One of the three from a line. @ret_record (out caller-allocates): zeroed by the caller, cleared
 * by it with ht_fields_clear(), also after a failure. A request that lacks what it needs is
 * refused with %HT_ERROR_INVALID, as everything else that is wrong. */
gboolean ht_control_decode (const HtFields *fields, const char *line, size_t length,
                            gpointer ret_record, GError **error);

G_END_DECLS
