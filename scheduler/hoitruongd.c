/* SPDX-License-Identifier: MIT */

/* The front door: reads the configuration, builds the parts, connects them, runs. */

#include <glib.h>

int
main (void)
{
    g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

    g_main_loop_run (loop);
    return 0;
}
