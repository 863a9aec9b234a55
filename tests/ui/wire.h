/* SPDX-License-Identifier: MIT */

/* A client of octets for tests of the server: it shares the server's thread and main context. */

#pragma once

#include <glib.h>
#include <stdint.h>

int ht_wire_connect (uint16_t port);
void ht_wire_send (int fd, const char *text);

/* Runs the main context until the other end closes. Returns: (transfer full): all that came. */
char *ht_wire_read_all (int fd);

/* The same until @mark has come @times times. */
char *ht_wire_read_until (int fd, const char *mark, unsigned times);

/* A connection of its own: sends, reads until the other end closes, closes. */
char *ht_wire_ask (uint16_t port, const char *text);

/* How often @mark stands in @text. */
unsigned ht_wire_count (const char *text, const char *mark);

/* Runs the main context while it has something to do. */
void ht_wire_settle (void);
