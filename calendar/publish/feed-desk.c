/* SPDX-License-Identifier: MIT */

#include "calendar/publish/feed-desk.h"

#include "scheduler/base/error.h"

/* Octets of text before others have their turn: some 3 ms. */
#define SLICE_BYTES 32768

/* One who is answered later. */
typedef struct {
    char *key, *if_none_match; /* (owned) */
    gboolean gzip;
    HtFeedDone done;
    gpointer user_data;
} Asked;

struct _HtFeedDesk {
    HtFeedCache *cache;
    GQueue asked;     /* (element-type Asked) (owned) */
    GSource *working; /* (owned) (nullable): while somebody waits */
};

HtFeedDesk *
ht_feed_desk_new (HtFeedCache *cache)
{
    HtFeedDesk *desk = g_new0 (HtFeedDesk, 1);

    desk->cache = cache;
    g_queue_init (&desk->asked);
    return desk;
}

static void
answer_asked (Asked *asked, const HtFeedAnswer *answer, const GError *error)
{
    asked->done (answer, error, asked->user_data);
    g_free (asked->key);
    g_free (asked->if_none_match);
    g_free (asked);
}

static void
stop_working (HtFeedDesk *desk)
{
    if (desk->working != NULL)
        g_source_destroy (desk->working);
    g_clear_pointer (&desk->working, g_source_unref);
}

void
ht_feed_desk_free (HtFeedDesk *desk)
{
    g_autoptr (GError) error = NULL;
    Asked *asked;

    stop_working (desk);
    ht_problem_set (&error, HT_ERROR_UNKNOWN, NULL, NULL, "the service is stopping: ask again");
    while ((asked = g_queue_pop_head (&desk->asked)) != NULL)
        answer_asked (asked, NULL, error);
    g_free (desk);
}

/* (nullable): an error where the outcome is that there is no such feed */
static GError *
make_refusal (HtFeedOutcome outcome)
{
    GError *error = NULL;

    if (outcome == HT_FEED_NONE)
        ht_problem_set (&error, HT_ERROR_NOT_FOUND, "no-such-feed", NULL, "there is no such feed");
    return error;
}

/* A slice for whoever asked first. */
static gboolean
work (gpointer user_data)
{
    HtFeedDesk *desk = user_data;
    Asked *asked = g_queue_peek_head (&desk->asked);
    const HtFeedRequest request = { asked->key, asked->if_none_match, asked->gzip };
    g_auto (HtFeedAnswer) answer = { 0 };
    HtFeedOutcome outcome = ht_feed_cache_work (desk->cache, &request, SLICE_BYTES, &answer);
    g_autoptr (GError) error = make_refusal (outcome);

    if (outcome == HT_FEED_UNFINISHED)
        return G_SOURCE_CONTINUE;
    g_queue_pop_head (&desk->asked);
    if (g_queue_is_empty (&desk->asked))
        stop_working (desk);
    answer_asked (asked, outcome == HT_FEED_NONE ? NULL : &answer, error);
    return G_SOURCE_CONTINUE; /* no more where it was stopped */
}

static void
start_working (HtFeedDesk *desk)
{
    if (desk->working != NULL)
        return;
    desk->working = g_idle_source_new ();
    /* in turn with all others, or a busy service would never come to it */
    g_source_set_priority (desk->working, G_PRIORITY_DEFAULT);
    g_source_set_callback (desk->working, work, desk, NULL);
    g_source_attach (desk->working, g_main_context_get_thread_default ());
}

void
ht_feed_desk_ask (HtFeedDesk *desk, const HtFeedRequest *request, HtFeedDone done,
                  gpointer user_data)
{
    g_auto (HtFeedAnswer) answer = { 0 };
    HtFeedOutcome outcome = ht_feed_cache_work (desk->cache, request, SLICE_BYTES, &answer);
    g_autoptr (GError) error = make_refusal (outcome);
    Asked *asked;

    if (outcome != HT_FEED_UNFINISHED) {
        done (outcome == HT_FEED_NONE ? NULL : &answer, error, user_data);
        return;
    }
    asked = g_new (Asked, 1);
    *asked = (Asked){ g_strdup (request->key), g_strdup (request->if_none_match), request->gzip,
                      done, user_data };
    g_queue_push_tail (&desk->asked, asked);
    start_working (desk);
}
