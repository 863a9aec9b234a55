#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run.sh STORY BUILD SOURCE: one story in the browser; installs what drives it on the first run.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
[ -e "$here/node_modules/playwright-core/package.json" ] || (cd "$here" && npm ci >/dev/null)
exec node "$here/$1.mjs" "$2" "$3"
