/* SPDX-License-Identifier: MIT */

/* What the service needs of the post: that one message is handed over, or why not. */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Texts are borrowed for the call. */
typedef struct {
    const char *to_name;
    const char *to_address;
    const char *subject;
    const char *text;
    const char *message_id; /* the same at each attempt, so that a repeat can be told */
    const char *calendar;   /* (nullable): an iCalendar object (RFC 5546) that goes along */
    const char *method;     /* of @calendar: "REQUEST", "CANCEL" or "PUBLISH" */
} HtMessage;

/* @error: (nullable): %NULL when a server took it. %HT_ERROR_INVALID: it will never take this
 * message; %HT_ERROR_BUSY "mail-delayed": not now; "mail-unreachable": nor any other one. */
typedef void (*HtMailDone) (const GError *error, gpointer user_data);

#define HT_TYPE_MAIL (ht_mail_get_type ())
G_DECLARE_INTERFACE (HtMail, ht_mail, HT, MAIL, GObject)

struct _HtMailInterface {
    GTypeInterface parent;

    void (*send) (HtMail *self, const HtMessage *message, HtMailDone done, gpointer user_data);
};

void ht_mail_send (HtMail *self, const HtMessage *message, HtMailDone done, gpointer user_data);

G_END_DECLS
