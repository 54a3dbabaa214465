//! Differences between two versions of a file that is made of the columns of a row, for one engine: its lines or its list of fields.

use serde_json::Value;

use super::finding::{Class, Findings, Place};

/// Compares text, line by line. A line that is new does no harm, because the table of the columns tells where it may stand.
pub(super) fn text(file: &str, old: &str, new: &str, findings: &mut Findings) {
    let at = Place::file(file, file);
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().map(|line| line.trim().trim_end_matches([',', ';']).to_owned());
        lines.filter(|line| !line.is_empty()).collect()
    };
    let is_comment = |line: &str| line.starts_with("--");
    let (before, now) = (lines(old), lines(new));
    let mut rest = now.iter();
    for line in before.iter().filter(|line| !is_comment(line)) {
        if !rest.any(|other| other == line) {
            findings.add(Class::Breaking, &at, format!("the line `{line}` is gone or has another place"));
            return;
        }
    }
    for line in now.iter().filter(|line| !before.contains(line)) {
        let (class, what) = if is_comment(line) { (Class::Documentation, "comment") } else { (Class::Additive, "line") };
        findings.add(class, &at, format!("a new {what} `{line}`"));
    }
}

/// Compares JSON whose lists hold objects with names.
pub(super) fn json(file: &str, old: &Value, new: &Value, findings: &mut Findings) {
    values(&Place::file(file, file), old, new, findings);
}

fn values(at: &Place, old: &Value, new: &Value, findings: &mut Findings) {
    match (old, new) {
        (Value::Object(before), Value::Object(now)) => {
            for (name, value) in before {
                let at = at.child(name);
                match now.get(name) {
                    Some(other) if name == "description" && value != other => findings.add(Class::Documentation, &at, "other text"),
                    Some(other) => values(&at, value, other, findings),
                    None => findings.add(Class::Breaking, &at, "gone"),
                }
            }
            for name in now.keys().filter(|name| !before.contains_key(*name)) {
                findings.add(Class::Additive, &at.child(name), "new");
            }
        }
        (Value::Array(before), Value::Array(now)) => {
            for (position, value) in before.iter().enumerate() {
                let at = at.child(&position.to_string());
                match now.get(position) {
                    Some(other) => values(&at, value, other, findings),
                    None => findings.add(Class::Breaking, &at, "gone"),
                }
            }
            for position in before.len()..now.len() {
                findings.add(Class::Additive, &at.child(&position.to_string()), "new");
            }
        }
        _ if old != new => findings.add(Class::Breaking, at, format!("was {old} and is {new}")),
        _ => {}
    }
}
