#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Mails of a real daemon to a real SMTP server: they arrive, wait for a server that is away, and
outlive a kill. Usage: mail.py BUILD-FOLDER SOURCE-FOLDER"""

import datetime
import email
import email.policy
import pathlib
import signal
import socket
import ssl
import subprocess
import sys
import tempfile

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

sys.path.insert(0, sys.argv[2] + "/tests")
from hoitruongd import Client, Daemon, run_tap, wait_for  # noqa: E402

BUILD, SOURCE = sys.argv[1:3]
DEMO = pathlib.Path(SOURCE) / "ui/demo"


class Post:
    """An SMTP server on one port for ever, which can be away."""

    def __init__(self, **options):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.mails, self.controller, self.options, self.answer = [], None, options, None

    async def handle_DATA(self, server, session, envelope):
        if self.answer is not None:
            return self.answer
        self.mails.append((envelope.rcpt_tos[0],
                           email.message_from_bytes(envelope.content, policy=email.policy.default)))
        return "250 taken"

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, **self.options)
        self.controller.start()

    def stop(self):
        if self.controller is not None:
            self.controller.stop()
        self.controller = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def to(self, who):
        return [mail for receiver, mail in self.mails if receiver == who]


def make_daemon(post, *lines, server="smtp://127.0.0.1"):
    return Daemon(BUILD, [f"mail-server={server}:{post.port}", "mail-from=lich@hue.example",
                          "mail-retry-seconds=1", *lines], DEMO)


def sign_in(daemon, role="trainer"):
    client = Client(daemon)
    login, password = next(words[1:] for words in daemon.logins() if words[0] == role)
    client.sign_in(login, password)
    return client


# a Monday two months ahead: within the horizon, after the demonstration's own courses
DAY = datetime.date.today() + datetime.timedelta(days=63 - datetime.date.today().weekday())


def book(client, title, at="07:30", **more):
    me = client.ask("GET", "/api/v1/me")
    return client.ask("POST", "/api/v1/sessions", {
        "kind": "training", "title": title, "start": f"{DAY}T{at}", "minutes": 60, "trainers": [me["id"]], **more})


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def with_title(post, title):
    return [mail for _, mail in post.mails if title in mail["Subject"]]


def a_booking_and_its_end_arrive():
    with Post() as post, make_daemon(post, "public-address=https://lich.hue.example") as daemon:
        post.start()
        daemon.start()
        client = sign_in(daemon)
        made = book(client, "Tin học căn bản", rule="FREQ=WEEKLY;COUNT=40")
        mail = wait_for("the mail", lambda: with_title(post, "Tin học căn bản"))[0]
        assert mail["From"].addresses[0].addr_spec == "lich@hue.example", mail["From"]
        assert "40 buổi sau đây đã được đặt lịch." in text_of(mail), text_of(mail)
        first = made["sessions"][0]["id"]
        assert f"https://lich.hue.example/xem/{first}" in text_of(mail), text_of(mail)
        part = next(part for part in mail.iter_parts() if part.get_content_type() == "text/calendar")
        assert part.get_param("method") == "PUBLISH", part["Content-Type"]
        assert "RRULE:" in part.get_content() and f"UID:{made['seriesId']}@" in part.get_content()
        operator = sign_in(daemon, "operator")
        operator.ask("POST", f"/api/v1/sessions/{first}/cancel", {"reason": "Bão số 4", "scope": "all"})
        mails = wait_for("the second", lambda: len(with_title(post, "Tin học căn bản")) > 1 and
                         with_title(post, "Tin học căn bản"))
        assert len(mails) == 2 and mails[1]["Subject"].startswith("Hủy lịch:"), mails[1]["Subject"]
        assert "Bão số 4" in text_of(mails[1])
        assert mails[0]["Message-ID"] != mails[1]["Message-ID"]


def a_server_that_is_away_is_waited_for():
    with Post() as post, make_daemon(post) as daemon:
        daemon.start()
        book(sign_in(daemon), "Giữ lại")
        wait_for("a failed attempt", lambda: "after attempt 1" in daemon.read_log())
        post.start()
        wait_for("the mail", lambda: with_title(post, "Giữ lại"))


def a_kill_loses_nothing():
    with Post() as post, make_daemon(post) as daemon:
        daemon.start()
        client = sign_in(daemon)
        for number in range(5):
            book(client, f"Sống sót {number}", f"{8 + 2 * number:02d}:00")
        daemon.stop(signal.SIGKILL)
        post.start()
        daemon.start()
        wait_for("five mails", lambda: all(with_title(post, f"Sống sót {number}") for number in range(5)))
        assert len({mail["Message-ID"] for mail in with_title(post, "Sống sót")}) == 5


def what_is_refused_is_seen():
    with Post() as post, make_daemon(post) as daemon:
        post.answer = "550 no such mailbox"
        post.start()
        daemon.start()
        book(sign_in(daemon), "Không nhận")
        wait_for("the warning", lambda: "is not sent to person" in daemon.read_log())
        assert "550" in daemon.read_log() or "no such mailbox" in daemon.read_log(), daemon.read_log()


def make_certificate(folder):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout",
                    folder / "key.pem", "-out", folder / "cert.pem", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


def signs_in_over_tls():
    seen = []

    def check(server, session, envelope, mechanism, data):
        ours = isinstance(data, LoginPassword) and (data.login, data.password) == (b"lich", b"m\xe1\xba\xadt kh\xe1\xba\xa9u")
        seen.append(ours)
        return AuthResult(success=ours)

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        context = make_certificate(folder)
        secret = folder / "secret"
        secret.write_text("mật khẩu\n")
        secret.chmod(0o600)
        with Post(tls_context=context, require_starttls=True, authenticator=check, auth_required=True,
                  decode_data=False) as post, \
                make_daemon(post, "mail-user=lich", f"mail-password-file={secret}",
                            f"mail-ca={folder}/cert.pem", server="smtp://localhost") as daemon:
            post.start()
            daemon.start()
            book(sign_in(daemon), "Qua TLS")
            wait_for("the mail", lambda: with_title(post, "Qua TLS"))
            assert seen and all(seen), seen


def bad_settings_need_a_person():
    with Daemon(BUILD, ["mail-server=smtp://127.0.0.1:25"]) as daemon:
        daemon.start(expect=78)
        assert "mail-from" in daemon.read_log(), daemon.read_log()
    with Daemon(BUILD, ["mail-server=smtp://127.0.0.1:25", "mail-from=a@b.example", "mail-user=u",
                        "mail-password-file=/nonexistent"]) as daemon:
        daemon.start(expect=78)
        assert "/nonexistent" in daemon.read_log(), daemon.read_log()


run_tap([a_booking_and_its_end_arrive, a_server_that_is_away_is_waited_for, a_kill_loses_nothing,
         what_is_refused_is_seen, signs_in_over_tls, bad_settings_need_a_person])
