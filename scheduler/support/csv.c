/* SPDX-License-Identifier: MIT */

#include "scheduler/support/csv.h"

#include <string.h>

#include "scheduler/base/error.h"

#define MAX_COLUMNS     64
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct _HtCsv {
    const char *at, *end; /* what is not yet read */
    unsigned line;        /* of at, from 1 */
    unsigned row_line;    /* where the present row began */
    char separator;
    GPtrArray *names;  /* (element-type utf8) (owned) */
    GPtrArray *values; /* (element-type utf8) (owned) of the present row */
};

static gboolean
refuse (GError **error, unsigned line, const char *what)
{
    g_autofree char *number = g_strdup_printf ("%u", line);
    g_autoptr (GError) bad = NULL;

    ht_problem_set (&bad, HT_ERROR_INVALID, "bad-line", NULL, "line %u: %s", line, what);
    ht_problem_add (bad, "line", number);
    g_propagate_error (error, g_steal_pointer (&bad));
    return FALSE;
}

/* The octets of the line end at @at: 0 where none stands there. */
static size_t
line_end (const HtCsv *csv, const char *at)
{
    if (at < csv->end && *at == '\n')
        return 1;
    if (at + 1 < csv->end && at[0] == '\r' && at[1] == '\n')
        return 2;
    return 0;
}

static gboolean
at_field_end (const HtCsv *csv)
{
    return csv->at == csv->end || *csv->at == csv->separator || line_end (csv, csv->at) > 0;
}

static void
skip_line (HtCsv *csv)
{
    const char *end = memchr (csv->at, '\n', (size_t) (csv->end - csv->at));

    csv->at = end != NULL ? end + 1 : csv->end;
    csv->line++;
}

/* csv->at stands behind the opening quote; leaves it behind the closing one. */
static gboolean
read_quoted (HtCsv *csv, GString *field, GError **error)
{
    unsigned opened = csv->line;

    while (csv->at < csv->end) {
        char letter = *csv->at++;

        if (letter == '\n')
            csv->line++;
        if (letter != '"') {
            g_string_append_c (field, letter);
        } else if (csv->at < csv->end && *csv->at == '"') {
            g_string_append_c (field, *csv->at++);
        } else {
            return at_field_end (csv) ||
                   refuse (error, csv->line, "text stands behind a closing quote");
        }
    }
    return refuse (error, opened, "a quote is never closed");
}

static gboolean
read_plain (HtCsv *csv, GString *field, GError **error)
{
    const char *start = csv->at;

    while (!at_field_end (csv)) {
        if (*csv->at == '"')
            return refuse (error, csv->line,
                           "a quote stands inside a field that has none round it");
        if (*csv->at == '\r')
            return refuse (error, csv->line, "a carriage return stands alone");
        csv->at++;
    }
    g_string_append_len (field, start, csv->at - start);
    return TRUE;
}

static gboolean
read_field (HtCsv *csv, GPtrArray *fields, GError **error)
{
    g_autoptr (GString) field = g_string_new (NULL);
    gboolean quoted = csv->at < csv->end && *csv->at == '"';

    if (quoted)
        csv->at++;
    if (!(quoted ? read_quoted (csv, field, error) : read_plain (csv, field, error)))
        return FALSE;
    g_ptr_array_add (fields, g_string_free (g_steal_pointer (&field), FALSE));
    return TRUE;
}

/* Reads one line into @fields and leaves csv->at behind its end. */
static gboolean
read_row (HtCsv *csv, GPtrArray *fields, GError **error)
{
    for (;;) {
        if (!read_field (csv, fields, error))
            return FALSE;
        if (csv->at == csv->end || *csv->at != csv->separator)
            break;
        csv->at++;
        if (fields->len > MAX_COLUMNS)
            return refuse (error, csv->line, "there are more than 64 fields");
    }
    if (csv->at < csv->end) {
        csv->at += line_end (csv, csv->at);
        csv->line++;
    }
    return TRUE;
}

static gboolean
has_name (const HtCsv *csv, const char *name)
{
    return g_ptr_array_find_with_equal_func (csv->names, name, g_str_equal, NULL);
}

static char
guess_separator (const HtCsv *csv)
{
    const char *end = memchr (csv->at, '\n', (size_t) (csv->end - csv->at));
    size_t length = (size_t) ((end != NULL ? end : csv->end) - csv->at);

    return memchr (csv->at, ';', length) != NULL && memchr (csv->at, ',', length) == NULL ? ';'
                                                                                          : ',';
}

static gboolean
read_names (HtCsv *csv, GError **error)
{
    g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

    csv->separator = guess_separator (csv);
    if (!read_row (csv, names, error))
        return FALSE;
    for (unsigned i = 0; i < names->len; i++) {
        char *name = g_strstrip (names->pdata[i]);

        if (*name == '\0')
            return refuse (error, 1, "a column has no name");
        if (has_name (csv, name))
            return refuse (error, 1, "a column is named twice");
        g_ptr_array_add (csv->names, g_strdup (name));
    }
    return TRUE;
}

HtCsv *
ht_csv_new (const char *text, size_t length, GError **error)
{
    g_autoptr (HtCsv) csv = g_new0 (HtCsv, 1);
    const char *bad;

    csv->names = g_ptr_array_new_with_free_func (g_free);
    csv->values = g_ptr_array_new_with_free_func (g_free);
    csv->at = length > 0 ? text : "";
    csv->end = csv->at + length;
    csv->line = 1;
    if (!g_utf8_validate_len (csv->at, length, &bad)) {
        for (const char *at = csv->at; at < bad; at++)
            csv->line += *at == '\n';
        refuse (error, csv->line, "this is no UTF-8 text");
        return NULL;
    }
    if (length >= strlen (BYTE_ORDER_MARK) && g_str_has_prefix (csv->at, BYTE_ORDER_MARK))
        csv->at += strlen (BYTE_ORDER_MARK);
    return read_names (csv, error) ? g_steal_pointer (&csv) : NULL;
}

void
ht_csv_free (HtCsv *csv)
{
    g_ptr_array_unref (csv->names);
    g_ptr_array_unref (csv->values);
    g_free (csv);
}

static gboolean
refuse_column (GError **error, const char *name, const char *what)
{
    ht_problem_set (error, HT_ERROR_INVALID, "bad-column", name, "line 1: column %s %s", name,
                    what);
    return FALSE;
}

gboolean
ht_csv_expect (HtCsv *csv, const char *const *required, const char *const *optional, GError **error)
{
    for (unsigned i = 0; required[i] != NULL; i++)
        if (!has_name (csv, required[i]))
            return refuse_column (error, required[i], "is missing");
    for (unsigned i = 0; i < csv->names->len; i++) {
        const char *name = csv->names->pdata[i];

        if (!g_strv_contains (required, name) &&
            (optional == NULL || !g_strv_contains (optional, name)))
            return refuse_column (error, name, "is unknown");
    }
    return TRUE;
}

gboolean
ht_csv_next (HtCsv *csv, GError **error)
{
    for (size_t n; (n = line_end (csv, csv->at)) > 0; csv->line++)
        csv->at += n;
    if (csv->at == csv->end)
        return FALSE;
    csv->row_line = csv->line;
    g_ptr_array_set_size (csv->values, 0);
    if (!read_row (csv, csv->values, error)) {
        skip_line (csv);
        return FALSE;
    }
    if (csv->values->len != csv->names->len) {
        g_autofree char *what =
            g_strdup_printf ("there are %u fields where the first line names %u columns",
                             csv->values->len, csv->names->len);

        return refuse (error, csv->row_line, what);
    }
    return TRUE;
}

unsigned
ht_csv_get_line (const HtCsv *csv)
{
    return csv->row_line;
}

const char *
ht_csv_get (const HtCsv *csv, const char *column)
{
    unsigned index;

    if (!g_ptr_array_find_with_equal_func (csv->names, column, g_str_equal, &index) ||
        index >= csv->values->len)
        return NULL;
    return csv->values->pdata[index];
}
