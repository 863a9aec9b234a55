/* SPDX-License-Identifier: MIT */

/* Civil dates and times of the proleptic Gregorian calendar, years 1 to 9999, without a zone.
 *
 * Arithmetic is done on two plain counts: days since 1970-01-01, and local seconds, which are the
 * seconds since 1970-01-01T00:00:00 of a clock on the wall that never jumps. Both may be negative.
 * What a local time means as an instant is a zone's answer (zone.h). */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define HT_CIVIL_DAY_S      86400
#define HT_CIVIL_MIN_DAY    (-719162)         /* 0001-01-01 */
#define HT_CIVIL_MAX_DAY    2932896           /* 9999-12-31 */
#define HT_CIVIL_CYCLE_DAYS 146097            /* 400 years, a whole number of weeks */
#define HT_CIVIL_US         INT64_C (1000000) /* microseconds in a second */

typedef struct {
    int year;   /* 1..9999 */
    int month;  /* 1..12 */
    int day;    /* 1..31 */
    int hour;   /* 0..23 */
    int minute; /* 0..59 */
    int second; /* 0..59; there are no leap seconds here */
} HtCivil;

typedef enum {
    HT_CIVIL_TEXT_DATE,  /* 20261125 */
    HT_CIVIL_TEXT_LOCAL, /* 20261125T073000 */
    HT_CIVIL_TEXT_UTC,   /* 20261125T003000Z */
} HtCivilText;

/* Room for what ht_civil_write_basic() writes, with its NUL. */
#define HT_CIVIL_TEXT_BYTES 17

gboolean ht_civil_is_leap_year (int year);
int ht_civil_count_days_in_month (int year, int month);

/* Whether every member lies in its range and the month has the day. */
gboolean ht_civil_is_valid (const HtCivil *civil);

/* @month may be 1..12 only, @day anything: day 0 is the last day of the month before. */
int64_t ht_civil_days_from_date (int year, int month, int day);

/* The date alone; the time is midnight. */
HtCivil ht_civil_from_days (int64_t days);

/* 0 is Monday, 6 is Sunday. */
int ht_civil_get_weekday (int64_t days);

extern const char *const ht_weekday_names[]; /* RFC 5545: "MO", ... "SU"; ends with NULL */

int64_t ht_civil_to_local_s (const HtCivil *civil);
HtCivil ht_civil_from_local_s (int64_t local_s);

/* The day that holds @local_s. */
int64_t ht_civil_days_from_local_s (int64_t local_s);

/**
 * ht_civil_parse:
 * @text: "2026-11-25T07:30" or "2026-11-25T07:30:15", and nothing around it
 * @field: (nullable): the member's name, for the error
 *
 * Returns: %FALSE with %HT_ERROR_INVALID ("bad-time") where @text is no such time
 */
gboolean ht_civil_parse (const char *text, const char *field, HtCivil *ret_civil, GError **error);

/**
 * ht_civil_parse_date:
 * @text: "2026-11-25"
 *
 * Returns: %FALSE with %HT_ERROR_INVALID ("bad-date"); the time of @ret_civil is midnight
 */
gboolean ht_civil_parse_date (const char *text, const char *field, HtCivil *ret_civil,
                              GError **error);

/* "07:30" as minutes of the day; "24:00" is its end; "bad-time". */
gboolean ht_civil_parse_minute (const char *text, const char *field, int *ret_minute,
                                GError **error);

/* RFC 5545's basic format in any of the three forms, and nothing around it; "bad-time". */
gboolean ht_civil_parse_basic (const char *text, const char *field, HtCivil *ret_civil,
                               HtCivilText *ret_form, GError **error);

/* Writes @civil into @text, of at least HT_CIVIL_TEXT_BYTES octets, in basic format. */
void ht_civil_write_basic (const HtCivil *civil, HtCivilText form, char *text);

G_END_DECLS
