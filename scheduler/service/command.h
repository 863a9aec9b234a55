/* SPDX-License-Identifier: MIT */

/* What may be asked of the service. The field table of a command's arguments serves every door: a
 * body is decoded by it, and the log keeps by it what was asked. */

#pragma once

#include "scheduler/service/arguments.h"
#include "scheduler/support/fields.h"

G_BEGIN_DECLS

typedef enum {
    HT_COMMAND_SET_UP,           /* HtPutPerson: the first administrator, once */
    HT_COMMAND_IMPORT,           /* HtImport */
    HT_COMMAND_PUT_PERSON,       /* HtPutPerson */
    HT_COMMAND_SET_PASSWORD,     /* HtSetPassword */
    HT_COMMAND_GRANT,            /* HtGrants */
    HT_COMMAND_CLOSE_PERSON,     /* HtTarget */
    HT_COMMAND_BOOK,             /* HtBooking */
    HT_COMMAND_PUT_QUOTA,        /* HtPutQuota */
    HT_COMMAND_PUT_CLOSURE,      /* HtPutClosure */
    HT_COMMAND_PUT_RESOURCE,     /* HtPutResource */
    HT_COMMAND_HOLD,             /* HtVerdict: a draft asks for its place (again) */
    HT_COMMAND_APPROVE,          /* HtVerdict */
    HT_COMMAND_REFUSE,           /* HtVerdict: reason */
    HT_COMMAND_DOCUMENT,         /* HtVerdict: the number of the invitation document */
    HT_COMMAND_START,            /* HtTarget: a session, before its time */
    HT_COMMAND_MOVE,             /* HtMove */
    HT_COMMAND_CANCEL,           /* HtMove: reason and scope */
    HT_COMMAND_EDIT,             /* HtEdit: what it is, and when */
    HT_COMMAND_CHANGE_MANY,      /* HtChangeMany: all of a region's days */
    HT_COMMAND_EXTEND,           /* HtMove: minutes */
    HT_COMMAND_STOP,             /* HtTarget: a session, before its end */
    HT_COMMAND_REHEARSE,         /* HtRehearse: a rehearsal of a session */
    HT_COMMAND_RUN_ON,           /* HtRunOn: whether it is extended by itself */
    HT_COMMAND_CHECK_SITE,       /* HtCheckSite: how ready a site is */
    HT_COMMAND_SUBSTITUTE,       /* HtSubstitute: another site takes over */
    HT_COMMAND_SUBSCRIBE,        /* HtSubscribe */
    HT_COMMAND_RENEW,            /* HtTarget: a subscription gets another address */
    HT_COMMAND_END_SUBSCRIPTION, /* HtTarget */
    HT_COMMAND_MAKE_TOKEN,       /* HtMakeToken */
    HT_COMMAND_END_TOKEN,        /* HtTarget */
    HT_COMMAND_UNDO,             /* HtTarget: a number of the log; 0: the actor's last one */
    HT_COMMAND_CLOCK,            /* HtClockEvent: by actor 0 alone */
    HT_COMMAND_CARE,             /* HtCare: by actor 0 alone */
    HT_COMMAND_JOB,              /* HtJobReport: by actor 0 alone */
    HT_N_COMMANDS,
} HtCommand;

const char *ht_command_get_name (HtCommand command);       /* "book" */
const HtFields *ht_command_get_fields (HtCommand command); /* of its arguments */

G_END_DECLS
