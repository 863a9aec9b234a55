/* SPDX-License-Identifier: MIT */

#include "ui/http/cookie.h"

#include <string.h>

char *
ht_cookie_dup (const char *header, const char *name)
{
    size_t length = strlen (name);

    while (header != NULL && *header != '\0') {
        header += strspn (header, " \t;");
        if (strncmp (header, name, length) == 0 && header[length] == '=') {
            header += length + 1;
            return g_strndup (header, strcspn (header, "; \t"));
        }
        header += strcspn (header, ";");
    }
    return NULL;
}
