#!/usr/bin/env bash
# The metrics, read by Prometheus' own parsers: both of its Python client, and promtool.
# Needs python3 and, the first time, its package registry; promtool from PATH or, on Debian, from the archive, which is unpacked and not
# installed, so that no server is started. LBHEALTH names the program, target/release/lbhealth if it is not set.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../environment.sh"

venv=$root/target/metrics
environment "$venv" "$here/requirements.txt"

PROMTOOL=$(command -v promtool || true)
if [[ -z $PROMTOOL ]]; then
    PROMTOOL=$venv/debian/usr/bin/promtool
    if [[ ! -x $PROMTOOL ]]; then
        command -v apt-get > /dev/null || { printf 'there is no promtool; install it with prometheus\n' >&2; exit 2; }
        mkdir -p "$venv/debian"
        ((EUID != 0)) || apt-get update -qq
        (cd "$venv/debian" && apt-get download -qq -o APT::Sandbox::User=root prometheus && dpkg-deb -x prometheus_*.deb .)
    fi
fi

export PROMTOOL
cd "$here"
exec "$venv/bin/python" -m unittest --quiet metrics
