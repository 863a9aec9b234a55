/* SPDX-License-Identifier: MIT */

/* How commands decide: one function each, named in the table of command.c. */

#pragma once

#include "scheduler/service/decider.h"

G_BEGIN_DECLS

/* Writes the decision, or says why not. May only read the decider's state. */
typedef gboolean (*HtDecide) (HtDecider *decider, gconstpointer arguments, GError **error);

gboolean ht_decide_set_up (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_import (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_put_person (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_set_password (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_grant (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_close_person (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_book (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_put_closure (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_put_resource (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_put_quota (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_hold (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_approve (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_refuse (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_document (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_start (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_move (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_cancel (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_edit (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_change_many (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_extend (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_stop (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_rehearse (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_run_on (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_check_site (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_substitute (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_subscribe (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_renew (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_end_subscription (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_make_token (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_end_token (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_undo (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_clock (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_care (HtDecider *decider, gconstpointer arguments, GError **error);
gboolean ht_decide_job (HtDecider *decider, gconstpointer arguments, GError **error);

/* Runs @command on @decider: rights first, then the command itself. */
gboolean ht_command_decide (HtDecider *decider, HtCommand command, gconstpointer arguments,
                            GError **error);

G_END_DECLS
