/* SPDX-License-Identifier: MIT */

#include "media/supervisor/outcome.h"

static void
take (HtOutcome *outcome, const char *folder, HtFinaliseReport report, HtMediaEvent *ret_event)
{
    g_assert_true (ht_outcome_take (outcome, folder, &report, ret_event));
}

static void
test_two_tracks (void)
{
    g_autoptr (GPtrArray) folders = g_ptr_array_new ();
    g_autoptr (HtOutcome) outcome = NULL;
    HtMediaEvent event;
    HtFinaliseReport late = { .ended = TRUE };

    g_ptr_array_add (folders, (gpointer) "/s/1/main");
    g_ptr_array_add (folders, (gpointer) "/s/1/slides");
    outcome = ht_outcome_new (folders);

    take (outcome, "/s/1/main", (HtFinaliseReport){ .permille = 500 }, &event);
    g_assert_cmpint (event.kind, ==, HT_MEDIA_PROGRESS);
    g_assert_cmpint (event.permille, ==, 250);

    take (outcome, "/s/1/main",
          (HtFinaliseReport){ 1000, TRUE, FALSE, 70, 90, 4, (char *) "a gap" }, &event);
    g_assert_cmpint (event.kind, ==, HT_MEDIA_PROGRESS);

    take (outcome, "/s/1/slides", (HtFinaliseReport){ 1000, TRUE, TRUE, 30, 95, 0, NULL }, &event);
    g_assert_cmpint (event.kind, ==, HT_MEDIA_INCOMPLETE);
    g_assert_cmpint (event.bytes, ==, 100);
    g_assert_cmpint (event.duration_us, ==, 95);
    g_assert_cmpint (event.missing_us, ==, 4);
    g_assert_cmpstr (event.note, ==, "a gap");

    g_assert_false (ht_outcome_take (outcome, "/s/1/main", &late, &event)); /* heard already */
    g_assert_false (ht_outcome_take (outcome, "/s/2/main", &late, &event)); /* not ours */
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/media/outcome/two-tracks", test_two_tracks);
    return g_test_run ();
}
