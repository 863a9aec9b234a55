/* SPDX-License-Identifier: MIT */

/* What a command would change, as the API shows it before it is done. */

#pragma once

#include "ui/http/api-private.h"

G_BEGIN_DECLS

/* Answers with the difference that @command would make for the person who asks. */
gboolean ht_api_show_difference (HtApi *api, HtRequest *request, HtReply *reply, HtCommand command,
                                 gconstpointer arguments, GError **error);

/* The list "left": sessions that were asked for and are not changed. */
void ht_api_write_left (HtApi *api, HtWriter *writer, int64_t person_id, const HtPreview *preview);

/* The lists of @session's members whose kinds are among the bits @kinds (HtMemberKind); sites with
 * that of HT_MEMBER_SITE. */
void ht_api_write_members (HtApi *api, HtWriter *writer, const HtSession *session, unsigned kinds);

/* The list "clashes" (element-type HtClash), which may be %NULL. */
void ht_api_write_clashes (HtApi *api, HtWriter *writer, const HtZone *zone, int64_t person_id,
                           const GArray *clashes);

G_END_DECLS
