/* SPDX-License-Identifier: MIT */

#include "tests/service/same-state.h"

#include "scheduler/service/replay.h"
#include "tests/service/fixture.h"

void
assert_same_state (HtState *a, HtState *b)
{
    g_assert_cmpint (ht_state_get_number (a), ==, ht_state_get_number (b));
    g_assert_cmpmem (ht_state_get_hash (a), 32, ht_state_get_hash (b), 32);
    for (int kind = 0; kind < HT_N_RECORDS; kind++)
        for (int64_t id = 1; id < ht_state_get_next_id (a, kind); id++) {
            gconstpointer one = ht_state_peek (a, kind, id), other = ht_state_peek (b, kind, id);

            g_assert_true ((one == NULL) == (other == NULL));
            g_assert_true (one == NULL ||
                           ht_fields_equal (ht_record_get_fields (kind), one, other));
        }
    for (int64_t id = 1; id < ht_state_get_next_id (a, HT_RECORD_RESOURCE); id++)
        g_assert_cmpuint (ht_timeline_get_count (ht_state_get_timeline (a, id)), ==,
                          ht_timeline_get_count (ht_state_get_timeline (b, id)));
}

static gboolean
replay (const HtChange *one, gpointer user_data, GError **error)
{
    return ht_replay_change (user_data, one, error);
}

/* The province as it was before the first change. */
static HtState *
load_seeded (const char *folder)
{
    g_autofree char *path = g_build_filename (folder, "seeded.db", NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (HtStore) store = ht_sqlite_store_open (path, &error);
    HtState *state = ht_state_new ();

    g_assert_no_error (error);
    fixture_seed_province (store);
    ht_state_load (state, store, &error);
    g_assert_no_error (error);
    return state;
}

void
assert_replays (HtStore *store, HtState *state, const char *folder)
{
    g_autoptr (HtState) replayed = load_seeded (folder);
    g_autoptr (GError) error = NULL;

    ht_store_read_log (store, 1, 1000000, replay, replayed, &error);
    g_assert_no_error (error);
    assert_same_state (replayed, state);
}
