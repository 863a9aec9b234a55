/* SPDX-License-Identifier: MIT */

#include "calendar/text/event.h"

#include <libical/ical.h>
#include <string.h>

#include "calendar/text/line.h"

/* Folded lines of libical are right: whole letters, 75 octets. */

static icaltimetype
make_time (const HtZone *zone, int64_t at_us)
{
    int64_t at_s = at_us >= 0 ? at_us / HT_CIVIL_US : -((-at_us + HT_CIVIL_US - 1) / HT_CIVIL_US);
    HtCivil civil = zone != NULL ? ht_zone_to_civil (zone, at_us) : ht_civil_from_local_s (at_s);

    return (icaltimetype){
        .year = civil.year,
        .month = civil.month,
        .day = civil.day,
        .hour = civil.hour,
        .minute = civil.minute,
        .second = civil.second,
        .zone = zone != NULL ? NULL : icaltimezone_get_utc_timezone (),
    };
}

static gboolean
is_utc (const HtZone *zone)
{
    return zone == NULL || strcmp (ht_zone_get_name (zone), "UTC") == 0;
}

/* Adds a time of the event's zone under the name of @property, which is taken. */
static void
add_time (icalcomponent *vevent, icalproperty *property, const HtZone *zone)
{
    if (!is_utc (zone))
        icalproperty_add_parameter (property, icalparameter_new_tzid (ht_zone_get_name (zone)));
    icalcomponent_add_property (vevent, property);
}

static void
add_times (icalcomponent *vevent, const HtEvent *event)
{
    const HtZone *zone = is_utc (event->zone) ? NULL : event->zone;

    add_time (vevent, icalproperty_new_dtstart (make_time (zone, event->start_us)), zone);
    add_time (vevent, icalproperty_new_dtend (make_time (zone, event->end_us)), zone);
    if (event->slot_us != HT_EVENT_NO_SLOT)
        add_time (vevent, icalproperty_new_recurrenceid (make_time (zone, event->slot_us)), zone);
    for (unsigned i = 0; event->excluded != NULL && i < event->excluded->len; i++) {
        int64_t slot_us = g_array_index (event->excluded, int64_t, i);

        add_time (vevent, icalproperty_new_exdate (make_time (zone, slot_us)), zone);
    }
}

static void
add_stamps (icalcomponent *vevent, const HtEvent *event)
{
    icalcomponent_add_property (vevent, icalproperty_new_uid (event->uid));
    icalcomponent_add_property (vevent,
                                icalproperty_new_dtstamp (make_time (NULL, event->dtstamp_us)));
    icalcomponent_add_property (vevent,
                                icalproperty_new_created (make_time (NULL, event->created_us)));
    icalcomponent_add_property (
        vevent, icalproperty_new_lastmodified (make_time (NULL, event->last_modified_us)));
    icalcomponent_add_property (vevent, icalproperty_new_sequence ((int) event->sequence));
}

/* The link stands in the description too: not every client shows URL. */
static char *
make_description (const HtEvent *event)
{
    if (event->url == NULL)
        return g_strdup (event->description);
    if (event->description == NULL || *event->description == '\0')
        return g_strdup (event->url);
    return g_strconcat (event->description, "\n\n", event->url, NULL);
}

static void
add_conference (icalcomponent *vevent, const char *url)
{
    icalproperty *conference = icalproperty_new_conference (url);

    icalproperty_add_parameter (conference, icalparameter_new_value (ICAL_VALUE_URI));
    /* one feature alone: libical 3.0 quotes a list of them as one */
    icalproperty_add_parameter (conference, icalparameter_new_feature (ICAL_FEATURE_VIDEO));
    icalcomponent_add_property (vevent, conference);
}

static void
add_texts (icalcomponent *vevent, const HtEvent *event)
{
    g_autofree char *description = make_description (event);

    icalcomponent_add_property (vevent, icalproperty_new_summary (event->summary));
    if (event->location != NULL && *event->location != '\0')
        icalcomponent_add_property (vevent, icalproperty_new_location (event->location));
    if (description != NULL && *description != '\0')
        icalcomponent_add_property (vevent, icalproperty_new_description (description));
    if (event->url != NULL) {
        icalcomponent_add_property (vevent, icalproperty_new_url (event->url));
        add_conference (vevent, event->url);
    }
}

static void
add_common_name (icalproperty *property, const char *name)
{
    g_autofree char *safe = g_strdup (name);

    if (name == NULL || *name == '\0')
        return;
    /* a parameter cannot hold a quote, and libical 3.0 does not escape ^ (RFC 6868) */
    g_strdelimit (safe, "\"^\r\n", '\'');
    icalproperty_add_parameter (property, icalparameter_new_cn (safe));
}

static void
add_organiser (icalcomponent *vevent, const HtEvent *event)
{
    g_autofree char *address = NULL;
    icalproperty *organiser;

    if (event->organiser_mail == NULL || *event->organiser_mail == '\0')
        return;
    address = g_strconcat ("mailto:", event->organiser_mail, NULL);
    organiser = icalproperty_new_organizer (address);
    add_common_name (organiser, event->organiser_name);
    icalcomponent_add_property (vevent, organiser);
}

/* Who is booked is not asked whether they come: no reply is wanted. */
static void
add_attendee (icalcomponent *vevent, const HtEvent *event)
{
    g_autofree char *address = NULL;
    icalproperty *attendee;

    if (event->attendee_mail == NULL || *event->attendee_mail == '\0')
        return;
    address = g_strconcat ("mailto:", event->attendee_mail, NULL);
    attendee = icalproperty_new_attendee (address);
    add_common_name (attendee, event->attendee_name);
    icalproperty_add_parameter (attendee, icalparameter_new_rsvp (ICAL_RSVP_FALSE));
    icalcomponent_add_property (vevent, attendee);
}

static void
add_related (icalcomponent *vevent, const char *uid)
{
    icalproperty *property;

    if (uid == NULL)
        return;
    property = icalproperty_new_relatedto (uid);
    icalproperty_add_parameter (property, icalparameter_new_reltype (ICAL_RELTYPE_SIBLING));
    icalcomponent_add_property (vevent, property);
}

#define END "END:VEVENT\r\n"

/* Lines of our own before the end: libical would write what it made of a rule, and does not
 * escape categories. */
static void
insert_lines (const HtEvent *event, GString *text)
{
    g_assert (g_str_has_suffix (text->str, END));
    g_string_truncate (text, text->len - strlen (END));
    if (event->rule != NULL)
        ht_line_append (text, "RRULE", event->rule);
    for (const char *const *name = event->categories; name != NULL && *name != NULL; name++)
        ht_line_append_text (text, "CATEGORIES", *name);
    g_string_append (text, END);
}

void
ht_event_append (const HtEvent *event, GString *text)
{
    icalcomponent *vevent = icalcomponent_new (ICAL_VEVENT_COMPONENT);
    char *octets;

    add_stamps (vevent, event);
    add_times (vevent, event);
    add_texts (vevent, event);
    add_organiser (vevent, event);
    add_attendee (vevent, event);
    add_related (vevent, event->related_uid);
    icalcomponent_add_property (
        vevent,
        icalproperty_new_status (event->cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
    icalcomponent_add_property (
        vevent,
        icalproperty_new_transp (event->cancelled ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE));
    octets = icalcomponent_as_ical_string_r (vevent);
    g_string_append (text, octets);
    insert_lines (event, text);
    icalmemory_free_buffer (octets);
    icalcomponent_free (vevent);
}
