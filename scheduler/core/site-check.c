/* SPDX-License-Identifier: MIT */

#include "scheduler/core/site-check.h"

const char *const ht_check_answer_names[] = {
    [HT_CHECK_KEEP] = "keep", [HT_CHECK_UNKNOWN] = "unknown", [HT_CHECK_YES] = "yes",
    [HT_CHECK_NO] = "no",     [HT_CHECK_N_ANSWERS] = NULL,
};

const char *const ht_check_question_names[] = {
    [HT_CHECK_TECHNICIAN] = "technician", [HT_CHECK_PICTURE] = "picture",
    [HT_CHECK_SOUND] = "sound",           [HT_CHECK_LINE] = "line",
    [HT_CHECK_SIGNATURE] = "signature",   [HT_CHECK_N_QUESTIONS] = NULL,
};

static unsigned
ask (gboolean is_open, HtCheckQuestion question)
{
    return is_open ? 1u << question : 0;
}

unsigned
ht_site_check_list_questions (const HtSiteCheck *check, int64_t wanted_kbps)
{
    static const HtSiteCheck nothing;

    if (check == NULL)
        check = &nothing;
    if (check->signed_by_id != 0)
        return 0;
    return ask (check->on_post != HT_CHECK_YES, HT_CHECK_TECHNICIAN) |
           ask (check->picture != HT_CHECK_YES, HT_CHECK_PICTURE) |
           ask (check->sound != HT_CHECK_YES, HT_CHECK_SOUND) |
           ask (check->line_kbps < wanted_kbps, HT_CHECK_LINE) | ask (TRUE, HT_CHECK_SIGNATURE);
}
