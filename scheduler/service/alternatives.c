/* SPDX-License-Identifier: MIT */

#include "scheduler/service/alternatives.h"

#include "scheduler/base/id.h"
#include "scheduler/core/admission.h"
#include "scheduler/service/demand.h"

#define STEP_US   (INT64_C (15) * 60 * G_USEC_PER_SEC)
#define MAX_STEPS (14 * 96) /* a fortnight */

static void
add (HtPreview *preview, HtAlternative alternative)
{
    if (preview->alternatives->len < HT_ALTERNATIVES_MAX)
        g_array_append_val (preview->alternatives, alternative);
}

/* The only room that clashes; 0 where none does or several do. */
static int64_t
find_clashing_room (HtDecider *decider, const HtPreview *preview)
{
    int64_t room_id = HT_ID_NONE;

    for (unsigned i = 0; i < preview->occurrences->len; i++) {
        const GArray *clashes =
            g_array_index (preview->occurrences, HtPreviewOccurrence, i).clashes;

        for (unsigned j = 0; j < clashes->len; j++) {
            int64_t id = g_array_index (clashes, HtClash, j).resource_id;
            const HtResource *resource = ht_decider_peek (decider, HT_RECORD_RESOURCE, id);

            if (resource == NULL || resource->kind != HT_RESOURCE_ROOM ||
                (room_id != HT_ID_NONE && room_id != id))
                return HT_ID_NONE;
            room_id = id;
        }
    }
    return room_id;
}

static gboolean
is_free (HtDecider *decider, const HtResource *room, const GArray *spans)
{
    const HtTimeline *timeline = ht_state_get_timeline (decider->state, room->id);

    for (unsigned i = 0; i < spans->len; i++)
        if (!ht_timeline_fits (
                timeline, room->capacity,
                ht_span_widen (g_array_index (spans, HtSpan, i), room->setup_us, room->teardown_us),
                1))
            return FALSE;
    return TRUE;
}

/* Of the same unit and no smaller. */
static gboolean
stands_in (const HtResource *room, const HtResource *wanted)
{
    return room != NULL && room != wanted && room->kind == HT_RESOURCE_ROOM && !room->retired &&
           room->unit_id == wanted->unit_id && room->seats >= wanted->seats;
}

static void
find_room (HtDecider *decider, const GArray *spans, HtPreview *preview)
{
    int64_t wanted_id = find_clashing_room (decider, preview);
    const HtResource *wanted = ht_decider_peek (decider, HT_RECORD_RESOURCE, wanted_id);
    int64_t n_resources = ht_state_get_next_id (decider->state, HT_RECORD_RESOURCE);
    const HtSpan *first = &g_array_index (spans, HtSpan, 0);

    for (int64_t id = 1; wanted != NULL && id < n_resources; id++) {
        const HtResource *room = ht_decider_peek (decider, HT_RECORD_RESOURCE, id);

        if (!stands_in (room, wanted) || !is_free (decider, room, spans))
            continue;
        add (preview, (HtAlternative){ .kind = HT_ALTERNATIVE_ROOM,
                                       .start_us = first->start_us,
                                       .end_us = first->end_us,
                                       .instead_of = wanted_id,
                                       .room_id = id });
        return;
    }
}

static gboolean
fits_shifted (HtDecider *decider, const GPtrArray *reservations, int64_t shift_us)
{
    for (unsigned i = 0; i < reservations->len; i++) {
        const GArray *of_one = g_ptr_array_index (reservations, i);

        for (unsigned j = 0; j < of_one->len; j++) {
            const HtReservation *r = &g_array_index (of_one, HtReservation, j);
            const HtResource *resource =
                ht_decider_peek (decider, HT_RECORD_RESOURCE, r->resource_id);
            HtSpan span = { r->start_us + shift_us, r->end_us + shift_us };

            if (resource->retired ||
                !ht_timeline_fits (ht_state_get_timeline (decider->state, r->resource_id),
                                   resource->capacity, span, r->amount))
                return FALSE;
        }
    }
    return TRUE;
}

/* The next shift, in quarters of an hour, that moves every occurrence into free time. */
static void
find_time (HtDecider *decider, const GArray *spans, const GPtrArray *reservations,
           HtPreview *preview)
{
    const HtSpan *first = &g_array_index (spans, HtSpan, 0);

    for (int64_t step = 1; step <= MAX_STEPS; step++)
        if (fits_shifted (decider, reservations, step * STEP_US)) {
            add (preview, (HtAlternative){ .kind = HT_ALTERNATIVE_TIME,
                                           .start_us = first->start_us + step * STEP_US,
                                           .end_us = first->end_us + step * STEP_US });
            return;
        }
}

static void
find_skip (const GArray *spans, HtPreview *preview)
{
    const HtSpan *first = &g_array_index (spans, HtSpan, 0);
    int64_t n_skipped = 0;

    for (unsigned i = 0; i < preview->occurrences->len; i++)
        if (g_array_index (preview->occurrences, HtPreviewOccurrence, i).clashes->len > 0)
            n_skipped++;
    if (n_skipped < preview->occurrences->len)
        add (preview, (HtAlternative){ .kind = HT_ALTERNATIVE_SKIP,
                                       .start_us = first->start_us,
                                       .end_us = first->end_us,
                                       .n_skipped = n_skipped });
}

void
ht_alternatives_find (HtDecider *decider, const GArray *spans, const GPtrArray *reservations,
                      HtPreview *preview)
{
    if (preview->n_clashes == 0)
        return;
    find_room (decider, spans, preview);
    find_time (decider, spans, reservations, preview);
    if (spans->len > 1)
        find_skip (spans, preview);
}
