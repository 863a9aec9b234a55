/* SPDX-License-Identifier: MIT */

#include "media/pipeline/auth.h"

#include <stdint.h>
#include <string.h>

#define MAX_HEADER_BYTES 8192

/* From weak to strong. */
typedef enum { SCHEME_NONE, SCHEME_BASIC, SCHEME_MD5, SCHEME_SHA256 } Scheme;

typedef struct {
    Scheme scheme;
    gboolean qop; /* auth is offered */
    gboolean stale;
    gboolean unknown; /* of an algorithm or protection that we do not speak */
    char *realm;
    char *nonce;
    char *opaque;
} Challenge;

struct _HtAuth {
    char *user;
    char *password;
    Challenge best;
    gboolean answered; /* and not accepted since */
    char *proven;      /* (owned) (nullable): a nonce whose answer was accepted */
    unsigned count;    /* answers with this nonce */
};

static void
challenge_clear (Challenge *challenge)
{
    g_free (challenge->realm);
    g_free (challenge->nonce);
    g_free (challenge->opaque);
    *challenge = (Challenge){ 0 };
}

HtAuth *
ht_auth_new (const char *user, const char *password)
{
    HtAuth *self = g_new0 (HtAuth, 1);

    self->user = g_strdup (user);
    self->password = g_strdup (password);
    return self;
}

void
ht_auth_free (HtAuth *self)
{
    challenge_clear (&self->best);
    g_free (self->proven);
    g_free (self->user);
    g_free (self->password);
    g_free (self);
}

void
ht_auth_begin_challenge (HtAuth *self)
{
    challenge_clear (&self->best);
}

static void
take_text (char **to, const char *value)
{
    g_free (*to);
    *to = g_strdup (value);
}

static gboolean
list_has (const char *list, const char *wanted)
{
    g_auto (GStrv) items = g_strsplit (list, ",", 16);

    for (unsigned i = 0; items[i] != NULL; i++)
        if (g_ascii_strcasecmp (g_strstrip (items[i]), wanted) == 0)
            return TRUE;
    return FALSE;
}

static void
take_parameter (Challenge *challenge, const char *name, const char *value)
{
    if (g_ascii_strcasecmp (name, "realm") == 0)
        take_text (&challenge->realm, value);
    else if (g_ascii_strcasecmp (name, "nonce") == 0)
        take_text (&challenge->nonce, value);
    else if (g_ascii_strcasecmp (name, "opaque") == 0)
        take_text (&challenge->opaque, value);
    else if (g_ascii_strcasecmp (name, "stale") == 0)
        challenge->stale = g_ascii_strcasecmp (value, "true") == 0;
    else if (g_ascii_strcasecmp (name, "qop") == 0) {
        challenge->qop = list_has (value, "auth");
        challenge->unknown |= !challenge->qop;
    } else if (g_ascii_strcasecmp (name, "algorithm") == 0) {
        if (g_ascii_strcasecmp (value, "SHA-256") == 0 && challenge->scheme == SCHEME_MD5)
            challenge->scheme = SCHEME_SHA256;
        else if (g_ascii_strcasecmp (value, "MD5") != 0)
            challenge->unknown = TRUE;
    }
}

static void
offer (HtAuth *self, Challenge *challenge)
{
    gboolean whole =
        challenge->scheme == SCHEME_BASIC || (challenge->realm != NULL && challenge->nonce != NULL);

    if (!challenge->unknown && whole && challenge->scheme > self->best.scheme) {
        challenge_clear (&self->best);
        self->best = *challenge;
        self->count = 0;
        *challenge = (Challenge){ 0 };
    }
    challenge_clear (challenge);
}

static const char *
skip_space (const char *p)
{
    while (*p == ' ' || *p == '\t' || *p == ',')
        p++;
    return p;
}

/* (transfer full): a token or a quoted text at @p, which moves behind it. */
static char *
take_word (const char **p, const char *ends)
{
    GString *word = g_string_new (NULL);
    const char *at = *p;

    if (*at == '"') {
        for (at++; *at != '\0' && *at != '"'; at++) {
            if (*at == '\\' && at[1] != '\0')
                at++;
            g_string_append_c (word, *at);
        }
        at += *at == '"';
    } else {
        for (; *at != '\0' && strchr (ends, *at) == NULL; at++)
            g_string_append_c (word, *at);
    }
    *p = at;
    return g_string_free (word, FALSE);
}

static Scheme
find_scheme (const char *word)
{
    if (g_ascii_strcasecmp (word, "Basic") == 0)
        return SCHEME_BASIC;
    return g_ascii_strcasecmp (word, "Digest") == 0 ? SCHEME_MD5 : SCHEME_NONE;
}

void
ht_auth_take_challenge (HtAuth *self, const char *header)
{
    Challenge challenge = { 0 };
    const char *p = header;

    if (strlen (header) > MAX_HEADER_BYTES)
        return;
    for (p = skip_space (p); *p != '\0'; p = skip_space (p)) {
        const char *before = p;
        g_autofree char *word = take_word (&p, " \t=,\"");

        while (*p == ' ' || *p == '\t')
            p++;
        if (*p == '=') {
            const char *at = skip_space (p + 1);
            g_autofree char *value = take_word (&at, " \t,");

            take_parameter (&challenge, word, value);
            p = at;
        } else {
            offer (self, &challenge);
            challenge.scheme = find_scheme (word);
        }
        if (p == before)
            p++;
    }
    offer (self, &challenge);
}

gboolean
ht_auth_may_answer (const HtAuth *self)
{
    if (self->user == NULL || self->best.scheme == SCHEME_NONE)
        return FALSE;
    /* a new nonce after the password was taken once says no more than "stale" does, and cameras
     * forget to say it */
    return !self->answered || self->best.stale ||
           (self->proven != NULL && g_strcmp0 (self->proven, self->best.nonce) != 0);
}

void
ht_auth_accept (HtAuth *self)
{
    if (!self->answered)
        return;
    self->answered = FALSE;
    take_text (&self->proven, self->best.nonce);
}

static char *
answer_basic (const HtAuth *self)
{
    g_autofree char *plain =
        g_strdup_printf ("%s:%s", self->user, self->password != NULL ? self->password : "");
    g_autofree char *coded = g_base64_encode ((const uint8_t *) plain, strlen (plain));

    return g_strdup_printf ("Basic %s", coded);
}

static char *hash (const HtAuth *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static char *
hash (const HtAuth *self, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    va_start (args, format);
    text = g_strdup_vprintf (format, args);
    va_end (args);
    return g_compute_checksum_for_string (
        self->best.scheme == SCHEME_SHA256 ? G_CHECKSUM_SHA256 : G_CHECKSUM_MD5, text, -1);
}

/* Quotation marks and backslashes inside a quoted text (RFC 7230 3.2.6). */
static void
append_quoted (GString *to, const char *name, const char *value)
{
    g_string_append_printf (to, "%s=\"", name);
    for (; *value != '\0'; value++) {
        if (*value == '"' || *value == '\\')
            g_string_append_c (to, '\\');
        g_string_append_c (to, *value);
    }
    g_string_append (to, "\", ");
}

static char *
answer_digest (HtAuth *self, const char *method, const char *uri, const char *cnonce)
{
    const Challenge *best = &self->best;
    g_autofree char *who = hash (self, "%s:%s:%s", self->user, best->realm,
                                 self->password != NULL ? self->password : "");
    g_autofree char *what = hash (self, "%s:%s", method, uri);
    g_autofree char *response = NULL;
    GString *answer = g_string_new ("Digest ");

    self->count++;
    response = best->qop ? hash (self, "%s:%s:%08x:%s:auth:%s", who, best->nonce, self->count,
                                 cnonce, what)
                         : hash (self, "%s:%s:%s", who, best->nonce, what);
    append_quoted (answer, "username", self->user);
    append_quoted (answer, "realm", best->realm);
    append_quoted (answer, "nonce", best->nonce);
    append_quoted (answer, "uri", uri);
    if (best->opaque != NULL)
        append_quoted (answer, "opaque", best->opaque);
    if (best->scheme == SCHEME_SHA256)
        g_string_append (answer, "algorithm=SHA-256, ");
    if (best->qop)
        g_string_append_printf (answer, "qop=auth, nc=%08x, cnonce=\"%s\", ", self->count, cnonce);
    g_string_append_printf (answer, "response=\"%s\"", response);
    return g_string_free (answer, FALSE);
}

char *
ht_auth_dup_answer (HtAuth *self, const char *method, const char *uri, const char *cnonce)
{
    if (self->user == NULL || self->best.scheme == SCHEME_NONE)
        return NULL;
    self->answered = TRUE;
    if (self->best.scheme == SCHEME_BASIC)
        return answer_basic (self);
    return answer_digest (self, method, uri, cnonce);
}
