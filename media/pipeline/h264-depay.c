/* SPDX-License-Identifier: MIT */

#include "media/pipeline/h264-depay.h"

#include <string.h>

#include "media/pipeline/bits.h"
#include "media/pipeline/dts.h"
#include "media/record/unit.h"

#define NAL_SLICE     1
#define NAL_IDR       5
#define NAL_SEI       6
#define NAL_SPS       7
#define NAL_PPS       8
#define NAL_DELIMITER 9
#define NAL_FILLER    12
#define NAL_MAX       23
#define STAP_A        24
#define FU_A          28
#define FU_START      0x80
#define FU_END        0x40
#define SEI_RECOVERY  6
#define TRUST_AFTER   8 /* units */
#define TRUST_NEVER   (-1)
#define MAX_SPS       32
#define MAX_PPS       256

static const uint8_t START[] = { 0, 0, 0, 1 };
/* Every picture type may follow (table 7-5). */
static const uint8_t DELIMITER[] = { 0, 0, 0, 1, NAL_DELIMITER, 0xf0 };

/* The unit that is being put together. */
typedef struct {
    gboolean open;
    gboolean damaged;
    gboolean key;
    gboolean has_slice, has_sps, has_pps;
    gboolean marked; /* its last packet bore the marker */
    int64_t stamp;
    int64_t first_arrival_us, arrival_us;
} Draft;

struct _HtH264Depay {
    HtDepayFunc each;
    gpointer user_data;
    GByteArray *unit; /* (owned): the draft, delimiter first */
    GByteArray *full; /* (owned): a key unit that needed parameter sets */
    Draft draft;
    size_t fragment_at; /* where the open fragmented NAL unit begins; 0: none is open */
    gboolean loss;      /* to be told with the next unit */
    gboolean suspect;   /* the next unit may lack its beginning */
    gboolean began;     /* a key unit was given out */
    int trust;          /* units ended by a marker and confirmed, or TRUST_NEVER */
    unsigned markers;
    int64_t ended_stamp; /* of the unit that a marker ended; G_MININT64: none */
    GBytes *sps[MAX_SPS];
    GBytes *pps[MAX_PPS];
    gboolean has_sps;
    HtSps info;
    HtDts dts;
};

HtH264Depay *
ht_h264_depay_new (HtDepayFunc each, gpointer user_data)
{
    HtH264Depay *self = g_new0 (HtH264Depay, 1);

    self->each = each;
    self->user_data = user_data;
    self->unit = g_byte_array_new ();
    self->full = g_byte_array_new ();
    self->ended_stamp = G_MININT64;
    return self;
}

void
ht_h264_depay_free (HtH264Depay *self)
{
    for (unsigned i = 0; i < MAX_SPS; i++)
        g_clear_pointer (&self->sps[i], g_bytes_unref);
    for (unsigned i = 0; i < MAX_PPS; i++)
        g_clear_pointer (&self->pps[i], g_bytes_unref);
    g_byte_array_unref (self->unit);
    g_byte_array_unref (self->full);
    g_free (self);
}

const HtSps *
ht_h264_depay_get_sps (const HtH264Depay *self)
{
    return self->has_sps ? &self->info : NULL;
}

static void
keep (GBytes **slot, const uint8_t *nal, size_t length)
{
    g_clear_pointer (slot, g_bytes_unref);
    *slot = g_bytes_new (nal, length);
}

static gboolean
learn_sps (HtH264Depay *self, const uint8_t *nal, size_t length)
{
    HtSps info;

    if (!ht_sps_read (nal, length, &info, NULL))
        return FALSE;
    keep (&self->sps[info.id], nal, length);
    self->info = info;
    self->has_sps = TRUE;
    ht_dts_set_depth (&self->dts, info.reorder_depth);
    return TRUE;
}

static gboolean
learn_pps (HtH264Depay *self, const uint8_t *nal, size_t length)
{
    HtBits bits = { .data = nal + 1, .length_bytes = length - 1 };
    uint32_t id = ht_bits_take_golomb (&bits);

    if (length > HT_SPS_MAX_BYTES || bits.overrun || id >= MAX_PPS)
        return FALSE;
    keep (&self->pps[id], nal, length);
    return TRUE;
}

/* Decoding may begin at a picture that says "no picture before me is needed" too. */
static gboolean
is_recovery_point (const uint8_t *nal, size_t length)
{
    return length >= 4 && nal[1] == SEI_RECOVERY && (nal[3] & 0x80) != 0;
}

/* What a whole NAL unit means for its draft. */
static void
learn (HtH264Depay *self, const uint8_t *nal, size_t length)
{
    switch (nal[0] & 0x1f) {
    case NAL_SPS:
        self->draft.has_sps |= learn_sps (self, nal, length);
        break;
    case NAL_PPS:
        self->draft.has_pps |= learn_pps (self, nal, length);
        break;
    case NAL_SEI:
        self->draft.key |= is_recovery_point (nal, length);
        break;
    default:
        break;
    }
}

/* @after: the octet behind the NAL unit's header, where first_mb_in_slice begins. */
static void
see_beginning (HtH264Depay *self, unsigned type, uint8_t after)
{
    if (type < NAL_SLICE || type > NAL_IDR)
        return;
    if (!self->draft.has_slice && self->suspect && (after & 0x80) == 0)
        self->draft.damaged = TRUE;
    self->suspect = FALSE;
    self->draft.has_slice = TRUE;
    self->draft.key |= type == NAL_IDR;
}

static void
append (HtH264Depay *self, const uint8_t *data, size_t length)
{
    if (self->draft.damaged || length == 0)
        return;
    if (self->unit->len + length > HT_UNIT_MAX_BYTES - (MAX_SPS + MAX_PPS) * HT_SPS_MAX_BYTES) {
        self->draft.damaged = TRUE;
        return;
    }
    g_byte_array_append (self->unit, data, (unsigned) length);
}

static void
take_nal (HtH264Depay *self, const uint8_t *nal, size_t length)
{
    unsigned type = length > 0 ? nal[0] & 0x1fu : 0;

    if (type == 0 || type > NAL_MAX || type == NAL_DELIMITER || type == NAL_FILLER)
        return;
    if (self->fragment_at > 0)
        self->draft.damaged = TRUE;
    self->fragment_at = 0;
    if (length > 1)
        see_beginning (self, type, nal[1]);
    learn (self, nal, length);
    append (self, START, sizeof START);
    append (self, nal, length);
}

static void
take_aggregate (HtH264Depay *self, const uint8_t *data, size_t length)
{
    while (length > 2) {
        size_t size = (size_t) data[0] << 8 | data[1];

        if (size > length - 2) {
            self->draft.damaged = TRUE;
            return;
        }
        take_nal (self, data + 2, size);
        data += 2 + size;
        length -= 2 + size;
    }
}

static void
begin_fragment (HtH264Depay *self, const uint8_t *data)
{
    uint8_t header = (uint8_t) ((data[0] & 0xe0) | (data[1] & 0x1f));

    if (self->fragment_at > 0)
        self->draft.damaged = TRUE;
    see_beginning (self, header & 0x1f, data[2]);
    append (self, START, sizeof START);
    self->fragment_at = self->unit->len;
    append (self, &header, 1);
}

static void
take_fragment (HtH264Depay *self, const uint8_t *data, size_t length)
{
    if (length < 3)
        return;
    if ((data[1] & FU_START) != 0)
        begin_fragment (self, data);
    if (self->fragment_at == 0) {
        self->draft.damaged = TRUE;
        self->draft.has_slice = TRUE;
        return;
    }
    append (self, data + 2, length - 2);
    if ((data[1] & FU_END) == 0)
        return;
    if (!self->draft.damaged)
        learn (self, self->unit->data + self->fragment_at, self->unit->len - self->fragment_at);
    self->fragment_at = 0;
}

static gboolean
append_sets (GByteArray *to, GBytes **sets, unsigned count)
{
    gboolean any = FALSE;

    for (unsigned i = 0; i < count; i++) {
        size_t size;
        const uint8_t *set;

        if (sets[i] == NULL)
            continue;
        set = g_bytes_get_data (sets[i], &size);
        g_byte_array_append (to, START, sizeof START);
        g_byte_array_append (to, set, (unsigned) size);
        any = TRUE;
    }
    return any;
}

/* The draft with the parameter sets that it lacks; NULL where none are known. */
static const GByteArray *
complete (HtH264Depay *self)
{
    if (!self->draft.key || (self->draft.has_sps && self->draft.has_pps))
        return self->unit;
    g_byte_array_set_size (self->full, 0);
    g_byte_array_append (self->full, DELIMITER, sizeof DELIMITER);
    if (!self->draft.has_sps && !append_sets (self->full, self->sps, MAX_SPS))
        return NULL;
    if (!self->draft.has_pps && !append_sets (self->full, self->pps, MAX_PPS))
        return NULL;
    g_byte_array_append (self->full, self->unit->data + sizeof DELIMITER,
                         self->unit->len - sizeof DELIMITER);
    return self->full;
}

static void
give (HtH264Depay *self)
{
    const GByteArray *octets = complete (self);
    HtDepayUnit unit = {
        .pts = self->draft.stamp,
        .first_arrival_us = self->draft.first_arrival_us,
        .arrival_us = self->draft.arrival_us,
        .flags = (self->draft.key ? HT_UNIT_KEY : 0u) | (self->loss ? HT_UNIT_LOSS : 0u),
    };

    if (octets == NULL || (!self->began && !self->draft.key))
        return;
    unit.data = octets->data;
    unit.length = octets->len;
    unit.dts = ht_dts_next (&self->dts, &unit.pts);
    self->began = TRUE;
    self->loss = FALSE;
    self->each (self->user_data, &unit);
}

static void
end_unit (HtH264Depay *self)
{
    if (!self->draft.open)
        return;
    if (self->fragment_at > 0)
        self->draft.damaged = TRUE;
    if (self->draft.damaged)
        self->loss = TRUE;
    else if (self->draft.has_slice)
        give (self);
    self->fragment_at = 0;
    self->draft = (Draft){ 0 };
}

static void
begin_unit (HtH264Depay *self, int64_t stamp, int64_t arrival_us)
{
    self->draft = (Draft){ .open = TRUE, .stamp = stamp, .first_arrival_us = arrival_us };
    g_byte_array_set_size (self->unit, 0);
    g_byte_array_append (self->unit, DELIMITER, sizeof DELIMITER);
}

/* A gap: which unit did it hit? The open one, if its end had still to come. */
static void
see_gap (HtH264Depay *self, gboolean same_unit)
{
    gboolean marks = self->markers > 0 && self->trust != TRUST_NEVER;

    if (!self->draft.open)
        return;
    if (same_unit || self->fragment_at > 0 || (marks && !self->draft.marked))
        self->draft.damaged = TRUE;
}

/* The time stamp changed: was the marker where it belongs? */
static void
judge_marker (HtH264Depay *self, gboolean gap)
{
    if (self->trust == TRUST_NEVER || !self->draft.open || gap)
        return;
    self->trust = self->draft.marked ? MIN (self->trust + 1, TRUST_AFTER) : 0;
}

static void
take_payload (HtH264Depay *self, const HtRtpPacket *packet)
{
    unsigned type = packet->length > 0 ? packet->payload[0] & 0x1fu : 0;

    if (type == STAP_A)
        take_aggregate (self, packet->payload + 1, packet->length - 1);
    else if (type == FU_A)
        take_fragment (self, packet->payload, packet->length);
    else
        take_nal (self, packet->payload, packet->length);
}

void
ht_h264_depay_take (HtH264Depay *self, const HtRtpPacket *packet, HtRtpOrder order, int64_t stamp,
                    int64_t arrival_us)
{
    gboolean gap = order != HT_RTP_NEXT;
    gboolean same = self->draft.open && stamp == self->draft.stamp;

    if (gap)
        see_gap (self, same);
    if (!same) {
        judge_marker (self, gap);
        end_unit (self);
    }
    if (same ? self->draft.marked : stamp == self->ended_stamp)
        self->trust = TRUST_NEVER;
    if (gap) {
        self->loss = TRUE;
        self->suspect = TRUE;
    }
    /* the rest of a unit that a dishonest marker ended too early */
    if (!same && stamp == self->ended_stamp) {
        self->loss = TRUE;
        return;
    }
    if (!same)
        begin_unit (self, stamp, arrival_us);
    take_payload (self, packet);
    self->draft.arrival_us = arrival_us;
    self->draft.marked = packet->marker;
    self->markers += packet->marker;
    if (packet->marker && self->trust >= TRUST_AFTER) {
        self->ended_stamp = stamp;
        end_unit (self);
    }
}

void
ht_h264_depay_finish (HtH264Depay *self)
{
    end_unit (self);
}

void
ht_h264_depay_set_parameters (HtH264Depay *self, const char *sprop)
{
    g_auto (GStrv) sets = g_strsplit (sprop, ",", MAX_SPS + MAX_PPS);

    for (unsigned i = 0; sets[i] != NULL; i++) {
        size_t length = 0;
        g_autofree uint8_t *nal = g_base64_decode (sets[i], &length);

        if (length > 1 && (nal[0] & 0x1f) == NAL_SPS)
            learn_sps (self, nal, length);
        else if (length > 1 && (nal[0] & 0x1f) == NAL_PPS)
            learn_pps (self, nal, length);
    }
}
