/* SPDX-License-Identifier: MIT */

#include "scheduler/ports/store.h"

G_DEFINE_INTERFACE (HtStore, ht_store, G_TYPE_OBJECT)

static void
ht_store_default_init (HtStoreInterface *iface G_GNUC_UNUSED)
{
}

HtWrite *
ht_write_new (void)
{
    HtWrite *write = g_new0 (HtWrite, 1);

    write->rows = g_array_new (FALSE, TRUE, sizeof (HtRow));
    g_array_set_clear_func (write->rows, (GDestroyNotify) ht_row_clear);
    return write;
}

void
ht_write_free (HtWrite *write)
{
    g_clear_pointer (&write->body, g_bytes_unref);
    g_array_unref (write->rows);
    g_free (write);
}

gboolean
ht_store_load (HtStore *self, HtTable table, HtStoreRowFunc each, gpointer user_data,
               GError **error)
{
    g_return_val_if_fail (HT_IS_STORE (self) && table < HT_N_TABLES, FALSE);
    return HT_STORE_GET_IFACE (self)->load (self, table, each, user_data, error);
}

gboolean
ht_store_read_log (HtStore *self, int64_t from_number, unsigned limit, HtStoreChangeFunc each,
                   gpointer user_data, GError **error)
{
    g_return_val_if_fail (HT_IS_STORE (self), FALSE);
    return HT_STORE_GET_IFACE (self)->read_log (self, from_number, limit, each, user_data, error);
}

void
ht_store_write (HtStore *self, HtWrite *write, HtStoreDone done, gpointer user_data)
{
    g_return_if_fail (HT_IS_STORE (self) && write != NULL);
    HT_STORE_GET_IFACE (self)->write (self, write, done, user_data);
}

void
ht_store_flush (HtStore *self)
{
    g_return_if_fail (HT_IS_STORE (self));
    HT_STORE_GET_IFACE (self)->flush (self);
}

gboolean
ht_store_is_writing (HtStore *self, int64_t longer_than_us)
{
    g_return_val_if_fail (HT_IS_STORE (self), FALSE);
    return HT_STORE_GET_IFACE (self)->is_writing (self, longer_than_us);
}
