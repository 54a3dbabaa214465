//! The payloads of a source.

use std::io::{self, Read};

use super::chunk::{Chunk, Chunks};
use super::items::{Item, Position};
use super::{StreamSettings, settings};
use crate::Normalizer;

/// The payloads that come from a source, in their order. What is kept in memory is the largest of them, and what becomes of it.
#[derive(Debug)]
pub struct Reader<'a, R> {
    pub(super) settings: StreamSettings<'a>,
    pub(super) chunks: Chunks<R>,
    chunk: Chunk,
    position: Position,
    normalizer: Normalizer<'a>,
}

impl<'a, R: Read> Reader<'a, R> {
    pub(super) fn new(settings: StreamSettings<'a>, source: R) -> Self {
        let (chunks, normalizer) = (Chunks::new(source, settings.limit), settings.normalizer());
        Self { settings, chunks, chunk: Chunk::new(), position: Position::start(), normalizer }
    }

    settings!();

    fn renewed(mut self) -> Self {
        self.normalizer = self.settings.normalizer();
        self.chunks.set_limit(self.settings.limit);
        self
    }

    /// The next payload, which borrows from the reader; none at the end. A source that is empty has none.
    ///
    /// # Errors
    ///
    /// Those of the source. What is wrong with a payload is an error of its [`Item`].
    #[expect(clippy::should_implement_trait, reason = "an iterator's items cannot borrow from it")]
    pub fn next(&mut self) -> io::Result<Option<Item<'_>>> {
        let next = loop {
            if self.chunk.is_too_large {
                self.chunk.is_too_large = false;
                self.position.at = self.chunk.bytes.len();
                return Ok(Some(Item::too_large(self.position.line, self.position.before, &self.chunk.bytes, self.settings.limit)));
            }
            if let Some(next) = self.position.advance(&self.chunk.bytes, self.chunk.is_end) {
                break next;
            }
            if !self.chunks.next(&mut self.chunk)? {
                return Ok(None);
            }
            self.position = self.chunk.position.clone();
        };
        Ok(Some(self.position.take(next, &self.chunk.bytes, &self.settings, &mut self.normalizer)))
    }
}
