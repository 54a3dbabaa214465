#!/usr/bin/env bash
# Makes the corpora to start from out of the fixtures, and a dictionary out of the published fields and words.
set -euo pipefail
cd "$(dirname "$0")"

mkdir -p corpus/{codes,completion,document,payload,stream}
for file in ../crates/adapters/*/fixtures/*/{input,with-*}.json; do
    [ -e "$file" ] && cp "$file" "corpus/payload/$(echo "$file" | sha1sum | cut -c1-16)"
done
for file in ../crates/adapters/*/fixtures/*/expected.json; do
    cp "$file" "corpus/document/$(echo "$file" | sha1sum | cut -c1-16)"
done
# The first byte says how the source is cut into reads.
inputs=(../crates/adapters/*/fixtures/vendor-example*/input.json)
{ printf '\x40'; cat "${inputs[@]}"; } > corpus/stream/indented
{ printf '\x08'; for input in "${inputs[@]}"; do tr -d '\n' < "$input"; echo; done; } > corpus/stream/lines
{ printf '\x20['; cat "${inputs[0]}"; printf ,; cat "${inputs[-1]}"; printf ']'; } > corpus/stream/array
{ printf '\x10{"context":{"pool_id":"p-1"},"payload":'; cat "${inputs[-1]}"; printf '}'; } > corpus/stream/envelope
number=0
for codes in 200-299,404 http_2xx,HTTP_3xx 0-5,10-12 2xx 200-204,300-399 200,301,404-500,504 999 ''; do
    printf '%s' "$codes" > "corpus/codes/$((number += 1))"
done
# Every name and word that stands in quotes, with the quotes.
cat ../schemas/v1/payloads/*/*.json ../schemas/v1/payloads/*/*/*.json ../schemas/v1/vocabulary/*.json ../schemas/v1/document.schema.json \
    | grep -oE '"[A-Za-z0-9_/$-]{2,40}"' | sort -u | sed 's/"\(.*\)"/"\\"\1\\""/' > corpus/dictionary
