//! A source in chunks of whole items.

use std::io::{self, Read};

use memchr::{memchr_iter, memrchr};

use super::items::{Array, Position};
use super::scan::{self, Doomed, End, Scan};
use crate::json::opens_array;
use crate::reading::input::BYTE_ORDER_MARK;

/// How much is read at a time. Large enough that a chunk is worth handing to a thread, small enough to stay in the cache.
const BLOCK: usize = 1 << 18;

/// A text that is broken is one item, unless it is larger than this.
const MOST_BROKEN: usize = 1 << 22;

/// A source, cut into chunks of whole items.
#[derive(Debug)]
pub(super) struct Chunks<R> {
    source: R,
    /// What was read and belongs to the next chunk.
    rest: Vec<u8>,
    /// Where the next chunk begins.
    position: Position,
    limit: usize,
    is_at_end: bool,
    /// Why the source ended.
    error: Option<io::Error>,
}

/// Whole items, one behind the other.
#[derive(Debug)]
pub(super) struct Chunk {
    pub(super) bytes: Vec<u8>,
    pub(super) position: Position,
    /// Whether what is open at the end is not closed later.
    pub(super) is_end: bool,
    /// Whether the bytes are the beginning of an item that is too large.
    pub(super) is_too_large: bool,
}

impl Chunk {
    /// Nothing.
    pub(super) fn new() -> Self {
        Self { bytes: Vec::new(), position: Position::start(), is_end: false, is_too_large: false }
    }
}

impl<R: Read> Chunks<R> {
    pub(super) fn new(source: R, limit: usize) -> Self {
        Self { source, rest: Vec::new(), position: Position::start(), limit, is_at_end: false, error: None }
    }

    pub(super) fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// Fills the chunk with the next items; false where there are none. Every source gives at least one chunk, and one is the last.
    pub(super) fn next(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        if self.is_at_end {
            return self.error.take().map_or(Ok(false), Err);
        }
        chunk.bytes.clear();
        chunk.bytes.append(&mut self.rest);
        chunk.position = self.position.clone();
        chunk.is_too_large = false;
        let mut cuts = Cuts::new(&self.position);
        let cut = loop {
            let before = chunk.bytes.len();
            match self.read(&mut chunk.bytes) {
                Ok(0) => self.is_at_end = true,
                Ok(_) => {}
                // What was read before goes first.
                Err(error) => {
                    self.is_at_end = true;
                    self.error = Some(error);
                }
            }
            if self.is_at_end {
                break Cut::end(chunk.bytes.len());
            }
            if let Some(cut) = cuts.last(&chunk.bytes, before) {
                break Self::with_last(cut, &chunk.bytes, before);
            }
            if chunk.bytes.len() > self.limit {
                chunk.is_too_large = true;
                break self.pass_over(&mut chunk.bytes)?;
            }
        };
        chunk.is_end = cut.is_end;
        self.rest.extend_from_slice(chunk.bytes.get(cut.at..).unwrap_or_default());
        chunk.bytes.truncate(cut.at);
        if !chunk.is_too_large {
            self.count(&chunk.bytes);
        }
        self.position.array = cut.array;
        Ok(true)
    }

    /// Reads what is there, as much as a block at most: who writes into a pipe line by line is not kept waiting for a whole block.
    fn read(&mut self, bytes: &mut Vec<u8>) -> io::Result<usize> {
        let start = bytes.len();
        bytes.resize(start + BLOCK, 0);
        let count = loop {
            match self.source.read(bytes.get_mut(start..).unwrap_or_default()) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                outcome => break outcome,
            }
        };
        bytes.truncate(start + count.as_ref().copied().unwrap_or_default());
        count
    }

    /// The cut, or the end of the bytes where the source had no more than one whole text behind the cut: nobody knows when there is more.
    fn with_last(cut: Cut, bytes: &[u8], before: usize) -> Cut {
        let is_all_there_is = bytes.len() - before < BLOCK;
        let rest = bytes.get(cut.at..).unwrap_or_default();
        let is_whole = || scan::end(rest, 0).is_some_and(|end| rest.get(end..).unwrap_or_default().trim_ascii().is_empty());
        if is_all_there_is && cut.array == Array::Outside && matches!(rest.first(), Some(b'{')) && is_whole() {
            return Cut::end(bytes.len());
        }
        cut
    }

    fn count(&mut self, bytes: &[u8]) {
        self.position.line += u64::try_from(memchr_iter(b'\n', bytes).count()).unwrap_or(u64::MAX);
        self.position.before += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    }

    /// Drops what follows of an item that is too large, up to a line on which surely another begins.
    fn pass_over(&mut self, bytes: &mut Vec<u8>) -> io::Result<Cut> {
        self.count(bytes);
        let mut more = bytes.last().copied().into_iter().collect::<Vec<u8>>();
        let carried = more.len();
        self.position.before -= u64::try_from(carried).unwrap_or(0);
        bytes.truncate(BLOCK);
        loop {
            let is_at_end = self.read(&mut more)? == 0;
            let first = scan::first_boundary(&more);
            if is_at_end || first.is_some() {
                self.is_at_end = is_at_end;
                let dropped = first.unwrap_or(more.len());
                self.count(more.get(..dropped).unwrap_or_default());
                let at = bytes.len();
                bytes.extend_from_slice(more.get(dropped..).unwrap_or_default());
                return Ok(Cut::end(at));
            }
            let kept = more.len().saturating_sub(2);
            self.count(more.get(..kept).unwrap_or_default());
            more.drain(..kept);
        }
    }
}

/// Where a chunk ends.
#[derive(Clone, Copy, Debug)]
struct Cut {
    at: usize,
    array: Array,
    /// Whether what is open here is not closed later.
    is_end: bool,
}

impl Cut {
    /// Here a text begins, or nothing.
    const fn end(at: usize) -> Self {
        Self { at, array: Array::Outside, is_end: true }
    }
}

/// Looks for places at which bytes can be cut, as more and more of them come.
#[derive(Debug)]
struct Cuts {
    inside: Inside,
    /// How far they were gone through.
    at: usize,
    array: Array,
    /// Where texts begin that are known not to be closed.
    doomed: Doomed,
    /// Up to where no line ends.
    unended: usize,
}

/// What the position that was gone to is inside of.
#[derive(Debug)]
enum Inside {
    Nothing,
    /// A text that begins at this byte.
    Text(usize, Scan),
    /// A text that cannot go on so: the next line that begins with a bracket ends it.
    Broken,
}

impl Cuts {
    fn new(position: &Position) -> Self {
        Self { inside: Inside::Nothing, at: 0, array: position.array, doomed: Doomed::default(), unended: 0 }
    }

    /// A cut at the place that was gone to.
    fn here(&self) -> Cut {
        Cut { at: self.at, array: self.array, is_end: false }
    }

    /// The cut behind the last line that has an end. What was gone through without one is not gone through again: more comes behind it.
    fn last_line(&mut self, bytes: &[u8]) -> Option<Cut> {
        let line = bytes.get(self.unended..).and_then(|rest| memrchr(b'\n', rest)).map(|line| self.unended + line);
        self.unended = bytes.len();
        line.map(|line| Cut { at: line + 1, ..self.here() })
    }

    /// The last cut. Lines tell it without going through the text; where they do not, brackets are counted.
    fn last(&mut self, bytes: &[u8], before: usize) -> Option<Cut> {
        // A boundary is three bytes, of which two can have been there before.
        let lines = scan::last_boundary(bytes, before.saturating_sub(2));
        if let Some(at) = lines.filter(|_| self.array == Array::Outside) {
            return Some(Cut::end(at));
        }
        let mut last = None;
        loop {
            match &mut self.inside {
                Inside::Nothing => {}
                Inside::Text(start, scan) => match scan.go_on(bytes, self.at) {
                    (End::Closed, end) => {
                        self.at = end;
                        self.inside = Inside::Nothing;
                        self.array = self.array.behind_text(true);
                        last = Some(self.here());
                    }
                    (End::Broken, _) => {
                        self.doomed = scan.doomed();
                        self.at = *start;
                        self.inside = Inside::Broken;
                        continue;
                    }
                    (End::Open, at) => {
                        self.at = at;
                        return last;
                    }
                },
                Inside::Broken => {
                    let next = scan::next_text(bytes, self.at);
                    if next >= bytes.len() {
                        // The last byte may be the end of a line.
                        self.at = self.at.max(bytes.len().saturating_sub(1));
                        // What is no text is not worth keeping whole.
                        let is_too_much = last.is_none() && bytes.len() > MOST_BROKEN;
                        return if is_too_much { self.last_line(bytes) } else { last };
                    }
                    self.at = next;
                    self.inside = Inside::Nothing;
                    self.array = self.array.behind_text(!scan::has_comma_before(bytes, next));
                }
            }
            let rest = bytes.get(self.at..).unwrap_or_default();
            match rest.first() {
                None => return last,
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.at += 1,
                Some(b',') if self.array.is_inside() => {
                    let is_behind_element = self.array == Array::BehindElement;
                    self.array = Array::BeforeElement;
                    self.at += 1;
                    // Before the first element it is not known whether there is one, and without any, the array is one text.
                    last = if is_behind_element { Some(self.here()) } else { last };
                }
                Some(b']') if self.array.is_inside() => {
                    self.array = Array::Outside;
                    self.at += 1;
                    last = Some(self.here());
                }
                Some(b'[') if !self.array.is_inside() => match opens_array(rest) {
                    None => return last,
                    Some(true) => {
                        self.array = Array::BeforeElement;
                        self.at += 1;
                    }
                    Some(false) => self.inside = Inside::Broken,
                },
                // Without a comma before it, a line that begins so is a new text.
                Some(b'{' | b'[') if self.array == Array::BehindElement && scan::is_line_start(bytes, self.at) => {
                    self.array = Array::Outside;
                }
                Some(0xEF) if BYTE_ORDER_MARK.starts_with(rest) => return last,
                Some(0xEF) if rest.starts_with(BYTE_ORDER_MARK) => self.at += BYTE_ORDER_MARK.len(),
                Some(b'{' | b'[') if self.doomed.has(self.at) => self.inside = Inside::Broken,
                Some(b'{' | b'[') => self.inside = Inside::Text(self.at, Scan::default()),
                Some(_) if self.array.is_inside() => match scan::scalar_end(bytes, self.at) {
                    Some(end) => {
                        self.at = end;
                        self.array = Array::BehindElement;
                    }
                    None => return last,
                },
                Some(_) => self.inside = Inside::Broken,
            }
        }
    }
}
