//! Many payloads, one after the other: as lines (NDJSON), as JSON texts one behind the other, or as an array.
//!
//! [`slice()`] reads bytes that are there, [`reader()`] reads from a source with memory for a few times the largest payload. Both tell
//! the adapter of every payload, unless one is named, and take the three forms in any mixture. A payload can stand in an envelope that
//! says what its caller knew: `{ "context": { "pool_id": "p-1" }, "payload": { … } }`, see [`Context`]. What an item's context leaves
//! out is taken from the context of the stream.
//!
//! # What does not break a stream
//!
//! Every item is a document or an error; the stream goes on behind it. A text that is not JSON, such as `[ERROR] …`, ends where the next
//! line begins with `{` or `[`: of lines, a broken one loses itself only; of indented texts one behind the other, a broken one loses what
//! is left of it, for their inner lines begin with blanks. In an array a broken element loses itself if its brackets are even, else what
//! is left of the array. An array that is not closed is an item of its own, without text, whose error says so.
//! One without elements is an item, too: the reply of an operation that answers so, or an error.

mod chunk;
mod envelope;
mod items;
mod reader;
mod scan;
mod threads;

pub use items::{Item, Slice};
pub use reader::Reader;
pub use threads::in_order;

use crate::{Adapter, Context};

/// The largest payload that is read, unless another limit is set: 2 GiB.
pub const LIMIT: usize = 1 << 31;

/// The payloads in these bytes.
///
/// ```
/// # use lbhealth_core::stream;
/// # fn adapters() -> &'static [&'static dyn lbhealth_core::Adapter] { &[] }
/// for item in stream::slice(adapters(), b"{}\n{}\n") {
///     match item.document {
///         Ok(document) => println!("{} warnings", document.warnings().len()),
///         Err(error) => eprintln!("line {}: {error}", item.line),
///     }
/// }
/// ```
pub fn slice<'a>(adapters: &'a [&'a dyn Adapter], bytes: &'a [u8]) -> Slice<'a> {
    Slice::new(StreamSettings::new(adapters), bytes)
}

/// The payloads that come from a source.
pub fn reader<'a, R: std::io::Read>(adapters: &'a [&'a dyn Adapter], source: R) -> Reader<'a, R> {
    Reader::new(StreamSettings::new(adapters), source)
}

/// How the payloads of a stream are read.
#[derive(Clone, Debug)]
pub(crate) struct StreamSettings<'a> {
    adapters: Adapters<'a>,
    context: Context<'a>,
    limit: usize,
}

#[derive(Clone, Copy)]
enum Adapters<'a> {
    Named(&'a dyn Adapter),
    Detected(&'a [&'a dyn Adapter]),
}

impl<'a> StreamSettings<'a> {
    fn new(adapters: &'a [&'a dyn Adapter]) -> Self {
        Self { adapters: Adapters::Detected(adapters), context: Context::default(), limit: LIMIT }
    }

    fn normalizer(&self) -> crate::Normalizer<'a> {
        match self.adapters {
            Adapters::Named(adapter) => crate::Normalizer::of(adapter),
            Adapters::Detected(adapters) => crate::Normalizer::new(adapters),
        }
    }
}

impl std::fmt::Debug for Adapters<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Named(adapter) => formatter.write_str(adapter.id()),
            Self::Detected(adapters) => formatter.debug_list().entries(adapters.iter().map(|adapter| adapter.id())).finish(),
        }
    }
}

/// Gives a stream the methods that set how its payloads are read.
macro_rules! settings {
    () => {
        /// Every payload is a reply that this adapter reads: the caller vouches for it.
        #[must_use]
        pub fn adapter(mut self, adapter: &'a dyn crate::Adapter) -> Self {
            self.settings.adapters = super::Adapters::Named(adapter);
            self.renewed()
        }

        /// What no payload says and the caller knows; a payload's envelope can say more.
        #[must_use]
        pub fn context(mut self, context: crate::Context<'a>) -> Self {
            self.settings.context = context;
            self.renewed()
        }

        /// The largest payload that is read, in bytes; a larger one is an error. [`LIMIT`](super::LIMIT) where nothing is said.
        #[must_use]
        pub fn limit(mut self, bytes: usize) -> Self {
            self.settings.limit = bytes;
            self.renewed()
        }
    };
}
pub(crate) use settings;

#[cfg(test)]
mod tests;
