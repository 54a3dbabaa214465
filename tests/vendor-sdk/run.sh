#!/usr/bin/env bash
# The contract with the vendors' own Python clients: what they reply with is read, their fields and words are known.
# Needs python3 and, the first time, its package registry. LBHEALTH names the program, target/release/lbhealth if it is not set.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

LBHEALTH=${LBHEALTH:-$root/target/release/lbhealth}
if [[ ! -x $LBHEALTH ]]; then
    printf '%s is not a program; build it (cargo build --release -p lbhealth-cli) or set LBHEALTH\n' "$LBHEALTH" >&2
    exit 2
fi

# Kept from run to run, and made anew when the pinned versions or the interpreter change.
venv=$root/target/vendor-sdk
wanted=$(python3 --version; cat "$here/requirements.txt")
if [[ ! -f $venv/installed || $(< "$venv/installed") != "$wanted" ]]; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    printf '%s\n' "$wanted" > "$venv/installed"
fi

# The clients are pointed at this host only, so a proxy has no part in it.
export LBHEALTH PYTHONDONTWRITEBYTECODE=1
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
exec "$venv/bin/python" "$here"
