//! JSON text: where strings end, and writing what `serde_json` would write, from parts that are put together before.

use wide::u8x16;

use crate::bytes;

/// Adds the inside of a string.
pub(crate) fn push_text(out: &mut Vec<u8>, text: &str) {
    if bytes::has(text.as_bytes(), is_special) { push_escaped(out, text) } else { out.extend_from_slice(text.as_bytes()) }
}

/// Adds a whole number.
pub(crate) fn push_integer(out: &mut Vec<u8>, number: impl itoa::Integer) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// Whether the bracket that these bytes begin with opens an array, as far as what stands right behind it tells; none where they end. That
/// of `[ERROR] no such pool` does not.
pub(crate) fn opens_array(bytes: &[u8]) -> Option<bool> {
    let next = bytes.get(1)?;
    Some(next.is_ascii_whitespace() || next.is_ascii_digit() || br#"{["-tfn]"#.contains(next))
}

/// A bit for each byte that cannot stand in a string as it is.
#[inline]
pub(crate) fn specials(block: &[u8; 64]) -> u64 {
    bytes::bits(block, is_special)
}

/// Which bytes cannot stand in a string as they are: quotation marks, backslashes and control characters.
#[inline]
fn is_special(block: u8x16) -> u8x16 {
    // With this bit turned, quotation marks stand right above the control characters, and blanks do not.
    let turned = block ^ u8x16::splat(0x02);
    turned.min(u8x16::splat(0x20)).simd_eq(turned) | block.simd_eq(u8x16::splat(b'\\'))
}

#[cold]
fn push_escaped(out: &mut Vec<u8>, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    for byte in text.bytes() {
        let short = match byte {
            b'"' | b'\\' => byte,
            0x08 => b'b',
            b'\t' => b't',
            b'\n' => b'n',
            0x0C => b'f',
            b'\r' => b'r',
            0..0x20 => {
                out.extend_from_slice(b"\\u00");
                out.extend([byte >> 4, byte & 15].into_iter().filter_map(|digit| HEX.get(usize::from(digit))));
                continue;
            }
            _ => {
                out.push(byte);
                continue;
            }
        };
        out.extend_from_slice(&[b'\\', short]);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn strings_are_those_of_serde_json(text in prop_oneof![any::<String>(), "[\\x00-\\x7f]{0,40}", "[a-z\"\\\\\\x00-\\x1f]{0,70}"]) {
            let mut out = Vec::new();
            push_text(&mut out, &text);
            prop_assert_eq!(format!("\"{}\"", String::from_utf8(out).unwrap()), serde_json::to_string(&text).unwrap());
        }
    }
}
