#!/usr/bin/env bash
# Changes the sources in six ways and asks the gate what it thinks of each. Run it on a copy: it leaves the changes behind.
#
#     edits.sh FOLDER
set -euo pipefail
cd "$1"
if [[ -e .git ]]; then
    printf '%s is no copy: its sources would be changed\n' "$1" >&2
    exit 2
fi

# What is published before the changes, as a release that has promised to keep it.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo xtask snapshot "$work/1.0.0"
cargo xtask compat "$work/1.0.0"

python3 - <<'PYTHON'
from pathlib import Path


def edit(path, *pairs):
    """Replaces texts that stand in the file once each."""
    text = Path(path).read_text()
    for old, new in pairs:
        assert text.count(old) == 1, f"{path} has `{old}` {text.count(old)} times"
        text = text.replace(old, new)
    Path(path).write_text(text)


checks = "crates/core/src/model/health_check.rs"
reasons = "crates/core/src/model/reason.rs"
# A doc comment.
edit(checks, ("    /// Its name.\n", "    /// Its name, as a user wrote it.\n"))
# A field, and a field with a closed list of its own.
edit(
    checks,
    ("    pub value: Cow<'a, str>,\n}\n", """    pub value: Cow<'a, str>,
    /// Who gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Cow<'a, str>>,
    /// How far it reaches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reach: Option<Reach>,
}

words! {
    /// How far a label reaches.
    closed Reach {
        /// Everywhere.
        Global,
        /// In one zone.
        Zonal,
    }
}
"""),
    ("into_owned!(Label { key, value });", "into_owned!(Label { key, value, author, reach });"),
    ("        Self { key, value }\n", "        Self { key, value, author: None, reach: None }\n"),
)
# A reason, and another name for one.
edit(
    reasons,
    ("        ConnectRefused,\n", "        ConnectRefused,\n        /// The connection was reset.\n        ConnectReset,\n"),
    ("            | Self::ConnectRefused\n", "            | Self::ConnectRefused\n            | Self::ConnectReset\n"),
)
edit(
    "crates/core/src/explain/first_look.rs",
    ("            Self::ConnectRefused => {\n", '            Self::ConnectReset => "Look who resets it.",\n            Self::ConnectRefused => {\n'),
)
for source in Path("crates").rglob("*.rs"):
    source.write_text(source.read_text().replace("NoHealthyChildren", "ChildrenUnhealthy"))
# A mapping.
edit(
    "crates/adapters/huawei-elb/src/vocabulary.rs",
    ('MEMBER_WORD.word("ONLINE", "The backend is normal.").health(Healthy, Exact)', 'MEMBER_WORD.word("ONLINE", "The backend is normal.").health(Unknown, Exact)'),
)
PYTHON

cargo xtask generate
if cargo xtask compat "$work/1.0.0" > "$work/told" 2> "$work/refused"; then
    printf 'the gate lets changes pass that break readers\n' >&2
    exit 1
fi
grep -q 'v1 of the schemas is frozen' "$work/refused"

# How many files have the type is not the question here. Into a file: a pipe would break when `grep` has seen enough.
sed -E 's/ \(and [0-9]+ files? more\)//' "$work/told" > "$work/changes"
while IFS= read -r line; do
    if ! grep -qF -- "$line" "$work/changes"; then
        printf 'the gate does not say: %s\n' "$line" >&2
        cat "$work/told" >&2
        exit 1
    fi
done <<'EXPECTED'
documentation    document.schema.json#/$defs/Label/properties/key: other text
additive         document.schema.json#/$defs/Label/properties/author: a new property
additive         document.schema.json#/$defs/FailureReason: a new value `CONNECT_RESET`
breaking         document.schema.json#/$defs/FailureReason: the value `NO_HEALTHY_CHILDREN` is now called `CHILDREN_UNHEALTHY`
source-breaking  document.schema.json#/$defs/Reach: a new closed list
additive         document.schema.json#/$defs/Label/properties/reach: a new property
vocabulary       vocabulary/huawei-elb.json#/ListMembers STATUS operating_status=ONLINE/health: was `HEALTHY` and is `UNKNOWN`
vocabulary       goldens/huawei-elb.ndjson#/
EXPECTED
printf 'each change is named for what it is\n'
