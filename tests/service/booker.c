/* SPDX-License-Identifier: MIT */

/* A service that books as fast as it can and prints each booking that was acknowledged, until it
 * is killed: "+SERIES NUMBER". An error ends it: "!PROBLEM".
 * Usage: booker DATABASE FIRST-SLOT */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scheduler/base/error.h"
#include "tests/service/fixture.h"

#define N_CLIENTS 8

typedef struct {
    HtService *service;
    int64_t slot;
    unsigned n_active;
} Booker;

static void book (Booker *self);

static void
take_answer (const HtAnswer *answer, const HtPreview *preview G_GNUC_UNUSED, const GError *error,
             gpointer user_data)
{
    Booker *self = user_data;

    self->n_active--;
    if (error != NULL) {
        dprintf (STDOUT_FILENO, "!%s\n", ht_problem_get_id (error));
        self->slot = INT64_MAX;
        return;
    }
    dprintf (STDOUT_FILENO, "+%d %d\n", (int) answer->id, (int) answer->number);
    if (self->slot < INT64_MAX)
        book (self);
}

/* Now and then what was booked is changed: one, many at once, or the last change taken back. What
 * does not fit is refused, and no error of ours. */
static void
take_change (const HtAnswer *answer G_GNUC_UNUSED, const HtPreview *preview G_GNUC_UNUSED,
             const GError *error, gpointer user_data)
{
    Booker *self = user_data;

    self->n_active--;
    if (error != NULL && (error->code == HT_ERROR_INTERNAL || error->code == HT_ERROR_FULL ||
                          error->code == HT_ERROR_UNKNOWN)) {
        dprintf (STDOUT_FILENO, "!%s\n", ht_problem_get_id (error));
        self->slot = INT64_MAX;
    }
}

static void
change (Booker *self, int64_t slot, const char *start)
{
    g_autofree char *day = g_strndup (start, strlen ("2027-01-01"));
    g_autoptr (GArray) rooms = make_ids (ROOM_B);
    HtEdit edit = { .move = { .id = slot / 2 + 1 }, .title = (char *) "y", .rooms = rooms };
    HtChangeMany many = {
        .resource_id = ROOM_B, .from = day, .until = day, .days = 1, .those = HT_THOSE_FITTING
    };
    HtTarget undo = { 0, 0 };
    const struct {
        HtCommand command;
        gconstpointer arguments;
    } kinds[] = {
        { HT_COMMAND_EDIT, &edit },
        { HT_COMMAND_CHANGE_MANY, &many },
        { HT_COMMAND_UNDO, &undo },
    };

    if (slot % 16 >= (int64_t) G_N_ELEMENTS (kinds))
        return;
    self->n_active++;
    ht_service_submit (self->service, ADMIN, kinds[slot % 16].command, kinds[slot % 16].arguments,
                       NULL, take_change, self);
}

/* Slots of one minute in one room, each once. */
static void
book (Booker *self)
{
    int64_t slot = self->slot++;
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    g_autofree char *start =
        g_strdup_printf ("2027-%02d-%02dT%02d:%02d", (int) (slot / 40320 % 12 + 1),
                         (int) (slot / 1440 % 28 + 1), (int) (slot / 60 % 24), (int) (slot % 60));
    HtBooking booking = { .title = (char *) "x", .start = start, .minutes = 1, .rooms = rooms };

    self->n_active++;
    ht_service_submit (self->service, TRAINER, HT_COMMAND_BOOK, &booking, NULL, take_answer, self);
    change (self, slot, start);
}

int
main (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (HtStore) store = ht_sqlite_store_open (argv[1], &error);
    g_autoptr (HtService) service = NULL;
    HtClock clock = ht_clock_make_fake (NOW_US);
    Booker self = { 0 };

    if (argc != 3 || store == NULL) {
        dprintf (STDOUT_FILENO, "!%s\n", error == NULL ? "usage" : error->message);
        return 1;
    }
    service = ht_service_new (store, NULL, NULL, &clock);
    if (!ht_service_load (service, &error)) {
        dprintf (STDOUT_FILENO, "!%s\n", error->message);
        return 1;
    }
    self.service = service;
    self.slot = g_ascii_strtoll (argv[2], NULL, 10);
    for (unsigned i = 0; i < N_CLIENTS; i++)
        book (&self);
    while (self.n_active > 0)
        g_main_context_iteration (NULL, TRUE);
    return 3;
}
