# SPDX-License-Identifier: MIT
"""A daemon of its own for a test: on a folder that is thrown away, asked over HTTP; and TAP."""

import http.cookiejar
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.request

PATIENCE_S = 60


def wait_for(what, condition):
    """Until `condition` says something true, which is returned."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what}: not within {PATIENCE_S} s")


class Refused(Exception):
    """What the service answered where it was no success."""

    def __init__(self, status, body):
        super().__init__(f"{status} {body}")
        self.status, self.code = status, body.get("code") if isinstance(body, dict) else None
        self.body = body


class Daemon:
    """`lines` are those of its configuration; `tables` a folder of demonstration data."""

    def __init__(self, build, lines=(), tables=None):
        self.build, self.lines, self.tables = pathlib.Path(build), list(lines), tables
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="hoitruong-test-"))
        self.process, self.port = None, 0

    def start(self, expect=None):
        """Until it answers; with `expect`, until it has ended, and then the exit status must be that."""
        config = self.folder / "hoitruong.conf"
        config.write_text("\n".join(["[hoitruong]", *self.lines]) + "\n")
        log = self.folder / "log"
        offset = log.stat().st_size if log.exists() else 0
        words = [self.build / "hoitruongd", "--config", config, "--port", str(self.port),
                 "--data", self.folder / "data"]
        words += ["--demo", self.tables] if self.tables else ["--empty"]
        # a warning is what some stories wait for
        environment = {name: value for name, value in os.environ.items() if name != "G_DEBUG"}
        with open(log, "ab") as out:
            self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stderr=out, env=environment)
        if expect is not None:
            assert self.process.wait(PATIENCE_S) == expect, self.read_log()
            return
        found = wait_for("the daemon answers", lambda: self.process.poll() is not None or
                         re.search(r"answering on port (\d+)", self.read_log()[offset:]))
        assert found is not True, self.read_log()
        self.port = int(found.group(1))

    def read_log(self):
        return (self.folder / "log").read_text(errors="replace")

    def stop(self, how=signal.SIGTERM):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
        if self.process is not None:
            self.process.wait(PATIENCE_S)
        self.process = None

    def logins(self):
        """(role, login, password) of the first logins."""
        return [line.split() for line in (self.folder / "data/logins").read_text().splitlines()]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop(signal.SIGKILL)
        shutil.rmtree(self.folder)


class Client:
    """Somebody who is signed in with a cookie."""

    def __init__(self, daemon):
        self.daemon, self.csrf = daemon, None
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def ask(self, method, path, body=None, **headers):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.daemon.port}{path}", data, method=method)
        if data is not None:
            request.add_header("Content-Type", "application/json")
        if self.csrf is not None:
            request.add_header("x-csrf", self.csrf)
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with self.opener.open(request) as answer:
                text = answer.read()
        except urllib.error.HTTPError as error:
            text = error.read()
            try:
                raise Refused(error.code, json.loads(text)) from None
            except ValueError:
                raise Refused(error.code, text) from None
        return json.loads(text) if text else None

    def sign_in(self, login, password):
        me = self.ask("POST", "/api/v1/sign-in", {"login": login, "password": password})
        self.csrf = me["csrf"]
        return me


def run_tap(tests):
    """Runs functions by their names; exits with 1 where one failed."""
    failed = 0
    print(f"1..{len(tests)}", flush=True)
    for number, test in enumerate(tests, 1):
        try:
            test()
            print(f"ok {number} - {test.__name__}", flush=True)
        except Exception:  # the next one is run all the same
            failed += 1
            print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), flush=True)
            print(f"not ok {number} - {test.__name__}", flush=True)
    sys.exit(1 if failed else 0)
