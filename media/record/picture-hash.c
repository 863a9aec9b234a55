/* SPDX-License-Identifier: MIT */

#include "media/record/picture-hash.h"

#include <string.h>

#include "scheduler/support/digest.h"

#define STREAM_VIDEO      0
#define ADTS_HEADER_BYTES 7
#define ADTS_CRC_BYTES    2

struct _HtPictureHasher {
    HtDigest *digest; /* (owned) */
    gboolean is_empty;
};

/* The first octet of the start code 00 00 01 at or after @from; @length where there is none. */
static size_t
find_start_code (const uint8_t *data, size_t length, size_t from)
{
    while (from + 3 <= length) {
        const uint8_t *one = memchr (data + from + 2, 1, length - from - 2);

        if (one == NULL)
            break;
        if (one[-1] == 0 && one[-2] == 0)
            return (size_t) (one - 2 - data);
        from = (size_t) (one - data) - 1;
    }
    return length;
}

const uint8_t *
ht_annexb_next (const uint8_t *data, size_t length, size_t *offset, size_t *ret_length)
{
    size_t start = find_start_code (data, length, *offset);
    size_t end;

    if (start + 3 >= length) {
        *offset = length;
        return NULL;
    }
    start += 3;
    end = find_start_code (data, length, start);
    *offset = end;
    while (end > start && data[end - 1] == 0)
        end--;
    *ret_length = end - start;
    return data + start;
}

HtPictureHasher *
ht_picture_hasher_new (void)
{
    HtPictureHasher *hasher = g_new (HtPictureHasher, 1);

    hasher->digest = ht_digest_new ();
    hasher->is_empty = TRUE;
    return hasher;
}

static void
add (HtPictureHasher *hasher, const uint8_t *data, size_t length)
{
    ht_digest_add (hasher->digest, data, length);
    hasher->is_empty = FALSE;
}

void
ht_picture_hasher_add_nal (HtPictureHasher *hasher, const uint8_t *nal, size_t length)
{
    unsigned type = length > 0 ? nal[0] & 31u : 0;

    while (length > 0 && nal[length - 1] == 0)
        length--;
    if (type >= 1 && type <= 5 && length > 0)
        add (hasher, nal, length);
}

HtPictureHash
ht_picture_hasher_take (HtPictureHasher *hasher)
{
    char text[HT_DIGEST_LETTERS + 1];
    HtPictureHash hash = { "" };

    ht_digest_take_text (hasher->digest, text);
    if (!hasher->is_empty)
        g_strlcpy (hash.text, text, sizeof hash.text);
    hasher->is_empty = TRUE;
    return hash;
}

void
ht_picture_hasher_free (HtPictureHasher *hasher)
{
    if (hasher == NULL)
        return;
    ht_digest_free (hasher->digest);
    g_free (hasher);
}

static void
add_frame (HtPictureHasher *hasher, const uint8_t *data, size_t length)
{
    size_t header = ADTS_HEADER_BYTES;

    if (length > 1 && (data[1] & 1) == 0)
        header += ADTS_CRC_BYTES;
    if (length > header)
        add (hasher, data + header, length - header);
}

HtPictureHash
ht_picture_hash (unsigned stream, const uint8_t *data, size_t length)
{
    g_autoptr (HtPictureHasher) hasher = ht_picture_hasher_new ();
    const uint8_t *nal;
    size_t offset = 0, nal_length;

    if (stream == STREAM_VIDEO)
        while ((nal = ht_annexb_next (data, length, &offset, &nal_length)) != NULL)
            ht_picture_hasher_add_nal (hasher, nal, nal_length);
    else
        add_frame (hasher, data, length);
    return ht_picture_hasher_take (hasher);
}
