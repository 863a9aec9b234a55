/* SPDX-License-Identifier: MIT */

#include "media/pipeline/auth.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* A challenge that may be answered is, and in one line. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    g_autofree char *header = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
    g_autoptr (HtAuth) auth = ht_auth_new ("user", "password");
    g_autofree char *answer = NULL;

    g_strdelimit (header, "\r\n", ' '); /* a header has none */
    ht_auth_begin_challenge (auth);
    ht_auth_take_challenge (auth, header);
    answer = ht_auth_dup_answer (auth, "DESCRIBE", "rtsp://a/", "c");
    g_assert_true (answer == NULL || strpbrk (answer, "\r\n") == NULL);
    return 0;
}
