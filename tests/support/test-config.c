/* SPDX-License-Identifier: MIT */

#include "scheduler/support/config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "scheduler/base/error.h"

static char *
write_file (const char *text)
{
    g_autofree char *path = NULL;
    int fd = g_file_open_tmp ("config-XXXXXX", &path, NULL);

    g_assert_cmpint (fd, >=, 0);
    g_close (fd, NULL);
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
    return g_steal_pointer (&path);
}

static void
test_defaults (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (HtConfig) config = ht_config_new ((const char *const[]){ NULL }, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (ht_config_get_text (config, HT_CONFIG_ADDRESS), ==, "127.0.0.1");
    g_assert_cmpint (ht_config_get_int (config, HT_CONFIG_PORT), ==, 8080);
    g_assert_cmpstr (ht_config_get_text (config, HT_CONFIG_ZONE), ==, "Asia/Ho_Chi_Minh");
    g_assert_cmpint (ht_config_get_int (config, HT_CONFIG_EMPTY), ==, 0);
    g_assert_cmpstr (ht_config_get_text (config, HT_CONFIG_DEMO), ==, "");
}

static void
test_words_override_the_file (void)
{
    g_autofree char *path =
        write_file ("[hoitruong]\nport=9000\nkeep-days=30\nmetrics-token=abc\n");
    const char *const words[] = {
        "--port=0", "--config", path, "--data", "/srv/x", "--empty", NULL
    };
    g_autoptr (GError) error = NULL;
    g_autoptr (HtConfig) config = ht_config_new (words, &error);

    g_assert_no_error (error);
    g_assert_cmpint (ht_config_get_int (config, HT_CONFIG_PORT), ==, 0);
    g_assert_cmpint (ht_config_get_int (config, HT_CONFIG_KEEP_DAYS), ==, 30);
    g_assert_cmpint (ht_config_get_int (config, HT_CONFIG_EMPTY), ==, 1);
    g_assert_cmpstr (ht_config_get_text (config, HT_CONFIG_DATA), ==, "/srv/x");
    g_assert_cmpstr (ht_config_get_text (config, HT_CONFIG_METRICS_TOKEN), ==, "abc");
    g_unlink (path);
}

static const struct {
    const char *why;
    const char *words[3];
    const char *field; /* named in the error, and in its text */
} bad_words[] = {
    { "too great", { "--port", "65536" }, "port" },
    { "below nothing", { "--port", "-1" }, "port" },
    { "no number", { "--port", "80a" }, "port" },
    { "no value", { "--port" }, "--port" },
    { "no such option", { "--prot", "80" }, "--prot" },
    { "a word that is no option", { "8080" }, "8080" },
    { "one dash", { "-port", "8080" }, "-port" },
    { "a secret would be seen by everybody", { "--metrics-token", "abc" }, "--metrics-token" },
    { "a name where an address must stand", { "--address", "localhost" }, "address" },
    { "no such zone", { "--zone", "Asia/Hue" }, "zone" },
    { "no such word", { "--log-level", "loud" }, "log-level" },
    { "no network", { "--source-networks", "10.0.0.0/8 10/x" }, "source-networks" },
    { "a switch with a strange value", { "--empty=maybe" }, "empty" },
    { "a scheme that is no mail's", { "--mail-server", "https://mail.example" }, "mail-server" },
    { "a password in an address", { "--mail-server", "smtp://u:p@mail.example" }, "mail-server" },
    { "mail from nobody", { "--mail-server", "smtp://mail.example" }, "mail-from" },
    { "a user of no server", { "--mail-user", "lich" }, "mail-server" },
    { "no mailbox", { "--mail-from", "Lich <lich@hue.example>" }, "mail-from" },
    { "no address", { "--public-address", "lich.hue.example" }, "public-address" },
    { "a page where a host must stand",
      { "--public-address", "https://hue.example/lich" },
      "public-address" },
    { "no UTF-8", { "--data", "\xff" }, "data" },
    { "a file that is not there", { "--config", "/nonexistent/x" }, NULL },
};

static void
test_bad_words (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (bad_words); i++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (HtConfig) config = ht_config_new (bad_words[i].words, &error);

        g_test_message ("%s", bad_words[i].why);
        g_assert_null (config);
        g_assert_error (error, HT_ERROR, HT_ERROR_ATTENTION);
        g_assert_cmpstr (ht_problem_get_field (error), ==, bad_words[i].field);
        if (bad_words[i].field != NULL)
            g_assert_nonnull (strstr (error->message, bad_words[i].field));
    }
}

static const struct {
    const char *why, *text, *said;
} bad_files[] = {
    { "a key that is unknown", "[hoitruong]\nprot=80\n", "prot: there is no such key" },
    { "a key of the command line", "[hoitruong]\nempty=yes\n", "empty: there is no such key" },
    { "out of bounds", "[hoitruong]\nkeep-days=0\n", "keep-days: \"0\" is no whole number" },
    { "no group", "port=80\n", "configuration" },
    { "another group", "[other]\nport=80\n", "hoitruong" },
};

static void
test_bad_files (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (bad_files); i++) {
        g_autofree char *path = write_file (bad_files[i].text);
        g_autoptr (GError) error = NULL;
        g_autoptr (HtConfig) config =
            ht_config_new ((const char *const[]){ "--config", path, NULL }, &error);

        g_test_message ("%s", bad_files[i].why);
        g_assert_null (config);
        g_assert_error (error, HT_ERROR, HT_ERROR_ATTENTION);
        g_assert_nonnull (strstr (error->message, bad_files[i].said));
        g_assert_nonnull (strstr (error->message, path));
        g_unlink (path);
    }
}

static void
test_print_reads_back (void)
{
    g_autofree char *secret = write_file ("[hoitruong]\nport=81\nmetrics-token=hush\n");
    g_autoptr (HtConfig) config =
        ht_config_new ((const char *const[]){ "--config", secret, NULL }, NULL);
    g_autofree char *text = ht_config_print (config);
    g_autofree char *path = write_file (text);
    g_autoptr (HtConfig) again =
        ht_config_new ((const char *const[]){ "--config", path, NULL }, NULL);

    g_assert_nonnull (again);
    g_assert_cmpint (ht_config_get_int (again, HT_CONFIG_PORT), ==, 81);
    g_assert_null (strstr (text, "hush"));
    g_assert_nonnull (strstr (text, "metrics-token=(set)"));
    g_unlink (path);
    g_unlink (secret);
}

static void
test_help_names_every_option (void)
{
    g_autofree char *help = ht_config_help ();

    g_assert_nonnull (strstr (help, "--port NUMBER"));
    g_assert_nonnull (strstr (help, "--empty "));
    g_assert_null (strstr (help, "metrics-token"));
}

static const struct {
    const char *why;
    const char *line; /* of the configuration */
    const char *text; /* of the secret's file */
    int mode;
    const char *secret; /* NULL: refused */
} secrets[] = {
    { "neither", "", "x\n", 0600, "" },
    { "from the file", "mail-password-file=%s", "xin chào\nmore\n", 0600, "xin chào" },
    { "said twice", "mail-password=a\nmail-password-file=%s", "b\n", 0600, NULL },
    { "others may read it", "mail-password-file=%s", "x\n", 0644, NULL },
    { "nothing in it", "mail-password-file=%s", "\n", 0600, NULL },
    { "not there", "mail-password-file=%s.not", "x\n", 0600, NULL },
};

static void
test_secrets (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (secrets); i++) {
        g_autofree char *secret_path = write_file (secrets[i].text);
        g_auto (GStrv) parts = g_strsplit (secrets[i].line, "%s", 2);
        g_autofree char *line = g_strjoinv (secret_path, parts);
        g_autofree char *text = g_strconcat ("[hoitruong]\nmail-server=smtp://mail.example:587\n"
                                             "mail-from=lich@hue.example\nmail-user=lich\n",
                                             line, "\n", NULL);
        g_autofree char *path = write_file (text);
        g_autoptr (GError) error = NULL, fault = NULL;
        g_autoptr (HtConfig) config =
            ht_config_new ((const char *const[]){ "--config", path, NULL }, &error);
        g_autofree char *secret = NULL;

        g_assert_no_error (error);
        g_assert_cmpint (g_chmod (secret_path, secrets[i].mode), ==, 0);
        secret = ht_config_dup_secret (config, HT_CONFIG_MAIL_PASSWORD, &fault);
        g_test_message ("%s: %s", secrets[i].why, fault == NULL ? secret : fault->message);
        g_assert_cmpstr (secret, ==, secrets[i].secret);
        g_assert_true ((fault == NULL) == (secret != NULL));
        g_unlink (path);
        g_unlink (secret_path);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/support/config/defaults", test_defaults);
    g_test_add_func ("/support/config/order", test_words_override_the_file);
    g_test_add_func ("/support/config/bad-words", test_bad_words);
    g_test_add_func ("/support/config/bad-files", test_bad_files);
    g_test_add_func ("/support/config/print", test_print_reads_back);
    g_test_add_func ("/support/config/help", test_help_names_every_option);
    g_test_add_func ("/support/config/secrets", test_secrets);
    return g_test_run ();
}
