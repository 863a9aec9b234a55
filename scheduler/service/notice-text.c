/* SPDX-License-Identifier: MIT */

#include "scheduler/service/notice-text.h"

#include <inttypes.h>

#include "scheduler/service/reads.h"

#define MOST_TIMES 12 /* that are written out, one a line */

typedef struct {
    const char *subject; /* before the title */
    const char *one;     /* of one session */
    const char *many;    /* of several */
    gboolean about_all;  /* the whole series, not only what the change touched */
    gboolean passes;     /* says nothing once the sessions are over */
    gboolean is_plan;    /* says nothing once they are cancelled */
} Words;

/* clang-format off */
static const Words words[HT_NOTICE_N_KINDS] = {
    [HT_NOTICE_BOOKED] = { "Đặt lịch", "Buổi sau đây đã được đặt lịch.", "%u buổi sau đây đã được đặt lịch.", TRUE, TRUE, TRUE },
    [HT_NOTICE_MOVED] = { "Đổi lịch", "Buổi sau đây đã đổi lịch.", "%u buổi sau đây đã đổi lịch.", FALSE, TRUE, TRUE },
    [HT_NOTICE_CANCELLED] = { "Hủy lịch", "Buổi sau đây đã bị hủy.", "%u buổi sau đây đã bị hủy.", FALSE, TRUE, FALSE },
    [HT_NOTICE_QUESTIONS] = { "Chưa sẵn sàng", "Có điểm cầu chưa sẵn sàng cho buổi sau đây.", "Có điểm cầu chưa sẵn sàng cho %u buổi sau đây.", FALSE, TRUE, TRUE },
    [HT_NOTICE_SUBSTITUTED] = { "Thay điểm cầu", "Một điểm cầu khác tham gia thay trong buổi sau đây.", "Một điểm cầu khác tham gia thay trong %u buổi sau đây.", FALSE, TRUE, TRUE },
    [HT_NOTICE_EXTENDED] = { "Kéo dài", "Buổi sau đây được kéo dài.", "%u buổi sau đây được kéo dài.", FALSE, TRUE, TRUE },
    [HT_NOTICE_ENDS] = { "Không kéo dài được", "Buổi sau đây không kéo dài được và kết thúc đúng giờ.", "%u buổi sau đây không kéo dài được và kết thúc đúng giờ.", FALSE, TRUE, TRUE },
    [HT_NOTICE_HELD] = { "Chờ duyệt", "Buổi sau đây đang được giữ chỗ, chờ duyệt.", "%u buổi sau đây đang được giữ chỗ, chờ duyệt.", TRUE, TRUE, TRUE },
    [HT_NOTICE_APPROVED] = { "Đã duyệt", "Buổi sau đây đã được duyệt.", "%u buổi sau đây đã được duyệt.", TRUE, TRUE, TRUE },
    [HT_NOTICE_REFUSED] = { "Không được duyệt", "Buổi sau đây không được duyệt.", "%u buổi sau đây không được duyệt.", TRUE, TRUE, FALSE },
    [HT_NOTICE_EXPIRED] = { "Hết hạn giữ chỗ", "Không ai duyệt kịp buổi sau đây.", "Không ai duyệt kịp %u buổi sau đây.", TRUE, TRUE, FALSE },
    [HT_NOTICE_LOST] = { "Không còn chỗ", "Yêu cầu khác đã được duyệt thay cho buổi sau đây.", "Yêu cầu khác đã được duyệt thay cho %u buổi sau đây.", TRUE, TRUE, FALSE },
    [HT_NOTICE_DISPLACED] = { "Mất chỗ", "Một buổi ưu tiên cao hơn đã lấy chỗ của buổi sau đây.", "Một buổi ưu tiên cao hơn đã lấy chỗ của %u buổi sau đây.", FALSE, TRUE, FALSE },
    [HT_NOTICE_CLASHING] = { "Vướng lịch", "Buổi sau đây không còn đủ chỗ hoặc rơi vào ngày nghỉ; cần có người xử lý.", "%u buổi sau đây không còn đủ chỗ hoặc rơi vào ngày nghỉ; cần có người xử lý.", FALSE, TRUE, TRUE },
    [HT_NOTICE_INCOMPLETE] = { "Bản ghi thiếu", "Bản ghi hình của buổi sau đây không đầy đủ.", "Bản ghi hình của %u buổi sau đây không đầy đủ.", FALSE, FALSE, FALSE },
};
/* clang-format on */

static const Words other = {
    "Thay đổi", "Buổi sau đây có thay đổi.", "%u buổi sau đây có thay đổi.", FALSE, FALSE, FALSE
};

static const Words *
get_words (const HtNotice *notice)
{
    const Words *row = &words[notice->kind];

    return row->subject == NULL ? &other : row;
}

static const HtSeries *
peek_series (HtService *service, const HtSession *session)
{
    return ht_reads_peek (service, HT_RECORD_SERIES, session->series_id);
}

GPtrArray *
ht_notice_list_sessions (HtService *service, const HtNotice *notice)
{
    const HtSession *named = ht_reads_peek (service, HT_RECORD_SESSION, notice->session_id);
    GPtrArray *sessions;

    if (named == NULL)
        return g_ptr_array_new ();
    sessions = ht_reads_series_sessions (service, notice->person_id, named->series_id);
    for (unsigned i = sessions->len; i > 0; i--) {
        const HtSession *session = g_ptr_array_index (sessions, i - 1);

        if (!get_words (notice)->about_all && session != named &&
            session->changed_number != notice->number)
            g_ptr_array_remove_index (sessions, i - 1);
    }
    return sessions;
}

gboolean
ht_notice_is_moot (const HtNotice *notice, const GPtrArray *sessions, int64_t now_us)
{
    const Words *row = get_words (notice);

    for (unsigned i = 0; i < sessions->len; i++) {
        const HtSession *session = g_ptr_array_index (sessions, i);

        if ((!row->passes || session->end_us > now_us) &&
            (!row->is_plan || session->state != HT_SESSION_CANCELLED))
            return FALSE;
    }
    return TRUE;
}

char *
ht_notice_make_subject (const HtNoticeTextSettings *settings, const HtNotice *notice,
                        const GPtrArray *sessions)
{
    const HtSession *first = g_ptr_array_index (sessions, 0);
    const HtSeries *series = peek_series (settings->service, first);
    const char *title = sessions->len == 1 && first->title != NULL ? first->title : series->title;

    return g_strdup_printf ("%s: %s", get_words (notice)->subject, title);
}

/* "thứ Tư, 25/11/2026, 07:30-09:00"; the day is not said twice. */
static void
append_time (GString *text, const HtZone *zone, const HtSession *session)
{
    static const char *const days[] = { "thứ Hai", "thứ Ba",  "thứ Tư",  "thứ Năm",
                                        "thứ Sáu", "thứ Bảy", "Chủ nhật" };
    HtCivil from = ht_zone_to_civil (zone, session->start_us);
    HtCivil until = ht_zone_to_civil (zone, session->end_us);
    int64_t day = ht_civil_days_from_date (from.year, from.month, from.day);

    g_string_append_printf (text, "%s, %02d/%02d/%d, %02d:%02d-%02d:%02d",
                            days[ht_civil_get_weekday (day)], from.day, from.month, from.year,
                            from.hour, from.minute, until.hour, until.minute);
    if (ht_civil_days_from_date (until.year, until.month, until.day) != day)
        g_string_append_printf (text, " (%02d/%02d)", until.day, until.month);
}

static void
append_times (GString *text, const HtZone *zone, const GPtrArray *sessions)
{
    for (unsigned i = 0; i < MIN (sessions->len, MOST_TIMES); i++) {
        const HtSession *session = g_ptr_array_index (sessions, i);

        g_string_append (text, i == 0 ? "Thời gian: " : "           ");
        append_time (text, zone, session);
        g_string_append (text, session->state == HT_SESSION_CANCELLED ? " - đã hủy\n" : "\n");
    }
    if (sessions->len > MOST_TIMES)
        g_string_append_printf (text, "           và %u buổi nữa\n", sessions->len - MOST_TIMES);
    g_string_append_printf (text, "Múi giờ: %s\n", ht_zone_get_name (zone));
}

static const char *
get_member_name (HtService *service, const HtMember *member)
{
    const HtPerson *person;
    const HtResource *resource;
    const HtSite *site;

    switch (member->kind) {
    case HT_MEMBER_MAIN_SITE:
    case HT_MEMBER_SITE:
        site = ht_reads_peek (service, HT_RECORD_SITE, member->ref_id);
        return site == NULL ? NULL : site->name;
    case HT_MEMBER_TRAINER:
        person = ht_reads_peek (service, HT_RECORD_PERSON, member->ref_id);
        return person == NULL ? NULL : person->name;
    default:
        resource = ht_reads_peek (service, HT_RECORD_RESOURCE, member->ref_id);
        return resource == NULL ? NULL : resource->name;
    }
}

static void
append_members (GString *text, HtService *service, const HtSession *session, const char *label,
                unsigned kinds)
{
    const char *separator = label;

    for (unsigned i = 0; session->members != NULL && i < session->members->len; i++) {
        const HtMember *member = &g_array_index (session->members, HtMember, i);
        const char *name =
            (kinds & 1u << member->kind) != 0 ? get_member_name (service, member) : NULL;

        if (name == NULL)
            continue;
        g_string_append_printf (text, "%s%s", separator, name);
        separator = ", ";
    }
    if (separator != label)
        g_string_append_c (text, '\n');
}

static void
append_organiser (GString *text, HtService *service, const HtSeries *series)
{
    const HtPerson *organiser = ht_reads_peek (service, HT_RECORD_PERSON, series->organiser_id);

    if (organiser == NULL || organiser->name == NULL)
        return;
    g_string_append_printf (text, "Người tổ chức: %s", organiser->name);
    if (organiser->phone != NULL && organiser->phone[0] != '\0')
        g_string_append_printf (text, ", điện thoại %s", organiser->phone);
    g_string_append_c (text, '\n');
}

static void
append_note (GString *text, const char *label, const char *note)
{
    if (note != NULL && note[0] != '\0')
        g_string_append_printf (text, "%s%s\n", label, note);
}

static void
append_what (GString *text, const HtNoticeTextSettings *settings, const HtNotice *notice,
             const GPtrArray *sessions)
{
    const HtSession *first = g_ptr_array_index (sessions, 0);
    const HtSeries *series = peek_series (settings->service, first);
    const HtJob *job = ht_reads_peek (settings->service, HT_RECORD_JOB, first->id);
    g_autoptr (HtZone) zone = ht_zone_new (series->zone, NULL, NULL);

    g_string_append_printf (text, "%s\n", series->title);
    append_times (text, zone != NULL ? zone : settings->zone, sessions);
    append_members (text, settings->service, first, "Địa điểm: ",
                    1u << HT_MEMBER_ROOM | 1u << HT_MEMBER_MAIN_SITE | 1u << HT_MEMBER_SITE);
    append_members (text, settings->service, first, "Giảng viên: ", 1u << HT_MEMBER_TRAINER);
    append_organiser (text, settings->service, series);
    append_note (text, "Lý do: ", first->reason);
    if (notice->kind == HT_NOTICE_INCOMPLETE && job != NULL)
        append_note (text, "Ghi chú: ", job->note);
    if (settings->address != NULL)
        g_string_append_printf (text, "Xem: %s%s/%" PRId64 "\n", settings->address,
                                notice->kind == HT_NOTICE_QUESTIONS ? "san-sang" : "xem",
                                first->id);
}

char *
ht_notice_make_text (const HtNoticeTextSettings *settings, const HtNotice *notice,
                     const GPtrArray *sessions)
{
    const Words *row = get_words (notice);
    const HtPerson *person = ht_reads_peek (settings->service, HT_RECORD_PERSON, notice->person_id);
    g_auto (GStrv) many = g_strsplit (row->many, "%u", 2);
    GString *text = g_string_new (NULL);

    if (person != NULL && person->name != NULL)
        g_string_append_printf (text, "Kính gửi %s,\n\n", person->name);
    if (sessions->len == 1)
        g_string_append (text, row->one);
    else
        g_string_append_printf (text, "%s%u%s", many[0], sessions->len, many[1]);
    g_string_append (text, "\n\n");
    append_what (text, settings, notice, sessions);
    g_string_append (text, "\nThư này do hệ thống đặt lịch gửi tự động.\n");
    return g_string_free (text, FALSE);
}
