/* SPDX-License-Identifier: MIT */

/* The outbox against a mail port that keeps what it is given and answers when it is told to. */

#include "scheduler/service/outbox.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "tests/service/fixture.h"

#define RETRY_US (INT64_C (30) * G_USEC_PER_SEC)

/* The port. */

#define TEST_TYPE_MAIL (test_mail_get_type ())
G_DECLARE_FINAL_TYPE (TestMail, test_mail, TEST, MAIL, GObject)

struct _TestMail {
    GObject parent;
    GPtrArray *sent;     /* (element-type utf8): "TO|SUBJECT|ID|METHOD" */
    char *text;          /* of the last */
    const char *at_once; /* (nullable): problem that every message is answered with at once */
    HtMailDone done;
    gpointer user_data;
};

static void mail_interface_init (HtMailInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestMail, test_mail, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HT_TYPE_MAIL, mail_interface_init))

static void
test_mail_finalize (GObject *object)
{
    TestMail *self = TEST_MAIL (object);

    g_ptr_array_unref (self->sent);
    g_free (self->text);
    G_OBJECT_CLASS (test_mail_parent_class)->finalize (object);
}

static void
test_mail_class_init (TestMailClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = test_mail_finalize;
}

static void
test_mail_init (TestMail *self)
{
    self->sent = g_ptr_array_new_with_free_func (g_free);
}

static GError *
make_error (const char *id)
{
    GError *error = NULL;

    ht_problem_set (&error, strcmp (id, "mail-refused") == 0 ? HT_ERROR_INVALID : HT_ERROR_BUSY, id,
                    NULL, "%s", id);
    return error;
}

static void
test_mail_send (HtMail *mail, const HtMessage *message, HtMailDone done, gpointer user_data)
{
    TestMail *self = TEST_MAIL (mail);

    g_ptr_array_add (self->sent,
                     g_strdup_printf ("%s|%s|%s|%s", message->to_address, message->subject,
                                      message->message_id,
                                      message->calendar == NULL ? "" : message->method));
    g_free (self->text);
    self->text = g_strdup (message->text);
    if (self->at_once != NULL) {
        g_autoptr (GError) error = make_error (self->at_once);

        done (error, user_data);
        return;
    }
    self->done = done;
    self->user_data = user_data;
}

static void
mail_interface_init (HtMailInterface *iface)
{
    iface->send = test_mail_send;
}

/* @problem: (nullable): it was taken */
static void
answer (TestMail *mail, const char *problem)
{
    g_autoptr (GError) error = problem == NULL ? NULL : make_error (problem);
    HtMailDone done = g_steal_pointer (&mail->done);

    g_assert_nonnull (done);
    done (error, mail->user_data);
}

/* What is given up is a warning, which no test dies of here. */
static unsigned n_warnings;

static GLogWriterOutput
count_warnings (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
    if ((level & G_LOG_LEVEL_MASK) != G_LOG_LEVEL_WARNING)
        return g_log_writer_default (level, fields, n_fields, user_data);
    n_warnings++;
    return G_LOG_WRITER_HANDLED;
}

/* The fixture with its outbox. */

typedef struct {
    Fixture f;
    TestMail *mail; /* borrowed from f */
    HtZone *zone;
    HtOutbox *outbox;
} Post;

static char *
invite (gpointer user_data G_GNUC_UNUSED, const HtNotice *notice G_GNUC_UNUSED,
        const GPtrArray *sessions G_GNUC_UNUSED, const char **ret_method)
{
    *ret_method = "REQUEST";
    return g_strdup ("BEGIN:VCALENDAR");
}

static void
open_outbox (Post *p)
{
    HtOutboxSettings settings = { .service = p->f.service,
                                  .clock = &p->f.clock,
                                  .zone = p->zone,
                                  .installation = "hue.example",
                                  .address = "https://lich.hue.example/",
                                  .retry_us = RETRY_US,
                                  .invite = invite };
    g_autoptr (GError) error = NULL;

    p->outbox = ht_outbox_new (&settings, &error);
    g_assert_no_error (error);
}

static void
set_up (Post *p, gconstpointer data)
{
    n_warnings = 0;
    p->mail = g_object_new (TEST_TYPE_MAIL, NULL);
    p->f.mail = HT_MAIL (p->mail);
    fixture_set_up (&p->f, data);
    p->zone = ht_zone_new ("Asia/Ho_Chi_Minh", NULL, NULL);
    open_outbox (p);
}

static void
tear_down (Post *p, gconstpointer data)
{
    g_clear_pointer (&p->outbox, ht_outbox_free);
    if (p->mail->done != NULL)
        answer (p->mail, NULL); /* after the outbox has gone */
    g_clear_pointer (&p->zone, ht_zone_unref);
    fixture_tear_down (&p->f, data);
}

/* What a kill at this instant and the next start come to. */
static void
restart (Post *p)
{
    g_clear_pointer (&p->outbox, ht_outbox_free);
    if (p->mail->done != NULL)
        answer (p->mail, NULL); /* to nobody */
    ht_store_flush (p->f.store);
    fixture_close (&p->f);
    fixture_open (&p->f);
    open_outbox (p);
}

static void
book (Post *p, const char *rule)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    g_autoptr (GArray) trainers = make_ids (TRAINER);
    HtBooking booking = { .title = (char *) "Tin học",
                          .start = (char *) "2026-11-26T07:30",
                          .minutes = 90,
                          .rule = (char *) rule,
                          .rooms = rooms,
                          .trainers = trainers };

    g_assert_cmpstr (fixture_do (&p->f, ADMIN, HT_COMMAND_BOOK, &booking), ==, NULL);
}

static void
assert_rows (Post *p, unsigned n_rows, unsigned n_done)
{
    g_autoptr (GPtrArray) notices = ht_outbox_list (p->outbox);
    unsigned n = 0;

    for (unsigned i = 0; i < notices->len; i++)
        n += ((const HtNotice *) g_ptr_array_index (notices, i))->done_us != 0 ? 1 : 0;
    g_assert_cmpuint (notices->len, ==, n_rows);
    g_assert_cmpuint (n, ==, n_done);
}

static void
assert_sent (Post *p, unsigned i, const char *wanted)
{
    g_assert_cmpuint (p->mail->sent->len, >, i);
    g_assert_cmpstr (g_ptr_array_index (p->mail->sent, i), ==, wanted);
}

static void
pass (Post *p, int64_t us)
{
    p->f.clock.set_us += us;
    ht_outbox_tick (p->outbox);
}

static void
test_one_mail_a_person (Post *p, gconstpointer data G_GNUC_UNUSED)
{
    book (p, "FREQ=WEEKLY;COUNT=40");
    pass (p, 0);
    assert_sent (p, 0, "p1@hue.example|Đặt lịch: Tin học|notice-1-1@hue.example|REQUEST");
    g_assert_nonnull (strstr (p->mail->text, "Kính gửi Person 1,"));
    g_assert_nonnull (strstr (p->mail->text, "40 buổi sau đây đã được đặt lịch."));
    g_assert_nonnull (strstr (p->mail->text, "thứ Năm, 26/11/2026, 07:30-09:00"));
    g_assert_nonnull (strstr (p->mail->text, "và 28 buổi nữa"));
    g_assert_nonnull (strstr (p->mail->text, "https://lich.hue.example/xem/1"));
    answer (p->mail, NULL);
    assert_sent (p, 1, "p2@hue.example|Đặt lịch: Tin học|notice-1-2@hue.example|REQUEST");
    answer (p->mail, NULL);
    g_assert_cmpuint (p->mail->sent->len, ==, 2);
    assert_rows (p, 0, 0);
    restart (p);
    pass (p, 0);
    g_assert_cmpuint (p->mail->sent->len, ==, 2);
}

static void
test_kill (Post *p, gconstpointer data G_GNUC_UNUSED)
{
    book (p, NULL);
    restart (p); /* before anything was handed over */
    pass (p, 0);
    g_assert_cmpuint (p->mail->sent->len, ==, 1);
    restart (p); /* while it was on its way: again, under the same name */
    pass (p, 0);
    g_assert_cmpuint (p->mail->sent->len, ==, 2);
    g_assert_cmpstr (g_ptr_array_index (p->mail->sent, 0), ==,
                     g_ptr_array_index (p->mail->sent, 1));
}

static void
test_server_away (Post *p, gconstpointer data G_GNUC_UNUSED)
{
    int64_t first_us;

    book (p, NULL);
    pass (p, 0);
    answer (p->mail, "mail-unreachable");
    g_assert_cmpuint (p->mail->sent->len, ==, 1); /* the other one is not tried now */
    first_us = ht_outbox_get_next_us (p->outbox);
    g_assert_cmpint (first_us, >, p->f.clock.set_us + RETRY_US / 2);
    restart (p); /* knows of the attempt; asks again with the one that was not tried */
    pass (p, 0);
    assert_sent (p, 1, "p2@hue.example|Đặt lịch: Tin học|notice-1-2@hue.example|REQUEST");
    answer (p->mail, NULL);
    pass (p, 2 * RETRY_US);
    assert_sent (p, 2, "p1@hue.example|Đặt lịch: Tin học|notice-1-1@hue.example|REQUEST");
    answer (p->mail, NULL);
    assert_rows (p, 0, 0);
}

static void
test_refused (Post *p, gconstpointer data G_GNUC_UNUSED)
{
    p->mail->at_once = "mail-refused";
    book (p, NULL);
    pass (p, 0);
    g_assert_cmpuint (p->mail->sent->len, ==, 2);
    g_assert_cmpuint (n_warnings, ==, 2);
    assert_rows (p, 2, 2);
    restart (p); /* is still to be seen, and not tried again */
    pass (p, RETRY_US);
    assert_rows (p, 2, 2);
    g_assert_cmpuint (p->mail->sent->len, ==, 2);
    p->f.clock.set_us += 31 * 24 * HOUR_US;
    restart (p);
    restart (p);
    assert_rows (p, 0, 0);
}

static void
test_attempts_are_bounded (Post *p, gconstpointer data G_GNUC_UNUSED)
{
    HtTarget trainer = { TRAINER, 0 };
    g_autoptr (GPtrArray) notices = NULL;
    unsigned n_tries = 0;

    book (p, "FREQ=DAILY;COUNT=20");
    g_assert_cmpstr (fixture_do (&p->f, ADMIN, HT_COMMAND_CLOSE_PERSON, &trainer), ==, NULL);
    p->mail->at_once = "mail-delayed";
    while (ht_outbox_get_next_us (p->outbox) != INT64_MAX && n_tries++ < 1000)
        pass (p, ht_outbox_get_next_us (p->outbox) - p->f.clock.set_us);
    g_assert_cmpuint (n_warnings, ==, 1);
    g_assert_cmpuint (p->mail->sent->len, ==, HT_OUTBOX_MOST_ATTEMPTS);
    notices = ht_outbox_list (p->outbox);
    g_assert_cmpuint (notices->len, ==, 2); /* and that of the closed account, never tried */
}

static void
test_overtaken (Post *p, gconstpointer data G_GNUC_UNUSED)
{
    HtMove cancel = { .id = 1, .reason = (char *) "Bão số 4" };

    book (p, NULL);
    g_assert_cmpstr (fixture_do (&p->f, ADMIN, HT_COMMAND_CANCEL, &cancel), ==, NULL);
    pass (p, 0);
    assert_sent (p, 0, "p2@hue.example|Hủy lịch: Tin học|notice-2-2@hue.example|REQUEST");
    g_assert_nonnull (strstr (p->mail->text, "Lý do: Bão số 4"));
    answer (p->mail, NULL);
    g_assert_cmpuint (p->mail->sent->len, ==, 1); /* who did it knows */
    assert_rows (p, 2, 2);                        /* that it was booked */
}

static void
test_delays (void)
{
    for (int64_t attempts = 1; attempts < HT_OUTBOX_MOST_ATTEMPTS; attempts++) {
        int64_t plain_us = attempts > 7 ? HOUR_US : RETRY_US << (attempts - 1);
        int64_t delay_us = ht_outbox_get_delay_us (RETRY_US, attempts, 1);

        g_assert_cmpint (delay_us, >=, plain_us - plain_us / 4);
        g_assert_cmpint (delay_us, <=, plain_us + plain_us / 4);
        g_assert_cmpint (delay_us, !=, ht_outbox_get_delay_us (RETRY_US, attempts, 2));
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_log_set_writer_func (count_warnings, NULL, NULL);
    g_test_add_func ("/service/outbox/delays", test_delays);
#define ADD(name, test) g_test_add ("/service/outbox/" name, Post, NULL, set_up, test, tear_down)
    ADD ("one-mail-a-person", test_one_mail_a_person);
    ADD ("kill", test_kill);
    ADD ("server-away", test_server_away);
    ADD ("refused", test_refused);
    ADD ("attempts-are-bounded", test_attempts_are_bounded);
    ADD ("overtaken", test_overtaken);
#undef ADD
    return g_test_run ();
}
