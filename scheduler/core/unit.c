/* SPDX-License-Identifier: MIT */

#include "scheduler/core/unit.h"

const HtUnitTerm *
ht_unit_get_term (const HtUnit *unit, int64_t day)
{
    const HtUnitTerm *found = NULL;

    if (unit->terms == NULL)
        return NULL;
    for (unsigned i = 0; i < unit->terms->len; i++) {
        const HtUnitTerm *term = &g_array_index (unit->terms, HtUnitTerm, i);

        if (found == NULL || term->from_day <= day)
            found = term;
    }
    return found;
}
