#!/usr/bin/env bash
# Readers of every release in this folder meet the documents and rows of today, and of tomorrow; readers of today meet the documents of
# every release. The readers are JSON Schema validators and types generated from the schemas.
# Needs python3 and, the first time, its package registry. LBHEALTH names the program, target/release/lbhealth if it is not set.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

export LBHEALTH=${LBHEALTH:-$root/target/release/lbhealth}
if [[ ! -x $LBHEALTH ]]; then
    printf '%s is not a program; build it (cargo build --release -p lbhealth-cli) or set LBHEALTH\n' "$LBHEALTH" >&2
    exit 2
fi

# Kept from run to run, and made anew when the pinned versions or the interpreter change.
venv=$root/target/compat/venv
wanted=$(python3 --version; cat "$here/requirements.txt")
if [[ ! -f $venv/installed || $(< "$venv/installed") != "$wanted" ]]; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    printf '%s\n' "$wanted" > "$venv/installed"
fi

export PYTHONDONTWRITEBYTECODE=1
exec "$venv/bin/python" "$here/readers"
