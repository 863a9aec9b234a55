/* SPDX-License-Identifier: MIT */

#include "scheduler/service/notice.h"

const char *const ht_notice_kind_names[] = {
    [HT_NOTICE_BOOKED] = "booked",       [HT_NOTICE_MOVED] = "moved",
    [HT_NOTICE_CANCELLED] = "cancelled", [HT_NOTICE_INCOMPLETE] = "incomplete",
    [HT_NOTICE_QUESTIONS] = "questions", [HT_NOTICE_SUBSTITUTED] = "substituted",
    [HT_NOTICE_EXTENDED] = "extended",   [HT_NOTICE_ENDS] = "ends",
    [HT_NOTICE_HELD] = "held",           [HT_NOTICE_APPROVED] = "approved",
    [HT_NOTICE_REFUSED] = "refused",     [HT_NOTICE_EXPIRED] = "expired",
    [HT_NOTICE_LOST] = "lost",           [HT_NOTICE_DISPLACED] = "displaced",
    [HT_NOTICE_CLASHING] = "clashing",   [HT_NOTICE_N_KINDS] = NULL,
};

void
ht_notice_clear (HtNotice *notice)
{
    g_clear_pointer (&notice->note, g_free);
}

HtNotice *
ht_notice_dup (const HtNotice *notice)
{
    HtNotice *copy = g_memdup2 (notice, sizeof *notice);

    copy->note = g_strdup (notice->note);
    return copy;
}

void
ht_notice_free (HtNotice *notice)
{
    ht_notice_clear (notice);
    g_free (notice);
}

static int
find_kind (const char *name)
{
    int kind = 0;

    while (kind < HT_NOTICE_N_KINDS && g_strcmp0 (ht_notice_kind_names[kind], name) != 0)
        kind++;
    return kind;
}

HtNotice *
ht_notice_from_row (const HtValue *values)
{
    HtNotice notice = { .id = values[0].integer,
                        .number = values[1].integer,
                        .kind = find_kind (values[2].text),
                        .session_id = values[3].integer,
                        .person_id = values[4].integer,
                        .due_us = values[5].integer,
                        .attempts = values[6].integer,
                        .done_us = values[7].integer,
                        .note = (char *) values[8].text };

    return notice.kind == HT_NOTICE_N_KINDS ? NULL : ht_notice_dup (&notice);
}

static HtValue
make_int (int64_t integer)
{
    return (HtValue){ HT_VALUE_INT, integer, NULL };
}

void
ht_notice_append_row (const HtNotice *notice, HtRowAction action, GArray *rows)
{
    HtRow row = { HT_TABLE_OUTBOX, action, 9, g_new0 (HtValue, 9) };

    row.values[0] = make_int (notice->id);
    row.values[1] = make_int (notice->number);
    row.values[2] = (HtValue){ HT_VALUE_NAME, 0, ht_notice_kind_names[notice->kind] };
    row.values[3] = make_int (notice->session_id);
    row.values[4] = make_int (notice->person_id);
    row.values[5] = make_int (notice->due_us);
    row.values[6] = make_int (notice->attempts);
    row.values[7] = make_int (notice->done_us);
    if (notice->note != NULL)
        row.values[8] = (HtValue){ HT_VALUE_TEXT, 0, g_strdup (notice->note) };
    g_array_append_val (rows, row);
}

void
ht_notice_append_removal (const HtNotice *notice, GArray *rows)
{
    HtRow row = { HT_TABLE_OUTBOX, HT_ROW_REMOVE, 1, g_new0 (HtValue, 1) };

    row.values[0] = make_int (notice->id);
    g_array_append_val (rows, row);
}
