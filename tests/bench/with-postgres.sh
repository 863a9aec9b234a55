#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Runs a command with a PostgreSQL 15 of its own, durable as it is delivered, on a Unix socket (PGHOST).
# Usage: with-postgres.sh COMMAND...
set -eu
bin=/usr/lib/postgresql/15/bin
folder=$(mktemp -d /tmp/ht-postgres-XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then # the server refuses root
    chown postgres: "$folder"
    as=(setpriv --reuid postgres --regid postgres --init-groups)
fi
cd "$folder"
finish() {
    "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap finish EXIT
"${as[@]}" "$bin/initdb" -D "$folder/data" -U postgres -A trust >/dev/null
"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
    -o "-c listen_addresses= -c unix_socket_directories=$folder -c shared_buffers=512MB -c max_wal_size=4GB" start >/dev/null
cd "$OLDPWD"
PGHOST=$folder "$@"
