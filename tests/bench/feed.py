#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A feed of 10,000 sessions over the service's HTTP server: answers per second of the server's CPU time.

feed.py BUILD: prints feed.unchanged.PEER (the reader has it already) and feed.gzip.PEER (the whole feed, compressed),
PEER being nginx with the same octets and Radicale with the same events. All listen on loopback. Whatever takes turns
does so several times, so that what else the machine does touches both.
"""

import gzip
import http.client
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

import common

TURNS = 3
TURN_SECONDS = 2
CONNECTIONS = 8
RADICALE_REQUESTS = 2
PATIENCE_SECONDS = 600
GZIP = {"Accept-Encoding": "gzip"}

NGINX = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; user {user};
events {{ worker_connections 256; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; gzip_static on; gzip_vary on;
    open_file_cache max=10; types {{ text/calendar ics; }}
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    server {{ listen 127.0.0.1:{port}; root {folder}/root; add_header Cache-Control "private, no-cache"; }}
}}
"""
RADICALE = """
[server]
hosts = 127.0.0.1:{port}
timeout = 600
[auth]
type = none
[rights]
type = from_file
file = {folder}/rights
[storage]
filesystem_folder = {folder}/store
[logging]
level = error
"""
RIGHTS = "[all]\nuser = .*\ncollection = .*\npermissions = RrWw\n"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(url, headers):
    """One answer: (status, headers, octets as they came)."""
    at = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(at.hostname, at.port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", at.path, headers={"Accept-Encoding": "identity", **headers})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def wait_for(url):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            return ask(url, {})
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise SystemExit(f"{url} does not answer")


class Server:
    """A program, where it answers, what it has answered and what that cost."""

    def __init__(self, command, url=None, **options):
        self.process = subprocess.Popen(command, **options)
        self.url = url
        self.answers = self.cpu = 0.0

    def read_cpu(self):
        return sum(common.cpu_of(pid) for pid in common.children(self.process.pid))

    def rate(self):
        return self.answers / self.cpu

    def load(self, headers):
        """One turn under wrk."""
        before = self.read_cpu()
        words = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
        text = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{TURN_SECONDS}s", *words, self.url],
                              capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in text or "Socket errors" in text:
            raise SystemExit(f"{self.url}: {text}")
        self.answers += int(re.search(r"(\d+) requests in", text)[1])
        self.cpu += self.read_cpu() - before

    def ask_some(self, headers):
        """One answer after the other, for a server of seconds."""
        before = self.read_cpu()
        for _ in range(RADICALE_REQUESTS):
            status, _, octets = ask(self.url, headers)
        self.answers += RADICALE_REQUESTS
        self.cpu += self.read_cpu() - before
        return status, len(octets)


def start_ours(build):
    server = Server([build / "tests/bench/bench-feed-server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    server.url = server.process.stdout.readline().strip()
    return server


def start_nginx(folder, plain, packed):
    folder.mkdir()
    root = folder / "root"
    root.mkdir()
    (root / "all.ics").write_bytes(plain)
    (root / "all.ics.gz").write_bytes(packed)
    port = free_port()
    user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
    (folder / "conf").write_text(NGINX.format(folder=folder, port=port, user=user))
    return Server(["nginx", "-p", folder, "-c", folder / "conf", "-e", folder / "error.log"],
                  f"http://127.0.0.1:{port}/all.ics", stderr=subprocess.DEVNULL)


def start_radicale(folder, plain):
    collection = folder / "store/collection-root/bench/all"
    collection.mkdir(parents=True)
    (collection / ".Radicale.props").write_text('{"tag": "VCALENDAR"}')
    text = plain.decode()
    zone = re.search(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE\r\n", text, re.S)
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//hoitruong//bench//EN\r\n" + (zone[0] if zone else "")
    for i, event in enumerate(re.findall(r"BEGIN:VEVENT.*?END:VEVENT\r\n", text, re.S)):
        (collection / f"{i}.ics").write_bytes((head + event + "END:VCALENDAR\r\n").encode())
    port = free_port()
    (folder / "rights").write_text(RIGHTS)
    (folder / "config").write_text(RADICALE.format(folder=folder, port=port))
    return Server([shutil.which("radicale"), "--config", folder / "config"], f"http://127.0.0.1:{port}/bench/all/",
                  stderr=open(folder / "log", "w"))


def headers_of(server, figure):
    if figure == "gzip":
        return GZIP
    _, found, _ = ask(server.url, GZIP)
    return {**GZIP, "If-None-Match": found["ETag"]}


def check(server, figure, headers):
    """What is measured is what the figure says."""
    status, found, octets = ask(server.url, headers)
    packed = found.get("Content-Encoding") == "gzip"
    if figure == "unchanged" and status != 304 or figure == "gzip" and (status != 200 or not packed):
        raise SystemExit(f"{server.url}: status {status}, {len(octets)} octets, compressed: {packed}")


def beside_nginx(ours, nginx, figure):
    asked = {server: headers_of(server, figure) for server in (ours, nginx)}
    for server in asked:
        check(server, figure, asked[server])
        server.answers = server.cpu = 0.0
    for _ in range(TURNS):
        for server in asked:
            server.load(asked[server])
    common.figure(f"feed.{figure}.nginx", ours.rate(), "req/cpu-s", nginx.rate(), "nginx",
                  ours.rate() / nginx.rate(), 0)
    return ours.rate()


def beside_radicale(rates, radicale):
    wait_for(radicale.url)
    for figure, rate in rates.items():
        radicale.answers = radicale.cpu = 0.0
        status, octets = radicale.ask_some(headers_of(radicale, figure))
        common.note(f"radicale, {figure}: status {status}, {octets} octets")
        common.figure(f"feed.{figure}.radicale", rate, "req/cpu-s", radicale.rate(), "radicale",
                      rate / radicale.rate())


def main():
    common.end_cleanly_when_told()
    build, servers = pathlib.Path(sys.argv[1]).resolve(), []
    folder = pathlib.Path(tempfile.mkdtemp(prefix="hoitruong-bench-"))
    try:
        servers.append(start_ours(build))
        _, _, plain = wait_for(servers[0].url)
        _, _, packed = ask(servers[0].url, GZIP)
        if gzip.decompress(packed) != plain:
            raise SystemExit("the compressed feed is another one")
        servers.append(start_nginx(folder / "nginx", plain, packed))
        wait_for(servers[1].url)
        common.note(f"{plain.count(b'BEGIN:VEVENT')} events, {len(plain)} octets, {len(packed)} compressed; {common.load()}")
        rates = {figure: beside_nginx(*servers, figure) for figure in ("unchanged", "gzip")}
        servers.append(start_radicale(folder / "radicale", plain))
        beside_radicale(rates, servers[2])
        common.note(common.load())
    finally:
        for server in servers:
            for pid in common.children(server.process.pid)[1:]:
                subprocess.run(["kill", str(pid)], check=False, stderr=subprocess.DEVNULL)
            common.end(server.process)
        shutil.rmtree(folder, ignore_errors=True)


main()
