/* SPDX-License-Identifier: MIT */

#include "calendar/text/envelope.h"

#include "calendar/text/line.h"
#include "calendar/text/timezone.h"

/* How often a subscriber is asked to look again. */
#define REFRESH "PT1H"

void
ht_envelope_append_head (const HtEnvelope *envelope, const GPtrArray *zones, GString *text)
{
    ht_line_append (text, "BEGIN", "VCALENDAR");
    ht_line_append (text, "VERSION", "2.0");
    ht_line_append (text, "PRODID", "-//hoitruong//hoitruong//VI");
    ht_line_append (text, "CALSCALE", "GREGORIAN");
    ht_line_append (text, "METHOD", "PUBLISH");
    ht_line_append_text (text, "UID", envelope->uid);
    ht_line_append_instant (text, "LAST-MODIFIED", envelope->last_modified_us);
    /* the standard's names (RFC 7986) and those that clients read */
    ht_line_append_text (text, "NAME", envelope->name);
    ht_line_append_text (text, "X-WR-CALNAME", envelope->name);
    if (envelope->description != NULL) {
        ht_line_append_text (text, "DESCRIPTION", envelope->description);
        ht_line_append_text (text, "X-WR-CALDESC", envelope->description);
    }
    ht_line_append_text (text, "X-WR-TIMEZONE", ht_zone_get_name (envelope->zone));
    ht_line_append (text, "REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
    ht_line_append (text, "X-PUBLISHED-TTL", REFRESH);
    if (envelope->source_url != NULL)
        ht_line_append (text, "SOURCE;VALUE=URI", envelope->source_url);
    for (unsigned i = 0; i < zones->len; i++)
        ht_timezone_append (g_ptr_array_index (zones, i), text);
}

void
ht_envelope_append_tail (GString *text)
{
    ht_line_append (text, "END", "VCALENDAR");
}
