/* SPDX-License-Identifier: MIT */

#include "ui/cli/ask.h"

#include <stdio.h>
#include <string.h>

#include "scheduler/base/clock.h"
#include "scheduler/base/error.h"
#include "ui/cli/call.h"
#include "ui/cli/login.h"
#include "ui/cli/words.h"

#define DAY_US (INT64_C (86400) * G_USEC_PER_SEC)

/* clang-format off */
static const struct {
    unsigned status;
    HtAskStatus exit;
} exits[] = {
    { 401, HT_ASK_SIGN_IN }, { 403, HT_ASK_DENIED }, { 404, HT_ASK_NOT_FOUND }, { 410, HT_ASK_NOT_FOUND },
    { 409, HT_ASK_CONFLICT }, { 412, HT_ASK_CONFLICT }, { 429, HT_ASK_NOT_NOW }, { 503, HT_ASK_NOT_NOW },
    { 507, HT_ASK_NOT_NOW },
};

/* What the service refuses most, for people; the rest it says itself, in English. */
static const struct {
    const char *code, *vi;
} refusals[] = {
    { "sign-in", "hãy đăng nhập: hoitruong login ĐỊA-CHỈ TÊN" }, { "denied", "bạn không được phép làm việc này" },
    { "not-allowed", "bạn không được phép làm việc này" }, { "not-found", "không có mục này" },
    { "clash", "trùng lịch" }, { "wrong-password", "tên đăng nhập hoặc mật khẩu không đúng" },
    { "must-change-password", "hãy đổi mật khẩu của bạn trước" }, { "changed-meanwhile", "đã có người thay đổi, hãy xem lại" },
    { "session-state", "trạng thái của buổi không cho phép việc này" }, { "cannot-undo", "không hoàn tác được thay đổi này" },
    { "changed-since", "đã có thay đổi khác sau đó" }, { "bad-lines", "bảng có dòng sai" },
    { "required", "còn thiếu thông tin" }, { "bad-time", "thời gian không đúng" }, { "busy", "quá nhiều yêu cầu, hãy thử lại" },
};

static const HtViewColumn clash_columns[] = {
    { "start", "Bắt đầu", "Start" }, { "end", "Kết thúc", "End" }, { "clashes.resource.name", "Vướng", "In the way" },
    { "clashes.with.title", "Đang dùng cho", "Taken by" }, { "clashes.with.by", "Của", "Of" }, { NULL },
};
static const HtViewColumn instead_columns[] = {
    { "kind", "Thay bằng", "Instead" }, { "start", "Bắt đầu", "Start" }, { "end", "Kết thúc", "End" },
    { "room.name", "Phòng", "Room" }, { "skip", "Bỏ ngày", "Leave out" }, { NULL },
};
static const HtView refusal_views[] = {
    { "preview.occurrences", clash_columns }, { "preview.alternatives", instead_columns }, { NULL, NULL },
};
/* clang-format on */

static int
get_exit (unsigned status)
{
    for (unsigned i = 0; i < G_N_ELEMENTS (exits); i++)
        if (exits[i].status == status)
            return exits[i].exit;
    return status >= 500 ? HT_ASK_FAILED : HT_ASK_INVALID;
}

static const char *
translate (const char *code, const char *detail)
{
    for (unsigned i = 0; i < G_N_ELEMENTS (refusals); i++)
        if (strcmp (refusals[i].code, code) == 0)
            return ht_words_pick (refusals[i].vi, detail);
    return detail;
}

/* A table's bad lines, one below the other. */
static void
print_lines (JsonNode *problem)
{
    g_autofree char *lines = ht_view_find (problem, "args.lines");
    g_auto (GStrv) parts = g_strsplit (lines, "; line ", -1);

    for (unsigned i = 0; parts[i] != NULL && parts[i][0] != '\0'; i++)
        fprintf (stderr, "  %s%s\n", i == 0 ? "" : "line ", parts[i]);
}

static int
show_refusal (unsigned status, JsonNode *problem, const char *text)
{
    g_autofree char *detail = problem == NULL ? NULL : ht_view_find (problem, "detail");
    g_autofree char *code = problem == NULL ? NULL : ht_view_find (problem, "code");
    g_autofree char *field = problem == NULL ? NULL : ht_view_find (problem, "field");
    g_autofree char *preview = NULL;

    if (problem == NULL) {
        fprintf (stderr, "hoitruong: HTTP %u: %.200s\n", status, text);
        return get_exit (status);
    }
    fprintf (stderr, "hoitruong: %s%s%s (%s)\n", field, field[0] == '\0' ? "" : ": ",
             strcmp (code, "bad-lines") == 0 ? ht_words_pick ("bảng có dòng sai", "bad lines")
                                             : translate (code, detail),
             code);
    print_lines (problem);
    preview = ht_view_show (refusal_views, problem);
    fputs (preview, stderr);
    return get_exit (status);
}

/* What an answer without anything to show says. */
static const char *
pick_nothing (const HtClientAnswer *answer)
{
    return answer->text[0] == '\0' ? ht_words_pick ("Xong.\n", "Done.\n")
                                   : ht_words_pick ("Không có gì.\n", "Nothing.\n");
}

static void
show_answer (const HtClientAnswer *answer, const HtView *views, JsonNode *node)
{
    g_autofree char *shown = NULL;

    if (node != NULL && views != NULL)
        shown = ht_view_show (views, node);
    fputs (shown != NULL && shown[0] != '\0' ? shown : pick_nothing (answer), stdout);
}

static int
show_problem (const HtClientAnswer *answer, JsonNode *node, gboolean json)
{
    gboolean is_problem = node != NULL && JSON_NODE_HOLDS_OBJECT (node);

    if (json)
        printf ("%s\n", answer->text);
    return show_refusal (answer->status, is_problem ? node : NULL, answer->text);
}

int
ht_ask_show (const HtClientAnswer *answer, const HtView *views, gboolean json)
{
    g_autoptr (JsonNode) node = json_from_string (answer->text, NULL);

    if (answer->status >= 300)
        return show_problem (answer, node, json);
    if (json || (views == NULL && answer->text[0] != '\0'))
        printf ("%s%s", answer->text, g_str_has_suffix (answer->text, "\n") ? "" : "\n");
    else
        show_answer (answer, views, node);
    return fflush (stdout) == 0 ? HT_ASK_DONE : HT_ASK_FAILED;
}

int
ht_ask_fail (const GError *error)
{
    fprintf (stderr, "hoitruong: %s\n", error->message);
    return g_error_matches (error, HT_ERROR, HT_ERROR_UNAUTHENTICATED) ? HT_ASK_SIGN_IN
           : g_error_matches (error, HT_ERROR, HT_ERROR_INVALID)       ? HT_ASK_USAGE
                                                                       : HT_ASK_FAILED;
}

static int
ask (const char *method, const HtCall *call, const HtView *views)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (HtLogin) login = ht_login_load (&error);
    g_autoptr (HtClient) client = login == NULL ? NULL : ht_client_new (login->url, login->token);
    g_auto (HtClientAnswer) answer = { 0 };

    if (client == NULL ||
        !ht_client_ask (client, method, call->path, call->body, call->if_match, &answer, &error))
        return ht_ask_fail (error);
    return ht_ask_show (&answer, views, call->json);
}

int
ht_ask_run_verb (const HtVerb *verb, int argc G_GNUC_UNUSED, char **argv)
{
    /* days of the clock on the wall here */
    g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
    int64_t now_us = ht_clock_read_us (ht_clock_get_system ());
    int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, now_us / G_USEC_PER_SEC);
    int64_t local_us =
        now_us + (int64_t) g_time_zone_get_offset (zone, MAX (interval, 0)) * G_USEC_PER_SEC;
    g_auto (HtCall) call = { 0 };
    g_autoptr (GError) error = NULL;

    if (!ht_call_parse (verb, (const char *const *) argv + 1, local_us / DAY_US, &call, &error))
        return ht_ask_fail (error);
    if (call.help) {
        g_autofree char *help = ht_verb_make_help (verb);

        fputs (help, stdout);
        return HT_ASK_DONE;
    }
    return ask (verb->method, &call, verb->views);
}

int
ht_ask_run_api (int argc, char **argv)
{
    g_auto (HtCall) call = { .json = TRUE };
    gboolean reads = argc > 1 && g_ascii_strcasecmp (argv[1], "GET") == 0;
    g_autofree char *method = argc > 1 ? g_ascii_strup (argv[1], -1) : NULL;

    if (argc > 1 && strcmp (argv[argc - 1], "--json") == 0)
        argc--; /* as it is in any case */
    if (argc < 3 || argc > 4 || argv[2][0] != '/' || (reads && argc == 4)) {
        fprintf (stderr, "%s\n",
                 ht_words_pick ("cách gọi: hoitruong api METHOD /ĐƯỜNG-DẪN [JSON]",
                                "usage: hoitruong api METHOD /PATH [JSON]"));
        return HT_ASK_USAGE;
    }
    call.path = g_strdup (argv[2]);
    call.body = reads ? NULL : g_strdup (argc == 4 ? argv[3] : "{}");
    return ask (method, &call, NULL);
}
