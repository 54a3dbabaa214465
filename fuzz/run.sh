#!/usr/bin/env bash
# Runs every fuzz target from the fixtures on: a fixed number of inputs with a fixed seed each, or SECONDS each where that is given.
#
#     bash fuzz/run.sh [SECONDS]
set -euo pipefail
cd "$(dirname "$0")"

tools=$PWD/target/tools
if ! PATH=$tools/bin:$PATH command -v cargo-fuzz > /dev/null; then
    cargo install --quiet --locked --root "$tools" cargo-fuzz@0.13.2
fi
export PATH=$tools/bin:$PATH
bash seed.sh
# What is fuzzed is built with the versions that everything else is built with.
cp ../Cargo.lock Cargo.lock
# Without a sanitizer the targets build on a stable toolchain; what they look for are panics and broken laws.
cargo fuzz build --sanitizer none
for target in codes:200000 completion:40000 document:40000 payload:15000 stream:5000; do
    limit=-runs=${target#*:}
    [ $# -gt 0 ] && limit=-max_total_time=$1
    echo "fuzzing ${target%:*}"
    cargo fuzz run --sanitizer none "${target%:*}" -- "$limit" -seed=1 -dict=corpus/dictionary -max_len=16384 -timeout=10 -verbosity=0 -print_final_stats=1
done
