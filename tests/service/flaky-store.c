/* SPDX-License-Identifier: MIT */

#include "tests/service/flaky-store.h"

#include "scheduler/base/error.h"

struct _FlakyStore {
    GObject parent;
    HtStore *inner;
    unsigned period, turn;
    int code;
};

typedef struct {
    HtStoreDone done;
    gpointer user_data;
    int code;
} Failure;

static void flaky_init (HtStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlakyStore, flaky_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HT_TYPE_STORE, flaky_init))

static gboolean
load (HtStore *store, HtTable table, HtStoreRowFunc each, gpointer user_data, GError **error)
{
    return ht_store_load (FLAKY_STORE (store)->inner, table, each, user_data, error);
}

static gboolean
read_log (HtStore *store, int64_t from, unsigned limit, HtStoreChangeFunc each, gpointer user_data,
          GError **error)
{
    return ht_store_read_log (FLAKY_STORE (store)->inner, from, limit, each, user_data, error);
}

static void
fail (const GError *unused G_GNUC_UNUSED, gpointer user_data)
{
    Failure *failure = user_data;
    g_autoptr (GError) error =
        g_error_new_literal (HT_ERROR, failure->code, "the test wanted this to fail");

    failure->done (error, failure->user_data);
    g_free (failure);
}

/* In its turn among the others: an empty write goes in its place. */
static void
write_or_fail (HtStore *store, HtWrite *write, HtStoreDone done, gpointer user_data)
{
    FlakyStore *self = FLAKY_STORE (store);
    Failure *failure;

    if (self->period == 0 || ++self->turn % self->period != 0 || done == NULL) {
        ht_store_write (self->inner, write, done, user_data);
        return;
    }
    ht_write_free (write);
    failure = g_new0 (Failure, 1);
    *failure = (Failure){ done, user_data, self->code };
    ht_store_write (self->inner, ht_write_new (), fail, failure);
}

static void
flush (HtStore *store)
{
    ht_store_flush (FLAKY_STORE (store)->inner);
}

static gboolean
is_writing (HtStore *store, int64_t longer_than_us)
{
    return ht_store_is_writing (FLAKY_STORE (store)->inner, longer_than_us);
}

static void
flaky_init (HtStoreInterface *iface)
{
    iface->load = load;
    iface->read_log = read_log;
    iface->write = write_or_fail;
    iface->flush = flush;
    iface->is_writing = is_writing;
}

static void
flaky_store_dispose (GObject *object)
{
    g_clear_object (&FLAKY_STORE (object)->inner);
    G_OBJECT_CLASS (flaky_store_parent_class)->dispose (object);
}

static void
flaky_store_class_init (FlakyStoreClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = flaky_store_dispose;
}

static void
flaky_store_init (FlakyStore *self G_GNUC_UNUSED)
{
}

HtStore *
flaky_store_new (HtStore *inner, unsigned period, int code)
{
    FlakyStore *self = g_object_new (FLAKY_TYPE_STORE, NULL);

    self->inner = g_object_ref (inner);
    self->period = period;
    self->code = code;
    return HT_STORE (self);
}
