#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""record.start: from the scheduled instant to the first picture that is presented from there on.

start.py BUILD: ten recordings of a real RTSP camera, their instants scattered over the time between two pictures.
A recording that shows its instant has the picture before it too; the figure is then less than one picture's time.
Median of the ten, in milliseconds.
"""

import pathlib
import subprocess
import sys
import time

import common
from supervised import Supervised

STARTS = 10
LEAD_SECONDS = 12  # more than recorders are armed before their instant
APART_US = 1_013_700  # one camera connects after the other; no multiple of the time of a picture
PATIENCE_SECONDS = 60  # after the last instant, until it is recorded: a busy machine is no failure
WRAP = 1 << 33  # MPEG-TS time stamps


def presented(segment):
    """The time stamps of its pictures, in 1/90000 s."""
    text = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=pts", "-of",
                           "csv=p=0", str(segment)], capture_output=True, text=True, check=True).stdout
    return sorted(int(line.strip(",")) for line in text.split() if line.strip(",").isdigit())


def wait_for_segments(run, sessions):
    """Until each has closed a segment: its first picture is in it."""
    deadline = time.time() + LEAD_SECONDS + STARTS * APART_US / 1e6 + PATIENCE_SECONDS
    for session in sessions:
        while not any(kind == "CLOSE" for kind, _ in run.journal(session)):
            if time.time() > deadline:
                raise SystemExit(f"recording {session} has no segment: " + run.log(session))
            time.sleep(0.2)


def late_ms(run, session):
    journal = run.journal(session)
    at = next(int(words["pts"]) for kind, words in journal if kind == "START") % WRAP
    late = []
    for segment in sorted(run.track(session).glob("seg*.ts"))[:2]:
        late += [(pts - at + WRAP // 2) % WRAP - WRAP // 2 for pts in presented(segment)]
    if max(late) < 0:
        raise SystemExit(f"recording {session} shows nothing from its instant on: " + run.log(session))
    first = min(ticks for ticks in late if ticks >= 0)
    if min(late) > 0:
        common.note(f"recording {session} begins after its instant")
    return first / 90


def main():
    common.end_cleanly_when_told()
    build = pathlib.Path(sys.argv[1]).resolve()
    with Supervised(build, STARTS, LEAD_SECONDS, APART_US) as run:
        sessions = range(1, STARTS + 1)
        wait_for_segments(run, sessions)
        run.leave()
        late = [late_ms(run, session) for session in sessions]
    common.note(f"{STARTS} starts, first picture after "
                + ", ".join(f"{value:.1f}" for value in late) + f" ms; {common.load()}")
    common.figure("record.start", common.median(late), "ms", digits=1)


main()
