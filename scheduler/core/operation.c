/* SPDX-License-Identifier: MIT */

#include "scheduler/core/operation.h"

const HtSiteCheck *
ht_operation_find_site (const HtOperation *operation, int64_t site_id)
{
    for (unsigned i = 0; operation != NULL && operation->sites != NULL && i < operation->sites->len;
         i++)
        if (g_array_index (operation->sites, HtSiteCheck, i).site_id == site_id)
            return &g_array_index (operation->sites, HtSiteCheck, i);
    return NULL;
}

HtSiteCheck *
ht_operation_put_site (HtOperation *operation, int64_t site_id)
{
    HtSiteCheck *known = (HtSiteCheck *) ht_operation_find_site (operation, site_id);
    HtSiteCheck check = { .site_id = site_id,
                          .on_post = HT_CHECK_UNKNOWN,
                          .picture = HT_CHECK_UNKNOWN,
                          .sound = HT_CHECK_UNKNOWN };

    if (known != NULL)
        return known;
    if (operation->sites == NULL)
        operation->sites = g_array_new (FALSE, TRUE, sizeof (HtSiteCheck));
    g_array_append_val (operation->sites, check);
    return &g_array_index (operation->sites, HtSiteCheck, operation->sites->len - 1);
}
