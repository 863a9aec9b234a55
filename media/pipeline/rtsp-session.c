/* SPDX-License-Identifier: MIT */

#include "media/pipeline/rtsp-session.h"

#include <errno.h>
#include <gst/rtsp/gstrtspconnection.h>
#include <string.h>
#include <sys/socket.h>

#include "media/pipeline/auth.h"
#include "scheduler/base/error.h"

#define CONNECT_US      (3 * (int64_t) G_USEC_PER_SEC)
#define REPLY_US        (5 * (int64_t) G_USEC_PER_SEC)
#define SEND_US         G_USEC_PER_SEC
#define FAREWELL_US     (200 * 1000)
#define MAX_TRIES       3
#define TIMEOUT_S       60
#define MIN_TIMEOUT_S   2
#define MAX_SDP_BYTES   65536
#define NOT_IMPLEMENTED 501

struct _HtRtspSession {
    GstRTSPUrl *url;         /* (owned) */
    GstRTSPConnection *wire; /* (owned) (nullable) */
    HtAuth *auth;            /* (owned) */
    HtSdp *sdp;              /* (owned) (nullable) */
    char *request_url;       /* (owned): without user and password */
    GInputStream *secret;    /* (owned) (nullable): what is read through TLS */
    const HtWireSink *sink;
    gpointer user_data;
    gboolean has_get_parameter;
    unsigned timeout_s;
    int fd;
};

static const struct {
    unsigned status;
    HtErrorCode code;
    const char *id;
} REFUSALS[] = {
    { GST_RTSP_STS_NOT_FOUND, HT_ERROR_NOT_FOUND, "no-such-stream" },
    { GST_RTSP_STS_GONE, HT_ERROR_NOT_FOUND, "no-such-stream" },
    { GST_RTSP_STS_FORBIDDEN, HT_ERROR_UNAUTHENTICATED, "wrong-password" },
    { GST_RTSP_STS_SESSION_NOT_FOUND, HT_ERROR_GONE, "session-lost" },
    { GST_RTSP_STS_UNSUPPORTED_TRANSPORT, HT_ERROR_INVALID, "unsupported-stream" },
};

HtRtspSession *
ht_rtsp_session_new (const char *location, const char *user, const char *password,
                     const HtWireSink *sink, gpointer user_data, GError **error)
{
    g_autoptr (HtRtspSession) self = g_new0 (HtRtspSession, 1);

    if (gst_rtsp_url_parse (location, &self->url) != GST_RTSP_OK) {
        ht_problem_set (error, HT_ERROR_INVALID, "wrong-type", "url", "url is no RTSP address");
        return NULL;
    }
    self->auth = ht_auth_new (user != NULL && user[0] != '\0' ? user : self->url->user,
                              user != NULL && user[0] != '\0' ? password : self->url->passwd);
    self->request_url = gst_rtsp_url_get_request_uri (self->url);
    self->sink = sink;
    self->user_data = user_data;
    self->timeout_s = TIMEOUT_S;
    self->fd = -1;
    return g_steal_pointer (&self);
}

void
ht_rtsp_session_free (HtRtspSession *self)
{
    g_clear_object (&self->secret);
    if (self->wire != NULL)
        gst_rtsp_connection_free (self->wire);
    g_clear_pointer (&self->url, gst_rtsp_url_free);
    g_clear_pointer (&self->auth, ht_auth_free);
    g_clear_pointer (&self->sdp, ht_sdp_free);
    g_free (self->request_url);
    g_free (self);
}

const HtSdp *
ht_rtsp_session_get_sdp (const HtRtspSession *self)
{
    return self->sdp;
}

int
ht_rtsp_session_get_fd (const HtRtspSession *self)
{
    return self->fd;
}

gboolean
ht_rtsp_session_is_buffered (const HtRtspSession *self)
{
    return self->secret != NULL;
}

int64_t
ht_rtsp_session_get_pace_us (const HtRtspSession *self)
{
    return (int64_t) self->timeout_s * G_USEC_PER_SEC / 2;
}

static gboolean
fail (GstRTSPResult result, const char *doing, GError **error)
{
    g_autofree char *text = gst_rtsp_strresult (result);

    ht_problem_set (error, HT_ERROR_TIMED_OUT, "unreachable", "url", "%s: %s", doing, text);
    return FALSE;
}

static gboolean
refuse (unsigned status, const char *method, GError **error)
{
    HtErrorCode code = HT_ERROR_DENIED;
    const char *id = "camera-refused";

    for (unsigned i = 0; i < G_N_ELEMENTS (REFUSALS); i++)
        if (REFUSALS[i].status == status) {
            code = REFUSALS[i].code;
            id = REFUSALS[i].id;
        }
    ht_problem_set (error, code, id, "url", "the camera answers %s with %u %s", method, status,
                    gst_rtsp_status_as_text ((GstRTSPStatusCode) status));
    return FALSE;
}

static gboolean
refuse_password (GError **error)
{
    ht_problem_set (error, HT_ERROR_UNAUTHENTICATED, "wrong-password", "password",
                    "the camera does not take this user and password");
    return FALSE;
}

/* Sends @request with the answer to what the camera asked last. @ret_signed: it bears one. */
static GstRTSPResult
send_signed (HtRtspSession *self, GstRTSPMessage *request, int64_t limit_us, gboolean *ret_signed)
{
    GstRTSPMethod method = GST_RTSP_INVALID;
    const char *uri = NULL;
    g_autofree char *cnonce = g_strdup_printf ("%08x%08x", g_random_int (), g_random_int ());
    g_autofree char *answer = NULL;

    gst_rtsp_message_parse_request (request, &method, &uri, NULL);
    answer = ht_auth_dup_answer (self->auth, gst_rtsp_method_as_text (method), uri, cnonce);
    gst_rtsp_message_remove_header (request, GST_RTSP_HDR_AUTHORIZATION, -1);
    /* the connection gives each sending a number of its own */
    gst_rtsp_message_remove_header (request, GST_RTSP_HDR_CSEQ, -1);
    if (answer != NULL)
        gst_rtsp_message_add_header (request, GST_RTSP_HDR_AUTHORIZATION, answer);
    *ret_signed = answer != NULL;
    return gst_rtsp_connection_send_usec (self->wire, request, limit_us);
}

/* Media may come before the reply: it is kept. A question of the camera is not answered here. */
static GstRTSPResult
receive_reply (HtRtspSession *self, GstRTSPMessage *reply)
{
    for (;;) {
        GstRTSPResult result = gst_rtsp_connection_receive_usec (self->wire, reply, REPLY_US);
        uint8_t channel, *data;
        unsigned length;

        if (result != GST_RTSP_OK || gst_rtsp_message_get_type (reply) == GST_RTSP_MESSAGE_RESPONSE)
            return result;
        if (gst_rtsp_message_get_type (reply) == GST_RTSP_MESSAGE_DATA &&
            gst_rtsp_message_parse_data (reply, &channel) == GST_RTSP_OK &&
            gst_rtsp_message_get_body (reply, &data, &length) == GST_RTSP_OK && length > 0)
            /* without the NUL that the library ends every body with */
            self->sink->packet (self->user_data, channel, data, length - 1);
        gst_rtsp_message_unset (reply);
    }
}

static void
take_challenges (HtRtspSession *self, GstRTSPMessage *reply)
{
    char *header;

    ht_auth_begin_challenge (self->auth);
    for (int i = 0; gst_rtsp_message_get_header (reply, GST_RTSP_HDR_WWW_AUTHENTICATE, &header,
                                                 i) == GST_RTSP_OK;
         i++)
        ht_auth_take_challenge (self->auth, header);
}

/* Asks, signs in where it must, and asks again. @reply is unset by the caller. */
static gboolean
ask (HtRtspSession *self, GstRTSPMessage *request, GstRTSPMessage *reply, GError **error)
{
    GstRTSPMethod method = GST_RTSP_INVALID;
    const char *name;

    gst_rtsp_message_parse_request (request, &method, NULL, NULL);
    name = gst_rtsp_method_as_text (method);
    for (unsigned i = 0; i < MAX_TRIES; i++) {
        GstRTSPStatusCode status = GST_RTSP_STS_INVALID;
        gboolean is_signed;
        GstRTSPResult result = send_signed (self, request, SEND_US, &is_signed);

        gst_rtsp_message_unset (reply);
        if (result == GST_RTSP_OK)
            result = receive_reply (self, reply);
        if (result != GST_RTSP_OK)
            return fail (result, name, error);
        gst_rtsp_message_parse_response (reply, &status, NULL, NULL);
        if (status != GST_RTSP_STS_UNAUTHORIZED) {
            if (is_signed)
                ht_auth_accept (self->auth);
            return status == GST_RTSP_STS_OK || refuse (status, name, error);
        }
        take_challenges (self, reply);
        if (!ht_auth_may_answer (self->auth))
            break;
    }
    return refuse_password (error);
}

static gboolean
connect_to (HtRtspSession *self, GError **error)
{
    GstRTSPResult result = gst_rtsp_connection_create (self->url, &self->wire);

    if (result == GST_RTSP_OK) {
        gst_rtsp_connection_set_content_length_limit (self->wire, MAX_SDP_BYTES);
        result = gst_rtsp_connection_connect_usec (self->wire, CONNECT_US);
    }
    return result == GST_RTSP_OK || fail (result, "connecting to the camera", error);
}

/* The library splits the list that a camera sends in one header. */
static void
read_public (HtRtspSession *self, GstRTSPMessage *reply)
{
    char *methods;

    for (int i = 0;
         gst_rtsp_message_get_header (reply, GST_RTSP_HDR_PUBLIC, &methods, i) == GST_RTSP_OK; i++)
        self->has_get_parameter |= strstr (methods, "GET_PARAMETER") != NULL;
}

static gboolean
ask_options (HtRtspSession *self, GError **error)
{
    GstRTSPMessage request = { 0 };
    GstRTSPMessage reply = { 0 };
    gboolean good;

    gst_rtsp_message_init_request (&request, GST_RTSP_OPTIONS, self->request_url);
    good = ask (self, &request, &reply, error);
    if (good)
        read_public (self, &reply);
    gst_rtsp_message_unset (&request);
    gst_rtsp_message_unset (&reply);
    return good;
}

static gboolean
read_description (HtRtspSession *self, GstRTSPMessage *reply, GError **error)
{
    char *base = NULL;
    uint8_t *body = NULL;
    unsigned length = 0;

    if (gst_rtsp_message_get_header (reply, GST_RTSP_HDR_CONTENT_BASE, &base, 0) != GST_RTSP_OK &&
        gst_rtsp_message_get_header (reply, GST_RTSP_HDR_CONTENT_LOCATION, &base, 0) != GST_RTSP_OK)
        base = self->request_url;
    gst_rtsp_message_get_body (reply, &body, &length);
    /* the library ends every body with a NUL of its own, which belongs to no description */
    while (length > 0 && body[length - 1] == '\0')
        length--;
    self->sdp = ht_sdp_new ((const char *) body, length, base, error);
    return self->sdp != NULL;
}

static gboolean
ask_description (HtRtspSession *self, GError **error)
{
    GstRTSPMessage request = { 0 };
    GstRTSPMessage reply = { 0 };
    gboolean good;

    gst_rtsp_message_init_request (&request, GST_RTSP_DESCRIBE, self->request_url);
    gst_rtsp_message_add_header (&request, GST_RTSP_HDR_ACCEPT, "application/sdp");
    good = ask (self, &request, &reply, error) && read_description (self, &reply, error);
    gst_rtsp_message_unset (&request);
    gst_rtsp_message_unset (&reply);
    return good;
}

gboolean
ht_rtsp_session_open (HtRtspSession *self, GError **error)
{
    return connect_to (self, error) && ask_options (self, error) && ask_description (self, error);
}

/* "Session: 4711;timeout=30" */
static void
read_timeout (HtRtspSession *self, GstRTSPMessage *reply)
{
    char *session = NULL;
    const char *timeout;

    if (gst_rtsp_message_get_header (reply, GST_RTSP_HDR_SESSION, &session, 0) != GST_RTSP_OK)
        return;
    timeout = strstr (session, "timeout=");
    if (timeout != NULL)
        self->timeout_s = (unsigned) CLAMP (
            g_ascii_strtoull (timeout + strlen ("timeout="), NULL, 10), MIN_TIMEOUT_S, 3600);
}

static gboolean
read_transport (GstRTSPMessage *reply, unsigned *channel, GError **error)
{
    char *transport = NULL;
    const char *chosen;

    gst_rtsp_message_get_header (reply, GST_RTSP_HDR_TRANSPORT, &transport, 0);
    chosen = transport != NULL ? strstr (transport, "interleaved=") : NULL;
    if (transport != NULL && strstr (transport, "TCP") == NULL)
        return refuse (GST_RTSP_STS_UNSUPPORTED_TRANSPORT, "SETUP", error);
    if (chosen != NULL)
        *channel =
            (unsigned) MIN (g_ascii_strtoull (chosen + strlen ("interleaved="), NULL, 10), 254);
    return TRUE;
}

gboolean
ht_rtsp_session_setup (HtRtspSession *self, const HtSdpStream *stream, unsigned channel,
                       unsigned *ret_channel, GError **error)
{
    GstRTSPMessage request = { 0 };
    GstRTSPMessage reply = { 0 };
    g_autofree char *transport =
        g_strdup_printf ("RTP/AVP/TCP;unicast;interleaved=%u-%u", channel, channel + 1);
    gboolean good;

    *ret_channel = channel;
    gst_rtsp_message_init_request (&request, GST_RTSP_SETUP, stream->url);
    gst_rtsp_message_add_header (&request, GST_RTSP_HDR_TRANSPORT, transport);
    good = ask (self, &request, &reply, error) && read_transport (&reply, ret_channel, error);
    if (good)
        read_timeout (self, &reply);
    gst_rtsp_message_unset (&request);
    gst_rtsp_message_unset (&reply);
    return good;
}

gboolean
ht_rtsp_session_play (HtRtspSession *self, GError **error)
{
    GstRTSPMessage request = { 0 };
    GstRTSPMessage reply = { 0 };
    GIOStream *tls = self->url->transports & GST_RTSP_LOWER_TRANS_TLS
                         ? G_IO_STREAM (gst_rtsp_connection_get_tls (self->wire, NULL))
                         : NULL;
    gboolean good;

    gst_rtsp_message_init_request (&request, GST_RTSP_PLAY, self->sdp->url);
    gst_rtsp_message_add_header (&request, GST_RTSP_HDR_RANGE, "npt=0.000-");
    good = ask (self, &request, &reply, error);
    self->fd = g_socket_get_fd (gst_rtsp_connection_get_read_socket (self->wire));
    if (tls != NULL)
        self->secret = g_object_ref (g_io_stream_get_input_stream (tls));
    gst_rtsp_message_unset (&request);
    gst_rtsp_message_unset (&reply);
    return good;
}

static gssize
fail_read (const char *why, GError **error)
{
    ht_problem_set (error, HT_ERROR_GONE, "closed", NULL, "the camera closed the connection%s%s",
                    why != NULL ? ": " : "", why != NULL ? why : "");
    return -1;
}

static gssize
read_secret (HtRtspSession *self, uint8_t *to, size_t length, GError **error)
{
    g_autoptr (GError) fault = NULL;
    gssize n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (self->secret), to,
                                                         length, NULL, &fault);

    if (n > 0)
        return n;
    if (n < 0 && g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return 0;
    return fail_read (fault != NULL ? fault->message : NULL, error);
}

gssize
ht_rtsp_session_read (HtRtspSession *self, uint8_t *to, size_t length, GError **error)
{
    gssize n;

    if (self->secret != NULL)
        return read_secret (self, to, length, error);
    n = recv (self->fd, to, length, MSG_DONTWAIT);
    if (n > 0)
        return n;
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    return fail_read (n < 0 ? g_strerror (errno) : NULL, error);
}

static gboolean
send_unasked (HtRtspSession *self, GstRTSPMethod method, int64_t limit_us, GError **error)
{
    GstRTSPMessage request = { 0 };
    gboolean is_signed;
    GstRTSPResult result;

    gst_rtsp_message_init_request (&request, method, self->sdp->url);
    result = send_signed (self, &request, limit_us, &is_signed);
    gst_rtsp_message_unset (&request);
    return result == GST_RTSP_OK || fail (result, gst_rtsp_method_as_text (method), error);
}

gboolean
ht_rtsp_session_keep_alive (HtRtspSession *self, GError **error)
{
    return send_unasked (self, self->has_get_parameter ? GST_RTSP_GET_PARAMETER : GST_RTSP_OPTIONS,
                         SEND_US, error);
}

/* What a camera asks of us we do not do, but say so: some wait for the word. */
static gboolean
answer_request (HtRtspSession *self, const char *head, size_t length, GError **error)
{
    g_autofree char *number = ht_wire_dup_header (head, length, "CSeq", 0);
    g_autofree char *text = g_strdup_printf ("RTSP/1.0 %d Not Implemented\r\nCSeq: %s\r\n\r\n",
                                             NOT_IMPLEMENTED, number != NULL ? number : "0");

    if (length > strlen ("TEARDOWN") && g_str_has_prefix (head, "TEARDOWN"))
        return fail_read ("it tore the session down", error) == 0;
    return gst_rtsp_connection_write_usec (self->wire, (const uint8_t *) text,
                                           (unsigned) strlen (text), SEND_US) == GST_RTSP_OK ||
           fail_read (NULL, error) == 0;
}

static gboolean
sign_again (HtRtspSession *self, const char *head, size_t length, GError **error)
{
    g_autofree char *header = NULL;

    ht_auth_begin_challenge (self->auth);
    for (unsigned i = 0; (header = ht_wire_dup_header (head, length, "WWW-Authenticate", i)); i++) {
        ht_auth_take_challenge (self->auth, header);
        g_clear_pointer (&header, g_free);
    }
    if (!ht_auth_may_answer (self->auth))
        return refuse_password (error);
    return ht_rtsp_session_keep_alive (self, error);
}

gboolean
ht_rtsp_session_take_message (HtRtspSession *self, const char *head, size_t length, GError **error)
{
    unsigned status = ht_wire_get_status (head, length);

    if (status == 0)
        return answer_request (self, head, length, error);
    if (status == GST_RTSP_STS_UNAUTHORIZED)
        return sign_again (self, head, length, error);
    ht_auth_accept (self->auth);
    /* a camera that knows no sign of life still took it as one; one without the session did not */
    return status != GST_RTSP_STS_SESSION_NOT_FOUND || refuse (status, "a sign of life", error);
}

gboolean
ht_rtsp_session_send_packet (HtRtspSession *self, unsigned channel, const uint8_t *data,
                             size_t length, GError **error)
{
    g_autoptr (GByteArray) framed = g_byte_array_new ();
    uint8_t frame[] = { '$', (uint8_t) channel, (uint8_t) (length >> 8), (uint8_t) length };
    GstRTSPResult result;

    g_byte_array_append (framed, frame, sizeof frame);
    g_byte_array_append (framed, data, (unsigned) length);
    result = gst_rtsp_connection_write_usec (self->wire, framed->data, framed->len, SEND_US);
    return result == GST_RTSP_OK || fail (result, "sending a report", error);
}

void
ht_rtsp_session_tear_down (HtRtspSession *self)
{
    if (self->fd >= 0)
        send_unasked (self, GST_RTSP_TEARDOWN, FAREWELL_US, NULL);
}
