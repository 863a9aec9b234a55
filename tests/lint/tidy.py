#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs clang-tidy on each C file of a build folder that changed, or a header of ours did, since it last passed.

Usage: tidy.py SOURCE-FOLDER BUILD-FOLDER. What passed is remembered in BUILD-FOLDER/tidy/.
MESON_TESTTHREADS says how many run at once, as for all tests; else all processors work.
"""

import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

BATCH = 6  # files a process: a fifth of a second of each process is its own start
INCLUDE = re.compile(rb'^#include "(.+)"', re.MULTILINE)

source, build = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
stamps = build / "tidy"
# the same text under other checks or another clang-tidy is another question
question = b"".join(path.read_bytes() for path in (source / ".clang-tidy", source / "tests" / ".clang-tidy"))
question += subprocess.run(["clang-tidy", "--version"], capture_output=True, check=True).stdout


def flags(entry):
    """What shapes the text: include folders, definitions, the language; no outputs, no warnings."""
    words = shlex.split(entry["command"])
    return [word for word in words if word.startswith(("-I", "-D", "-U", "-std=", "-isystem", "-pthread"))]


@functools.cache
def read(path):
    """A file's text and the files of ours that it includes."""
    text = path.read_bytes()
    folders = (source, build, path.parent)
    names = [name.decode() for name in INCLUDE.findall(text)]
    return text, [folder / name for name in names for folder in folders if (folder / name).exists()]


def stamp(path, words):
    """The file that stands for: this text, with all that it includes, has passed."""
    seen, waiting = {}, [path]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen[name], more = read(name)
            waiting += more
    text = b"".join(seen[name] for name in sorted(seen))
    return stamps / hashlib.sha256(question + shlex.join(words).encode() + text).hexdigest()


def tidy(batch):
    """Returns what clang-tidy has to say about some files, or nothing; then they have passed."""
    run = subprocess.run(["clang-tidy", "--quiet", "-p", stamps, *batch], capture_output=True, text=True, check=False)
    if run.returncode == 0:
        for path in batch:
            entries[path].touch()
        return ""
    return run.stdout or run.stderr


stamps.mkdir(exist_ok=True)
commands, entries = [], {}
for entry in json.loads((build / "compile_commands.json").read_text()):
    path = (build / entry["file"]).resolve()
    if path.suffix == ".c" and source in path.parents and build not in path.parents and path not in entries:
        words = ["clang", *flags(entry), "-c", str(path)]
        commands.append({"directory": str(build), "file": str(path), "arguments": words})
        entries[path] = stamp(path, words)
(stamps / "compile_commands.json").write_text(json.dumps(commands))
changed = [path for path, passed in entries.items() if not passed.exists()]
batches = [changed[first:first + BATCH] for first in range(0, len(changed), BATCH)]
workers = int(os.environ.get("MESON_TESTTHREADS", os.cpu_count()))
with concurrent.futures.ThreadPoolExecutor(workers) as pool:
    words = [word for word in pool.map(tidy, batches) if word]
print("\n".join(words))
print(f"{len(entries)} files, {len(changed)} of them anew, " + ("with findings" if words else "no findings"))
sys.exit(1 if words else 0)
