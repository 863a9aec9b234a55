/* SPDX-License-Identifier: MIT */

#include "scheduler/service/preview.h"

static void
clash_clear (HtClash *clash)
{
    g_clear_pointer (&clash->with, g_array_unref);
}

static void
occurrence_clear (HtPreviewOccurrence *occurrence)
{
    g_clear_pointer (&occurrence->clashes, g_array_unref);
}

static void
alternative_clear (HtAlternative *alternative)
{
    g_clear_pointer (&alternative->sites, g_array_unref);
}

HtPreview *
ht_preview_new (void)
{
    HtPreview *preview = g_new0 (HtPreview, 1);

    preview->occurrences = g_array_new (FALSE, TRUE, sizeof (HtPreviewOccurrence));
    g_array_set_clear_func (preview->occurrences, (GDestroyNotify) occurrence_clear);
    preview->alternatives = g_array_new (FALSE, TRUE, sizeof (HtAlternative));
    g_array_set_clear_func (preview->alternatives, (GDestroyNotify) alternative_clear);
    preview->displaced = g_array_new (FALSE, TRUE, sizeof (HtPreviewDisplaced));
    preview->keeps = g_array_new (FALSE, FALSE, sizeof (HtPreviewKept));
    preview->past = g_array_new (FALSE, FALSE, sizeof (int64_t));
    preview->left = g_array_new (FALSE, TRUE, sizeof (HtPreviewOccurrence));
    g_array_set_clear_func (preview->left, (GDestroyNotify) occurrence_clear);
    return preview;
}

void
ht_preview_free (HtPreview *preview)
{
    g_array_unref (preview->occurrences);
    g_array_unref (preview->alternatives);
    g_array_unref (preview->displaced);
    g_array_unref (preview->keeps);
    g_array_unref (preview->past);
    g_array_unref (preview->left);
    g_free (preview->zone);
    g_free (preview);
}

static HtPreviewOccurrence *
add_occurrence (GArray *occurrences)
{
    HtPreviewOccurrence *occurrence;

    g_array_set_size (occurrences, occurrences->len + 1);
    occurrence = &g_array_index (occurrences, HtPreviewOccurrence, occurrences->len - 1);
    occurrence->clashes = g_array_new (FALSE, TRUE, sizeof (HtClash));
    g_array_set_clear_func (occurrence->clashes, (GDestroyNotify) clash_clear);
    return occurrence;
}

HtPreviewOccurrence *
ht_preview_add_occurrence (HtPreview *preview)
{
    return add_occurrence (preview->occurrences);
}

HtPreviewOccurrence *
ht_preview_add_left (HtPreview *preview)
{
    return add_occurrence (preview->left);
}

void
ht_preview_add_session (HtPreview *preview, int64_t session_id, int64_t start_us, int64_t end_us)
{
    HtPreviewOccurrence *occurrence = ht_preview_add_occurrence (preview);

    occurrence->session_id = session_id;
    occurrence->start_us = start_us;
    occurrence->end_us = end_us;
}

HtClash *
ht_preview_add_clash (HtPreviewOccurrence *occurrence)
{
    HtClash *clash;

    g_array_set_size (occurrence->clashes, occurrence->clashes->len + 1);
    clash = &g_array_index (occurrence->clashes, HtClash, occurrence->clashes->len - 1);
    clash->with = g_array_new (FALSE, TRUE, sizeof (HtClashWith));
    return clash;
}
