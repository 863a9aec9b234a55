/* SPDX-License-Identifier: MIT */

/* The one log writer. Under systemd it speaks the journal's own protocol, elsewhere it writes lines
 * to standard error. Whatever is logged passes through the mask first. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* In the order of the configuration's words: each includes those before it. */
typedef enum { HT_LOG_WARNING, HT_LOG_MESSAGE, HT_LOG_INFO, HT_LOG_DEBUG } HtLogLevel;

/* Makes this writer the process's; to be called once, before the first thread. */
void ht_log_install (HtLogLevel level);

/* (transfer full): @text with what must stay secret replaced by "***": passwords in addresses,
 * keys of feeds, tokens, cookies, and whatever follows a word like "password". Any octets. */
char *ht_log_mask (const char *text);

/**
 * ht_log_format:
 * @fields: as a GLogWriterFunc gets them
 *
 * Returns: (transfer full): one line without its end: instant, level, domain, message, then every
 *   field of our own as NAME=value; masked, without control characters
 */
char *ht_log_format (GLogLevelFlags level, const GLogField *fields, size_t n_fields,
                     int64_t now_us);

G_END_DECLS
