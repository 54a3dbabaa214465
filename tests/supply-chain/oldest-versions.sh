#!/usr/bin/env bash
# Builds what is published with the oldest version of every dependency that its manifest allows, on a copy.
set -euo pipefail
cd "$(dirname "$0")/../.."

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
tar --exclude=./target --exclude=./.git --exclude=./fuzz -cf - . | tar -xf - -C "$copy"
cd "$copy"
export CARGO_TARGET_DIR=$copy/target
# The option is not stable yet, and stable cargo knows it all the same.
RUSTC_BOOTSTRAP=1 cargo update --quiet -Z direct-minimal-versions
cargo check --quiet --workspace --exclude lbhealth-tests --exclude xtask
cargo check --quiet -p lbhealth --features schema
