/* SPDX-License-Identifier: MIT */

/* What reads the rows of imported tables. */

#pragma once

#include "scheduler/service/decider.h"
#include "scheduler/service/import.h"
#include "scheduler/support/csv.h"

G_BEGIN_DECLS

typedef struct {
    HtDecider *decider;
    HtCsv *csv;
    GHashTable *keys[HT_N_RECORDS]; /* import key to identity; made when first asked for */
    GHashTable *touched; /* identities of units and calendars that rows have begun anew */
} HtImporter;

/* Takes the present row of the table. */
typedef gboolean (*HtImportRow) (HtImporter *importer, GError **error);

gboolean ht_import_take_unit (HtImporter *importer, GError **error);
gboolean ht_import_take_closure (HtImporter *importer, GError **error);
gboolean ht_import_take_hours (HtImporter *importer, GError **error);
gboolean ht_import_take_link (HtImporter *importer, GError **error);
gboolean ht_import_take_resource (HtImporter *importer, GError **error);
gboolean ht_import_take_person (HtImporter *importer, GError **error);
gboolean ht_import_take_site (HtImporter *importer, GError **error);
gboolean ht_import_take_source (HtImporter *importer, GError **error);
gboolean ht_import_take_profile (HtImporter *importer, GError **error);

/* The record with the key of column "key", made where there is none. Borrowed; %NULL with an
 * error where the key is empty. */
gpointer ht_importer_put (HtImporter *importer, HtRecordKind kind, GError **error);

/* The same with a key of ours. */
gpointer ht_importer_put_key (HtImporter *importer, HtRecordKind kind, const char *key);

/* The identity behind the key in @column; 0 where it is empty. */
gboolean ht_importer_find (HtImporter *importer, HtRecordKind kind, const char *column,
                           int64_t *ret_id, GError **error);
gboolean ht_importer_find_key (HtImporter *importer, HtRecordKind kind, const char *key,
                               const char *column, int64_t *ret_id, GError **error);

/* A whole number not below @least; @standard where the field is empty. */
gboolean ht_importer_read_number (HtImporter *importer, const char *column, int64_t least,
                                  int64_t standard, int64_t *ret_number, GError **error);

/* Days since 1970; 0 where the field is empty. */
gboolean ht_importer_read_day (HtImporter *importer, const char *column, int64_t *ret_day,
                               GError **error);

/* The place of the field's text among @names. */
gboolean ht_importer_read_choice (HtImporter *importer, const char *column,
                                  const char *const *names, int *ret_choice, GError **error);

/* "yes" or "no" or empty; @ret_on stays as it is where the table has no such column. */
gboolean ht_importer_read_switch (HtImporter *importer, const char *column, gboolean *ret_on,
                                  GError **error);

/* Puts the field's text in the place of @member; an empty field is none, and where the table has no
 * such column @member stays as it is. */
void ht_importer_read_text (HtImporter *importer, const char *column, char **member);

G_END_DECLS
