#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads a feed with parsers that share no code with ours and compares it with the rows it came from.

check-feed.py FEED ROWS: exit 0 where all is well, 77 where python3-icalendar is not installed, else 1 with what is
wrong. ROWS has a line for each session: UID, start, end, summary, with tabs between.
"""

import io
import pathlib
import sys
import zoneinfo
from datetime import datetime, timedelta, timezone

try:
    import icalendar
    from dateutil import tz
    from dateutil.rrule import rrulestr
except ImportError:
    sys.exit(77)

UTC = timezone.utc


def lines(octets):
    assert octets.endswith(b"\r\n"), "the last line does not end"
    for line in octets[:-2].split(b"\r\n"):
        assert len(line) <= 75, f"{len(line)} octets: {line}"
        assert b"\n" not in line and b"\r" not in line, f"a bare line end: {line}"
        line.decode()  # no letter is cut
        yield line


def instant(prop):
    value = prop.dt
    name = prop.params.get("TZID")
    if name is not None:
        # the wall clock as written, in the zone of the system: not as the parser understood it
        value = value.replace(tzinfo=zoneinfo.ZoneInfo(str(name)))
    return value


def zones(text):
    """Each VTIMEZONE must say what the system's zone says."""
    ours = tz.tzical(io.StringIO(text.replace("\r\n", "\n")))
    for name in ours.keys():
        theirs = zoneinfo.ZoneInfo(name)
        at = datetime(2024, 1, 1)
        while at.year < 2037:
            local = at.replace(tzinfo=theirs)
            # hours that exist twice or not at all are told apart by fold alone
            if local.astimezone(UTC).astimezone(theirs).replace(tzinfo=None) == at and \
               at.replace(tzinfo=theirs, fold=1).utcoffset() == local.utcoffset():
                assert at.replace(tzinfo=ours.get(name)).utcoffset() == local.utcoffset(), f"{name} at {at}"
            at += timedelta(hours=7, minutes=30)
        yield name


def sessions(events):
    masters = {}
    overrides = {}
    for event in events:
        uid = str(event["UID"])
        if "RECURRENCE-ID" in event:
            slot = instant(event["RECURRENCE-ID"]).astimezone(UTC)
            assert (uid, slot) not in overrides, f"{uid} twice at {slot}"
            overrides[uid, slot] = event
        else:
            assert uid not in masters, f"{uid} twice"
            masters[uid] = event
    for uid, master in masters.items():
        start = instant(master["DTSTART"])
        length = instant(master["DTEND"]).astimezone(UTC) - start.astimezone(UTC)
        starts = [start]
        if "RRULE" in master:
            starts = list(rrulestr(master["RRULE"].to_ical().decode(), dtstart=start))
        gone = master.get("EXDATE", [])
        gone = {instant_of(d, group).astimezone(UTC)
                for group in (gone if isinstance(gone, list) else [gone]) for d in group.dts}
        assert gone <= {s.astimezone(UTC) for s in starts}, f"{uid}: an EXDATE that is no slot"
        for slot in (s.astimezone(UTC) for s in starts):
            event = overrides.pop((uid, slot), None)
            if event is not None:
                if event["STATUS"] != "CANCELLED":
                    yield uid, instant(event["DTSTART"]).astimezone(UTC), instant(event["DTEND"]).astimezone(UTC), \
                        str(event["SUMMARY"])
            elif slot not in gone and master["STATUS"] != "CANCELLED":
                yield uid, slot, slot + length, str(master["SUMMARY"])
    assert not overrides, f"overrides of no slot: {list(overrides)}"


def instant_of(date, group):
    name = group.params.get("TZID")
    return date.dt if name is None else date.dt.replace(tzinfo=zoneinfo.ZoneInfo(str(name)))


def main(feed, rows):
    octets = pathlib.Path(feed).read_bytes()
    count = sum(1 for _ in lines(octets))
    calendar = icalendar.Calendar.from_ical(octets)
    named = {str(v.params["TZID"]) for e in calendar.walk("VEVENT") for v in [e["DTSTART"]] if "TZID" in v.params}
    given = set(zones(octets.decode()))
    assert named <= given, f"zones without VTIMEZONE: {named - given}"
    for name in ("VERSION", "PRODID", "METHOD", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"):
        assert name in calendar, f"no {name}"
    assert str(calendar["NAME"]) == str(calendar["X-WR-CALNAME"]).replace("\\,", ",").replace("\\;", ";")
    found = sorted(sessions(calendar.walk("VEVENT")))
    wanted = []
    for line in pathlib.Path(rows).read_text().splitlines():
        uid, start, end, summary = line.split("\t")
        times = [datetime.strptime(t, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) for t in (start, end)]
        wanted.append((uid, *times, summary))
    wanted.sort()
    for row in found:
        assert row in wanted, f"the feed has what the rows have not: {row}"
    for row in wanted:
        assert row in found, f"the feed has not what the rows have: {row}"
    assert len(found) == len(wanted)
    print(f"{count} lines, {len(found)} sessions, {len(given)} zones")


try:
    main(*sys.argv[1:])
except AssertionError as error:
    sys.exit(f"{error}")
