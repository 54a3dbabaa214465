#!/usr/bin/env bash
# The published files, read by Python, TypeScript, Go and Java, and by DuckDB and Polars.
# Needs python3 and, the first time, the package registries of Python, Node and Debian; root, where a package of Debian is missing.
# LBHEALTH names the program, target/release/lbhealth if it is not set; KIT a conformance kit, made anew if it is not set.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../environment.sh"
work=$root/target/consumers
step() { printf '\n-- %s\n' "$*"; }

mkdir -p "$work"

step 'tools'
# What is there already, perhaps from elsewhere than Debian, is left as it is.
missing=()
while read -r package needed; do
    if ! { [[ -e $needed ]] || command -v "$needed" > /dev/null; }; then missing+=("$package"); fi
done < "$here/packages.txt"
if ((${#missing[@]})); then
    if [[ $(id -u) != 0 ]] || ! command -v apt-get > /dev/null; then
        printf 'these packages of Debian are missing: %s\n' "${missing[*]}" >&2
        exit 2
    fi
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; } > "$work/apt.log" 2>&1 || { cat "$work/apt.log" >&2; exit 2; }
fi
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
    printf 'quicktype needs Node 20.19 or later; this is %s\n' "$(node --version)" >&2
    exit 2
fi

venv=$work/venv
environment "$venv" "$here/python/requirements.txt"
for folder in typescript quicktype; do
    wanted=$(node --version; cat "$here/$folder/package-lock.json")
    if ! kept "$work/$folder" "$wanted"; then
        rm -rf "${work:?}/$folder"
        mkdir -p "$work/$folder"
        cp "$here/$folder/"{package.json,package-lock.json,.npmrc} "$work/$folder"
        (cd "$work/$folder" && npm ci --loglevel=error)
        printf '%s\n' "$wanted" > "$work/$folder/installed"
    fi
done

step 'what is read'
export CORPUS=$work/corpus SCHEMAS=$root/schemas/v1
export NODE_MODULES=$work/typescript/node_modules QUICKTYPE=$work/quicktype/node_modules
"$venv/bin/python" "$here/python/corpus.py" "$CORPUS"
if [[ -z ${KIT:-} ]]; then
    KIT=$work/kit
    rm -rf "$KIT"
    cargo xtask conformance "$KIT"
fi
export KIT

step 'Python'
mkdir -p "$work/python"
"$venv/bin/datamodel-codegen" --input "$SCHEMAS/document.schema.json" --input-file-type jsonschema \
    --output "$work/python/lbhealth_types.py" --output-model-type pydantic_v2.BaseModel --use-annotated --field-constraints \
    --use-subclass-enum --use-type-alias --formatters builtin
(
    cd "$here/python"
    MYPYPATH=$work/python "$venv/bin/mypy" --strict --cache-dir "$work/mypy" ./*.py
    PYTHONPATH=$work/python "$venv/bin/python" -m pytest -q -p no:cacheprovider
)

step 'TypeScript'
rm -rf "$work/typescript/src" "$work/typescript/build"
cp -r "$here/typescript/"{src,tsconfig.json} "$work/typescript"
(
    cd "$work/typescript"
    node_modules/.bin/json2ts --unreachableDefinitions --input "$SCHEMAS/document.schema.json" --output src/lbhealth.ts
    node_modules/.bin/tsc
    node --test --test-reporter=dot build/ || node --test build/
)

quicktype() { "$QUICKTYPE/.bin/quicktype" -s schema "$SCHEMAS/document.schema.json#/\$defs/" "$@" 2> "$work/quicktype.log"; }

step 'Go'
rm -rf "$work/go"
mkdir -p "$work/go/src/lbhealth"
cp -r "$here/go" "$work/go/src/consumer"
quicktype -l go --package lbhealth -o "$work/go/src/lbhealth/lbhealth.go"
(
    # Debian's packages of Go libraries are read without modules.
    export GO111MODULE=off GOPATH=$work/go:/usr/share/gocode GOCACHE=$work/go-cache
    go vet lbhealth consumer
    go test consumer
)

step 'Java'
jars=/usr/share/java/jackson-databind.jar:/usr/share/java/jackson-core.jar:/usr/share/java/jackson-annotations.jar
rm -rf "$work/java"
mkdir -p "$work/java/src/lbhealth"
quicktype -l java --package lbhealth -o "$work/java/src/lbhealth/Lbhealth.java"
# Debian's Jackson may throw an IOException where the original throws its subclass.
sed -i 's/ToJsonString(\(.*\)) throws JsonProcessingException/ToJsonString(\1) throws IOException/' "$work/java/src/lbhealth/Converter.java"
javac -encoding UTF-8 -Xlint:all,-serial -Werror -cp "$jars" -d "$work/java/classes" "$work/java/src/lbhealth/"*.java "$here/java/Consumer.java"
java -cp "$jars:$work/java/classes" Consumer "$work/java/src/lbhealth"
