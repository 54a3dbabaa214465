#!/usr/bin/env bash
# The contract of every adapter with its vendor's own Python client: what it replies with is read, its fields and words are known.
# Each client has a folder `contract` in its adapter's, with the versions that are pinned, and an environment of its own.
# Arguments: the ids of the adapters to check, all of them if there are none.
# Needs python3 and, the first time, its package registry. LBHEALTH names the program, target/release/lbhealth if it is not set.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../environment.sh"

# The clients are pointed at this host only, so a proxy has no part in it; but the registry may be behind one.
without_proxy=(env -u http_proxy -u https_proxy -u all_proxy -u HTTP_PROXY -u HTTPS_PROXY -u ALL_PROXY)

if [[ $# -eq 0 ]]; then
    for contract in "$root"/crates/adapters/*/contract; do
        set -- "$@" "$(basename "$(dirname "$contract")")"
    done
fi
failed=()
for adapter in "$@"; do
    requirements=$root/crates/adapters/$adapter/contract/requirements.txt
    venv=$root/target/vendor-sdk/$adapter
    environment "$venv" "$requirements"
    "${without_proxy[@]}" "$venv/bin/python" "$here" "$adapter" || failed+=("$adapter")
done
if [[ ${#failed[@]} -gt 0 ]]; then
    printf 'failed: %s\n' "${failed[*]}" >&2
    exit 1
fi
