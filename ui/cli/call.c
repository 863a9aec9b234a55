/* SPDX-License-Identifier: MIT */

#include "ui/cli/call.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/core/civil.h"
#include "ui/cli/words.h"

#define MOST_FILE_OCTETS (8 * 1024 * 1024)
#define MOST_WORDS       40 /* of one verb */

/* A call in the making. */
typedef struct {
    const HtVerb *verb;
    int64_t today;
    HtCall *call;
    JsonObject *body; /* (owned) */
    GString *query;   /* (owned) */
    gboolean said[MOST_WORDS];
} Draft;

/* @value: (nullable): what was said */
static gboolean
refuse (const char *field, const char *value, const char *what, GError **error)
{
    ht_problem_set (error, HT_ERROR_INVALID, "usage", field, "%s: %s%s%s", field,
                    value == NULL ? "" : value, value == NULL ? "" : " ", what);
    return FALSE;
}

static gboolean
parse_number (const HtVerbWord *word, const char *text, int64_t *ret_number, GError **error)
{
    return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, ret_number, NULL) ||
           refuse (word->name, text,
                   ht_words_pick ("không phải là số nguyên", "is no whole number"), error);
}

/* Where a value goes that is one text: the path, the query, a header, or a member. */
static gboolean
put_text (Draft *draft, const HtVerbWord *word, const char *text)
{
    g_autofree char *escaped = g_uri_escape_string (text, NULL, FALSE);
    g_auto (GStrv) parts = NULL;

    switch (word->member[0]) {
    case '{':
        parts = g_strsplit (draft->call->path, word->member, 2);
        g_free (draft->call->path);
        draft->call->path = g_strjoinv (escaped, parts);
        return TRUE;
    case '?':
        g_string_append_printf (draft->query, "%c%s=%s", draft->query->len == 0 ? '?' : '&',
                                word->member + 1, escaped);
        return TRUE;
    case '@':
        draft->call->if_match = g_strdup_printf ("\"%s\"", text);
        return TRUE;
    default:
        return FALSE;
    }
}

static gboolean
take_text (Draft *draft, const HtVerbWord *word, const char *text, GError **error)
{
    if (!g_utf8_validate (text, -1, NULL))
        return refuse (word->name, NULL, ht_words_pick ("không phải là UTF-8", "is no UTF-8"),
                       error);
    if (!put_text (draft, word, text))
        json_object_set_string_member (draft->body, word->member, text);
    return TRUE;
}

static gboolean
take_number (Draft *draft, const HtVerbWord *word, const char *text, GError **error)
{
    int64_t number;

    if (!parse_number (word, text, &number, error))
        return FALSE;
    if (!put_text (draft, word, text))
        json_object_set_int_member (draft->body, word->member, number);
    return TRUE;
}

static gboolean
take_switch (Draft *draft, const HtVerbWord *word, const char *text G_GNUC_UNUSED,
             GError **error G_GNUC_UNUSED)
{
    json_object_set_boolean_member (draft->body, word->member, TRUE);
    return TRUE;
}

static gboolean
take_yes_no (Draft *draft, const HtVerbWord *word, const char *text, GError **error)
{
    gboolean yes = strcmp (text, "yes") == 0;

    if (!yes && strcmp (text, "no") != 0)
        return refuse (word->name, text,
                       ht_words_pick ("không phải là yes hoặc no", "is neither yes nor no"), error);
    json_object_set_boolean_member (draft->body, word->member, yes);
    return TRUE;
}

static JsonArray *
get_list (Draft *draft, const HtVerbWord *word)
{
    if (!json_object_has_member (draft->body, word->member))
        json_object_set_array_member (draft->body, word->member, json_array_new ());
    return json_object_get_array_member (draft->body, word->member);
}

static gboolean
take_numbers (Draft *draft, const HtVerbWord *word, const char *text, GError **error)
{
    g_auto (GStrv) parts = g_strsplit (text, ",", -1);
    int64_t number;

    for (unsigned i = 0; parts[i] != NULL; i++) {
        if (!parse_number (word, parts[i], &number, error))
            return FALSE;
        json_array_add_int_element (get_list (draft, word), number);
    }
    return TRUE;
}

static gboolean
take_texts (Draft *draft, const HtVerbWord *word, const char *text, GError **error G_GNUC_UNUSED)
{
    json_array_add_string_element (get_list (draft, word), text);
    return TRUE;
}

static gboolean
take_pair (Draft *draft, const HtVerbWord *word, const char *text, GError **error)
{
    g_auto (GStrv) parts = g_strsplit (text, ":", 2);
    JsonObject *pair;
    int64_t id, second = 0;

    if (!parse_number (word, parts[0], &id, error) ||
        (parts[1] != NULL && !parse_number (word, parts[1], &second, error)))
        return FALSE;
    pair = json_object_new ();
    json_object_set_int_member (pair, "id", id);
    if (parts[1] != NULL)
        json_object_set_int_member (pair, word->second, second);
    json_array_add_object_element (get_list (draft, word), pair);
    return TRUE;
}

static gboolean
take_pairs (Draft *draft, const HtVerbWord *word, const char *text, GError **error)
{
    g_auto (GStrv) parts = g_strsplit (text, ",", -1);

    for (unsigned i = 0; parts[i] != NULL; i++)
        if (!take_pair (draft, word, parts[i], error))
            return FALSE;
    return TRUE;
}

static gboolean
take_file (Draft *draft, const HtVerbWord *word, const char *text, GError **error)
{
    g_autofree char *content = NULL;
    size_t length;

    if (!g_file_get_contents (strcmp (text, "-") == 0 ? "/dev/stdin" : text, &content, &length,
                              error))
        return FALSE;
    if (length > MOST_FILE_OCTETS)
        return refuse (word->name, text, ht_words_pick ("quá lớn", "is too large"), error);
    if (!g_utf8_validate (content, (gssize) length, NULL))
        return refuse (word->name, text, ht_words_pick ("không phải là UTF-8", "is no UTF-8"),
                       error);
    json_object_set_string_member (draft->body, word->member, content);
    return TRUE;
}

static gboolean
take_day (Draft *draft, const HtVerbWord *word, const char *text, GError **error)
{
    g_autofree char *day = NULL;
    HtCivil civil;
    int64_t ahead;

    if (text[0] != '+')
        return take_text (draft, word, text, error);
    if (!parse_number (word, text + 1, &ahead, error))
        return FALSE;
    civil = ht_civil_from_days (draft->today + CLAMP (ahead, 0, 36500));
    day = g_strdup_printf ("%04d-%02d-%02d", civil.year, civil.month, civil.day);
    return take_text (draft, word, day, error);
}

static gboolean (*const takers[]) (Draft *draft, const HtVerbWord *word, const char *text,
                                   GError **error) = {
    [HT_VERB_TEXT] = take_text,       [HT_VERB_NUMBER] = take_number,
    [HT_VERB_SWITCH] = take_switch,   [HT_VERB_YES_NO] = take_yes_no,
    [HT_VERB_NUMBERS] = take_numbers, [HT_VERB_TEXTS] = take_texts,
    [HT_VERB_PAIRS] = take_pairs,     [HT_VERB_FILE] = take_file,
    [HT_VERB_DAY] = take_day,
};

static gboolean
take (Draft *draft, const HtVerbWord *word, const char *text, GError **error)
{
    unsigned at = (unsigned) (word - draft->verb->words);

    if (draft->said[at] && word->type != HT_VERB_NUMBERS && word->type != HT_VERB_TEXTS &&
        word->type != HT_VERB_PAIRS)
        return refuse (word->name, NULL, ht_words_pick ("ghi hai lần", "is said twice"), error);
    draft->said[at] = TRUE;
    return takers[word->type](draft, word, text, error);
}

/* (nullable): the word of that name; or, with %NULL, the next one that stands by its place. */
static const HtVerbWord *
find_word (const Draft *draft, const char *name)
{
    for (const HtVerbWord *word = draft->verb->words; word != NULL && word->name != NULL; word++) {
        gboolean by_place = g_ascii_isupper (word->name[0]);

        if (name != NULL ? !by_place && strcmp (word->name, name) == 0
                         : by_place && !draft->said[word - draft->verb->words])
            return word;
    }
    return NULL;
}

static gboolean
is_common (Draft *draft, const char *name)
{
    if (strcmp (name, "json") == 0)
        draft->call->json = TRUE;
    else if (strcmp (name, "help") == 0)
        draft->call->help = TRUE;
    else
        return FALSE;
    return TRUE;
}

/* How many words it took; 0 after an error. */
static unsigned
take_option (Draft *draft, const char *option, const char *next, GError **error)
{
    const char *equals = strchr (option, '=');
    g_autofree char *name =
        equals == NULL ? g_strdup (option) : g_strndup (option, (size_t) (equals - option));
    const HtVerbWord *word = find_word (draft, name);
    const char *value = equals != NULL ? equals + 1 : next;

    if (word == NULL && is_common (draft, name))
        return 1;
    if (word == NULL)
        return refuse (name, NULL,
                       ht_words_pick ("không có lựa chọn này; xem --help",
                                      "there is no such option; see --help"),
                       error)
                   ? 1
                   : 0;
    if (word->type == HT_VERB_SWITCH)
        return take (draft, word, NULL, error) ? 1 : 0;
    if (value == NULL)
        return refuse (name, NULL, ht_words_pick ("thiếu giá trị", "a value is missing"), error)
                   ? 1
                   : 0;
    return !take (draft, word, value, error) ? 0 : equals != NULL ? 1 : 2;
}

static gboolean
take_words (Draft *draft, const char *const *words, GError **error)
{
    while (*words != NULL && !draft->call->help) {
        const HtVerbWord *word;
        unsigned taken = 1;

        if (g_str_has_prefix (*words, "--"))
            taken = take_option (draft, *words + 2, words[1], error);
        else if ((word = find_word (draft, NULL)) == NULL)
            return refuse (*words, NULL,
                           ht_words_pick ("thừa; xem --help", "is one too many; see --help"),
                           error);
        else if (!take (draft, word, *words, error))
            return FALSE;
        if (taken == 0)
            return FALSE;
        words += taken;
    }
    return TRUE;
}

static gboolean
fill_in (Draft *draft, GError **error)
{
    for (const HtVerbWord *word = draft->verb->words; word != NULL && word->name != NULL; word++) {
        if (draft->said[word - draft->verb->words])
            continue;
        if (word->standard != NULL && !take (draft, word, word->standard, error))
            return FALSE;
        if (word->required && word->standard == NULL)
            return refuse (word->name, NULL,
                           ht_words_pick ("chưa ghi; xem --help", "is missing; see --help"), error);
    }
    return TRUE;
}

static void
finish (Draft *draft)
{
    g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
    char *path = g_strconcat (draft->call->path, draft->query->str, NULL);

    g_free (draft->call->path);
    draft->call->path = path;
    json_node_set_object (node, draft->body);
    if (strcmp (draft->verb->method, "GET") != 0)
        draft->call->body = json_to_string (node, FALSE);
}

gboolean
ht_call_parse (const HtVerb *verb, const char *const *words, int64_t today, HtCall *ret_call,
               GError **error)
{
    HtCall call = { .path = g_strdup (verb->path) };
    Draft draft = { .verb = verb, .today = today, .call = &call };
    gboolean parsed;

    draft.body = json_object_new ();
    draft.query = g_string_new (NULL);
    parsed = take_words (&draft, words, error) && (call.help || fill_in (&draft, error));
    if (parsed)
        finish (&draft);
    json_object_unref (draft.body);
    g_string_free (draft.query, TRUE);
    if (parsed)
        *ret_call = call;
    else
        ht_call_clear (&call);
    return parsed;
}

void
ht_call_clear (HtCall *call)
{
    g_clear_pointer (&call->path, g_free);
    g_clear_pointer (&call->body, g_free);
    g_clear_pointer (&call->if_match, g_free);
}
