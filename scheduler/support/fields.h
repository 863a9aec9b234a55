/* SPDX-License-Identifier: MIT */

/* Records described by tables: one row a member. Reading and writing JSON, copying, comparing
 * and clearing follow from the table, so that no record needs code of its own for them. */

#pragma once

#include <json-glib/json-glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct _HtField HtField;

typedef enum {
    HT_FIELD_INT,   /* int64_t; min and max bound it when max > min */
    HT_FIELD_BOOL,  /* gboolean; JSON true and false, 0 and 1 in a row */
    HT_FIELD_TEXT,  /* char *, (owned) (nullable); max is letters, 200 when 0 */
    HT_FIELD_ENUM,  /* int; names is a NULL-terminated array indexed by the value */
    HT_FIELD_IDS,   /* GArray *, (element-type int64_t) (owned) (nullable); max is items */
    HT_FIELD_TEXTS, /* char **, (owned) (nullable); 200 letters each, max is items */
    HT_FIELD_LIST,  /* GArray *, (owned) (nullable) of the record named by list; max is items */
} HtFieldType;

typedef enum {
    HT_FIELD_REQUIRED = 1 << 0, /* refused where it is absent or null */
    HT_FIELD_LINES = 1 << 1,    /* text may have line breaks */
    HT_FIELD_PRIVATE = 1 << 2,  /* about a person: the log holds an HMAC under the person's key */
    HT_FIELD_SECRET = 1 << 3,   /* never in the log, never in an answer */
    HT_FIELD_KEY = 1 << 4,      /* part of the row's key */
} HtFieldFlags;

/* What a record is: its members, and its size in octets. */
typedef struct {
    const char *name; /* of the record, for error texts; of the table in the store */
    const HtField *fields;
    unsigned n_fields;
    size_t size;
} HtFields;

struct _HtField {
    const char *name; /* as in JSON and in the store */
    HtFieldType type;
    size_t offset;
    unsigned flags; /* HtFieldFlags */
    int64_t min, max;
    const char *const *names; /* of HT_FIELD_ENUM */
    const HtFields *list;     /* of HT_FIELD_LIST */
};

/* The arguments of an HtFields initialiser. */
#define HT_FIELDS(name, type, table)                                                               \
    {                                                                                              \
        name, table, G_N_ELEMENTS (table), sizeof (type)                                           \
    }

/**
 * ht_fields_decode:
 * @record: (out caller-allocates): zeroed by the caller; cleared by it, also after a failure
 *
 * Takes every member of @object into @record. Text is checked by ht_text_check().
 *
 * Returns: %FALSE with %HT_ERROR_INVALID, naming the member, where one is unknown, missing, of
 *   another type or out of bounds
 */
gboolean ht_fields_decode (const HtFields *fields, JsonObject *object, gpointer record,
                           GError **error);

/* Parses @text (at most @length octets, one object, nesting at most 8) and decodes it. */
gboolean ht_fields_decode_text (const HtFields *fields, const char *text, size_t length,
                                gpointer record, GError **error);

/* Called for each text or integer member that is PRIVATE: returns what stands for it, or %NULL
 * to leave it out. */
typedef char *(*HtFieldsVeil) (const HtField *field, gconstpointer record, gpointer user_data);

/* Appends one JSON object to @json. SECRET members are left out; NULL text and lists too. */
void ht_fields_encode (const HtFields *fields, gconstpointer record, GString *json,
                       HtFieldsVeil veil, gpointer user_data);

/* The value of one member, or null. What is PRIVATE in the items of a list is left out. */
void ht_fields_encode_member (const HtField *field, gconstpointer record, GString *json);
gboolean ht_fields_equal_member (const HtField *field, gconstpointer a, gconstpointer b);

/* Takes what @object names into @record, which holds values; null clears. Members with one of
 * @skip_flags are passed over. Errors as of ht_fields_decode(). */
gboolean ht_fields_update (const HtFields *fields, JsonObject *object, unsigned skip_flags,
                           gpointer record, GError **error);

void ht_fields_copy (const HtFields *fields, gconstpointer from, gpointer to);
void ht_fields_clear (const HtFields *fields, gpointer record);
gboolean ht_fields_equal (const HtFields *fields, gconstpointer a, gconstpointer b);
/* On the heap. */
gpointer ht_fields_dup (const HtFields *fields, gconstpointer record);
void ht_fields_free (const HtFields *fields, gpointer record);

G_END_DECLS
