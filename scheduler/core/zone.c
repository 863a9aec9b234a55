/* SPDX-License-Identifier: MIT */

#include "scheduler/core/zone.h"

#include <string.h>

#include "scheduler/base/error.h"

/* The table ends with the cycle of the calendar that follows this instant, 2037-01-01: rules that
 * still go on then repeat with the calendar, every 400 years, and are read from there. */
#define TABLE_FROM_S  INT64_C (2114380800)
#define CYCLE_S       ((int64_t) HT_CIVIL_CYCLE_DAYS * HT_CIVIL_DAY_S)
#define TABLE_UNTIL_S (TABLE_FROM_S + CYCLE_S)
/* Year 0; no zone changed before. */
#define BEGINNING_S INT64_C (-62167219200)

typedef struct {
    int64_t at_s; /* from here on; the first one's is INT64_MIN */
    int offset_s;
    gboolean daylight;
    const char *abbreviation; /* (owned by the zone's strings) */
} Interval;

struct _HtZone {
    gatomicrefcount refs;
    char *name;
    GStringChunk *strings;
    Interval *intervals; /* ascending; at least one */
    unsigned n_intervals;
    gboolean cycles; /* whether the rules go on past the table */
};

static gboolean
is_name (const char *name)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
    size_t length = strlen (name);

    if (strcmp (name, "UTC") == 0)
        return TRUE;
    /* a path that stays below the folder of zones, and no POSIX rule */
    return length > 2 && length < 64 && strspn (name, letters) == length && name[0] != '/' &&
           strchr (name, '/') != NULL && name[length - 1] != '/' && strstr (name, "//") == NULL;
}

/* The first second at which the zone's interval is @index or later, in (after_s, until_s]. */
static int64_t
find_start (GTimeZone *source, int index, int64_t after_s, int64_t until_s)
{
    while (until_s - after_s > 1) {
        int64_t middle_s = after_s + (until_s - after_s) / 2;

        if (g_time_zone_find_interval (source, G_TIME_TYPE_UNIVERSAL, middle_s) >= index)
            until_s = middle_s;
        else
            after_s = middle_s;
    }
    return until_s;
}

static Interval
read_interval (HtZone *zone, GTimeZone *source, int index, int64_t at_s)
{
    return (Interval){
        .at_s = at_s,
        .offset_s = g_time_zone_get_offset (source, index),
        .daylight = g_time_zone_is_dst (source, index),
        .abbreviation = g_string_chunk_insert_const (zone->strings,
                                                     g_time_zone_get_abbreviation (source, index)),
    };
}

/* Changes of the name alone are no change of the offset. */
static void
add_interval (GArray *intervals, Interval interval)
{
    const Interval *last = &g_array_index (intervals, Interval, intervals->len - 1);

    if (intervals->len == 0 || last->offset_s != interval.offset_s)
        g_array_append_val (intervals, interval);
}

static void
read_intervals (HtZone *zone, GTimeZone *source)
{
    g_autoptr (GArray) intervals = g_array_new (FALSE, FALSE, sizeof (Interval));
    int first = g_time_zone_find_interval (source, G_TIME_TYPE_UNIVERSAL, BEGINNING_S);
    int last = g_time_zone_find_interval (source, G_TIME_TYPE_UNIVERSAL, TABLE_UNTIL_S);
    int64_t at_s = BEGINNING_S;

    add_interval (intervals, read_interval (zone, source, first, INT64_MIN));
    for (int index = first + 1; index <= last; index++) {
        at_s = find_start (source, index, at_s, TABLE_UNTIL_S);
        add_interval (intervals, read_interval (zone, source, index, at_s));
    }
    zone->n_intervals = intervals->len;
    zone->intervals = (Interval *) (gpointer) g_array_free (g_steal_pointer (&intervals), FALSE);
    /* a zone with rules changes at least once in the table's last two years */
    zone->cycles = zone->intervals[zone->n_intervals - 1].at_s >
                   TABLE_UNTIL_S - (int64_t) 2 * 366 * HT_CIVIL_DAY_S;
}

HtZone *
ht_zone_new (const char *name, const char *field, GError **error)
{
    g_autoptr (GTimeZone) source = is_name (name) ? g_time_zone_new_identifier (name) : NULL;
    HtZone *zone;

    if (source == NULL) {
        g_autofree char *shown = g_utf8_make_valid (name, (gssize) strnlen (name, 64));

        ht_problem_set (error, HT_ERROR_INVALID, "no-such-zone", field,
                        "%s: there is no time zone '%s'; write one like Asia/Ho_Chi_Minh",
                        field != NULL ? field : "zone", shown);
        return NULL;
    }
    zone = g_new0 (HtZone, 1);
    g_atomic_ref_count_init (&zone->refs);
    zone->name = g_strdup (name);
    zone->strings = g_string_chunk_new (128);
    read_intervals (zone, source);
    return zone;
}

HtZone *
ht_zone_ref (HtZone *zone)
{
    g_atomic_ref_count_inc (&zone->refs);
    return zone;
}

void
ht_zone_unref (HtZone *zone)
{
    if (!g_atomic_ref_count_dec (&zone->refs))
        return;
    g_free (zone->name);
    g_free (zone->intervals);
    g_string_chunk_free (zone->strings);
    g_free (zone);
}

const char *
ht_zone_get_name (const HtZone *zone)
{
    return zone->name;
}

/* How far @s lies past the table in whole cycles, in seconds; 0 where the table has it. */
static int64_t
measure_cycles (const HtZone *zone, int64_t s)
{
    /* a year of room, since a local time may stand on either side of the end */
    const int64_t end_s = TABLE_UNTIL_S - (int64_t) 366 * HT_CIVIL_DAY_S;

    if (!zone->cycles || s < end_s)
        return 0;
    return ((s - end_s) / CYCLE_S + 1) * CYCLE_S;
}

/* The last interval that starts at or before @at_s. */
static unsigned
find_interval (const HtZone *zone, int64_t at_s)
{
    unsigned low = 0, high = zone->n_intervals;

    while (high - low > 1) {
        unsigned middle = low + (high - low) / 2;

        if (zone->intervals[middle].at_s <= at_s)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static int64_t
seconds_from_us (int64_t us)
{
    return us >= 0 ? us / HT_CIVIL_US : -((-us + HT_CIVIL_US - 1) / HT_CIVIL_US);
}

int
ht_zone_get_offset_s (const HtZone *zone, int64_t at_us)
{
    int64_t at_s = seconds_from_us (at_us);

    return zone->intervals[find_interval (zone, at_s - measure_cycles (zone, at_s))].offset_s;
}

HtCivil
ht_zone_to_civil (const HtZone *zone, int64_t at_us)
{
    return ht_civil_from_local_s (seconds_from_us (at_us) + ht_zone_get_offset_s (zone, at_us));
}

/* The local times of interval @i that no neighbour shares. */
static HtZoneSpan
measure_span (const HtZone *zone, unsigned i)
{
    const Interval *here = &zone->intervals[i];
    HtZoneSpan span = { INT64_MIN, INT64_MAX, here->offset_s };

    if (i > 0)
        span.from_s = here->at_s + MAX (here->offset_s, here[-1].offset_s);
    if (i + 1 < zone->n_intervals)
        span.until_s = here[1].at_s + MIN (here->offset_s, here[1].offset_s);
    return span;
}

/* No offset is further from another than this, and no two changes nearer to each other. */
#define MAX_JUMP_S (27 * 3600)

/* The interval that @local_s lies in, or the one before the change that it lies at. */
static unsigned
find_before (const HtZone *zone, int64_t local_s, HtZoneSpan *ret_span)
{
    unsigned i = find_interval (zone, local_s - MAX_JUMP_S);

    *ret_span = measure_span (zone, i);
    while (i + 1 < zone->n_intervals && local_s >= ret_span->until_s) {
        HtZoneSpan next = measure_span (zone, i + 1);

        if (local_s < next.from_s)
            break;
        *ret_span = next;
        i++;
    }
    return i;
}

HtLocal
ht_zone_find_local (const HtZone *zone, int64_t local_s, int64_t *ret_at_s, HtZoneSpan *ret_span)
{
    int64_t cycles_s = measure_cycles (zone, local_s);
    int64_t reduced_s = local_s - cycles_s;
    HtZoneSpan span;
    unsigned i = find_before (zone, reduced_s, &span);
    const Interval *here = &zone->intervals[i];

    *ret_at_s = local_s - here->offset_s;
    if (reduced_s < span.until_s) {
        if (ret_span != NULL)
            *ret_span =
                (HtZoneSpan){ span.from_s == INT64_MIN ? INT64_MIN : span.from_s + cycles_s,
                              span.until_s == INT64_MAX ? INT64_MAX : span.until_s + cycles_s,
                              span.offset_s };
        return HT_LOCAL_EXISTS;
    }
    if (ret_span != NULL)
        *ret_span = (HtZoneSpan){ local_s, local_s, here->offset_s };
    return here[1].offset_s > here->offset_s ? HT_LOCAL_DOES_NOT_EXIST : HT_LOCAL_EXISTS_TWICE;
}

gboolean
ht_zone_to_instant (const HtZone *zone, const HtCivil *civil, const char *field, int64_t *ret_at_us,
                    GError **error)
{
    static const struct {
        const char *problem, *sentence;
    } refusals[] = {
        [HT_LOCAL_DOES_NOT_EXIST] = { "time-does-not-exist", "does not exist" },
        [HT_LOCAL_EXISTS_TWICE] = { "time-exists-twice", "exists twice" },
    };
    int64_t at_s;
    HtLocal local = ht_zone_find_local (zone, ht_civil_to_local_s (civil), &at_s, NULL);

    if (local != HT_LOCAL_EXISTS) {
        ht_problem_set (error, HT_ERROR_INVALID, refusals[local].problem, field,
                        "%s: %04d-%02d-%02dT%02d:%02d %s in %s, where the clocks change then; "
                        "choose another time",
                        field != NULL ? field : "time", civil->year, civil->month, civil->day,
                        civil->hour, civil->minute, refusals[local].sentence, zone->name);
        return FALSE;
    }
    *ret_at_us = at_s * HT_CIVIL_US;
    return TRUE;
}

char *
ht_zone_format (const HtZone *zone, int64_t at_us)
{
    int offset_s = ht_zone_get_offset_s (zone, at_us);
    int minutes = (offset_s >= 0 ? offset_s : offset_s - 59) / 60;
    HtCivil civil = ht_civil_from_local_s (seconds_from_us (at_us) + (int64_t) minutes * 60);

    return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", civil.year, civil.month,
                            civil.day, civil.hour, civil.minute, civil.second,
                            minutes < 0 ? '-' : '+', ABS (minutes) / 60, ABS (minutes) % 60);
}

gboolean
ht_zone_find_change (const HtZone *zone, int64_t after_us, HtZoneChange *ret_change)
{
    int64_t after_s = seconds_from_us (after_us);
    int64_t cycles_s = measure_cycles (zone, after_s);
    unsigned i = find_interval (zone, after_s - cycles_s) + 1;

    if (i >= zone->n_intervals)
        return FALSE;
    *ret_change = (HtZoneChange){
        .at_us = (zone->intervals[i].at_s + cycles_s) * HT_CIVIL_US,
        .offset_from_s = zone->intervals[i - 1].offset_s,
        .offset_s = zone->intervals[i].offset_s,
        .daylight = zone->intervals[i].daylight,
        .abbreviation = zone->intervals[i].abbreviation,
    };
    return TRUE;
}
