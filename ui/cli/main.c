/* SPDX-License-Identifier: MIT */

/* hoitruong, the command line: one subcommand per row of the table. */

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "ui/cli/recur.h"

static const struct {
    const char *name, *sentence;
    int (*run) (int argc, char **argv); /* argv[0] is the subcommand; returns the exit status */
} commands[] = {
    { "recur", "show the occurrences of a recurrence rule", ht_recur_run },
};

static void
print_usage (FILE *out)
{
    fprintf (out, "usage: hoitruong COMMAND [--help] …\n\n");
    for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
        fprintf (out, "  %-10s %s\n", commands[i].name, commands[i].sentence);
}

int
main (int argc, char **argv)
{
    setlocale (LC_ALL, "");
    if (argc < 2) {
        print_usage (stderr);
        return 2;
    }
    if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "help") == 0) {
        print_usage (stdout);
        return 0;
    }
    for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
        if (strcmp (argv[1], commands[i].name) == 0)
            return commands[i].run (argc - 1, argv + 1);
    fprintf (stderr, "hoitruong: there is no command '%s'\n", argv[1]);
    print_usage (stderr);
    return 2;
}
