#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Fails where clang-format would write a C file otherwise. Usage: check-format.py SOURCE-FOLDER"""

import pathlib
import subprocess
import sys

root = pathlib.Path(sys.argv[1])
files = [path.relative_to(root) for top in ("scheduler", "calendar", "media", "ui", "tests")
         for path in sorted((root / top).rglob("*.[ch]")) if "node_modules" not in path.parts]
sys.exit(subprocess.run(["clang-format", "--dry-run", "--Werror", *files], cwd=root, check=False).returncode)
