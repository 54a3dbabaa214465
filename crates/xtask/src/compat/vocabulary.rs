//! Differences between two versions of an adapter's vocabulary: which words get another answer.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use super::finding::{Class, Findings, Place};

/// What tells rows apart.
const KEYS: &[&str] = &["adapter", "operation", "role", "field", "word", "and_field", "and_word"];
/// What follows from the other columns and from the order of the rows.
const DERIVED: &[&str] = &["precedence", "word_key"];
/// What is text for people.
const DOCUMENTATION: &[&str] = &["documented", "meaning", "since", "source", "source_url", "title"];

/// Compares a vocabulary of then and now, in the columns that both have.
pub(super) fn compare(file: &str, old: &str, new: &str, columns: &BTreeSet<String>, findings: &mut Findings) -> Result<()> {
    let at = Place::file(file, file);
    let (before, now) = (rows(file, old)?, rows(file, new)?);
    let now_by_key: BTreeMap<String, (usize, &Row)> =
        now.iter().enumerate().map(|(position, row)| (row.key(), (position, row))).collect();
    // Positions in the new file of the rows that stayed, in the order of the old one.
    let mut stayed = Vec::new();
    for row in &before {
        let at = at.child(&row.label());
        let Some((position, other)) = now_by_key.get(&row.key()) else {
            findings.add(Class::Vocabulary, &at, format!("the row is gone; the answer was {}", row.answer()));
            continue;
        };
        stayed.push((*position, row));
        row.compare(other, &at, columns, findings);
    }
    for (index, (position, row)) in stayed.iter().enumerate() {
        let mut later = stayed.iter().skip(index + 1);
        if let Some((_, other)) = later.find(|(other, later)| other < position && row.meets(later) && !row.agrees(later)) {
            findings.add(Class::Vocabulary, &at.child(&row.label()), format!("{} now comes first", other.label()));
        }
    }
    let old_keys: Vec<String> = before.iter().map(Row::key).collect();
    for (position, row) in now.iter().enumerate().filter(|(_, row)| !old_keys.contains(&row.key())) {
        let at = at.child(&row.label());
        // A word that a row for any word, or the same word without a second field, answered before.
        let answered = stayed.iter().find(|(other, old)| *other > position && row.meets(old) && !row.agrees(old));
        match answered {
            Some((_, old)) => {
                findings.add(Class::Vocabulary, &at, format!("a new row: the answer was {} and is {}", old.answer(), row.answer()));
            }
            None => findings.add(Class::Additive, &at, format!("a new row: {}", row.answer())),
        }
    }
    Ok(())
}

fn rows(file: &str, text: &str) -> Result<Vec<Row>> {
    #[derive(serde::Deserialize)]
    struct Vocabulary {
        rows: Vec<Map<String, Value>>,
    }
    let vocabulary: Vocabulary = serde_json::from_str(text).with_context(|| format!("reading {file}"))?;
    Ok(vocabulary.rows.into_iter().map(Row).collect())
}

struct Row(Map<String, Value>);

impl Row {
    fn text(&self, name: &str) -> String {
        match self.0.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => String::new(),
        }
    }

    /// Words match without regard to case, so the spelling of a word may change.
    fn key(&self) -> String {
        KEYS.iter().map(|key| self.text(key).to_lowercase()).collect::<Vec<_>>().join("\n")
    }

    fn label(&self) -> String {
        let label = format!("{} {} {}={}", self.text("operation"), self.text("role"), self.text("field"), self.text("word"));
        match self.0.get("and_field") {
            Some(_) => format!("{label} and {}={}", self.text("and_field"), self.text("and_word")),
            None => label,
        }
    }

    /// Everything that is neither key nor text for people.
    fn answers(&self) -> impl Iterator<Item = (&String, &Value)> {
        let others = [KEYS, DERIVED, DOCUMENTATION, &["deprecated_since"]];
        let is_answer = move |name: &str| !others.iter().any(|names| names.contains(&name));
        self.0.iter().filter(move |(name, _)| is_answer(name))
    }

    fn answer(&self) -> String {
        let told = ["health", "traffic", "traffic_reason", "reason", "registration"];
        let told: Vec<String> = told.iter().map(|name| self.text(name)).filter(|text| !text.is_empty()).collect();
        if told.is_empty() { "none".to_owned() } else { told.join(", ") }
    }

    fn compare(&self, new: &Self, at: &Place, columns: &BTreeSet<String>, findings: &mut Findings) {
        for name in DOCUMENTATION.iter().filter(|name| columns.contains(**name) && self.text(name) != new.text(name)) {
            findings.add(Class::Documentation, &at.child(name), "other text");
        }
        for name in ["word", "and_word"].iter().filter(|name| self.text(name) != new.text(name)) {
            findings.add(Class::Documentation, &at.child(name), "another spelling of the same word");
        }
        if self.text("deprecated_since") != new.text("deprecated_since") {
            findings.add(Class::Additive, &at.child("deprecated_since"), "deprecated, or no longer so");
        }
        let mut names: Vec<&String> = self.answers().chain(new.answers()).map(|(name, _)| name).collect();
        names.sort();
        names.dedup();
        names.retain(|name| columns.contains(*name) && self.0.get(*name) != new.0.get(*name));
        for name in names {
            let told = |text: String| if text.is_empty() { "absent".to_owned() } else { format!("`{text}`") };
            let what = format!("was {} and is {}", told(self.text(name)), told(new.text(name)));
            findings.add(Class::Vocabulary, &at.child(name), what);
        }
    }

    /// Whether words exist that both rows answer.
    fn meets(&self, other: &Self) -> bool {
        let same = |name: &str| self.text(name).eq_ignore_ascii_case(&other.text(name));
        let overlap = |name: &str| same(name) || self.text(name) == "*" || other.text(name) == "*";
        let conditions = if same("and_field") { overlap("and_word") } else { true };
        ["adapter", "operation", "role", "field"].iter().all(|name| same(name)) && overlap("word") && conditions
    }

    /// Whether both rows give the same answer. `alone` speaks of the row and not of the word.
    fn agrees(&self, other: &Self) -> bool {
        let of = |row: &Self| -> Map<String, Value> {
            let answers = row.answers().filter(|(name, _)| *name != "alone");
            answers.map(|(name, value)| (name.clone(), value.clone())).collect()
        };
        of(self) == of(other)
    }
}
