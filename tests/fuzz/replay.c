/* SPDX-License-Identifier: MIT */

/* Runs a fuzz target without libFuzzer: every seed as it is, then mutations of it drawn from a
 * fixed generator, so that two runs see the same inputs. */

#include <glib.h>
#include <stdint.h>

#define ROUNDS     4000
#define MAX_GROWTH 64

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
mutate (GByteArray *input, GRand *rand)
{
    unsigned at = input->len > 0 ? (unsigned) g_rand_int_range (rand, 0, (int) input->len) : 0;
    uint8_t octet = (uint8_t) g_rand_int_range (rand, 0, 256);

    switch (g_rand_int_range (rand, 0, 5)) {
    case 0:
        if (input->len > 0)
            input->data[at] = octet;
        break;
    case 1:
        if (input->len > 0)
            input->data[at] ^= (uint8_t) (1u << (octet & 7));
        break;
    case 2:
        g_byte_array_append (input, &octet, 1);
        break;
    case 3:
        g_byte_array_set_size (input, at);
        break;
    default: {
        unsigned n = MIN (input->len - at, octet % MAX_GROWTH);
        g_autofree uint8_t *piece = g_memdup2 (input->data + at, n);

        g_byte_array_append (input, piece, n);
        break;
    }
    }
}

static void
run (const uint8_t *data, size_t size)
{
    /* an exact copy on the heap, so that a read past the end is seen */
    g_autofree uint8_t *exact = g_memdup2 (data, size);

    LLVMFuzzerTestOneInput (exact, size);
}

static void
replay (const char *path, GRand *rand)
{
    g_autofree char *text = NULL;
    size_t size;

    if (!g_file_get_contents (path, &text, &size, NULL))
        return;
    run ((const uint8_t *) text, size);
    for (unsigned round = 0; round < ROUNDS; round++) {
        g_autoptr (GByteArray) input = g_byte_array_new ();

        g_byte_array_append (input, (const uint8_t *) text, (unsigned) size);
        for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--)
            mutate (input, rand);
        run (input->data, input->len);
    }
}

int
main (int argc, char **argv)
{
    g_autoptr (GRand) rand = g_rand_new_with_seed (1);
    g_autoptr (GDir) seeds = argc > 1 ? g_dir_open (argv[1], 0, NULL) : NULL;
    const char *name;

    run (NULL, 0);
    while (seeds != NULL && (name = g_dir_read_name (seeds)) != NULL) {
        g_autofree char *path = g_build_filename (argv[1], name, NULL);

        replay (path, rand);
    }
    return 0;
}
