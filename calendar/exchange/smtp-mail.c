/* SPDX-License-Identifier: MIT */

#define G_LOG_DOMAIN "mail"

#include "calendar/exchange/smtp-mail.h"

#include <curl/curl.h>
#include <string.h>
#include <unistd.h>

#include "calendar/exchange/message.h"
#include "scheduler/base/clock.h"
#include "scheduler/base/error.h"

#define CONNECT_TIMEOUT_S 10L
#define WHOLE_TIMEOUT_S   60L

struct _HtSmtpMail {
    GObject parent;
    char *server, *user, *password, *ca, *sender_name, *sender_address; /* never changed */
    long tls;                                                           /* CURLUSESSL_* */
    GThreadPool *pool;                                                  /* one thread */
    CURL *curl; /* (owned) (nullable): of that thread; keeps its connection between messages */
};

/* One message on its way: made on the main loop, sent on the thread, answered on the main loop. */
typedef struct {
    HtSmtpMail *mail;       /* (owned) */
    char *to, *from, *text; /* (owned) */
    size_t sent;
    GError *error;         /* (owned) (nullable): the outcome */
    GMainContext *context; /* (owned) */
    HtMailDone done;
    gpointer user_data;
} Errand;

static void mail_interface_init (HtMailInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HtSmtpMail, ht_smtp_mail, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HT_TYPE_MAIL, mail_interface_init))

static void
errand_free (gpointer data)
{
    Errand *errand = data;

    g_object_unref (errand->mail);
    g_clear_error (&errand->error);
    g_main_context_unref (errand->context);
    g_free (errand->to);
    g_free (errand->from);
    g_free (errand->text);
    g_free (errand);
}

static gboolean
answer (gpointer data)
{
    Errand *errand = data;

    errand->done (errand->error, errand->user_data);
    return G_SOURCE_REMOVE;
}

static size_t
read_text (char *buffer, size_t size, size_t n, void *data)
{
    Errand *errand = data;
    size_t length = MIN (size * n, strlen (errand->text + errand->sent));

    memcpy (buffer, errand->text + errand->sent, length);
    errand->sent += length;
    return length;
}

/* 5xx to a message is for ever (RFC 5321 4.2.1): mend the address. What stands in the way of every
 * message (no connection, no trust, no login) is the server's, and may go better later. */
static void
judge (Errand *errand, CURLcode result, const char *why)
{
    long code = 0;
    gboolean reached, refused;

    if (result == CURLE_OK)
        return;
    curl_easy_getinfo (errand->mail->curl, CURLINFO_RESPONSE_CODE, &code);
    reached = code >= 400 && result != CURLE_LOGIN_DENIED && result != CURLE_USE_SSL_FAILED;
    refused = reached && code >= 500;
    ht_problem_set (&errand->error, refused ? HT_ERROR_INVALID : HT_ERROR_BUSY,
                    refused   ? "mail-refused"
                    : reached ? "mail-delayed"
                              : "mail-unreachable",
                    NULL, "%s did not take the message (%ld): %s", errand->mail->server, code,
                    why[0] != '\0' ? why : curl_easy_strerror (result));
}

static void
set_server (const HtSmtpMail *mail)
{
    CURL *curl = mail->curl;

    curl_easy_setopt (curl, CURLOPT_URL, mail->server);
    curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt (curl, CURLOPT_USE_SSL, mail->tls);
    if (mail->ca != NULL)
        curl_easy_setopt (curl, CURLOPT_CAINFO, mail->ca);
    curl_easy_setopt (curl, CURLOPT_USERNAME, mail->user);
    curl_easy_setopt (curl, CURLOPT_PASSWORD, mail->password);
    curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, CONNECT_TIMEOUT_S);
    curl_easy_setopt (curl, CURLOPT_TIMEOUT, WHOLE_TIMEOUT_S);
    curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
}

static void
post (Errand *errand)
{
    CURL *curl = errand->mail->curl;
    char why[CURL_ERROR_SIZE] = "";
    struct curl_slist *to = curl_slist_append (NULL, errand->to);

    curl_easy_reset (curl);
    set_server (errand->mail);
    curl_easy_setopt (curl, CURLOPT_ERRORBUFFER, why);
    curl_easy_setopt (curl, CURLOPT_MAIL_FROM, errand->from);
    curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt (curl, CURLOPT_READFUNCTION, read_text);
    curl_easy_setopt (curl, CURLOPT_READDATA, errand);
    judge (errand, curl_easy_perform (curl), why);
    curl_easy_setopt (curl, CURLOPT_ERRORBUFFER, NULL);
    curl_slist_free_all (to);
}

static void
work (gpointer data, gpointer user_data G_GNUC_UNUSED)
{
    Errand *errand = data;
    HtSmtpMail *mail = errand->mail;

    if (mail->curl == NULL)
        mail->curl = curl_easy_init ();
    if (mail->curl == NULL)
        ht_problem_set (&errand->error, HT_ERROR_INTERNAL, "internal", NULL, "no memory for mail");
    else
        post (errand);
    g_main_context_invoke_full (errand->context, G_PRIORITY_DEFAULT, answer, errand, errand_free);
}

static void
smtp_send (HtMail *mail, const HtMessage *message, HtMailDone done, gpointer user_data)
{
    HtSmtpMail *self = HT_SMTP_MAIL (mail);
    HtSender sender = { self->sender_name, self->sender_address,
                        ht_clock_read_us (ht_clock_get_system ()) };
    g_autoptr (GError) error = NULL;
    g_autofree char *text = ht_message_write (message, &sender, &error);
    Errand *errand;

    if (text == NULL) {
        done (error, user_data);
        return;
    }
    errand = g_new0 (Errand, 1);
    errand->mail = g_object_ref (self);
    errand->to = ht_message_make_path (message->to_address, NULL);
    errand->from = ht_message_make_path (self->sender_address, NULL);
    errand->text = g_steal_pointer (&text);
    errand->context = g_main_context_ref_thread_default ();
    errand->done = done;
    errand->user_data = user_data;
    g_thread_pool_push (self->pool, errand, NULL);
}

static void
mail_interface_init (HtMailInterface *iface)
{
    iface->send = smtp_send;
}

static void
ht_smtp_mail_init (HtSmtpMail *self)
{
    curl_global_init (CURL_GLOBAL_DEFAULT);
    self->pool = g_thread_pool_new (work, NULL, 1, FALSE, NULL);
}

static void
ht_smtp_mail_finalize (GObject *object)
{
    HtSmtpMail *self = HT_SMTP_MAIL (object);

    g_thread_pool_free (self->pool, FALSE, FALSE);
    curl_easy_cleanup (self->curl);
    g_free (self->server);
    g_free (self->user);
    g_free (self->password);
    g_free (self->ca);
    g_free (self->sender_name);
    g_free (self->sender_address);
    G_OBJECT_CLASS (ht_smtp_mail_parent_class)->finalize (object);
}

static void
ht_smtp_mail_class_init (HtSmtpMailClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = ht_smtp_mail_finalize;
}

static gboolean
is_on_loopback (const char *server)
{
    g_autoptr (GUri) uri = g_uri_parse (server, G_URI_FLAGS_NONE, NULL);
    const char *host = uri == NULL ? NULL : g_uri_get_host (uri);
    g_autoptr (GInetAddress) address = host == NULL ? NULL : g_inet_address_new_from_string (host);

    return g_strcmp0 (host, "localhost") == 0 ||
           (address != NULL && g_inet_address_get_is_loopback (address));
}

static long
choose_tls (const HtSmtpSettings *settings)
{
    if (settings->ca == NULL && is_on_loopback (settings->server))
        return CURLUSESSL_NONE;
    return settings->user == NULL ? CURLUSESSL_TRY : CURLUSESSL_ALL;
}

HtSmtpMail *
ht_smtp_mail_new (const HtSmtpSettings *settings)
{
    HtSmtpMail *self = g_object_new (HT_TYPE_SMTP_MAIL, NULL);

    self->server = g_strdup (settings->server);
    self->user = g_strdup (settings->user);
    self->password = g_strdup (settings->password);
    self->ca = g_strdup (settings->ca);
    self->tls = choose_tls (settings);
    self->sender_name = g_strdup (settings->sender_name);
    self->sender_address = g_strdup (settings->sender_address);
    return self;
}

static const char *
get_said (const HtConfig *config, HtConfigKey key)
{
    const char *text = ht_config_get_text (config, key);

    return text[0] == '\0' ? NULL : text;
}

gboolean
ht_smtp_mail_open (const HtConfig *config, HtMail **ret_mail, GError **error)
{
    g_autofree char *password = ht_config_dup_secret (config, HT_CONFIG_MAIL_PASSWORD, error);
    HtSmtpSettings settings = { get_said (config, HT_CONFIG_MAIL_SERVER),
                                get_said (config, HT_CONFIG_MAIL_USER),
                                password,
                                get_said (config, HT_CONFIG_MAIL_CA),
                                ht_config_get_text (config, HT_CONFIG_MAIL_FROM_NAME),
                                ht_config_get_text (config, HT_CONFIG_MAIL_FROM) };

    if (password == NULL)
        return FALSE;
    if (settings.ca != NULL && access (settings.ca, R_OK) != 0) {
        ht_problem_set (error, HT_ERROR_ATTENTION, "bad-configuration", "mail-ca",
                        "mail-ca: %s cannot be read", settings.ca);
        return FALSE;
    }
    *ret_mail = settings.server == NULL ? NULL : HT_MAIL (ht_smtp_mail_new (&settings));
    return TRUE;
}
