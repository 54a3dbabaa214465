//! What was odd, each thing once.

use std::collections::BTreeMap;

use lbhealth::{Warning, WarningCode};

/// How many messages of a code are shown.
const MOST_SHOWN: usize = 3;

/// Warnings by their code.
#[derive(Debug, Default)]
pub(super) struct Warnings(BTreeMap<WarningCode, Messages>);

/// What is said under one code.
#[derive(Debug, Default)]
struct Messages {
    shown: Vec<Message>,
    /// How many times others were said.
    others: u64,
}

#[derive(Debug)]
struct Message {
    text: String,
    /// Where it was said first; blank where that is the whole reply.
    place: String,
    times: u64,
}

impl Warnings {
    pub(super) fn add(&mut self, warning: &Warning<'_>) {
        let Messages { shown, others } = self.0.entry(warning.code).or_default();
        if let Some(known) = shown.iter_mut().find(|known| known.text == warning.message) {
            known.times += 1;
        } else if shown.len() < MOST_SHOWN {
            shown.push(Message { text: warning.message.to_string(), place: warning.path.to_string(), times: 1 });
        } else {
            *others += 1;
        }
    }

    /// A row for every message that is shown, and one for the others of a code.
    pub(super) fn rows(&self) -> impl Iterator<Item = [String; 3]> {
        self.0.iter().flat_map(|(code, Messages { shown, others })| {
            let row = |times: u64, text: String| [code.to_string(), times.to_string(), text];
            let shown = shown.iter().map(move |Message { text, place, times }| {
                row(*times, if place.is_empty() { text.clone() } else { format!("{text}, at {place}") })
            });
            shown.chain((*others > 0).then(|| row(*others, "other messages".to_owned())))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lbhealth::Pointer;

    #[test]
    fn of_a_code_that_says_many_things_the_first_few_are_shown() {
        let mut warnings = Warnings::default();
        for text in ["a", "b", "a", "c", "d", "e", "d", "b"] {
            warnings.add(&Warning::new(WarningCode::NotConclusive, Pointer::ROOT, None, text));
        }
        let rows: Vec<String> = warnings.rows().map(|[_, times, text]| format!("{times} {text}")).collect();
        assert_eq!(rows, ["2 a", "2 b", "1 c", "3 other messages"]);
    }
}
