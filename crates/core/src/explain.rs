//! What a word means: looked up in the vocabularies and in our own lists.

pub(crate) mod explanation;
mod first_look;
pub(crate) mod glossary;
pub(crate) mod record;

use crate::explain::explanation::{Explanation, Meaning, OwnWord, SameWord};
use crate::model::schema_id::SchemaId;
use crate::vocabulary::pattern::fits;
use crate::{Adapter, BackendHealth, FailureReason, Registration, Role, Row, TrafficReason, Vocabulary, WarningCode, Word};

/// How many words that are spelled alike are named.
const NEAR: usize = 5;

/// What a word means, where a vendor says it and where it is one of ours. `adapter` is the id of one whose words alone count.
///
/// Words match without regard to case and to blanks around them, and texts that a vendor writes for people as the vocabulary's patterns do.
/// `field=word` asks for the word in that field only, such as `weight=0`; a field is named as a whole or by the last of its names. A word
/// that is not known gives an explanation without meanings, and words that are spelled alike.
pub fn explain(adapters: &[&dyn Adapter], adapter: Option<&str>, word: &str) -> Explanation {
    let (field, plain) = match word.split_once('=') {
        Some((field, plain)) => (Some(field.trim()), plain.trim()),
        None => (None, word.trim()),
    };
    let asked = |known: &&&dyn Adapter| adapter.is_none_or(|id| id == known.id());
    let mut vendor_meanings = Vec::new();
    for known in adapters.iter().filter(asked) {
        for row in asked_rows(known.vocabulary(), field, plain) {
            let mut meaning = Meaning::of(known.id(), row);
            meaning.alike = alike(adapters, known.id(), row);
            vendor_meanings.push(meaning);
        }
    }
    let mut own_meanings: Vec<OwnWord> = if adapter.is_none() && field.is_none() { glossary::all() } else { Vec::new() };
    own_meanings.retain(|own| own.word.eq_ignore_ascii_case(plain));
    for own in &mut own_meanings {
        own.vendors = said_by(adapters, own);
    }
    let mut explanation = Explanation {
        schema_id: SchemaId::new(),
        producer: None,
        word: word.trim().to_owned(),
        adapter: adapter.map(str::to_owned),
        vendor_meanings,
        own_meanings,
        near: Vec::new(),
    };
    if !explanation.is_known() {
        explanation.near = spelled_alike(plain, known_words(adapters, adapter)).into_iter().map(str::to_owned).collect();
    }
    explanation
}

/// The rows about the word. A text for people is looked for in second fields too, where no row is about it by itself.
fn asked_rows(vocabulary: &Vocabulary, field: Option<&str>, word: &str) -> Vec<&'static Row> {
    let rows: Vec<&Row> = vocabulary.rows().filter(|row| is_asked(row, field, word)).collect();
    if !rows.is_empty() || field.is_some() {
        return rows;
    }
    let is_said = |row: &&Row| {
        // What contradicts the status says nothing of what it means by itself.
        row.warning != Some(WarningCode::ReasonContradictsStatus)
            && row
                .when
                .is_some_and(|when| when.field == vocabulary.message_field && when.word.contains('*') && is_said(when.word, word))
    };
    vocabulary.rows().filter(is_said).collect()
}

/// Whether the row is about the word; where a field is named, also as the word of its second field.
fn is_asked(row: &Row, field: Option<&str>, word: &str) -> bool {
    let is_field = |wanted: &str, name: &str| {
        let last = name.rsplit('/').next().unwrap_or(name);
        wanted.eq_ignore_ascii_case(name) || wanted.eq_ignore_ascii_case(last)
    };
    let holds = |name: &str, own: &str| field.is_none_or(|wanted| is_field(wanted, name)) && is_said(own, word);
    holds(row.field, row.word) || (field.is_some() && row.when.is_some_and(|when| holds(when.field, when.word)))
}

/// Whether the word is the row's, or a text that fits its pattern. A row for any word says nothing of one.
fn is_said(pattern: &str, word: &str) -> bool {
    if pattern == "*" { word == pattern } else { fits(pattern, word) }
}

/// The words of other vendors for the same: the same reason, else what the row's role is about.
fn alike(adapters: &[&dyn Adapter], own: &str, row: &Row) -> Vec<SameWord> {
    let mut words = Vec::new();
    for other in adapters.iter().filter(|other| other.id() != own) {
        for candidate in other.vocabulary().rows() {
            if let Some(same) = same(row, candidate) {
                push(&mut words, other.id(), candidate, same);
            }
        }
    }
    words
}

/// The word of ours that two rows stand for, where they say the same.
fn same(row: &Row, other: &Row) -> Option<&'static str> {
    if row.reason.is_some() && row.reason == other.reason {
        return row.reason.map(FailureReason::as_str);
    }
    if row.role != other.role {
        return None;
    }
    match row.role {
        Role::Status | Role::Flag => row.health.filter(|_| row.health == other.health).map(BackendHealth::as_str),
        Role::Registration => row.registration.filter(|_| row.registration == other.registration).map(Registration::as_str),
        Role::Traffic => row.traffic_reason.filter(|_| row.traffic_reason == other.traffic_reason).map(TrafficReason::as_str),
        Role::Parent | Role::Reason | Role::Unrecognized => None,
    }
}

/// The words with which vendors say a word of ours.
fn said_by(adapters: &[&dyn Adapter], own: &OwnWord) -> Vec<SameWord> {
    let mut words = Vec::new();
    for adapter in adapters {
        for row in adapter.vocabulary().rows() {
            let phase = row.reason.map(FailureReason::phase);
            if is_own(own, row.reason)
                || is_own(own, phase)
                || is_own(own, row.health)
                || is_own(own, row.traffic)
                || is_own(own, row.traffic_reason)
                || is_own(own, row.registration)
            {
                push(&mut words, adapter.id(), row, own.word);
            }
        }
    }
    words
}

/// Whether what a row says is this word.
fn is_own<W: Word>(own: &OwnWord, word: Option<W>) -> bool {
    own.list_name == W::NAME && word.is_some_and(|word| own.word == word.into())
}

/// Rows that differ only in their operations are one word.
fn push(words: &mut Vec<SameWord>, adapter: &'static str, row: &Row, same: &'static str) {
    let (and_field, and_word) = (row.when.map(|when| when.field), row.when.map(|when| when.word));
    let word = SameWord { adapter, field: row.field, word: row.word, and_field, and_word, same };
    if !words.contains(&word) {
        words.push(word);
    }
}

/// The words of vocabularies, and without an adapter our own.
fn known_words(adapters: &[&dyn Adapter], adapter: Option<&str>) -> Vec<&'static str> {
    let asked = adapters.iter().filter(|known| adapter.is_none_or(|id| id == known.id()));
    let mut known: Vec<_> = asked.flat_map(|adapter| adapter.vocabulary().rows().map(|row| row.word)).collect();
    if adapter.is_none() {
        known.extend(glossary::all().into_iter().map(|own| own.word));
    }
    known.retain(|word| *word != "*");
    known
}

/// Those of the words that are spelled like this one, the nearest first, and a few at most.
pub fn spelled_alike<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Vec<&'w str> {
    let wanted = word.to_ascii_lowercase();
    let ranked = known.into_iter().filter_map(|known| Some((distance(&wanted, &known.to_ascii_lowercase())?, known)));
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort_unstable();
    ranked.dedup();
    ranked.into_iter().take(NEAR).map(|(_, known)| known).collect()
}

/// How far two words are apart; absent where they are not alike. A word that holds the other is near.
fn distance(one: &str, other: &str) -> Option<usize> {
    let (shorter, longer) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if shorter.len() >= 4 && longer.contains(shorter) {
        return Some(1);
    }
    // Longer words are none of anybody's, and comparing them takes time.
    if longer.len() > 64 {
        return None;
    }
    let edits = strsim::damerau_levenshtein(one, other);
    (edits * 3 <= longer.chars().count()).then_some(edits)
}
