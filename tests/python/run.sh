#!/usr/bin/env bash
# The Python package: its wheel is built and installed into a fresh environment, and there tested, type-checked, and held against the
# conformance kit and against the vendors' own clients.
# Needs a Rust toolchain, python3 and, the first time, its package registry; the environments of tests/vendor-sdk/run.sh.
# LBHEALTH names the program, target/release/lbhealth if it is not set; KIT a conformance kit, made anew if it is not set; WHEEL a wheel,
# built if it is not set.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../environment.sh"
work=$root/target/python
step() { printf '\n-- %s\n' "$*"; }

mkdir -p "$work"

step 'tools'
tools=$work/tools
environment "$tools" "$here/requirements.txt"

step 'the wheel'
if [[ -z ${WHEEL:-} ]]; then
    rm -rf "$work/wheels"
    "$tools/bin/maturin" build --quiet --release --locked --manifest-path "$root/crates/python/Cargo.toml" --out "$work/wheels"
    WHEEL=$(echo "$work"/wheels/*.whl)
fi
if [[ $WHEEL != *-cp310-abi3-* ]]; then
    printf '%s is not for every Python from 3.10 on\n' "$WHEEL" >&2
    exit 1
fi
# Nothing of the package is left from an earlier run, and nothing of what it is tested with is in its environment until it was imported.
venv=$work/venv
rm -rf "$venv"
python3 -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-index "$WHEEL"
"$venv/bin/python" -c 'import lbhealth; print("lbhealth", lbhealth.__version__, *lbhealth.ADAPTERS)'

step 'tests and the conformance kit'
if [[ -z ${KIT:-} ]]; then
    KIT=$work/kit
    rm -rf "$KIT"
    cargo xtask conformance "$KIT"
fi
export KIT
(
    cd "$here"
    packages=$("$tools/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    PYTHONPATH=$root/tests/consumers/python:$packages "$venv/bin/python" -m pytest -q -p no:cacheprovider
)

step 'types'
(
    cd "$here"
    "$tools/bin/mypy" --strict --python-executable "$venv/bin/python" --cache-dir "$work/mypy" consumer.py
    # All of the package but what needs Spark, which tests/pipelines has.
    modules=$("$venv/bin/python" -c 'import lbhealth, pkgutil; print(*(m.name for m in pkgutil.iter_modules(lbhealth.__path__) if m.name != "spark"))')
    "$tools/bin/mypy" --strict --python-executable "$venv/bin/python" --cache-dir "$work/mypy" -m lbhealth $(printf -- '-m lbhealth.%s ' $modules)
    # What it says of types is so.
    "$venv/bin/python" consumer.py < "$root/crates/adapters/alibaba-alb/fixtures/vendor-example-listener-health/input.json"
)

step "the vendors' own clients"
rm -rf "$work/package"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --target "$work/package" "$WHEEL"
for contract in "$root"/crates/adapters/*/contract; do
    adapter=$(basename "$(dirname "$contract")")
    client=$root/target/vendor-sdk/$adapter/bin/python
    if [[ ! -x $client ]]; then
        printf '%s is not there; run tests/vendor-sdk/run.sh first\n' "$client" >&2
        exit 2
    fi
    PYTHONPATH=$work/package "$client" "$here/clients.py" "$adapter"
done
