//! Writing JSON text: what `serde_json` would write, from parts that are put together before.

/// Adds the inside of a string.
pub(crate) fn push_text(out: &mut Vec<u8>, text: &str) {
    if has_any(text.as_bytes(), is_escaped) { push_escaped(out, text) } else { out.extend_from_slice(text.as_bytes()) }
}

/// Adds a whole number.
pub(crate) fn push_integer(out: &mut Vec<u8>, number: impl itoa::Integer) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// Whether a byte cannot stand in a string as it is.
const fn is_escaped(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// Whether one of the bytes is of this kind. Blocks of a fixed size without a branch inside make the compiler use vector instructions; the
/// last block may overlap the one before.
#[inline]
pub(crate) fn has_any(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    let any = |block: &[u8]| block.iter().fold(false, |found, byte| found | is(*byte));
    if let Some(last) = bytes.last_chunk::<16>() {
        let (blocks, _) = bytes.as_chunks::<16>();
        return blocks.iter().any(|block| any(block)) || any(last);
    }
    match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => any(first) || any(last),
        _ => any(bytes),
    }
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
