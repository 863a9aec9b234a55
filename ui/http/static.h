/* SPDX-License-Identifier: MIT */

/* The browser application: files under "/", compressed when they were built, and its page for every
 * other address, with the data of its first view inside. */

#pragma once

#include <gio/gio.h>

#include "ui/http/route.h"

G_BEGIN_DECLS

typedef struct _HtStatic HtStatic;

/* Says what the first view needs as one JSON object. Returns: (transfer full) (nullable) */
typedef GString *(*HtStaticBoot) (gpointer user_data, HtRequest *request);

/**
 * ht_static_new:
 * @resource: (nullable): what was built in
 * @prefix: the folder in it, "/hoitruong/web"
 * @folder: (nullable): a folder on the disk that is read at each request instead, while developing
 *
 * Without either a notice says that the application is not built in.
 */
HtStatic *ht_static_new (GResource *resource, const char *prefix, const char *folder);
void ht_static_free (HtStatic *self);

/* Its text takes the place of what stands in <script type="application/json" id="boot">. */
void ht_static_set_boot (HtStatic *self, HtStaticBoot boot, gpointer user_data);

/* An HtHandler; @self is an HtStatic. */
gboolean ht_static_handle (gpointer self, HtRequest *request, HtReply *reply, GError **error);

/* (transfer full): @page with @json in its boot block; unchanged where it has none. */
GString *ht_static_fill_boot (const char *page, size_t length, const char *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtStatic, ht_static_free)

G_END_DECLS
