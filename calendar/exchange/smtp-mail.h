/* SPDX-License-Identifier: MIT */

/* The mail port over SMTP (RFC 5321) through libcurl: one message at a time, on a thread of its
 * own, so that a slow server holds up nobody. */

#pragma once

#include "scheduler/ports/mail.h"
#include "scheduler/support/config.h"

G_BEGIN_DECLS

#define HT_TYPE_SMTP_MAIL (ht_smtp_mail_get_type ())
G_DECLARE_FINAL_TYPE (HtSmtpMail, ht_smtp_mail, HT, SMTP_MAIL, GObject)

/**
 * HtSmtpSettings:
 * @server: "smtp://host:port", or "smtps://" for TLS from the first octet; STARTTLS is taken
 *   wherever it is offered, and insisted on before a password is sent. On loopback there is nobody
 *   to hide from: STARTTLS is left alone there unless @ca is given
 * @user, @password: (nullable)
 * @ca: (nullable): a file of certificates (PEM) that vouch for the server, instead of the system's
 * @sender_name, @sender_address: who the messages are from
 */
typedef struct {
    const char *server;
    const char *user;
    const char *password;
    const char *ca;
    const char *sender_name;
    const char *sender_address;
} HtSmtpSettings;

/* Texts are copied. */
HtSmtpMail *ht_smtp_mail_new (const HtSmtpSettings *settings);

/**
 * ht_smtp_mail_open:
 * @ret_mail: (out) (transfer full) (nullable): %NULL where no server is configured
 *
 * Returns: %FALSE with %HT_ERROR_ATTENTION where the password or the certificates cannot be read
 */
gboolean ht_smtp_mail_open (const HtConfig *config, HtMail **ret_mail, GError **error);

G_END_DECLS
