/* SPDX-License-Identifier: MIT */

#include "calendar/exchange/message.h"

#include <string.h>

#include "scheduler/base/error.h"

#define MAX_ADDRESS_OCTETS 254 /* RFC 5321 4.5.3.1.3, without the brackets */
#define WORD_OCTETS        42  /* of UTF-8 in one encoded word: 56 of base64, 12 around it */
#define LINE_OCTETS        57  /* of text in one line of base64: 76 letters */
#define BOUNDARY           "=_hoitruong_=" /* base64 has no underscore */

char *
ht_message_make_path (const char *address, GError **error)
{
    const char *at = strchr (address, '@');
    size_t length = strlen (address);
    gboolean plain = at != NULL && at > address && at[1] != '\0' && strchr (at + 1, '@') == NULL &&
                     length <= MAX_ADDRESS_OCTETS && g_str_is_ascii (address);

    for (const char *p = address; plain && *p != '\0'; p++)
        plain = g_ascii_isgraph (*p) && strchr ("<>()[]\\,;:\"", *p) == NULL;
    if (plain)
        return g_strdup_printf ("<%s>", address);
    ht_problem_set (error, HT_ERROR_INVALID, "not-an-address", NULL, "'%.80s' is no mail address",
                    address);
    return NULL;
}

/* How many octets of @text make the next piece of at most @most, cut between letters. */
static size_t
piece_of (const char *text, size_t most)
{
    size_t length = MIN (strlen (text), most);

    while (length > 0 && ((unsigned char) text[length] & 0xc0) == 0x80)
        length--;
    return length;
}

/* RFC 2047: encoded words of at most 75 octets, a fold between them. */
static void
append_words (GString *to, const char *text)
{
    const char *separator = "";

    while (*text != '\0') {
        size_t length = piece_of (text, WORD_OCTETS);
        g_autofree char *word = g_base64_encode ((const unsigned char *) text, length);

        g_string_append_printf (to, "%s=?UTF-8?B?%s?=", separator, word);
        separator = "\r\n ";
        text += length;
    }
}

static void
append_lines (GString *to, const char *text, size_t length)
{
    for (size_t at = 0; at < length; at += LINE_OCTETS) {
        g_autofree char *line =
            g_base64_encode ((const unsigned char *) text + at, MIN (LINE_OCTETS, length - at));

        g_string_append_printf (to, "%s\r\n", line);
    }
}

/* One part: a head of its own, then its text. */
static void
append_part (GString *to, const char *type, const char *text)
{
    g_string_append_printf (to,
                            "Content-Type: %s; charset=utf-8\r\n"
                            "Content-Transfer-Encoding: base64\r\n\r\n",
                            type);
    append_lines (to, text, strlen (text));
}

static void
append_text (GString *to, const char *text)
{
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    g_autofree char *wire = g_strjoinv ("\r\n", lines);

    append_part (to, "text/plain", wire);
}

/* RFC 6047 2.4: the calendar is an alternative of the text, and programs find it by its type. */
static void
append_body (GString *to, const HtMessage *message)
{
    g_autofree char *type = NULL;

    if (message->calendar == NULL) {
        append_text (to, message->text);
        return;
    }
    type = g_strdup_printf ("text/calendar; method=%s", message->method);
    g_string_append (to, "Content-Type: multipart/alternative; boundary=\"" BOUNDARY
                         "\"\r\n\r\n--" BOUNDARY "\r\n");
    append_text (to, message->text);
    g_string_append (to, "\r\n--" BOUNDARY "\r\n");
    append_part (to, type, message->calendar);
    g_string_append (to, "\r\n--" BOUNDARY "--\r\n");
}

static void
append_mailbox (GString *to, const char *field, const char *name, const char *path)
{
    g_string_append_printf (to, "%s: ", field);
    if (name != NULL && name[0] != '\0') {
        append_words (to, name);
        g_string_append (to, "\r\n ");
    }
    g_string_append_printf (to, "%s\r\n", path);
}

/* RFC 5322 3.3: names of days and months are English everywhere. */
static void
append_date (GString *to, int64_t now_us)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);

    g_string_append_printf (
        to, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n",
        days[g_date_time_get_day_of_week (now) - 1], g_date_time_get_day_of_month (now),
        months[g_date_time_get_month (now) - 1], g_date_time_get_year (now),
        g_date_time_get_hour (now), g_date_time_get_minute (now), g_date_time_get_second (now));
}

char *
ht_message_write (const HtMessage *message, const HtSender *sender, GError **error)
{
    g_autofree char *to = ht_message_make_path (message->to_address, error);
    g_autofree char *from = to == NULL ? NULL : ht_message_make_path (sender->address, error);
    g_autofree char *id = from == NULL ? NULL : ht_message_make_path (message->message_id, error);
    GString *text;

    if (id == NULL)
        return NULL;
    text = g_string_new (NULL);
    append_date (text, sender->now_us);
    append_mailbox (text, "From", sender->name, from);
    append_mailbox (text, "To", message->to_name, to);
    g_string_append (text, "Subject: ");
    append_words (text, message->subject);
    g_string_append_printf (text,
                            "\r\nMessage-ID: %s\r\nAuto-Submitted: auto-generated\r\n"
                            "MIME-Version: 1.0\r\n",
                            id);
    append_body (text, message);
    return g_string_free (text, FALSE);
}
