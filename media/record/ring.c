/* SPDX-License-Identifier: MIT */

#include "media/record/ring.h"

typedef struct {
    HtUnit unit;
    GBytes *data; /* (owned) */
    gboolean is_start;
} Item;

struct _HtRing {
    GQueue items; /* (element-type Item) (owned): oldest first */
    int64_t max_span;
    int64_t max_bytes;
    int64_t bytes;
};

static void
free_item (gpointer data)
{
    Item *item = data;

    g_bytes_unref (item->data);
    g_free (item);
}

HtRing *
ht_ring_new (int64_t max_ms, int64_t max_bytes)
{
    HtRing *ring = g_new0 (HtRing, 1);

    g_queue_init (&ring->items);
    ring->max_span = max_ms * (HT_UNIT_CLOCK_HZ / 1000);
    ring->max_bytes = max_bytes;
    return ring;
}

static void
drop_first (HtRing *ring)
{
    Item *item = g_queue_pop_head (&ring->items);

    ring->bytes -= item->unit.length_bytes;
    free_item (item);
}

static gboolean
is_over (const HtRing *ring)
{
    const Item *first = g_queue_peek_head ((GQueue *) &ring->items);
    const Item *last = g_queue_peek_tail ((GQueue *) &ring->items);

    return first != NULL &&
           (ring->bytes > ring->max_bytes || last->unit.dts - first->unit.dts > ring->max_span);
}

/* The next start after the first unit. */
static const GList *
find_second_start (const HtRing *ring)
{
    const GList *at = ring->items.head != NULL ? ring->items.head->next : NULL;

    while (at != NULL && !((const Item *) at->data)->is_start)
        at = at->next;
    return at;
}

static void
drop_before (HtRing *ring, const GList *keep)
{
    while (ring->items.head != NULL && ring->items.head != keep)
        drop_first (ring);
}

void
ht_ring_push (HtRing *ring, const HtUnit *unit, GBytes *data, gboolean is_start)
{
    Item *item = g_new (Item, 1);

    *item = (Item){ *unit, g_bytes_ref (data), is_start };
    g_queue_push_tail (&ring->items, item);
    ring->bytes += unit->length_bytes;
    while (is_over (ring)) {
        const GList *second = find_second_start (ring);

        drop_before (ring, second != NULL ? second : ring->items.tail);
        if (ring->items.length == 1)
            break;
    }
}

GBytes *
ht_ring_pop (HtRing *ring, HtUnit *ret_unit)
{
    Item *item = g_queue_pop_head (&ring->items);
    GBytes *data;

    if (item == NULL)
        return NULL;
    ring->bytes -= item->unit.length_bytes;
    *ret_unit = item->unit;
    data = g_steal_pointer (&item->data);
    g_free (item);
    return data;
}

/* What came before @start and is not earlier is put behind it, in its order. */
static void
follow (HtRing *ring, GList *start)
{
    const Item *first = start->data;
    GList *at = start->prev;

    while (at != NULL) {
        GList *before = at->prev;
        const Item *item = at->data;

        if (item->unit.stream != first->unit.stream && item->unit.pts >= first->unit.pts) {
            g_queue_unlink (&ring->items, at);
            g_queue_insert_after_link (&ring->items, start, at);
        }
        at = before;
    }
}

gboolean
ht_ring_seek (HtRing *ring, int64_t pts)
{
    GList *found = NULL;

    for (GList *at = ring->items.head; at != NULL; at = at->next) {
        const Item *item = at->data;

        if (item->is_start && (found == NULL || item->unit.pts <= pts))
            found = at;
    }
    if (found != NULL)
        follow (ring, found);
    drop_before (ring, found);
    return found != NULL;
}

void
ht_ring_shift (HtRing *ring, unsigned stream, int64_t by)
{
    for (GList *at = ring->items.head; at != NULL; at = at->next) {
        Item *item = at->data;

        if (item->unit.stream != stream)
            continue;
        item->unit.pts += by;
        item->unit.dts += by;
    }
}

int64_t
ht_ring_get_longest_group (const HtRing *ring)
{
    int64_t longest = 0;
    const Item *before = NULL;

    for (const GList *at = ring->items.head; at != NULL; at = at->next) {
        const Item *item = at->data;

        if (!item->is_start)
            continue;
        if (before != NULL)
            longest = MAX (longest, item->unit.pts - before->unit.pts);
        before = item;
    }
    return longest;
}

void
ht_ring_clear (HtRing *ring)
{
    drop_before (ring, NULL);
}

unsigned
ht_ring_get_length (const HtRing *ring)
{
    return ring->items.length;
}

int64_t
ht_ring_get_bytes (const HtRing *ring)
{
    return ring->bytes;
}

void
ht_ring_free (HtRing *ring)
{
    if (ring == NULL)
        return;
    ht_ring_clear (ring);
    g_free (ring);
}
