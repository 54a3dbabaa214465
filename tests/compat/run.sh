#!/usr/bin/env bash
# Readers of every release in this folder meet the documents and rows of today, and of tomorrow; readers of today meet the documents of
# every release. The readers are JSON Schema validators and types generated from the schemas.
# Needs python3 and, the first time, its package registry. LBHEALTH names the program, target/release/lbhealth if it is not set.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../environment.sh"

venv=$root/target/compat/venv
environment "$venv" "$here/requirements.txt"

exec "$venv/bin/python" "$here/readers"
