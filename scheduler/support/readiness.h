/* SPDX-License-Identifier: MIT */

/* What a service tells systemd, by sd_notify(3)'s datagrams: ready, stopping, still alive. Where
 * nobody listens, all of it does nothing. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct _HtReadiness HtReadiness;

/* Whether the parts that no main loop watches still answer. */
typedef gboolean (*HtReadinessAlive) (gpointer user_data);

/**
 * ht_readiness_new:
 * @address: (nullable): path of the manager's socket; '@' begins an abstract one
 * @watchdog_us: how long the manager waits for a sign of life; 0: for ever
 */
HtReadiness *ht_readiness_new (const char *address, int64_t watchdog_us);

/* From NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID, which are taken out of the environment so
 * that children do not speak for us. */
HtReadiness *ht_readiness_new_from_environment (void);

/* Beats no more. */
void ht_readiness_free (HtReadiness *readiness);

/* The service answers. @status is one line for a person. From here on the main loop beats at half
 * of the watchdog's time, as long as @alive (nullable) says so. */
void ht_readiness_ready (HtReadiness *readiness, const char *status, HtReadinessAlive alive,
                         gpointer user_data);

void ht_readiness_stopping (HtReadiness *readiness);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtReadiness, ht_readiness_free)

G_END_DECLS
