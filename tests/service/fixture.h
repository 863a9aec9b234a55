/* SPDX-License-Identifier: MIT */

/* A service on a database of its own, with a little province in it and a clock that stands. */

#pragma once

#include "scheduler/service/reads.h"
#include "scheduler/service/service.h"
#include "scheduler/store/sqlite-store.h"

/* 2026-11-25T00:00:00Z, a Wednesday, 07:00 in Huế. */
#define NOW_US  (INT64_C (1795564800) * G_USEC_PER_SEC)
#define HOUR_US (INT64_C (3600) * G_USEC_PER_SEC)

/* Who and what is in it, by identity. */
enum { PROVINCE = 1, DISTRICT, COMMUNE };
enum { ROOM_A = 1, ROOM_B, LAPTOPS, TEACHER, LINK_TOP, LINK_LOW, CAMERA_PORTS };
enum { ADMIN = 1, TRAINER, OPERATOR, CADRE, STRANGER };
enum { SITE_TOP = 1, SITE_LOW };
enum { CAMERA = 1 };

typedef struct {
    char *folder;
    char *path;
    HtClock clock;
    HtStore *store;
    HtMail *mail; /* (owned) (nullable): of the service that is opened next */
    HtService *service;
    HtAnswer answer;
    char *problem; /* of the last command; NULL: it was done */
    unsigned n_answers;
} Fixture;

void fixture_set_up (Fixture *f, gconstpointer data);
void fixture_tear_down (Fixture *f, gconstpointer data);

/* Writes one record into an empty database. @record: (transfer full) */
void fixture_seed (HtStore *store, HtRecordKind kind, gpointer record);
void fixture_seed_province (HtStore *store);

void fixture_open (Fixture *f);
void fixture_close (Fixture *f);

/* Hands the command over and does not wait; the answer is noted in @f. */
void fixture_start (Fixture *f, int64_t actor_id, HtCommand command, gconstpointer arguments,
                    const char *key);

/* Does the command and waits for its commit. Returns the problem's identifier, or NULL. */
const char *fixture_do (Fixture *f, int64_t actor_id, HtCommand command, gconstpointer arguments);

/* Books @room from an hour of day in Huế; 90 minutes. */
const char *fixture_book (Fixture *f, int64_t actor_id, int64_t room, const char *start);

const HtSession *fixture_session (Fixture *f, int64_t id);

GArray *make_ids (int64_t id);
