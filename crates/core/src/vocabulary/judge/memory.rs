//! What the same words gave before: a fleet has a handful of states, and says each of them a million times.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};

use foldhash::quality::RandomState;

use super::{Judgement, Words};
use crate::Vocabulary;
use crate::bytes::same;

/// How many findings a thread remembers.
const MOST: usize = 256;
/// How many bytes the words of one may have.
const LONGEST: usize = 256;

thread_local! {
    /// Of this thread, because replies are read by many threads, and each meets all states soon.
    static KNOWN: RefCell<HashMap<u64, Known, RandomState>> = RefCell::default();
}

/// Words, and what they gave without any warning.
#[derive(Debug)]
struct Known {
    vocabulary: &'static Vocabulary,
    texts: [Box<str>; 6],
    operation: Option<Box<str>>,
    facts: Box<[(Box<str>, Box<str>)]>,
    probe_port: Option<u16>,
    finding: Judgement,
}

/// What the vocabulary says of these words, if it said it before.
pub(super) fn recall(vocabulary: &'static Vocabulary, words: &Words<'_, '_>) -> Option<Judgement> {
    KNOWN.with_borrow(|known| {
        let texts = texts(words);
        let known = known.get(&hash(known.hasher(), vocabulary, words, &texts)?)?;
        known.are(vocabulary, words, &texts).then(|| known.finding.clone())
    })
}

/// Remembers it.
#[cold]
pub(super) fn keep(vocabulary: &'static Vocabulary, words: &Words<'_, '_>, finding: &Judgement) {
    KNOWN.with_borrow_mut(|known| {
        let texts = texts(words);
        let Some(hash) = hash(known.hasher(), vocabulary, words, &texts) else { return };
        if known.len() >= MOST {
            known.clear();
        }
        let facts = words.facts.iter().map(|(field, word)| ((*field).into(), (*word).into())).collect();
        let (texts, operation) = (texts.map(Box::from), words.operation.map(Box::from));
        known.insert(hash, Known { vocabulary, texts, operation, facts, probe_port: words.probe_port, finding: finding.clone() });
    });
}

impl Known {
    /// Whether it is about just these words. A vocabulary is known by its address, because it stays as it is and where it is.
    fn are(&self, vocabulary: &'static Vocabulary, words: &Words<'_, '_>, texts: &[&str; 6]) -> bool {
        std::ptr::eq(self.vocabulary, vocabulary)
            && self.texts.iter().zip(texts).all(|(known, text)| same(known, text))
            && self.facts.len() == words.facts.len()
            && self.facts.iter().zip(words.facts).all(|(known, (field, word))| same(&known.1, word) && same(&known.0, field))
            && self.operation.as_deref() == words.operation
            && self.probe_port == words.probe_port
    }
}

/// The texts on which a finding rests, beside facts and operation. Blank ones count as absent.
fn texts<'w>(words: &'w Words<'_, '_>) -> [&'w str; 6] {
    let text = |word: &'w Option<Cow<'_, str>>| word.as_deref().unwrap_or_default();
    let Words { status, reason, observed, expected, message, status_field, .. } = words;
    [text(status), text(reason), text(observed), text(expected), text(message), status_field.unwrap_or_default()]
}

/// A number for these words; none for long ones, which will not come again.
fn hash(hasher: &RandomState, vocabulary: &Vocabulary, words: &Words<'_, '_>, texts: &[&str; 6]) -> Option<u64> {
    let mut state = hasher.build_hasher();
    state.write_usize(std::ptr::from_ref(vocabulary).addr());
    state.write_u64(ends(words.operation.unwrap_or_default().as_bytes()) ^ u64::from(words.probe_port.unwrap_or_default()));
    let mut len = 0;
    for text in texts.iter().chain(words.facts.iter().map(|(_, word)| word)) {
        len += text.len();
        // Most are absent.
        if !text.is_empty() {
            state.write_u64(ends(text.as_bytes()));
        }
    }
    (len <= LONGEST).then(|| state.finish())
}

/// The first and the last bytes of a word, which nearly always tell it from others.
#[inline]
fn ends(word: &[u8]) -> u64 {
    let len = word.len() as u64;
    if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
        u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(24) ^ len
    } else {
        word.iter().fold(len, |ends, byte| ends << 8 | u64::from(*byte))
    }
}
