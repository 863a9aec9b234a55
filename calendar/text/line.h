/* SPDX-License-Identifier: MIT */

/* Content lines of iCalendar (RFC 5545 3.1): escaped, folded at 75 octets and never inside a
 * letter, ended by CRLF. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The most octets of a line, without its CRLF. */
#define HT_LINE_OCTETS 75

/**
 * ht_line_append:
 * @name: name and parameters, as they shall stand: "REFRESH-INTERVAL;VALUE=DURATION"
 * @value: UTF-8, as it shall stand
 */
void ht_line_append (GString *text, const char *name, const char *value);

/* As ht_line_append(), with @value escaped as TEXT (3.3.11). Carriage returns are dropped. */
void ht_line_append_text (GString *text, const char *name, const char *value);

/* A UTC instant in basic format, "LAST-MODIFIED:20261125T003000Z". */
void ht_line_append_instant (GString *text, const char *name, int64_t at_us);

G_END_DECLS
