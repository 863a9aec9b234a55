/* SPDX-License-Identifier: MIT */

/* Something that must leave the house: a row of the outbox, written with the change that causes
 * it and carried out after the commit. */

#pragma once

#include <glib.h>
#include <stdint.h>

#include "scheduler/ports/table.h"

G_BEGIN_DECLS

typedef enum {
    HT_NOTICE_BOOKED,
    HT_NOTICE_MOVED,
    HT_NOTICE_CANCELLED,
    HT_NOTICE_INCOMPLETE,  /* a recording misses something */
    HT_NOTICE_QUESTIONS,   /* sites of a session to come are not ready yet */
    HT_NOTICE_SUBSTITUTED, /* another site takes part in the place of one */
    HT_NOTICE_EXTENDED,    /* it runs on */
    HT_NOTICE_ENDS,        /* it was to run on and cannot: it ends as it stands */
    HT_NOTICE_HELD,        /* to who asked: it is held until somebody approves */
    HT_NOTICE_APPROVED,    /* to who asked */
    HT_NOTICE_REFUSED,     /* to who asked, with the reason */
    HT_NOTICE_EXPIRED,     /* to who asked: nobody approved in time */
    HT_NOTICE_LOST,        /* to who asked: another request got the place */
    HT_NOTICE_DISPLACED,   /* a session of a higher rank has its place; proposals are there */
    HT_NOTICE_CLASHING,    /* a closure or a lowered capacity hits it: somebody must act */
    HT_NOTICE_N_KINDS,
} HtNoticeKind;

extern const char *const ht_notice_kind_names[]; /* "booked", ..., NULL */

typedef struct {
    int64_t id;
    int64_t number; /* the change that causes it */
    int kind;       /* HtNoticeKind */
    int64_t session_id;
    int64_t person_id;
    int64_t due_us;
    int64_t attempts;
    int64_t done_us; /* 0: not yet */
    char *note;      /* (owned) (nullable): why it was not sent, or not yet */
} HtNotice;

void ht_notice_clear (HtNotice *notice);

/* (transfer full) */
HtNotice *ht_notice_dup (const HtNotice *notice);
void ht_notice_free (HtNotice *notice);

/* (transfer full) (nullable): from a row of HT_TABLE_OUTBOX; %NULL where it is of no kind that we
 * know. */
HtNotice *ht_notice_from_row (const HtValue *values);

/* Appends (element-type HtRow) its row; or that it is taken away. */
void ht_notice_append_row (const HtNotice *notice, HtRowAction action, GArray *rows);
void ht_notice_append_removal (const HtNotice *notice, GArray *rows);

G_END_DECLS
