/* SPDX-License-Identifier: MIT */

/* JSON as it is sent, member after member. Members that have no value are left out. */

#pragma once

#include "scheduler/core/zone.h"
#include "scheduler/support/fields.h"

G_BEGIN_DECLS

/* A plain value until ht_writer_finish(). */
typedef struct {
    GString *text; /* (owned) */
} HtWriter;

HtWriter ht_writer_make (void);

/* @name: %NULL in a list and at the top */
void ht_writer_begin (HtWriter *writer, const char *name); /* an object */
void ht_writer_end (HtWriter *writer);
void ht_writer_begin_list (HtWriter *writer, const char *name);
void ht_writer_end_list (HtWriter *writer);

void ht_writer_text (HtWriter *writer, const char *name, const char *text); /* (nullable) */
void ht_writer_int (HtWriter *writer, const char *name, int64_t number);
void ht_writer_bool (HtWriter *writer, const char *name, gboolean truth);
void ht_writer_null (HtWriter *writer, const char *name);

/* An identity; nothing for %HT_ID_NONE. */
void ht_writer_id (HtWriter *writer, const char *name, int64_t id);

/* RFC 3339 with the zone's offset. */
void ht_writer_instant (HtWriter *writer, const char *name, const HtZone *zone, int64_t at_us);

/* { "id": …, "name": … }; nothing for %HT_ID_NONE */
void ht_writer_named (HtWriter *writer, const char *name, int64_t id, const char *what);

/* JSON as it stands. */
void ht_writer_raw (HtWriter *writer, const char *name, const char *json, gssize length);

/* (transfer full): @writer is empty then. */
GString *ht_writer_finish (HtWriter *writer);

G_END_DECLS
