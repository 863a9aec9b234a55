/* SPDX-License-Identifier: MIT */

/* Asks the service and shows what it says; and what a program learns of it by the exit status. */

#pragma once

#include "ui/cli/client.h"
#include "ui/cli/verb.h"

G_BEGIN_DECLS

typedef enum {
    HT_ASK_DONE = 0,
    HT_ASK_FAILED =
        1, /* no answer, or one that makes no sense: the machine's or the network's fault */
    HT_ASK_USAGE = 2,     /* called wrongly */
    HT_ASK_SIGN_IN = 3,   /* 401 */
    HT_ASK_DENIED = 4,    /* 403 */
    HT_ASK_NOT_FOUND = 5, /* 404, 410 */
    HT_ASK_CONFLICT = 6,  /* 409, 412: something stands in the way */
    HT_ASK_INVALID = 7,   /* 413, 422 and the like: what was said is wrong */
    HT_ASK_NOT_NOW = 8,   /* 429, 503, 507: try again later */
} HtAskStatus;

/* The subcommand of @verb; argv[0] is its name. */
int ht_ask_run_verb (const HtVerb *verb, int argc, char **argv);

/* hoitruong api METHOD PATH [JSON]: any request there is. */
int ht_ask_run_api (int argc, char **argv);

/* Prints @answer, or what it refuses, as @views (nullable) or as it is. Returns the exit status. */
int ht_ask_show (const HtClientAnswer *answer, const HtView *views, gboolean json);

/* Prints @error. Returns the exit status. */
int ht_ask_fail (const GError *error);

G_END_DECLS
