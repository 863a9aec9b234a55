/* SPDX-License-Identifier: MIT */

/* The API on a service with a little province in it, asked without a socket. */

#pragma once

#include "tests/service/fixture.h"
#include "ui/http/api.h"

#define NOBODY 0

typedef struct {
    Fixture base;
    HtApi *api;
    HtDispatch *dispatch;
    char *tokens[STRANGER + 1]; /* (owned): of the cookies, by person */
    HtReply *reply;             /* (owned) (nullable): the last one */
    JsonNode *answer;           /* (owned) (nullable): its JSON */
    const char *if_match;       /* sent with the next request */
    const char *cookie;         /* sent instead of the person's token */
    const char *bearer;         /* sent instead of a cookie */
    gboolean no_csrf;           /* the next request does not prove its page */
} ApiFixture;

void api_fixture_set_up (ApiFixture *f, gconstpointer data);
void api_fixture_tear_down (ApiFixture *f, gconstpointer data);

/* Asks as @person and waits for the answer. @body: (nullable). Returns: its status. */
unsigned api_ask (ApiFixture *f, int64_t person, const char *method, const char *target,
                  const char *body);

/* Of the last answer's object; the test fails where there is none. Names are joined by dots, a
 * number picks from a list: "sessions.0.title". */
const char *api_text (ApiFixture *f, const char *path);
int64_t api_int (ApiFixture *f, const char *path);
gboolean api_has (ApiFixture *f, const char *path);
unsigned api_count (ApiFixture *f, const char *path);
