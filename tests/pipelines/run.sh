#!/usr/bin/env bash
# The Python package in the engines that pipelines run on: Apache Spark with two worker processes, Polars, DuckDB, pandas, pyarrow.
# Needs python3 and, the first time, the package registries of Python and Debian; root, where Java is missing; a Rust toolchain, where there
# is no wheel. Everything listens on the loopback address alone.
# usage: run.sh [PYTEST-ARGUMENT…]
# WHEEL names a wheel of the package, built if it is not set; LBHEALTH the program, target/release/lbhealth if it is not set; REPLIES how many
# replies the cluster is given, 100000 if it is not set.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$root/target/pipelines

LBHEALTH=${LBHEALTH:-$root/target/release/lbhealth}
if [[ ! -x $LBHEALTH ]]; then
    printf '%s is not a program; build it (cargo build --release -p lbhealth-cli) or set LBHEALTH\n' "$LBHEALTH" >&2
    exit 2
fi
mkdir -p "$work"

if ! command -v java > /dev/null; then
    if [[ $(id -u) != 0 ]] || ! command -v apt-get > /dev/null; then
        printf 'Spark needs Java 17 or later; install it (on Debian openjdk-17-jre-headless)\n' >&2
        exit 2
    fi
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update && apt-get install -y --no-install-recommends openjdk-17-jre-headless; } > "$work/apt.log" 2>&1 || { cat "$work/apt.log" >&2; exit 2; }
fi

# Kept from run to run, and made anew when the pinned versions or the interpreter change.
venv=$work/venv
wanted=$(python3 --version; cat "$here/requirements.txt")
if [[ ! -f $venv/installed || $(< "$venv/installed") != "$wanted" ]]; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    printf '%s\n' "$wanted" > "$venv/installed"
fi

if [[ -z ${WHEEL:-} ]]; then
    rm -rf "$work/wheel"
    "$venv/bin/maturin" build --quiet --release --manifest-path "$root/crates/python/Cargo.toml" --interpreter "$venv/bin/python" --out "$work/wheel"
    WHEEL=$(echo "$work"/wheel/*.whl)
fi
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps "$WHEEL"

export LBHEALTH PYTHONDONTWRITEBYTECODE=1
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY SPARK_HOME SPARK_CONF_DIR
cd "$here"
"$venv/bin/mypy" --strict --cache-dir "$work/mypy" -p lbhealth
# Replies, rows and shuffles are large; nothing of them is kept.
trap 'rm -rf "$work/run"' EXIT
"$venv/bin/python" -m pytest -q -p no:cacheprovider -W "ignore:PySpark does not yet fully support pandas:FutureWarning" --basetemp "$work/run" "$@"
