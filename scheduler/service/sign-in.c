/* SPDX-License-Identifier: MIT */

#include "scheduler/service/sign-in.h"

#include "scheduler/service/service-private.h"

static void
sign_in_free (HtSignIn *sign_in)
{
    g_free (sign_in->token_hash);
    g_free (sign_in->csrf);
    g_free (sign_in);
}

void
ht_service_clear_sign_ins (HtService *service)
{
    GHashTableIter iter;
    gpointer sign_in;

    g_hash_table_iter_init (&iter, service->sign_ins);
    while (g_hash_table_iter_next (&iter, NULL, &sign_in)) {
        g_hash_table_iter_steal (&iter);
        sign_in_free (sign_in);
    }
}

/* Keeps @sign_in (transfer full) in the place of the one with its token. */
static void
keep (HtService *service, HtSignIn *sign_in)
{
    HtSignIn *old = g_hash_table_lookup (service->sign_ins, sign_in->token_hash);

    g_hash_table_replace (service->sign_ins, sign_in->token_hash, sign_in);
    g_clear_pointer (&old, sign_in_free);
}

static gboolean
take_row (const HtValue *values, gpointer user_data, GError **error G_GNUC_UNUSED)
{
    HtSignIn *sign_in = g_new0 (HtSignIn, 1);

    sign_in->token_hash = g_strdup (values[0].text);
    sign_in->person_id = values[1].integer;
    sign_in->csrf = g_strdup (values[2].text);
    sign_in->created_us = values[3].integer;
    sign_in->seen_us = values[4].integer;
    sign_in->expires_us = values[5].integer;
    keep (user_data, sign_in);
    return TRUE;
}

gboolean
ht_service_load_sign_ins (HtService *service, GError **error)
{
    return ht_store_load (service->store, HT_TABLE_SIGN_IN, take_row, service, error);
}

static HtRow
make_row (const HtSignIn *sign_in, HtRowAction action)
{
    unsigned n_values = action == HT_ROW_REMOVE ? 1 : 6;
    HtRow row = { HT_TABLE_SIGN_IN, action, n_values, g_new0 (HtValue, 6) };

    row.values[0] = (HtValue){ HT_VALUE_TEXT, 0, g_strdup (sign_in->token_hash) };
    if (action == HT_ROW_REMOVE)
        return row;
    row.values[1] = (HtValue){ HT_VALUE_INT, sign_in->person_id, NULL };
    row.values[2] = (HtValue){ HT_VALUE_TEXT, 0, g_strdup (sign_in->csrf) };
    row.values[3] = (HtValue){ HT_VALUE_INT, sign_in->created_us, NULL };
    row.values[4] = (HtValue){ HT_VALUE_INT, sign_in->seen_us, NULL };
    row.values[5] = (HtValue){ HT_VALUE_INT, sign_in->expires_us, NULL };
    return row;
}

static void
write_row (HtService *service, HtRow row, HtStoreDone done, gpointer user_data)
{
    HtWrite *write = ht_write_new ();

    g_array_append_val (write->rows, row);
    ht_store_write (service->store, write, done, user_data);
}

void
ht_sign_in_put (HtService *service, const HtSignIn *sign_in, HtStoreDone done, gpointer user_data)
{
    HtSignIn *copy = g_memdup2 (sign_in, sizeof *sign_in);

    copy->token_hash = g_strdup (sign_in->token_hash);
    copy->csrf = g_strdup (sign_in->csrf);
    keep (service, copy);
    write_row (service, make_row (copy, HT_ROW_PUT), done, user_data);
}

const HtSignIn *
ht_sign_in_peek (HtService *service, const char *token_hash)
{
    const HtSignIn *sign_in = g_hash_table_lookup (service->sign_ins, token_hash);
    const HtPerson *person =
        sign_in == NULL ? NULL : ht_service_peek (service, HT_RECORD_PERSON, sign_in->person_id);

    if (person == NULL || person->closed ||
        sign_in->expires_us <= ht_clock_read_us (service->clock))
        return NULL;
    return sign_in;
}

void
ht_sign_in_remove (HtService *service, const char *token_hash, HtStoreDone done, gpointer user_data)
{
    HtSignIn *sign_in = g_hash_table_lookup (service->sign_ins, token_hash);

    if (sign_in == NULL) {
        if (done != NULL)
            done (NULL, user_data);
        return;
    }
    g_hash_table_remove (service->sign_ins, token_hash);
    write_row (service, make_row (sign_in, HT_ROW_REMOVE), done, user_data);
    sign_in_free (sign_in);
}

void
ht_sign_in_remove_others (HtService *service, int64_t person_id, const char *keep_hash)
{
    g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init (&iter, service->sign_ins);
    while (g_hash_table_iter_next (&iter, NULL, &value)) {
        const HtSignIn *sign_in = value;

        if (sign_in->person_id == person_id && g_strcmp0 (sign_in->token_hash, keep_hash) != 0)
            g_ptr_array_add (found, g_strdup (sign_in->token_hash));
    }
    for (unsigned i = 0; i < found->len; i++)
        ht_sign_in_remove (service, g_ptr_array_index (found, i), NULL, NULL);
}
