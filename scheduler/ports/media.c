/* SPDX-License-Identifier: MIT */

#include "scheduler/ports/media.h"

G_DEFINE_INTERFACE (HtMedia, ht_media, G_TYPE_OBJECT)

static void
ht_media_default_init (HtMediaInterface *iface G_GNUC_UNUSED)
{
}

void
ht_media_listen (HtMedia *self, HtMediaHear hear, gpointer user_data)
{
    g_return_if_fail (HT_IS_MEDIA (self));
    HT_MEDIA_GET_IFACE (self)->listen (self, hear, user_data);
}

void
ht_media_adopt (HtMedia *self, const int64_t *session_ids, unsigned n_sessions)
{
    g_return_if_fail (HT_IS_MEDIA (self));
    HT_MEDIA_GET_IFACE (self)->adopt (self, session_ids, n_sessions);
}

void
ht_media_want (HtMedia *self, const HtMediaJob *job)
{
    g_return_if_fail (HT_IS_MEDIA (self));
    HT_MEDIA_GET_IFACE (self)->want (self, job);
}

void
ht_media_stop (HtMedia *self, int64_t session_id)
{
    g_return_if_fail (HT_IS_MEDIA (self));
    HT_MEDIA_GET_IFACE (self)->stop (self, session_id);
}

void
ht_media_finalise (HtMedia *self, int64_t session_id, int64_t start_us, int64_t end_us)
{
    g_return_if_fail (HT_IS_MEDIA (self));
    HT_MEDIA_GET_IFACE (self)->finalise (self, session_id, start_us, end_us);
}

gboolean
ht_media_peek (HtMedia *self, int64_t session_id, HtMediaEvent *ret_status)
{
    g_return_val_if_fail (HT_IS_MEDIA (self), FALSE);
    return HT_MEDIA_GET_IFACE (self)->peek (self, session_id, ret_status);
}
