#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads an iCalendar stream from stdin by a parser that is not ours nor libical; prints its events as JSON."""

import json
import sys

import icalendar

octets = sys.stdin.buffer.read()
assert all(len(line) <= 75 for line in octets.split(b"\r\n")), "a line is longer than 75 octets"
calendar = icalendar.Calendar.from_ical(octets)
print(json.dumps({
    "name": str(calendar.get("X-WR-CALNAME", "")),
    "zones": [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")],
    "events": [{
        "uid": str(event["UID"]),
        "summary": str(event["SUMMARY"]),
        "start": event.decoded("DTSTART").isoformat(),
        "end": event.decoded("DTEND").isoformat(),
        "status": str(event.get("STATUS", "")),
        "url": str(event.get("URL", "")),
    } for event in calendar.walk("VEVENT")],
}))
