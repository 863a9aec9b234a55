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
WRAP = 1 << 33  # MPEG-TS time stamps


def presented(segment):
    """The time stamps of its pictures, in 1/90000 s."""
    text = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=pts", "-of",
                           "csv=p=0", str(segment)], capture_output=True, text=True, check=True).stdout
    return sorted(int(line.strip(",")) for line in text.split() if line.strip(",").isdigit())


def late_ms(run, session):
    journal = run.journal(session)
    starts = [int(words["pts"]) for kind, words in journal if kind == "START"]
    if not starts:
        raise SystemExit(f"recording {session} never started: " + (run.track(session) / "recorder.log").read_text())
    at = starts[0] % WRAP
    late = []
    for segment in sorted(run.track(session).glob("seg*.ts"))[:2]:
        late += [(pts - at + WRAP // 2) % WRAP - WRAP // 2 for pts in presented(segment)]
    first = min(ticks for ticks in late if ticks >= 0)
    if min(late) > 0:
        common.note(f"recording {session} begins after its instant")
    return first / 90


def main():
    common.end_cleanly_when_told()
    build = pathlib.Path(sys.argv[1]).resolve()
    with Supervised(build, STARTS, LEAD_SECONDS, APART_US) as run:
        time.sleep(LEAD_SECONDS + STARTS * APART_US / 1e6 + 4)
        run.leave()
        late = [late_ms(run, session) for session in range(1, STARTS + 1)]
    common.note(f"{STARTS} starts, first picture after "
                + ", ".join(f"{value:.1f}" for value in late) + f" ms; {common.load()}")
    common.figure("record.start", common.median(late), "ms", digits=1)


main()
