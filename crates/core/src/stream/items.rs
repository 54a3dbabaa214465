//! The items of a stream, one after the other.

use memchr::{memchr, memchr_iter};

use super::envelope;
use super::scan::{self, Doomed, End, Scan};
use super::{StreamSettings, settings};
use crate::json::opens_array;
use crate::reading::input::BYTE_ORDER_MARK;
use crate::{Context, Document, Error, ErrorKind, Normalizer};

/// One payload of a stream, and what became of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Item<'b> {
    /// Line on which it begins, from 1.
    pub line: u64,
    /// Byte at which it begins, from 0.
    pub offset: u64,
    /// Its text, envelope and all; of one that is larger than the limit, the first part.
    pub bytes: &'b [u8],
    /// The payload alone.
    pub payload: &'b [u8],
    /// What its envelope says that the payload does not, completed by the context of the stream; none where it has no envelope.
    pub context: Option<Box<Context<'b>>>,
    /// The document. A place in an error is that in the payload.
    pub document: Result<Document<'b>, Error>,
}

/// The payloads in bytes, in their order.
#[derive(Debug)]
pub struct Slice<'a> {
    settings: StreamSettings<'a>,
    bytes: &'a [u8],
    normalizer: Normalizer<'a>,
    position: Position,
}

impl<'a> Slice<'a> {
    pub(super) fn new(settings: StreamSettings<'a>, bytes: &'a [u8]) -> Self {
        let normalizer = settings.normalizer();
        Self { settings, bytes, normalizer, position: Position::start() }
    }

    settings!();

    fn renewed(self) -> Self {
        Self::new(self.settings, self.bytes)
    }
}

impl<'a> Iterator for Slice<'a> {
    type Item = Item<'a>;

    fn next(&mut self) -> Option<Item<'a>> {
        let next = self.position.advance(self.bytes, true)?;
        Some(self.position.take(next, self.bytes, &self.settings, &mut self.normalizer))
    }
}

/// What comes next.
#[derive(Clone, Copy, Debug)]
pub(super) enum Next {
    /// An item.
    Item,
    /// The end, inside an array.
    Unclosed,
}

/// Where a position is, as to an array of payloads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Array {
    /// In none.
    Outside,
    /// Where an element can begin.
    BeforeElement,
    /// Behind an element: a comma has to come, or the end of the array.
    BehindElement,
}

impl Array {
    pub(super) fn is_inside(self) -> bool {
        self != Self::Outside
    }

    /// The same behind a text, which is an element if it is inside.
    pub(super) fn behind_text(self, wants_comma: bool) -> Self {
        match self {
            Self::Outside => Self::Outside,
            _ if wants_comma => Self::BehindElement,
            _ => Self::BeforeElement,
        }
    }
}

/// Where in the bytes the next item is looked for.
#[derive(Clone, Debug)]
pub(super) struct Position {
    /// The next byte.
    pub(super) at: usize,
    /// The line it is on.
    pub(super) line: u64,
    /// How many bytes of the stream were before these.
    pub(super) before: u64,
    pub(super) array: Array,
    /// Up to where the bytes are known to be a line of several texts.
    shared_line: usize,
    /// Where texts begin that are known not to be closed.
    doomed: Doomed,
}

impl Position {
    pub(super) fn start() -> Self {
        Self { at: 0, line: 1, before: 0, array: Array::Outside, shared_line: 0, doomed: Doomed::default() }
    }

    /// Goes to the next item of these bytes, which hold whole items. `is_end`: whatever is open at their end is not closed later.
    pub(super) fn advance(&mut self, bytes: &[u8], is_end: bool) -> Option<Next> {
        loop {
            let rest = bytes.get(self.at..).unwrap_or_default();
            match rest.first() {
                None if self.array.is_inside() && is_end => return Some(Next::Unclosed),
                None => return None,
                Some(b'\n') => {
                    self.line += 1;
                    self.at += 1;
                }
                Some(b' ' | b'\t' | b'\r') => self.at += 1,
                Some(b',') if self.array.is_inside() => {
                    self.array = Array::BeforeElement;
                    self.at += 1;
                }
                Some(b']') if self.array.is_inside() => {
                    self.array = Array::Outside;
                    self.at += 1;
                }
                // One without elements would give no item.
                Some(b'[')
                    if !self.array.is_inside() && opens_array(rest) != Some(false) && scan::empty_end(bytes, self.at).is_none() =>
                {
                    self.array = Array::BeforeElement;
                    self.at += 1;
                }
                // Without a comma before it, a line that begins so is a new text.
                Some(b'{' | b'[') if self.array == Array::BehindElement && scan::is_line_start(bytes, self.at) => {
                    return Some(Next::Unclosed);
                }
                // A byte order mark can stand before every file that was put behind another.
                Some(0xEF) if rest.starts_with(BYTE_ORDER_MARK) => self.at += BYTE_ORDER_MARK.len(),
                Some(_) => return Some(Next::Item),
            }
        }
    }

    /// Reads the item that was gone to.
    pub(super) fn take<'b>(
        &mut self,
        next: Next,
        bytes: &'b [u8],
        settings: &StreamSettings<'b>,
        normalizer: &mut Normalizer<'_>,
    ) -> Item<'b> {
        match next {
            Next::Item => self.item(bytes, &settings.context, settings.limit, normalizer),
            Next::Unclosed => self.unclosed(),
        }
    }

    fn item<'b>(&mut self, bytes: &'b [u8], context: &Context<'b>, limit: usize, normalizer: &mut Normalizer<'_>) -> Item<'b> {
        let start = self.at;
        // Of lines, each is a text. That it is one shows when it is read, so its brackets need not be counted before.
        if !self.array.is_inside()
            && start >= self.shared_line
            && let Some(end) = line_end(bytes, start)
        {
            let is_json = |item: &Item<'_>| !matches!(item.document.as_ref().map_err(Error::kind), Err(ErrorKind::NotJson { .. }));
            // What is too large as a whole can be several texts.
            if end - start <= limit {
                let item = self.read(bytes, start..end, context, limit, normalizer);
                if is_json(&item) || scan::end(bytes, start) == Some(end) {
                    self.at = end;
                    return item;
                }
            }
            self.shared_line = end;
        }
        let (end, is_whole) = self.end(bytes, start);
        self.array = self.array.behind_text(is_whole || !scan::has_comma_before(bytes, end));
        let item = self.read(bytes, start..end, context, limit, normalizer);
        self.at = end;
        self.line += u64::try_from(memchr_iter(b'\n', bytes.get(start..end).unwrap_or_default()).count()).unwrap_or(u64::MAX);
        item
    }

    /// Where the text that begins here ends, and whether it is whole as far as its brackets tell.
    fn end(&mut self, bytes: &[u8], start: usize) -> (usize, bool) {
        match bytes.get(start) {
            Some(b'[') if !self.array.is_inside() => {
                (scan::empty_end(bytes, start).unwrap_or_else(|| scan::next_text(bytes, start)), false)
            }
            Some(b'{' | b'[') if !self.doomed.has(start) => {
                let mut scan = Scan::default();
                match scan.go_on(bytes, start) {
                    (End::Closed, end) => (end, true),
                    (End::Broken | End::Open, _) => {
                        self.doomed = scan.doomed();
                        (scan::next_text(bytes, start), false)
                    }
                }
            }
            Some(b'{' | b'[') => (scan::next_text(bytes, start), false),
            _ if self.array.is_inside() => (scan::scalar_end(bytes, start).unwrap_or(bytes.len()), true),
            _ => (scan::next_text(bytes, start), false),
        }
    }

    fn read<'b>(
        &self,
        bytes: &'b [u8],
        range: std::ops::Range<usize>,
        context: &Context<'b>,
        limit: usize,
        normalizer: &mut Normalizer<'_>,
    ) -> Item<'b> {
        let offset = self.before + u64::try_from(range.start).unwrap_or(u64::MAX);
        // A text that is cut off ends before the next line, not with it.
        let text = bytes.get(range).unwrap_or_default().trim_ascii_end();
        if text.len() > limit {
            return Item::too_large(self.line, offset, text, limit);
        }
        Item::read(self.line, offset, text, context, normalizer)
    }

    /// Says that an array has no end.
    fn unclosed<'b>(&mut self) -> Item<'b> {
        self.array = Array::Outside;
        let problem = "the array of payloads is not closed; the text is cut off".to_owned();
        let document = Err(Error::from(ErrorKind::NotJson { line: 1, column: 0, problem }));
        let offset = self.before + u64::try_from(self.at).unwrap_or(u64::MAX);
        Item { line: self.line, offset, bytes: b"", payload: b"", context: None, document }
    }
}

impl<'b> Item<'b> {
    fn read(line: u64, offset: u64, text: &'b [u8], context: &Context<'b>, normalizer: &mut Normalizer<'_>) -> Self {
        let (payload, own, document) = match envelope::open(text, context) {
            Ok((payload, None)) => (payload, None, normalizer.normalize(payload, context)),
            Ok((payload, Some(own))) => {
                let document = normalizer.normalize(payload, &own);
                (payload, Some(own), document)
            }
            Err(error) => (text, None, Err(error)),
        };
        Self { line, offset, bytes: text, payload, context: own, document }
    }

    pub(super) fn too_large(line: u64, offset: u64, bytes: &'b [u8], limit: usize) -> Self {
        let part = bytes.get(..bytes.len().min(limit).min(1 << 16)).unwrap_or_default();
        let document = Err(Error::from(ErrorKind::TooLarge { limit }));
        Self { line, offset, bytes: part, payload: part, context: None, document }
    }
}

impl Normalizer<'_> {
    /// The one item of a text that stands by itself, such as a value of a column or a message of a queue: a payload, alone or in an envelope.
    pub fn item<'b>(&mut self, text: &'b [u8], context: &Context<'b>) -> Item<'b> {
        Item::read(1, 0, text, context, self)
    }
}

/// Where the line ends, if it looks like an object of its own.
fn line_end(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = bytes.get(start..)?;
    if rest.first() != Some(&b'{') {
        return None;
    }
    let line = rest.get(..memchr(b'\n', rest).unwrap_or(rest.len()))?.trim_ascii_end();
    (line.last() == Some(&b'}')).then_some(start + line.len())
}
