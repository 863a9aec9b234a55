/* SPDX-License-Identifier: MIT */

#include "media/supervisor/connections.h"

struct _HtConnections {
    GHashTable *most; /* (element-type utf8 int64) (owned): by address */
};

HtConnections *
ht_connections_new (void)
{
    HtConnections *self = g_new0 (HtConnections, 1);

    self->most = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    return self;
}

void
ht_connections_free (HtConnections *self)
{
    g_hash_table_unref (self->most);
    g_free (self);
}

void
ht_connections_set (HtConnections *self, const char *url, int64_t most)
{
    if (most > 0)
        g_hash_table_insert (self->most, g_strdup (url), g_memdup2 (&most, sizeof most));
    else
        g_hash_table_remove (self->most, url);
}

static const char *
get_url (const HtSupervisedTrack *track)
{
    return ht_supervised_track_get_job (track)->source.url;
}

static int64_t
get_end_us (const HtSupervisedTrack *track)
{
    return ht_supervised_track_get_job (track)->end_us;
}

/* A recorder has one connection however many tracks it feeds. */
static gboolean
has_recorder (const GPtrArray *tracks, unsigned n, const char *url, int64_t pid)
{
    for (unsigned i = 0; i < n; i++)
        if (ht_supervised_track_get_pid (tracks->pdata[i]) == pid &&
            g_strcmp0 (get_url (tracks->pdata[i]), url) == 0)
            return TRUE;
    return FALSE;
}

const HtSupervisedTrack *
ht_connections_find_host (const HtConnections *self, const GPtrArray *tracks,
                          const HtSupervisedTrack *track)
{
    const char *url = get_url (track);
    const int64_t *most = url == NULL ? NULL : g_hash_table_lookup (self->most, url);
    const HtSupervisedTrack *host = NULL;
    int64_t n_recorders = 0;

    for (unsigned i = 0; most != NULL && i < tracks->len; i++) {
        const HtSupervisedTrack *other = tracks->pdata[i];

        if (!ht_supervised_track_is_running (other) || g_strcmp0 (get_url (other), url) != 0)
            continue;
        if (!has_recorder (tracks, i, url, ht_supervised_track_get_pid (other)))
            n_recorders++;
        if (host == NULL || get_end_us (other) < get_end_us (host))
            host = other;
    }
    return most != NULL && n_recorders >= *most ? host : NULL;
}
