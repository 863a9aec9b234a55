/* SPDX-License-Identifier: MIT */

/* The made lecture: what its slides say and the ground they are shown on. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define HT_SLIDE_SECONDS 8

/* The slide shown at that second of the lecture, in Pango markup-free text. */
const char *ht_slides_get_text (unsigned second);

/* Paints an I420 picture: a calm ground, a header bar and a mark that moves with @number, so that
 * no two pictures are alike. */
void ht_slides_paint (uint8_t *i420, unsigned width, unsigned height, uint32_t number);

G_END_DECLS
