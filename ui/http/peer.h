/* SPDX-License-Identifier: MIT */

/* The connections and what each is doing, so that those can be cut that only hold a place: the
 * library's own timeout starts anew with every octet. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef enum {
    HT_PEER_NEW,       /* no request yet: a header within 10 s */
    HT_PEER_IDLE,      /* answered before: the next header within 75 s */
    HT_PEER_SENDING,   /* its body comes: within 120 s */
    HT_PEER_ANSWERING, /* our turn: the library's timeout cuts who does not read */
} HtPeerState;

typedef struct _HtPeer HtPeer;
typedef struct _HtPeers HtPeers;

HtPeers *ht_peers_new (void);
void ht_peers_free (HtPeers *peers);

/* @fd: of the socket, not taken over. Returns: lent until ht_peers_remove(). */
HtPeer *ht_peers_add (HtPeers *peers, int fd, int64_t now_us);
void ht_peers_remove (HtPeers *peers, HtPeer *peer);
unsigned ht_peers_count (const HtPeers *peers);

void ht_peer_set_state (HtPeer *peer, HtPeerState state, int64_t now_us);

/* Shuts the sockets of all whose time is over. @now_us: monotonic. Returns: how many. */
unsigned ht_peers_cut (HtPeers *peers, int64_t now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtPeers, ht_peers_free)

G_END_DECLS
