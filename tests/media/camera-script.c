/* SPDX-License-Identifier: MIT */

#include "tests/media/camera-script.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/media/camera-media.h"

#define REALM    "Camera \"1\", tầng 2"
#define NONCE    "66543210fedcba98"
#define MAX_HEAD 8192

struct _HtCamera {
    HtCameraScript script;
    GThread *thread;
    int listener;
    int stop_fd;
    unsigned port;
    unsigned channels[2];
    GArray *units; /* written by the thread until it ended, then read */
    unsigned refusals;
    gboolean torn_down;
    GMutex lock; /* protects the two above */
};

/* One request of the other end. */
typedef struct {
    char *head;
    char *method, *uri, *number;
    gboolean is_signed;
} Request;

static void
request_clear (Request *request)
{
    g_free (request->head);
    g_free (request->method);
    g_free (request->uri);
    g_free (request->number);
}

static gboolean
write_all (int fd, const void *data, size_t length)
{
    const char *p = data;

    while (length > 0) {
        ssize_t n = send (fd, p, length, MSG_NOSIGNAL);

        if (n <= 0)
            return FALSE;
        p += n;
        length -= (size_t) n;
    }
    return TRUE;
}

/* One octet, unless the test is over: what was sent before that is still read. */
static gboolean
read_octet (HtCamera *self, int fd, char *ret_octet)
{
    struct pollfd pollers[] = { { .fd = fd, .events = POLLIN },
                                { .fd = self->stop_fd, .events = POLLIN } };

    if (poll (pollers, 2, -1) < 0 || pollers[0].revents == 0)
        return FALSE;
    return recv (fd, ret_octet, 1, 0) == 1;
}

/* A receiver's report is read over. */
static gboolean
skip_packet (HtCamera *self, int fd)
{
    uint8_t frame[3];
    char octet;
    unsigned length;

    for (unsigned i = 0; i < sizeof frame; i++) {
        if (!read_octet (self, fd, &octet))
            return FALSE;
        frame[i] = (uint8_t) octet;
    }
    length = (unsigned) frame[1] << 8 | frame[2];
    while (length-- > 0)
        if (!read_octet (self, fd, &octet))
            return FALSE;
    return TRUE;
}

static char *
find_header (const char *head, const char *name)
{
    g_auto (GStrv) lines = g_strsplit (head, "\r\n", 64);
    size_t length = strlen (name);

    for (unsigned i = 1; lines[0] != NULL && lines[i] != NULL; i++)
        if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
            return g_strstrip (g_strdup (lines[i] + length + 1));
    return NULL;
}

static gboolean
read_request (HtCamera *self, int fd, Request *request)
{
    g_autoptr (GString) head = g_string_new (NULL);
    g_auto (GStrv) words = NULL;
    g_autofree char *answer = NULL;
    char octet;

    while (!g_str_has_suffix (head->str, "\r\n\r\n")) {
        if (head->len > MAX_HEAD || !read_octet (self, fd, &octet))
            return FALSE;
        if (head->len == 0 && octet == '$') {
            if (!skip_packet (self, fd))
                return FALSE;
            continue;
        }
        g_string_append_c (head, octet);
    }
    words = g_strsplit (head->str, " ", 3);
    answer = find_header (head->str, "Authorization");
    *request = (Request){ .head = g_strdup (head->str),
                          .method = g_strdup (words[0]),
                          .uri = g_strdup (words[1]),
                          .number = find_header (head->str, "CSeq"),
                          .is_signed = answer != NULL };
    return TRUE;
}

static gboolean
reply (int fd, const Request *request, unsigned status, const char *more, const char *body)
{
    g_autofree char *text =
        g_strdup_printf ("RTSP/1.0 %u Whatever\r\nCSeq: %s\r\n%sContent-Length: %zu\r\n\r\n%s",
                         status, request->number, more, strlen (body), body);

    return write_all (fd, text, strlen (text));
}

/* (transfer full): name="value" or name=value of an Authorization header. */
static char *
find_part (const char *answer, const char *name)
{
    g_autofree char *pattern =
        g_strdup_printf ("[ ,]%s=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^, ]+))", name);
    g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
    g_autoptr (GMatchInfo) match = NULL;
    g_autofree char *quoted = NULL;

    if (!g_regex_match (regex, answer, 0, &match))
        return g_strdup ("");
    quoted = g_match_info_fetch (match, 1);
    return quoted[0] != '\0' ? g_steal_pointer (&quoted) : g_match_info_fetch (match, 2);
}

static gboolean
is_right_digest (const HtCameraScript *script, const Request *request, const char *answer)
{
    GChecksumType type = script->auth == HT_CAMERA_SHA256_QOP ? G_CHECKSUM_SHA256 : G_CHECKSUM_MD5;
    g_autofree char *given = find_part (answer, "response");
    g_autofree char *uri = find_part (answer, "uri");
    g_autofree char *count = find_part (answer, "nc");
    g_autofree char *cnonce = find_part (answer, "cnonce");
    g_autofree char *who = g_strdup_printf ("%s:%s:%s", HT_CAMERA_USER, REALM, HT_CAMERA_PASSWORD);
    g_autofree char *what = g_strdup_printf ("%s:%s", request->method, request->uri);
    g_autofree char *who_hash = g_compute_checksum_for_string (type, who, -1);
    g_autofree char *what_hash = g_compute_checksum_for_string (type, what, -1);
    g_autofree char *all =
        script->auth == HT_CAMERA_MD5
            ? g_strdup_printf ("%s:%s:%s", who_hash, NONCE, what_hash)
            : g_strdup_printf ("%s:%s:%s:%s:auth:%s", who_hash, NONCE, count, cnonce, what_hash);
    g_autofree char *wanted = g_compute_checksum_for_string (type, all, -1);

    return g_str_equal (wanted, given) && g_str_equal (uri, request->uri) &&
           (script->auth == HT_CAMERA_MD5 || cnonce[0] != '\0');
}

static gboolean
is_right (const HtCameraScript *script, const Request *request)
{
    g_autofree char *answer = find_header (request->head, "Authorization");
    g_autofree char *plain = g_strdup_printf ("%s:%s", HT_CAMERA_USER, HT_CAMERA_PASSWORD);
    g_autofree char *coded = g_base64_encode ((const uint8_t *) plain, strlen (plain));
    g_autofree char *basic = g_strdup_printf ("Basic %s", coded);

    if (script->auth == HT_CAMERA_OPEN || g_str_equal (request->method, "OPTIONS"))
        return TRUE;
    if (answer == NULL)
        return FALSE;
    return script->auth == HT_CAMERA_BASIC ? g_str_equal (answer, basic)
                                           : is_right_digest (script, request, answer);
}

static gboolean
challenge (HtCamera *self, int fd, const Request *request)
{
#define BASE  "WWW-Authenticate: Digest realm=\"Camera \\\"1\\\", tầng 2\", nonce=\"" NONCE "\""
#define BASIC "WWW-Authenticate: Basic realm=\"Camera\"\r\n"
    static const char *const CHALLENGES[] = {
        [HT_CAMERA_OPEN] = "",
        [HT_CAMERA_BASIC] = BASIC,
        [HT_CAMERA_MD5] = BASIC BASE "\r\n",
        [HT_CAMERA_MD5_QOP] = BASE ", qop=\"auth,auth-int\", opaque=\"o\"\r\n",
        [HT_CAMERA_SHA256_QOP] = BASE "\r\n" BASE ", algorithm=SHA-256, qop=\"auth\"\r\n" BASIC,
    };

    if (request->is_signed) {
        g_mutex_lock (&self->lock);
        self->refusals++;
        g_mutex_unlock (&self->lock);
    }
    return reply (fd, request, 401, CHALLENGES[self->script.auth], "");
}

static gboolean
describe (HtCamera *self, int fd, const Request *request)
{
    g_autofree char *sprop = ht_camera_media_dup_sprop (&self->script);
    g_autofree char *text = g_strdup_printf (
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=Camera\r\nt=0 0\r\na=control:*\r\n"
        "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
        "a=fmtp:96 packetization-mode=1;sprop-parameter-sets=%s\r\na=control:track1\r\n%s",
        sprop,
        self->script.silent
            ? ""
            : "m=audio 0 RTP/AVP 97\r\na=rtpmap:97 mpeg4-generic/48000/2\r\n"
              "a=fmtp:97 streamtype=5;mode=AAC-hbr;config=1190;SizeLength=13;IndexLength=3;"
              "IndexDeltaLength=3\r\na=control:track2\r\n");
    g_autofree char *more = g_strdup_printf (
        "Content-Type: application/sdp\r\nContent-Base: rtsp://127.0.0.1:%u/live/\r\n", self->port);

    return reply (fd, request, 200, more, self->script.sdp != NULL ? self->script.sdp : text);
}

static gboolean
set_up (HtCamera *self, int fd, const Request *request)
{
    g_autofree char *transport = find_header (request->head, "Transport");
    const char *asked = transport != NULL ? strstr (transport, "interleaved=") : NULL;
    unsigned stream = g_str_has_suffix (request->uri, "track2") ? 1 : 0;
    unsigned channel = asked != NULL ? (unsigned) g_ascii_strtoull (asked + 12, NULL, 10) : 0;
    g_autofree char *more = NULL;

    if (self->script.own_channels)
        channel += 6;
    self->channels[stream] = channel;
    more = g_strdup_printf ("Session: 4711;timeout=60\r\n"
                            "Transport: RTP/AVP/TCP;unicast;interleaved=%u-%u;ssrc=1\r\n",
                            channel, channel + 1);
    return reply (fd, request, 200, more, "");
}

static gboolean
send_packets (int fd, const GPtrArray *packets, unsigned from, unsigned to)
{
    for (unsigned i = from; i < to; i++) {
        size_t length;
        const void *data = g_bytes_get_data (g_ptr_array_index (packets, i), &length);

        if (!write_all (fd, data, length))
            return FALSE;
    }
    return TRUE;
}

static gboolean
play (HtCamera *self, int fd, const Request *request)
{
    g_autoptr (GPtrArray) packets = NULL;
    unsigned early;

    if (self->script.refuse_play != 0)
        return reply (fd, request, self->script.refuse_play, "", "");
    packets = ht_camera_media_new (&self->script, self->channels, self->units);
    early = self->script.early ? packets->len / 2 : 0;
    return send_packets (fd, packets, 0, early) &&
           reply (fd, request, 200, "Session: 4711\r\nRange: npt=0.000-\r\n", "") &&
           send_packets (fd, packets, early, packets->len) && self->script.end != HT_CAMERA_CLOSE;
}

static gboolean
options (HtCamera *self, int fd, const Request *request)
{
    return reply (fd, request, 200,
                  "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER\r\n", "");
}

static gboolean
sign_of_life (HtCamera *self, int fd, const Request *request)
{
    return reply (fd, request, 200, "", "");
}

static gboolean
tear_down (HtCamera *self, int fd, const Request *request)
{
    g_mutex_lock (&self->lock);
    self->torn_down = TRUE;
    g_mutex_unlock (&self->lock);
    return FALSE;
}

static const struct {
    const char *method;
    gboolean (*answer) (HtCamera *self, int fd, const Request *request);
} METHODS[] = {
    { "OPTIONS", options }, { "DESCRIBE", describe },          { "SETUP", set_up },
    { "PLAY", play },       { "GET_PARAMETER", sign_of_life }, { "TEARDOWN", tear_down },
};

static gboolean
answer (HtCamera *self, int fd, const Request *request)
{
    if (!is_right (&self->script, request))
        return challenge (self, fd, request);
    for (unsigned i = 0; i < G_N_ELEMENTS (METHODS); i++)
        if (g_str_equal (METHODS[i].method, request->method))
            return METHODS[i].answer (self, fd, request);
    return reply (fd, request, 501, "", "");
}

static void
serve (HtCamera *self, int fd)
{
    gboolean going = TRUE;

    while (going) {
        Request request = { 0 };

        going = read_request (self, fd, &request) && answer (self, fd, &request);
        request_clear (&request);
    }
}

/* Octets that the other end sent and nobody read would turn the end into a reset, which throws away
 * what it has not read yet. */
static void
hang_up (HtCamera *self, int fd)
{
    char octet;

    shutdown (fd, SHUT_WR);
    while (read_octet (self, fd, &octet))
        ;
    close (fd);
}

static gpointer
run (gpointer user_data)
{
    HtCamera *self = user_data;
    struct pollfd pollers[] = { { .fd = self->listener, .events = POLLIN },
                                { .fd = self->stop_fd, .events = POLLIN } };

    while (poll (pollers, 2, -1) > 0 && pollers[1].revents == 0) {
        int fd = accept (self->listener, NULL, NULL);

        if (fd < 0)
            break;
        serve (self, fd);
        hang_up (self, fd);
    }
    return NULL;
}

static void
clear_unit (gpointer data)
{
    g_clear_pointer (&((HtCameraUnit *) data)->octets, g_bytes_unref);
}

HtCamera *
ht_camera_new (const HtCameraScript *script)
{
    HtCamera *self = g_new0 (HtCamera, 1);
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
    socklen_t length = sizeof address;

    self->script = *script;
    self->units = g_array_new (FALSE, FALSE, sizeof (HtCameraUnit));
    g_array_set_clear_func (self->units, clear_unit);
    g_mutex_init (&self->lock);
    self->stop_fd = eventfd (0, EFD_CLOEXEC);
    self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_assert_cmpint (bind (self->listener, (struct sockaddr *) &address, length), ==, 0);
    g_assert_cmpint (listen (self->listener, 4), ==, 0);
    g_assert_cmpint (getsockname (self->listener, (struct sockaddr *) &address, &length), ==, 0);
    self->port = ntohs (address.sin_port);
    self->thread = g_thread_new ("camera", run, self);
    return self;
}

static void
stop (HtCamera *self)
{
    eventfd_write (self->stop_fd, 1);
    g_clear_pointer (&self->thread, g_thread_join);
}

void
ht_camera_free (HtCamera *self)
{
    stop (self);
    close (self->listener);
    close (self->stop_fd);
    g_array_unref (self->units);
    g_mutex_clear (&self->lock);
    g_free (self);
}

char *
ht_camera_dup_url (HtCamera *self)
{
    return g_strdup_printf ("rtsp://127.0.0.1:%u/live", self->port);
}

const GArray *
ht_camera_get_units (HtCamera *self)
{
    stop (self);
    return self->units;
}

unsigned
ht_camera_get_refusals (HtCamera *self)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

    return self->refusals;
}

gboolean
ht_camera_was_torn_down (HtCamera *self)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

    return self->torn_down;
}
