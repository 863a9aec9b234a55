/* SPDX-License-Identifier: MIT */

/* The little province with what operating a conference needs besides: a site that can take over,
 * with a room and a line of its own. The room takes 45 minutes to set up. */

#pragma once

#include "scheduler/service/ticker.h"
#include "tests/service/fixture.h"

enum { ROOM_C = CAMERA_PORTS + 1, LINK_SPARE };
enum { SITE_SPARE = SITE_LOW + 1 };

void operated_set_up (Fixture *f, gconstpointer data);

/* A conference of the top site with the low one at 2,000 kbit/s, by the operator, for nobody but
 * who takes part; 60 minutes. */
const char *operated_book (Fixture *f, const char *start);

/* A ticker that asks 24 hours, 60 and 15 minutes before, and extends 5 minutes before the end. */
HtTicker *operated_start_ticker (Fixture *f, HtMedia *media);

/* Sets the clock and lets everything that is due come true. */
void operated_go_to (Fixture *f, HtTicker *ticker, int64_t now_us);

const HtOperation *operated_peek (Fixture *f, int64_t session_id);

/* Notices of a kind that were committed since the last call: whom they are for, "2,4". Borrowed. */
const char *operated_list_told (HtNoticeKind kind);
