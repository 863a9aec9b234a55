/* SPDX-License-Identifier: MIT */

#include "media/recorder/intake.h"

#include <string.h>

#define CHUNK_BYTES (64 * 1024)
/* A buffer that grew for one large picture is given back. */
#define KEEP_BYTES (512 * 1024)

struct _HtIntake {
    uint8_t *buffer; /* (owned) */
    size_t size;
    size_t begin; /* of what is not taken yet */
    size_t end;
};

HtIntake *
ht_intake_new (void)
{
    return g_new0 (HtIntake, 1);
}

uint8_t *
ht_intake_reserve (HtIntake *intake, size_t *ret_room)
{
    size_t held = intake->end - intake->begin;

    if (intake->begin > 0 && held > 0)
        memmove (intake->buffer, intake->buffer + intake->begin, held);
    intake->begin = 0;
    intake->end = held;
    if (intake->size - held < CHUNK_BYTES || (intake->size > KEEP_BYTES && held < CHUNK_BYTES)) {
        intake->size = held + 2 * CHUNK_BYTES;
        intake->buffer = g_realloc (intake->buffer, intake->size);
    }
    *ret_room = intake->size - held;
    return intake->buffer + held;
}

void
ht_intake_commit (HtIntake *intake, size_t length)
{
    g_return_if_fail (length <= intake->size - intake->end);
    intake->end += length;
}

gboolean
ht_intake_next (HtIntake *intake, HtUnit *ret_unit, GBytes **ret_data, GError **error)
{
    const uint8_t *at = intake->buffer + intake->begin;
    size_t held = intake->end - intake->begin;

    *ret_data = NULL;
    if (held < HT_UNIT_HEADER_BYTES)
        return TRUE;
    if (!ht_unit_read (at, ret_unit, error))
        return FALSE;
    if (held - HT_UNIT_HEADER_BYTES < ret_unit->length_bytes)
        return TRUE;
    *ret_data = g_bytes_new (at + HT_UNIT_HEADER_BYTES, ret_unit->length_bytes);
    intake->begin += HT_UNIT_HEADER_BYTES + ret_unit->length_bytes;
    return TRUE;
}

void
ht_intake_clear (HtIntake *intake)
{
    intake->begin = intake->end = 0;
}

void
ht_intake_free (HtIntake *intake)
{
    if (intake == NULL)
        return;
    g_free (intake->buffer);
    g_free (intake);
}
