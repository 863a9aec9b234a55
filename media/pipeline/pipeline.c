/* SPDX-License-Identifier: MIT */

/* hoitruong-pipeline: one role per process. `ingest` reads its source as one line of JSON from
 * stdin and writes units to descriptor 3. */

#include <gst/gst.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "media/pipeline/graph.h"
#include "media/pipeline/ingest.h"
#include "media/pipeline/rtsp-src.h"
#include "media/pipeline/unit-sink.h"
#include "media/record/exit-note.h"
#include "scheduler/base/error.h"

#define RECORDER_FD    3
#define MAX_LINE_BYTES 16384

/* One line, at most MAX_LINE_BYTES, up to a line feed or the end. */
static GString *
read_line (int fd)
{
    GString *line = g_string_new (NULL);
    char octet;

    while (line->len < MAX_LINE_BYTES && read (fd, &octet, 1) == 1 && octet != '\n')
        g_string_append_c (line, octet);
    return line;
}

static gboolean
ingest (HtUnitOut *out, GError **error)
{
    g_autoptr (GString) line = read_line (STDIN_FILENO);
    HtIngestSource source;
    gboolean ran;

    if (!ht_ingest_source_read (line->str, line->len, &source, error)) {
        ht_fields_clear (&HT_INGEST_SOURCE_FIELDS, &source);
        return FALSE;
    }
    ht_graph_prepare ((HtSourceKind) source.kind);
    gst_init (NULL, NULL);
    ht_unit_sink_register ();
    ht_rtsp_src_register ();
    ran = ht_ingest_run (&source, out, error);
    ht_fields_clear (&HT_INGEST_SOURCE_FIELDS, &source);
    return ran;
}

int
main (int argc, char **argv)
{
    g_autoptr (HtUnitOut) out = ht_unit_out_new (RECORDER_FD);
    g_autoptr (GError) error = NULL;
    g_autofree char *note = NULL;
    int status;

    if (argc != 2 || strcmp (argv[1], "ingest") != 0) {
        g_printerr ("usage: %s ingest < SOURCE.json 3<>SOCKET\n", argv[0]);
        return HT_EXIT_ATTENTION;
    }
    /* it serves one recorder and ends with it */
    prctl (PR_SET_PDEATHSIG, SIGKILL);
    signal (SIGPIPE, SIG_IGN);
    if (!ingest (out, &error))
        g_message ("ingest ends: %s", error->message);
    status = ht_ingest_describe_exit (error, &note);
    ht_unit_out_send_note (out, note, NULL);
    /* no teardown: there is nothing to save, and tearing down is where pipelines crash */
    _exit (status);
}
