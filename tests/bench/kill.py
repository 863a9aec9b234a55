#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a killed process costs a recording of a real RTSP camera under the daemon's supervisor.

kill.py BUILD recorder|pipeline: kills it ten times with SIGKILL. Prints record.kill.WHO.lost, the milliseconds of
pictures that the camera sent and the recording lacks, and record.kill.WHO.back, the milliseconds until octets are
in a new segment. Medians of the ten.
"""

import os
import pathlib
import signal
import sys
import time

import common
from supervised import Supervised

KILLS = 10
CALM_SECONDS = 4.1  # from being back, which is at a key frame, to the next kill
SHIFT_SECONDS = 0.2  # later each time: the kills are spread over the two seconds between key frames
PATIENCE_SECONDS = 30
POLL_SECONDS = 0.002
PROGRAMS = {"recorder": "hoitruong-recorder", "pipeline": "hoitruong-pipeline"}


def sequence_of(track):
    return max((int(path.stem[3:]) for path in track.glob("seg*.ts")), default=-1)


def wait_for_octets(track, sequence):
    """Until any segment from `sequence` on holds something; returns when."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for path in track.glob("seg*.ts"):
            if int(path.stem[3:]) >= sequence and path.stat().st_size > 0:
                return time.monotonic()
        time.sleep(POLL_SECONDS)
    raise SystemExit("nothing was recorded any more: " + (track / "recorder.log").read_text()[-2000:])


def kill_once(run, program):
    track = run.track(1)
    pid = run.find(program)
    if pid == 0:
        raise SystemExit(f"no {program} runs")
    os.kill(pid, signal.SIGKILL)
    killed = time.monotonic()
    return 1000 * (wait_for_octets(track, sequence_of(track) + 1) - killed)


def lost_ms(gap, pictures, frame_us):
    """What the camera drew between the two pictures that a gap stands between."""
    before, after = pictures[gap["before"]], pictures[gap["after"]]
    return (after[0] - before[0] - 1) * frame_us / 1000


def main():
    common.end_cleanly_when_told()
    build, who = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    with Supervised(build, 1, 1) as run:
        wait_for_octets(run.track(1), 0)
        back = []
        for i in range(KILLS):
            time.sleep(CALM_SECONDS + i * SHIFT_SECONDS)
            back.append(kill_once(run, PROGRAMS[who]))
        time.sleep(CALM_SECONDS)
        run.leave()
        pictures = run.pictures()
        gaps = [words for kind, words in run.journal(1) if kind == "GAP" and words["before"] != "-"]
    instants = sorted(pictures.values())
    frame_us = (instants[-1][1] - instants[0][1]) / (instants[-1][0] - instants[0][0])
    lost = [lost_ms(gap, pictures, frame_us) for gap in gaps if gap["after"] != "-"]
    lost += [0.0] * (KILLS - len(lost))
    common.note(f"{KILLS} kills of the {who}, {len(gaps)} gaps in the journal, lost "
                + ", ".join(f"{value:.0f}" for value in lost) + " ms, back after "
                + ", ".join(f"{value:.0f}" for value in back) + f" ms; {common.load()}")
    common.figure(f"record.kill.{who}.lost", common.median(lost), "ms", digits=0)
    common.figure(f"record.kill.{who}.back", common.median(back), "ms", digits=0)


main()
