//! From bytes to text.

use crate::{Error, ErrorKind};

/// What can stand before a text in UTF-8 and says nothing.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The bytes without a byte order mark.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

/// The payload as text, without a byte order mark.
pub(crate) fn text(payload: &[u8]) -> Result<&str, Error> {
    let payload = without_mark(payload);
    match payload {
        // JSON has no such character, and UTF-16 has one beside every other that JSON begins with.
        [0, _, ..] | [_, 0, ..] => Err(not_utf8(payload)),
        _ => simdutf8::basic::from_utf8(payload).map_err(|_| not_utf8(payload)),
    }
}

/// `simdutf8::basic` is fast and does not say where; this does.
fn not_utf8(payload: &[u8]) -> Error {
    let valid = match simdutf8::compat::from_utf8(payload) {
        Ok(_) => b"",
        Err(error) => payload.get(..error.valid_up_to()).unwrap_or_default(),
    };
    let line = valid.split(|byte| *byte == b'\n').count();
    let column = 1 + valid.iter().rev().take_while(|byte| **byte != b'\n').count();
    let problem = match payload {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, ..] | [_, 0, ..] => {
            "the text is UTF-16, as a redirect in PowerShell writes it; save it as UTF-8"
        }
        [0x1F, 0x8B, ..] => "this is compressed by gzip; name the file `.gz`, or decompress it",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "this is compressed by zstd; name the file `.zst`, or decompress it",
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
    fn what_is_compressed_is_named() {
        assert!(text(b"\x1F\x8B\x08\0").unwrap_err().to_string().contains("gzip"));
        assert!(text(b"\x28\xB5\x2F\xFD\xFF").unwrap_err().to_string().contains("zstd"));
    }

    #[test]
    fn invalid_text_is_placed() {
        let error = text(b"{\n \"a\": \"\xFF\"}").unwrap_err();
        assert_eq!(error.to_string(), "the payload is not JSON: the text is not UTF-8 (line 2, column 8)");
    }

    #[test]
    fn utf_16_is_named() {
        for payload in [&b"\xFF\xFE{\0}\0"[..], b"\xFE\xFF\0{\0}", b"{\0}\0", b"\0{\0}"] {
            assert_eq!(
                text(payload).unwrap_err().to_string(),
                "the payload is not JSON: the text is UTF-16, as a redirect in PowerShell writes it; save it as UTF-8 (line 1, column 1)"
            );
        }
    }
}
