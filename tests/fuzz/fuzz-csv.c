/* SPDX-License-Identifier: MIT */

#include "scheduler/support/csv.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    g_autoptr (HtCsv) csv = ht_csv_new ((const char *) data, size, NULL);
    unsigned line = 0;

    while (csv != NULL) {
        g_autoptr (GError) error = NULL;

        if (ht_csv_next (csv, &error)) {
            /* it goes on, and never backwards */
            g_assert_cmpuint (ht_csv_get_line (csv), >, line);
            line = ht_csv_get_line (csv);
        } else if (error == NULL) {
            break;
        }
    }
    return 0;
}
