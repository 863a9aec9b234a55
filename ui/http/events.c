/* SPDX-License-Identifier: MIT */

#include "ui/http/events.h"

#include <inttypes.h>
#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"

#define RING_EVENTS       1024
#define MAX_STREAMS       8000
#define MAX_PER_PERSON    24
#define COMMENT_EVERY_S   20
#define EVENT_STREAM_TYPE "text/event-stream"

typedef struct {
    int64_t number;
    int64_t about;
    char *text; /* (owned): as it is sent */
} Event;

struct _HtEvents {
    Event ring[RING_EVENTS]; /* event i stands at i % RING_EVENTS */
    uint64_t n_pushed;
    int64_t last;         /* the greatest number pushed or given at the start */
    int64_t dropped;      /* the greatest number that is not in the ring */
    GPtrArray *listeners; /* (element-type Listener) */
    const char *reset;    /* lent: what tells a listener to read everything again */
    HtEventsMaySee may_see;
    gpointer user_data;
    unsigned comment_id;
};

typedef struct {
    HtStream stream;
    HtEvents *events; /* lent */
    int64_t person;
    char *credential; /* (owned) (nullable) */
    uint64_t next;    /* the event it reads next */
    GString *waiting; /* (owned): to be sent before the ring is asked again */
    gboolean is_ended;
} Listener;

static gboolean
on_comment (gpointer events)
{
    ht_events_comment (events);
    return G_SOURCE_CONTINUE;
}

static const HtField query_table[] = {
    { "after", HT_FIELD_INT, G_STRUCT_OFFSET (HtEventsQuery, after), 0, 0, INT64_MAX },
};
const HtFields ht_events_query_fields = HT_FIELDS ("query", HtEventsQuery, query_table);

HtEvents *
ht_events_new (int64_t last, const char *reset, HtEventsMaySee may_see, gpointer user_data)
{
    HtEvents *events = g_new0 (HtEvents, 1);

    events->last = events->dropped = last;
    events->reset = reset;
    events->may_see = may_see;
    events->user_data = user_data;
    events->listeners = g_ptr_array_new ();
    events->comment_id = g_timeout_add_seconds (COMMENT_EVERY_S, on_comment, events);
    return events;
}

void
ht_events_free (HtEvents *events)
{
    for (unsigned i = 0; i < RING_EVENTS; i++)
        g_free (events->ring[i].text);
    g_source_remove (events->comment_id);
    g_ptr_array_unref (events->listeners);
    g_free (events);
}

static void
wake_all (HtEvents *events)
{
    for (unsigned i = 0; i < events->listeners->len; i++)
        ht_stream_wake (&((Listener *) g_ptr_array_index (events->listeners, i))->stream);
}

void
ht_events_push (HtEvents *events, int64_t number, const char *name, int64_t about, const char *json)
{
    Event *event = &events->ring[events->n_pushed % RING_EVENTS];
    g_autofree char *id = number > 0 ? g_strdup_printf ("id: %" PRId64 "\n", number) : NULL;

    g_return_if_fail (strchr (json, '\n') == NULL);
    events->dropped = MAX (events->dropped, event->number);
    events->last = MAX (events->last, number);
    g_free (event->text);
    *event = (Event){ number, about,
                      g_strdup_printf ("%s%s%s%sdata: %s\n\n", id == NULL ? "" : id,
                                       name == NULL ? "" : "event: ", name == NULL ? "" : name,
                                       name == NULL ? "" : "\n", json) };
    events->n_pushed++;
    wake_all (events);
}

static uint64_t
get_oldest (const HtEvents *events)
{
    return events->n_pushed > RING_EVENTS ? events->n_pushed - RING_EVENTS : 0;
}

/* The listener has missed what is not held any more: it must read everything again. */
static void
reset (Listener *listener)
{
    listener->next = listener->events->n_pushed;
    g_string_append_printf (listener->waiting, "id: %" PRId64 "\ndata: %s\n\n",
                            listener->events->last, listener->events->reset);
}

static gboolean
may_see (const Listener *listener, const Event *event)
{
    const HtEvents *events = listener->events;

    return event->about == 0 || events->may_see == NULL ||
           events->may_see (events->user_data, listener->person, event->about);
}

static void
fill (Listener *listener, size_t size)
{
    const HtEvents *events = listener->events;

    if (listener->next < get_oldest (events))
        reset (listener);
    while (listener->next < events->n_pushed && listener->waiting->len < size) {
        const Event *event = &events->ring[listener->next++ % RING_EVENTS];

        if (may_see (listener, event))
            g_string_append (listener->waiting, event->text);
    }
}

static gssize
listener_read (HtStream *stream, uint64_t offset G_GNUC_UNUSED, char *buffer, size_t size)
{
    Listener *listener = (Listener *) stream;
    size_t n;

    if (listener->is_ended)
        return HT_STREAM_END;
    if (listener->waiting->len == 0)
        fill (listener, size);
    n = MIN (size, listener->waiting->len);
    memcpy (buffer, listener->waiting->str, n);
    g_string_erase (listener->waiting, 0, (gssize) n);
    return n > 0 ? (gssize) n : HT_STREAM_LATER;
}

static void
listener_free (HtStream *stream)
{
    Listener *listener = (Listener *) stream;

    g_ptr_array_remove_fast (listener->events->listeners, listener);
    g_string_free (listener->waiting, TRUE);
    g_free (listener->credential);
    g_free (listener);
}

/* Where the ring goes on for who knows all up to @known. Returns: %FALSE where it does not. */
static gboolean
find_next (const HtEvents *events, int64_t known, uint64_t *ret_next)
{
    uint64_t i;

    if (known < events->dropped || known > events->last)
        return FALSE;
    for (i = events->n_pushed; i > get_oldest (events); i--) {
        int64_t number = events->ring[(i - 1) % RING_EVENTS].number;

        if (number > 0 && number <= known)
            break;
    }
    *ret_next = i;
    return TRUE;
}

static Listener *
listener_new (HtEvents *events, const HtRequest *request)
{
    const char *last = ht_request_get_header (request, HT_HEADER_LAST_EVENT_ID);
    const HtEventsQuery *query = request->query;
    Listener *listener = g_new0 (Listener, 1);
    int64_t known = query == NULL ? 0 : query->after;

    listener->stream.read = listener_read;
    listener->stream.free = listener_free;
    listener->events = events;
    listener->person = request->person;
    listener->credential = g_strdup (request->credential);
    listener->waiting = g_string_new ("retry: 3000\n\n");
    g_ptr_array_add (events->listeners, listener);
    if (last != NULL && !ht_id_parse (last, &known, NULL))
        known = -1;
    if (last == NULL && known == 0) {
        listener->next = events->n_pushed;
        g_string_append_printf (listener->waiting, "id: %" PRId64 "\nevent: hello\ndata: {}\n\n",
                                events->last);
    } else if (!find_next (events, known, &listener->next))
        reset (listener);
    return listener;
}

static gboolean
has_room (const HtEvents *events, int64_t person, GError **error)
{
    unsigned n = 0;

    for (unsigned i = 0; i < events->listeners->len; i++)
        n += ((Listener *) g_ptr_array_index (events->listeners, i))->person == person;
    if (n < MAX_PER_PERSON && events->listeners->len < MAX_STREAMS)
        return TRUE;
    ht_problem_set (error, HT_ERROR_BUSY, "too-many-listeners", NULL,
                    "too many pages listen at once; close some");
    return FALSE;
}

gboolean
ht_events_handle (gpointer events, HtRequest *request, HtReply *reply, GError **error)
{
    if (!has_room (events, request->person, error))
        return FALSE;
    ht_reply_add_header (reply, "X-Accel-Buffering", "no");
    ht_reply_send_stream (reply, 200, EVENT_STREAM_TYPE, &listener_new (events, request)->stream,
                          HT_REPLY_SIZE_UNKNOWN);
    return TRUE;
}

void
ht_events_end (HtEvents *events, int64_t person, const char *credential)
{
    for (unsigned i = 0; i < events->listeners->len; i++) {
        Listener *listener = g_ptr_array_index (events->listeners, i);

        if (listener->person == person &&
            (credential == NULL || g_strcmp0 (credential, listener->credential) == 0)) {
            listener->is_ended = TRUE;
            ht_stream_wake (&listener->stream);
        }
    }
}

void
ht_events_comment (HtEvents *events)
{
    for (unsigned i = 0; i < events->listeners->len; i++)
        g_string_append (((Listener *) g_ptr_array_index (events->listeners, i))->waiting, ":\n\n");
    wake_all (events);
}

unsigned
ht_events_count (HtEvents *events)
{
    return events->listeners->len;
}
