/* SPDX-License-Identifier: MIT */

/* What recorders should do for a session, told to the media port: from committed records. */

#pragma once

#include "scheduler/service/service.h"

G_BEGIN_DECLS

/* Its recorders should run. */
void ht_media_wants_record (HtService *service, HtMedia *media, int64_t session_id);

/* Tells the port how its job's state wants things to be: run, close, become files, or nothing. */
void ht_media_wants_reconcile (HtService *service, HtMedia *media, int64_t session_id);

/* (transfer full) (element-type int64_t): sessions whose recorders a new daemon takes over. */
GArray *ht_media_wants_list_live (HtService *service);

G_END_DECLS
