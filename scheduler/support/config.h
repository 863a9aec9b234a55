/* SPDX-License-Identifier: MIT */

/* What the operator decides: one table of keys with type, default, bounds, unit and a sentence.
 * Defaults, the file (GKeyFile, group [hoitruong]), the command line (--KEY VALUE), the errors, the
 * help and --print-config all come from it. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef enum {
    HT_CONFIG_ADDRESS,
    HT_CONFIG_PORT,
    HT_CONFIG_PUBLIC_ADDRESS,
    HT_CONFIG_DATA,
    HT_CONFIG_ZONE,
    HT_CONFIG_EARLY_JOIN_MINUTES,
    HT_CONFIG_KEEP_DAYS,
    HT_CONFIG_SOURCE_NETWORKS,
    HT_CONFIG_METRICS_TOKEN,
    HT_CONFIG_MAIL_SERVER,
    HT_CONFIG_MAIL_USER,
    HT_CONFIG_MAIL_PASSWORD,
    HT_CONFIG_MAIL_PASSWORD_FILE,
    HT_CONFIG_MAIL_FROM,
    HT_CONFIG_MAIL_FROM_NAME,
    HT_CONFIG_MAIL_CA,
    HT_CONFIG_MAIL_RETRY_SECONDS,
    HT_CONFIG_LOG_LEVEL,
    /* of the command line alone */
    HT_CONFIG_DEMO,
    HT_CONFIG_CAMERA,
    HT_CONFIG_EMPTY,
    HT_CONFIG_FILE,
    HT_CONFIG_PRINT,
    HT_CONFIG_HELP,
    HT_CONFIG_N_KEYS,
} HtConfigKey;

typedef struct _HtConfig HtConfig;

/**
 * ht_config_new:
 * @arguments: %NULL-terminated words of the command line, without the program's name
 *
 * Takes the defaults, then the file that --config names, then the other words: --KEY VALUE,
 * --KEY=VALUE, and --KEY for a switch.
 *
 * Returns: (transfer full): %NULL with %HT_ERROR_ATTENTION naming the key at fault where one is
 *   unknown, of another type or out of bounds, or the file cannot be read
 */
HtConfig *ht_config_new (const char *const *arguments, GError **error);

void ht_config_free (HtConfig *config);

/* Of a key that counts, in the unit that its name ends with; of a switch, 0 or 1. */
int64_t ht_config_get_int (const HtConfig *config, HtConfigKey key);

/* Never %NULL; "" where nothing was said. Borrowed. */
const char *ht_config_get_text (const HtConfig *config, HtConfigKey key);

/* (transfer full): the configuration in force as a file that could be read again; secrets are
 * named, not shown. */
char *ht_config_print (const HtConfig *config);

/**
 * ht_config_dup_secret:
 * @key: of a secret; the key after it names a file that may hold it instead
 *
 * Returns: (transfer full): the secret that @key or the first line of the file says; "" where
 *   neither does; %NULL with %HT_ERROR_ATTENTION where both do, or the file cannot be read, is
 *   empty, or may be read by others
 */
char *ht_config_dup_secret (const HtConfig *config, HtConfigKey key, GError **error);

/* (transfer full): one line for each option. */
char *ht_config_help (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtConfig, ht_config_free)

G_END_DECLS
