/* SPDX-License-Identifier: MIT */

/* What the command line can ask the service: one row a subcommand, which says the request, the
 * words that fill it, and what is shown of the answer. Parsing, help and output follow from it. */

#pragma once

#include "ui/cli/view.h"

G_BEGIN_DECLS

typedef enum {
    HT_VERB_TEXT,
    HT_VERB_NUMBER,
    HT_VERB_SWITCH,  /* takes no value */
    HT_VERB_YES_NO,  /* "yes" or "no" */
    HT_VERB_NUMBERS, /* "3,4", and again */
    HT_VERB_TEXTS,   /* again and again */
    HT_VERB_PAIRS,   /* "7" or "7:2048": {id, @second}; with commas, and again */
    HT_VERB_FILE,    /* its text; "-" is the standard input */
    HT_VERB_DAY,     /* "2026-11-25", or "+6": days from today */
} HtVerbType;

/**
 * HtVerbWord:
 * @name: "start" is --start VALUE; with a capital ("ID") it stands by its place
 * @member: of the body; "?from" of the query, "{id}" of the path, "@" the header If-Match
 * @standard: (nullable): what it is where it is not said
 */
typedef struct {
    const char *name; /* NULL ends a list of words */
    const char *member;
    HtVerbType type;
    gboolean required;
    const char *standard;
    const char *second;
    const char *vi, *en;
} HtVerbWord;

typedef struct {
    const char *name;
    const char *method, *path;
    const HtVerbWord *words; /* (nullable) */
    const HtView *views;     /* (nullable): nothing is shown but that it was done */
    const char *vi, *en;
} HtVerb;

/* (nullable) */
const HtVerb *ht_verb_find (const char *name);

/* (array length=ret_n) */
const HtVerb *ht_verb_get_all (unsigned *ret_n);

/* (transfer full): how it is called, word by word. */
char *ht_verb_make_help (const HtVerb *verb);

G_END_DECLS
