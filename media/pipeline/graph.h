/* SPDX-License-Identifier: MIT */

/* The pipeline of an ingest, by kind of source. */

#pragma once

#include <gst/gst.h>

#include "media/pipeline/unit-out.h"
#include "media/record/source.h"

G_BEGIN_DECLS

/* What the source needs of its surroundings; before gst_init(). A source that needs no plugin gets
 * no registry: reading one costs 2.5 MB, building one half a second. */
void ht_graph_prepare (HtSourceKind kind);

/**
 * ht_graph_build:
 * @out: borrowed; outlives the pipeline
 *
 * Returns: (transfer full): the pipeline, not yet running; %NULL with %HT_ERROR_ATTENTION where an
 *   element is missing on this machine
 */
GstElement *ht_graph_build (const HtIngestSource *source, HtUnitOut *out, GError **error);

G_END_DECLS
