/* SPDX-License-Identifier: MIT */

#include "calendar/text/reader.h"

#include <libical/ical.h>
#include <string.h>

#include "scheduler/base/error.h"

static void
free_event (gpointer data)
{
    HtReadEvent *event = data;

    g_free (event->uid);
    g_free (event->summary);
    g_free (event->zone);
    g_free (event->rule);
    g_free (event);
}

static GPtrArray *
refuse (GError **error, HtErrorCode code, const char *id, const char *sentence)
{
    ht_problem_set (error, code, id, "calendar", "%s", sentence);
    return NULL;
}

/* Joins folded lines, since a component may hide in the folds. */
static char *
unfold (const char *text)
{
    GString *unfolded = g_string_sized_new (strlen (text));

    for (const char *c = text; *c != '\0'; c++)
        if (*c == '\n' && (c[1] == ' ' || c[1] == '\t'))
            c++;
        else if (*c != '\r')
            g_string_append_c (unfolded, *c);
    return g_string_free (unfolded, FALSE);
}

static gboolean
is_line (const char *line, const char *name)
{
    size_t length = strlen (name);

    return g_ascii_strncasecmp (line, name, length) == 0 &&
           (line[length] == ':' || line[length] == ';');
}

/* How deep components lie in each other, since libical frees them by recursion; -1 where an END
 * has no BEGIN. */
static int
measure_depth (const char *text)
{
    g_autofree char *unfolded = unfold (text);
    int depth = 0, deepest = 0;

    for (const char *line = unfolded; line != NULL; line = strchr (line, '\n')) {
        line += *line == '\n' ? 1 : 0;
        depth += is_line (line, "BEGIN") ? 1 : is_line (line, "END") ? -1 : 0;
        deepest = MAX (deepest, depth);
        if (depth < 0)
            return -1;
    }
    return deepest;
}

static char *
take_text (icalcomponent *vevent, icalproperty_kind kind)
{
    icalproperty *property = icalcomponent_get_first_property (vevent, kind);
    g_autofree char *made = NULL;
    char *text;

    if (property == NULL)
        return NULL;
    text = icalproperty_get_value_as_string_r (property);
    made = g_strdup (text);
    icalmemory_free_buffer (text);
    return g_steal_pointer (&made);
}

/* TEXT without its escapes, made valid UTF-8. */
static char *
take_summary (icalcomponent *vevent)
{
    const char *summary = icalcomponent_get_summary (vevent);

    return summary == NULL ? NULL : g_utf8_make_valid (summary, -1);
}

static gboolean
take_start (icalcomponent *vevent, HtReadEvent *event)
{
    icalproperty *property = icalcomponent_get_first_property (vevent, ICAL_DTSTART_PROPERTY);
    icalparameter *zone;
    icaltimetype time;

    if (property == NULL)
        return FALSE;
    time = icalproperty_get_dtstart (property);
    event->start =
        (HtCivil){ time.year, time.month, time.day, time.hour, time.minute, time.second };
    event->form = time.is_date             ? HT_CIVIL_TEXT_DATE
                  : icaltime_is_utc (time) ? HT_CIVIL_TEXT_UTC
                                           : HT_CIVIL_TEXT_LOCAL;
    zone = icalproperty_get_first_parameter (property, ICAL_TZID_PARAMETER);
    if (zone != NULL)
        event->zone = g_strdup (icalparameter_get_tzid (zone));
    return ht_civil_is_valid (&event->start);
}

static void
read_event (icalcomponent *vevent, GPtrArray *events)
{
    HtReadEvent *event = g_new0 (HtReadEvent, 1);

    event->uid = take_text (vevent, ICAL_UID_PROPERTY);
    event->summary = take_summary (vevent);
    event->rule = take_text (vevent, ICAL_RRULE_PROPERTY);
    event->override = icalcomponent_get_first_property (vevent, ICAL_RECURRENCEID_PROPERTY) != NULL;
    if (take_start (vevent, event) && event->uid != NULL && *event->uid != '\0')
        g_ptr_array_add (events, event);
    else
        free_event (event);
}

static void
read_events (icalcomponent *calendar, GPtrArray *events)
{
    for (icalcomponent *vevent =
             icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT);
         vevent != NULL;
         vevent = icalcomponent_get_next_component (calendar, ICAL_VEVENT_COMPONENT))
        read_event (vevent, events);
}

GPtrArray *
ht_reader_read (const char *octets, size_t length, GError **error)
{
    g_autofree char *text = NULL;
    icalcomponent *root;
    GPtrArray *events;
    int depth;

    if (length > HT_READER_MAX_OCTETS)
        return refuse (error, HT_ERROR_TOO_LARGE, "calendar-too-large",
                       "the calendar is larger than 1 MiB");
    if (length > 0 && memchr (octets, '\0', length) != NULL)
        return refuse (error, HT_ERROR_INVALID, "bad-calendar", "the calendar holds a NUL");
    text = g_strndup (length > 0 ? octets : "", length);
    depth = measure_depth (text);
    if (depth < 0)
        return refuse (error, HT_ERROR_INVALID, "bad-calendar", "an END has no BEGIN");
    if (depth > HT_READER_MAX_DEPTH)
        return refuse (error, HT_ERROR_INVALID, "bad-calendar",
                       "the calendar's components lie too deep in each other");
    root = icalparser_parse_string (text);
    if (root == NULL)
        return refuse (error, HT_ERROR_INVALID, "bad-calendar", "this is no calendar");
    events = g_ptr_array_new_with_free_func (free_event);
    if (icalcomponent_isa (root) == ICAL_VEVENT_COMPONENT)
        read_event (root, events);
    /* several calendars in one text come under one root without a name */
    for (icalcomponent *calendar =
             icalcomponent_get_first_component (root, ICAL_VCALENDAR_COMPONENT);
         calendar != NULL;
         calendar = icalcomponent_get_next_component (root, ICAL_VCALENDAR_COMPONENT))
        read_events (calendar, events);
    read_events (root, events);
    icalcomponent_free (root);
    return events;
}
