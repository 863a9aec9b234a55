/* SPDX-License-Identifier: MIT */

/* hoitruong, the command line: one subcommand per row of the table. */

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "ui/cli/ask.h"
#include "ui/cli/recur.h"
#include "ui/cli/sign-in.h"
#include "ui/cli/words.h"

/* Those that are more than one request; the others are in verb.c. */
static const struct {
    const char *name, *vi, *en;
    int (*run) (int argc, char **argv); /* argv[0] is the subcommand; returns the exit status */
} commands[] = {
    { "login", "đăng nhập, giữ mã truy cập cho máy này", "sign in and keep a token",
      ht_sign_in_run_login },
    { "logout", "thôi dùng mã truy cập", "end the token", ht_sign_in_run_logout },
    { "api", "một yêu cầu bất kỳ: METHOD /ĐƯỜNG-DẪN [JSON]", "any request: METHOD /PATH [JSON]",
      ht_ask_run_api },
    { "recur", "các lần của một quy tắc lặp lại", "show the occurrences of a recurrence rule",
      ht_recur_run },
};

static const char vi_notes[] =
    "\nhoitruong LỆNH --help nói rõ hơn; --json in nguyên câu trả lời.\n"
    "Máy chủ và mã truy cập: do login giữ, hoặc HOITRUONG_URL với HOITRUONG_TOKEN hay\n"
    "HOITRUONG_TOKEN_FILE.\n"
    "Mã kết thúc: 0 xong, 1 lỗi máy hay mạng, 2 gọi sai, 3 chưa đăng nhập, 4 không được phép,\n"
    "5 không có, 6 vướng hoặc đã đổi, 7 nội dung sai, 8 hãy thử lại sau.\n";
static const char en_notes[] =
    "\nhoitruong COMMAND --help says more; --json prints the answer as it is.\n"
    "The service and the token: kept by login, or HOITRUONG_URL with HOITRUONG_TOKEN or\n"
    "HOITRUONG_TOKEN_FILE.\n"
    "Exit status: 0 done, 1 machine or network, 2 called wrongly, 3 not signed in, 4 denied,\n"
    "5 not found, 6 in the way or changed meanwhile, 7 wrong content, 8 try again later.\n";

static void
print_usage (FILE *out)
{
    unsigned n_verbs;
    const HtVerb *verbs = ht_verb_get_all (&n_verbs);

    fprintf (out, "%s\n\n",
             ht_words_pick ("cách gọi: hoitruong LỆNH [--help] …",
                            "usage: hoitruong COMMAND [--help] …"));
    for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
        fprintf (out, "  %-15s %s\n", commands[i].name,
                 ht_words_pick (commands[i].vi, commands[i].en));
    for (unsigned i = 0; i < n_verbs; i++)
        fprintf (out, "  %-15s %s\n", verbs[i].name, ht_words_pick (verbs[i].vi, verbs[i].en));
    fputs (ht_words_pick (vi_notes, en_notes), out);
}

int
main (int argc, char **argv)
{
    const HtVerb *verb;

    setlocale (LC_ALL, "");
    if (argc < 2) {
        print_usage (stderr);
        return HT_ASK_USAGE;
    }
    if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "help") == 0) {
        print_usage (stdout);
        return HT_ASK_DONE;
    }
    for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
        if (strcmp (argv[1], commands[i].name) == 0)
            return commands[i].run (argc - 1, argv + 1);
    verb = ht_verb_find (argv[1]);
    if (verb != NULL)
        return ht_ask_run_verb (verb, argc - 1, argv + 1);
    fprintf (stderr, "hoitruong: %s: %s\n\n", argv[1],
             ht_words_pick ("không có lệnh này", "there is no such command"));
    print_usage (stderr);
    return HT_ASK_USAGE;
}
