/* SPDX-License-Identifier: MIT */

#include "scheduler/support/log.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "scheduler/base/clock.h"

#define MASK "***"

static GLogLevelFlags wanted;
static GLogLevelFlags deadly; /* what G_DEBUG=fatal-warnings and its kin ask for */

/* What precedes a secret is group 1 and stays. */
static const char *const secrets[] = {
    /* scheme://user:password@host; a password may hold an unescaped @ */
    "([a-z][a-z0-9+.-]*://[^\\s/:@\"'<>]*:)[^\\s\"'<>]*(?=@)",
    /* the key of a feed's address, after subscription and generation */
    "(/(?:calendar|theo-doi)/[0-9]+\\.[0-9]+\\.)[a-z0-9_-]{22}",
    "(authorization[\"']?\\s*[:=]\\s*[\"']?(?:(?:basic|bearer|digest)\\s+)?)[^\\s\"',;]+",
    "((?:password|passwd|secret|token|csrf|cookie|ht_session)[\"']?\\s*[:=]\\s*[\"']?)[^\\s\"',;&]+",
};

static GRegex **
compile (void)
{
    GRegex **compiled = g_new0 (GRegex *, G_N_ELEMENTS (secrets));

    for (size_t i = 0; i < G_N_ELEMENTS (secrets); i++) {
        compiled[i] =
            g_regex_new (secrets[i], G_REGEX_CASELESS | G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, NULL);
        g_assert (compiled[i] != NULL);
    }
    return compiled;
}

char *
ht_log_mask (const char *text)
{
    static GRegex **compiled;
    g_autofree char *masked = g_strdup (text);

    if (g_once_init_enter (&compiled))
        g_once_init_leave (&compiled, compile ());
    for (size_t i = 0; i < G_N_ELEMENTS (secrets); i++) {
        char *next = g_regex_replace (compiled[i], masked, -1, 0, "\\1" MASK, 0, NULL);

        g_free (masked);
        /* an expression that gives up must not let a secret through */
        masked = next != NULL ? next : g_strdup (MASK);
    }
    return g_steal_pointer (&masked);
}

static const struct {
    GLogLevelFlags level;
    const char *name;
} levels[] = {
    { G_LOG_LEVEL_ERROR, "error" },     { G_LOG_LEVEL_CRITICAL, "critical" },
    { G_LOG_LEVEL_WARNING, "warning" }, { G_LOG_LEVEL_MESSAGE, "message" },
    { G_LOG_LEVEL_INFO, "info" },       { G_LOG_LEVEL_DEBUG, "debug" },
};

static const char *
name_level (GLogLevelFlags level)
{
    for (size_t i = 0; i < G_N_ELEMENTS (levels); i++)
        if ((level & levels[i].level) != 0)
            return levels[i].name;
    return "log";
}

/* (transfer full) (nullable): the text of a field; NULL for one that holds octets of no text. */
static char *
dup_text (const GLogField *field)
{
    if (field->value == NULL)
        return NULL;
    return field->length < 0 ? g_strdup (field->value)
                             : g_strndup (field->value, (size_t) field->length);
}

/* GLib's own fields, that a line shows elsewhere or not at all. */
static gboolean
is_ours (const char *key)
{
    static const char *const theirs[] = { "MESSAGE",   "PRIORITY",  "GLIB_DOMAIN", "CODE_FILE",
                                          "CODE_LINE", "CODE_FUNC", NULL };

    return !g_strv_contains (theirs, key);
}

static char *
dup_field (const GLogField *fields, size_t n_fields, const char *key)
{
    for (size_t i = 0; i < n_fields; i++)
        if (g_str_equal (fields[i].key, key))
            return dup_text (&fields[i]);
    return NULL;
}

static void
flatten (GString *line)
{
    for (size_t i = 0; i < line->len; i++)
        if (g_ascii_iscntrl (line->str[i]))
            line->str[i] = ' ';
}

char *
ht_log_format (GLogLevelFlags level, const GLogField *fields, size_t n_fields, int64_t now_us)
{
    g_autoptr (GDateTime) second = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
    g_autofree char *instant = g_date_time_format (second, "%Y-%m-%dT%H:%M:%S");
    g_autofree char *domain = dup_field (fields, n_fields, "GLIB_DOMAIN");
    g_autofree char *message = dup_field (fields, n_fields, "MESSAGE");
    g_autoptr (GString) line = g_string_new (NULL);
    g_autofree char *masked = NULL;

    g_string_printf (line, "%s.%03dZ %s %s: %s", instant, (int) (now_us % G_USEC_PER_SEC / 1000),
                     name_level (level), domain != NULL ? domain : "-",
                     message != NULL ? message : "");
    for (size_t i = 0; i < n_fields; i++) {
        g_autofree char *text = is_ours (fields[i].key) ? dup_text (&fields[i]) : NULL;

        if (text != NULL)
            g_string_append_printf (line, " %s=%s", fields[i].key, text);
    }
    flatten (line);
    masked = ht_log_mask (line->str);
    return g_steal_pointer (&masked);
}

static GLogWriterOutput
write_journal (GLogLevelFlags level, const GLogField *fields, size_t n_fields)
{
    g_autofree GLogField *masked = g_memdup2 (fields, n_fields * sizeof *fields);
    g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

    for (size_t i = 0; i < n_fields; i++) {
        g_autofree char *text = dup_text (&fields[i]);
        g_autofree char *pair = g_strconcat (fields[i].key, "=", text, NULL);
        g_autofree char *hidden = ht_log_mask (pair);

        if (text == NULL)
            continue;
        masked[i].value = hidden + strlen (fields[i].key) + 1;
        masked[i].length = -1;
        g_ptr_array_add (texts, g_steal_pointer (&hidden));
    }
    return g_log_writer_journald (level, masked, n_fields, NULL);
}

static void
write_line (GLogLevelFlags level, const GLogField *fields, size_t n_fields)
{
    int64_t now_us = ht_clock_read_us (ht_clock_get_system ());
    g_autofree char *line = ht_log_format (level, fields, n_fields, now_us);

    fprintf (stderr, "%s\n", line);
    fflush (stderr);
}

static GLogWriterOutput
write_entry (GLogLevelFlags level, const GLogField *fields, size_t n_fields, gpointer user_data)
{
    static int to_journal = -1;

    if ((level & wanted) == 0)
        return G_LOG_WRITER_HANDLED;
    if (to_journal < 0)
        to_journal = g_log_writer_is_journald (STDERR_FILENO);
    if (!to_journal || write_journal (level, fields, n_fields) != G_LOG_WRITER_HANDLED)
        write_line (level, fields, n_fields);
    if ((level & deadly) != 0)
        abort ();
    return G_LOG_WRITER_HANDLED;
}

void
ht_log_install (HtLogLevel level)
{
    static const GLogLevelFlags more[] = {
        [HT_LOG_WARNING] = 0,
        [HT_LOG_MESSAGE] = G_LOG_LEVEL_MESSAGE,
        [HT_LOG_INFO] = G_LOG_LEVEL_INFO,
        [HT_LOG_DEBUG] = G_LOG_LEVEL_DEBUG,
    };

    wanted = G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING;
    for (int i = 0; i <= (int) level; i++)
        wanted |= more[i];
    deadly = g_log_set_always_fatal (G_LOG_FATAL_MASK);
    g_log_set_always_fatal (deadly);
    g_log_set_writer_func (write_entry, NULL, NULL);
}
