/* SPDX-License-Identifier: MIT */

/* A media port that writes down what it is told. */

#pragma once

#include "scheduler/ports/media.h"

typedef struct {
    GObject parent;
    GString *told;  /* "want 1 of 2;stop 1;" */
    int64_t end_us; /* of the last job that was wanted */
    HtMediaHear hear;
    gpointer user_data;
} FakeMedia;

typedef GObjectClass FakeMediaClass;

GType fake_media_get_type (void);

FakeMedia *fake_media_new (void);
