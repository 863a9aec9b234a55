/* SPDX-License-Identifier: MIT */

/* What a newcomer is shown: the tables of a folder, taken in by the same commands as anybody's. */

#pragma once

#include "scheduler/service/service.h"

G_BEGIN_DECLS

/**
 * ht_demonstration_take:
 * @store: the service's, waited for after each table
 * @folder: holds units.csv, ..., courses.csv; ui/demo/README.md says what stands in them
 * @camera: what the address @camera in sources.csv stands for
 *
 * Takes in every table where nothing was ever written; later starts take in the sources, since the
 * camera's address may be another, and book the lecture that is "now" where it is not on.
 *
 * Returns: %FALSE with the first error, prefixed by its table; what was taken in stays
 */
gboolean ht_demonstration_take (HtService *service, HtStore *store, const char *folder,
                                const char *camera, GError **error);

G_END_DECLS
