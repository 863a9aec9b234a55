/* SPDX-License-Identifier: MIT */

#include "calendar/publish/invitation.h"

#include <string.h>

#include "calendar/text/line.h"
#include "calendar/text/timezone.h"
#include "scheduler/service/reads.h"

/* (transfer full) (element-type HtSession): what the recipient may see and keep. */
static GPtrArray *
list_published (HtService *service, const HtInvitation *invitation)
{
    GPtrArray *sessions =
        ht_reads_series_sessions (service, invitation->to->id, invitation->series->id);

    for (unsigned i = sessions->len; i > 0; i--) {
        const HtSession *session = g_ptr_array_index (sessions, i - 1);

        if (!ht_session_machine_is_published (session->state))
            g_ptr_array_remove_index (sessions, i - 1);
    }
    return sessions;
}

static gboolean
has_one_uid (const HtCalendarPlan *plan)
{
    for (unsigned i = 1; i < ht_calendar_plan_count (plan); i++)
        if (strcmp (ht_calendar_plan_get (plan, i)->uid, ht_calendar_plan_get (plan, 0)->uid) != 0)
            return FALSE;
    return TRUE;
}

static gboolean
is_told (const HtInvitation *invitation, int64_t slot_us)
{
    for (unsigned i = 0; i < invitation->told->len; i++)
        if (((const HtSession *) g_ptr_array_index (invitation->told, i))->slot_us == slot_us)
            return TRUE;
    return FALSE;
}

static gboolean
all_are_cancelled (const GPtrArray *sessions)
{
    for (unsigned i = 0; i < sessions->len; i++)
        if (((const HtSession *) g_ptr_array_index (sessions, i))->state != HT_SESSION_CANCELLED)
            return FALSE;
    return TRUE;
}

/* RFC 5546 3.2.5: a whole series is cancelled by its UID alone, some of it by their slots.
 * (element-type HtEvent) (transfer container) */
static GPtrArray *
choose_cancelled (const HtCalendarPlan *plan, const HtInvitation *invitation,
                  const GPtrArray *sessions)
{
    GPtrArray *chosen = g_ptr_array_new ();

    if (all_are_cancelled (sessions)) {
        g_ptr_array_add (chosen, (gpointer) ht_calendar_plan_get (plan, 0));
        return chosen;
    }
    for (unsigned i = 0; i < ht_calendar_plan_count (plan); i++) {
        const HtEvent *event = ht_calendar_plan_get (plan, i);

        if (event->cancelled && is_told (invitation, event->slot_us))
            g_ptr_array_add (chosen, (gpointer) event);
    }
    return chosen;
}

/* (element-type HtEvent) (transfer container) */
static GPtrArray *
choose (const HtCalendarPlan *plan, const HtInvitation *invitation, const GPtrArray *sessions,
        const char **ret_method)
{
    gboolean published =
        invitation->to->id == invitation->series->organiser_id || !has_one_uid (plan);
    g_autoptr (GPtrArray) chosen = NULL;

    *ret_method = published ? "PUBLISH" : "REQUEST";
    if (invitation->cancels && !published) {
        chosen = choose_cancelled (plan, invitation, sessions);
        if (chosen->len > 0) {
            *ret_method = "CANCEL";
            return g_steal_pointer (&chosen);
        }
    }
    g_clear_pointer (&chosen, g_ptr_array_unref);
    chosen = g_ptr_array_new ();
    for (unsigned i = 0; i < ht_calendar_plan_count (plan); i++)
        g_ptr_array_add (chosen, (gpointer) ht_calendar_plan_get (plan, i));
    return g_steal_pointer (&chosen);
}

static void
append_event (const HtEvent *planned, const HtInvitation *invitation, gboolean asks, GString *text)
{
    HtEvent event = *planned;

    if (event.organiser_mail == NULL || event.organiser_mail[0] == '\0')
        event.organiser_mail = invitation->sender;
    if (asks) {
        event.attendee_name = invitation->to->name;
        event.attendee_mail = invitation->to->email;
    }
    ht_event_append (&event, text);
}

static char *
write_object (const GPtrArray *events, const HtInvitation *invitation, const char *method)
{
    const HtEvent *first = g_ptr_array_index (events, 0);
    GString *text = g_string_new (NULL);

    ht_line_append (text, "BEGIN", "VCALENDAR");
    ht_line_append (text, "VERSION", "2.0");
    ht_line_append (text, "PRODID", "-//hoitruong//hoitruong//VI");
    ht_line_append (text, "CALSCALE", "GREGORIAN");
    ht_line_append (text, "METHOD", method);
    if (first->zone != NULL)
        ht_timezone_append (first->zone, text);
    for (unsigned i = 0; i < events->len; i++)
        append_event (g_ptr_array_index (events, i), invitation, strcmp (method, "PUBLISH") != 0,
                      text);
    ht_line_append (text, "END", "VCALENDAR");
    return g_string_free (text, FALSE);
}

char *
ht_invitation_write (const HtSeriesTextSettings *settings, const HtInvitation *invitation,
                     const char **ret_method)
{
    g_autoptr (GPtrArray) sessions = list_published (settings->service, invitation);
    g_autoptr (HtZone) zone = ht_zone_new (invitation->series->zone, NULL, NULL);
    g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (HtCalendarPlan) plan = NULL;
    g_autoptr (GPtrArray) events = NULL;

    if (sessions->len == 0)
        return NULL;
    plan = ht_series_text_plan (settings, invitation->series, zone != NULL ? zone : settings->zone,
                                sessions, texts);
    events = choose (plan, invitation, sessions, ret_method);
    return write_object (events, invitation, *ret_method);
}

char *
ht_invitation_make (gpointer inviter, const HtNotice *notice, const GPtrArray *sessions,
                    const char **ret_method)
{
    const HtInviter *self = inviter;
    HtService *service = self->settings->service;
    const HtSession *first = g_ptr_array_index (sessions, 0);
    HtInvitation invitation = {
        .series = ht_reads_peek (service, HT_RECORD_SERIES, first->series_id),
        .to = ht_reads_peek (service, HT_RECORD_PERSON, notice->person_id),
        .told = sessions,
        .cancels = notice->kind == HT_NOTICE_CANCELLED,
        .sender = self->sender,
    };

    /* what a recording misses and which site is not ready is no matter of calendars */
    return notice->kind == HT_NOTICE_INCOMPLETE || notice->kind == HT_NOTICE_QUESTIONS ||
                   notice->kind == HT_NOTICE_ENDS
               ? NULL
               : ht_invitation_write (self->settings, &invitation, ret_method);
}
