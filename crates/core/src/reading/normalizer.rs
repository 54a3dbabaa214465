//! Payload after payload into documents.

use std::fmt;

use crate::bytes;
use crate::reading::detect::{AdapterTables, Candidate, Match, Signatures};
use crate::reading::input;
use crate::wire::{Found, Watch};
use crate::{Adapter, Context, Document, Error};

/// Turns payload after payload into documents, as [`detect`](crate::detect()) and [`Adapter::normalize`] do, and remembers what it met: a
/// payload that has just the keys of an earlier one is a reply of the same operation, so its keys need not be scanned before it is read.
pub struct Normalizer<'r> {
    adapters: Vec<&'r dyn Adapter>,
    /// Whether the caller vouches for the adapter.
    is_named: bool,
    signatures: Signatures,
    watch: Option<Box<Watch>>,
    memories: Vec<Memory>,
}

/// How many operations are remembered, and how many sets of keys of each.
const MOST: usize = 32;

impl<'r> Normalizer<'r> {
    /// Every payload is a reply that one of these adapters reads.
    pub fn new(adapters: &[&'r dyn Adapter]) -> Self {
        Self::with(adapters.to_vec(), false)
    }

    /// Every payload is a reply that this adapter reads: the caller vouches for it.
    pub fn of(adapter: &'r dyn Adapter) -> Self {
        Self::with(vec![adapter], true)
    }

    fn with(adapters: Vec<&'r dyn Adapter>, is_named: bool) -> Self {
        let signatures = Signatures::of(adapters.iter().map(|adapter| AdapterTables::of(*adapter)).collect());
        let watch = Some(Box::new(Watch::new(signatures.names())));
        Self { adapters, is_named, signatures, watch, memories: Vec::new() }
    }

    /// Turns a payload into a document.
    ///
    /// # Errors
    ///
    /// Those of [`detect`](crate::detect()) and of [`Adapter::normalize`].
    pub fn normalize<'a>(&mut self, payload: &'a [u8], context: &Context<'a>) -> Result<Document<'a>, Error> {
        let text = input::text(payload).map_err(|error| self.attributed(error, None))?;
        let (key, asked) = (first_key(text), context.operation.as_deref());
        let memory = self.memories.iter_mut().find(|memory| memory.key == key && memory.asked.as_deref() == asked);
        if let Some(memory) = memory.filter(|memory| memory.trust >= 0) {
            let candidate = memory.candidate;
            let adapter = self.adapters.get(candidate.adapter).copied();
            let document = Watch::during(&mut self.watch, text, || candidate.operation.document(adapter, text, context));
            let found = self.watch.as_deref().and_then(Watch::found);
            if found.is_some_and(|found| memory.knows(found)) {
                return document.map_err(|error| self.attributed(error, Some(candidate)));
            }
            memory.trust -= 4;
        }
        let Match { candidate, is_by_keys_alone } = self.find(text, context).map_err(|error| self.attributed(error, None))?;
        let adapter = self.adapters.get(candidate.adapter).copied();
        let document = Watch::during(&mut self.watch, text, || candidate.operation.document(adapter, text, context));
        if is_by_keys_alone {
            self.learn(key, asked, candidate);
        }
        document.map_err(|error| self.attributed(error, Some(candidate)))
    }

    /// Scans the keys of the payload. An operation that the caller names is looked for in the adapter whose reply it is.
    fn find(&mut self, text: &str, context: &Context<'_>) -> Result<Match, Error> {
        let asked = context.operation.as_deref();
        if self.is_named {
            return self.signatures.find(text, asked, false);
        }
        let found = self.signatures.find(text, None, true)?;
        let number = found.candidate.adapter;
        match (asked, self.signatures.adapter(number)) {
            (Some(_), Some(adapter)) => {
                let only = Signatures::once(vec![*adapter], |signatures| signatures.find(text, asked, false));
                let only = only.map_err(|error| error.with_adapter(adapter.id))?;
                let is_by_keys_alone = found.is_by_keys_alone && only.is_by_keys_alone;
                Ok(Match { candidate: Candidate { adapter: number, ..only.candidate }, is_by_keys_alone })
            }
            _ => Ok(found),
        }
    }

    /// Takes note of the keys of the payload that was just read.
    fn learn(&mut self, key: &str, asked: Option<&str>, candidate: Candidate) {
        let found = self.watch.as_deref().and_then(Watch::found);
        let is_full = self.memories.len() >= MOST;
        let memory = self.memories.iter_mut().find(|memory| memory.key == key && memory.asked.as_deref() == asked);
        match (memory, found) {
            (Some(memory), Some(found)) => memory.learn(candidate, found),
            (Some(memory), None) => memory.trust = memory.trust.saturating_sub(1),
            (None, Some(found)) if !is_full => {
                let known = vec![found.into()];
                self.memories.push(Memory { key: key.to_owned(), asked: asked.map(str::to_owned), candidate, known, trust: 4 });
            }
            (None, _) => {}
        }
    }

    /// The error, as that of the adapter whose reply it was; where that was not found out, of the one that the caller named, if any.
    #[cold]
    fn attributed(&self, error: Error, candidate: Option<Candidate>) -> Error {
        let number = candidate.map(|candidate| candidate.adapter).or_else(|| self.is_named.then_some(0));
        match number.and_then(|number| self.adapters.get(number)) {
            Some(adapter) => error.with_adapter(adapter.id()),
            None => error,
        }
    }
}

impl fmt::Debug for Normalizer<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.adapters.iter().map(|adapter| adapter.id())).finish()
    }
}

/// What replies of one operation looked like that began with one key.
struct Memory {
    /// The first key of the payloads.
    key: String,
    /// The operation that the caller named.
    asked: Option<String>,
    candidate: Candidate,
    /// The sets of keys that the signatures ask for, as payloads had them that were found to be replies of the operation.
    known: Vec<Box<[Found]>>,
    /// Falls where guessing fails and rises where it would have been right; below 0 nothing is guessed.
    trust: i32,
}

/// Where trust stops rising, so that it can be lost.
const MOST_TRUST: i32 = 64;

impl Memory {
    fn trust_more(&mut self) {
        self.trust = (self.trust + 1).min(MOST_TRUST);
    }

    /// Whether these are the keys of an earlier reply. Detection looks at nothing else, so it would find the same operation.
    fn knows(&mut self, found: &[Found]) -> bool {
        self.trust_more();
        self.known.iter().any(|known| **known == *found)
    }

    fn learn(&mut self, candidate: Candidate, found: &[Found]) {
        if !std::ptr::eq(self.candidate.operation, candidate.operation) {
            self.candidate = candidate;
            self.known.clear();
        }
        self.trust_more();
        if !self.known.iter().any(|known| **known == *found) {
            // A fleet has a handful of sets; where there are more, old ones make room.
            if self.known.len() >= MOST {
                self.known.clear();
            }
            self.known.push(found.into());
        }
    }
}

/// The first key of an object as it is written; empty where there is none.
fn first_key(text: &str) -> &str {
    let inside = text.trim_ascii_start().strip_prefix('{').unwrap_or_default().trim_ascii_start();
    inside.strip_prefix('"').and_then(|key| bytes::split_once(key, b'"')).map_or("", |(key, _)| key)
}
