/* SPDX-License-Identifier: MIT */

#include "scheduler/core/wants.h"

#include <string.h>

#include "scheduler/base/error.h"

/* A province (link 1 goes up to the outside), two districts (2, 3) below it, communes at 4 and 5
 * (below 2) and 6 (below 3). Sites have the number of their link, site 10 stands at the root. */
enum { ROOM = 20, CODEC = 40, PERSON = 60, LAPTOPS = 70, RECORDER, DISK, PORTS, CAMERA, CIRCLE };

static const HtResource resources[] = {
    { .id = 1 },
    { .id = 2, .parent_id = 1 },
    { .id = 3, .parent_id = 1 },
    { .id = 4, .parent_id = 2 },
    { .id = 5, .parent_id = 2 },
    { .id = 6, .parent_id = 3 },
    { .id = ROOM + 4, .setup_us = 15, .teardown_us = 5 },
    { .id = ROOM + 5 },
    { .id = ROOM + 6 },
    { .id = ROOM + 10 },
    { .id = CODEC + 4 },
    { .id = CODEC + 5 },
    { .id = CODEC + 6 },
    { .id = PERSON },
    { .id = LAPTOPS, .setup_us = 30 },
    { .id = RECORDER },
    { .id = DISK },
    { .id = PORTS },
    { .id = CAMERA },
    { .id = CIRCLE, .parent_id = CIRCLE },
};

static const HtSite sites[] = {
    { .id = 4, .room_id = ROOM + 4, .codec_id = CODEC + 4, .link_id = 4 },
    { .id = 5, .room_id = ROOM + 5, .codec_id = CODEC + 5, .link_id = 5 },
    { .id = 6, .room_id = ROOM + 6, .codec_id = CODEC + 6, .link_id = 6 },
    { .id = 10, .room_id = ROOM + 10 },
    { .id = 11, .link_id = CIRCLE },
    { .id = 12, .link_id = 99 },
};

static const HtPerson persons[] = { { .id = 1, .resource_id = PERSON }, { .id = 2 } };
static const HtVideoSource sources[] = { { .id = 1, .resource_id = CAMERA, .kbps = 8000 },
                                         { .id = 2, .kbps = INT64_MAX } };

/* Every table's rows begin with their identity. */
#define FIND(table, id)                                                                            \
    for (size_t i = 0; i < G_N_ELEMENTS (table); i++)                                              \
        if (table[i].id == (id))                                                                   \
            return &table[i];                                                                      \
    return NULL

static const HtResource *
get_resource (int64_t id, gpointer user_data)
{
    FIND (resources, id);
}

static const HtSite *
get_site (int64_t id, gpointer user_data)
{
    FIND (sites, id);
}

static const HtPerson *
get_person (int64_t id, gpointer user_data)
{
    FIND (persons, id);
}

static const HtVideoSource *
get_source (int64_t id, gpointer user_data)
{
    FIND (sources, id);
}

static gboolean
has_relay (int64_t link_id, gpointer user_data)
{
    return link_id == 2;
}

static char *
expand (const HtMember *members, size_t n_members, const HtTrack *tracks, size_t n_tracks,
        gboolean relays, GError **error)
{
    HtWantsLookup lookup = {
        get_site, get_source, get_person, get_resource, relays ? has_relay : NULL, NULL
    };
    HtWants wants = { .span = { 1000000, 3000000 },
                      .members = members,
                      .n_members = n_members,
                      .tracks = tracks,
                      .n_tracks = n_tracks,
                      .keep_until_us = 9000000,
                      .disk_margin_percent = 10,
                      .recorder_id = RECORDER,
                      .disk_id = DISK,
                      .ports_id = PORTS };
    g_autoptr (GArray) list = ht_wants_expand (&wants, &lookup, error);
    GString *text = g_string_new (NULL);

    for (unsigned i = 0; list != NULL && i < list->len; i++) {
        const HtReservation *taken = &g_array_index (list, HtReservation, i);

        g_string_append_printf (text, "%s%d:%d", i > 0 ? " " : "", (int) taken->resource_id,
                                (int) taken->amount);
        if (taken->start_us != 1000000 || taken->end_us != 3000000)
            g_string_append_printf (text, "[%d,%d)", (int) (taken->start_us - 1000000),
                                    (int) (taken->end_us - 3000000));
    }
    return g_string_free (text, FALSE);
}

typedef struct {
    const char *sentence;
    HtMember members[4];
    gboolean relays;
    const char *taken;
} Row;

#define MAIN(id)                                                                                   \
    {                                                                                              \
        HT_MEMBER_MAIN_SITE, id, 0                                                                 \
    }
#define SITE(id, kbps)                                                                             \
    {                                                                                              \
        HT_MEMBER_SITE, id, kbps                                                                   \
    }
#define WATCHING(id, kbps)                                                                         \
    {                                                                                              \
        HT_MEMBER_SITE, id, kbps, HT_PROFILE_WATCH_ONLY                                            \
    }
#define LATER(id)                                                                                  \
    {                                                                                              \
        HT_MEMBER_SITE, id, 0, HT_PROFILE_RECORD_LATER                                             \
    }
#define WATCHERS(id, kbps, count)                                                                  \
    {                                                                                              \
        HT_MEMBER_WATCHERS, id, kbps, HT_PROFILE_WATCH_ONLY, count                                 \
    }

/* clang-format off */
static const Row rows[] = {
    { "a room with its set-up and tear-down", { { HT_MEMBER_ROOM, ROOM + 4, 1 } }, FALSE,
      "24:1[-15,5)" },
    { "laptops of two orders add up", { { HT_MEMBER_EQUIPMENT, LAPTOPS, 10 }, { HT_MEMBER_EQUIPMENT, LAPTOPS, 5 } },
      FALSE, "70:15[-30,0)" },
    { "a trainer named twice is one", { { HT_MEMBER_TRAINER, 1, 1 }, { HT_MEMBER_TRAINER, 1, 1 } }, FALSE, "60:1" },
    { "a main site alone: room, codec, port, and no link", { MAIN (4) }, FALSE,
      "24:1[-15,5) 44:1 73:1" },
    { "its room named besides is the same room", { MAIN (10), { HT_MEMBER_ROOM, ROOM + 10, 1 } },
      FALSE, "30:1 73:1" },
    { "a commune to the root: both its links and the one above", { MAIN (10), SITE (5, 2000) }, FALSE,
      "1:2000 2:2000 5:2000 25:1 30:1 45:1 73:2" },
    { "neighbours meet at the district", { MAIN (4), SITE (5, 2000) }, FALSE,
      "4:2000 5:2000 24:1[-15,5) 25:1 44:1 45:1 73:2" },
    { "from district to district over the province, not beyond it", { MAIN (4), SITE (6, 500) }, FALSE,
      "2:500 3:500 4:500 6:500 24:1[-15,5) 26:1 44:1 46:1 73:2" },
    { "several sites over one link add up", { MAIN (10), SITE (4, 2000), SITE (5, 500) }, FALSE,
      "1:2500 2:2500 4:2000 5:500 24:1[-15,5) 25:1 30:1 44:1 45:1 73:3" },
    { "a relay at the district: its link is crossed once, by the greatest", { MAIN (10), SITE (4, 2000), SITE (5, 500) }, TRUE,
      "1:2500 2:2000 4:2000 5:500 24:1[-15,5) 25:1 30:1 44:1 45:1 73:3" },
    { "a site that only listens later takes no link", { MAIN (10), SITE (5, 0) }, FALSE,
      "25:1 30:1 45:1 73:2" },
    { "who only watches takes the way from the root, a room, no codec and no port", { WATCHING (5, 800) }, FALSE,
      "1:800 2:800 5:800 25:1" },
    { "who sees the recording later takes nothing", { MAIN (10), LATER (5) }, FALSE, "30:1 73:1" },
    { "a stream for each who watches from behind a line", { WATCHERS (5, 800, 20) }, FALSE,
      "1:16000 2:16000 5:16000" },
    { "a relay passes it on: its line is crossed once", { WATCHERS (5, 800, 20), WATCHERS (4, 800, 3) }, TRUE,
      "1:18400 2:800 4:2400 5:16000" },
    { "what is watched is another stream than the conference's", { MAIN (10), SITE (4, 2000), WATCHERS (4, 800, 2) }, TRUE,
      "1:3600 2:2800 4:3600 24:1[-15,5) 30:1 44:1 73:2" },
    { "the main site may be named last", { SITE (5, 100), MAIN (4) }, FALSE,
      "4:100 5:100 24:1[-15,5) 25:1 44:1 45:1 73:2" },
};
/* clang-format on */

static void
test_members (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (GError) error = NULL;
        g_autofree char *taken = NULL;
        size_t n_members = 0;

        while (n_members < 4 && rows[i].members[n_members].ref_id != 0)
            n_members++;
        g_test_message ("%s", rows[i].sentence);
        taken = expand (rows[i].members, n_members, NULL, 0, rows[i].relays, &error);
        g_assert_no_error (error);
        g_assert_cmpstr (taken, ==, rows[i].taken);
    }
}

static void
test_recording (void)
{
    HtTrack tracks[] = { { .source_id = 1 }, { .source_id = 1 } };
    g_autoptr (GError) error = NULL;
    g_autofree char *taken = expand (NULL, 0, tracks, 2, FALSE, &error);

    g_assert_no_error (error);
    /* two slots, two connections, and twice 8 Mbit/s for two seconds and a tenth more */
    g_assert_cmpstr (taken, ==, "71:2 72:4417600[0,6000000) 74:2");
}

static void
test_refusals (void)
{
    static const struct {
        const char *sentence;
        HtMember members[2];
        size_t n_members;
        const char *problem;
    } bad[] = {
        { "no such site", { MAIN (9) }, 1, "no-such-site" },
        { "no such participating site", { MAIN (4), SITE (9, 1) }, 2, "no-such-site" },
        { "no such room", { { HT_MEMBER_ROOM, 99, 1 } }, 1, "no-such-resource" },
        { "no such link", { MAIN (4), SITE (12, 1) }, 2, "no-such-resource" },
        { "no such person", { { HT_MEMBER_TRAINER, 9, 1 } }, 1, "no-such-person" },
        { "a person who cannot be booked",
          { { HT_MEMBER_TRAINER, 2, 1 } },
          1,
          "person-not-bookable" },
        { "sites without a main one", { SITE (4, 100) }, 1, "no-main-site" },
        { "a circle of links", { MAIN (4), SITE (11, 100) }, 2, "links-in-a-circle" },
        { "fewer than no laptops",
          { { HT_MEMBER_EQUIPMENT, LAPTOPS, -4 } },
          1,
          "amount-not-positive" },
        { "no laptops", { { HT_MEMBER_EQUIPMENT, LAPTOPS, 0 } }, 1, "amount-not-positive" },
        { "less than no stream", { MAIN (4), SITE (5, -1) }, 2, "amount-not-positive" },
        { "more than can be counted",
          { { HT_MEMBER_EQUIPMENT, LAPTOPS, INT64_MAX }, { HT_MEMBER_EQUIPMENT, LAPTOPS, 1 } },
          2,
          "amount-too-large" },
        { "more who watch than can be counted",
          { { HT_MEMBER_WATCHERS, 5, INT64_MAX, 0, 2 } },
          1,
          "amount-too-large" },
        { "no such profile",
          { { HT_MEMBER_SITE, 5, 1, HT_PROFILE_N_KINDS } },
          1,
          "no-such-profile" },
        { "no such kind of member", { { HT_MEMBER_N_KINDS, 1, 1 } }, 1, "no-such-member" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
        g_autoptr (GError) error = NULL;
        g_autofree char *taken = NULL;

        g_test_message ("%s", bad[i].sentence);
        taken = expand (bad[i].members, bad[i].n_members, NULL, 0, FALSE, &error);
        g_assert_error (error, HT_ERROR, HT_ERROR_INVALID);
        g_assert_cmpstr (ht_problem_get_id (error), ==, bad[i].problem);
    }
}

static void
test_refused_recordings (void)
{
    static const struct {
        HtTrack track;
        const char *problem;
    } bad[] = { { { .source_id = 9 }, "no-such-source" },
                { { .source_id = 2 }, "amount-too-large" } };

    for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
        g_autoptr (GError) error = NULL;
        g_autofree char *taken = expand (NULL, 0, &bad[i].track, 1, FALSE, &error);

        g_assert_cmpstr (ht_problem_get_id (error), ==, bad[i].problem);
    }
    g_assert_cmpint (ht_wants_count_bytes (-1, 1, 1), ==, -1);
    g_assert_cmpint (ht_wants_count_bytes (1, INT64_MAX, 1), >, 0);
    g_assert_cmpint (ht_wants_count_bytes (INT64_MAX, 16000, 1), ==, -1);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/core/wants/members", test_members);
    g_test_add_func ("/core/wants/recording", test_recording);
    g_test_add_func ("/core/wants/refusals", test_refusals);
    g_test_add_func ("/core/wants/refused-recordings", test_refused_recordings);
    return g_test_run ();
}
