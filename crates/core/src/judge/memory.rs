//! What the same words gave before: a fleet has a handful of states, and says each of them a million times.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};

use foldhash::quality::RandomState;

use super::{Finding, Words};
use crate::Vocabulary;

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
    words: Box<[Option<Box<str>>]>,
    facts: Box<[(Box<str>, Box<str>)]>,
    probe_port: Option<u16>,
    finding: Finding,
}

/// What the vocabulary says of these words, if it said it before.
#[inline]
pub(super) fn recall(vocabulary: &'static Vocabulary, words: &Words<'_, '_>) -> Option<Finding> {
    KNOWN.with_borrow(|known| {
        let known = known.get(&hash(known.hasher(), words)?)?;
        known.are(vocabulary, words).then(|| known.finding.clone())
    })
}

/// Remembers it.
#[cold]
pub(super) fn keep(vocabulary: &'static Vocabulary, words: &Words<'_, '_>, finding: &Finding) {
    KNOWN.with_borrow_mut(|known| {
        let Some(hash) = hash(known.hasher(), words) else { return };
        if known.len() >= MOST {
            known.clear();
        }
        let own = |word: Option<&str>| word.map(Box::from);
        let facts = words.facts.iter().map(|(field, word)| ((*field).into(), (*word).into())).collect();
        let probe_port = words.probe_port;
        let words = parts(words).into_iter().map(own).collect();
        known.insert(hash, Known { vocabulary, words, facts, probe_port, finding: finding.clone() });
    });
}

impl Known {
    /// Whether it is about just these words. A vocabulary is known by its address, because it stays as it is and where it is.
    fn are(&self, vocabulary: &'static Vocabulary, words: &Words<'_, '_>) -> bool {
        std::ptr::eq(self.vocabulary, vocabulary)
            && self.probe_port == words.probe_port
            && self.words.iter().zip(parts(words)).all(|(known, word)| known.as_deref() == word)
            && self.facts.len() == words.facts.len()
            && self.facts.iter().zip(words.facts).all(|((field, word), fact)| (&**field, &**word) == *fact)
    }
}

/// The texts on which a finding rests, beside the facts.
fn parts<'p>(words: &'p Words<'_, '_>) -> [Option<&'p str>; 7] {
    [
        words.status.as_deref(),
        words.reason.as_deref(),
        words.observed.as_deref(),
        words.expected.as_deref(),
        words.message.as_deref(),
        words.status_field,
        words.operation,
    ]
}

/// A number for these words; none for long ones, which will not come again.
fn hash(hasher: &RandomState, words: &Words<'_, '_>) -> Option<u64> {
    let parts = parts(words);
    let facts = words.facts.iter().map(|(_, word)| word);
    let len: usize = parts.iter().flatten().chain(facts.clone()).map(|word| word.len()).sum();
    if len > LONGEST {
        return None;
    }
    let mut state = hasher.build_hasher();
    // Those that differ most often; the rest is compared.
    for word in parts.iter().take(5).flatten().chain(facts) {
        state.write_u64(ends(word.as_bytes()));
    }
    Some(state.finish())
}

/// The first and the last bytes of a word, which nearly always tell it from others.
fn ends(word: &[u8]) -> u64 {
    let len = word.len() as u64;
    if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
        u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(24) ^ len
    } else {
        word.iter().fold(len, |ends, byte| ends << 8 | u64::from(*byte))
    }
}
