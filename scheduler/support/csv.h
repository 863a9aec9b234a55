/* SPDX-License-Identifier: MIT */

/* Tables as text: RFC 4180, UTF-8 with or without a byte order mark, lines that end in LF or CRLF.
 * The first line names the columns; where it holds semicolons and no comma, as spreadsheets write
 * under a Vietnamese locale, the semicolon separates. A bad line is named by its number and the
 * reader goes on behind it, so that one reading names every bad line. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HtCsv HtCsv;

/**
 * ht_csv_new:
 * @text: the file; borrowed, must live as long as the reader
 * @length: its octets
 *
 * Reads the line of column names.
 *
 * Returns: (transfer full): %NULL with %HT_ERROR_INVALID where @text is no UTF-8, is empty, or
 *   names a column twice or not at all
 */
HtCsv *ht_csv_new (const char *text, size_t length, GError **error);

void ht_csv_free (HtCsv *csv);

/**
 * ht_csv_expect:
 * @required: %NULL-terminated names that must be there
 * @optional: (nullable): %NULL-terminated names that may be there
 *
 * Returns: %FALSE with %HT_ERROR_INVALID naming the first column that is missing or unknown
 */
gboolean ht_csv_expect (HtCsv *csv, const char *const *required, const char *const *optional,
                        GError **error);

/**
 * ht_csv_next:
 *
 * Goes on to the next row; empty lines are passed over.
 *
 * Returns: %FALSE without an error at the end; %FALSE with %HT_ERROR_INVALID, whose message and
 *   argument "line" name the line, where that row is bad: call again for the rows behind it
 */
gboolean ht_csv_next (HtCsv *csv, GError **error);

/* The line, from 1, on which the present row begins. */
unsigned ht_csv_get_line (const HtCsv *csv);

/* (nullable): the present row's value in @column, "" where it is empty; %NULL where the file has no
 * such column. Valid until the next row. */
const char *ht_csv_get (const HtCsv *csv, const char *column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtCsv, ht_csv_free)

G_END_DECLS
