/* SPDX-License-Identifier: MIT */

/* Pieces of a gzip file (RFC 1952) that can be made one by one and joined: each ends at an octet
 * and looks back at nothing before it, so that a change costs the piece that it lies in. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct {
    GBytes *octets;  /* deflate blocks, none of them the last */
    uint32_t crc;    /* of the plain octets */
    uint64_t length; /* of the plain octets */
} HtDeflated;

/* (transfer full) */
HtDeflated *ht_deflated_new (const char *plain, size_t length);
void ht_deflated_free (HtDeflated *deflated);

/* (transfer full): @pieces (element-type HtDeflated) in their order as one gzip file. */
GBytes *ht_deflated_join (const GPtrArray *pieces);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtDeflated, ht_deflated_free)

G_END_DECLS
