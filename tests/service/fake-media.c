/* SPDX-License-Identifier: MIT */

#include "tests/service/fake-media.h"

static void fake_media_init_interface (HtMediaInterface *iface);

G_DEFINE_TYPE_WITH_CODE (FakeMedia, fake_media, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (HT_TYPE_MEDIA, fake_media_init_interface))

static void
fake_listen (HtMedia *media, HtMediaHear hear, gpointer user_data)
{
    ((FakeMedia *) media)->hear = hear;
    ((FakeMedia *) media)->user_data = user_data;
}

static void
fake_adopt (HtMedia *media, const int64_t *ids G_GNUC_UNUSED, unsigned n_ids)
{
    g_string_append_printf (((FakeMedia *) media)->told, "adopt %u;", n_ids);
}

static void
fake_want (HtMedia *media, const HtMediaJob *job)
{
    ((FakeMedia *) media)->end_us = job->end_us;
    g_string_append_printf (((FakeMedia *) media)->told, "want %d of %u;", (int) job->session_id,
                            job->n_tracks);
}

static void
fake_stop (HtMedia *media, int64_t session_id)
{
    g_string_append_printf (((FakeMedia *) media)->told, "stop %d;", (int) session_id);
}

static void
fake_finalise (HtMedia *media, int64_t session_id, int64_t start_us, int64_t end_us)
{
    g_string_append_printf (((FakeMedia *) media)->told, "finalise %d for %d min;",
                            (int) session_id, (int) ((end_us - start_us) / 60 / G_USEC_PER_SEC));
}

static void
fake_media_init_interface (HtMediaInterface *iface)
{
    iface->listen = fake_listen;
    iface->adopt = fake_adopt;
    iface->want = fake_want;
    iface->stop = fake_stop;
    iface->finalise = fake_finalise;
}

static void
fake_media_finalize (GObject *object)
{
    g_string_free (((FakeMedia *) object)->told, TRUE);
    G_OBJECT_CLASS (fake_media_parent_class)->finalize (object);
}

static void
fake_media_class_init (FakeMediaClass *klass)
{
    klass->finalize = fake_media_finalize;
}

static void
fake_media_init (FakeMedia *self)
{
    self->told = g_string_new (NULL);
}

FakeMedia *
fake_media_new (void)
{
    return g_object_new (fake_media_get_type (), NULL);
}
