//! Lists of words as schemas publish them, and the documentation of each word.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::deprecation;
use super::finding::{Class, Findings, Place};
use super::schema::Direction;

/// A list of words: an `enum`, or text whose known words are described one by one and stand in `examples`.
pub(super) struct Words<'a> {
    /// Whether further words are to be expected.
    pub(super) open: bool,
    list: Vec<&'a str>,
    documentation: BTreeMap<&'a str, &'a str>,
}

impl<'a> Words<'a> {
    /// The list that the schema is, if it is one.
    pub(super) fn of(schema: &'a Value) -> Option<Self> {
        let texts = |key: &str| -> Option<Vec<&'a str>> {
            let words = schema.get(key)?.as_array()?;
            words.iter().map(Value::as_str).collect()
        };
        let documentation = entries(schema.get("description").and_then(Value::as_str).unwrap_or_default()).collect();
        if let Some(list) = texts("enum") {
            return Some(Self { open: false, list, documentation });
        }
        // Without a description each, they are examples of a form and not words.
        let list = texts("examples")?;
        let is_list = !list.is_empty() && list.iter().all(|word| documentation.contains_key(word));
        is_list.then_some(Self { open: true, list, documentation })
    }

    /// A description without the entries of words.
    pub(super) fn prose(description: &str) -> String {
        description.lines().filter(|line| entry(line).is_none()).collect::<Vec<_>>().join("\n").trim().to_owned()
    }

    /// Notes what is different in a newer version of the list.
    pub(super) fn compare(&self, new: &Self, at: &Place, direction: Direction, findings: &mut Findings) {
        match (self.open, new.open) {
            (true, false) => findings.add(Class::Breaking, at, "the open list is now closed"),
            (false, true) => findings.add(Class::Breaking, at, "the closed list is now open"),
            _ => {}
        }
        let (before, now): (BTreeSet<&str>, BTreeSet<&str>) =
            (self.list.iter().copied().collect(), new.list.iter().copied().collect());
        let mut successors = BTreeSet::new();
        for word in before.difference(&now) {
            let text = self.text(word);
            let successor = now.difference(&before).find(|other| !text.is_empty() && new.text(other) == text);
            successors.extend(successor.copied());
            let what = match successor {
                Some(other) => format!("the value `{word}` is now called `{other}`"),
                None => format!("the value `{word}` is gone"),
            };
            findings.add(Class::Breaking, at, what);
        }
        for word in now.difference(&before).filter(|word| !successors.contains(*word)) {
            let (class, what) = match (new.open, direction) {
                (true, _) => (Class::Additive, format!("a new value `{word}`")),
                (false, Direction::Input) => (Class::Additive, format!("a new value `{word}` is taken")),
                (false, Direction::Output) => (Class::Breaking, format!("a new value `{word}` in a closed list")),
            };
            findings.add(class, at, what);
        }
        for word in before.intersection(&now) {
            deprecation::compare(at, word, self.text(word), new.text(word), findings);
        }
        if before == now && self.list != new.list {
            findings.add(Class::Documentation, at, "the values have another order");
        }
    }

    fn text(&self, word: &str) -> &'a str {
        self.documentation.get(word).copied().unwrap_or_default()
    }
}

/// The words that a description documents, with the text of each.
pub(super) fn entries(description: &str) -> impl Iterator<Item = (&str, &str)> {
    description.lines().filter_map(entry)
}

/// A line such as "- `WORD`: what it means", as word and text.
fn entry(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("- `")?.split_once("`: ")
}
