/* SPDX-License-Identifier: MIT */

/* The front door: reads the configuration, builds the parts, connects them, runs. */

#include <glib-unix.h>
#include <signal.h>
#include <string.h>

#include "calendar/exchange/smtp-mail.h"
#include "calendar/publish/feed-desk.h"
#include "calendar/publish/invitation.h"
#include "calendar/publish/service-source.h"
#include "media/supervisor/runtime.h"
#include "media/supervisor/supervisor.h"
#include "scheduler/base/error.h"
#include "scheduler/core/policy.h"
#include "scheduler/identity/password.h"
#include "scheduler/service/demonstration.h"
#include "scheduler/service/first-logins.h"
#include "scheduler/service/outbox.h"
#include "scheduler/service/ticker.h"
#include "scheduler/store/lock.h"
#include "scheduler/store/sqlite-store.h"
#include "scheduler/support/config.h"
#include "scheduler/support/log.h"
#include "scheduler/support/readiness.h"
#include "ui/http/api.h"
#include "ui/http/feed.h"
#include "ui/http/server.h"
#include "ui/http/static.h"
#include "ui/web/resource.h"

#define EXIT_AGAIN     75 /* starting again helps */
#define EXIT_ATTENTION 78 /* a person must act first */

#define MAX_FEEDS       10000
#define MINUTE_US       (INT64_C (60) * G_USEC_PER_SEC)
#define PATIENCE_US     (INT64_C (10) * G_USEC_PER_SEC)
#define COMMIT_LIMIT_US MINUTE_US /* the watchdog's patience with the disk */

/* Every part; what stands lower uses what stands above it. */
typedef struct {
    HtConfig *config;
    char *data;
    HtLock *lock;
    HtStore *store;
    HtSupervisor *media;
    HtMail *mail; /* (nullable) */
    HtService *service;
    HtZone *zone;
    char *installation; /* what every UID ends with */
    char *address;      /* where pages are */
    HtSeriesTextSettings texts;
    HtInviter inviter;
    HtServiceSource *feeds;
    HtFeedCache *feed_cache;
    HtFeedDesk *feed_desk;
    HtApi *api;
    HtStatic *pages;
    HtDispatch *dispatch;
    HtServer *server;
    HtTicker *ticker;
    HtOutbox *outbox; /* (nullable) */
    HtReadiness *readiness;
    GMainLoop *loop;
    int status;
} Daemon;

static void
stop_again (HtService *service G_GNUC_UNUSED, gpointer user_data)
{
    Daemon *self = user_data;

    self->status = EXIT_AGAIN;
    g_main_loop_quit (self->loop);
}

static gboolean
stop (gpointer user_data)
{
    g_main_loop_quit (((Daemon *) user_data)->loop);
    return G_SOURCE_CONTINUE;
}

static gboolean
is_alive (gpointer user_data)
{
    return !ht_store_is_writing (((Daemon *) user_data)->store, COMMIT_LIMIT_US);
}

static gboolean
open_store (Daemon *self, GError **error)
{
    g_autofree char *lock = g_build_filename (self->data, "lock", NULL);
    g_autofree char *database = g_build_filename (self->data, "hoitruong.db", NULL);

    if (g_mkdir_with_parents (self->data, 0700) != 0) {
        ht_problem_set (error, HT_ERROR_ATTENTION, NULL, "data",
                        "the data folder %s cannot be made", self->data);
        return FALSE;
    }
    self->lock = ht_lock_take (lock, error);
    if (self->lock != NULL)
        self->store = ht_sqlite_store_open (database, error);
    return self->store != NULL;
}

/* Our programs stand beside this one when installed, in their rooms where they were built. */
static char *
find_program (const char *room, const char *name)
{
    g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname (self == NULL ? "." : self);
    char *path = g_build_filename (folder, name, NULL);

    if (g_file_test (path, G_FILE_TEST_EXISTS))
        return path;
    g_free (path);
    return g_build_filename (folder, "media", room, name, NULL);
}

static gboolean
build_service (Daemon *self, GError **error)
{
    g_autofree char *sessions = g_build_filename (self->data, "sessions", NULL);
    g_autofree char *runtime = ht_runtime_dup_folder (self->data);
    g_autofree char *recorder = find_program ("recorder", "hoitruong-recorder");
    g_autofree char *pipeline = find_program ("pipeline", "hoitruong-pipeline");
    g_autofree char *finalise = find_program ("finalise", "hoitruong-finalise");

    self->media = ht_supervisor_new (
        &(HtSupervisorSettings){ sessions, runtime, recorder, pipeline, finalise }, error);
    if (self->media == NULL || !ht_smtp_mail_open (self->config, &self->mail, error))
        return FALSE;
    self->service =
        ht_service_new (self->store, HT_MEDIA (self->media), self->mail, ht_clock_get_system ());
    g_signal_connect (self->service, "unknown-outcome", G_CALLBACK (stop_again), self);
    return ht_service_load (self->service, error);
}

static void
take_hash (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
    *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Before the loop runs there is nobody to keep waiting. */
static char *
hash_password (const char *password, gpointer passwords, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    ht_password_hash_async (passwords, password, NULL, take_hash, &result);
    while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
    return ht_password_hash_finish (result, error);
}

static gboolean
fill (Daemon *self, GError **error)
{
    const char *demo = ht_config_get_text (self->config, HT_CONFIG_DEMO);
    const char *camera = ht_config_get_text (self->config, HT_CONFIG_CAMERA);
    g_autofree char *logins = g_build_filename (self->data, "logins", NULL);
    g_autoptr (HtPasswords) hasher = ht_passwords_new (8);
    HtFirstLoginsPasswords passwords = { ht_password_make, hash_password, hasher };

    if (demo[0] != '\0' && !ht_demonstration_take (self->service, self->store, demo, camera, error))
        return FALSE;
    return ht_first_logins_make (self->service, self->store, logins, &passwords, error);
}

/* The key of the feeds' addresses: made once, since with another every subscription is lost. */
static gboolean
read_feed_key (Daemon *self, uint8_t *key, GError **error)
{
    g_autofree char *path = g_build_filename (self->data, "feed.key", NULL);

    return ht_token_load_key (path, key, error);
}

/* Made once: calendars know their events by it. */
static gboolean
read_installation (Daemon *self, GError **error)
{
    g_autofree char *path = g_build_filename (self->data, "installation", NULL);

    if (g_file_get_contents (path, &self->installation, NULL, NULL)) {
        g_strstrip (self->installation);
        return TRUE;
    }
    self->installation = g_uuid_string_random ();
    return g_file_set_contents_full (path, self->installation, -1, G_FILE_SET_CONTENTS_DURABLE,
                                     0600, error);
}

static gboolean
send_feed (gpointer daemon, const HtSubscription *subscription, HtRequest *request, HtReply *reply,
           GError **error G_GNUC_UNUSED)
{
    Daemon *self = daemon;

    ht_feed_send (self->feed_desk, ht_service_source_get_key (self->feeds, subscription), request,
                  reply);
    return TRUE;
}

/* How people reach us: as configured, or where we listen. With a slash at the end. */
static char *
make_address (Daemon *self)
{
    const char *address = ht_config_get_text (self->config, HT_CONFIG_PUBLIC_ADDRESS);

    if (address[0] != '\0')
        return g_strconcat (address, g_str_has_suffix (address, "/") ? "" : "/", NULL);
    return g_strdup_printf ("http://%s:%u/", ht_config_get_text (self->config, HT_CONFIG_ADDRESS),
                            ht_server_get_port (self->server));
}

/* After listening, when the address is known. */
static gboolean
build_feeds (Daemon *self, GError **error)
{
    self->zone = ht_zone_new (ht_config_get_text (self->config, HT_CONFIG_ZONE), "zone", error);
    if (self->zone == NULL || !read_installation (self, error))
        return FALSE;
    self->address = make_address (self);
    self->texts =
        (HtSeriesTextSettings){ self->service, self->installation, self->address, self->zone };
    self->feeds = ht_service_source_new (&self->texts, ht_clock_read_us (ht_clock_get_system ()));
    self->feed_cache = ht_feed_cache_new (ht_service_source_peek (self->feeds), MAX_FEEDS);
    self->feed_desk = ht_feed_desk_new (self->feed_cache);
    return TRUE;
}

static gboolean
build_outbox (Daemon *self, GError **error)
{
    HtOutboxSettings settings = {
        .service = self->service,
        .clock = ht_clock_get_system (),
        .zone = self->zone,
        .installation = self->installation,
        .address = self->address,
        .retry_us = ht_config_get_int (self->config, HT_CONFIG_MAIL_RETRY_SECONDS) * G_USEC_PER_SEC,
        .invite = ht_invitation_make,
        .invite_data = &self->inviter,
    };

    if (self->mail == NULL)
        return TRUE;
    self->inviter =
        (HtInviter){ &self->texts, ht_config_get_text (self->config, HT_CONFIG_MAIL_FROM) };
    self->outbox = ht_outbox_new (&settings, error);
    ht_api_set_outbox (self->api, self->outbox);
    return self->outbox != NULL;
}

static gboolean
build_http (Daemon *self, GError **error)
{
    HtApiSettings settings = {
        .service = self->service,
        .clock = ht_clock_get_system (),
        .zone = ht_config_get_text (self->config, HT_CONFIG_ZONE),
        .data_folder = self->data,
        .feed = send_feed,
        .feed_data = self,
        .metrics_token = ht_config_get_text (self->config, HT_CONFIG_METRICS_TOKEN),
        .public_address = ht_config_get_text (self->config, HT_CONFIG_PUBLIC_ADDRESS),
        .behind_proxy = ht_config_get_text (self->config, HT_CONFIG_PUBLIC_ADDRESS)[0] != '\0',
    };

    if (!read_feed_key (self, settings.feed_key, error))
        return FALSE;
    self->api = ht_api_new (&settings, error);
    if (self->api == NULL)
        return FALSE;
    self->pages = ht_static_new (ht_web_get_resource (), "/hoitruong/web", g_getenv ("HT_UI_DIR"));
    ht_static_set_boot (self->pages, ht_api_make_boot, self->api);
    self->dispatch = ht_dispatch_new (ht_api_identify, self->api);
    ht_api_add_routes (self->api, self->dispatch);
    ht_dispatch_set_fallback (self->dispatch, ht_static_handle, self->pages);
    self->server = ht_server_new (self->dispatch, ht_clock_get_system ());
    ht_server_set_behind_proxy (self->server, settings.behind_proxy);
    return ht_server_listen (self->server, ht_config_get_text (self->config, HT_CONFIG_ADDRESS),
                             (uint16_t) ht_config_get_int (self->config, HT_CONFIG_PORT), error);
}

static void
run (Daemon *self)
{
    HtPolicy policy = ht_policy_get_default ();
    HtAgendaLeads leads = {
        ht_config_get_int (self->config, HT_CONFIG_EARLY_JOIN_MINUTES) * MINUTE_US,
        ht_policy_get (&policy, HT_POLICY_ARM_US),
        { ht_policy_get (&policy, HT_POLICY_CHECK_DAY_BEFORE_US),
          ht_policy_get (&policy, HT_POLICY_CHECK_SITES_US),
          ht_policy_get (&policy, HT_POLICY_CHECK_ALL_US) },
        ht_policy_get (&policy, HT_POLICY_WARN_AGAIN_US),
    };
    g_autofree char *status =
        g_strdup_printf ("answering on port %u", ht_server_get_port (self->server));

    self->ticker =
        ht_ticker_new (self->service, HT_MEDIA (self->media), ht_clock_get_system (), &leads);
    g_unix_signal_add (SIGTERM, stop, self);
    g_unix_signal_add (SIGINT, stop, self);
    self->readiness = ht_readiness_new_from_environment ();
    ht_readiness_ready (self->readiness, status, is_alive, self);
    g_message ("%s", status);
    g_main_loop_run (self->loop);
    ht_readiness_stopping (self->readiness);
}

static void
close_all (Daemon *self)
{
    g_clear_pointer (&self->ticker, ht_ticker_free);
    g_clear_pointer (&self->server, ht_server_free);
    g_clear_pointer (&self->dispatch, ht_dispatch_free);
    g_clear_pointer (&self->pages, ht_static_free);
    g_clear_pointer (&self->api, ht_api_free);
    g_clear_pointer (&self->outbox, ht_outbox_free);
    g_clear_pointer (&self->feed_desk, ht_feed_desk_free);
    g_clear_pointer (&self->feed_cache, ht_feed_cache_free);
    g_clear_pointer (&self->feeds, ht_service_source_free);
    g_clear_pointer (&self->zone, ht_zone_unref);
    if (self->media != NULL)
        ht_supervisor_leave (self->media, PATIENCE_US);
    g_clear_object (&self->service);
    g_clear_object (&self->media);
    g_clear_object (&self->mail);
    g_clear_object (&self->store);
    g_clear_pointer (&self->lock, ht_lock_free);
    g_clear_pointer (&self->readiness, ht_readiness_free);
    g_clear_pointer (&self->config, ht_config_free);
    g_clear_pointer (&self->loop, g_main_loop_unref);
    g_free (self->installation);
    g_free (self->address);
    g_free (self->data);
}

/* Whether the command line asked for a text and nothing else. */
static gboolean
print_only (const HtConfig *config)
{
    g_autofree char *text = ht_config_get_int (config, HT_CONFIG_HELP) != 0 ? ht_config_help ()
                            : ht_config_get_int (config, HT_CONFIG_PRINT) != 0
                                ? ht_config_print (config)
                                : NULL;

    if (text != NULL)
        g_print ("%s", text);
    return text != NULL;
}

int
main (int argc G_GNUC_UNUSED, char **argv)
{
    Daemon self = { .loop = g_main_loop_new (NULL, FALSE) };
    g_autoptr (GError) error = NULL;

    signal (SIGPIPE, SIG_IGN);
    ht_log_install (HT_LOG_INFO);
    self.config = ht_config_new ((const char *const *) argv + 1, &error);
    if (self.config != NULL && !print_only (self.config)) {
        self.data =
            g_canonicalize_filename (ht_config_get_text (self.config, HT_CONFIG_DATA), NULL);
        if (open_store (&self, &error) && build_service (&self, &error) && fill (&self, &error) &&
            build_http (&self, &error) && build_feeds (&self, &error) &&
            build_outbox (&self, &error))
            run (&self);
    }
    if (error != NULL) {
        g_warning ("%s", error->message);
        self.status =
            g_error_matches (error, HT_ERROR, HT_ERROR_ATTENTION) ? EXIT_ATTENTION : EXIT_AGAIN;
    }
    close_all (&self);
    return self.status;
}
