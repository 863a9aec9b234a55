/* SPDX-License-Identifier: MIT */

/* A store that passes everything on to another, except that some writes fail. */

#pragma once

#include "scheduler/ports/store.h"

#define FLAKY_TYPE_STORE (flaky_store_get_type ())
G_DECLARE_FINAL_TYPE (FlakyStore, flaky_store, FLAKY, STORE, GObject)

/* @inner: shared. Every write whose turn divides by @period fails with @code; 0: none does. */
HtStore *flaky_store_new (HtStore *inner, unsigned period, int code);
