/* SPDX-License-Identifier: MIT */

/* Finalising: one job at a time, in the order asked for, so that making files never takes from
 * recording what it needs. The process stays while jobs wait. */

#pragma once

#include <gio/gio.h>

#include "media/record/finalise-job.h"

G_BEGIN_DECLS

typedef struct _HtFinalising HtFinalising;

/* @report: its last one has @ended, also where the process could not be run or died. */
typedef void (*HtFinalisingHear) (const char *folder, const HtFinaliseReport *report,
                                  gpointer user_data);

/* @program: path of hoitruong-finalise */
HtFinalising *ht_finalising_new (const char *program, HtFinalisingHear hear, gpointer user_data);

/* A folder that waits or is being finalised already is not taken twice. */
void ht_finalising_add (HtFinalising *self, const HtFinaliseJob *job);

/* Ends a process that runs: its folder is whole and can be finalised again. */
void ht_finalising_free (HtFinalising *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtFinalising, ht_finalising_free)

G_END_DECLS
