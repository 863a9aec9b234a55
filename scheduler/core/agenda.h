/* SPDX-License-Identifier: MIT */

/* What is due. Level-triggered: an item says how things stand, and the answer is what should be so
 * now, whatever happened in between. A late start after a power cut, a clock that jumped and an
 * end that was moved are all the same case. */

#pragma once

#include <stdint.h>

#include "scheduler/core/job-machine.h"
#include "scheduler/core/session-machine.h"

G_BEGIN_DECLS

enum { HT_AGENDA_N_ASKS = 3 };

/* How long before the start. */
typedef struct {
    int64_t early_join_us;            /* the door opens */
    int64_t arm_us;                   /* recorders start */
    int64_t ask_us[HT_AGENDA_N_ASKS]; /* those who run it are told what is open; descending */
    int64_t run_on_us;                /* before the end: what runs on is extended */
} HtAgendaLeads;

/* What is due for those who run a session. */
typedef enum {
    HT_CARE_ASK,    /* tell which questions about its sites are open */
    HT_CARE_RUN_ON, /* extend it, where that is free */
    HT_CARE_N_EVENTS,
} HtCareEvent;

extern const char *const ht_care_event_names[]; /* "ask", "run-on", NULL */

/* How a session stands. */
typedef struct {
    int64_t session_id;
    int64_t start_us;
    int64_t end_us;
    int64_t hold_until_us; /* while held; of a draft: while it waits for a place, else 0 */
    int64_t withdraw_us;   /* while cancelled: feeds forget it then; HT_AGENDA_NEVER: they have */
    HtSessionState state;
    gboolean has_job;
    HtJobState job;
    gboolean is_asked; /* its sites are asked whether they are ready */
    int64_t asked_us;  /* when last; 0 */
    gboolean runs_on;
} HtAgendaItem;

enum { HT_AGENDA_NOTHING = -1 };
#define HT_AGENDA_NEVER INT64_MAX

/* What must be done for one session now: the session's event first, then the job's, then care. */
typedef struct {
    int64_t session_id;
    int session_event; /* HtSessionEvent, or HT_AGENDA_NOTHING */
    int job_event;     /* HtJobEvent, or HT_AGENDA_NOTHING */
    int care_event;    /* HtCareEvent, or HT_AGENDA_NOTHING */
    int64_t due_us;    /* since when, where all are nothing: from when on there is something */
} HtAgendaDue;

/* The rule itself, for one item. */
HtAgendaDue ht_agenda_judge (const HtAgendaLeads *leads, const HtAgendaItem *item, int64_t now_us);

typedef struct _HtAgenda HtAgenda;

HtAgenda *ht_agenda_new (const HtAgendaLeads *leads);
void ht_agenda_free (HtAgenda *agenda);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtAgenda, ht_agenda_free)

/* O(log n). Puts the item in the place of the one of the same session. One that will never be due
 * again by the clock is not kept. */
void ht_agenda_put (HtAgenda *agenda, const HtAgendaItem *item, int64_t now_us);

/* Does nothing where it is not there. */
void ht_agenda_remove (HtAgenda *agenda, int64_t session_id);

/* The instant from which on something is due, perhaps past; HT_AGENDA_NEVER. */
int64_t ht_agenda_next (const HtAgenda *agenda);

/* (transfer full) (element-type HtAgendaDue): everything that is due, by the instant it became so
 * and then by session. It stays due until the session is put as it then stands. */
GArray *ht_agenda_list_due (const HtAgenda *agenda, int64_t now_us);

unsigned ht_agenda_get_count (const HtAgenda *agenda);

G_END_DECLS
