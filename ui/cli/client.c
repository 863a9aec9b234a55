/* SPDX-License-Identifier: MIT */

#include "ui/cli/client.h"

#include <curl/curl.h>
#include <string.h>

#include "scheduler/base/error.h"

#define CONNECT_TIMEOUT_S 10L
#define WHOLE_TIMEOUT_S   120L
#define MOST_TRIES        3
#define PAUSE_US          (500 * 1000)
#define MOST_OCTETS       (256 * 1024 * 1024)
#define STATUS_UNKNOWN    503 /* neither done nor refused: the same key may ask again */

struct _HtClient {
    char *url;
    char *token; /* (nullable) */
    char *csrf;  /* (nullable) */
    CURL *curl;
};

HtClient *
ht_client_new (const char *url, const char *token)
{
    HtClient *self = g_new0 (HtClient, 1);

    curl_global_init (CURL_GLOBAL_DEFAULT);
    self->url = g_strdup (url);
    self->token = g_strdup (token);
    self->curl = curl_easy_init ();
    curl_easy_setopt (self->curl, CURLOPT_COOKIEFILE, "");
    return self;
}

void
ht_client_free (HtClient *self)
{
    curl_easy_cleanup (self->curl);
    g_free (self->url);
    g_free (self->token);
    g_free (self->csrf);
    g_free (self);
}

void
ht_client_set_csrf (HtClient *self, const char *csrf)
{
    g_free (self->csrf);
    self->csrf = g_strdup (csrf);
}

void
ht_client_answer_clear (HtClientAnswer *answer)
{
    g_clear_pointer (&answer->text, g_free);
}

static size_t
take_octets (char *octets, size_t size, size_t n, void *data)
{
    GString *text = data;

    if (text->len + size * n > MOST_OCTETS)
        return 0;
    g_string_append_len (text, octets, (gssize) (size * n));
    return size * n;
}

static struct curl_slist *
add_header (struct curl_slist *list, const char *name, const char *value)
{
    g_autofree char *line = value == NULL ? NULL : g_strconcat (name, ": ", value, NULL);

    return line == NULL ? list : curl_slist_append (list, line);
}

static struct curl_slist *
make_headers (const HtClient *self, const char *body, const char *if_match, const char *key)
{
    g_autofree char *bearer =
        self->token == NULL ? NULL : g_strconcat ("Bearer ", self->token, NULL);
    struct curl_slist *list = NULL;

    list = add_header (list, "Authorization", bearer);
    list = add_header (list, "x-csrf", self->csrf);
    list = add_header (list, "If-Match", if_match);
    list = add_header (list, "Idempotency-Key", key);
    return add_header (list, "Content-Type", body == NULL ? NULL : "application/json");
}

static void
set_up (HtClient *self, const char *method, const char *address, const char *body)
{
    CURL *curl = self->curl;

    curl_easy_setopt (curl, CURLOPT_URL, address);
    curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt (curl, CURLOPT_HTTPGET, 1L);
    if (body != NULL) {
        curl_easy_setopt (curl, CURLOPT_POSTFIELDSIZE, (long) strlen (body));
        curl_easy_setopt (curl, CURLOPT_POSTFIELDS, body);
    }
    curl_easy_setopt (curl, CURLOPT_CUSTOMREQUEST, method);
    curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, CONNECT_TIMEOUT_S);
    curl_easy_setopt (curl, CURLOPT_TIMEOUT, WHOLE_TIMEOUT_S);
    curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, take_octets);
}

/* One try. */
static CURLcode
perform (HtClient *self, GString *text, unsigned *ret_status)
{
    long status = 0;
    CURLcode result;

    g_string_truncate (text, 0);
    curl_easy_setopt (self->curl, CURLOPT_WRITEDATA, text);
    result = curl_easy_perform (self->curl);
    curl_easy_getinfo (self->curl, CURLINFO_RESPONSE_CODE, &status);
    *ret_status = (unsigned) status;
    return result;
}

gboolean
ht_client_ask (HtClient *self, const char *method, const char *path, const char *body,
               const char *if_match, HtClientAnswer *ret_answer, GError **error)
{
    g_autofree char *address = g_strconcat (self->url, path, NULL);
    g_autofree char *key = body == NULL ? NULL : g_uuid_string_random ();
    struct curl_slist *headers = make_headers (self, body, if_match, key);
    g_autoptr (GString) text = g_string_new (NULL);
    CURLcode result = CURLE_OK;
    unsigned status = 0;

    set_up (self, method, address, body);
    curl_easy_setopt (self->curl, CURLOPT_HTTPHEADER, headers);
    for (int i = 0; i < MOST_TRIES; i++) {
        result = perform (self, text, &status);
        if (result == CURLE_OK && status != STATUS_UNKNOWN)
            break;
        g_usleep (PAUSE_US);
    }
    curl_easy_setopt (self->curl, CURLOPT_HTTPHEADER, NULL);
    curl_slist_free_all (headers);
    if (result != CURLE_OK) {
        ht_problem_set (error, HT_ERROR_TIMED_OUT, "unreachable", NULL, "%s does not answer: %s",
                        self->url, curl_easy_strerror (result));
        return FALSE;
    }
    *ret_answer = (HtClientAnswer){ status, g_strdup (text->str) };
    return TRUE;
}
