/* SPDX-License-Identifier: MIT */

/* What a closure calendar's texts say: when a week is open, and which days are closed. */

#pragma once

#include "scheduler/core/closure.h"
#include "scheduler/service/record.h"

G_BEGIN_DECLS

/* (transfer full) (element-type HtOpenHours): as they were set; empty where every day is open
 * from midnight to midnight. */
GArray *ht_closure_calendar_list_hours (const HtClosureCalendar *calendar);

/* (transfer full) (element-type int64_t): days since 1970 that are closed. */
GArray *ht_closure_calendar_list_days (const HtClosureCalendar *calendar);

/* @hours: (element-type HtOpenHours); @days: (element-type int64_t). What was set before is
 * replaced. */
void ht_closure_calendar_set_hours (HtClosureCalendar *calendar, const GArray *hours);
void ht_closure_calendar_set_days (HtClosureCalendar *calendar, const GArray *days);

G_END_DECLS
