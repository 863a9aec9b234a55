/* SPDX-License-Identifier: MIT */

#include "scheduler/core/choice.h"

#include <string.h>

static gboolean
has_word (const char *words, const char *word, size_t length)
{
    for (const char *at = words; at != NULL && *at != '\0';) {
        size_t n = strcspn (at, " ");

        if (n == length && strncmp (at, word, length) == 0)
            return TRUE;
        at += n + strspn (at + n, " ");
    }
    return FALSE;
}

static gboolean
has_features (const char *has, const char *wanted)
{
    for (const char *at = wanted; at != NULL && *at != '\0';) {
        size_t n = strcspn (at, " ");

        if (n > 0 && !has_word (has, at, n))
            return FALSE;
        at += n + strspn (at + n, " ");
    }
    return TRUE;
}

gboolean
ht_choice_fits (const HtChoice *choice, const HtResource *resource)
{
    return !resource->retired && resource->kind == choice->kind &&
           resource->seats >= choice->seats && resource->capacity >= MAX (1, choice->amount) &&
           has_features (resource->features, choice->features);
}

int
ht_choice_compare (const HtResource *one, const HtResource *other)
{
    if (one->seats != other->seats)
        return one->seats < other->seats ? -1 : 1;
    if (one->capacity != other->capacity)
        return one->capacity < other->capacity ? -1 : 1;
    return (one->id > other->id) - (one->id < other->id);
}
