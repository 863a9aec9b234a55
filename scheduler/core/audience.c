/* SPDX-License-Identifier: MIT */

#include "scheduler/core/audience.h"

static gboolean
is_of_unit (int64_t id, const HtPerson *person, HtUnitIsBelow is_below, gpointer user_data)
{
    return person->unit_id != 0 &&
           (person->unit_id == id || is_below (person->unit_id, id, user_data));
}

gboolean
ht_audience_admits (HtAudienceKind kind, const GArray *ids, const HtPerson *person,
                    HtUnitIsBelow is_below, gpointer user_data)
{
    if (person == NULL || person->closed)
        return FALSE;
    if (kind == HT_AUDIENCE_EVERYBODY)
        return TRUE;
    for (unsigned i = 0; ids != NULL && i < ids->len; i++) {
        int64_t id = g_array_index (ids, int64_t, i);

        if (kind == HT_AUDIENCE_PERSONS && id == person->id)
            return TRUE;
        if (kind == HT_AUDIENCE_UNITS && is_of_unit (id, person, is_below, user_data))
            return TRUE;
    }
    return FALSE;
}
