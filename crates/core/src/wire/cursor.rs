//! Going through a JSON text, value by value.

mod specials;

use std::borrow::Cow;

use specials::Specials;

use super::{Met, Value};
use crate::bytes::trimmed;

/// A place in a JSON text, from which values are read one after the other. It takes just the texts that `serde_json` takes, and those
/// with numbers that are too large for any type; a property test holds them equal. Values go straight to their place, which costs half
/// of what handing them through the visitors of `serde` does.
#[derive(Clone, Debug)]
#[doc(hidden)]
pub struct Cursor<'a> {
    text: &'a str,
    at: usize,
    specials: Specials,
    /// The last name of a field in which something was escaped.
    escaped_key: String,
}

/// The text is not JSON. What is wrong with it, and where, is told by reading it a second time.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
#[expect(clippy::exhaustive_structs, reason = "it says nothing")]
pub struct Broken;

/// A number in the type that it fits.
enum Number<'a> {
    Natural(u64),
    Negative(i64),
    Float(f64),
    /// Too large for any type: its text.
    TooLarge(&'a str),
}

impl<'a> Cursor<'a> {
    /// The beginning of a text.
    pub(crate) const fn new(text: &'a str) -> Self {
        Self { text, at: 0, specials: Specials::new(), escaped_key: String::new() }
    }

    /// Makes sure that nothing but blanks follows.
    pub(crate) fn end(&mut self) -> Result<(), Broken> {
        if self.token().is_err() { Ok(()) } else { Err(Broken) }
    }

    /// Reads the next value into the empty slot.
    pub(crate) fn value<T: Value<'a>>(&mut self, slot: &mut Option<T>) -> Result<Met, Broken> {
        let read = match self.token()? {
            b'"' => {
                let text = self.string()?;
                if trimmed(&text).is_empty() {
                    return Ok(Met::Nothing);
                }
                T::from_text(text)
            }
            b'{' => return T::read_object(slot, self),
            b'[' => return T::read_array(slot, self),
            b'n' => return self.word("null").map(|()| Met::Nothing),
            b't' => self.word("true").map(|()| T::from_bool(true))?,
            b'f' => self.word("false").map(|()| T::from_bool(false))?,
            _ => match self.number()? {
                Number::Natural(number) => T::from_u64(number),
                Number::Negative(number) => T::from_i64(number),
                Number::Float(number) => T::from_f64(number),
                Number::TooLarge(text) => T::from_text(text.into()),
            },
        };
        Ok(read.put(slot))
    }

    /// Enters the object that begins here, and says whether it has a field.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON.
    #[inline]
    pub fn first_field(&mut self) -> Result<bool, Broken> {
        self.at += 1;
        match self.token()? {
            b'"' => Ok(true),
            b'}' => {
                self.at += 1;
                Ok(false)
            }
            _ => Err(Broken),
        }
    }

    /// Says whether another field follows behind that of an object, whose end is passed.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON.
    #[inline]
    pub fn next_field(&mut self) -> Result<bool, Broken> {
        let token = self.token()?;
        self.at += 1;
        match token {
            b',' if self.token()? == b'"' => Ok(true),
            b'}' => Ok(false),
            _ => Err(Broken),
        }
    }

    /// Reads the name of the field that begins here.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON.
    #[inline]
    pub fn key(&mut self) -> Result<&str, Broken> {
        if let Some(key) = self.plain_string() {
            self.colon()?;
            return Ok(key);
        }
        self.escaped_key = self.escaped_string()?;
        self.colon()?;
        Ok(&self.escaped_key)
    }

    /// Enters the array that begins here, and says whether it has an element.
    pub(crate) fn first_element(&mut self) -> Result<bool, Broken> {
        self.at += 1;
        if self.token()? != b']' {
            return Ok(true);
        }
        self.at += 1;
        Ok(false)
    }

    /// Says whether another element follows behind that of an array, whose end is passed.
    pub(crate) fn next_element(&mut self) -> Result<bool, Broken> {
        let token = self.token()?;
        self.at += 1;
        match token {
            b',' => Ok(true),
            b']' => Ok(false),
            _ => Err(Broken),
        }
    }

    /// Passes over the next value, however deep.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON.
    pub fn pass_over(&mut self) -> Result<(), Broken> {
        // What closes the objects and arrays that this is inside of.
        let mut open = Vec::new();
        loop {
            match self.token()? {
                b'"' => self.pass_over_string()?,
                start @ (b'{' | b'[') => {
                    self.at += 1;
                    let end = start + 2;
                    if self.token()? != end {
                        open.push(end);
                        self.pass_over_key(end)?;
                        continue;
                    }
                    self.at += 1;
                }
                b'n' => self.word("null")?,
                b't' => self.word("true")?,
                b'f' => self.word("false")?,
                _ => drop(self.digits()?),
            }
            loop {
                let Some(end) = open.last().copied() else { return Ok(()) };
                let token = self.token()?;
                self.at += 1;
                if token == b',' {
                    self.pass_over_key(end)?;
                    break;
                }
                if token != end {
                    return Err(Broken);
                }
                open.pop();
            }
        }
    }

    /// Passes over the name that a value has inside an object.
    fn pass_over_key(&mut self, end: u8) -> Result<(), Broken> {
        if end != b'}' {
            return Ok(());
        }
        if self.token()? != b'"' {
            return Err(Broken);
        }
        self.pass_over_string()?;
        self.colon()
    }

    /// What the next value begins with: its first byte that is no blank.
    #[inline]
    pub(crate) fn token(&mut self) -> Result<u8, Broken> {
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(byte) if *byte > b' ' => return Ok(*byte),
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.at += 1,
                Some(byte) => return Ok(*byte),
                None => return Err(Broken),
            }
        }
    }

    #[inline]
    fn colon(&mut self) -> Result<(), Broken> {
        if self.token()? != b':' {
            return Err(Broken);
        }
        self.at += 1;
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<(), Broken> {
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            self.at += word.len();
            return Ok(());
        }
        Err(Broken)
    }

    /// Reads the string that begins here.
    #[inline]
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>, Broken> {
        match self.plain_string() {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.escaped_string().map(Cow::Owned),
        }
    }

    /// Reads the string that begins here, if nothing in it is escaped.
    fn plain_string(&mut self) -> Option<&'a str> {
        let start = self.at + 1;
        let end = self.plain_end(start);
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        self.text.get(start..end)
    }

    /// Where the first byte from this place on stands that cannot be inside a string as it is.
    #[inline]
    fn plain_end(&mut self, start: usize) -> usize {
        self.specials.next(self.text.as_bytes(), start)
    }

    #[cold]
    fn escaped_string(&mut self) -> Result<String, Broken> {
        let mut text = String::new();
        self.at += 1;
        loop {
            let end = self.plain_end(self.at);
            text.push_str(self.text.get(self.at..end).ok_or(Broken)?);
            self.at = end;
            match self.byte()? {
                b'"' => return Ok(text),
                b'\\' => text.push(self.escaped()?),
                _ => return Err(Broken),
            }
        }
    }

    /// The character whose backslash was passed.
    fn escaped(&mut self) -> Result<char, Broken> {
        Ok(match self.byte()? {
            mark @ (b'"' | b'\\' | b'/') => char::from(mark),
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.hexadecimal()?;
                let second = match first {
                    0xD800..0xDC00 if self.byte()? == b'\\' && self.byte()? == b'u' => Some(self.hexadecimal()?),
                    _ => None,
                };
                let units = std::iter::once(first).chain(second);
                match (char::decode_utf16(units).next(), second) {
                    (Some(Ok(character)), None) => character,
                    (Some(Ok(character)), Some(_)) if character > '\u{FFFF}' => character,
                    _ => return Err(Broken),
                }
            }
            _ => return Err(Broken),
        })
    }

    /// Four digits to the base 16.
    fn hexadecimal(&mut self) -> Result<u16, Broken> {
        let digits = self.text.get(self.at..self.at + 4).ok_or(Broken)?;
        self.at += 4;
        if digits.starts_with('+') {
            return Err(Broken);
        }
        u16::from_str_radix(digits, 16).map_err(|_| Broken)
    }

    /// Passes over the string that begins here. What is escaped need not be a character.
    fn pass_over_string(&mut self) -> Result<(), Broken> {
        self.at += 1;
        loop {
            self.at = self.plain_end(self.at);
            match self.byte()? {
                b'"' => return Ok(()),
                b'\\' => match self.byte()? {
                    b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                    b'u' => drop(self.hexadecimal()?),
                    _ => return Err(Broken),
                },
                _ => return Err(Broken),
            }
        }
    }

    /// The next byte, which is passed.
    fn byte(&mut self) -> Result<u8, Broken> {
        let byte = self.text.as_bytes().get(self.at).copied().ok_or(Broken)?;
        self.at += 1;
        Ok(byte)
    }

    #[inline]
    fn number(&mut self) -> Result<Number<'a>, Broken> {
        self.small_natural().map_or_else(|| self.any_number(), |number| Ok(Number::Natural(number)))
    }

    fn any_number(&mut self) -> Result<Number<'a>, Broken> {
        let (text, is_whole) = self.digits()?;
        if is_whole {
            if let Ok(number) = text.parse() {
                return Ok(Number::Natural(number));
            }
            // A negative zero is none of the whole numbers.
            if let Some(number) = text.parse().ok().filter(|number| *number != 0) {
                return Ok(Number::Negative(number));
            }
        }
        let number: f64 = text.parse().map_err(|_| Broken)?;
        Ok(if number.is_finite() { Number::Float(number) } else { Number::TooLarge(text) })
    }

    /// Passes the whole number of a few digits that begins here, if it is one: nearly every number is.
    #[inline]
    fn small_natural(&mut self) -> Option<u64> {
        let bytes = self.text.as_bytes().get(self.at..)?;
        let mut number = 0;
        for (count, byte) in bytes.iter().enumerate().take(10) {
            let digit = byte.wrapping_sub(b'0');
            if digit <= 9 {
                number = number * 10 + u64::from(digit);
            } else if count == 0 || matches!(byte, b'.' | b'e' | b'E') || (bytes.first() == Some(&b'0') && count > 1) {
                return None;
            } else {
                self.at += count;
                return Some(number);
            }
        }
        None
    }

    /// The text of the number that begins here, and whether it has neither fraction nor exponent.
    fn digits(&mut self) -> Result<(&'a str, bool), Broken> {
        let bytes = self.text.as_bytes();
        let is = |at: usize, wanted: &[u8]| bytes.get(at).is_some_and(|byte| wanted.contains(byte));
        let digits_end = |start: usize| {
            let digits = bytes.get(start..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits == 0 { Err(Broken) } else { Ok(start + digits) }
        };
        let start = self.at;
        let first = start + usize::from(is(start, b"-"));
        let whole_end = digits_end(first)?;
        if is(first, b"0") && whole_end > first + 1 {
            return Err(Broken);
        }
        let mut end = whole_end;
        if is(end, b".") {
            end = digits_end(end + 1)?;
        }
        if is(end, b"eE") {
            end = digits_end(end + 1 + usize::from(is(end + 1, b"+-")))?;
        }
        self.at = end;
        Ok((self.text.get(start..end).ok_or(Broken)?, end == whole_end))
    }
}

#[cfg(test)]
mod tests;
