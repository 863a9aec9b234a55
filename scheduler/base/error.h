/* SPDX-License-Identifier: MIT */

/* The one error domain of hoitruong. A code says what the caller can do; a problem adds what a
 * person needs to mend it: a stable identifier that the interface translates, the field at fault
 * and arguments. Adapters translate foreign errors into it at their edge. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HT_ERROR (ht_error_quark ())

typedef enum {
    HT_ERROR_INVALID,         /* the data is wrong: mend it                        -> HTTP 422 */
    HT_ERROR_UNAUTHENTICATED, /* sign in                                           -> HTTP 401 */
    HT_ERROR_DENIED,          /* ask somebody who may                              -> HTTP 403 */
    HT_ERROR_NOT_FOUND,       /* no such thing                                     -> HTTP 404 */
    HT_ERROR_GONE,            /* it was there and is no more                       -> HTTP 410 */
    HT_ERROR_CONFLICT,        /* the state or another booking stands in the way    -> HTTP 409 */
    HT_ERROR_STALE,           /* it changed meanwhile: read it again               -> HTTP 412 */
    HT_ERROR_TOO_LARGE,       /* send less                                         -> HTTP 413 */
    HT_ERROR_BUSY,            /* too many at once: try again in a moment           -> HTTP 429 */
    HT_ERROR_FULL,            /* no room on the disk; reading goes on              -> HTTP 507 */
    HT_ERROR_UNKNOWN,         /* neither done nor refused: ask again, same key     -> HTTP 503 */
    HT_ERROR_TIMED_OUT,       /* a deadline passed                                 -> HTTP 504 */
    HT_ERROR_ATTENTION,       /* a person must act before a restart helps          -> exit 78 */
    HT_ERROR_INTERNAL,        /* our fault or the machine's                        -> HTTP 500 */
    HT_ERROR_N_CODES,
} HtErrorCode;

GQuark ht_error_quark (void);

/**
 * ht_problem_set:
 * @id: stable identifier in kebab-case, "resource-taken"; the interface translates it
 * @field: (nullable): the member of the request at fault, "start"
 * @format: English sentence that says what is wrong and what to do
 *
 * Sets @error as g_set_error() does, with an identifier and a field.
 */
void ht_problem_set (GError **error, HtErrorCode code, const char *id, const char *field,
                     const char *format, ...) G_GNUC_PRINTF (5, 6);

/* Adds an argument for the translated sentence. Does nothing where @error is %NULL or of another
 * domain. Both strings are copied. */
void ht_problem_add (GError *error, const char *name, const char *value);

/* The identifier; for an error that has none, its code's name ("invalid", "not-found", ...). */
const char *ht_problem_get_id (const GError *error);

/* (nullable) */
const char *ht_problem_get_field (const GError *error);

typedef void (*HtProblemArgument) (const char *name, const char *value, gpointer user_data);

void ht_problem_foreach_argument (const GError *error, HtProblemArgument each, gpointer user_data);

G_END_DECLS
