/* SPDX-License-Identifier: MIT */

#include "ui/http/peer.h"

#include <sys/socket.h>

struct _HtPeer {
    int fd;
    HtPeerState state;
    int64_t since_us;
};

struct _HtPeers {
    GHashTable *all; /* (element-type HtPeer) (owned) */
};

static const int64_t limits_us[] = {
    [HT_PEER_NEW] = 10 * G_USEC_PER_SEC,
    [HT_PEER_IDLE] = 75 * G_USEC_PER_SEC,
    [HT_PEER_SENDING] = 120 * G_USEC_PER_SEC,
    [HT_PEER_ANSWERING] = INT64_MAX,
};

HtPeers *
ht_peers_new (void)
{
    HtPeers *peers = g_new0 (HtPeers, 1);

    peers->all = g_hash_table_new_full (NULL, NULL, g_free, NULL);
    return peers;
}

void
ht_peers_free (HtPeers *peers)
{
    g_hash_table_unref (peers->all);
    g_free (peers);
}

HtPeer *
ht_peers_add (HtPeers *peers, int fd, int64_t now_us)
{
    HtPeer *peer = g_new0 (HtPeer, 1);

    *peer = (HtPeer){ fd, HT_PEER_NEW, now_us };
    g_hash_table_add (peers->all, peer);
    return peer;
}

void
ht_peers_remove (HtPeers *peers, HtPeer *peer)
{
    g_hash_table_remove (peers->all, peer);
}

unsigned
ht_peers_count (const HtPeers *peers)
{
    return g_hash_table_size (peers->all);
}

void
ht_peer_set_state (HtPeer *peer, HtPeerState state, int64_t now_us)
{
    peer->state = state;
    peer->since_us = now_us;
}

unsigned
ht_peers_cut (HtPeers *peers, int64_t now_us)
{
    GHashTableIter iter;
    gpointer key;
    unsigned n = 0;

    g_hash_table_iter_init (&iter, peers->all);
    while (g_hash_table_iter_next (&iter, &key, NULL)) {
        const HtPeer *peer = key;

        if (now_us - peer->since_us < limits_us[peer->state])
            continue;
        shutdown (peer->fd, SHUT_RDWR);
        n++;
    }
    return n;
}
