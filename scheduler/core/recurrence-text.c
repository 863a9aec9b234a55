/* SPDX-License-Identifier: MIT */

#include "scheduler/core/recurrence-text.h"

#include <stddef.h>
#include <string.h>

#include "scheduler/base/error.h"

#define MAX_INTERVAL 999999999

static const char *const frequency_names[HT_FREQUENCY_N] = {
    "SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY",
};

typedef struct Part Part;

struct Part {
    const char *name;
    gboolean (*read) (const Part *part, const char *value, HtRecurrence *rule, GError **error);
    int min, max;   /* of a number; where min is 1 and there is a back, -max..-1 too */
    size_t forward; /* where its bits are */
    size_t back;    /* where the bits of negative numbers are; 0: it has none */
};

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
    g_autofree char *sentence = NULL;
    va_list args;

    va_start (args, format);
    sentence = g_strdup_vprintf (format, args);
    va_end (args);
    ht_problem_set (error, HT_ERROR_INVALID, "bad-rule", "rule", "%s", sentence);
    return FALSE;
}

/* Reads up to nine digits at *@text, with a sign where @may_sign, and moves past them. */
static gboolean
read_number (const char **text, gboolean may_sign, int *ret_value)
{
    const char *at = *text;
    gboolean negative = *at == '-';
    int value = 0, digits = 0;

    if (may_sign && (*at == '-' || *at == '+'))
        at++;
    for (; g_ascii_isdigit (*at) && digits < 10; at++, digits++)
        value = digits < 9 ? value * 10 + (*at - '0') : value;
    if (digits == 0 || digits > 9)
        return FALSE;
    *text = at;
    *ret_value = negative ? -value : value;
    return TRUE;
}

static void
set_bit (HtRecurrence *rule, size_t offset, int n)
{
    uint64_t *words = (uint64_t *) (gpointer) ((char *) rule + offset);

    words[n / 64] |= UINT64_C (1) << (n % 64);
}

static gboolean
has_bit (const HtRecurrence *rule, size_t offset, int n)
{
    const uint64_t *words = (const uint64_t *) (gconstpointer) ((const char *) rule + offset);

    return (words[n / 64] >> (n % 64) & 1) != 0;
}

static gboolean
read_frequency (const Part *part, const char *value, HtRecurrence *rule, GError **error)
{
    for (int i = 0; i < HT_FREQUENCY_N; i++)
        if (strcmp (value, frequency_names[i]) == 0) {
            rule->frequency = (HtFrequency) i;
            return TRUE;
        }
    return refuse (error, "FREQ: '%s' is no frequency", value);
}

static gboolean
read_interval (const Part *part, const char *value, HtRecurrence *rule, GError **error)
{
    const char *at = value;

    if (!read_number (&at, FALSE, &rule->interval) || *at != '\0' || rule->interval < 1)
        return refuse (error, "INTERVAL: '%s' is not in 1..%d", value, MAX_INTERVAL);
    return TRUE;
}

static gboolean
read_count (const Part *part, const char *value, HtRecurrence *rule, GError **error)
{
    const char *at = value;
    int count;

    if (!read_number (&at, FALSE, &count) || *at != '\0' || count < 1)
        return refuse (error, "COUNT: '%s' is not in 1..%d", value, MAX_INTERVAL);
    rule->count = count;
    return TRUE;
}

static gboolean
read_until (const Part *part, const char *value, HtRecurrence *rule, GError **error)
{
    HtCivil civil;
    HtCivilText form;

    if (!ht_civil_parse_basic (value, "UNTIL", &civil, &form, NULL))
        return refuse (error,
                       "UNTIL: '%s' is neither 20261125 nor 20261125T073000 nor "
                       "20261125T003000Z",
                       value);
    rule->until_s = ht_civil_to_local_s (&civil);
    rule->until_form = (int) form;
    return TRUE;
}

static int
find_weekday (const char *text)
{
    for (int i = 0; i < 7; i++)
        if (strncmp (text, ht_weekday_names[i], 2) == 0)
            return i;
    return -1;
}

static gboolean
read_week_start (const Part *part, const char *value, HtRecurrence *rule, GError **error)
{
    rule->week_start = find_weekday (value);
    if (rule->week_start < 0 || value[2] != '\0')
        return refuse (error, "WKST: '%s' is no weekday", value);
    return TRUE;
}

static gboolean
read_scale (const Part *part, const char *value, HtRecurrence *rule, GError **error)
{
    return strcmp (value, "GREGORIAN") == 0 ||
           refuse (error, "RSCALE: the calendar '%s' is not supported", value);
}

static gboolean
read_skip (const Part *part, const char *value, HtRecurrence *rule, GError **error)
{
    return strcmp (value, "OMIT") == 0 || refuse (error, "SKIP: '%s' is not supported", value);
}

static gboolean
read_numbers (const Part *part, const char *value, HtRecurrence *rule, GError **error)
{
    const char *at = value;

    for (;; at++) {
        int n;

        if (!read_number (&at, part->back != 0, &n) || (*at != ',' && *at != '\0'))
            return refuse (error, "%s: '%s' is no list of numbers", part->name, value);
        if (ABS (n) < part->min || ABS (n) > part->max)
            return refuse (error, "%s: %d is not in %d..%d%s", part->name, n, part->min, part->max,
                           part->back != 0 ? " nor counts back from the end" : "");
        if (n < 0)
            set_bit (rule, part->back, -n);
        else
            set_bit (rule, part->forward, n);
        if (*at == '\0')
            return TRUE;
    }
}

/* A minute has no second 60 here: it stands for 59 (RFC 5545 3.3.12). */
static gboolean
read_seconds (const Part *part, const char *value, HtRecurrence *rule, GError **error)
{
    if (!read_numbers (part, value, rule, error))
        return FALSE;
    if (rule->seconds >> 60 & 1)
        rule->seconds = (rule->seconds & ~(UINT64_C (1) << 60)) | UINT64_C (1) << 59;
    return TRUE;
}

/* @n: 0 every one; else the @n-th, from the end where it is negative. */
static void
set_weekday (HtRecurrence *rule, int weekday, int n)
{
    if (n == 0)
        rule->weekdays |= UINT64_C (1) << weekday;
    else if (n > 0)
        rule->nth[weekday] |= UINT64_C (1) << n;
    else
        rule->nth_back[weekday] |= UINT64_C (1) << -n;
}

static gboolean
read_weekdays (const Part *part, const char *value, HtRecurrence *rule, GError **error)
{
    const char *at = value;

    for (;; at++) {
        int n = 0, weekday;
        gboolean numbered = *at == '+' || *at == '-' || g_ascii_isdigit (*at);

        if (numbered && (!read_number (&at, TRUE, &n) || ABS (n) < 1 || ABS (n) > 53))
            return refuse (error, "BYDAY: '%s' has a number that is not in 1..53", value);
        weekday = find_weekday (at);
        if (weekday < 0 || (at[2] != ',' && at[2] != '\0'))
            return refuse (error, "BYDAY: '%s' is no list of weekdays", value);
        set_weekday (rule, weekday, n);
        at += 2;
        if (*at == '\0')
            return TRUE;
    }
}

#define FIELD(member) offsetof (HtRecurrence, member)

/* clang-format off */
static const Part parts[] = {
    { "FREQ",       read_frequency },
    { "INTERVAL",   read_interval },
    { "COUNT",      read_count },
    { "UNTIL",      read_until },
    { "WKST",       read_week_start },
    { "RSCALE",     read_scale },
    { "SKIP",       read_skip },
    { "BYMONTH",    read_numbers,  1, 12,  FIELD (months) },
    { "BYWEEKNO",   read_numbers,  1, 53,  FIELD (weeks),      FIELD (weeks_back) },
    { "BYYEARDAY",  read_numbers,  1, 366, FIELD (year_days),  FIELD (year_days_back) },
    { "BYMONTHDAY", read_numbers,  1, 31,  FIELD (month_days), FIELD (month_days_back) },
    { "BYDAY",      read_weekdays },
    { "BYHOUR",     read_numbers,  0, 23,  FIELD (hours) },
    { "BYMINUTE",   read_numbers,  0, 59,  FIELD (minutes) },
    { "BYSECOND",   read_seconds,  0, 60,  FIELD (seconds) },
    { "BYSETPOS",   read_numbers,  1, 366, FIELD (positions),  FIELD (positions_back) },
};
/* clang-format on */

static const Part *
find_part (const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS (parts); i++)
        if (strcmp (name, parts[i].name) == 0)
            return &parts[i];
    return NULL;
}

static gboolean
read_part (char *text, unsigned *seen, HtRecurrence *rule, GError **error)
{
    char *equals = strchr (text, '=');
    const Part *part;

    if (equals == NULL || equals[1] == '\0')
        return refuse (error, "'%s' is not of the form NAME=VALUE", text);
    *equals = '\0';
    part = find_part (text);
    if (part == NULL)
        return refuse (error, "there is no part '%s'", text);
    if (*seen & 1u << (part - parts))
        return refuse (error, "%s stands twice", text);
    *seen |= 1u << (part - parts);
    return part->read (part, equals + 1, rule, error);
}

static gboolean
has_nth (const HtRecurrence *rule)
{
    for (int i = 0; i < 7; i++)
        if ((rule->nth[i] | rule->nth_back[i]) != 0)
            return TRUE;
    return FALSE;
}

/* What RFC 5545 3.3.10 forbids: a table of what holds and what is said then. */
static gboolean
check_parts (const HtRecurrence *rule, unsigned seen, GError **error)
{
    const unsigned by = ~0u << 7; /* the BY parts stand last in the table */
    const unsigned position = 1u << (find_part ("BYSETPOS") - parts);
    int frequency = rule->frequency;
    gboolean weeks = (rule->weeks | rule->weeks_back) != 0, nth = has_nth (rule);
    gboolean month_days = (rule->month_days | rule->month_days_back) != 0;
    gboolean year_days =
        !ht_year_bits_is_empty (&rule->year_days) || !ht_year_bits_is_empty (&rule->year_days_back);
    const struct {
        gboolean holds;
        const char *said;
    } forbidden[] = {
        { (seen & 1) == 0, "FREQ is missing" },
        { rule->count != 0 && rule->until_form >= 0, "COUNT and UNTIL must not stand together" },
        { weeks && frequency != HT_FREQUENCY_YEARLY, "BYWEEKNO belongs to FREQ=YEARLY alone" },
        { year_days && frequency >= HT_FREQUENCY_DAILY && frequency < HT_FREQUENCY_YEARLY,
          "BYYEARDAY does not belong to DAILY, WEEKLY or MONTHLY" },
        { month_days && frequency == HT_FREQUENCY_WEEKLY,
          "BYMONTHDAY does not belong to FREQ=WEEKLY" },
        { nth && frequency < HT_FREQUENCY_MONTHLY,
          "BYDAY has numbers with MONTHLY and YEARLY alone" },
        { nth && weeks, "BYDAY has no numbers beside BYWEEKNO" },
        { (seen & position) != 0 && (seen & by & ~position) == 0,
          "BYSETPOS needs another BY part" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (forbidden); i++)
        if (forbidden[i].holds)
            return refuse (error, "%s", forbidden[i].said);
    return TRUE;
}

gboolean
ht_recurrence_parse (const char *text, HtRecurrence *ret_rule, GError **error)
{
    HtRecurrence rule = { .interval = 1, .until_form = -1 };
    g_autofree char *upper = NULL;
    g_auto (GStrv) pieces = NULL;
    unsigned seen = 0;

    if (strlen (text) > HT_RECURRENCE_MAX_TEXT)
        return refuse (error, "the rule is longer than %d octets", HT_RECURRENCE_MAX_TEXT);
    if (!g_str_is_ascii (text))
        return refuse (error, "the rule holds a character that is not ASCII");
    upper = g_ascii_strup (text, -1);
    pieces = g_strsplit (upper, ";", -1);
    for (char **piece = pieces; *piece != NULL; piece++)
        if (!read_part (*piece, &seen, &rule, error))
            return FALSE;
    if (!check_parts (&rule, seen, error))
        return FALSE;
    *ret_rule = rule;
    return TRUE;
}

/* --- back to text ----------------------------------------------------------------------------- */

static void
write_item (GString *text, unsigned *items, const char *name, int n, const char *weekday)
{
    if ((*items)++ == 0)
        g_string_append_printf (text, ";%s=", name);
    else
        g_string_append_c (text, ',');
    if (n != 0 || weekday == NULL)
        g_string_append_printf (text, "%d", n);
    g_string_append (text, weekday != NULL ? weekday : "");
}

static void
write_numbers (GString *text, const Part *part, const HtRecurrence *rule)
{
    unsigned items = 0;

    for (int n = part->min; n <= part->max; n++)
        if (has_bit (rule, part->forward, n))
            write_item (text, &items, part->name, n, NULL);
    for (int n = part->max; n >= 1 && part->back != 0; n--)
        if (has_bit (rule, part->back, n))
            write_item (text, &items, part->name, -n, NULL);
}

static void
write_weekdays (GString *text, const HtRecurrence *rule)
{
    unsigned items = 0;

    for (int weekday = 0; weekday < 7; weekday++) {
        const char *name = ht_weekday_names[weekday];

        if (rule->weekdays >> weekday & 1)
            write_item (text, &items, "BYDAY", 0, name);
        for (int n = 1; n <= 53; n++)
            if (rule->nth[weekday] >> n & 1)
                write_item (text, &items, "BYDAY", n, name);
        for (int n = 53; n >= 1; n--)
            if (rule->nth_back[weekday] >> n & 1)
                write_item (text, &items, "BYDAY", -n, name);
    }
}

static void
write_end (GString *text, const HtRecurrence *rule)
{
    char until[HT_CIVIL_TEXT_BYTES];
    HtCivil civil;

    if (rule->count != 0)
        g_string_append_printf (text, ";COUNT=%" G_GINT64_FORMAT, rule->count);
    if (rule->until_form < 0)
        return;
    civil = ht_civil_from_local_s (rule->until_s);
    ht_civil_write_basic (&civil, (HtCivilText) rule->until_form, until);
    g_string_append_printf (text, ";UNTIL=%s", until);
}

char *
ht_recurrence_format (const HtRecurrence *rule)
{
    GString *text = g_string_new ("FREQ=");

    g_string_append (text, frequency_names[rule->frequency]);
    write_end (text, rule);
    if (rule->interval != 1)
        g_string_append_printf (text, ";INTERVAL=%d", rule->interval);
    for (size_t i = 0; i < G_N_ELEMENTS (parts); i++)
        if (parts[i].read == read_weekdays)
            write_weekdays (text, rule);
        else if (parts[i].forward != 0)
            write_numbers (text, &parts[i], rule);
    if (rule->week_start != 0)
        g_string_append_printf (text, ";WKST=%s", ht_weekday_names[rule->week_start]);
    return g_string_free (text, FALSE);
}
