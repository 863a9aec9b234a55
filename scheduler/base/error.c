/* SPDX-License-Identifier: MIT */

#include "scheduler/base/error.h"

typedef struct {
    char *id;             /* (owned) (nullable) */
    char *field;          /* (owned) (nullable) */
    GPtrArray *arguments; /* (element-type utf8) (owned) (nullable): name, value, name, value */
} HtErrorPrivate;

static void
ht_error_private_init (HtErrorPrivate *priv)
{
    *priv = (HtErrorPrivate){ 0 };
}

static void
ht_error_private_copy (const HtErrorPrivate *from, HtErrorPrivate *to)
{
    to->id = g_strdup (from->id);
    to->field = g_strdup (from->field);
    to->arguments = from->arguments == NULL ? NULL : g_ptr_array_ref (from->arguments);
}

static void
ht_error_private_clear (HtErrorPrivate *priv)
{
    g_clear_pointer (&priv->id, g_free);
    g_clear_pointer (&priv->field, g_free);
    g_clear_pointer (&priv->arguments, g_ptr_array_unref);
}

G_DEFINE_EXTENDED_ERROR (HtError, ht_error)

static const char *const code_names[HT_ERROR_N_CODES] = {
    [HT_ERROR_INVALID] = "invalid",
    [HT_ERROR_UNAUTHENTICATED] = "unauthenticated",
    [HT_ERROR_DENIED] = "denied",
    [HT_ERROR_NOT_FOUND] = "not-found",
    [HT_ERROR_GONE] = "gone",
    [HT_ERROR_CONFLICT] = "conflict",
    [HT_ERROR_STALE] = "stale",
    [HT_ERROR_TOO_LARGE] = "too-large",
    [HT_ERROR_BUSY] = "busy",
    [HT_ERROR_FULL] = "disk-full",
    [HT_ERROR_UNKNOWN] = "outcome-unknown",
    [HT_ERROR_TIMED_OUT] = "timed-out",
    [HT_ERROR_ATTENTION] = "attention",
    [HT_ERROR_INTERNAL] = "internal",
};

static HtErrorPrivate *
peek_private (const GError *error)
{
    return g_error_matches (error, HT_ERROR, error == NULL ? 0 : error->code)
               ? ht_error_get_private (error)
               : NULL;
}

void
ht_problem_set (GError **error, HtErrorCode code, const char *id, const char *field,
                const char *format, ...)
{
    HtErrorPrivate *priv;
    va_list args;

    if (error == NULL)
        return;
    va_start (args, format);
    g_propagate_error (error, g_error_new_valist (HT_ERROR, (int) code, format, args));
    va_end (args);
    priv = peek_private (*error);
    priv->id = g_strdup (id);
    priv->field = g_strdup (field);
}

void
ht_problem_add (GError *error, const char *name, const char *value)
{
    HtErrorPrivate *priv = peek_private (error);

    if (priv == NULL)
        return;
    if (priv->arguments == NULL)
        priv->arguments = g_ptr_array_new_with_free_func (g_free);
    g_ptr_array_add (priv->arguments, g_strdup (name));
    g_ptr_array_add (priv->arguments, g_strdup (value));
}

const char *
ht_problem_get_id (const GError *error)
{
    const HtErrorPrivate *priv = peek_private (error);

    if (priv == NULL || error->code < 0 || error->code >= HT_ERROR_N_CODES)
        return code_names[HT_ERROR_INTERNAL];
    return priv->id != NULL ? priv->id : code_names[error->code];
}

const char *
ht_problem_get_field (const GError *error)
{
    const HtErrorPrivate *priv = peek_private (error);

    return priv == NULL ? NULL : priv->field;
}

void
ht_problem_foreach_argument (const GError *error, HtProblemArgument each, gpointer user_data)
{
    const HtErrorPrivate *priv = peek_private (error);

    if (priv == NULL || priv->arguments == NULL)
        return;
    for (unsigned i = 0; i + 1 < priv->arguments->len; i += 2)
        each (g_ptr_array_index (priv->arguments, i), g_ptr_array_index (priv->arguments, i + 1),
              user_data);
}
