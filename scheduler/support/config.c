/* SPDX-License-Identifier: MIT */

#include "scheduler/support/config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "scheduler/base/error.h"

#define GROUP "hoitruong"

typedef enum { NUMBER, SWITCH, TEXT, CHOICE, ADDRESS, NETWORKS, ZONE, URL, MAILBOX } Type;

typedef enum {
    COMMAND_LINE = 1 << 0, /* not in the file */
    SECRET = 1 << 1,       /* not on the command line, which everybody on the machine can read */
} Flags;

typedef struct {
    const char *key;
    Type type;
    const char *standard; /* the default */
    int64_t min, max;     /* of a number */
    const char *choices;  /* of a choice, or the schemes of a URL, separated by spaces */
    unsigned flags;
    const char *sentence;
} Row;

/* clang-format off */
static const Row rows[HT_CONFIG_N_KEYS] = {
    [HT_CONFIG_ADDRESS] = { "address", ADDRESS, "127.0.0.1",
        .sentence = "the address to listen on; anything but loopback belongs behind a proxy with TLS" },
    [HT_CONFIG_PORT] = { "port", NUMBER, "8080", 0, 65535,
        .sentence = "the TCP port to listen on; 0 takes a free one" },
    [HT_CONFIG_PUBLIC_ADDRESS] = { "public-address", URL, "", .choices = "https http",
        .sentence = "how people reach the service through its proxy, https://lich.example.vn/; the proxy must set "
                    "X-Forwarded-For and X-Forwarded-Proto" },
    [HT_CONFIG_DATA] = { "data", TEXT, "data",
        .sentence = "the folder that holds the database and the recordings" },
    [HT_CONFIG_ZONE] = { "zone", ZONE, "Asia/Ho_Chi_Minh",
        .sentence = "the time zone of units and sites that name none" },
    [HT_CONFIG_EARLY_JOIN_MINUTES] = { "early-join-minutes", NUMBER, "15", 0, 240,
        .sentence = "how long before its start a session opens its door" },
    [HT_CONFIG_KEEP_DAYS] = { "keep-days", NUMBER, "365", 1, 36500,
        .sentence = "how long a recording is kept where its booking does not say" },
    [HT_CONFIG_SOURCE_NETWORKS] = { "source-networks", NETWORKS,
        "127.0.0.0/8 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 ::1/128 fc00::/7",
        .sentence = "the networks that cameras may be in, separated by spaces" },
    [HT_CONFIG_METRICS_TOKEN] = { "metrics-token", TEXT, "", .flags = SECRET,
        .sentence = "the bearer token that /metrics wants; without one nobody may read it" },
    [HT_CONFIG_MAIL_SERVER] = { "mail-server", URL, "", .choices = "smtp smtps",
        .sentence = "the server that takes mail, smtp://host:587; without one no mail is sent" },
    [HT_CONFIG_MAIL_USER] = { "mail-user", TEXT, "",
        .sentence = "who signs in to the mail server; without one nobody does" },
    [HT_CONFIG_MAIL_PASSWORD] = { "mail-password", TEXT, "", .flags = SECRET,
        .sentence = "the password of mail-user" },
    [HT_CONFIG_MAIL_PASSWORD_FILE] = { "mail-password-file", TEXT, "",
        .sentence = "a file whose first line is that password, readable by its owner alone" },
    [HT_CONFIG_MAIL_FROM] = { "mail-from", MAILBOX, "",
        .sentence = "the address that mails come from" },
    [HT_CONFIG_MAIL_FROM_NAME] = { "mail-from-name", TEXT, "Lịch hội trường",
        .sentence = "the name beside it" },
    [HT_CONFIG_MAIL_CA] = { "mail-ca", TEXT, "",
        .sentence = "a file of certificates (PEM) that vouch for the mail server; without one the system's do" },
    [HT_CONFIG_MAIL_RETRY_SECONDS] = { "mail-retry-seconds", NUMBER, "30", 1, 3600,
        .sentence = "how long a mail waits after its first failure; twice as long after each, up to an hour" },
    [HT_CONFIG_LOG_LEVEL] = { "log-level", CHOICE, "info", .choices = "warning message info debug",
        .sentence = "what is logged: warnings, or messages, information, debugging too" },
    [HT_CONFIG_DEMO] = { "demo", TEXT, "", .flags = COMMAND_LINE,
        .sentence = "a folder of tables to import into an empty data folder" },
    [HT_CONFIG_CAMERA] = { "camera", TEXT, "", .flags = COMMAND_LINE,
        .sentence = "the address that stands for @camera in the demonstration's sources" },
    [HT_CONFIG_EMPTY] = { "empty", SWITCH, "no", .flags = COMMAND_LINE,
        .sentence = "begin with nothing but an administrator, whose one-time password is printed" },
    [HT_CONFIG_FILE] = { "config", TEXT, "", .flags = COMMAND_LINE,
        .sentence = "the configuration file" },
    [HT_CONFIG_PRINT] = { "print-config", SWITCH, "no", .flags = COMMAND_LINE,
        .sentence = "print the configuration in force and end" },
    [HT_CONFIG_HELP] = { "help", SWITCH, "no", .flags = COMMAND_LINE,
        .sentence = "print this and end" },
};
/* clang-format on */

typedef struct {
    char *text;
    int64_t number;
} Value;

struct _HtConfig {
    Value values[HT_CONFIG_N_KEYS];
};

static gboolean refuse (GError **error, const char *key, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static gboolean
refuse (GError **error, const char *key, const char *format, ...)
{
    g_autofree char *what = NULL;
    va_list arguments;

    va_start (arguments, format);
    what = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    ht_problem_set (error, HT_ERROR_ATTENTION, "bad-configuration", key, "%s: %s", key, what);
    return FALSE;
}

static gboolean
parse_number (const Row *row, const char *text, int64_t *ret_number, GError **error)
{
    if (!g_ascii_string_to_signed (text, 10, row->min, row->max, ret_number, NULL))
        return refuse (error, row->key,
                       "\"%s\" is no whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                       text, row->min, row->max);
    return TRUE;
}

static gboolean
parse_switch (const Row *row, const char *text, int64_t *ret_number, GError **error)
{
    if (!g_str_equal (text, "yes") && !g_str_equal (text, "no"))
        return refuse (error, row->key, "\"%s\" is neither yes nor no", text);
    *ret_number = g_str_equal (text, "yes");
    return TRUE;
}

static gboolean
parse_text (const Row *row, const char *text, int64_t *ret_number, GError **error)
{
    if (!g_utf8_validate (text, -1, NULL))
        return refuse (error, row->key, "this is no UTF-8 text");
    return TRUE;
}

static gboolean
parse_choice (const Row *row, const char *text, int64_t *ret_number, GError **error)
{
    g_auto (GStrv) choices = g_strsplit (row->choices, " ", -1);

    for (int i = 0; choices[i] != NULL; i++) {
        if (g_str_equal (choices[i], text)) {
            *ret_number = i;
            return TRUE;
        }
    }
    return refuse (error, row->key, "\"%s\" is none of: %s", text, row->choices);
}

static gboolean
parse_address (const Row *row, const char *text, int64_t *ret_number, GError **error)
{
    g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

    if (address == NULL)
        return refuse (error, row->key, "\"%s\" is no numeric IP address", text);
    return TRUE;
}

static gboolean
parse_networks (const Row *row, const char *text, int64_t *ret_number, GError **error)
{
    g_auto (GStrv) words = g_strsplit (text, " ", -1);

    for (int i = 0; words[i] != NULL; i++) {
        g_autoptr (GInetAddressMask) mask = NULL;

        if (*words[i] == '\0')
            continue;
        mask = g_inet_address_mask_new_from_string (words[i], NULL);
        if (mask == NULL)
            return refuse (error, row->key, "\"%s\" is no network like 10.0.0.0/8", words[i]);
    }
    return TRUE;
}

static gboolean
parse_zone (const Row *row, const char *text, int64_t *ret_number, GError **error)
{
    g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (text);

    if (zone == NULL)
        return refuse (error, row->key, "\"%s\" is no time zone of this machine", text);
    return TRUE;
}

/* Scheme, host and port: what else an address may hold is no part of a server's. */
static gboolean
parse_url (const Row *row, const char *text, int64_t *ret_number, GError **error)
{
    g_auto (GStrv) schemes = g_strsplit (row->choices, " ", -1);
    g_autoptr (GUri) uri = *text == '\0' ? NULL : g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

    if (*text == '\0')
        return TRUE;
    if (uri == NULL || !g_strv_contains ((const char *const *) schemes, g_uri_get_scheme (uri)) ||
        g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
        return refuse (error, row->key, "\"%s\" is no address like %s://host", text, schemes[0]);
    if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
        g_uri_get_fragment (uri) != NULL || strlen (g_uri_get_path (uri)) > 1)
        return refuse (error, row->key,
                       "\"%s\" must name a host and a port, and nothing before or behind", text);
    return TRUE;
}

static gboolean
parse_mailbox (const Row *row, const char *text, int64_t *ret_number, GError **error)
{
    const char *at = strchr (text, '@');

    if (*text != '\0' &&
        (at == NULL || at == text || at[1] == '\0' || strchr (at + 1, '@') != NULL ||
         strpbrk (text, " <>\"\t,;") != NULL || !g_str_is_ascii (text)))
        return refuse (error, row->key, "\"%s\" is no mail address like lich@example.vn", text);
    return TRUE;
}

static const struct {
    gboolean (*parse) (const Row *row, const char *text, int64_t *ret_number, GError **error);
    const char *placeholder;
} types[] = {
    [NUMBER] = { parse_number, "NUMBER" },    [SWITCH] = { parse_switch, NULL },
    [TEXT] = { parse_text, "TEXT" },          [CHOICE] = { parse_choice, "WORD" },
    [ADDRESS] = { parse_address, "ADDRESS" }, [NETWORKS] = { parse_networks, "NETWORKS" },
    [ZONE] = { parse_zone, "ZONE" },          [URL] = { parse_url, "URL" },
    [MAILBOX] = { parse_mailbox, "ADDRESS" },
};

static gboolean
set (HtConfig *config, HtConfigKey key, const char *text, GError **error)
{
    Value *value = &config->values[key];

    if (!types[rows[key].type].parse (&rows[key], text, &value->number, error))
        return FALSE;
    g_free (value->text);
    value->text = g_strdup (text);
    return TRUE;
}

/* The key of @name, or %HT_CONFIG_N_KEYS. */
static HtConfigKey
find (const char *name, unsigned unwanted)
{
    HtConfigKey key = 0;

    while (key < HT_CONFIG_N_KEYS &&
           (!g_str_equal (rows[key].key, name) || (rows[key].flags & unwanted) != 0))
        key++;
    return key;
}

static gboolean
take_group (HtConfig *config, GKeyFile *file, GError **error)
{
    g_auto (GStrv) names = g_key_file_get_keys (file, GROUP, NULL, error);

    for (int i = 0; names != NULL && names[i] != NULL; i++) {
        HtConfigKey key = find (names[i], COMMAND_LINE);
        g_autofree char *text = g_key_file_get_string (file, GROUP, names[i], error);

        if (text == NULL)
            return FALSE;
        if (key == HT_CONFIG_N_KEYS)
            return refuse (error, names[i], "there is no such key");
        if (!set (config, key, text, error))
            return FALSE;
    }
    return names != NULL;
}

static gboolean
take_file (HtConfig *config, const char *path, GError **error)
{
    g_autoptr (GKeyFile) file = g_key_file_new ();
    g_autoptr (GError) inner = NULL;

    if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &inner) ||
        !take_group (config, file, &inner)) {
        ht_problem_set (error, HT_ERROR_ATTENTION, "bad-configuration",
                        ht_problem_get_field (inner), "configuration %s: %s", path, inner->message);
        return FALSE;
    }
    return TRUE;
}

/* What one word of the command line says, and how many words it took; 0 after an error. */
static int
take_option (HtConfig *config, const char *word, const char *next, gboolean apply, GError **error)
{
    const char *equals = strchr (word, '=');
    g_autofree char *name =
        equals != NULL ? g_strndup (word, (size_t) (equals - word)) : g_strdup (word);
    HtConfigKey key = g_str_has_prefix (name, "--") ? find (name + 2, SECRET) : HT_CONFIG_N_KEYS;
    const char *value;
    gboolean alone;

    if (key == HT_CONFIG_N_KEYS)
        return refuse (error, name, "there is no such option; see --help");
    alone = equals != NULL || rows[key].type == SWITCH;
    value = equals != NULL ? equals + 1 : rows[key].type == SWITCH ? "yes" : next;
    if (value == NULL)
        return refuse (error, name, "a value is missing");
    /* the file is read before the words that override it */
    if ((apply || key == HT_CONFIG_FILE) && !set (config, key, value, error))
        return 0;
    return alone ? 1 : 2;
}

static gboolean
take_arguments (HtConfig *config, const char *const *arguments, gboolean apply, GError **error)
{
    while (*arguments != NULL) {
        int taken = take_option (config, arguments[0], arguments[1], apply, error);

        if (taken == 0)
            return FALSE;
        arguments += taken;
    }
    return TRUE;
}

/* Keys that make no sense without another. */
static const struct {
    HtConfigKey key, needs;
} needs[] = {
    { HT_CONFIG_MAIL_SERVER, HT_CONFIG_MAIL_FROM },
    { HT_CONFIG_MAIL_USER, HT_CONFIG_MAIL_SERVER },
    { HT_CONFIG_MAIL_PASSWORD, HT_CONFIG_MAIL_USER },
    { HT_CONFIG_MAIL_PASSWORD_FILE, HT_CONFIG_MAIL_USER },
};

static gboolean
check_needs (const HtConfig *config, GError **error)
{
    for (unsigned i = 0; i < G_N_ELEMENTS (needs); i++)
        if (*config->values[needs[i].key].text != '\0' &&
            *config->values[needs[i].needs].text == '\0')
            return refuse (error, rows[needs[i].needs].key, "%s needs it", rows[needs[i].key].key);
    return TRUE;
}

HtConfig *
ht_config_new (const char *const *arguments, GError **error)
{
    g_autoptr (HtConfig) config = g_new0 (HtConfig, 1);
    const char *path;

    for (HtConfigKey key = 0; key < HT_CONFIG_N_KEYS; key++)
        if (!set (config, key, rows[key].standard, error))
            return NULL;
    if (!take_arguments (config, arguments, FALSE, error))
        return NULL;
    path = config->values[HT_CONFIG_FILE].text;
    if (*path != '\0' && !take_file (config, path, error))
        return NULL;
    if (!take_arguments (config, arguments, TRUE, error) || !check_needs (config, error))
        return NULL;
    return g_steal_pointer (&config);
}

void
ht_config_free (HtConfig *config)
{
    for (HtConfigKey key = 0; key < HT_CONFIG_N_KEYS; key++)
        g_free (config->values[key].text);
    g_free (config);
}

int64_t
ht_config_get_int (const HtConfig *config, HtConfigKey key)
{
    g_return_val_if_fail (key < HT_CONFIG_N_KEYS, 0);
    return config->values[key].number;
}

const char *
ht_config_get_text (const HtConfig *config, HtConfigKey key)
{
    g_return_val_if_fail (key < HT_CONFIG_N_KEYS, "");
    return config->values[key].text;
}

static char *
read_secret (const char *key, const char *path, GError **error)
{
    g_autofree char *text = NULL;
    GStatBuf status;

    if (g_stat (path, &status) != 0 || !g_file_get_contents (path, &text, NULL, NULL)) {
        refuse (error, key, "%s cannot be read", path);
        return NULL;
    }
    if ((status.st_mode & 0077) != 0) {
        refuse (error, key, "others may read %s: chmod 600 it", path);
        return NULL;
    }
    text[strcspn (text, "\r\n")] = '\0';
    if (*text == '\0') {
        refuse (error, key, "the first line of %s is empty", path);
        return NULL;
    }
    return g_steal_pointer (&text);
}

char *
ht_config_dup_secret (const HtConfig *config, HtConfigKey key, GError **error)
{
    const char *text = ht_config_get_text (config, key);
    const char *path = ht_config_get_text (config, key + 1);

    if (*path == '\0')
        return g_strdup (text);
    if (*text == '\0')
        return read_secret (rows[key + 1].key, path, error);
    refuse (error, rows[key].key, "it is said twice, by %s too", rows[key + 1].key);
    return NULL;
}

char *
ht_config_print (const HtConfig *config)
{
    g_autoptr (GString) out = g_string_new ("[" GROUP "]\n");

    for (HtConfigKey key = 0; key < HT_CONFIG_N_KEYS; key++) {
        const Row *row = &rows[key];
        const char *text = config->values[key].text;
        gboolean hidden = (row->flags & SECRET) != 0;

        if ((row->flags & COMMAND_LINE) != 0)
            continue;
        g_string_append_printf (out, "# %s\n", row->sentence);
        if (row->type == NUMBER)
            g_string_append_printf (out, "# %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT "\n",
                                    row->min, row->max);
        g_string_append_printf (out, "%s%s=%s\n", hidden ? "# " : "", row->key,
                                !hidden         ? text
                                : *text == '\0' ? "(none)"
                                                : "(set)");
    }
    return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
ht_config_help (void)
{
    g_autoptr (GString) out = g_string_new (NULL);

    for (HtConfigKey key = 0; key < HT_CONFIG_N_KEYS; key++) {
        const Row *row = &rows[key];
        const char *placeholder = types[row->type].placeholder;
        g_autofree char *option =
            g_strconcat ("--", row->key, placeholder != NULL ? " " : "", placeholder, NULL);

        if ((row->flags & SECRET) != 0)
            continue;
        g_string_append_printf (out, "  %-28s %s\n", option, row->sentence);
    }
    return g_string_free (g_steal_pointer (&out), FALSE);
}
