/* SPDX-License-Identifier: MIT */

#include "media/record/manifest.h"

#define CHAPTER(member)  G_STRUCT_OFFSET (HtChapter, member)
#define GAP(member)      G_STRUCT_OFFSET (HtManifestGap, member)
#define MANIFEST(member) G_STRUCT_OFFSET (HtManifest, member)

static const HtField chapter_table[] = {
    { "at_ms", HT_FIELD_INT, CHAPTER (at_ms) },
    { "title", HT_FIELD_TEXT, CHAPTER (title) },
};
static const HtFields chapter_fields = HT_FIELDS ("chapter", HtChapter, chapter_table);

static const HtField gap_table[] = {
    { "from_ms", HT_FIELD_INT, GAP (from_ms) }, { "to_ms", HT_FIELD_INT, GAP (to_ms) },
    { "cause", HT_FIELD_TEXT, GAP (cause) },    { "before", HT_FIELD_TEXT, GAP (before) },
    { "after", HT_FIELD_TEXT, GAP (after) },
};
static const HtFields gap_fields = HT_FIELDS ("gap", HtManifestGap, gap_table);

static const HtField manifest_table[] = {
    { "version", HT_FIELD_INT, MANIFEST (version) },
    { "bytes", HT_FIELD_INT, MANIFEST (bytes) },
    { "sha256", HT_FIELD_TEXT, MANIFEST (sha256) },
    { "start_us", HT_FIELD_INT, MANIFEST (start_us) },
    { "duration_ms", HT_FIELD_INT, MANIFEST (duration_ms) },
    { "lead_in_ms", HT_FIELD_INT, MANIFEST (lead_in_ms) },
    { "missing_ms", HT_FIELD_INT, MANIFEST (missing_ms) },
    { "pictures", HT_FIELD_INT, MANIFEST (pictures) },
    { "frames", HT_FIELD_INT, MANIFEST (frames) },
    { "silent_frames", HT_FIELD_INT, MANIFEST (silent_frames) },
    { "complete", HT_FIELD_BOOL, MANIFEST (complete) },
    { "gaps", HT_FIELD_LIST, MANIFEST (gaps), .max = 100000, .list = &gap_fields },
    { "chapters", HT_FIELD_LIST, MANIFEST (chapters), .max = 100000, .list = &chapter_fields },
};
const HtFields ht_manifest_fields = HT_FIELDS ("manifest", HtManifest, manifest_table);
