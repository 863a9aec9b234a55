/* SPDX-License-Identifier: MIT */

#include "media/record/control.h"

#include <string.h>

#include "scheduler/base/error.h"

static const struct {
    const char *what, *line, *field;
    int request;
} cases[] = {
    { "status", "{\"do\":\"status\"}", NULL, HT_CONTROL_STATUS },
    { "extension", "{\"do\":\"set-end\",\"end_us\":1795593600000000}", NULL, HT_CONTROL_SET_END },
    { "an end that is missing", "{\"do\":\"set-end\"}", "end_us", 0 },
    { "a mark", "{\"do\":\"mark\",\"text\":\"câu hỏi\"}", NULL, HT_CONTROL_MARK },
    { "a mark without text", "{\"do\":\"mark\"}", "text", 0 },
    { "stop", "{\"do\":\"stop\"}", NULL, HT_CONTROL_STOP },
    { "leave", "{\"do\":\"leave\"}", NULL, HT_CONTROL_LEAVE },
    { "nothing to do", "{}", "do", 0 },
    { "something else", "{\"do\":\"dance\"}", "do", 0 },
    { "more than asked", "{\"do\":\"stop\",\"now\":true}", "now", 0 },
    { "an end beyond all time", "{\"do\":\"set-end\",\"end_us\":9223372036854775807}", "end_us",
      0 },
};

static void
test_requests (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        HtControlRequest request = { 0 };
        g_autoptr (GError) error = NULL;
        gboolean good = ht_control_decode (&ht_control_request_fields, cases[i].line,
                                           strlen (cases[i].line), &request, &error);

        g_test_message ("%s", cases[i].what);
        g_assert_cmpint (good, ==, cases[i].field == NULL);
        if (good)
            g_assert_cmpint (request.what, ==, cases[i].request);
        else
            g_assert_cmpstr (ht_problem_get_field (error), ==, cases[i].field);
        ht_fields_clear (&ht_control_request_fields, &request);
    }
}

static void
test_reply_round_trip (void)
{
    HtControlReply reply = {
        .ok = FALSE,
        .problem = (char *) "required",
        .message = (char *) "text must be filled in",
        .status = { .state = HT_TRACK_RECOVERING, .disk_full = TRUE, .last_cause = -1 },
    };
    HtControlReply again = { 0 };
    g_autofree char *line = ht_control_encode (&ht_control_reply_fields, &reply);

    g_assert_true (g_str_has_suffix (line, "}\n"));
    g_assert_nonnull (strstr (line, "\"state\":\"recovering\""));
    g_assert_true (ht_control_decode (&ht_control_reply_fields, line, strlen (line), &again, NULL));
    g_assert_true (ht_fields_equal (&ht_control_reply_fields, &reply, &again));
    ht_fields_clear (&ht_control_reply_fields, &again);
}

static void
test_hello_round_trip (void)
{
    HtControlHello hello = { HT_CONTROL_PROTOCOL, 12, (char *) "presenter", 99 };
    HtControlHello again = { 0 };
    g_autofree char *line = ht_control_encode (&ht_control_hello_fields, &hello);

    g_assert_cmpstr (line, ==,
                     "{\"protocol\":1,\"session\":12,\"track\":\"presenter\",\"pid\":99}\n");
    g_assert_true (ht_control_decode (&ht_control_hello_fields, line, strlen (line), &again, NULL));
    g_assert_true (ht_fields_equal (&ht_control_hello_fields, &hello, &again));
    ht_fields_clear (&ht_control_hello_fields, &again);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/media/control/requests", test_requests);
    g_test_add_func ("/media/control/reply", test_reply_round_trip);
    g_test_add_func ("/media/control/hello", test_hello_round_trip);
    return g_test_run ();
}
