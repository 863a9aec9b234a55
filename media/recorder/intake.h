/* SPDX-License-Identifier: MIT */

/* Octets from an ingest's socket into units (unit.h). Pure: whoever reads puts them in. */

#pragma once

#include "media/record/unit.h"

G_BEGIN_DECLS

typedef struct _HtIntake HtIntake;

HtIntake *ht_intake_new (void);

/* Room for at least 64 KiB that come next. (transfer none) */
uint8_t *ht_intake_reserve (HtIntake *intake, size_t *ret_room);

/* @length octets were put there. */
void ht_intake_commit (HtIntake *intake, size_t length);

/**
 * ht_intake_next:
 * @ret_data: (out) (transfer full) (nullable): the payload; %NULL where more octets are needed
 *
 * Returns: %FALSE with %HT_ERROR_INVALID where the octets are no units: nothing after them can be
 *   read any more
 */
gboolean ht_intake_next (HtIntake *intake, HtUnit *ret_unit, GBytes **ret_data, GError **error);

/* Forgets all: another connection begins. */
void ht_intake_clear (HtIntake *intake);

void ht_intake_free (HtIntake *intake);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtIntake, ht_intake_free)

G_END_DECLS
