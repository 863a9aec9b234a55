#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs what the named groups of packages/list.txt lack on this Debian, and nothing where they lack
# nothing. Daemons that come with a package are not started. Usage: packages/install.sh GROUP...
set -eu
cd "$(dirname "$0")"

wanted() { # GROUP...: package names
    local group
    for group in "$@"; do
        sed 's/#.*//' list.txt | awk -v group="$group" '$1 == group { print $2 }'
    done | sort -u
}

missing() { # reads package names, prints those that are not installed
    local names present
    mapfile -t names
    present=$(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' "${names[@]}" 2>/dev/null |
        awk '$1 == "installed" { print $2 }' | sort -u)
    comm -23 <(printf '%s\n' "${names[@]}") <(printf '%s\n' "$present")
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo -- "$@"
    else
        echo "install: these packages are missing and neither root nor sudo is here: ${lacking[*]}" >&2
        exit 78
    fi
}

if ! command -v dpkg-query >/dev/null; then
    echo "install: not a Debian, so nothing is installed; packages/list.txt names what is needed" >&2
    exit 0
fi
mapfile -t lacking < <(wanted "$@" | missing)
# third-party packages of node contain npm and conflict with Debian's, so the command decides
command -v npm >/dev/null || lacking+=(nodejs npm)
[ "${#lacking[@]}" -gt 0 ] || exit 0

echo "install: ${#lacking[@]} packages that are missing: ${lacking[*]}"
policy=/usr/sbin/policy-rc.d # exit 101: a package may not start its daemon
if [ ! -e $policy ]; then
    as_root sh -c "printf '#!/bin/sh\nexit 101\n' >$policy && chmod 755 $policy"
    trap 'as_root rm -f $policy' EXIT
fi
# a root that no systemd has booted is a container or a build root: nobody mourns it after a power cut
careless=()
[ -d /run/systemd/system ] || careless=(-o Dpkg::Options::=--force-unsafe-io)
as_root env DEBIAN_FRONTEND=noninteractive sh -c '
    apt-get update -qq &&
    apt-get install -qq --yes --no-install-recommends -o Dpkg::Use-Pty=0 "$@" >/dev/null' sh "${careless[@]}" "${lacking[@]}"
