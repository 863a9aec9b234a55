# SPDX-License-Identifier: MIT
"""Recordings of a camera under the daemon's supervisor, to be disturbed and read."""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

import common

PATIENCE_SECONDS = 20
GRACE_SECONDS = 5  # an answer to "leave" comes before the end of who gives it

class Supervised:
    """N cameras recorded from `start_us` on (the next each time `apart_us` later) until closed."""

    def __init__(self, build, n, lead_s, apart_us=0):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="hoitruong-bench-"))
        self.build = build
        self.camera = self.supervisor = None
        try:
            self.camera, url = common.start_camera(build, n, "--log", str(self.folder / "pictures"))
            time.sleep(2)
            self.start_us = int((time.time() + lead_s) * 1e6)
            end_us = self.start_us + 3_600_000_000
            self.supervisor = subprocess.Popen(
                [build / "tests/bench/bench-supervisor", self.folder, build, url, str(n), str(self.start_us),
                 str(apart_us), str(end_us)], stdin=subprocess.PIPE, stderr=open(self.folder / "log", "w"))
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.leave()
        common.end(self.camera)
        shutil.rmtree(self.folder, ignore_errors=True)

    def leave(self):
        """Ends the recorders as at Ctrl-C; what does not end so is killed."""
        if self.supervisor is None or self.supervisor.poll() is not None:
            return
        below = common.children(self.supervisor.pid)[1:]
        self.supervisor.stdin.close()
        try:
            self.supervisor.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            common.end(self.supervisor)
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline and any(common.is_below(pid, self.build) for pid in below):
            time.sleep(0.05)
        for pid in below:
            if common.is_below(pid, self.build):
                common.note(f"process {pid} did not leave")
                os.kill(pid, signal.SIGKILL)

    def track(self, session):
        return self.folder / f"sessions/{session}/main"

    def find(self, program):
        """The process identity of a program below the supervisor; 0 where none runs."""
        for pid in common.children(self.supervisor.pid):
            try:
                if pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0].decode().endswith(program):
                    return pid
            except OSError:
                pass
        return 0

    def journal(self, session):
        """The lines of a track's journal as (kind, {key: text}); none before there is one."""
        found = []
        path = self.track(session) / "journal"
        for line in path.read_text().splitlines() if path.exists() else []:
            kind, *words = line.split(" ")
            found.append((kind, dict(word.split("=", 1) for word in words if "=" in word)))
        return found

    def log(self, session):
        """What its recorder said."""
        path = self.track(session) / "recorder.log"
        return path.read_text() if path.exists() else "its recorder was not started"

    def pictures(self):
        """By hash: (number, instant in microseconds) of every picture that the camera sent."""
        found = {}
        for line in (self.folder / "pictures").read_text().splitlines():
            words = line.split(" ")
            if len(words) >= 3:
                found[words[2][:32]] = (int(words[0]), int(words[1]))
        return found
