/* SPDX-License-Identifier: MIT */

/* What goes along with a mail about sessions: the series as the recipient may see it, as one
 * iTIP message (RFC 5546) under the UID that feeds give it too. */

#pragma once

#include "calendar/publish/series-text.h"

G_BEGIN_DECLS

/* Lent. */
typedef struct {
    const HtSeries *series;
    const HtPerson *to;
    const GPtrArray *told; /* (element-type HtSession): what the mail is about */
    gboolean cancels;      /* they were taken off */
    const char *sender;    /* (nullable): the address that organises where nobody's is known */
} HtInvitation;

/**
 * ht_invitation_write:
 * @ret_method: (out) (transfer none): "REQUEST" and "CANCEL" to who is asked to come; "PUBLISH" to
 *   the organiser, and where the series has several UIDs, which the others may not have (3.2)
 *
 * Returns: (transfer full) (nullable): %NULL where there is nothing that is published
 */
char *ht_invitation_write (const HtSeriesTextSettings *settings, const HtInvitation *invitation,
                           const char **ret_method);

/* What goes along with the outbox's mails. Lent. */
typedef struct {
    const HtSeriesTextSettings *settings;
    const char *sender; /* as above */
} HtInviter;

/* An HtOutboxInvite; @inviter is an HtInviter. */
char *ht_invitation_make (gpointer inviter, const HtNotice *notice, const GPtrArray *sessions,
                          const char **ret_method);

G_END_DECLS
