#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What recording costs, beside `ffmpeg -c copy` writing HLS and MP4 from the same camera at the same time.

record.py BUILD N: BUILD is a build folder without sanitizers, N a number of streams of 720p. Prints record.cpu.N
(CPU seconds a minute of recording; ingest, finaliser and children included) and record.memory.N (PSS, megabytes).
More than 1 in `ratio` means that we are better.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import common

SECONDS = 60
ARM_SECONDS = 5


class Group:
    """Programs of one process group each, and what they cost with all their children."""

    def __init__(self):
        self.programs = []
        self.cpu = 0.0
        self.samples = []

    def start(self, command, text=b"", **options):
        program = subprocess.Popen(command, stdin=subprocess.PIPE, process_group=0, **options)
        program.stdin.write(text)
        program.stdin.close()
        self.programs.append(program)
        return program

    def sample(self):
        self.samples.append(sum(common.pss_of(p) for program in self.programs for p in common.children(program.pid)))

    def close(self):
        """Waits for all; adds what the kernel counted for each and for what it left behind."""
        for program in self.programs:
            program.returncode = 0
            try:
                while True:
                    _, _, usage = os.wait4(-program.pid, 0)
                    self.cpu += usage.ru_utime + usage.ru_stime
            except ChildProcessError:
                pass

    def kill(self):
        for program in self.programs:
            try:
                os.killpg(program.pid, 9)
            except ProcessLookupError:
                pass

    def memory(self):
        return common.median(self.samples)


def start_ours(build, folder, url, n, start_us, end_us):
    group = Group()
    for i in range(1, n + 1):
        track = folder / f"{i}/main"
        track.mkdir(parents=True)
        job = {"session": i, "track": "main", "folder": str(track), "socket": f"{folder}/{i}.sock", "page": f"{folder}/{i}.page",
               "pipeline": str(build / "media/pipeline/hoitruong-pipeline"), "kind": "rtsp", "url": f"{url}{i}",
               "start_us": start_us, "end_us": end_us, "arm_us": ARM_SECONDS * 1_000_000, "segment_ms": 2000, "target_s": 4,
               "live_segments": 15, "ring_ms": 30000, "ring_bytes": 32 << 20, "stall_ms": 2000}
        with open(track / "recorder.log", "w") as log:
            group.start([build / "media/recorder/hoitruong-recorder"], json.dumps(job).encode() + b"\n",
                        stdout=subprocess.DEVNULL, stderr=log)
    return group


def start_ffmpeg(folder, url, n):
    group = Group()
    for i in range(1, n + 1):
        track = folder / f"ffmpeg-{i}"
        track.mkdir(parents=True)
        group.start(["ffmpeg", "-v", "error", "-nostdin", "-rtsp_transport", "tcp", "-i", f"{url}{n + i}",
                     "-t", str(SECONDS), "-c", "copy", "-f", "hls", "-hls_time", "2", "-hls_list_size", "15",
                     str(track / "live.m3u8"), "-t", str(SECONDS), "-c", "copy", str(track / "recording.mp4")],
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return group


def finalise(build, folder, n, start_us, end_us):
    """One after the other, as in the service; returns their CPU seconds and how many octets they made."""
    group, octets = Group(), 0
    jobs = [{"folder": str(folder / f"{i}/main"), "start_us": start_us, "end_us": end_us} for i in range(1, n + 1)]
    program = group.start([build / "media/finalise/hoitruong-finalise"], b"".join(json.dumps(job).encode() + b"\n" for job in jobs),
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    reports = program.stdout.read().decode().split("\n\n")[:n]
    for i, lines in enumerate(reports, 1):
        report = json.loads(lines.splitlines()[-1]) if lines else {}
        if not report.get("complete"):
            raise SystemExit(f"stream {i} was not recorded in full: {report}")
        octets += report["bytes"]
    group.close()
    return group.cpu, octets


def measure(build, n, folder):
    camera, url = common.start_camera(build, 2 * n, "--grain")
    ours = peer = Group()
    try:
        time.sleep(3)
        start_us = int((time.time() + ARM_SECONDS) * 1e6)
        end_us = start_us + SECONDS * 1_000_000
        ours = start_ours(build, folder, url, n, start_us, end_us)
        time.sleep(ARM_SECONDS)
        peer = start_ffmpeg(folder, url, n)
        for _ in range(SECONDS // 5 - 1):
            time.sleep(5)
            ours.sample()
            peer.sample()
        ours.close()
        peer.close()
        recording = ours.cpu
        cost, octets = finalise(build, folder, n, start_us, end_us)
        ours.cpu += cost
        theirs = sum(file.stat().st_size for file in folder.glob("ffmpeg-*/recording.mp4"))
        common.note(f"{n} streams: recorders and ingests {recording:.2f} s, finalisers {cost:.2f} s; "
                    f"{octets / 1e6:.1f} MB, ffmpeg {theirs / 1e6:.1f} MB; {common.load()}")
    finally:
        ours.kill()
        peer.kill()
        common.end(camera)
    return ours, peer


def main():
    build, n = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
    common.inherit_orphans()
    common.end_cleanly_when_told()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="hoitruong-bench-"))
    try:
        ours, peer = measure(build, n, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    common.figure(f"record.cpu.{n}", ours.cpu, "cpu-s/min", peer.cpu, "ffmpeg", peer.cpu / ours.cpu)
    common.figure(f"record.memory.{n}", ours.memory(), "MB", peer.memory(), "ffmpeg", peer.memory() / ours.memory(), 1)


main()
