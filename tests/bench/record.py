#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What recording costs, beside `ffmpeg -c copy` writing HLS and MP4 from the same camera at the same time.

record.py BUILD [NAME...]: BUILD is a build folder without sanitizers; a NAME is the beginning of a figure's.
Prints record.cpu.N (CPU seconds a minute of recording, finaliser and children included) and record.memory.N
(PSS, megabytes) for N = 1 and 10 streams of 720p. More than 1 in `ratio` means that we are better.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

SECONDS = 60
TICK = os.sysconf("SC_CLK_TCK")


def children(pid):
    found = [pid]
    for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += children(int(child))
        except OSError:
            pass  # gone meanwhile
    return found


def cpu_of(pid):
    """User and system seconds of a process, and of those of its children that it has waited for."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(fields[i]) for i in (11, 12, 13, 14)) / TICK


def pss_of(pid):
    try:
        for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


class Group:
    """Some programs, their CPU time and memory with all their children."""

    def __init__(self):
        self.programs = []
        self.cpu = 0.0
        self.samples = []

    def sample(self):
        self.samples.append(sum(pss_of(p) for program in self.programs for p in children(program.pid)))

    def close(self):
        """Waits for all; adds what the kernel counted for each with its waited-for children."""
        for program in self.programs:
            _, _, usage = os.wait4(program.pid, 0)
            self.cpu += usage.ru_utime + usage.ru_stime
            program.returncode = 0

    def memory(self):
        ordered = sorted(self.samples)
        return ordered[len(ordered) // 2] if ordered else 0.0


def start_camera(build, mounts):
    camera = subprocess.Popen([build / "ui/demo/hoitruong-camera", "--blocks", "--kbps", "2000", "--mounts", str(mounts)],
                              stdout=subprocess.PIPE, text=True)
    url = camera.stdout.readline().split("camera: ")[1].strip().removesuffix("lecture")
    return camera, url


def start_ours(build, folder, url, n, start_us, end_us):
    group = Group()
    for i in range(1, n + 1):
        track = folder / f"{i}/main"
        track.mkdir(parents=True)
        job = {"session": i, "track": "main", "folder": str(track), "socket": f"{folder}/{i}.sock", "page": f"{folder}/{i}.page",
               "pipeline": str(build / "media/pipeline/hoitruong-pipeline"), "kind": "rtsp", "url": f"{url}{i}",
               "start_us": start_us, "end_us": end_us, "arm_us": 5_000_000, "segment_ms": 2000, "target_s": 4,
               "live_segments": 15, "ring_ms": 30000, "ring_bytes": 32 << 20, "stall_ms": 2000}
        with open(track / "recorder.log", "w") as log:
            program = subprocess.Popen([build / "media/recorder/hoitruong-recorder"], stdin=subprocess.PIPE, stderr=log)
        program.stdin.write(json.dumps(job).encode() + b"\n")
        program.stdin.close()
        group.programs.append(program)
    return group


def start_ffmpeg(folder, url, n, first, seconds):
    group = Group()
    for i in range(1, n + 1):
        track = folder / f"ffmpeg-{i}"
        track.mkdir(parents=True)
        group.programs.append(subprocess.Popen(
            ["ffmpeg", "-v", "error", "-nostdin", "-rtsp_transport", "tcp", "-i", f"{url}{first + i}", "-t", str(seconds),
             "-c", "copy", "-f", "hls", "-hls_time", "2", "-hls_list_size", "15", str(track / "live.m3u8"),
             "-t", str(seconds), "-c", "copy", str(track / "recording.mp4")],
            stderr=subprocess.DEVNULL))
    return group


def finalise(build, folder, n, start_us, end_us, group):
    programs = []
    for i in range(1, n + 1):
        job = {"folder": str(folder / f"{i}/main"), "start_us": start_us, "end_us": end_us}
        program = subprocess.Popen([build / "media/finalise/hoitruong-finalise"], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        program.stdin.write(json.dumps(job).encode() + b"\n")
        program.stdin.close()
        last = program.stdout.read().decode().splitlines()[-1]
        assert json.loads(last)["bytes"] > 0, last
        programs.append(program)
    extra = Group()
    extra.programs = programs
    extra.close()
    group.cpu += extra.cpu


def measure(build, n):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="hoitruong-bench-"))
    camera, url = start_camera(build, 2 * n)
    try:
        time.sleep(3)
        start_us = int((time.time() + 5) * 1e6)
        end_us = start_us + SECONDS * 1_000_000
        ours = start_ours(build, folder, url, n, start_us, end_us)
        time.sleep(5)
        peer = start_ffmpeg(folder, url, n, n, SECONDS)
        for _ in range(SECONDS // 5 - 1):
            time.sleep(5)
            ours.sample()
            peer.sample()
        ours.close()
        peer.close()
        finalise(build, folder, n, start_us, end_us, ours)
    finally:
        camera.kill()
        camera.wait()
        shutil.rmtree(folder, ignore_errors=True)
    return ours, peer


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    names = sys.argv[2:]
    for n in (1, 10):
        figures = (f"record.cpu.{n}", f"record.memory.{n}")
        if names and not any(figure.startswith(name) for name in names for figure in figures):
            continue
        ours, peer = measure(build, n)
        print(f"BENCH {figures[0]} ours={ours.cpu:.2f} peer={peer.cpu:.2f} ratio={peer.cpu / ours.cpu:.2f} "
              "unit=cpu-s/min peer-name=ffmpeg", flush=True)
        print(f"BENCH {figures[1]} ours={ours.memory():.1f} peer={peer.memory():.1f} "
              f"ratio={peer.memory() / ours.memory():.2f} unit=MB peer-name=ffmpeg", flush=True)


main()
