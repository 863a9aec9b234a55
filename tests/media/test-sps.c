/* SPDX-License-Identifier: MIT */

#include "media/pipeline/sps.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "tests/media/camera-script.h"

typedef struct {
    const char *says;
    const char *base64;
    unsigned width, height, depth;
} SpsCase;

/* Made by x264 at the sizes and settings that the sentences name. */
static const SpsCase CASES[] = {
    { "baseline", "Z0LAHtkAoC/5cBEAAAMAAQAAAwAyDxYuSA==", 640, 360, 0 },
    { "two B pictures", "Z2QAH6zRAFAFuwEQAAADABAAAAMDIPGDESA=", 1280, 720, 1 },
    { "B pictures that are references", "Z2QAKKzZQHgCJ+XARAAAAwAEAAADAMg8YMZY", 1920, 1080, 2 },
    { "no B pictures", "Z2QAKKyyAPAET8uAiAAAAwAIAAADAZB4wZJA", 1920, 1080, 0 },
    { "interlaced and cropped", "Z2QAHqzkAtCTYCIAAAMAAgAAAwBkPihUkA==", 720, 576, 0 },
    { "an odd size", "Z2QADayyAqEPERGAiAAAAwAIAAADAZB4oVJA", 322, 242, 0 },
    { "4:4:4 with a signal description", "Z/QADZGWQFB+wFqAgICgAAADACAAAAZB4oVJ", 320, 240, 0 },
    { "a decoder model", "Z2QAHqyyAUB7YCIAAAMAAgAAAwBkwIAB6EgAPQlJhgDxYuSA", 640, 480, 0 },
};

static void
test_table (gconstpointer data)
{
    const SpsCase *row = data;
    g_autoptr (GError) error = NULL;
    size_t length;
    g_autofree uint8_t *nal = g_base64_decode (row->base64, &length);
    HtSps sps;

    g_assert_true (ht_sps_read (nal, length, &sps, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (sps.width, ==, row->width);
    g_assert_cmpuint (sps.height, ==, row->height);
    g_assert_cmpuint (sps.reorder_depth, ==, row->depth);
}

/* Cut anywhere before its size is known it is refused, never misread. */
static void
test_cut (void)
{
    g_autoptr (GBytes) sps = ht_camera_make_sps (2);
    size_t length;
    const uint8_t *nal = g_bytes_get_data (sps, &length);
    HtSps got;

    g_assert_true (ht_sps_read (nal, length, &got, NULL));
    g_assert_cmpuint (got.width, ==, 320);
    g_assert_cmpuint (got.height, ==, 192);
    g_assert_cmpuint (got.reorder_depth, ==, 2);
    for (size_t n = 0; n < 8; n++) {
        g_autoptr (GError) error = NULL;

        g_assert_false (ht_sps_read (nal, n, &got, &error));
        g_assert_error (error, HT_ERROR, HT_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS (CASES); i++) {
        g_autofree char *path = g_strdup_printf ("/sps/%s", CASES[i].says);

        g_test_add_data_func (path, &CASES[i], test_table);
    }
    g_test_add_func ("/sps/cut", test_cut);
    return g_test_run ();
}
