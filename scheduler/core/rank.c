/* SPDX-License-Identifier: MIT */

#include "scheduler/core/rank.h"

const char *const ht_rank_names[] = {
    [HT_RANK_TRAINING] = "training",
    [HT_RANK_DEPARTMENT] = "department",
    [HT_RANK_PROVINCE] = "province",
    [HT_RANK_GOVERNMENT] = "government",
    [HT_N_RANKS] = NULL,
};

gboolean
ht_rank_may_displace (int rank, int other)
{
    return (unsigned) rank < HT_N_RANKS && (unsigned) other < HT_N_RANKS && rank > other;
}
