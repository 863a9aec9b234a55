/* SPDX-License-Identifier: MIT */

/* A page of memory that a recorder writes and anybody may read: it outlives its writer, so that
 * after a kill -9 it still tells how far the recorder came. One writer; readers never wait. */

#pragma once

#include "media/record/track-status.h"

G_BEGIN_DECLS

typedef struct _HtSharedPage HtSharedPage;

/**
 * ht_shared_page_create:
 *
 * Makes or takes over the file at @path, mode 0600, its blocks allotted at once (a page without a
 * block would kill the writer when the disk is full). It begins with nothing, whoever wrote it
 * before.
 *
 * Returns: (transfer full): for writing; %NULL with %HT_ERROR_FULL or %HT_ERROR_INTERNAL
 */
HtSharedPage *ht_shared_page_create (const char *path, GError **error);

/* (transfer full): for reading; %NULL with %HT_ERROR_NOT_FOUND, or %HT_ERROR_INVALID where the
 * file is no shared page of this version. */
HtSharedPage *ht_shared_page_open (const char *path, GError **error);

void ht_shared_page_write (HtSharedPage *page, const HtTrackStatus *status);

/* Takes a whole status; only where the writer died in the middle of one may members be of two
 * neighbouring statuses. */
void ht_shared_page_read (const HtSharedPage *page, HtTrackStatus *ret_status);

/* The file stays; whoever created it removes it by name. */
void ht_shared_page_free (HtSharedPage *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtSharedPage, ht_shared_page_free)

G_END_DECLS
