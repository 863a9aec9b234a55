/* SPDX-License-Identifier: MIT */

#include "media/finalise/av-error.h"

#include <errno.h>
#include <libavutil/error.h>

#include "scheduler/base/error.h"

gpointer
ht_av_fail (int result, const char *doing, const char *what, GError **error)
{
    char why[AV_ERROR_MAX_STRING_SIZE] = "";

    av_strerror (result, why, sizeof why);
    ht_problem_set (error, result == AVERROR (ENOSPC) ? HT_ERROR_FULL : HT_ERROR_INTERNAL,
                    result == AVERROR (ENOSPC) ? "disk-full" : "media-failed", NULL, "%s %s: %s",
                    doing, what, why);
    return NULL;
}
