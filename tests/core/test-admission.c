/* SPDX-License-Identifier: MIT */

#include "scheduler/core/admission.h"

#include "scheduler/base/error.h"

enum { ROOM = 1, LINK = 2, HALL = 3, OLD = 4, HOURS = 5, N_RESOURCES = 6, UNKNOWN = 99 };

typedef struct {
    HtTimeline *timelines[N_RESOURCES]; /* (owned) */
    HtClosure *closure;                 /* (owned): open from 100 to 200 every day of 1440 us */
} House;

static int64_t
instant (int64_t day, int minute, gpointer user_data)
{
    return day * 1440 + minute;
}

static void
set_up (House *house, gconstpointer unused)
{
    static const HtOpenHours hours[] = { { 3, 100, 200 }, { 4, 100, 200 } };
    HtClosureRule rule = { 0, 2, hours, 2, NULL, 0 };

    for (int i = 0; i < N_RESOURCES; i++)
        house->timelines[i] = ht_timeline_new ();
    house->closure = ht_closure_new (&rule, instant, NULL, NULL);
    ht_timeline_add (house->timelines[ROOM], &(HtHolding){ 7, { 100, 120 }, 1 }, NULL);
    ht_timeline_add (house->timelines[LINK], &(HtHolding){ 7, { 100, 120 }, 600 }, NULL);
    ht_timeline_add (house->timelines[LINK], &(HtHolding){ 8, { 110, 130 }, 300 }, NULL);
}

static void
tear_down (House *house, gconstpointer unused)
{
    for (int i = 0; i < N_RESOURCES; i++)
        ht_timeline_free (house->timelines[i]);
    ht_closure_free (house->closure);
}

static gboolean
look_up (int64_t id, HtSupply *supply, gpointer user_data)
{
    const House *house = user_data;

    if (id < 1 || id >= N_RESOURCES)
        return FALSE;
    *supply = (HtSupply){ house->timelines[id], id == LINK ? 1000 : 1,
                          id == HOURS ? house->closure : NULL, id == OLD };
    return TRUE;
}

static gboolean
decide (House *house, const HtDemand *demands, size_t n_demands, const HtReturn *returns,
        size_t n_returns, GArray **obstacles, GError **error)
{
    HtAdmission admission = { demands, n_demands, returns, n_returns, look_up, house, FALSE };

    return ht_admission_decide (&admission, obstacles, error);
}

/* "taken:<resource>[start,end)free/wanted by holder holder; ..." */
static char *
tell (GArray *obstacles)
{
    GString *text = g_string_new (NULL);

    for (unsigned i = 0; obstacles != NULL && i < obstacles->len; i++) {
        const HtObstacle *o = &g_array_index (obstacles, HtObstacle, i);

        g_string_append_printf (text, "%s%u:%s:%d[%d,%d)%d/%d", i > 0 ? " " : "", o->occurrence,
                                ht_obstacle_kind_names[o->kind], (int) o->resource_id,
                                (int) o->span.start_us, (int) o->span.end_us, (int) o->free,
                                (int) o->wanted);
        for (unsigned w = 0; w < o->with->len; w++)
            g_string_append_printf (text, "+%d",
                                    (int) g_array_index (o->with, HtHolding, w).holder);
    }
    return g_string_free (text, FALSE);
}

typedef struct {
    const char *sentence;
    HtDemand demands[3];
    HtReturn returns[2];
    const char *obstacles;
    const char *problem;
} Row;

/* clang-format off */
static const Row rows[] = {
    { "an empty hall", { { 0, { HALL, 100, 120, 1 } } }, { { 0 } }, "", NULL },
    { "right before and right after", { { 0, { ROOM, 90, 100, 1 } }, { 0, { ROOM, 120, 130, 1 } } },
      { { 0 } }, "", NULL },
    { "a room that is taken for a part of it", { { 0, { ROOM, 90, 110, 1 } } }, { { 0 } },
      "0:taken:1[100,110)0/1+7", "clash" },
    { "a link with enough left", { { 0, { LINK, 90, 200, 100 } } }, { { 0 } }, "", NULL },
    { "a link that two have filled together: only where both are",
      { { 0, { LINK, 90, 200, 200 } } }, { { 0 } }, "0:taken:2[110,120)100/200+7+8", "clash" },
    { "more than the link ever has: all along, whoever is there",
      { { 0, { LINK, 90, 200, 2000 } } }, { { 0 } }, "0:taken:2[90,200)100/2000+7+8", "clash" },
    { "moved by ten over itself", { { 0, { ROOM, 110, 130, 1 } } },
      { { 7, { ROOM, 100, 120, 1 } } }, "", NULL },
    { "moved into another one though its own is given back", { { 0, { LINK, 110, 130, 800 } } },
      { { 7, { LINK, 100, 120, 600 } } }, "0:taken:2[110,130)700/800+8", "clash" },
    { "the same once more: nothing new is asked", { { 0, { LINK, 100, 120, 600 } } },
      { { 7, { LINK, 100, 120, 600 } } }, "", NULL },
    { "a series that overlaps itself names itself",
      { { 0, { HALL, 10, 20, 1 } }, { 1, { HALL, 15, 25, 1 } } }, { { 0 } },
      "0:taken:3[15,20)0/1+0 1:taken:3[15,20)0/1+0", "clash" },
    { "two demands of one request that add up to too much",
      { { 0, { LINK, 0, 50, 600 } }, { 1, { LINK, 20, 60, 600 } } }, { { 0 } },
      "0:taken:2[20,50)400/600+0 1:taken:2[20,50)400/600+0", "clash" },
    { "the second occurrence alone clashes, and the first stays admitted",
      { { 4, { ROOM, 10, 20, 1 } }, { 5, { ROOM, 110, 115, 1 } } }, { { 0 } },
      "5:taken:1[110,115)0/1+7", "clash" },
    { "two resources at once, by occurrence",
      { { 1, { LINK, 100, 110, 500 } }, { 0, { ROOM, 100, 110, 1 } } }, { { 0 } },
      "0:taken:1[100,110)0/1+7 1:taken:2[100,110)400/500+7", "clash" },
    { "retired", { { 0, { OLD, 1, 2, 1 } } }, { { 0 } }, "0:retired:4[1,2)0/1", "clash" },
    { "unknown: what cannot be checked is refused", { { 0, { UNKNOWN, 1, 2, 1 } } }, { { 0 } },
      "0:unchecked:99[1,2)0/1", "cannot-be-checked" },
    { "within opening hours", { { 0, { HOURS, 100, 200, 1 }, { 100, 200 } } }, { { 0 } }, "", NULL },
    { "set up before the doors open", { { 0, { HOURS, 90, 150, 1 }, { 100, 140 } } }, { { 0 } },
      "", NULL },
    { "longer than the hours", { { 0, { HOURS, 90, 210, 1 }, { 90, 210 } } }, { { 0 } },
      "0:closed:5[90,100)0/1 0:closed:5[200,210)0/1", "clash" },
    { "beyond the known calendar", { { 0, { HOURS, 2980, 3000, 1 }, { 2980, 3000 } } }, { { 0 } },
      "0:unchecked:5[2980,3000)0/1", "cannot-be-checked" },
    { "it was in closed hours before and is not moved",
      { { 0, { HOURS, 300, 310, 1 }, { 300, 310 } } }, { { 7, { HOURS, 300, 310, 1 } } }, "", NULL },
};
/* clang-format on */

static void
test_decisions (House *house, gconstpointer unused)
{
    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (GArray) obstacles = NULL;
        g_autoptr (GError) error = NULL;
        g_autofree char *text = NULL;
        size_t n_demands = 1, n_returns = rows[i].returns[0].holder != 0;
        gboolean admitted;

        while (n_demands < 3 && rows[i].demands[n_demands].reservation.amount > 0)
            n_demands++;
        g_test_message ("%s", rows[i].sentence);
        admitted = decide (house, rows[i].demands, n_demands, rows[i].returns, n_returns,
                           &obstacles, &error);
        text = tell (obstacles);
        g_assert_cmpstr (text, ==, rows[i].obstacles);
        g_assert_cmpint (admitted, ==, rows[i].problem == NULL);
        g_assert_cmpstr (error == NULL ? NULL : ht_problem_get_id (error), ==, rows[i].problem);
        /* the short answer is the same */
        g_assert_cmpint (
            decide (house, rows[i].demands, n_demands, rows[i].returns, n_returns, NULL, NULL), ==,
            admitted);
    }
}

static void
test_an_override_skips_closures_only (House *house, gconstpointer unused)
{
    HtDemand demands[] = { { 0, { HOURS, 300, 310, 1 }, { 300, 310 } },
                           { 0, { ROOM, 100, 110, 1 }, { 100, 110 } } };
    HtAdmission admission = { demands, 1, NULL, 0, look_up, house, TRUE };

    g_assert_true (ht_admission_decide (&admission, NULL, NULL));
    admission.n_demands = 2;
    g_assert_false (ht_admission_decide (&admission, NULL, NULL));
}

static void
test_no_reservation_at_all (House *house, gconstpointer unused)
{
    static const struct {
        HtReservation reservation;
        const char *problem;
    } bad[] = {
        { { ROOM, 5, 5, 1 }, "span-backwards" },
        { { ROOM, -5, 5, 1 }, "span-out-of-time" },
        { { ROOM, 1, 5, 0 }, "amount-not-positive" },
        { { ROOM, 1, 5, INT64_MAX }, "amount-too-large" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
        HtDemand demands[] = { { 0, { HALL, 1, 2, 1 } }, { 0, bad[i].reservation } };
        g_autoptr (GError) error = NULL;

        g_assert_false (decide (house, demands, 2, NULL, 0, NULL, &error));
        g_assert_error (error, HT_ERROR, HT_ERROR_INVALID);
        g_assert_cmpstr (ht_problem_get_id (error), ==, bad[i].problem);
    }
}

static void
test_a_lowered_capacity_does_not_stop_a_shorter_session (House *house, gconstpointer unused)
{
    HtDemand shorter[] = { { 0, { ROOM, 100, 110, 1 } } };
    HtDemand longer[] = { { 0, { ROOM, 100, 125, 1 } } };
    HtReturn own[] = { { 7, { ROOM, 100, 120, 1 } } };

    ht_timeline_add (house->timelines[ROOM], &(HtHolding){ 9, { 90, 130 }, 1 }, NULL);
    g_assert_true (decide (house, shorter, 1, own, 1, NULL, NULL));
    g_assert_false (decide (house, longer, 1, own, 1, NULL, NULL));
}

static void
test_the_list_has_an_end (House *house, gconstpointer unused)
{
    g_autoptr (GArray) obstacles = NULL;
    g_autofree HtDemand *demands = g_new0 (HtDemand, 2000);

    for (unsigned i = 0; i < 2000; i++) {
        ht_timeline_add (house->timelines[HALL], &(HtHolding){ i + 10, { i * 9, i * 9 + 5 }, 1 },
                         NULL);
        demands[i] = (HtDemand){ i, { HALL, i * 9 + 4, i * 9 + 7, 1 } };
    }
    g_assert_false (decide (house, demands, 2000, NULL, 0, &obstacles, NULL));
    g_assert_cmpuint (obstacles->len, ==, HT_ADMISSION_MOST_OBSTACLES);
}

static void
test_nothing_asked_is_admitted (House *house, gconstpointer unused)
{
    HtReturn own[] = { { 7, { ROOM, 100, 120, 1 } } };

    g_assert_true (decide (house, NULL, 0, NULL, 0, NULL, NULL));
    g_assert_true (decide (house, NULL, 0, own, 1, NULL, NULL));
}

#define ADD(path, function) g_test_add (path, House, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    ADD ("/core/admission/decisions", test_decisions);
    ADD ("/core/admission/override", test_an_override_skips_closures_only);
    ADD ("/core/admission/no-reservation", test_no_reservation_at_all);
    ADD ("/core/admission/lowered", test_a_lowered_capacity_does_not_stop_a_shorter_session);
    ADD ("/core/admission/end", test_the_list_has_an_end);
    ADD ("/core/admission/nothing", test_nothing_asked_is_admitted);
    return g_test_run ();
}
