#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs clang-tidy on each C file of a build folder whose preprocessed text changed since it last passed.

Usage: tidy.py SOURCE-FOLDER BUILD-FOLDER. What passed is remembered in BUILD-FOLDER/tidy/.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys

source, build = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
stamps = build / "tidy"
# the same text under other checks or another clang-tidy is another question
question = b"".join(path.read_bytes() for path in (source / ".clang-tidy", source / "tests" / ".clang-tidy"))
question += subprocess.run(
    ["clang-tidy", "--version"], capture_output=True, check=True).stdout


def flags(entry):
    """What shapes the text: include folders, definitions, the language; no outputs, no warnings."""
    words = shlex.split(entry["command"])
    return [word for word in words if word.startswith(("-I", "-D", "-U", "-std=", "-isystem", "-pthread"))]


def tidy(entry):
    """Returns what clang-tidy has to say about a file, or nothing."""
    text = subprocess.run(["gcc", *flags(entry), "-O2", "-E", "-P", entry["file"]], cwd=build, capture_output=True,
                          check=True).stdout
    stamp = stamps / hashlib.sha256(question + text).hexdigest()
    if stamp.exists():
        return ""
    run = subprocess.run(["clang-tidy", "--quiet", entry["file"], "--", *flags(entry)], cwd=build,
                         capture_output=True, text=True, check=False)
    if run.returncode == 0:
        stamp.touch()
        return ""
    return run.stdout or run.stderr


stamps.mkdir(exist_ok=True)
entries = {}
for entry in json.loads((build / "compile_commands.json").read_text()):
    path = (build / entry["file"]).resolve()
    if path.suffix == ".c" and source in path.parents and build not in path.parents:
        entries[path] = entry
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    words = [word for word in pool.map(tidy, entries.values()) if word]
print("\n".join(words))
print(f"{len(entries)} files, {len(words)} with findings")
sys.exit(1 if words else 0)
