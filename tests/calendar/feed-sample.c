/* SPDX-License-Identifier: MIT */

#include "tests/calendar/feed-sample.h"

#include "calendar/text/envelope.h"
#include "scheduler/core/recurrence-text.h"
#include "scheduler/core/recurrence.h"

#define HOUR_US (3600 * HT_CIVIL_US)

static void
add_row (GString *rows, const char *uid, const HtPlanSession *session)
{
    HtCivil start = ht_civil_from_local_s (session->start_us / HT_CIVIL_US);
    HtCivil end = ht_civil_from_local_s (session->end_us / HT_CIVIL_US);
    char start_text[HT_CIVIL_TEXT_BYTES], end_text[HT_CIVIL_TEXT_BYTES];

    if (session->cancelled)
        return;
    ht_civil_write_basic (&start, HT_CIVIL_TEXT_UTC, start_text);
    ht_civil_write_basic (&end, HT_CIVIL_TEXT_UTC, end_text);
    g_string_append_printf (rows, "%s\t%s\t%s\t%s\n", uid, start_text, end_text, session->summary);
}

/* Sessions at the slots of the rule, as a service would have stored them. */
static GArray *
make_sessions (const HtZone *zone, const char *start_text, const char *rule_text, unsigned n)
{
    GArray *sessions = g_array_new (FALSE, FALSE, sizeof (HtPlanSession));
    g_autoptr (GArray) occurrences = g_array_new (FALSE, FALSE, sizeof (HtOccurrence));
    HtRecurrenceStart start = { .zone = zone };
    HtRecurrenceWindow window = { INT64_MIN, INT64_MAX, n };
    HtRecurrence rule;

    g_assert_true (ht_civil_parse_basic (start_text, NULL, &start.civil, &start.form, NULL));
    g_assert_true (ht_recurrence_parse (rule_text, &rule, NULL));
    g_assert_true (ht_recurrence_expand (&rule, &start, &window, occurrences, NULL, NULL));
    for (unsigned i = 0; i < occurrences->len; i++) {
        int64_t slot_us = g_array_index (occurrences, HtOccurrence, i).at_s * HT_CIVIL_US;
        HtPlanSession session = {
            .id = 100 + i,
            .slot_us = slot_us,
            .start_us = slot_us,
            .end_us = slot_us + 2 * HOUR_US,
            .changed_us = 1790000000 * HT_CIVIL_US,
            .summary = "Tập huấn chuyển đổi số cho cán bộ cấp xã, phường; đợt 1: dịch vụ công",
            .location = "Phòng họp số 2, UBND thành phố Huế",
            .description = "Nội dung:\n- Ký số\n- Hồ sơ \\ văn bản",
            .url = "https://hop.example.vn/sessions/1234567890123456789012345678901234567890/join",
        };

        g_array_append_val (sessions, session);
    }
    return sessions;
}

static HtPlanSession *
get (GArray *sessions, unsigned i)
{
    return &g_array_index (sessions, HtPlanSession, i);
}

static void
append_series (const HtPlanSeries *series, GArray *sessions, GString *text, GString *rows)
{
    g_autoptr (HtCalendarPlan) plan = ht_calendar_plan_new (
        series, (const HtPlanSession *) (gpointer) sessions->data, sessions->len);
    gboolean by_rule = ht_calendar_plan_get (plan, 0)->rule != NULL || sessions->len == 1;

    ht_calendar_plan_append (plan, text);
    for (unsigned i = 0; i < sessions->len; i++) {
        const HtPlanSession *session = get (sessions, i);
        /* one that stands at no slot of its series has a UID of its own */
        g_autofree char *uid =
            by_rule && session->id < 900
                ? g_strdup_printf ("%" G_GINT64_FORMAT "@sample", series->id)
                : g_strdup_printf ("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT "@sample", series->id,
                                   session->id);

        add_row (rows, uid, session);
    }
}

static void
append_weekly (const HtZone *zone, int64_t id, const char *start, GString *text, GString *rows)
{
    static const char *const categories[] = { "Tập huấn", "Chuyển đổi số; AI", NULL };
    HtPlanSeries series = { .id = id,
                            .installation = "sample",
                            .zone = zone,
                            .rule = "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=60",
                            .created_us = 1780000000 * HT_CIVIL_US,
                            .related_id = id - 1,
                            .organiser_name = "Nguyễn Văn \"A\"; Phòng ^CNTT",
                            .organiser_mail = "a@example.vn",
                            .categories = categories };
    g_autoptr (GArray) sessions = make_sessions (zone, start, series.rule, 60);
    HtPlanSession extra = *get (sessions, 0);

    get (sessions, 3)->start_us += 26 * HOUR_US; /* moved */
    get (sessions, 3)->end_us += 26 * HOUR_US;
    get (sessions, 3)->sequence = 2;
    get (sessions, 7)->cancelled = TRUE;
    get (sessions, 9)->summary = "Buổi bổ sung: an toàn thông tin";
    get (sessions, 11)->end_us += HOUR_US;
    extra.id = 901;
    extra.slot_us += 5 * 24 * HOUR_US + HOUR_US;
    extra.start_us = extra.slot_us;
    extra.end_us = extra.slot_us + HOUR_US;
    g_array_append_val (sessions, extra);
    g_array_remove_index (sessions, 15); /* not in this feed */
    g_array_remove_index (sessions, 0);
    append_series (&series, sessions, text, rows);
}

static void
append_single (const HtZone *zone, int64_t id, GString *text, GString *rows)
{
    HtPlanSeries series = { .id = id, .installation = "sample", .zone = zone };
    g_autoptr (GArray) sessions = make_sessions (zone, "20261125T073000", "FREQ=DAILY;COUNT=1", 1);

    append_series (&series, sessions, text, rows);
}

char *
ht_feed_sample_write (const HtZone *zone, GString *rows)
{
    static const char *const names[] = { "Asia/Ho_Chi_Minh", "America/New_York",
                                         "Africa/Casablanca" };
    g_autoptr (GPtrArray) zones = g_ptr_array_new_with_free_func ((GDestroyNotify) ht_zone_unref);
    HtEnvelope envelope = { .name = "Lịch của Sở Thông tin và Truyền thông, tỉnh Thừa Thiên Huế; "
                                    "cả các đơn vị trực thuộc",
                            .description = "Tập huấn\nvà hội nghị",
                            .uid = "unit-7@sample",
                            .last_modified_us = 1790000000 * HT_CIVIL_US,
                            .zone = zone };
    g_autoptr (GString) unused = g_string_new (NULL);
    GString *text = g_string_new (NULL);

    if (rows == NULL)
        rows = unused;
    for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
        g_ptr_array_add (zones, ht_zone_new (names[i], NULL, NULL));
    ht_envelope_append_head (&envelope, zones, text);
    for (unsigned i = 0; i < zones->len; i++) {
        const HtZone *its = g_ptr_array_index (zones, i);

        append_weekly (its, 10 + 2 * i, "20260901T080000", text, rows);
        append_single (its, 11 + 2 * i, text, rows);
    }
    ht_envelope_append_tail (text);
    return g_string_free (text, FALSE);
}
