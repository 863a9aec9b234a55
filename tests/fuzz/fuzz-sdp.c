/* SPDX-License-Identifier: MIT */

#include "media/pipeline/sdp.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* What is taken has an address and a clock. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    g_autoptr (HtSdp) sdp = ht_sdp_new ((const char *) data, size, "rtsp://a/b", NULL);

    if (sdp == NULL)
        return 0;
    g_assert_nonnull (sdp->url);
    if (sdp->video != NULL)
        g_assert_true (sdp->video->url != NULL && sdp->video->clock_hz > 0);
    if (sdp->audio != NULL)
        g_assert_true (sdp->audio->url != NULL && sdp->audio->clock_hz > 0);
    return 0;
}
