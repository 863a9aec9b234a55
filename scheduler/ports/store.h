/* SPDX-License-Identifier: MIT */

/* What the service needs of a database: rows and the log, written together, and read at start. */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

#include "scheduler/ports/table.h"

G_BEGIN_DECLS

/* Everything that one accepted command writes. @number 0: rows without a change (sign-in sessions,
 * an outbox row that was carried out): they need no number. */
typedef struct {
    int64_t number;
    int64_t at_us;
    int64_t actor_id;
    GBytes *body; /* (owned) (nullable): one line of JSON, stored as octets */
    uint8_t hash[32];
    GArray *rows; /* (element-type HtRow) (owned) */
} HtWrite;

HtWrite *ht_write_new (void);
void ht_write_free (HtWrite *write);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtWrite, ht_write_free)

/* One change as it stands in the log. */
typedef struct {
    int64_t number;
    int64_t at_us;
    int64_t actor_id;
    const char *body;
    size_t body_bytes;
    const uint8_t *hash; /* 32 octets */
} HtChange;

typedef gboolean (*HtStoreRowFunc) (const HtValue *values, gpointer user_data, GError **error);
typedef gboolean (*HtStoreChangeFunc) (const HtChange *change, gpointer user_data, GError **error);

/* @error: (nullable): %NULL when it is durable. HT_ERROR_FULL and HT_ERROR_INTERNAL: not done;
 * HT_ERROR_UNKNOWN: neither done nor refused, the store has stopped and the service must too;
 * HT_ERROR_STALE: another node wrote first. Called on the thread-default context that the store
 * was made in, in the order of the writes. */
typedef void (*HtStoreDone) (const GError *error, gpointer user_data);

#define HT_TYPE_STORE (ht_store_get_type ())
G_DECLARE_INTERFACE (HtStore, ht_store, HT, STORE, GObject)

struct _HtStoreInterface {
    GTypeInterface parent;

    gboolean (*load) (HtStore *self, HtTable table, HtStoreRowFunc each, gpointer user_data,
                      GError **error);
    gboolean (*read_log) (HtStore *self, int64_t from_number, unsigned limit,
                          HtStoreChangeFunc each, gpointer user_data, GError **error);
    void (*write) (HtStore *self, HtWrite *write, HtStoreDone done, gpointer user_data);
    void (*flush) (HtStore *self);
    gboolean (*is_writing) (HtStore *self, int64_t longer_than_us);
};

/* Reads every row of @table, in the order of its key, on the calling thread. */
gboolean ht_store_load (HtStore *self, HtTable table, HtStoreRowFunc each, gpointer user_data,
                        GError **error);

/* Reads up to @limit changes from @from_number on, in order; -2 is the last but one. On a
 * connection of its own that sees committed changes only. */
gboolean ht_store_read_log (HtStore *self, int64_t from_number, unsigned limit,
                            HtStoreChangeFunc each, gpointer user_data, GError **error);

/**
 * ht_store_write:
 * @write: (transfer full)
 *
 * Hands @write to the writer thread. Writes that wait are committed together, each with its own
 * outcome; a write whose number does not follow the last one stored is HT_ERROR_STALE.
 */
void ht_store_write (HtStore *self, HtWrite *write, HtStoreDone done, gpointer user_data);

/* Waits until every write handed over has its outcome, and calls the callbacks. */
void ht_store_flush (HtStore *self);

/* Whether one commit has lasted longer than that: the watchdog's question. */
gboolean ht_store_is_writing (HtStore *self, int64_t longer_than_us);

G_END_DECLS
