/* SPDX-License-Identifier: MIT */

/* Random commands from many clients, some of which fail to be stored: afterwards no resource is
 * above its capacity, nothing acknowledged is missing, and the log replayed gives the same state.
 */

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/core/agenda.h"
#include "scheduler/core/quota.h"
#include "scheduler/service/service-private.h"
#include "tests/service/fixture.h"
#include "tests/service/flaky-store.h"
#include "tests/service/invariants.h"
#include "tests/service/same-state.h"

#define N_STEPS 600

typedef struct {
    Fixture f;
    GArray *acknowledged; /* (element-type int64_t): series */
    unsigned n_refused, n_failed, n_approved, n_displaced;
} World;

/* Of all worlds: what is rare need not come about in each. */
static unsigned n_approved, n_displaced, n_rehearsals;

static void
note (const HtAnswer *answer, const HtPreview *preview G_GNUC_UNUSED, const GError *error,
      gpointer user_data)
{
    World *world = user_data;

    if (error == NULL)
        return;
    if (error->code == HT_ERROR_INTERNAL)
        world->n_failed++;
    else
        world->n_refused++;
    g_assert_null (answer);
    if (error->code == HT_ERROR_STALE) /* decided again: who was to make room has changed */
        g_assert_cmpstr (ht_problem_get_id (error), ==, "changed-meanwhile");
}

static void
note_booking (const HtAnswer *answer, const HtPreview *preview, const GError *error,
              gpointer user_data)
{
    World *world = user_data;

    note (answer, preview, error, user_data);
    if (error == NULL)
        g_array_append_val (world->acknowledged, answer->id);
}

/* Conferences are rehearsed now and then. */
static void
add_rehearsal (HtBooking *booking, GArray *rehearsals, GRand *rand)
{
    HtRehearsal rehearsal = { .lead = g_rand_int_range (rand, 0, HT_REHEARSAL_N_LEADS),
                              .stays = g_rand_int_range (rand, 0, 4) == 0 };

    booking->kind = HT_SERIES_CONFERENCE;
    booking->run_on = g_rand_int_range (rand, 0, HT_RUN_ON_N);
    booking->rehearsals = rehearsals;
    if (!booking->now && g_rand_int_range (rand, 0, 4) > 0)
        g_array_append_val (rehearsals, rehearsal);
}

static void
book (World *world, GRand *rand)
{
    static const char *const rules[] = { NULL, NULL, "FREQ=DAILY;COUNT=3", "FREQ=WEEKLY;COUNT=2" };
    int64_t actor = g_rand_boolean (rand) ? TRAINER : OPERATOR;
    g_autofree char *start =
        g_strdup_printf ("2026-11-%02dT%02d:%02d", g_rand_int_range (rand, 25, 31),
                         g_rand_int_range (rand, 7, 18), g_rand_int_range (rand, 0, 4) * 15);
    g_autoptr (GArray) rooms = make_ids (g_rand_boolean (rand) ? ROOM_A : ROOM_B);
    g_autoptr (GArray) equipment = g_array_new (FALSE, FALSE, sizeof (HtBookingEquipment));
    g_autoptr (GArray) rehearsals = g_array_new (FALSE, FALSE, sizeof (HtRehearsal));
    HtBookingEquipment laptops = { LAPTOPS, g_rand_int_range (rand, 1, 20) };
    g_autoptr (GArray) any_of = g_array_new (FALSE, FALSE, sizeof (HtChoice));
    g_autoptr (GArray) sites = g_array_new (FALSE, FALSE, sizeof (HtBookingSite));
    g_autoptr (GArray) watchers = g_array_new (FALSE, FALSE, sizeof (HtBookingWatchers));
    HtChoice room = { .kind = HT_RESOURCE_ROOM };
    HtBookingSite site = { .id = SITE_LOW,
                           .profile =
                               g_rand_int_range (rand, HT_PROFILE_FULL, HT_PROFILE_N_KINDS) };
    HtBookingWatchers watching = { .site_id = SITE_LOW, .count = g_rand_int_range (rand, 1, 4) };
    HtBooking booking = { .title = (char *) "x",
                          .start = start,
                          .minutes = g_rand_int_range (rand, 1, 12) * 15,
                          .rule = (char *) rules[g_rand_int_range (rand, 0, 4)],
                          .now = g_rand_int_range (rand, 0, 20) == 0,
                          .equipment = equipment,
                          .hold = g_rand_int_range (rand, 0, 6) == 0,
                          .compete = g_rand_int_range (rand, 0, 6) == 0 };

    g_array_append_val (equipment, laptops);
    g_array_append_val (any_of, room);
    g_array_append_val (sites, site);
    g_array_append_val (watchers, watching);
    if (g_rand_boolean (rand))
        booking.rooms = rooms;
    if (g_rand_int_range (rand, 0, 4) == 0)
        booking.any_of = any_of;
    if (g_rand_boolean (rand)) {
        booking.main_site = SITE_TOP;
        booking.sites = sites;
        booking.watchers = g_rand_boolean (rand) ? watchers : NULL;
        add_rehearsal (&booking, rehearsals, rand);
    }
    ht_service_submit (world->f.service, actor, HT_COMMAND_BOOK, &booking, NULL, note_booking,
                       world);
}

static void
change (World *world, GRand *rand)
{
    static const HtCommand commands[] = { HT_COMMAND_MOVE, HT_COMMAND_MOVE, HT_COMMAND_MOVE,
                                          HT_COMMAND_CANCEL, HT_COMMAND_EXTEND };
    int64_t n_sessions = ht_state_get_next_id (world->f.service->state, HT_RECORD_SESSION);
    g_autofree char *start = g_strdup_printf (
        "2026-11-%02dT%02d:15", g_rand_int_range (rand, 25, 31), g_rand_int_range (rand, 7, 18));
    HtMove move = { .id = g_rand_int_range (rand, 1, (int) n_sessions + 1),
                    .start = start,
                    .minutes = g_rand_int_range (rand, 1, 9) * 15,
                    .scope = g_rand_int_range (rand, 0, HT_SCOPE_N),
                    .reason = (char *) "because" };

    ht_service_submit (world->f.service, ADMIN,
                       commands[g_rand_int_range (rand, 0, G_N_ELEMENTS (commands))], &move, NULL,
                       note, world);
}

/* Other rooms, words, equipment or recordings; with another time now and then. */
static void
edit (World *world, GRand *rand)
{
    int64_t n_sessions = ht_state_get_next_id (world->f.service->state, HT_RECORD_SESSION);
    g_autofree char *start = g_strdup_printf (
        "2026-11-%02dT%02d:45", g_rand_int_range (rand, 25, 31), g_rand_int_range (rand, 7, 18));
    g_autoptr (GArray) rooms = make_ids (g_rand_boolean (rand) ? ROOM_A : ROOM_B);
    g_autoptr (GArray) sources = make_ids (CAMERA);
    g_autoptr (GArray) equipment = g_array_new (FALSE, FALSE, sizeof (HtBookingEquipment));
    HtBookingEquipment laptops = { LAPTOPS, g_rand_int_range (rand, 1, 20) };
    HtEdit asked = { .move = { .id = g_rand_int_range (rand, 1, (int) n_sessions + 1),
                               .scope = g_rand_int_range (rand, 0, HT_SCOPE_N) } };

    g_array_append_val (equipment, laptops);
    g_array_set_size (rooms, (unsigned) g_rand_int_range (rand, 0, 2));
    g_array_set_size (sources, (unsigned) g_rand_int_range (rand, 0, 2));
    asked.move.start = g_rand_int_range (rand, 0, 3) == 0 ? start : NULL;
    asked.title = g_rand_boolean (rand) ? start : NULL;
    asked.description = g_rand_boolean (rand) ? start : NULL;
    asked.rooms = g_rand_boolean (rand) ? rooms : NULL;
    asked.sources = g_rand_boolean (rand) ? sources : NULL;
    asked.equipment = g_rand_boolean (rand) ? equipment : NULL;
    asked.unit_id = g_rand_int_range (rand, 0, 4) == 0 ? COMMUNE : 0;
    ht_service_submit (world->f.service, ADMIN, HT_COMMAND_EDIT, &asked, NULL, note, world);
}

static void
change_many (World *world, GRand *rand)
{
    int day = g_rand_int_range (rand, 25, 31);
    g_autofree char *from = g_strdup_printf ("2026-11-%02d", day);
    g_autofree char *until = g_strdup_printf ("2026-11-%02d", MIN (day + 1, 30));
    HtChangeMany asked = { .unit_id = PROVINCE,
                           .resource_id = g_rand_boolean (rand) ? ROOM_A : 0,
                           .from = from,
                           .until = until,
                           .action =
                               g_rand_int_range (rand, 0, 8) == 0 ? HT_MANY_CANCEL : HT_MANY_MOVE,
                           .days = g_rand_int_range (rand, -2, 3),
                           .minutes = g_rand_int_range (rand, -4, 5) * 15,
                           .those = g_rand_boolean (rand) ? HT_THOSE_FITTING : HT_THOSE_ALL,
                           .reason = (char *) "bão" };

    ht_service_submit (world->f.service, g_rand_boolean (rand) ? ADMIN : TRAINER,
                       HT_COMMAND_CHANGE_MANY, &asked, NULL, note, world);
}

/* What is shown changes nothing: the state's timelines are as they were. */
static void
look (World *world, GRand *rand)
{
    int64_t n_sessions = ht_state_get_next_id (world->f.service->state, HT_RECORD_SESSION);
    HtMove move = { .id = g_rand_int_range (rand, 1, (int) n_sessions + 1),
                    .start = (char *) "2026-11-28T09:00",
                    .scope = g_rand_int_range (rand, 0, HT_SCOPE_N) };
    int64_t number = ht_state_get_number (world->f.service->state);
    g_autoptr (HtDecision) shown =
        ht_service_try (world->f.service, ADMIN, HT_COMMAND_MOVE, &move, NULL);

    g_assert_cmpint (ht_state_get_number (world->f.service->state), ==, number);
}

static void
run_or_undo (World *world, GRand *rand)
{
    static const HtCommand commands[] = { HT_COMMAND_START, HT_COMMAND_STOP, HT_COMMAND_UNDO };
    HtCommand command = commands[g_rand_int_range (rand, 0, G_N_ELEMENTS (commands))];
    int64_t n_sessions = ht_state_get_next_id (world->f.service->state, HT_RECORD_SESSION);
    HtTarget target = { g_rand_int_range (rand, 1, (int) n_sessions + 1), 0 };
    int64_t actor = ADMIN;

    if (command == HT_COMMAND_UNDO) {
        target.id =
            g_rand_boolean (rand)
                ? 0
                : MAX (1, ht_service_get_number (world->f.service) - g_rand_int_range (rand, 0, 3));
        actor = g_rand_boolean (rand) ? TRAINER : ADMIN;
    }
    ht_service_submit (world->f.service, actor, command, &target, NULL, note, world);
}

/* Requests, and those who have to make room. */

static void
note_approval (const HtAnswer *answer, const HtPreview *preview, const GError *error,
               gpointer user_data)
{
    World *world = user_data;

    note (answer, preview, error, user_data);
    world->n_approved += error == NULL;
}

static void
note_displacement (const HtAnswer *answer, const HtPreview *preview, const GError *error,
                   gpointer user_data)
{
    World *world = user_data;

    note_booking (answer, preview, error, user_data);
    world->n_displaced += error == NULL;
}

/* (transfer full): as a person names what the preview told; half of it with its new place. */
static GArray *
name_displaced (const HtPreview *seen, GRand *rand)
{
    GArray *named = g_array_new (FALSE, TRUE, sizeof (HtDisplaced));

    for (unsigned i = 0; i < seen->displaced->len; i++) {
        const HtPreviewDisplaced *one = &g_array_index (seen->displaced, HtPreviewDisplaced, i);
        g_autoptr (GDateTime) to = g_date_time_new_from_unix_utc (one->start_us / G_USEC_PER_SEC +
                                                                  7 * 3600); /* the clock in Huế */
        HtDisplaced row = { one->session_id, one->number, NULL };

        if (one->start_us != 0 && g_rand_boolean (rand))
            row.start = g_date_time_format (to, "%Y-%m-%dT%H:%M");
        g_array_append_val (named, row);
    }
    return named;
}

static void
free_named (GArray *named)
{
    for (unsigned i = 0; i < named->len; i++)
        g_free (g_array_index (named, HtDisplaced, i).start);
    g_array_unref (named);
}

static void
displace (World *world, GRand *rand)
{
    g_autofree char *start = g_strdup_printf (
        "2026-11-%02dT%02d:00", g_rand_int_range (rand, 25, 31), g_rand_int_range (rand, 7, 18));
    g_autoptr (GArray) rooms = make_ids (g_rand_boolean (rand) ? ROOM_A : ROOM_B);
    HtBooking booking = { .title = (char *) "y",
                          .start = start,
                          .minutes = 60,
                          .rooms = rooms,
                          .unit_id = DISTRICT,
                          .rank = g_rand_int_range (rand, 1, HT_N_RANKS) };
    g_autoptr (HtPreview) seen = ht_service_preview (world->f.service, ADMIN, &booking, NULL);

    if (seen == NULL)
        return;
    booking.displaces = name_displaced (seen, rand);
    ht_service_submit (world->f.service, ADMIN, HT_COMMAND_BOOK, &booking, NULL,
                       booking.displaces->len > 0 ? note_displacement : note_booking, world);
    free_named (booking.displaces);
}

static void
decide_request (World *world, GRand *rand)
{
    static const HtCommand commands[] = { HT_COMMAND_APPROVE, HT_COMMAND_APPROVE, HT_COMMAND_REFUSE,
                                          HT_COMMAND_HOLD };
    HtCommand command = commands[g_rand_int_range (rand, 0, G_N_ELEMENTS (commands))];
    HtState *state = world->f.service->state;
    int64_t n_sessions = ht_state_get_next_id (state, HT_RECORD_SESSION);
    HtVerdict verdict = { .id = g_rand_int_range (rand, MAX (1, (int) n_sessions - 12),
                                                  (int) n_sessions + 1),
                          .only = g_rand_boolean (rand),
                          .reason = (char *) "because" };
    HtClockEvent expire = { verdict.id, HT_SESSION_EXPIRE };

    if (g_rand_int_range (rand, 0, 10) == 0)
        ht_service_submit (world->f.service, HT_ACTOR_CLOCK, HT_COMMAND_CLOCK, &expire, NULL, note,
                           world);
    else
        ht_service_submit (world->f.service, ADMIN, command, &verdict, NULL,
                           command == HT_COMMAND_APPROVE ? note_approval : note, world);
}

/* What those who run sessions do, and the clock for them. */
static void
operate (World *world, GRand *rand)
{
    int64_t n_sessions = ht_state_get_next_id (world->f.service->state, HT_RECORD_SESSION);
    int64_t id = g_rand_int_range (rand, 1, (int) n_sessions + 1);
    HtCheckSite check = { .id = id,
                          .site_id = g_rand_int_range (rand, SITE_TOP, SITE_LOW + 1),
                          .picture = g_rand_int_range (rand, 0, HT_CHECK_N_ANSWERS),
                          .line_kbps = g_rand_int_range (rand, -1, 4000),
                          .signed_off = g_rand_int_range (rand, 0, HT_CHECK_N_ANSWERS),
                          .note = (char *) "được" };
    HtSubstitute substitute = { .id = id, .site_id = SITE_LOW, .substitute_id = SITE_TOP };
    HtRehearse rehearse = { .id = id, .rehearsal.lead = g_rand_int_range (rand, 0, 2) };
    HtRunOn run_on = { id, g_rand_boolean (rand) };
    HtCare care = { id, g_rand_int_range (rand, 0, HT_CARE_N_EVENTS) };
    const struct {
        HtCommand command;
        gconstpointer arguments;
        int64_t actor_id;
    } all[] = { { HT_COMMAND_CHECK_SITE, &check, ADMIN },
                { HT_COMMAND_SUBSTITUTE, &substitute, ADMIN },
                { HT_COMMAND_REHEARSE, &rehearse, ADMIN },
                { HT_COMMAND_RUN_ON, &run_on, ADMIN },
                { HT_COMMAND_CARE, &care, HT_ACTOR_CLOCK } };
    int chosen = g_rand_int_range (rand, 0, G_N_ELEMENTS (all));

    ht_service_submit (world->f.service, all[chosen].actor_id, all[chosen].command,
                       all[chosen].arguments, NULL, note, world);
}

static void
step (World *world, GRand *rand)
{
    static void (*const kinds[]) (World *, GRand *) = {
        book,    book,    book,     book,        book,           change,         change,
        change,  edit,    edit,     change_many, look,           run_or_undo,    run_or_undo,
        operate, operate, displace, displace,    decide_request, decide_request, decide_request,
    };

    kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))](world, rand);
    if (g_rand_int_range (rand, 0, 6) == 0)
        ht_store_flush (world->f.store);
    if (g_rand_int_range (rand, 0, 50) == 0)
        world->f.clock.set_us += HOUR_US / 2;
}

/* What must hold. */

static void
set_quota (World *world, const HtPutQuota *quota)
{
    HtState *state = world->f.service->state;
    int64_t n_quotas = ht_state_get_next_id (state, HT_RECORD_QUOTA);

    while (ht_state_get_next_id (state, HT_RECORD_QUOTA) == n_quotas) {
        ht_service_submit (world->f.service, ADMIN, HT_COMMAND_PUT_QUOTA, quota, NULL, note, world);
        ht_store_flush (world->f.store);
    }
}

/* What undo would find is the same after a restart. */
static void
assert_same_recent (HtState *a, HtState *b)
{
    int64_t last = ht_state_get_number (a);

    for (int64_t number = MAX (1, last - 200); number <= last; number++) {
        const HtDecision *one = ht_state_find_recent (a, number);
        const HtDecision *other = ht_state_find_recent (b, number);

        g_assert_nonnull (one);
        g_assert_nonnull (other);
        g_assert_cmpint (one->command, ==, other->command);
        g_assert_cmpuint (one->entries->len, ==, other->entries->len);
        for (unsigned i = 0; i < one->entries->len; i++) {
            const HtEntry *x = &g_array_index (one->entries, HtEntry, i);
            const HtEntry *y = &g_array_index (other->entries, HtEntry, i);

            g_assert_true ((x->before == NULL) == (y->before == NULL));
            g_assert_true (x->before == NULL ||
                           ht_fields_equal (ht_record_get_fields (x->kind), x->before, y->before));
        }
    }
}

static void
assert_holds (World *world)
{
    g_autoptr (HtState) loaded = ht_state_new ();
    g_autoptr (GError) error = NULL;
    unsigned n_made;

    assert_invariants (world->f.service->state, &n_made);
    n_rehearsals += n_made;
    for (unsigned i = 0; i < world->acknowledged->len; i++)
        g_assert_nonnull (ht_reads_peek (world->f.service, HT_RECORD_SERIES,
                                         g_array_index (world->acknowledged, int64_t, i)));
    ht_state_load (loaded, world->f.store, &error);
    g_assert_no_error (error);
    assert_same_state (loaded, world->f.service->state);
    assert_same_recent (world->f.service->state, loaded);
    assert_replays (world->f.store, world->f.service->state, world->f.folder);
    g_assert_cmpuint (g_hash_table_size (world->f.service->overlay), ==, 0);
    g_assert_cmpuint (world->f.service->pending.length, ==, 0);
}

static void
test_random (gconstpointer data)
{
    unsigned period = GPOINTER_TO_UINT (data);
    World world = { .acknowledged = g_array_new (FALSE, FALSE, sizeof (int64_t)) };
    g_autoptr (GRand) rand = g_rand_new_with_seed (20261125 + period);
    Fixture *f = &world.f;
    HtStore *flaky;

    fixture_set_up (f, NULL);
    flaky = flaky_store_new (f->store, period, HT_ERROR_INTERNAL);
    g_assert_finalize_object (g_steal_pointer (&f->service));
    f->service = ht_service_new (flaky, NULL, NULL, &f->clock);
    g_object_unref (flaky);
    g_assert_true (ht_service_load (f->service, NULL));
    set_quota (&world, &(HtPutQuota){ .unit_id = DISTRICT, .amount = HOURS_OF_DISTRICT });
    set_quota (&world, &(HtPutQuota){ .kind = HT_QUOTA_CONCURRENT,
                                      .unit_id = DISTRICT,
                                      .each = TRUE,
                                      .amount = AT_ONCE_OF_EACH });
    for (int i = 0; i < N_STEPS; i++)
        step (&world, rand);
    ht_store_flush (f->store);
    assert_holds (&world);
    g_test_message ("%d changes, %u refused, %u failed", (int) ht_service_get_number (f->service),
                    world.n_refused, world.n_failed);
    g_assert_cmpint (ht_service_get_number (f->service), >, 50);
    n_approved += world.n_approved;
    n_displaced += world.n_displaced;
    g_assert_true ((world.n_failed > 0) == (period > 0));
    g_array_unref (world.acknowledged);
    fixture_tear_down (f, NULL);
}

static void
test_rare (void)
{
    g_test_message ("%u approved, %u displaced, %u rehearsals", n_approved, n_displaced,
                    n_rehearsals);
    g_assert_cmpuint (n_approved, >, 0);
    g_assert_cmpuint (n_displaced, >, 0);
    g_assert_cmpuint (n_rehearsals, >, 0);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_data_func ("/service/random/reliable", GUINT_TO_POINTER (0), test_random);
    g_test_add_data_func ("/service/random/flaky", GUINT_TO_POINTER (7), test_random);
    g_test_add_data_func ("/service/random/worse", GUINT_TO_POINTER (2), test_random);
    g_test_add_func ("/service/random/rare", test_rare);
    return g_test_run ();
}
