/* SPDX-License-Identifier: MIT */

/* How ready the sites of a session are, and the site that takes over where one fails. */

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/core/span.h"
#include "scheduler/service/command-private.h"
#include "scheduler/service/session-steps.h"

#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

/* (nullable): the session, where it is one whose sites may be asked. */
static const HtSession *
find_session (HtDecider *decider, int64_t id, GError **error)
{
    const HtSession *session = ht_decider_find (decider, HT_RECORD_SESSION, id, "id", error);

    if (session == NULL ||
        (session->state >= HT_SESSION_SCHEDULED && session->state <= HT_SESSION_RUNNING))
        return session;
    ht_problem_set (error, HT_ERROR_CONFLICT, "session-state", NULL,
                    "the sites of a session that is %s are not asked",
                    ht_session_state_names[session->state]);
    return NULL;
}

/* (nullable) */
static const HtMember *
find_member (const HtSession *session, int64_t site_id, GError **error)
{
    for (unsigned i = 0; i < N_ITEMS (session->members); i++) {
        const HtMember *member = &g_array_index (session->members, HtMember, i);

        if (member->kind <= HT_MEMBER_SITE && member->ref_id == site_id)
            return member;
    }
    ht_problem_set (error, HT_ERROR_NOT_FOUND, "not-found", "siteId",
                    "site %" G_GINT64_FORMAT " takes no part in the session", site_id);
    return NULL;
}

static gboolean
check_substitute (HtDecider *decider, const HtSession *session, int64_t id, GError **error)
{
    const HtSite *site = ht_decider_peek (decider, HT_RECORD_SITE, id);

    if (site == NULL || site->retired) {
        ht_problem_set (error, HT_ERROR_INVALID, "no-such-member", "substituteId",
                        "%" G_GINT64_FORMAT " is no site that can be booked", id);
        return FALSE;
    }
    if (find_member (session, id, NULL) != NULL) {
        ht_problem_set (error, HT_ERROR_INVALID, "named-twice", "substituteId",
                        "%s takes part already", site->name);
        return FALSE;
    }
    return TRUE;
}

/* What was signed and is no more so must be signed again. */
static void
take_answer (HtSiteCheck *check, int *known, int answer)
{
    if (answer == HT_CHECK_KEEP || answer >= HT_CHECK_N_ANSWERS)
        return;
    *known = answer;
    if (answer != HT_CHECK_YES)
        check->signed_by_id = check->signed_us = 0;
}

static void
take_text (char **known, const char *text)
{
    if (text == NULL)
        return;
    g_free (*known);
    *known = text[0] == '\0' ? NULL : g_strdup (text);
}

static void
take_line (HtSiteCheck *check, int64_t kbps, int64_t wanted_kbps)
{
    if (kbps == 0)
        return;
    check->line_kbps = MAX (kbps, 0);
    if (check->line_kbps < wanted_kbps)
        check->signed_by_id = check->signed_us = 0;
}

static char *
list_names (unsigned questions)
{
    GString *names = g_string_new (NULL);

    for (unsigned i = 0; i < HT_CHECK_N_QUESTIONS; i++)
        if ((questions & 1u << i) != 0)
            g_string_append_printf (names, "%s%s", names->len > 0 ? "," : "",
                                    ht_check_question_names[i]);
    return g_string_free (names, FALSE);
}

/* Signing with a question open is a word of its own: the note says why. */
static gboolean
sign (HtDecider *decider, HtSiteCheck *check, int64_t wanted_kbps, int answer, GError **error)
{
    unsigned questions;
    g_autofree char *names = NULL;

    if (answer == HT_CHECK_KEEP)
        return TRUE;
    check->signed_by_id = check->signed_us = 0;
    if (answer != HT_CHECK_YES)
        return TRUE;
    questions = ht_site_check_list_questions (check, wanted_kbps) & ~(1u << HT_CHECK_SIGNATURE);
    if (questions != 0 && check->note == NULL) {
        names = list_names (questions);
        ht_problem_set (error, HT_ERROR_CONFLICT, "questions-open", "signedOff",
                        "%s: answer first, or say in a note why the site is ready all the same",
                        names);
        if (error != NULL)
            ht_problem_add (*error, "questions", names);
        return FALSE;
    }
    check->signed_by_id = decider->actor_id;
    check->signed_us = decider->now_us;
    return TRUE;
}

gboolean
ht_decide_check_site (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtCheckSite *asked = arguments;
    const HtSession *session = find_session (decider, asked->id, error);
    const HtMember *member = session == NULL ? NULL : find_member (session, asked->site_id, error);
    HtSiteCheck *check;

    if (member == NULL || (asked->substitute_id > 0 &&
                           !check_substitute (decider, session, asked->substitute_id, error)))
        return FALSE;
    check = ht_operation_put_site (ht_session_operate (decider, session->id), asked->site_id);
    take_answer (check, &check->on_post, asked->on_post);
    take_text (&check->technician, asked->technician);
    take_text (&check->phone, asked->phone);
    take_answer (check, &check->picture, asked->picture);
    take_answer (check, &check->sound, asked->sound);
    take_line (check, asked->line_kbps, member->amount);
    take_text (&check->note, asked->note);
    if (asked->substitute_id != 0)
        check->substitute_id = MAX (asked->substitute_id, 0);
    check->changed_us = decider->now_us;
    decider->decision->result_id = session->id;
    return sign (decider, check, member->amount, asked->signed_off, error);
}

/* Taking over. */

static void
replace_member (HtSession *session, int64_t site_id, int64_t substitute_id)
{
    for (unsigned i = 0; i < session->members->len; i++) {
        HtMember *member = &g_array_index (session->members, HtMember, i);

        if (member->kind <= HT_MEMBER_SITE && member->ref_id == site_id)
            member->ref_id = substitute_id;
    }
}

/* Asks for what the session takes with the substitute; its rehearsals go along. */
static gboolean
take_over (HtDecider *decider, const HtSession *session, int64_t site_id, int64_t substitute_id,
           GError **error)
{
    HtSpan span = { session->start_us, session->end_us };
    HtSession *changed = ht_decider_edit (decider, HT_RECORD_SESSION, session->id);
    g_autoptr (GPtrArray) sessions = g_ptr_array_new ();
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (HtSpan));

    replace_member (changed, site_id, substitute_id);
    g_ptr_array_add (sessions, changed);
    g_array_append_val (spans, span);
    return ht_session_move (decider, sessions, spans, error) &&
           ht_session_step (
               decider, changed,
               session->state == HT_SESSION_RUNNING ? HT_SESSION_EXTEND : HT_SESSION_MOVE, error);
}

/* The site that takes over has answered nothing yet. */
static void
start_over (HtDecider *decider, int64_t session_id, int64_t site_id, int64_t substitute_id)
{
    HtOperation *operation = ht_session_operate (decider, session_id);
    HtSiteCheck *check = ht_operation_put_site (operation, site_id);

    g_free (check->technician);
    g_free (check->phone);
    g_free (check->note);
    *check = (HtSiteCheck){ .site_id = substitute_id,
                            .replaces_id = site_id,
                            .on_post = HT_CHECK_UNKNOWN,
                            .picture = HT_CHECK_UNKNOWN,
                            .sound = HT_CHECK_UNKNOWN,
                            .changed_us = decider->now_us };
}

static void
tell_substituted (HtDecider *decider, const HtSession *session, int64_t site_id,
                  int64_t substitute_id)
{
    const int64_t sites[] = { site_id, substitute_id };

    ht_session_tell (decider, session, HT_NOTICE_SUBSTITUTED);
    for (unsigned i = 0; i < G_N_ELEMENTS (sites); i++) {
        const HtSite *site = ht_decider_peek (decider, HT_RECORD_SITE, sites[i]);

        if (site != NULL && site->contact_id != HT_ID_NONE && site->contact_id != decider->actor_id)
            ht_decider_tell (decider, HT_NOTICE_SUBSTITUTED, session->id, site->contact_id);
    }
}

static int64_t
choose_substitute (HtDecider *decider, const HtSubstitute *asked, GError **error)
{
    const HtSiteCheck *check = ht_operation_find_site (
        ht_decider_peek (decider, HT_RECORD_OPERATION, asked->id), asked->site_id);

    if (asked->substitute_id != 0)
        return asked->substitute_id;
    if (check != NULL && check->substitute_id != 0)
        return check->substitute_id;
    ht_problem_set (error, HT_ERROR_INVALID, "required", "substituteId",
                    "say which site takes over: none is named for this one");
    return HT_ID_NONE;
}

gboolean
ht_decide_substitute (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtSubstitute *asked = arguments;
    const HtSession *session = find_session (decider, asked->id, error);
    int64_t substitute_id;
    HtSession *changed;

    if (session == NULL || !ht_decider_check_number (session, asked->if_number, error) ||
        find_member (session, asked->site_id, error) == NULL)
        return FALSE;
    substitute_id = choose_substitute (decider, asked, error);
    if (substitute_id == HT_ID_NONE || !check_substitute (decider, session, substitute_id, error))
        return FALSE;
    if (!take_over (decider, session, asked->site_id, substitute_id, error))
        return FALSE;
    changed = ht_decider_edit (decider, HT_RECORD_SESSION, session->id);
    if (asked->reason != NULL) {
        g_free (changed->reason);
        changed->reason = g_strdup (asked->reason);
    }
    start_over (decider, session->id, asked->site_id, substitute_id);
    tell_substituted (decider, session, asked->site_id, substitute_id);
    decider->decision->result_id = session->id;
    return TRUE;
}
