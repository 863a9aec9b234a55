/* SPDX-License-Identifier: MIT */

/* How ready one site is for a session: what was asked of it and what was answered. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* In a check that is reported, KEEP leaves what was known. */
typedef enum {
    HT_CHECK_KEEP,
    HT_CHECK_UNKNOWN,
    HT_CHECK_YES,
    HT_CHECK_NO,
    HT_CHECK_N_ANSWERS
} HtCheckAnswer;

extern const char *const ht_check_answer_names[]; /* "keep", "unknown", "yes", "no", NULL */

typedef enum {
    HT_CHECK_TECHNICIAN, /* somebody is on post */
    HT_CHECK_PICTURE,
    HT_CHECK_SOUND,
    HT_CHECK_LINE,      /* measured, and enough for the site's stream */
    HT_CHECK_SIGNATURE, /* somebody says that the site is ready */
    HT_CHECK_N_QUESTIONS,
} HtCheckQuestion;

extern const char *const ht_check_question_names[]; /* "technician", ..., "signature", NULL */

typedef struct {
    int64_t site_id;
    int64_t replaces_id; /* the site in whose place it takes part; 0 */
    int on_post;         /* HtCheckAnswer, as the two below: never KEEP in a record */
    char *technician;    /* (nullable): who is on post; NULL: the site's contact */
    char *phone;         /* (nullable): theirs */
    int picture;
    int sound;
    int64_t line_kbps;     /* measured; 0: not yet */
    int64_t signed_by_id;  /* person; 0: nobody yet */
    int64_t signed_us;     /* when */
    int64_t substitute_id; /* the site that takes over where this one fails; 0 */
    char *note;
    int64_t changed_us;
} HtSiteCheck;

/**
 * ht_site_check_list_questions:
 * @check: (nullable): nothing was reported yet
 * @wanted_kbps: of the site's stream; 0: its line need not be measured
 *
 * Returns: which questions are open, a bit for each HtCheckQuestion; none where it is signed
 */
unsigned ht_site_check_list_questions (const HtSiteCheck *check, int64_t wanted_kbps);

G_END_DECLS
