/* SPDX-License-Identifier: MIT */

/* What the fake ingest films, for those who check what was recorded: picture n is that of the n-th
 * hundredth of a second since 1970. */

#pragma once

#include "tests/media/made-units.h"

#define FAKE_CAMERA_FRAME    900   /* in 1/90000 s */
#define FAKE_CAMERA_FRAME_US 10000 /* the same */
#define FAKE_CAMERA_GOP      20

static inline gboolean
fake_camera_is_key (int64_t number)
{
    return number % FAKE_CAMERA_GOP == 0;
}

/* (transfer full): sizes vary, and some are larger than a PES packet can say */
static inline GBytes *
fake_camera_make_picture (int64_t number)
{
    size_t length = number % 400 == 0 ? 70000 : 200 + (size_t) (number * 37 % 1500);

    return made_picture ((unsigned) (number % 1000000000), fake_camera_is_key (number), length);
}
