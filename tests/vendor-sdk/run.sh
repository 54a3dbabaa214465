#!/usr/bin/env bash
# The contract of every adapter with its vendor's own Python client: what it replies with is read, its fields and words are known.
# Each client has a folder `contract` in its adapter's, with the versions that are pinned, and an environment of its own.
# Arguments: the ids of the adapters to check, all of them if there are none.
# Needs python3 and, the first time, its package registry. LBHEALTH names the program, target/release/lbhealth if it is not set.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

LBHEALTH=${LBHEALTH:-$root/target/release/lbhealth}
if [[ ! -x $LBHEALTH ]]; then
    printf '%s is not a program; build it (cargo build --release -p lbhealth-cli) or set LBHEALTH\n' "$LBHEALTH" >&2
    exit 2
fi
# The clients are pointed at this host only, so a proxy has no part in it; but the registry may be behind one.
export LBHEALTH PYTHONDONTWRITEBYTECODE=1
without_proxy=(env -u http_proxy -u https_proxy -u all_proxy -u HTTP_PROXY -u HTTPS_PROXY -u ALL_PROXY)

if [[ $# -eq 0 ]]; then
    for contract in "$root"/crates/adapters/*/contract; do
        set -- "$@" "$(basename "$(dirname "$contract")")"
    done
fi
failed=()
for adapter in "$@"; do
    requirements=$root/crates/adapters/$adapter/contract/requirements.txt
    # Kept from run to run, and made anew when the pinned versions or the interpreter change.
    venv=$root/target/vendor-sdk/$adapter
    wanted=$(python3 --version; cat "$requirements")
    if [[ ! -f $venv/installed || $(< "$venv/installed") != "$wanted" ]]; then
        rm -rf "$venv"
        python3 -m venv "$venv"
        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
        printf '%s\n' "$wanted" > "$venv/installed"
    fi
    "${without_proxy[@]}" "$venv/bin/python" "$here" "$adapter" || failed+=("$adapter")
done
if [[ ${#failed[@]} -gt 0 ]]; then
    printf 'failed: %s\n' "${failed[*]}" >&2
    exit 1
fi
