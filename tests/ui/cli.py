#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The command line against a real daemon. Usage: cli.py BUILD-FOLDER SOURCE-FOLDER"""

import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, sys.argv[2] + "/tests")
from hoitruongd import Daemon, run_tap  # noqa: E402

BUILD, SOURCE = map(pathlib.Path, sys.argv[1:3])
# a Monday two months ahead: within the horizon, after the demonstration's own courses
DAY = datetime.date.today() + datetime.timedelta(days=63 - datetime.date.today().weekday())


class Shell:
    """Somebody at a terminal: a home of their own."""

    def __init__(self, daemon, home):
        self.daemon, self.home = daemon, pathlib.Path(home)
        self.file = self.home / "login"

    def run(self, *words, status=0, stdin=None, **environment):
        clean = {name: value for name, value in os.environ.items() if not name.startswith("HOITRUONG_")}
        done = subprocess.run([BUILD / "ui/cli/hoitruong", *map(str, words)], text=True, input=stdin,
                              capture_output=True, timeout=120,
                              env={**clean, "HOITRUONG_LOGIN": str(self.file), "LC_ALL": "C.UTF-8", **environment})
        assert done.returncode == status, f"{words}: {done.returncode}, not {status}\n{done.stdout}{done.stderr}"
        return done.stdout if status == 0 else done.stderr

    def ask(self, *words):
        return json.loads(self.run(*words, "--json"))

    def sign_in(self, role):
        login, password = next(words[1:] for words in self.daemon.logins() if words[0] == role)
        self.run("login", f"http://127.0.0.1:{self.daemon.port}/", login, stdin=password + "\n")


daemon = Daemon(BUILD, tables=SOURCE / "ui/demo")
homes = [tempfile.TemporaryDirectory() for _ in range(2)]
trainer, admin = (Shell(daemon, home.name) for home in homes)


def without_a_login_it_says_so():
    assert "login" in trainer.run("me", status=3)
    assert "no such command" in trainer.run("dance", status=2)
    assert "--title" in trainer.run("book", "--help")
    assert "đặt lịch" in trainer.run("--help", LC_ALL="vi_VN.UTF-8")


def a_password_becomes_a_token_of_ones_own():
    login = next(words[1] for words in daemon.logins() if words[0] == "trainer")
    address = f"http://127.0.0.1:{daemon.port}"
    trainer.run("login", address, login, stdin="wrong password\n", status=3)
    trainer.run("login", "http://lich.hue.example", login, stdin="x\n", status=2)  # in clear over a network
    trainer.sign_in("trainer")
    admin.sign_in("admin")
    assert trainer.file.stat().st_mode & 0o777 == 0o600
    assert "trainer" in trainer.run("me")
    assert len(trainer.ask("tokens")["items"]) == 1
    trainer.file.chmod(0o644)
    assert "chmod 600" in trainer.run("me", status=2)
    trainer.file.chmod(0o600)


def a_token_works_from_the_environment():
    text = trainer.file.read_text()
    url, token = (re.search(rf"^{name}=(.*)$", text, re.M).group(1) for name in ("url", "token"))
    nowhere = {"HOITRUONG_LOGIN": "/nonexistent/login", "HOITRUONG_URL": url}
    assert "trainer" in trainer.run("me", HOITRUONG_TOKEN=token, **nowhere)
    assert trainer.run("me", status=3, HOITRUONG_TOKEN=token + "x", **nowhere)
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(token + "\n")
        file.flush()
        assert "trainer" in trainer.run("me", HOITRUONG_TOKEN_FILE=file.name, **nowhere)


def book_words(title, at="07:30"):
    me = trainer.ask("me")
    return ["--title", title, "--start", f"{DAY}T{at}", "--minutes", 60, "--trainer", me["id"]]


def a_booking_from_preview_to_undo():
    words = book_words("Dòng lệnh")
    assert f"{DAY} 07:30" in trainer.run("preview", *words)
    made = trainer.ask("book", *words)
    session = made["sessions"][0]["id"]
    refused = trainer.run("book", *words, status=6)
    assert "clash" in refused and "Dòng lệnh" in refused, refused
    assert "Dòng lệnh" in trainer.run("agenda", "--from", DAY, "--to", DAY)
    later = ["move", session, "--start", f"{DAY}T10:00", "--minutes", 60]
    trainer.run(*later, "--etag", "1", status=6)
    assert f"{DAY} 10:00" in trainer.run(*later)
    trainer.run("extend", session, "--minutes", 30)
    assert f"{DAY} 11:30" in trainer.run("show", session)
    number = trainer.ask("api", "GET", "/api/v1/agenda?" + f"from={DAY}&to={DAY}")["number"]
    trainer.run("undo", number)
    assert f"{DAY} 11:00" in trainer.run("show", session)
    assert "cancelled" in trainer.run("cancel", session, "--reason", "Bão số 4")
    trainer.run("cancel", session, "--reason", "again", status=6)
    trainer.run("show", 99999, status=5)


def a_session_starts_and_stops_now():
    made = trainer.ask("book", "--title", "Ngay bây giờ", "--now", "--minutes", 30)
    session = made["sessions"][0]["id"]
    assert made["sessions"][0]["state"] == "running", made
    trainer.run("start", session, status=6)
    assert trainer.ask("stop", session)["state"] in ("closing", "ended")


def a_conference_is_rehearsed_and_gets_ready():
    sites = [site["id"] for site in admin.ask("places")["sites"]]
    made = admin.ask("book", "--kind", "conference", "--title", "Giao ban dòng lệnh", "--start", f"{DAY}T15:00",
                     "--minutes", 60, "--unit", 1, "--main-site", sites[0], "--site", f"{sites[1]}:1000", "--run-on", "yes")
    session = made["sessions"][0]["id"]
    assert made["sessions"][0]["runOn"]["on"], made
    rehearsal = admin.ask("rehearse", session, "--lead", "hour-before")
    assert rehearsal["rehearsalOf"]["id"] == session and rehearsal["start"][11:16] == "14:00", rehearsal
    admin.run("rehearse", rehearsal["id"], status=7)
    assert f"{rehearsal['id']}" in admin.run("show", session)
    admin.run("move", session, "--start", f"{DAY}T16:00", "--minutes", 60)
    assert f"{DAY} 15:00" in admin.run("show", rehearsal["id"])
    admin.run("run-on", session, "maybe", status=2)
    assert not admin.ask("run-on", session, "no")["runOn"]["on"]
    said = admin.run("check", session, sites[1], "--on-post", "yes", "--picture", "yes", "--sound", "yes", "--line", 1500)
    assert "signature" in said, said
    admin.run("check", session, sites[1], "--signed-off", "yes")
    row = admin.ask("board", session)["sites"][1]
    assert row["questions"] == [] and row["lineKbps"] == 1500, row
    assert admin.ask("readiness", "--days", 1)["items"] is not None
    free = next(site for site in sites[2:] if site not in sites[:2])
    taken = admin.ask("substitute", session, sites[1], "--by", free, "--reason", "Mất điện")
    assert taken["sites"][1]["id"] == free, taken
    assert free in [site["id"] for site in admin.ask("show", rehearsal["id"])["sites"]]
    admin.run("cancel", session, "--reason", "Thử xong")
    assert "cancelled" in admin.run("show", rehearsal["id"])


def what_one_may_not_is_denied():
    trainer.run("people", status=4)
    trainer.run("import", "units", SOURCE / "ui/demo/units.csv", status=4)
    assert "minh" in admin.run("people")
    assert admin.ask("outbox") == {"mail": False, "items": []}


def a_table_is_tried_and_taken():
    with tempfile.TemporaryDirectory() as name:
        table = pathlib.Path(name) / "links.csv"
        table.write_text("key,name,parent_key,kbps\nx-1,Mới,,8000\nx-2,Sai,nowhere,many\n")
        refused = admin.run("import", "links", table, "--dry-run", status=7)
        assert "line 3" in refused, refused
        table.write_text("key,name,parent_key,kbps\nx-1,Mới,,8000\nx-2,Dưới,x-1,4000\n")
        assert admin.ask("import", "links", table, "--dry-run") == {"number": 0, "records": 2}
        assert '"records":2' in admin.run("import", "links", "-", "--dry-run", "--json", stdin=table.read_text())
        assert admin.ask("import", "links", table)["number"] > 0
        assert admin.ask("import", "links", table) == {"number": 0, "records": 0}


def a_request_is_approved_or_refused():
    held = trainer.ask("book", *book_words("Xin giữ chỗ", "14:00"), "--hold")["sessions"][0]
    assert held["state"] == "held", held
    assert "Xin giữ chỗ" in admin.run("requests")
    trainer.run("approve", held["id"], status=4)
    assert admin.ask("approve", held["id"], "--document", "15/GM-UBND")["state"] == "scheduled"
    edited = trainer.ask("edit", held["id"], "--title", "Đã được duyệt", "--minutes", 90)
    assert edited["title"] == "Đã được duyệt", edited
    other = trainer.ask("book", *book_words("Lần nữa", "17:00"), "--hold")["sessions"][0]
    assert admin.ask("refuse", other["id"], "--reason", "Trùng lịch")["state"] == "draft"
    gone = ["change-many", "cancel", "--from", DAY, "--until", DAY, "--unit", trainer.ask("me")["unit"]["id"]]
    assert admin.ask(*gone, "--reason", "Bão số 5")["number"] > 0


def quotas_and_closures_are_set():
    unit = trainer.ask("me")["unit"]["id"]
    quota = admin.ask("add-quota", "--kind", "hours-week", "--unit", unit, "--amount", 0)
    assert "quota" in trainer.run("book", *book_words("Quá định mức", "08:00"), status=6)
    admin.run("set-quota", quota["id"], "--kind", "hours-week", "--unit", unit, "--amount", 4000)
    assert "4000" in trainer.run("quotas")
    room = next(one for one in trainer.ask("resources")["items"] if one["name"].startswith("Phòng máy 2"))
    booked = trainer.ask("book", *book_words("Trước khi bão đến", "08:00"), "--room", room["id"])["sessions"][0]
    closed = json.loads(admin.run("api", "POST", "/api/v1/closures", json.dumps({"name": "Bão", "days": [str(DAY)]})))
    assert str(DAY) in trainer.run("closures")
    closing = {name: room[name] for name in ("kind", "name", "capacity", "seats", "setupMinutes", "teardownMinutes")}
    closing |= {"unitId": room["unit"]["id"], "closureId": closed["id"]}
    admin.run("api", "POST", f"/api/v1/resources/{room['id']}", json.dumps(closing))
    assert "Trước khi bão đến" in trainer.run("clashes")
    trainer.run("cancel", booked["id"], "--reason", "Bão")
    assert "Trước khi bão đến" not in trainer.run("clashes")


def any_route_can_be_asked():
    assert json.loads(admin.run("api", "GET", "/api/v1/units"))["items"]
    made = json.loads(admin.run("api", "POST", "/api/v1/subscriptions", '{"scope":"unit","id":1}'))
    assert made["address"].endswith(".ics")
    admin.run("api", "GET", "/api/v1/nothing", status=5)
    admin.run("api", "GET", "nothing", status=2)


def logging_out_ends_the_token():
    kept = trainer.file.read_text()
    trainer.run("logout")
    assert not trainer.file.exists()
    trainer.file.write_text(kept)
    trainer.file.chmod(0o600)
    trainer.run("me", status=3)


def a_service_that_is_away_is_said():
    daemon.stop()
    assert "does not answer" in admin.run("me", status=1)


with daemon:
    daemon.start()
    run_tap([without_a_login_it_says_so, a_password_becomes_a_token_of_ones_own, a_token_works_from_the_environment,
             a_booking_from_preview_to_undo, a_session_starts_and_stops_now,
             a_conference_is_rehearsed_and_gets_ready, what_one_may_not_is_denied,
             a_table_is_tried_and_taken, a_request_is_approved_or_refused, quotas_and_closures_are_set,
             any_route_can_be_asked, logging_out_ends_the_token,
             a_service_that_is_away_is_said])
