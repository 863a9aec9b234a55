/* SPDX-License-Identifier: MIT */

/* What a notice says: which sessions it is about, and the words of its mail, in Vietnamese. Made of
 * what is committed when it is sent, of what its reader may see. */

#pragma once

#include "scheduler/core/zone.h"
#include "scheduler/service/service.h"

G_BEGIN_DECLS

/* Lent. */
typedef struct {
    HtService *service;
    const HtZone *zone;  /* where a series names none that we know */
    const char *address; /* (nullable): "https://host/", where pages are */
} HtNoticeTextSettings;

/* (transfer full) (element-type HtSession): by slot; those of the series that the change touched,
 * all of it where it was booked. */
GPtrArray *ht_notice_list_sessions (HtService *service, const HtNotice *notice);

/* Whether there is nothing left to say: what was booked or moved has been cancelled since, or all
 * of it is over. */
gboolean ht_notice_is_moot (const HtNotice *notice, const GPtrArray *sessions, int64_t now_us);

/* @sessions: as listed above, at least one. (transfer full) both. */
char *ht_notice_make_subject (const HtNoticeTextSettings *settings, const HtNotice *notice,
                              const GPtrArray *sessions);
char *ht_notice_make_text (const HtNoticeTextSettings *settings, const HtNotice *notice,
                           const GPtrArray *sessions);

G_END_DECLS
