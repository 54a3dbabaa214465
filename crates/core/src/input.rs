//! From bytes to text.

use crate::{Context, Document, Error, ErrorKind};

/// The payload as text, without a byte order mark.
pub(crate) fn text(payload: &[u8]) -> Result<&str, Error> {
    let payload = payload.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(payload);
    match simdutf8::basic::from_utf8(payload) {
        Ok(text) => Ok(text),
        Err(_) => Err(not_utf8(payload)),
    }
}

/// Reads the text, and a second time where a number in it is too large for any type. Such a number counts as its JSON text then, as
/// every number does where text is expected; where a number is, it is a value of the wrong kind, which does not lose its neighbours.
pub(crate) fn read<'a>(
    text: &'a str,
    context: &Context<'a>,
    mut read: impl for<'t> FnMut(&'t str, &Context<'t>) -> Result<Document<'t>, Error>,
) -> Result<Document<'a>, Error> {
    match read(text, context) {
        Err(error) if is_about_a_number(&error) => read(&with_quoted_numbers(text), context).map(Document::into_owned),
        outcome => outcome,
    }
}

/// The same for what is told from the text without keeping any of it.
pub(crate) fn scan<T>(text: &str, mut scan: impl FnMut(&str) -> Result<T, Error>) -> Result<T, Error> {
    match scan(text) {
        Err(error) if is_about_a_number(&error) => scan(&with_quoted_numbers(text)),
        outcome => outcome,
    }
}

/// Whether the only fault that was met is a number such as `1e400`. It is JSON, but `serde_json` has no place for it.
fn is_about_a_number(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::NotJson { problem, .. } if problem == "number out of range")
}

/// The text with every number that is too large for any type in quotes.
fn with_quoted_numbers(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    let mut rest = text;
    while let Some(start) = rest.find(['"', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) {
        let (before, from) = rest.split_at(start);
        let is_text = from.starts_with('"');
        let end = if is_text { end_of_text(from) } else { from.find(|character| !is_of_number(character)).unwrap_or(from.len()) };
        let (token, after) = from.split_at(end);
        let is_too_large = !is_text && token.parse::<f64>().is_ok_and(f64::is_infinite);
        let mark = if is_too_large { "\"" } else { "" };
        quoted.extend([before, mark, token, mark]);
        rest = after;
    }
    quoted.push_str(rest);
    quoted
}

/// The length of the text, quotes included, that stands at the start.
fn end_of_text(text: &str) -> usize {
    let mut is_escaped = false;
    let is_end = |(_, byte): &(usize, u8)| {
        let is_end = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        is_end
    };
    text.bytes().enumerate().skip(1).find(is_end).map_or(text.len(), |(index, _)| index + 1)
}

const fn is_of_number(character: char) -> bool {
    matches!(character, '0'..='9' | '-' | '+' | '.' | 'e' | 'E')
}

/// `simdutf8::basic` is fast and does not say where; this does.
fn not_utf8(payload: &[u8]) -> Error {
    let valid = match simdutf8::compat::from_utf8(payload) {
        Ok(text) => text.as_bytes(),
        Err(error) => payload.get(..error.valid_up_to()).unwrap_or_default(),
    };
    let line = valid.split(|byte| *byte == b'\n').count();
    let column = 1 + valid.iter().rev().take_while(|byte| **byte != b'\n').count();
    let problem = match payload {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "the text is UTF-16, as a redirect in PowerShell writes it; save it as UTF-8",
        _ => "the text is not UTF-8",
    };
    Error::from(ErrorKind::NotJson { line, column, problem: problem.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        assert_eq!(text(b"\xEF\xBB\xBF{}").unwrap(), "{}");
    }

    #[test]
    fn only_numbers_that_are_too_large_are_quoted() {
        let text = r#"{"1e400":-1E+400,"\\":[1e308,"\"9e999",9e999],"a":1}"#;
        assert_eq!(with_quoted_numbers(text), r#"{"1e400":"-1E+400","\\":[1e308,"\"9e999","9e999"],"a":1}"#);
        assert_eq!(with_quoted_numbers("\"cut off 1e400"), "\"cut off 1e400");
    }

    #[test]
    fn invalid_text_is_placed() {
        let error = text(b"{\n \"a\": \"\xFF\"}").unwrap_err();
        assert_eq!(error.to_string(), "the payload is not JSON: the text is not UTF-8 (line 2, column 8)");
    }

    #[test]
    fn utf_16_is_named() {
        let error = text(b"\xFF\xFE{\0}\0").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the payload is not JSON: the text is UTF-16, as a redirect in PowerShell writes it; save it as UTF-8 (line 1, column 1)"
        );
    }
}
