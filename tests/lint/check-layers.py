#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Fails if a file includes what its room may not see. The table below is the architecture.

Every include of ours names its room from the top: "scheduler/core/span.h". A folder that is not
in the table may hold no C file, so that nothing grows beside the plan.
"""

import pathlib
import re
import sys

C = {"errno.h", "fcntl.h", "inttypes.h", "math.h", "signal.h", "stdint.h", "stdio.h", "stdlib.h", "string.h",
     "time.h", "unistd.h", "locale.h"}
PURE = {"errno.h", "inttypes.h", "math.h", "stddef.h", "stdint.h", "stdlib.h", "string.h", "glib.h",
        "glib-object.h"}
GLIB = C | {"glib.h", "glib-object.h", "glib-unix.h", "glib/gstdio.h"}
GIO = GLIB | {"gio/gio.h", "gio/gunixfdlist.h", "gio/gunixinputstream.h", "gio/gunixoutputstream.h",
              "gio/gunixsocketaddress.h"}
POSIX = {"arpa/inet.h", "netdb.h", "netinet/in.h", "netinet/tcp.h", "poll.h", "sched.h", "sys/epoll.h", "sys/eventfd.h",
         "sys/file.h", "sys/mman.h", "sys/pidfd.h", "sys/prctl.h", "sys/resource.h", "sys/socket.h", "sys/stat.h",
         "sys/statvfs.h", "sys/syscall.h", "sys/timerfd.h", "sys/types.h", "sys/uio.h", "sys/un.h", "sys/wait.h",
         "linux/falloc.h"}
JSON = {"json-glib/json-glib.h"}

S = "scheduler/"
#    room                    the rooms it may include                                     and, from outside
ROOMS = {
    "scheduler/base":       (set(),                                                      PURE),
    "scheduler/support":    ({S + "base"},
                             GIO | POSIX | JSON | {"nettle/base16.h", "nettle/sha2.h"}),
    "scheduler/core":       ({S + "base"},                                               PURE),
    "scheduler/ports":      ({S + "base", S + "core"},                                   GIO),
    "scheduler/service":    ({S + "base", S + "support", S + "core", S + "ports"},       GIO | POSIX | JSON),
    "scheduler/identity":   ({S + "base", S + "support", S + "core", S + "ports"},       GIO | {"sodium.h"}),
    "scheduler/store":      ({S + "base", S + "core", S + "ports"},                      GIO | POSIX | {"sqlite3.h"}),
    "calendar/text":        ({S + "base", S + "core"},                                   PURE | {"libical/ical.h"}),
    "calendar/publish":     ({S + "base", S + "core", S + "service", "calendar/text"},   GIO | {"zlib.h"}),
    "calendar/exchange":    ({S + "base", S + "support", S + "core", S + "ports", "calendar/text"},
                             GIO | {"curl/curl.h"}),
    "media/record":         ({S + "base", S + "support"},                                GIO | POSIX),
    "media/recorder":       ({S + "base", S + "support", "media/record"},                GIO | POSIX),
    "media/pipeline":       ({S + "base", S + "support", "media/record"},
                             GIO | POSIX | {"gst/gst.h", "gst/base/gstbasesink.h", "gst/base/gstbasesrc.h",
                                            "gst/base/gstpushsrc.h", "gst/app/gstappsink.h", "gst/app/gstappsrc.h",
                                            "gst/rtsp/rtsp.h", "gst/sdp/sdp.h", "gst/rtsp/gstrtspconnection.h",
                                            "gst/rtsp/gstrtspmessage.h", "gst/sdp/gstsdpmessage.h"}),
    "media/finalise":       ({S + "base", S + "support", "media/record"},
                             GIO | POSIX | {"libavformat/avformat.h", "libavcodec/avcodec.h", "libavutil/avutil.h",
                                            "libavutil/opt.h", "libavutil/mathematics.h", "libavutil/display.h",
                                            "libavcodec/bsf.h", "libavutil/error.h", "libavutil/log.h", "libavutil/dict.h", "libavutil/channel_layout.h"}),
    "media/supervisor":     ({S + "base", S + "support", S + "core", S + "ports", "media/record"}, GIO | POSIX | JSON),
    "ui/http":              ({S + "base", S + "support", S + "core", S + "service", S + "identity", "calendar/text",
                              "calendar/publish", "media/record"},
                             GIO | POSIX | JSON | {"microhttpd.h", "linux/openat2.h", "libxml/tree.h", "libxml/parser.h", "zlib.h"}),
    "ui/cli":               ({S + "base", S + "support", S + "core"},                    GIO | JSON | {"curl/curl.h"}),
    "ui/demo":              ({S + "base"},
                             GIO | {"gst/gst.h", "gst/rtsp-server/rtsp-server.h", "gst/app/gstappsrc.h",
                                    "gst/app/gstappsink.h"}),
}
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)')
# The front door sees everything; tests too.
FREE = {"scheduler/hoitruongd.c"}


def faults(root):
    for top in ("scheduler", "calendar", "media", "ui"):
        for path in sorted((root / top).rglob("*.[ch]")):
            name = path.relative_to(root).as_posix()
            if name in FREE or "node_modules" in name:
                continue
            room = path.parent.relative_to(root).as_posix()
            if room not in ROOMS:
                yield f"{name}:1: {room} is no room of the house"
                continue
            ours, foreign = ROOMS[room]
            for number, line in enumerate(path.read_text().splitlines(), 1):
                match = INCLUDE.match(line)
                if match is None:
                    continue
                quoted, angled = match.groups()
                if quoted and quoted.rpartition("/")[0] not in ours | {room}:
                    yield f"{name}:{number}: {room} may not include {quoted}"
                if angled and angled not in foreign:
                    yield f"{name}:{number}: {room} may not include <{angled}>"


found = list(faults(pathlib.Path(sys.argv[1])))
print("\n".join(found))
sys.exit(1 if found else 0)
