/* SPDX-License-Identifier: MIT */

#include "scheduler/ports/mail.h"

G_DEFINE_INTERFACE (HtMail, ht_mail, G_TYPE_OBJECT)

static void
ht_mail_default_init (HtMailInterface *iface G_GNUC_UNUSED)
{
}

void
ht_mail_send (HtMail *self, const HtMessage *message, HtMailDone done, gpointer user_data)
{
    g_return_if_fail (HT_IS_MAIL (self));
    HT_MAIL_GET_IFACE (self)->send (self, message, done, user_data);
}
