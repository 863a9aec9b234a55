/* SPDX-License-Identifier: MIT */

#include "scheduler/base/id.h"

#include "scheduler/base/error.h"

gboolean
ht_id_parse (const char *text, int64_t *ret_id, GError **error)
{
    uint64_t value;

    if (!g_ascii_isdigit (text[0]) || text[0] == '0' ||
        !g_ascii_string_to_unsigned (text, 10, 1, INT64_MAX, &value, NULL)) {
        ht_problem_set (error, HT_ERROR_INVALID, "not-an-id", NULL, "'%.40s' is no identity", text);
        return FALSE;
    }
    *ret_id = (int64_t) value;
    return TRUE;
}
