/* SPDX-License-Identifier: MIT */

#include "media/record/journal-line.h"

#include <inttypes.h>
#include <string.h>

#include "scheduler/base/error.h"

#define CRC_DIGITS 8
#define CRC_POLY   0xEDB88320u /* IEEE 802.3, reflected */
#define MAX_KEYS   12
#define HEX_DIGITS "0123456789abcdef"
#define MAX_NUMBER (INT64_MAX / 4) /* sums of a few never overflow */
#define NO_PICTURE "-"

const char *const ht_gap_cause_names[] = {
    "source-ended", "source-silent", "source-refused", "ingest-died", "recorder-died",
    "disk",         "network",       "time",           "late",        NULL
};
const char *const ht_end_cause_names[] = { "planned", "stopped", "source-ended", NULL };

typedef enum { VALUE_INT, VALUE_HASH, VALUE_TEXT, VALUE_GAP_CAUSE, VALUE_END_CAUSE } ValueType;

typedef struct {
    const char *name; /* NULL ends a kind's row */
    ValueType type;
    size_t offset;
} Key;

#define AT(member) G_STRUCT_OFFSET (HtJournalLine, member)
#define INT(name, member)                                                                          \
    {                                                                                              \
        name, VALUE_INT, AT (member)                                                               \
    }

/* clang-format off */
static const struct {
    const char *name;
    Key keys[MAX_KEYS];
} kinds[HT_JOURNAL_N_KINDS] = {
    [HT_JOURNAL_VERSION] = { "VERSION", { INT ("format", format), INT ("session", session),
        { "track", VALUE_TEXT, AT (text) }, INT ("start", start_us), INT ("at", at_us) } },
    [HT_JOURNAL_ARM] = { "ARM", { INT ("pid", pid), INT ("end", end_us), INT ("at", at_us) } },
    [HT_JOURNAL_START] = { "START", { INT ("target", target_s), INT ("pts", pts),
        INT ("at", at_us) } },
    [HT_JOURNAL_OPEN] = { "OPEN", { INT ("seq", sequence), INT ("disc", discontinuity),
        INT ("cut", is_cut), INT ("key", is_key), INT ("pts", pts), INT ("wall", wall_us) } },
    [HT_JOURNAL_CLOSE] = { "CLOSE", { INT ("seq", sequence), INT ("duration", duration),
        INT ("bytes", bytes), INT ("units", units), INT ("pictures", pictures),
        { "first", VALUE_HASH, AT (first) }, { "last", VALUE_HASH, AT (last) },
        INT ("end", end_pts), INT ("at", at_us) } },
    [HT_JOURNAL_GAP] = { "GAP", { INT ("from", pts), INT ("to", end_pts),
        { "before", VALUE_HASH, AT (last) }, { "after", VALUE_HASH, AT (first) },
        { "cause", VALUE_GAP_CAUSE, AT (cause) }, INT ("at", at_us) } },
    [HT_JOURNAL_MARK] = { "MARK", { INT ("pts", pts), { "text", VALUE_TEXT, AT (text) },
        INT ("at", at_us) } },
    [HT_JOURNAL_PLAN] = { "PLAN", { INT ("end", end_us), INT ("at", at_us) } },
    [HT_JOURNAL_END] = { "END", { INT ("pts", pts), { "cause", VALUE_END_CAUSE, AT (cause) },
        INT ("at", at_us) } },
};
/* clang-format on */

static uint32_t
crc32 (const char *data, size_t length)
{
    uint32_t crc = ~0u;

    for (size_t i = 0; i < length; i++) {
        crc ^= (uint8_t) data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (CRC_POLY & (0u - (crc & 1)));
    }
    return ~crc;
}

static const void *
member (const HtJournalLine *line, const Key *key)
{
    return (const char *) line + key->offset;
}

static void
write_value (const HtJournalLine *line, const Key *key, GString *text)
{
    const HtPictureHash *hash;
    int64_t value = 0;

    if (key->type == VALUE_HASH) {
        hash = member (line, key);
        g_string_append (text, hash->text[0] != '\0' ? hash->text : NO_PICTURE);
        return;
    }
    if (key->type == VALUE_TEXT) {
        g_string_append_uri_escaped (text, member (line, key), NULL, FALSE);
        return;
    }
    memcpy (&value, member (line, key), sizeof value);
    if (key->type == VALUE_INT)
        g_string_append_printf (text, "%" PRId64, value);
    else
        g_string_append (text, key->type == VALUE_GAP_CAUSE ? ht_gap_cause_names[value]
                                                            : ht_end_cause_names[value]);
}

void
ht_journal_line_write (const HtJournalLine *line, GString *text)
{
    size_t start = text->len;

    g_string_append (text, kinds[line->kind].name);
    for (const Key *key = kinds[line->kind].keys; key->name != NULL; key++) {
        g_string_append_printf (text, " %s=", key->name);
        write_value (line, key, text);
    }
    g_string_append_printf (text, " %08" PRIx32 "\n", crc32 (text->str + start, text->len - start));
}

static gboolean
read_int (const char *value, void *to)
{
    int64_t number;

    if (!g_ascii_string_to_signed (value, 10, -MAX_NUMBER, MAX_NUMBER, &number, NULL))
        return FALSE;
    memcpy (to, &number, sizeof number);
    return TRUE;
}

static gboolean
read_hash (const char *value, void *to)
{
    HtPictureHash hash = { "" };

    if (strcmp (value, NO_PICTURE) != 0) {
        if (strlen (value) != HT_PICTURE_HASH_LETTERS ||
            strspn (value, HEX_DIGITS) != HT_PICTURE_HASH_LETTERS)
            return FALSE;
        g_strlcpy (hash.text, value, sizeof hash.text);
    }
    memcpy (to, &hash, sizeof hash);
    return TRUE;
}

static gboolean
read_text (const char *value, char *to, size_t room)
{
    g_autofree char *plain = g_uri_unescape_string (value, NULL);

    return plain != NULL && g_utf8_validate (plain, -1, NULL) && g_strlcpy (to, plain, room) < room;
}

static gboolean
read_name (const char *value, const char *const *names, void *to)
{
    for (int64_t i = 0; names[i] != NULL; i++)
        if (strcmp (names[i], value) == 0) {
            memcpy (to, &i, sizeof i);
            return TRUE;
        }
    return FALSE;
}

static gboolean
read_value (const char *value, const Key *key, HtJournalLine *line)
{
    char *to = (char *) line + key->offset;

    switch (key->type) {
    case VALUE_INT:
        return read_int (value, to);
    case VALUE_HASH:
        return read_hash (value, to);
    case VALUE_TEXT:
        return read_text (value, to, sizeof line->text);
    case VALUE_GAP_CAUSE:
        return read_name (value, ht_gap_cause_names, to);
    case VALUE_END_CAUSE:
        return read_name (value, ht_end_cause_names, to);
    }
    return FALSE;
}

static int
find_kind (const char *name)
{
    for (int kind = 0; kind < HT_JOURNAL_N_KINDS; kind++)
        if (strcmp (kinds[kind].name, name) == 0)
            return kind;
    return -1;
}

/* @words: the kind, then one word a key. */
static gboolean
read_words (char **words, HtJournalLine *line)
{
    int kind = words[0] != NULL ? find_kind (words[0]) : -1;
    const Key *key;

    if (kind < 0)
        return FALSE;
    line->kind = (HtJournalKind) kind;
    words++;
    for (key = kinds[kind].keys; key->name != NULL; key++, words++) {
        size_t n = strlen (key->name);

        if (*words == NULL || strncmp (*words, key->name, n) != 0 || (*words)[n] != '=' ||
            !read_value (*words + n + 1, key, line))
            return FALSE;
    }
    return *words == NULL;
}

static gboolean
check_crc (const char *text, size_t length)
{
    char wanted[CRC_DIGITS + 1];
    size_t body = length - CRC_DIGITS - 1;

    g_snprintf (wanted, sizeof wanted, "%08" PRIx32, crc32 (text, body));
    return text[body] == ' ' && memcmp (text + body + 1, wanted, CRC_DIGITS) == 0;
}

gboolean
ht_journal_line_read (const char *text, size_t length, HtJournalLine *ret_line, GError **error)
{
    HtJournalLine line = { 0 };
    g_autofree char *body = NULL;
    g_auto (GStrv) words = NULL;

    if (length <= CRC_DIGITS + 1 || length > HT_JOURNAL_MAX_LINE_OCTETS ||
        memchr (text, '\0', length) != NULL || !check_crc (text, length)) {
        ht_problem_set (error, HT_ERROR_INVALID, "journal-crc", NULL,
                        "the line does not end in its checksum");
        return FALSE;
    }
    body = g_strndup (text, length - CRC_DIGITS - 1);
    words = g_strsplit (body, " ", -1);
    if (!read_words (words, &line)) {
        ht_problem_set (error, HT_ERROR_INVALID, "journal-line", NULL, "'%.60s' is no journal line",
                        body);
        return FALSE;
    }
    *ret_line = line;
    return TRUE;
}
