/* SPDX-License-Identifier: MIT */

#include "media/supervisor/folders.h"

#include <inttypes.h>

#include "media/record/journal.h"
#include "scheduler/base/id.h"

char *
ht_folders_dup_track (const char *sessions, int64_t session_id, const char *track)
{
    g_autofree char *id = g_strdup_printf ("%" PRId64, session_id);

    return g_build_filename (sessions, id, track, NULL);
}

GPtrArray *
ht_folders_list_tracks (const char *sessions, int64_t session_id)
{
    GPtrArray *folders = g_ptr_array_new_with_free_func (g_free);
    g_autofree char *folder = ht_folders_dup_track (sessions, session_id, NULL);
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
        g_autofree char *journal = g_build_filename (folder, name, HT_JOURNAL_FILE, NULL);

        if (g_file_test (journal, G_FILE_TEST_IS_REGULAR))
            g_ptr_array_add (folders, g_build_filename (folder, name, NULL));
    }
    return folders;
}

int64_t
ht_folders_read_session (const char *track_folder)
{
    g_autofree char *above = g_path_get_dirname (track_folder);
    g_autofree char *name = g_path_get_basename (above);
    int64_t id = HT_ID_NONE;

    ht_id_parse (name, &id, NULL);
    return id;
}
