/* SPDX-License-Identifier: MIT */

/* Tables that people write: which there are. ui/demo/README.md names their columns. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In the order in which tables may name each other. */
typedef enum {
    HT_IMPORT_UNITS,
    HT_IMPORT_CLOSURES,
    HT_IMPORT_HOURS,
    HT_IMPORT_LINKS,
    HT_IMPORT_RESOURCES,
    HT_IMPORT_PEOPLE,
    HT_IMPORT_SITES,
    HT_IMPORT_SOURCES,
    HT_IMPORT_PROFILES,
    HT_IMPORT_COURSES,
    HT_IMPORT_N_KINDS,
} HtImportKind;

extern const char *const ht_import_kind_names[]; /* "units", ..., "courses", NULL */

G_END_DECLS
