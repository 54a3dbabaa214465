#!/usr/bin/env bash
# The Python package in the engines that pipelines run on: Apache Spark with two worker processes, Polars, DuckDB, pandas, pyarrow.
# Needs python3 and, the first time, the package registries of Python and Debian; root, where Java is missing; a Rust toolchain, where there
# is no wheel. Everything listens on the loopback address alone.
# usage: run.sh [PYTEST-ARGUMENT…]
# WHEEL names a wheel of the package, built if it is not set; LBHEALTH the program, target/release/lbhealth if it is not set; REPLIES how many
# replies the cluster is given, 100000 if it is not set.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../environment.sh"
work=$root/target/pipelines

mkdir -p "$work"

if ! command -v java > /dev/null; then
    if [[ $(id -u) != 0 ]] || ! command -v apt-get > /dev/null; then
        printf 'Spark needs Java 17 or later; install it (on Debian openjdk-17-jre-headless)\n' >&2
        exit 2
    fi
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update && apt-get install -y --no-install-recommends openjdk-17-jre-headless; } > "$work/apt.log" 2>&1 || { cat "$work/apt.log" >&2; exit 2; }
fi

venv=$work/venv
environment "$venv" "$here/requirements.txt"

if [[ -z ${WHEEL:-} ]]; then
    rm -rf "$work/wheel"
    "$venv/bin/maturin" build --quiet --release --manifest-path "$root/crates/python/Cargo.toml" --interpreter "$venv/bin/python" --out "$work/wheel"
    WHEEL=$(echo "$work"/wheel/*.whl)
fi
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps "$WHEEL"

unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY SPARK_HOME SPARK_CONF_DIR
cd "$here"
"$venv/bin/mypy" --strict --cache-dir "$work/mypy" -p lbhealth
# Replies, rows and shuffles are large; nothing of them is kept.
trap 'rm -rf "$work/run"' EXIT
"$venv/bin/python" -m pytest -q -p no:cacheprovider -W "ignore:PySpark does not yet fully support pandas:FutureWarning" --basetemp "$work/run" "$@"
