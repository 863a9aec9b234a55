#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What ./check asks about Meson's tests.

tally.py list ROW...                     the names of all tests of the plan's rows
tally.py select FOLDER SUITES [NAME...]  the tests of those suites whose name or suite begins with a NAME
tally.py targets FOLDER NAME...          what ninja must build for those tests
tally.py count BROKEN FOLDER...          "N passed, N failed[, N skipped]" from the logs of one run;
                                         BROKEN builds count as failures; exits 1 where anything failed
"""

import json
import pathlib
import re
import subprocess
import sys

TAP = re.compile(r"^(not )?ok\b[^#\n]*(#\s*skip)?", re.IGNORECASE | re.MULTILINE)
GOOD, SKIPPED = {"OK", "EXPECTEDFAIL"}, {"SKIP"}


def introspect(folder, what):
    return json.loads(subprocess.run(["meson", "introspect", folder, what], capture_output=True, check=True).stdout)


def tests(folder, suites):
    """Yields (name, suites) of each test that belongs to one of the suites."""
    for test in introspect(folder, "--tests"):
        own = [suite.partition(":")[2] for suite in test["suite"]]
        if set(own) & set(suites.split(",")):
            yield test["name"], own


def select(folder, suites, *beginnings):
    for name, own in tests(folder, suites):
        if not beginnings or any(word.startswith(b) for b in beginnings for word in [name, *own]):
            print(name)


def targets(folder, *names):
    needed = {target for test in introspect(folder, "--tests") if test["name"] in names for target in test["depends"]}
    for target in introspect(folder, "--targets"):
        if target["id"] in needed:
            for name in target["filename"]:
                print(pathlib.Path(name).relative_to(pathlib.Path(folder).resolve()))


def show(*rows):
    for row in rows:
        folder, _, suites = row.split()
        if pathlib.Path(folder, "build.ninja").exists():
            select(folder, suites)


def outcome(run):
    """(passed, failed, skipped) of one line of the log: its TAP lines where it has any, else itself."""
    good, skipped = run["result"] in GOOD, run["result"] in SKIPPED
    lines = [(bool(match[1]), bool(match[2])) for match in TAP.finditer(run.get("stdout", ""))]
    if skipped or not lines:
        return (int(good), int(not good and not skipped), int(skipped))
    failed = sum(1 for bad, skip in lines if bad and not skip)
    left_out = sum(1 for _, skip in lines if skip)
    # one that crashed or ran out of time after its last line failed too
    return (len(lines) - failed - left_out, failed or int(not good), left_out)


def count(broken, *folders):
    totals = [0, int(broken), 0]
    for folder in folders:
        for log in pathlib.Path(folder, "meson-logs").glob("*.json"):
            for line in log.read_text().splitlines():
                totals = [total + more for total, more in zip(totals, outcome(json.loads(line)))]
    if sum(totals) == 0:
        print("check: no test has such a name", file=sys.stderr)
    print(f"{totals[0]} passed, {totals[1]} failed" + (f", {totals[2]} skipped" if totals[2] else ""))
    sys.exit(1 if totals[1] or sum(totals) == 0 else 0)


{"list": show, "select": select, "targets": targets, "count": count}[sys.argv[1]](*sys.argv[2:])
