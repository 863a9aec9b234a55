/* SPDX-License-Identifier: MIT */

/* What a decision costs: a conference of 152 sites with their links against one million
 * reservations on 1,000 resources (decide.*), the first common free hour of them in 30 days of
 * which three quarters are taken (slot.*), and the million itself (load.*).
 *
 * Usage: bench-core decide|slot|load; slot asks the PostgreSQL of PGHOST the same */

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "scheduler/core/slot-grid.h"
#include "scheduler/core/wants.h"
#include "tests/bench/slot-sql.h"

enum {
    SITES = 152,
    DISTRICTS = 9,
    RESOURCES = 1000,
    PER_RESOURCE = 1000,
    /* identities: rooms, then codecs, then links of sites, of districts, then what is left */
    ROOM = 1,
    CODEC = ROOM + SITES,
    LINK = CODEC + SITES,
    DISTRICT = LINK + SITES,
    OTHER = DISTRICT + DISTRICTS,
    KBPS = 2000,
};

#define HOUR_US (INT64_C (3600) * G_USEC_PER_SEC)
#define YEARS_H (2 * 365 * 24)

typedef struct {
    HtResource resources[RESOURCES + 1]; /* by identity */
    HtSite sites[SITES + 1];             /* by identity */
    HtMember members[SITES];
    HtTimeline *timelines[RESOURCES + 1]; /* (owned) */
    int64_t from_us;
    int64_t clear_h; /* hour from @from_us that nobody takes */
    GRand *rand;
} World;

static double
read_cpu_ms (void)
{
    struct timespec now;

    clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static void
print_figure (const char *name, double value, const char *unit)
{
    printf ("BENCH %s ours=%.4g peer=- ratio=- unit=%s peer-name=-\n", name, value, unit);
}

static int64_t
get_capacity (int64_t id)
{
    if (id == LINK || (id >= DISTRICT && id < OTHER)) /* the main site's carries all of them */
        return 25 * KBPS;
    return id >= LINK && id < DISTRICT ? 2 * KBPS : 1;
}

static void
make_places (World *world)
{
    for (int64_t id = 1; id <= RESOURCES; id++) {
        gboolean of_site = id >= LINK && id < DISTRICT;

        world->resources[id] = (HtResource){
            .id = id,
            .capacity = get_capacity (id),
            .parent_id = of_site ? DISTRICT + (id - LINK) % DISTRICTS : 0,
        };
    }
    for (int64_t s = 0; s < SITES; s++) {
        world->sites[s + 1] = (HtSite){
            .id = s + 1, .room_id = ROOM + s, .codec_id = CODEC + s, .link_id = LINK + s
        };
        world->members[s] =
            (HtMember){ s == 0 ? HT_MEMBER_MAIN_SITE : HT_MEMBER_SITE, s + 1, s == 0 ? 0 : 100 };
    }
}

/* An hour each, spread over @hours, none in the hour that stays clear. */
static void
make_holdings (World *world, int64_t id, HtHolding *holdings, unsigned count, int64_t hours)
{
    for (unsigned i = 0; i < count; i++) {
        int64_t hour = (int64_t) i * hours / count;
        int64_t amount = get_capacity (id);

        if (hour == world->clear_h)
            hour++;
        holdings[i] =
            (HtHolding){ g_rand_int_range (world->rand, 1, 1000000),
                         { world->from_us + hour * HOUR_US, world->from_us + (hour + 1) * HOUR_US },
                         amount };
    }
    for (unsigned i = count; i > 1; i--) { /* as a store may give them: in no order */
        unsigned other = (unsigned) g_rand_int_range (world->rand, 0, (int) i);
        HtHolding kept = holdings[i - 1];

        holdings[i - 1] = holdings[other];
        holdings[other] = kept;
    }
}

static HtHolding *
make_all_holdings (World *world, unsigned per_resource, int64_t hours)
{
    HtHolding *holdings = g_new (HtHolding, (size_t) RESOURCES * per_resource);

    for (int64_t id = 1; id <= RESOURCES; id++)
        make_holdings (world, id, holdings + (id - 1) * per_resource, per_resource, hours);
    return holdings;
}

static void
load_all (World *world, const HtHolding *holdings, unsigned per_resource, unsigned loaded)
{
    for (int64_t id = 1; id <= RESOURCES; id++) {
        world->timelines[id] = ht_timeline_new ();
        ht_timeline_load (world->timelines[id], holdings + (id - 1) * per_resource, loaded, NULL);
    }
}

static void
forget_all (World *world)
{
    for (int64_t id = 1; id <= RESOURCES; id++)
        g_clear_pointer (&world->timelines[id], ht_timeline_free);
}

static double
measure_bytes (const World *world)
{
    size_t bytes = 0;

    for (int64_t id = 1; id <= RESOURCES; id++)
        bytes += ht_timeline_measure (world->timelines[id]);
    return (double) bytes;
}

/* --- what the core asks -------------------------------------------------------------------- */

static const HtSite *
get_site (int64_t id, gpointer user_data)
{
    const World *world = user_data;

    return &world->sites[id];
}

static const HtResource *
get_resource (int64_t id, gpointer user_data)
{
    const World *world = user_data;

    return &world->resources[id];
}

static gboolean
look_up (int64_t id, HtSupply *supply, gpointer user_data)
{
    const World *world = user_data;

    *supply = (HtSupply){ world->timelines[id], world->resources[id].capacity, NULL, FALSE };
    return TRUE;
}

static GArray *
list_demands (World *world, HtSpan span)
{
    HtWantsLookup lookup = { .get_site = get_site,
                             .get_resource = get_resource,
                             .user_data = world };
    HtWants wants = { .span = span, .members = world->members, .n_members = SITES };
    g_autoptr (GArray) taken = ht_wants_expand (&wants, &lookup, NULL);
    GArray *demands = g_array_new (FALSE, FALSE, sizeof (HtDemand));

    for (unsigned i = 0; i < taken->len; i++) {
        HtDemand demand = { 0, g_array_index (taken, HtReservation, i), span };

        g_array_append_val (demands, demand);
    }
    return demands;
}

/* --- figures ------------------------------------------------------------------------------- */

static gboolean
decide (World *world, int64_t hour, gboolean explain)
{
    HtSpan span = { world->from_us + hour * HOUR_US, world->from_us + (hour + 1) * HOUR_US };
    g_autoptr (GArray) demands = list_demands (world, span);
    g_autoptr (GArray) obstacles = NULL;
    HtAdmission admission = {
        (const HtDemand *) (void *) demands->data, demands->len, NULL, 0, look_up, world, FALSE
    };

    return ht_admission_decide (&admission, explain ? &obstacles : NULL, NULL);
}

static void
measure_decisions (World *world)
{
    enum { ROUNDS = 400 };
    g_autofree HtHolding *holdings = make_all_holdings (world, PER_RESOURCE, YEARS_H);
    unsigned admitted = 0;
    double started_ms;

    load_all (world, holdings, PER_RESOURCE, PER_RESOURCE);
    started_ms = read_cpu_ms ();
    for (int i = 0; i < ROUNDS; i++)
        admitted += decide (world, world->clear_h, FALSE);
    print_figure ("decide.conference", (read_cpu_ms () - started_ms) / ROUNDS, "ms");
    g_assert_cmpuint (admitted, ==, ROUNDS);

    started_ms = read_cpu_ms ();
    for (int i = 0; i < ROUNDS; i++)
        admitted += decide (world, i * 100 * YEARS_H / 100 / PER_RESOURCE, TRUE);
    print_figure ("decide.explained", (read_cpu_ms () - started_ms) / ROUNDS, "ms");
    g_assert_cmpuint (admitted, <=, ROUNDS + 1);
    forget_all (world);
}

enum { DAYS_H = 30 * 24, TAKEN_H = DAYS_H * 3 / 4 };

/* The rows that the timelines were loaded with, and what they were asked. */
static double
ask_postgres (const HtSlotSearch *search, const HtHolding *holdings)
{
    g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (HtSlotSqlRow));
    g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
    HtSlotSql question = { .within = search->within,
                           .length_us = search->length_us,
                           .grid_us = search->grid_us };
    int64_t start_us;
    double took_ms;

    for (unsigned i = 0; i < RESOURCES * DAYS_H; i++) {
        HtSlotSqlRow row = { 1 + i / DAYS_H, holdings[i].span };

        if (i % DAYS_H < TAKEN_H)
            g_array_append_val (rows, row);
    }
    for (size_t i = 0; i < search->n_demands; i++)
        g_array_append_val (ids, search->demands[i].reservation.resource_id);
    question.rows = (const HtSlotSqlRow *) (void *) rows->data;
    question.n_rows = rows->len;
    question.resource_ids = (const int64_t *) (void *) ids->data;
    question.n_resource_ids = ids->len;
    took_ms = ht_slot_sql_ask (&question, 3, &start_us);
    g_assert_cmpint (start_us, ==, search->start_us);
    return took_ms;
}

/* What is in the way of each quarter of an hour in the same time: what a person is told where there
 * is no slot. */
static void
measure_grid (const HtSlotSearch *search)
{
    enum { ROUNDS = 20 };
    g_autofree unsigned *parties = g_new0 (unsigned, search->n_demands);
    double started_ms = read_cpu_ms ();

    for (int i = 0; i < ROUNDS; i++) {
        g_autoptr (HtSlotGrid) grid = ht_slot_grid_make (search, parties, NULL);

        g_assert_true (grid->complete);
        g_assert_cmpuint (grid->starts->len, ==, (DAYS_H - 1) * 4 + 1);
    }
    print_figure ("slot.grid", (read_cpu_ms () - started_ms) / ROUNDS, "ms");
}

static void
measure_search (World *world)
{
    enum { ROUNDS = 40 };
    g_autofree HtHolding *holdings = NULL;
    g_autoptr (GArray) demands = NULL;
    HtSlotSearch search = { .start_us = world->from_us,
                            .length_us = HOUR_US,
                            .within = { world->from_us, world->from_us + DAYS_H * HOUR_US },
                            .grid_us = HOUR_US / 4,
                            .most = 1,
                            .lookup = look_up,
                            .user_data = world };
    double started_ms, ours_ms, peer_ms;

    world->clear_h = DAYS_H - 24;
    holdings = make_all_holdings (world, DAYS_H, DAYS_H);
    /* in random order, so that three hours of four are taken, other ones of each resource */
    load_all (world, holdings, DAYS_H, TAKEN_H);
    demands = list_demands (world, (HtSpan){ world->from_us, world->from_us + HOUR_US });
    search.demands = (const HtDemand *) (void *) demands->data;
    search.n_demands = demands->len;
    started_ms = read_cpu_ms ();
    for (int i = 0; i < ROUNDS; i++) {
        g_autoptr (HtSlots) slots = ht_slots_find (&search, NULL);

        g_assert_cmpuint (slots->slots->len, ==, 1);
        g_assert_cmpint (g_array_index (slots->slots, HtSpan, 0).start_us, ==,
                         world->from_us + world->clear_h * HOUR_US);
    }
    ours_ms = (read_cpu_ms () - started_ms) / ROUNDS;
    measure_grid (&search);
    search.start_us = world->from_us + world->clear_h * HOUR_US;
    peer_ms = ask_postgres (&search, holdings);
    printf ("BENCH slot.first ours=%.4g peer=%.4g ratio=%.2f unit=ms peer-name=postgresql\n",
            ours_ms, peer_ms, peer_ms / ours_ms);
    forget_all (world);
}

static void
measure_loading (World *world)
{
    g_autofree HtHolding *holdings = make_all_holdings (world, PER_RESOURCE, YEARS_H);
    const double million = (double) RESOURCES * PER_RESOURCE;
    double started_ms = read_cpu_ms ();

    load_all (world, holdings, PER_RESOURCE, PER_RESOURCE);
    print_figure ("load.million", read_cpu_ms () - started_ms, "ms");
    print_figure ("load.memory", measure_bytes (world) / million, "octets");
    forget_all (world);

    for (int64_t id = 1; id <= RESOURCES; id++)
        world->timelines[id] = ht_timeline_new ();
    started_ms = read_cpu_ms ();
    for (unsigned i = 0; i < RESOURCES * PER_RESOURCE; i++)
        ht_timeline_add (world->timelines[1 + i / PER_RESOURCE], &holdings[i], NULL);
    print_figure ("load.singly", read_cpu_ms () - started_ms, "ms");
    print_figure ("load.singly.memory", measure_bytes (world) / million, "octets");
    forget_all (world);
}

int
main (int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*measure) (World *world);
    } figures[] = { { "decide", measure_decisions },
                    { "slot", measure_search },
                    { "load", measure_loading } };
    g_autofree World *world = g_new0 (World, 1);

    world->from_us = INT64_C (1795000000) / 3600 * HOUR_US;
    world->clear_h = YEARS_H / 2;
    world->rand = g_rand_new_with_seed (1);
    make_places (world);
    for (size_t i = 0; i < G_N_ELEMENTS (figures); i++)
        if (argc < 2 || strcmp (argv[1], figures[i].name) == 0)
            figures[i].measure (world);
    g_rand_free (world->rand);
    return 0;
}
