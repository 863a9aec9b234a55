/* SPDX-License-Identifier: MIT */

#include "calendar/publish/feed-texts.h"

struct _HtFeedTexts {
    HtFeedSource *source;
    GHashTable *texts; /* HtFeedEntry (of the text itself) -> HtFeedText */
};

HtFeedText *
ht_feed_text_ref (HtFeedText *text)
{
    g_ref_count_inc (&text->refs);
    return text;
}

void
ht_feed_text_unref (HtFeedText *text)
{
    if (!g_ref_count_dec (&text->refs))
        return;
    g_clear_pointer (&text->zone, ht_zone_unref);
    g_free (text->octets);
    g_free (text);
}

static unsigned
hash_entry (gconstpointer key)
{
    const HtFeedEntry *entry = key;
    uint64_t mixed = (uint64_t) entry->series_id * UINT64_C (0x9E3779B97F4A7C15);

    mixed ^= (uint64_t) entry->variant;
    return (unsigned) (mixed ^ mixed >> 32);
}

static gboolean
is_same_entry (gconstpointer a, gconstpointer b)
{
    const HtFeedEntry *x = a, *y = b;

    return x->series_id == y->series_id && x->variant == y->variant;
}

HtFeedTexts *
ht_feed_texts_new (HtFeedSource *source)
{
    HtFeedTexts *texts = g_new0 (HtFeedTexts, 1);

    texts->source = source;
    texts->texts = g_hash_table_new_full (hash_entry, is_same_entry, NULL,
                                          (GDestroyNotify) ht_feed_text_unref);
    return texts;
}

void
ht_feed_texts_free (HtFeedTexts *texts)
{
    g_hash_table_unref (texts->texts);
    g_free (texts);
}

static HtFeedText *
make_text (HtFeedTexts *texts, const HtFeedEntry *entry)
{
    HtFeedText *text = g_new0 (HtFeedText, 1);
    g_autoptr (GString) octets = g_string_sized_new (1024);

    g_ref_count_init (&text->refs);
    text->entry = *entry;
    text->zone = texts->source->write (texts->source, entry, octets);
    text->length = octets->len;
    text->octets = g_memdup2 (octets->str, octets->len + 1);
    return text;
}

HtFeedText *
ht_feed_texts_get (HtFeedTexts *texts, const HtFeedEntry *entry, uint64_t *written)
{
    HtFeedText *text = g_hash_table_lookup (texts->texts, entry);

    if (text == NULL || text->entry.number != entry->number) {
        text = make_text (texts, entry);
        /* the key lies in the value, so both go together */
        g_hash_table_replace (texts->texts, &text->entry, text);
        *written += 1;
    }
    return ht_feed_text_ref (text);
}

static gboolean
is_unused (gpointer key, gpointer value, gpointer user_data)
{
    return g_ref_count_compare (&((HtFeedText *) value)->refs, 1);
}

void
ht_feed_texts_sweep (HtFeedTexts *texts)
{
    g_hash_table_foreach_remove (texts->texts, is_unused, NULL);
}
