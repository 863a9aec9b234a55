/* SPDX-License-Identifier: MIT */

/* Access units made up for tests: valid in form (Annex B with delimiter and parameter sets, ADTS),
 * each with a number in it so that no two are equal. */

#pragma once

#include "media/record/picture-hash.h"
#include "media/record/unit.h"

#define MADE_FRAME 3600 /* 25 pictures a second */
#define MADE_AUDIO 1920 /* 1024 samples at 48 kHz */

/* (transfer full): picture @number of about @length octets */
GBytes *made_picture (unsigned number, gboolean is_key, size_t length);

/* (transfer full): frame @number of sound */
GBytes *made_sound (unsigned number);

/* The unit that carries @data. */
HtUnit made_unit (unsigned stream, unsigned flags, int64_t pts, GBytes *data);
