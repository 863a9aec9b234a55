/* SPDX-License-Identifier: MIT */

/* Errors as a client reads them: problem details (RFC 9457) with a stable code that the interface
 * translates, the member at fault and arguments. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HT_PROBLEM_TYPE "application/problem+json"

/* The HTTP status that says what the error's code says. */
unsigned ht_problem_get_status (const GError *error);

/* (nullable): the reason phrase of a status that we send. */
const char *ht_problem_get_phrase (unsigned status);

/**
 * ht_problem_to_json:
 *
 * An error of a domain that is not ours tells its reader nothing but that it happened: its text
 * may hold what is none of the reader's business.
 *
 * Returns: (transfer full): { type, title, status, code, field, args, detail }
 */
GString *ht_problem_to_json (const GError *error);

G_END_DECLS
