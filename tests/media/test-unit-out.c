/* SPDX-License-Identifier: MIT */

#include "media/pipeline/unit-out.h"

#include <sys/socket.h>
#include <unistd.h>

#include "scheduler/base/error.h"

#define LARGE_BYTES (70 * 1000) /* passes what is gathered */

/* Both ends of the way to the recorder. */
typedef struct {
    int ends[2];
    HtUnitOut *out;
} Way;

static void
way_open (Way *way, gconstpointer data)
{
    g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, way->ends), ==, 0);
    way->out = ht_unit_out_new (way->ends[0]);
}

static void
way_close (Way *way, gconstpointer data)
{
    ht_unit_out_free (way->out);
    close (way->ends[0]);
    if (way->ends[1] >= 0)
        close (way->ends[1]);
}

static gboolean
put (Way *way, int64_t number, size_t length, GError **error)
{
    g_autofree uint8_t *octets = g_malloc0 (length);

    return ht_unit_out_send (way->out, (HtUnit){ .type = HT_UNIT_ACCESS, .pts = number }, NULL,
                             octets, length, error);
}

/* How many octets came; their units are told by @ret_numbers. */
static size_t
receive (Way *way, GArray *ret_numbers)
{
    static uint8_t octets[4 * LARGE_BYTES];
    ssize_t n = recv (way->ends[1], octets, sizeof octets, MSG_DONTWAIT);
    size_t at = 0;

    g_array_set_size (ret_numbers, 0);
    while (n > 0 && at < (size_t) n) {
        HtUnit unit;

        g_assert_true (ht_unit_read (octets + at, &unit, NULL));
        g_array_append_val (ret_numbers, unit.pts);
        at += HT_UNIT_HEADER_BYTES + unit.length_bytes;
    }
    g_assert_cmpuint (at, ==, (size_t) MAX (n, 0));
    return at;
}

static void
assert_numbers (const GArray *numbers, unsigned n)
{
    g_assert_cmpuint (numbers->len, ==, n);
    for (unsigned i = 0; i < n; i++)
        g_assert_cmpint (g_array_index (numbers, int64_t, i), ==, i);
}

static void
test_each_at_once (Way *way, gconstpointer data)
{
    g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (int64_t));

    g_assert_true (put (way, 0, 10, NULL));
    g_assert_cmpuint (receive (way, numbers), ==, HT_UNIT_HEADER_BYTES + 10);
}

static void
test_gathered (Way *way, gconstpointer data)
{
    g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (int64_t));

    ht_unit_out_gather (way->out);
    for (int64_t i = 0; i < 5; i++)
        g_assert_true (put (way, i, 10, NULL));
    g_assert_cmpuint (receive (way, numbers), ==, 0);
    g_assert_true (ht_unit_out_flush (way->out, NULL));
    receive (way, numbers);
    assert_numbers (numbers, 5);
    g_assert_true (ht_unit_out_flush (way->out, NULL));
    g_assert_cmpuint (receive (way, numbers), ==, 0);
}

/* What does not fit beside what waits takes it along, in order. */
static void
test_large (Way *way, gconstpointer data)
{
    g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (int64_t));

    ht_unit_out_gather (way->out);
    g_assert_true (put (way, 0, 10, NULL));
    g_assert_true (put (way, 1, LARGE_BYTES, NULL));
    receive (way, numbers);
    assert_numbers (numbers, 2);
}

static void
test_last_word (Way *way, gconstpointer data)
{
    g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (int64_t));

    ht_unit_out_gather (way->out);
    g_assert_true (put (way, 0, 10, NULL));
    g_assert_true (ht_unit_out_send_note (way->out, "{}", NULL));
    receive (way, numbers);
    g_assert_cmpuint (numbers->len, ==, 2);
}

static void
test_gone (Way *way, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    ht_unit_out_gather (way->out);
    close (way->ends[1]);
    way->ends[1] = -1;
    g_assert_true (put (way, 0, 10, NULL));
    g_assert_false (ht_unit_out_flush (way->out, &error));
    g_assert_cmpstr (ht_problem_get_id (error), ==, "recorder-gone");
}

#define ADD(name, test) g_test_add ("/media/unit-out/" name, Way, NULL, way_open, test, way_close)

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    ADD ("each-at-once", test_each_at_once);
    ADD ("gathered", test_gathered);
    ADD ("large", test_large);
    ADD ("last-word", test_last_word);
    ADD ("gone", test_gone);
    return g_test_run ();
}
