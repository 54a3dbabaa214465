//! Where JSON texts end, told by their brackets alone.

use memchr::{memchr, memchr3};

use crate::json::opens_array;

/// How a JSON text ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With its last bracket or quote.
    Closed,
    /// In the middle: it cannot go on so.
    Broken,
    /// Not before the end of the bytes.
    Open,
}

/// Goes through an array or an object, as far as there are bytes; more can follow.
#[derive(Clone, Debug, Default)]
pub(super) struct Scan {
    depth: usize,
    /// For each of the innermost 128 brackets whether it is an object's; the lowest bit is the innermost.
    objects: u128,
    /// How many brackets of the 128 are known, after some were closed.
    known: u8,
    is_in_string: bool,
    /// Whether a value stands before this place, so that none can begin here.
    is_after_value: bool,
    /// Whether a key has to come, or the end of the object.
    wants_key: bool,
    /// The brackets that begin a line and are open, with how many are open around each.
    open_lines: Vec<(usize, usize)>,
}

/// How many of those are kept. What is so deep is no payload; it is gone through several times where there are more.
const MOST_OPEN_LINES: usize = 1 << 20;

/// Lines that begin with a bracket, of which is known that no text that begins there is closed: one around it was gone through to where it
/// is broken, or ends. Each would be gone through just as far.
#[derive(Clone, Debug, Default)]
pub(super) struct Doomed(Vec<usize>);

impl Doomed {
    pub(super) fn has(&self, at: usize) -> bool {
        self.0.binary_search(&at).is_ok()
    }
}

impl Scan {
    /// The lines that began while it went through the text, and that it has not seen closed.
    pub(super) fn doomed(&mut self) -> Doomed {
        Doomed(std::mem::take(&mut self.open_lines).into_iter().map(|(at, _)| at).collect())
    }

    /// Goes on through these bytes from this place, and says where it ends, is broken, or is to go on once there are more.
    pub(super) fn go_on(&mut self, bytes: &[u8], start: usize) -> (End, usize) {
        let mut at = start;
        loop {
            if self.is_in_string {
                match string_end(bytes, at) {
                    (End::Closed, end) => {
                        self.is_in_string = false;
                        self.is_after_value = true;
                        self.wants_key = false;
                        at = end;
                    }
                    other => return other,
                }
            }
            let Some(byte) = bytes.get(at) else { return (End::Open, at) };
            match byte {
                b'"' | b'{' | b'[' if self.is_after_value => return (End::Broken, at),
                b'"' => self.is_in_string = true,
                b'{' | b'[' if self.wants_key => return (End::Broken, at),
                b'{' | b'[' => {
                    if is_line_start(bytes, at) && self.open_lines.len() < MOST_OPEN_LINES {
                        self.open_lines.push((at, self.depth));
                    }
                    self.open(*byte == b'{');
                }
                b'}' | b']' => {
                    if self.is_in_object().is_some_and(|is_object| is_object != (*byte == b'}')) {
                        return (End::Broken, at);
                    }
                    self.close();
                    if self.depth == 0 {
                        return (End::Closed, at + 1);
                    }
                }
                b',' => {
                    self.is_after_value = false;
                    self.wants_key = self.is_in_object() == Some(true);
                }
                b':' => self.is_after_value = false,
                b' ' | b'\t' | b'\r' | b'\n' => {}
                _ => self.is_after_value = true,
            }
            at += 1;
        }
    }

    /// Whether the innermost bracket is an object's; none where that was forgotten.
    fn is_in_object(&self) -> Option<bool> {
        (self.known > 0).then_some(self.objects & 1 == 1)
    }

    fn open(&mut self, is_object: bool) {
        self.depth += 1;
        self.objects = self.objects << 1 | u128::from(is_object);
        self.known = (self.known + 1).min(128);
        self.wants_key = is_object;
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        while self.open_lines.last().is_some_and(|(_, around)| *around >= self.depth) {
            self.open_lines.pop();
        }
        self.objects >>= 1;
        self.known = self.known.saturating_sub(1);
        self.is_after_value = true;
        self.wants_key = false;
    }
}

/// Where the array or object that begins at `start` ends, if it is closed.
pub(super) fn end(bytes: &[u8], start: usize) -> Option<usize> {
    match Scan::default().go_on(bytes, start) {
        (End::Closed, end) => Some(end),
        _ => None,
    }
}

/// Whether a line begins here. The beginning of the bytes follows an item.
pub(super) fn is_line_start(bytes: &[u8], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'\n')
}

/// How a string ends, and where to go on. It cannot go on over the end of a line.
fn string_end(bytes: &[u8], start: usize) -> (End, usize) {
    let mut at = start;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr3(b'"', b'\\', b'\n', rest)).map(|found| at + found) {
        match bytes.get(found) {
            Some(b'"') => return (End::Closed, found + 1),
            Some(b'\n') => return (End::Broken, found),
            // What is escaped may not be there yet.
            _ if found + 1 >= bytes.len() => return (End::Open, found),
            _ => at = found + 2,
        }
    }
    (End::Open, at.max(bytes.len()))
}

/// Where the array ends that begins here, if it holds nothing but commas.
pub(super) fn empty_end(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = bytes.get(start..).filter(|rest| opens_array(rest) == Some(true))?;
    let length = 1 + rest.iter().skip(1).position(|byte| !b" \t\r\n,".contains(byte))?;
    (rest.get(length) == Some(&b']')).then_some(start + length + 1)
}

/// Where the next line begins with a bracket, and with it a new text; the end of the bytes, if none does.
pub(super) fn next_text(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(line) = bytes.get(at..).and_then(|rest| memchr(b'\n', rest)) {
        at += line + 1;
        if matches!(bytes.get(at), Some(b'{' | b'[')) {
            return at;
        }
    }
    bytes.len()
}

/// Where an element of an array ends that is neither array nor object, if its end is there: at a comma, a bracket, or the line's end.
pub(super) fn scalar_end(bytes: &[u8], start: usize) -> Option<usize> {
    let length = memchr3(b',', b']', b'\n', bytes.get(start..)?)?;
    Some(start + length.max(1))
}

/// Whether a comma stands before this place, blanks aside: then what begins here is an element of an array.
pub(super) fn has_comma_before(bytes: &[u8], at: usize) -> bool {
    bytes.get(..at).unwrap_or_default().trim_ascii_end().last() == Some(&b',')
}

/// The last place at which a line begins with a bracket behind a closed one: between them, in any JSON text, stands a comma, so there a
/// text ends and another begins.
pub(super) fn last_boundary(bytes: &[u8], start: usize) -> Option<usize> {
    let mut end = bytes.len();
    while let Some(line) = bytes.get(start..end).and_then(|rest| memchr::memrchr(b'\n', rest)).map(|line| start + line) {
        // Of many blank lines, only the last is followed by a bracket: they are passed over once.
        let before = || bytes.get(..line).unwrap_or_default().trim_ascii_end().last();
        if matches!(bytes.get(line + 1), Some(b'{' | b'[')) && matches!(before(), Some(b'}' | b']')) {
            return Some(line + 1);
        }
        end = line;
    }
    None
}

/// The first place of the kind of [`last_boundary`], told by one byte before the end of the line.
pub(super) fn first_boundary(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes).map(|line| line + 1).find(|at| {
        let before = bytes.get(..at - 1).unwrap_or_default();
        let last = before.strip_suffix(b"\r").unwrap_or(before).last();
        matches!(bytes.get(*at), Some(b'{' | b'[')) && matches!(last, Some(b'}' | b']'))
    })
}
