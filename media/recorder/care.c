/* SPDX-License-Identifier: MIT */

#include "media/recorder/care.h"

/* Two starts are never closer than that: an ingest that cannot start must not eat the machine. */
#define LEAST_PAUSE_US (250 * G_TIME_SPAN_MILLISECOND)
#define EAGER_US       (30 * G_TIME_SPAN_SECOND)
#define LONG_PAUSE_US  (5 * G_TIME_SPAN_SECOND)
/* Connecting takes longer than going on. */
#define FIRST_DATA_US (10 * G_TIME_SPAN_SECOND)

void
ht_care_note_start (HtCare *care, int64_t now_us)
{
    care->is_running = TRUE;
    care->started_us = now_us;
    care->last_data_us = 0;
    if (care->lost_us == 0)
        care->lost_us = now_us;
}

void
ht_care_note_data (HtCare *care, int64_t now_us)
{
    care->last_data_us = now_us;
    care->lost_us = 0;
}

void
ht_care_note_exit (HtCare *care, int64_t retry_us, int64_t now_us)
{
    int64_t pause_us;

    care->is_running = FALSE;
    if (care->lost_us == 0)
        care->lost_us = now_us;
    pause_us = now_us - care->lost_us < EAGER_US ? LEAST_PAUSE_US : LONG_PAUSE_US;
    care->next_start_us = MAX (care->started_us + pause_us, now_us + retry_us);
}

static int64_t
get_deadline_us (const HtCare *care)
{
    return care->last_data_us != 0 ? care->last_data_us + care->stall_us
                                   : care->started_us + MAX (FIRST_DATA_US, care->stall_us);
}

HtCareStep
ht_care_decide (const HtCare *care, gboolean is_wanted, int64_t now_us)
{
    if (care->is_running)
        return is_wanted && now_us < get_deadline_us (care) ? HT_CARE_WAIT : HT_CARE_KILL;
    return is_wanted && now_us >= care->next_start_us ? HT_CARE_START : HT_CARE_WAIT;
}

int64_t
ht_care_get_next_us (const HtCare *care)
{
    return care->is_running ? get_deadline_us (care) : care->next_start_us;
}
