# What the scripts of the tests have in common; each of them sources it.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

export LBHEALTH=${LBHEALTH:-$root/target/release/lbhealth} PYTHONDONTWRITEBYTECODE=1
if [[ ! -x $LBHEALTH ]]; then
    printf '%s is not a program; build it (cargo build --release -p lbhealth-cli) or set LBHEALTH\n' "$LBHEALTH" >&2
    exit 2
fi

# Whether the folder holds what was made of just this.
kept() { [[ -f $1/installed && $(< "$1/installed") == "$2" ]]; }

# environment FOLDER REQUIREMENTS: an environment of Python, kept from run to run, and made anew when the pinned versions or the
# interpreter change.
environment() {
    local wanted
    wanted=$(python3 --version; cat "$2")
    if kept "$1" "$wanted"; then return; fi
    rm -rf "$1"
    python3 -m venv "$1"
    "$1/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$2"
    printf '%s\n' "$wanted" > "$1/installed"
}
