/* SPDX-License-Identifier: MIT */

/* The words of a command line as one request. */

#pragma once

#include "ui/cli/verb.h"

G_BEGIN_DECLS

typedef struct {
    char *path;     /* (owned): with its query */
    char *body;     /* (owned) (nullable): JSON */
    char *if_match; /* (owned) (nullable) */
    gboolean json;  /* the answer is wanted as it is */
    gboolean help;  /* nothing is asked */
} HtCall;

/**
 * ht_call_parse:
 * @words: %NULL-terminated, after the verb
 * @today: days since 1970, which "+6" counts from
 *
 * Returns: %FALSE with %HT_ERROR_INVALID where a word is unknown, missing or of another type
 */
gboolean ht_call_parse (const HtVerb *verb, const char *const *words, int64_t today,
                        HtCall *ret_call, GError **error);

void ht_call_clear (HtCall *call);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HtCall, ht_call_clear)

G_END_DECLS
