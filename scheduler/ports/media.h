/* SPDX-License-Identifier: MIT */

/* What the service needs of recorders: that a job runs as it should now, and to hear of it. Every
 * call says how things should be, so repeating one changes nothing. */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

/* How one track should be recorded. Texts are borrowed for the call. */
typedef struct {
    const char *name; /* folder below the session's */
    const char *source_kind;
    const char *url;
    const char *user;     /* (nullable) */
    const char *password; /* (nullable) */
    gboolean loops;
    int64_t connections; /* that its source takes at a time; 0: any number */
} HtMediaTrack;

typedef struct {
    int64_t session_id;
    int64_t start_us;
    int64_t end_us;
    const HtMediaTrack *tracks;
    unsigned n_tracks;
} HtMediaJob;

typedef enum {
    HT_MEDIA_ARMED,      /* every ring holds a key frame */
    HT_MEDIA_WRITING,    /* octets grew in the last second, on every track */
    HT_MEDIA_LOST,       /* on some track nothing comes; the note says why */
    HT_MEDIA_DRAINED,    /* every track is closed */
    HT_MEDIA_PROGRESS,   /* of finalising: per mille */
    HT_MEDIA_DONE,       /* final files are proved against their journals */
    HT_MEDIA_INCOMPLETE, /* final files miss what the note says, or could not be made */
} HtMediaEventKind;

typedef struct {
    HtMediaEventKind kind;
    int64_t session_id;
    int64_t bytes;       /* written so far, or of the final files */
    int64_t duration_us; /* of the longest final file */
    int64_t missing_us;  /* what the gaps add up to */
    int64_t permille;    /* of HT_MEDIA_PROGRESS */
    const char *note;    /* (nullable): for a person */
} HtMediaEvent;

typedef void (*HtMediaHear) (const HtMediaEvent *event, gpointer user_data);

#define HT_TYPE_MEDIA (ht_media_get_type ())
G_DECLARE_INTERFACE (HtMedia, ht_media, HT, MEDIA, GObject)

struct _HtMediaInterface {
    GTypeInterface parent;

    void (*listen) (HtMedia *self, HtMediaHear hear, gpointer user_data);
    void (*adopt) (HtMedia *self, const int64_t *session_ids, unsigned n_sessions);
    void (*want) (HtMedia *self, const HtMediaJob *job);
    void (*stop) (HtMedia *self, int64_t session_id);
    void (*finalise) (HtMedia *self, int64_t session_id, int64_t start_us, int64_t end_us);
    gboolean (*peek) (HtMedia *self, int64_t session_id, HtMediaEvent *ret_status);
};

/* One listener; called on the main loop. */
void ht_media_listen (HtMedia *self, HtMediaHear hear, gpointer user_data);

/* Once, before the first tick: takes over recorders that outlived the last daemon. One whose
 * session is not among @session_ids is stopped after its open segment; its folder is kept. */
void ht_media_adopt (HtMedia *self, const int64_t *session_ids, unsigned n_sessions);

/* The job should run: recorders are started where they do not, and told where times changed. Where
 * a source's connections are all taken, as by a session that ends where this one begins, the one
 * that ends first feeds this track too. */
void ht_media_want (HtMedia *self, const HtMediaJob *job);

/* Its recorders should close now. */
void ht_media_stop (HtMedia *self, int64_t session_id);

/* Its tracks should become final files cut to [@start_us, @end_us). */
void ht_media_finalise (HtMedia *self, int64_t session_id, int64_t start_us, int64_t end_us);

/* How the session's recorders are now, from their shared pages. %FALSE where there are none. */
gboolean ht_media_peek (HtMedia *self, int64_t session_id, HtMediaEvent *ret_status);

G_END_DECLS
