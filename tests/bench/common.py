# SPDX-License-Identifier: MIT
"""What the programs that measure share: the camera, processes and what they cost, lines that are printed."""

import ctypes
import os
import pathlib
import signal
import subprocess
import sys

PR_SET_CHILD_SUBREAPER = 36
CAMERA_NICE = -10  # a camera is another machine: it does not wait for this one, where we may say so
TICK = os.sysconf("SC_CLK_TCK")


def children(pid):
    """A process and all below it."""
    found = [pid]
    for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += children(int(child))
        except OSError:
            pass  # gone meanwhile
    return found


def is_below(pid, folder):
    """Whether the process runs a program of the folder."""
    try:
        return os.readlink(f"/proc/{pid}/exe").startswith(f"{folder}/")
    except OSError:
        return False


def cpu_of(pid):
    """User and system seconds of a process and of those of its children that it has waited for."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(fields[i]) for i in (11, 12, 13, 14)) / TICK


def pss_of(pid):
    """Megabytes that a process holds, what it shares counted by share."""
    try:
        for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def inherit_orphans():
    """From now on what our programs leave behind is ours to wait for, so that its cost is known."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def median(values):
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else 0.0


def end_cleanly_when_told():
    """SIGTERM becomes an exception, so that what was started is ended and what was written removed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def start_camera(build, mounts, *options):
    """A camera at 720p that shows numbers; returns it and the address to which a mount's number is added."""
    camera = subprocess.Popen([build / "ui/demo/hoitruong-camera", "--blocks", "--kbps", "2000", "--mounts", str(mounts),
                               *options], stdout=subprocess.PIPE, text=True)
    try:
        os.setpriority(os.PRIO_PROCESS, camera.pid, CAMERA_NICE)
    except PermissionError:
        pass
    return camera, camera.stdout.readline().split("camera: ")[1].strip().removesuffix("lecture")


def end(process):
    if process is not None and process.poll() is None:
        process.kill()
    if process is not None:
        process.wait()


def figure(name, ours, unit, peer=None, peer_name="-", ratio=None, digits=2):
    peer_text = "-" if peer is None else f"{peer:.{digits}f}"
    ratio_text = "-" if ratio is None else f"{ratio:.2f}"
    print(f"BENCH {name} ours={ours:.{digits}f} peer={peer_text} ratio={ratio_text} unit={unit} "
          f"peer-name={peer_name}", flush=True)


def note(text):
    print(f"# {text}", file=sys.stderr, flush=True)


def load():
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
