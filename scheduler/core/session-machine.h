/* SPDX-License-Identifier: MIT */

/* The life of a session as people meet it: which event may follow which state, and what must then
 * be done. What recorders do is the job's machine: a session goes on when a recorder fails. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
    HT_SESSION_DRAFT,     /* being written: occupies nothing, shown to its organiser */
    HT_SESSION_HELD,      /* occupies its resources, not yet approved, not published; expires */
    HT_SESSION_SCHEDULED, /* approved and published */
    HT_SESSION_OPEN,      /* the door is open: early join, checks, preview */
    HT_SESSION_RUNNING,
    HT_SESSION_CLOSING, /* over for people; what it started is being ended */
    HT_SESSION_ENDED,
    HT_SESSION_CANCELLED,
    HT_SESSION_N_STATES,
} HtSessionState;

extern const char *const ht_session_state_names[]; /* "draft", ..., "cancelled", NULL */

typedef enum {
    HT_SESSION_HOLD,      /* occupy the resources until somebody approves */
    HT_SESSION_APPROVE,   /* publish; from draft: booked without a hold */
    HT_SESSION_EXPIRE,    /* nobody approved in time: back to a draft, which occupies nothing */
    HT_SESSION_REFUSE,    /* a person: it is not approved, and is a draft again */
    HT_SESSION_DISPLACE,  /* another took its place: a draft again, for its organiser to place */
    HT_SESSION_MOVE,      /* another time, other resources, other words */
    HT_SESSION_OPEN_DUE,  /* clock: start less early join */
    HT_SESSION_START_DUE, /* clock: start */
    HT_SESSION_START_NOW, /* a person: before the planned start */
    HT_SESSION_EXTEND,    /* a later end, resources permitting */
    HT_SESSION_STOP_NOW,  /* a person: before the planned end */
    HT_SESSION_END_DUE,   /* clock: end */
    HT_SESSION_CLOSED,    /* what it had started has ended */
    HT_SESSION_MISS,      /* its end passed while nobody was there to open it */
    HT_SESSION_CANCEL,
    HT_SESSION_WITHDRAW, /* clock: feeds have told long enough that it was cancelled */
    HT_SESSION_N_EVENTS,
} HtSessionEvent;

extern const char *const ht_session_event_names[]; /* "hold", ..., "withdraw", NULL */

/* What the one who applies the step does besides storing the new state. */
typedef enum {
    HT_SESSION_RESERVE = 1 << 0,     /* admit and write the reservations of the new span */
    HT_SESSION_RELEASE = 1 << 1,     /* give back what lies after now (all, where not begun) */
    HT_SESSION_PUBLISH = 1 << 2,     /* raise SEQUENCE, let the feeds follow */
    HT_SESSION_NOTIFY = 1 << 3,      /* tell those invited */
    HT_SESSION_START_MEDIA = 1 << 4, /* the job follows the session's clock from here */
    HT_SESSION_STOP_MEDIA = 1 << 5,  /* drain the job */
} HtSessionEffects;

typedef struct {
    gboolean accepted; /* an edge that is not written is FALSE */
    HtSessionState next;
    int effects; /* HtSessionEffects, joined by | */
} HtSessionStep;

/**
 * ht_session_machine_step:
 * @ret_step: (out): set on success only
 *
 * Pure: reads a table and touches nothing.
 *
 * Returns: %FALSE with %HT_ERROR_CONFLICT "session-state", naming both, where @from does not take
 *   @event; %HT_ERROR_INVALID where either is no state or event at all
 */
gboolean ht_session_machine_step (HtSessionState from, HtSessionEvent event,
                                  HtSessionStep *ret_step, GError **error);

/* Nothing leads out of it. */
gboolean ht_session_machine_is_final (HtSessionState state);

/* Whether its reservations count: held and all that follows until it has ended. */
gboolean ht_session_machine_occupies (HtSessionState state);

/* Whether feeds and agendas of others show it: approved once; cancelled ones as tombstones. */
gboolean ht_session_machine_is_published (HtSessionState state);

G_END_DECLS
