/* SPDX-License-Identifier: MIT */

/* Text of JSON, piece by piece, octet for octet the same for the same values: the log keeps it. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Appends @text as a JSON string with its quotes. NULL gives null. */
void ht_json_append_string (GString *json, const char *text);

void ht_json_append_int (GString *json, int64_t value);

/* @name, plain ASCII, as a member's name with its colon. */
void ht_json_append_name (GString *json, const char *name);

G_END_DECLS
