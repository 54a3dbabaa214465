//! Payload after payload into documents.

use std::fmt;

use crate::bytes;
use crate::reading::detect::{AdapterTables, Detected, Signatures};
use crate::reading::input;
use crate::wire::{Found, Watch};
use crate::{Adapter, Context, Document, Error};

/// Turns payload after payload into documents, as [`detect`](crate::detect()) and [`Adapter::normalize`] do, and remembers what it met: a
/// payload that has just the keys of an earlier one is a reply of the same operation, so its keys need not be scanned before it is read.
pub struct Normalizer<'r> {
    adapters: Vec<&'r dyn Adapter>,
    /// The adapter that the caller vouches for.
    named: Option<&'r dyn Adapter>,
    signatures: Signatures,
    watch: Option<Box<Watch>>,
    memories: Vec<Memory<'r>>,
}

/// How many operations are remembered, and how many sets of keys of each.
const MOST: usize = 32;

impl<'r> Normalizer<'r> {
    /// Every payload is a reply that one of these adapters reads.
    pub fn new(adapters: &[&'r dyn Adapter]) -> Self {
        Self::with(adapters.to_vec(), None)
    }

    /// Every payload is a reply that this adapter reads: the caller vouches for it.
    pub fn of(adapter: &'r dyn Adapter) -> Self {
        Self::with(vec![adapter], Some(adapter))
    }

    fn with(adapters: Vec<&'r dyn Adapter>, named: Option<&'r dyn Adapter>) -> Self {
        let signatures = Signatures::of(adapters.iter().map(|adapter| AdapterTables::of(*adapter)).collect());
        let watch = Some(Box::new(Watch::new(signatures.names())));
        Self { adapters, named, signatures, watch, memories: Vec::new() }
    }

    /// Turns a payload into a document.
    ///
    /// # Errors
    ///
    /// Those of [`detect`](crate::detect()) and of [`Adapter::normalize`].
    pub fn normalize<'a>(&mut self, payload: &'a [u8], context: &Context<'a>) -> Result<Document<'a>, Error> {
        let text = input::text(payload).map_err(|error| self.attributed(error))?;
        let (key, asked) = (first_key(text), context.operation.as_deref());
        let memory = self.memories.iter_mut().find(|memory| memory.is_of(key, asked));
        if let Some(memory) = memory.filter(|memory| memory.trust >= 0) {
            let known = memory.detected;
            let document = Watch::during(&mut self.watch, text, || known.document(text, context));
            let found = self.watch.as_deref().and_then(Watch::found);
            if let Some(found) = found {
                // Keys that are merely new are known the next time, so they count less against guessing than those that cannot be told.
                memory.trust_more();
                if memory.knows(found) {
                    return document;
                }
            }
            memory.trust -= 4;
        }
        let detected = self.detect(text, context).map_err(|error| self.attributed(error))?;
        let document = Watch::during(&mut self.watch, text, || detected.document(text, context));
        if detected.is_by_keys_alone {
            self.learn(key, asked, detected);
        }
        document
    }

    /// Scans the keys of the payload.
    fn detect(&mut self, text: &str, context: &Context<'_>) -> Result<Detected<'r>, Error> {
        match self.named {
            Some(adapter) => self.signatures.find(&[adapter], text, context.operation.as_deref(), false).map(Detected::of),
            None => Detected::of(self.signatures.find(&self.adapters, text, None, true)?).asked(text, context),
        }
    }

    /// Takes note of the keys of the payload that was just read.
    fn learn(&mut self, key: &str, asked: Option<&str>, detected: Detected<'r>) {
        let found = self.watch.as_deref().and_then(Watch::found);
        let is_full = self.memories.len() >= MOST;
        let memory = self.memories.iter_mut().find(|memory| memory.is_of(key, asked));
        match (memory, found) {
            (Some(memory), Some(found)) => memory.learn(detected, found),
            (Some(memory), None) => memory.trust = memory.trust.saturating_sub(1),
            (None, Some(found)) if !is_full => {
                let known = vec![found.into()];
                self.memories.push(Memory { key: key.to_owned(), asked: asked.map(str::to_owned), detected, known, trust: 4 });
            }
            (None, _) => {}
        }
    }

    /// The error, as that of the adapter that the caller named, if any.
    #[cold]
    fn attributed(&self, error: Error) -> Error {
        match self.named {
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
struct Memory<'r> {
    /// The first key of the payloads.
    key: String,
    /// The operation that the caller named.
    asked: Option<String>,
    detected: Detected<'r>,
    /// The sets of keys that the signatures ask for, as payloads had them that were found to be replies of the operation.
    known: Vec<Box<[Found]>>,
    /// Falls where guessing fails and rises where it would have been right; below 0 nothing is guessed.
    trust: i32,
}

/// Where trust stops rising, so that it can be lost.
const MOST_TRUST: i32 = 64;

impl<'r> Memory<'r> {
    fn is_of(&self, key: &str, asked: Option<&str>) -> bool {
        self.key == key && self.asked.as_deref() == asked
    }

    fn trust_more(&mut self) {
        self.trust = (self.trust + 1).min(MOST_TRUST);
    }

    /// Whether these are the keys of an earlier reply. Detection looks at nothing else, so it would find the same operation.
    fn knows(&self, found: &[Found]) -> bool {
        self.known.iter().any(|known| **known == *found)
    }

    fn learn(&mut self, detected: Detected<'r>, found: &[Found]) {
        if !std::ptr::eq(self.detected.operation, detected.operation) {
            self.detected = detected;
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
