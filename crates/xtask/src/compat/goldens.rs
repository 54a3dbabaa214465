//! What the payloads of a release gave then, and what they give today.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context, Result};
use lbhealth_tests::{Fixture, written};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::finding::{Class, Findings, Place};

/// How many places of one document are told.
const TOLD: usize = 3;

/// A fixture as a snapshot keeps it: one line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Golden {
    /// Name of the situation.
    case: String,
    /// The payload, as it is.
    input: Payload,
    /// What its caller knows, where it knows something.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    context: Value,
    /// The replies it is completed with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    with: Vec<Payload>,
    /// What came out.
    expected: Value,
}

impl Golden {
    /// The fixture in one line.
    pub(crate) fn of(fixture: &Fixture) -> Result<Self> {
        let case = fixture.case();
        let context: Value = serde_json::from_str(&fixture.context).with_context(|| format!("reading the context of {case}"))?;
        let with = fixture.with.iter().map(|reply| Payload::of(reply)).collect();
        let input = Payload::of(&fixture.input);
        let context = if context == serde_json::json!({}) { Value::Null } else { context };
        Ok(Self { case, input, context, with, expected: fixture.expected.clone() })
    }

    fn fixture(&self, adapter: &str) -> Fixture {
        Fixture {
            folder: PathBuf::from(&self.case),
            adapter: adapter.to_owned(),
            input: self.input.bytes(),
            context: if self.context.is_null() { "{}".to_owned() } else { self.context.to_string() },
            with: self.with.iter().map(Payload::bytes).collect(),
            expected: self.expected.clone(),
        }
    }
}

/// A payload, byte by byte.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Payload {
    Text(String),
    /// What is not UTF-8.
    Bytes(Vec<u8>),
}

impl Payload {
    fn of(bytes: &[u8]) -> Self {
        String::from_utf8(bytes.to_vec()).map_or_else(|error| Self::Bytes(error.into_bytes()), Self::Text)
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Text(text) => text.clone().into_bytes(),
            Self::Bytes(bytes) => bytes.clone(),
        }
    }
}

/// Reads the payloads of a release with the library of today. `file` is the release's file, one line per payload; `known` are the
/// properties that the documents of the release could have.
pub(super) fn compare(file: &str, text: &str, known: &BTreeSet<String>, findings: &mut Findings) -> Result<()> {
    let at = Place::file(file, file);
    let adapter = file.rsplit('/').next().and_then(|name| name.strip_suffix(".ndjson")).unwrap_or(file);
    if lbhealth::adapter(adapter).is_err() {
        findings.add(Class::Breaking, &at, "the adapter is gone");
        return Ok(());
    }
    for (line, text) in text.lines().enumerate() {
        let golden: Golden = serde_json::from_str(text).with_context(|| format!("reading line {} of {file}", line + 1))?;
        let at = at.child(&golden.case);
        match golden.fixture(adapter).outcome() {
            Ok(outcome) => outcomes(&at, &golden.expected, &serde_json::from_str(&written(&outcome)?)?, known, findings),
            Err(error) => findings.add(Class::Breaking, &at, format!("its context is no longer read: {error:#}")),
        }
    }
    Ok(())
}

/// Compares what came out then with what comes out now.
pub(super) fn outcomes(at: &Place, old: &Value, new: &Value, known: &BTreeSet<String>, findings: &mut Findings) {
    let mut changes = Vec::new();
    match (old.get("error"), new.get("error")) {
        (None, Some(error)) => {
            let text = error.get("text").and_then(Value::as_str).unwrap_or_default();
            changes.push(Change::new(Class::Breaking, "", format!("a payload that was read is an error now: {text}")));
        }
        (Some(_), None) => changes.push(Change::new(Class::Additive, "", "what was an error is read now".to_owned())),
        _ => differences("", old, new, known, &mut changes),
    }
    for class in Class::ALL {
        let of_class: Vec<&Change> = changes.iter().filter(|change| change.class == class).collect();
        for change in of_class.iter().take(TOLD) {
            let place = change.pointer.split('/').skip(1).fold(at.clone(), |place, step| place.child(step));
            findings.add(class, &place, change.what.clone());
        }
        if of_class.len() > TOLD {
            findings.add(class, at, format!("and {} more in the same document", of_class.len() - TOLD));
        }
    }
}

struct Change {
    class: Class,
    pointer: String,
    what: String,
}

impl Change {
    fn new(class: Class, pointer: &str, what: String) -> Self {
        Self { class, pointer: pointer.to_owned(), what }
    }
}

/// What a change of this property means.
fn class_of(pointer: &str) -> Class {
    let name = pointer.rsplit('/').next().unwrap_or_default();
    match name {
        // Snapshots are joined on keys, so a key is the same for the same payload for as long as the version lasts.
        "schema_id" | "record_key" | "backend_key" | "pool_key" => Class::Breaking,
        _ if pointer == "/error/text" || (name == "message" && pointer.starts_with("/warnings/")) => Class::Documentation,
        _ => Class::Vocabulary,
    }
}

fn differences(pointer: &str, old: &Value, new: &Value, known: &BTreeSet<String>, changes: &mut Vec<Change>) {
    match (old, new) {
        (Value::Object(before), Value::Object(now)) => {
            for (name, value) in before {
                let pointer = format!("{pointer}/{name}");
                match now.get(name) {
                    Some(other) => differences(&pointer, value, other, known, changes),
                    None => changes.push(Change::new(class_of(&pointer), &pointer, format!("{} is no longer there", short(value)))),
                }
            }
            for (name, value) in now.iter().filter(|(name, _)| !before.contains_key(*name)) {
                let pointer = format!("{pointer}/{name}");
                // A property that the release knew and left out is another answer.
                let class = if known.contains(name) { class_of(&pointer) } else { Class::Additive };
                changes.push(Change::new(class, &pointer, format!("{} is there now", short(value))));
            }
        }
        (Value::Array(before), Value::Array(now)) if before.len() == now.len() => {
            for (position, (value, other)) in before.iter().zip(now).enumerate() {
                differences(&format!("{pointer}/{position}"), value, other, known, changes);
            }
        }
        (Value::Array(before), Value::Array(now)) => {
            let is_warnings = pointer.ends_with("/warnings");
            let class = if is_warnings && is_part(before, now) { Class::Additive } else { Class::Vocabulary };
            changes.push(Change::new(class, pointer, format!("had {} elements and has {}", before.len(), now.len())));
        }
        _ if old != new => {
            changes.push(Change::new(class_of(pointer), pointer, format!("was {} and is {}", short(old), short(new))));
        }
        _ => {}
    }
}

/// Whether all that there was is still there, in the same order.
fn is_part(old: &[Value], new: &[Value]) -> bool {
    let mut new = new.iter();
    old.iter().all(|value| new.any(|other| other == value))
}

fn short(value: &Value) -> String {
    match value {
        Value::Array(_) | Value::Object(_) => "it".to_owned(),
        scalar => scalar.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_is_kept_byte_by_byte() {
        for bytes in ["{ \"a\": 1 }\r\n".as_bytes(), b"\xff\xfe{\0}\0", b""] {
            let line = serde_json::to_string(&Payload::of(bytes)).unwrap();
            assert_eq!(serde_json::from_str::<Payload>(&line).unwrap().bytes(), bytes, "{line}");
        }
    }
}
