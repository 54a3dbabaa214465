#!/usr/bin/env bash
# Compares the public interface of every library with its list in tests/public-api, or writes the lists:
#
#     bash tests/supply-chain/public-api.sh [--write]
#
# A difference is a change of an interface: look at it, write it into the changelog, and write the list anew.
set -euo pipefail
cd "$(dirname "$0")/../.."

tested=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
# Another compiler describes interfaces in other words.
if [[ $(rustc --version) != "rustc $tested."* ]]; then
    if ! command -v rustup > /dev/null; then
        echo "interfaces are described by Rust $tested, and this is $(rustc --version); rustup would install it" >&2
        exit 2
    fi
    rustup toolchain install --profile minimal --no-self-update "$tested"
    export RUSTUP_TOOLCHAIN=$tested
fi
# The description that rustdoc writes is not stable yet, and stable rustdoc writes it all the same.
export RUSTC_BOOTSTRAP=1 CARGO_TERM_QUIET=true CARGO_TARGET_DIR=$PWD/target/public-api
lists=tests/public-api
status=0
for folder in crates/core crates/lbhealth crates/arrow crates/adapters/*; do
    name=$(sed -n 's/^name = "\(.*\)"/\1/p' "$folder/Cargo.toml" | head -n 1)
    list=$lists/$name.txt
    now=$(cargo public-api --manifest-path "$folder/Cargo.toml" --all-features -sss)
    if [[ ${1:-} == --write ]]; then
        printf '%s\n' "$now" > "$list"
    elif ! diff --unified=0 "$list" <(printf '%s\n' "$now"); then
        echo "the public interface of $name has changed; if that is meant, run bash tests/supply-chain/public-api.sh --write"
        status=1
    fi
done
exit $status
