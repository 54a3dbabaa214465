#!/usr/bin/env bash
# What the project depends on, and what others depend on: licences and sources, the oldest versions it builds with, public interfaces.
set -euo pipefail
cd "$(dirname "$0")/../.."

tools=$PWD/target/tools
cargo install --quiet --locked --root "$tools" cargo-deny@0.20.2 cargo-public-api@0.52.0
export PATH=$tools/bin:$PATH

echo 'bans, licences, sources'
cargo deny --log-level error check bans licenses sources

echo 'the oldest versions'
bash tests/supply-chain/oldest-versions.sh

echo 'public interfaces'
bash tests/supply-chain/public-api.sh
