/* SPDX-License-Identifier: MIT */

#include "ui/http/writer.h"

#include <inttypes.h>
#include <string.h>

#include "scheduler/base/id.h"
#include "scheduler/support/json.h"

HtWriter
ht_writer_make (void)
{
    return (HtWriter){ g_string_new (NULL) };
}

/* A comma where something of the same object or list stands before, then the name. */
static void
open_member (HtWriter *writer, const char *name)
{
    char last = writer->text->len == 0 ? '\0' : writer->text->str[writer->text->len - 1];

    if (last != '\0' && strchr ("{[", last) == NULL)
        g_string_append_c (writer->text, ',');
    if (name == NULL)
        return;
    ht_json_append_string (writer->text, name);
    g_string_append_c (writer->text, ':');
}

void
ht_writer_begin (HtWriter *writer, const char *name)
{
    open_member (writer, name);
    g_string_append_c (writer->text, '{');
}

void
ht_writer_end (HtWriter *writer)
{
    g_string_append_c (writer->text, '}');
}

void
ht_writer_begin_list (HtWriter *writer, const char *name)
{
    open_member (writer, name);
    g_string_append_c (writer->text, '[');
}

void
ht_writer_end_list (HtWriter *writer)
{
    g_string_append_c (writer->text, ']');
}

void
ht_writer_text (HtWriter *writer, const char *name, const char *text)
{
    if (text == NULL)
        return;
    open_member (writer, name);
    ht_json_append_string (writer->text, text);
}

void
ht_writer_int (HtWriter *writer, const char *name, int64_t number)
{
    open_member (writer, name);
    g_string_append_printf (writer->text, "%" PRId64, number);
}

void
ht_writer_bool (HtWriter *writer, const char *name, gboolean truth)
{
    ht_writer_raw (writer, name, truth ? "true" : "false", -1);
}

void
ht_writer_null (HtWriter *writer, const char *name)
{
    ht_writer_raw (writer, name, "null", -1);
}

void
ht_writer_id (HtWriter *writer, const char *name, int64_t id)
{
    if (id != HT_ID_NONE)
        ht_writer_int (writer, name, id);
}

void
ht_writer_instant (HtWriter *writer, const char *name, const HtZone *zone, int64_t at_us)
{
    g_autofree char *text = ht_zone_format (zone, at_us);

    ht_writer_text (writer, name, text);
}

void
ht_writer_named (HtWriter *writer, const char *name, int64_t id, const char *what)
{
    if (id == HT_ID_NONE)
        return;
    ht_writer_begin (writer, name);
    ht_writer_int (writer, "id", id);
    ht_writer_text (writer, "name", what == NULL ? "" : what);
    ht_writer_end (writer);
}

void
ht_writer_raw (HtWriter *writer, const char *name, const char *json, gssize length)
{
    open_member (writer, name);
    g_string_append_len (writer->text, json, length);
}

GString *
ht_writer_finish (HtWriter *writer)
{
    return g_steal_pointer (&writer->text);
}
