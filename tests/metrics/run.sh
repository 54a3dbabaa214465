#!/usr/bin/env bash
# The metrics, read by Prometheus' own parsers: both of its Python client, and promtool.
# Needs python3 and, the first time, its package registry; promtool from PATH or, on Debian, from the archive, which is unpacked and not
# installed, so that no server is started. LBHEALTH names the program, target/release/lbhealth if it is not set.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

LBHEALTH=${LBHEALTH:-$root/target/release/lbhealth}
if [[ ! -x $LBHEALTH ]]; then
    printf '%s is not a program; build it (cargo build --release -p lbhealth-cli) or set LBHEALTH\n' "$LBHEALTH" >&2
    exit 2
fi

# Kept from run to run, and made anew when the pinned versions or the interpreter change.
venv=$root/target/metrics
wanted=$(python3 --version; cat "$here/requirements.txt")
if [[ ! -f $venv/installed || $(< "$venv/installed") != "$wanted" ]]; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    printf '%s\n' "$wanted" > "$venv/installed"
fi

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

export LBHEALTH PROMTOOL PYTHONDONTWRITEBYTECODE=1
cd "$here"
exec "$venv/bin/python" -m unittest --quiet metrics
