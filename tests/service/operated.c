/* SPDX-License-Identifier: MIT */

#include "tests/service/operated.h"

#define MINUTE_US (HOUR_US / 60)

static GString *told[HT_NOTICE_N_KINDS];

static void
note_told (HtService *service G_GNUC_UNUSED, gpointer commit_pointer,
           gpointer user_data G_GNUC_UNUSED)
{
    const HtCommit *commit = commit_pointer;

    for (unsigned i = 0; i < commit->n_notices; i++) {
        GString *list = told[commit->notices[i].kind];

        g_string_append_printf (list, "%s%d", list->len > 0 ? "," : "",
                                (int) commit->notices[i].person_id);
    }
}

const char *
operated_list_told (HtNoticeKind kind)
{
    static char list[200];

    g_strlcpy (list, told[kind]->str, sizeof list);
    g_string_truncate (told[kind], 0);
    return list;
}

static void
seed_resource (HtStore *store, int64_t id, HtResourceKind kind, int64_t capacity)
{
    HtResource *resource = ht_record_new (HT_RECORD_RESOURCE);

    resource->id = id;
    resource->kind = kind;
    resource->name = g_strdup_printf ("Resource %d", (int) id);
    resource->unit_id = PROVINCE;
    resource->capacity = capacity;
    if (kind == HT_RESOURCE_ROOM)
        resource->setup_us = 45 * MINUTE_US;
    fixture_seed (store, HT_RECORD_RESOURCE, resource);
}

static void
seed_spare_site (HtStore *store)
{
    HtSite *site = ht_record_new (HT_RECORD_SITE);

    site->id = SITE_SPARE;
    site->unit_id = DISTRICT;
    site->name = g_strdup ("Spare site");
    site->zone = g_strdup ("Asia/Ho_Chi_Minh");
    site->room_id = ROOM_C;
    site->link_id = LINK_SPARE;
    fixture_seed (store, HT_RECORD_SITE, site);
}

void
operated_set_up (Fixture *f, gconstpointer data)
{
    g_autoptr (HtStore) store = NULL;

    fixture_set_up (f, data);
    fixture_close (f);
    store = ht_sqlite_store_open (f->path, NULL);
    seed_resource (store, ROOM_C, HT_RESOURCE_ROOM, 1);
    seed_resource (store, LINK_SPARE, HT_RESOURCE_LINK, 3000);
    seed_spare_site (store);
    ht_store_flush (store);
    g_clear_object (&store);
    fixture_open (f);
    for (int kind = 0; kind < HT_NOTICE_N_KINDS; kind++) {
        if (told[kind] == NULL)
            told[kind] = g_string_new (NULL);
        g_string_truncate (told[kind], 0);
    }
    g_signal_connect (f->service, "committed", G_CALLBACK (note_told), NULL);
}

const char *
operated_book (Fixture *f, const char *start)
{
    g_autoptr (GArray) sites = g_array_new (FALSE, FALSE, sizeof (HtBookingSite));
    HtBookingSite low = { .id = SITE_LOW, .kbps = 2000 };
    HtBooking booking = { .kind = HT_SERIES_CONFERENCE,
                          .title = (char *) "Giao ban",
                          .unit_id = DISTRICT,
                          .start = (char *) start,
                          .minutes = 60,
                          .main_site = SITE_TOP,
                          .sites = sites,
                          .audience = HT_AUDIENCE_PERSONS };

    g_array_append_val (sites, low);
    return fixture_do (f, OPERATOR, HT_COMMAND_BOOK, &booking);
}

HtTicker *
operated_start_ticker (Fixture *f, HtMedia *media)
{
    HtAgendaLeads leads = {
        5 * MINUTE_US, MINUTE_US, { 24 * HOUR_US, HOUR_US, 15 * MINUTE_US }, 5 * MINUTE_US
    };

    return ht_ticker_new (f->service, media, &f->clock, &leads);
}

void
operated_go_to (Fixture *f, HtTicker *ticker, int64_t now_us)
{
    f->clock.set_us = now_us;
    for (int i = 0; i < 5; i++) {
        ht_ticker_tick (ticker);
        ht_store_flush (f->store);
    }
}

const HtOperation *
operated_peek (Fixture *f, int64_t session_id)
{
    return ht_reads_peek (f->service, HT_RECORD_OPERATION, session_id);
}
