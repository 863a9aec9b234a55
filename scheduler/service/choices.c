/* SPDX-License-Identifier: MIT */

#include "scheduler/service/choices.h"

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"

enum { MOST_OPTIONS = 40 };

#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

static gboolean
is_taken (const GArray *taken, int64_t id)
{
    for (unsigned i = 0; i < N_ITEMS (taken); i++)
        if (g_array_index (taken, HtReservation, i).resource_id == id)
            return TRUE;
    return FALSE;
}

static gboolean
is_option (HtDecider *decider, const HtChoice *choice, const HtResource *resource)
{
    return resource != NULL && ht_choice_fits (choice, resource) &&
           (choice->unit_id == HT_ID_NONE ||
            ht_state_is_below (decider->state, resource->unit_id, choice->unit_id,
                               ht_decider_get_day (decider)));
}

static int
compare_options (gconstpointer a, gconstpointer b, gpointer decider)
{
    return ht_choice_compare (ht_decider_peek (decider, HT_RECORD_RESOURCE, *(const int64_t *) a),
                              ht_decider_peek (decider, HT_RECORD_RESOURCE, *(const int64_t *) b));
}

GArray *
ht_choices_list (HtDecider *decider, const HtChoice *choice, const GArray *members, HtSpan span)
{
    HtDemandWhat what = { .members = members };
    g_autoptr (GArray) taken = ht_demand_make_reservations (decider, &what, span, NULL);
    int64_t n_ids = ht_state_get_next_id (decider->state, HT_RECORD_RESOURCE);
    GArray *options = g_array_new (FALSE, FALSE, sizeof (int64_t));

    for (int64_t id = 1; id < n_ids; id++)
        if (is_option (decider, choice, ht_decider_peek (decider, HT_RECORD_RESOURCE, id)) &&
            !is_taken (taken, id))
            g_array_append_val (options, id);
    g_array_sort_with_data (options, compare_options, decider);
    g_array_set_size (options, MIN (options->len, MOST_OPTIONS));
    return options;
}

static HtMember
make_member (const HtChoice *choice, int64_t resource_id)
{
    return (HtMember){ .kind =
                           choice->kind == HT_RESOURCE_ROOM ? HT_MEMBER_ROOM : HT_MEMBER_EQUIPMENT,
                       .ref_id = resource_id,
                       .amount = MAX (1, choice->amount) };
}

static gboolean
is_free (HtDecider *decider, const HtMember *member, const GArray *spans)
{
    g_autoptr (GPtrArray) reservations =
        g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
    g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (HtMember));
    g_autoptr (GArray) demands = NULL;
    HtDemandWhat what = { .members = members };
    HtAdmission admission = { .lookup = ht_demand_look_up, .user_data = decider };

    g_array_append_vals (members, member, 1);
    for (unsigned i = 0; i < spans->len; i++) {
        GArray *taken =
            ht_demand_make_reservations (decider, &what, g_array_index (spans, HtSpan, i), NULL);

        if (taken == NULL)
            return FALSE;
        g_ptr_array_add (reservations, taken);
    }
    demands = ht_demand_list (spans, reservations);
    admission.demands = (const HtDemand *) (gpointer) demands->data;
    admission.n_demands = demands->len;
    return ht_admission_decide (&admission, NULL, NULL);
}

gboolean
ht_choices_refuse (const HtChoice *choice, GError **error)
{
    ht_problem_set (error, HT_ERROR_INVALID, "no-such-choice", "anyOf",
                    "there is no %s with %" G_GINT64_FORMAT
                    " seats and %s that can be booked there",
                    ht_resource_kind_names[choice->kind], choice->seats,
                    choice->features == NULL ? "any features" : choice->features);
    return FALSE;
}

static gboolean
resolve_one (HtDecider *decider, const HtChoice *choice, const GArray *spans, GArray *members,
             GError **error)
{
    g_autoptr (GArray) options = NULL;
    HtMember chosen;

    if (choice->kind != HT_RESOURCE_ROOM && choice->kind != HT_RESOURCE_EQUIPMENT)
        return ht_choices_refuse (choice, error);
    options = ht_choices_list (decider, choice, members, g_array_index (spans, HtSpan, 0));
    if (options->len == 0)
        return ht_choices_refuse (choice, error);
    chosen = make_member (choice, g_array_index (options, int64_t, 0));
    for (unsigned i = 0; i < options->len; i++) {
        HtMember option = make_member (choice, g_array_index (options, int64_t, i));

        if (!is_free (decider, &option, spans))
            continue;
        chosen = option;
        break;
    }
    g_array_append_val (members, chosen);
    return TRUE;
}

gboolean
ht_choices_resolve (HtDecider *decider, const GArray *any_of, const GArray *spans, GArray *members,
                    GError **error)
{
    for (unsigned i = 0; i < N_ITEMS (any_of); i++)
        if (!resolve_one (decider, &g_array_index (any_of, HtChoice, i), spans, members, error))
            return FALSE;
    return TRUE;
}

GArray *
ht_choices_keep (const GArray *any_of, const GArray *members)
{
    unsigned n = N_ITEMS (any_of);
    GArray *kept = n == 0 ? NULL : g_array_new (FALSE, TRUE, sizeof (HtChoice));

    for (unsigned i = 0; i < n; i++) {
        HtChoice choice = g_array_index (any_of, HtChoice, i);

        choice.features = g_strdup (choice.features);
        choice.resource_id = g_array_index (members, HtMember, members->len - n + i).ref_id;
        g_array_append_val (kept, choice);
    }
    return kept;
}
