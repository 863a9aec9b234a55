/* SPDX-License-Identifier: MIT */

#include "calendar/publish/service-source.h"

#include <inttypes.h>
#include <string.h>

#include "scheduler/service/reads.h"

#define DAY_US (INT64_C (86400) * G_USEC_PER_SEC)

/* One feed that was asked for: whose eyes see it. */
typedef struct {
    char *key;
    int scope;
    int64_t scope_id;
    int64_t person_id; /* 0: everybody's */
} Feed;

/* Whether a scope holds what not everybody may see, as of a number. */
typedef struct {
    int64_t number;
    gboolean restricted;
} Scope;

struct _HtServiceSource {
    HtFeedSource source; /* first: the callbacks find us by it */
    HtSeriesTextSettings settings;
    unsigned long committed_id;
    GHashTable *feeds;    /* (element-type utf8 Feed) (owned) */
    GHashTable *scopes;   /* (element-type utf8 Scope) (owned) */
    GHashTable *touched;  /* (element-type int64 int64) (owned): number of a series' last change */
    GHashTable *variants; /* (element-type int64 GArray of int64) (owned): sessions of a variant */
    int64_t names_number; /* the last change of a name that texts may hold */
    int64_t taken_number; /* the last change that may have taken something out of a feed */
    int64_t at_us;        /* of the last commit */
};

static HtServiceSource *
self_of (HtFeedSource *source)
{
    return (HtServiceSource *) source;
}

static void
feed_free (gpointer data)
{
    g_free (((Feed *) data)->key);
    g_free (data);
}

static gboolean
is_shown (const HtSession *session)
{
    return ht_session_machine_is_published (session->state) && session->withdrawn_us == 0;
}

static void
touch (HtServiceSource *self, int64_t series_id, int64_t number)
{
    g_hash_table_insert (self->touched, g_memdup2 (&series_id, sizeof series_id),
                         g_memdup2 (&number, sizeof number));
}

/* A session that left somebody's feed: gone, hidden again, or with other members. */
static gboolean
takes_out (const HtSession *before, const HtSession *after)
{
    if (before == NULL)
        return FALSE;
    if (after == NULL || (is_shown (before) && !is_shown (after)) ||
        after->series_id != before->series_id)
        return TRUE;
    return before->members != NULL && after->members != NULL &&
           (before->members->len != after->members->len ||
            memcmp (before->members->data, after->members->data,
                    before->members->len * sizeof (HtMember)) != 0);
}

static void
follow_session (HtServiceSource *self, const HtEntry *entry, int64_t number)
{
    const HtSession *before = entry->before, *after = entry->after;

    if (after != NULL)
        touch (self, after->series_id, number);
    if (takes_out (before, after))
        self->taken_number = number;
}

static void
follow (HtServiceSource *self, const HtEntry *entry, int64_t number)
{
    switch (entry->kind) {
    case HT_RECORD_SESSION:
        follow_session (self, entry, number);
        break;
    case HT_RECORD_SERIES:
        touch (self, entry->id, number);
        if (entry->before != NULL)
            self->taken_number = number; /* another audience */
        break;
    case HT_RECORD_UNIT:
    case HT_RECORD_RESOURCE:
    case HT_RECORD_SITE:
    case HT_RECORD_PERSON:
        if (entry->before != NULL)
            self->names_number = self->taken_number = number;
        break;
    default:
        break;
    }
}

static void
on_committed (HtService *service G_GNUC_UNUSED, const HtCommit *commit, gpointer user_data)
{
    HtServiceSource *self = user_data;

    self->at_us = commit->at_us;
    for (unsigned i = 0; i < commit->n_entries; i++)
        follow (self, &commit->entries[i], commit->number);
}

static int64_t
read_number (HtFeedSource *source)
{
    return ht_service_get_number (self_of (source)->settings.service);
}

static int
compare_series (gconstpointer a, gconstpointer b)
{
    const HtSession *one = *(const HtSession *const *) a, *other = *(const HtSession *const *) b;

    if (one->series_id != other->series_id)
        return one->series_id < other->series_id ? -1 : 1;
    return one->id < other->id ? -1 : one->id > other->id;
}

/* (element-type HtSession) (transfer full): what a feed shows, grouped by series. */
static GPtrArray *
list_sessions (HtServiceSource *self, int scope, int64_t scope_id, int64_t person_id)
{
    static const HtAgendaScope scopes[HT_FEED_N_SCOPES] = {
        [HT_FEED_PERSON] = HT_AGENDA_MINE,
        [HT_FEED_UNIT] = HT_AGENDA_UNIT,
        [HT_FEED_SITE] = HT_AGENDA_SITE,
        [HT_FEED_SERIES] = HT_AGENDA_SERIES,
    };
    GPtrArray *sessions = ht_reads_sessions (self->settings.service, person_id, scopes[scope],
                                             scope_id, 0, INT64_MAX);

    for (unsigned i = sessions->len; i > 0; i--)
        if (!is_shown (g_ptr_array_index (sessions, i - 1)))
            g_ptr_array_remove_index_fast (sessions, i - 1);
    g_ptr_array_sort (sessions, compare_series);
    return sessions;
}

static int64_t
number_of (HtServiceSource *self, int64_t series_id)
{
    const int64_t *number = g_hash_table_lookup (self->touched, &series_id);

    return MAX (number == NULL ? 0 : *number, self->names_number);
}

static unsigned
count_shown (HtServiceSource *self, int64_t series_id)
{
    g_autoptr (GPtrArray) all = list_sessions (self, HT_FEED_SERIES, series_id, HT_ACTOR_CLOCK);

    return all->len;
}

/* 0 where all sessions of the series are shown; else a number that these alone have. */
static int64_t
find_variant (HtServiceSource *self, const GPtrArray *sessions, unsigned from, unsigned until)
{
    const HtSession *first = g_ptr_array_index (sessions, from);
    GArray *ids;
    int64_t variant = 1469598103934665603; /* FNV-1a, 64 bit, sign dropped */

    if (count_shown (self, first->series_id) == until - from)
        return 0;
    ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
    for (unsigned i = from; i < until; i++) {
        int64_t id = ((const HtSession *) g_ptr_array_index (sessions, i))->id;

        g_array_append_val (ids, id);
        variant = (int64_t) (((uint64_t) variant ^ (uint64_t) id) * 1099511628211u);
    }
    variant = (variant & INT64_MAX) | 1;
    g_hash_table_insert (self->variants, g_memdup2 (&variant, sizeof variant), ids);
    return variant;
}

static int64_t
list (HtFeedSource *source, const char *key, GArray *entries)
{
    HtServiceSource *self = self_of (source);
    const Feed *feed = g_hash_table_lookup (self->feeds, key);
    g_autoptr (GPtrArray) sessions = NULL;
    int64_t number = self->taken_number;

    if (feed == NULL)
        return -1;
    sessions = list_sessions (self, feed->scope, feed->scope_id, feed->person_id);
    for (unsigned from = 0, until; from < sessions->len; from = until) {
        const HtSession *first = g_ptr_array_index (sessions, from);
        HtFeedEntry entry = { .series_id = first->series_id };

        entry.number = number_of (self, first->series_id);
        for (until = from; until < sessions->len; until++) {
            const HtSession *session = g_ptr_array_index (sessions, until);

            if (session->series_id != first->series_id)
                break;
            entry.number = MAX (entry.number, session->changed_number);
        }
        entry.variant = find_variant (self, sessions, from, until);
        number = MAX (number, entry.number);
        g_array_append_val (entries, entry);
    }
    return number;
}

static GPtrArray *
list_variant (HtServiceSource *self, const HtFeedEntry *entry)
{
    const GArray *ids = g_hash_table_lookup (self->variants, &entry->variant);
    GPtrArray *sessions;

    if (entry->variant == 0 || ids == NULL)
        return list_sessions (self, HT_FEED_SERIES, entry->series_id, HT_ACTOR_CLOCK);
    sessions = g_ptr_array_new ();
    for (unsigned i = 0; i < ids->len; i++) {
        gconstpointer session = ht_reads_peek (self->settings.service, HT_RECORD_SESSION,
                                               g_array_index (ids, int64_t, i));

        if (session != NULL)
            g_ptr_array_add (sessions, (gpointer) session);
    }
    return sessions;
}

static HtZone *
write_events (HtFeedSource *source, const HtFeedEntry *entry, GString *text)
{
    HtServiceSource *self = self_of (source);
    const HtSeries *series =
        ht_reads_peek (self->settings.service, HT_RECORD_SERIES, entry->series_id);
    g_autoptr (GPtrArray) sessions = NULL;
    HtZone *zone;

    if (series == NULL)
        return NULL;
    zone = series->zone == NULL ? NULL : ht_zone_new (series->zone, NULL, NULL);
    if (zone == NULL)
        zone = ht_zone_ref ((HtZone *) self->settings.zone);
    sessions = list_variant (self, entry);
    ht_series_text_append (&self->settings, series, zone, sessions, text);
    return zone;
}

char *
ht_service_source_dup_name (HtServiceSource *self, HtFeedScope scope, int64_t id)
{
    static const HtRecordKind kinds[HT_FEED_N_SCOPES] = {
        [HT_FEED_PERSON] = HT_RECORD_PERSON,
        [HT_FEED_UNIT] = HT_RECORD_UNIT,
        [HT_FEED_SITE] = HT_RECORD_SITE,
        [HT_FEED_SERIES] = HT_RECORD_SERIES,
    };
    gconstpointer record = ht_reads_peek (self->settings.service, kinds[scope], id);
    const HtUnitTerm *term;

    if (record == NULL)
        return NULL;
    switch (scope) {
    case HT_FEED_PERSON:
        return g_strdup_printf ("Lịch của %s", ((const HtPerson *) record)->name);
    case HT_FEED_UNIT:
        term = ht_unit_get_term (record, self->at_us / DAY_US);
        return g_strdup (term == NULL ? NULL : term->name);
    case HT_FEED_SITE:
        return g_strdup (((const HtSite *) record)->name);
    default:
        return g_strdup (((const HtSeries *) record)->title);
    }
}

static void
write_head (HtFeedSource *source, const char *key, const GPtrArray *zones, GString *text)
{
    HtServiceSource *self = self_of (source);
    const Feed *feed = g_hash_table_lookup (self->feeds, key);
    g_autofree char *name = ht_service_source_dup_name (self, feed->scope, feed->scope_id);
    g_autofree char *uid = g_strdup_printf ("%s-%" PRId64 "@%s", ht_feed_scope_names[feed->scope],
                                            feed->scope_id, self->settings.installation);
    HtEnvelope envelope = { .name = name == NULL ? "" : name,
                            .uid = uid,
                            .last_modified_us = self->at_us,
                            .zone = self->settings.zone };
    g_autoptr (GPtrArray) sessions =
        list_sessions (self, feed->scope, feed->scope_id, feed->person_id);

    envelope.last_modified_us = 0;
    for (unsigned i = 0; i < sessions->len; i++)
        envelope.last_modified_us =
            MAX (envelope.last_modified_us,
                 ((const HtSession *) g_ptr_array_index (sessions, i))->changed_us);
    ht_envelope_append_head (&envelope, zones, text);
}

static gboolean
is_restricted (HtServiceSource *self, const HtSubscription *subscription)
{
    g_autofree char *name =
        g_strdup_printf ("%d:%" PRId64, subscription->scope, subscription->scope_id);
    Scope *scope = g_hash_table_lookup (self->scopes, name);
    int64_t number = ht_service_get_number (self->settings.service);
    g_autoptr (GPtrArray) sessions = NULL;

    if (scope == NULL) {
        scope = g_new0 (Scope, 1);
        scope->number = -1;
        g_hash_table_insert (self->scopes, g_steal_pointer (&name), scope);
    }
    if (scope->number == number)
        return scope->restricted;
    scope->number = number;
    scope->restricted = FALSE;
    sessions = list_sessions (self, subscription->scope, subscription->scope_id, HT_ACTOR_CLOCK);
    for (unsigned i = 0; i < sessions->len && !scope->restricted; i++) {
        const HtSession *session = g_ptr_array_index (sessions, i);
        const HtSeries *series =
            ht_reads_peek (self->settings.service, HT_RECORD_SERIES, session->series_id);

        scope->restricted = series == NULL || series->audience != HT_AUDIENCE_EVERYBODY;
    }
    return scope->restricted;
}

const char *
ht_service_source_get_key (HtServiceSource *self, const HtSubscription *subscription)
{
    int64_t person = subscription->scope == HT_FEED_PERSON || is_restricted (self, subscription)
                         ? subscription->person_id
                         : HT_ACTOR_CLOCK;
    g_autofree char *key = g_strdup_printf ("%d:%" PRId64 ":%" PRId64, subscription->scope,
                                            subscription->scope_id, person);
    Feed *feed = g_hash_table_lookup (self->feeds, key);

    if (feed == NULL) {
        feed = g_new0 (Feed, 1);
        *feed =
            (Feed){ g_steal_pointer (&key), subscription->scope, subscription->scope_id, person };
        g_hash_table_insert (self->feeds, feed->key, feed);
    }
    return feed->key;
}

HtServiceSource *
ht_service_source_new (const HtSeriesTextSettings *settings, int64_t now_us)
{
    HtServiceSource *self = g_new0 (HtServiceSource, 1);

    self->source = (HtFeedSource){ read_number, list, write_events, write_head };
    self->settings = *settings;
    self->feeds = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, feed_free);
    self->scopes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    self->touched = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
    self->variants =
        g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
    /* what was renamed or taken out before this start is not known: all fetch once more */
    self->names_number = self->taken_number = ht_service_get_number (settings->service);
    self->at_us = now_us;
    self->committed_id =
        g_signal_connect (settings->service, "committed", G_CALLBACK (on_committed), self);
    return self;
}

void
ht_service_source_free (HtServiceSource *self)
{
    g_signal_handler_disconnect (self->settings.service, self->committed_id);
    g_hash_table_unref (self->feeds);
    g_hash_table_unref (self->scopes);
    g_hash_table_unref (self->touched);
    g_hash_table_unref (self->variants);
    g_free (self);
}

HtFeedSource *
ht_service_source_peek (HtServiceSource *self)
{
    return &self->source;
}
