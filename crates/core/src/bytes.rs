//! What `str` has too, several times as fast: for the texts of vendors, which are short and nearly always plain.

use memchr::memchr;
use wide::u8x16;

/// What `str::split_once` gives for an ASCII character, several times as fast.
#[inline]
pub(crate) fn split_once(text: &str, at: u8) -> Option<(&str, &str)> {
    let end = memchr(at, text.as_bytes())?;
    Some((text.get(..end)?, text.get(end + 1..)?))
}

/// As `trim`, which asks for every character what Unicode says of it.
#[inline]
pub(crate) fn trimmed(text: &str) -> &str {
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let bytes = text.as_bytes();
    if is_plain(bytes.first()) && is_plain(bytes.last()) { text } else { text.trim() }
}

/// Whether two names are equal; nearly always they are the same text of an adapter's table.
#[inline]
pub(crate) fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && (std::ptr::eq(one.as_ptr(), other.as_ptr()) || one == other)
}

/// A bit for each byte of the kind. `is` tells for each byte of a part whether it is of the kind.
#[inline]
pub(crate) fn bits(block: &[u8; 64], is: impl Fn(u8x16) -> u8x16) -> u64 {
    let (parts, _) = block.as_chunks();
    parts.iter().zip((0..).step_by(16)).fold(0, |bits, (part, start)| bits | u64::from(is(u8x16::new(*part)).to_bitmask()) << start)
}

/// Whether a byte of the kind, which a blank is not, is there. The last part may overlap the one before.
#[inline]
pub(crate) fn has(bytes: &[u8], is: impl Fn(u8x16) -> u8x16) -> bool {
    let has = |block: [u8; 16]| is(u8x16::new(block)).to_bitmask() != 0;
    if let Some(last) = bytes.last_chunk() {
        return bytes.as_chunks().0.iter().any(|block| has(*block)) || has(*last);
    }
    has(ends::<8>(bytes).or_else(|| ends::<4>(bytes)).unwrap_or_else(|| padded(bytes)))
}

/// The first and the last of the bytes, and blanks.
#[inline]
fn ends<const N: usize>(bytes: &[u8]) -> Option<[u8; 16]> {
    let mut block = [b' '; 16];
    *block.first_chunk_mut::<N>()? = *bytes.first_chunk()?;
    *block.last_chunk_mut::<N>()? = *bytes.last_chunk()?;
    Some(block)
}

/// The bytes, of which there are less than sixteen, and blanks.
#[inline]
fn padded(bytes: &[u8]) -> [u8; 16] {
    let mut block = [b' '; 16];
    for (to, from) in block.iter_mut().zip(bytes) {
        *to = *from;
    }
    block
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_what_looking_at_each_byte_finds(bytes in prop_oneof!["[a-c]{0,140}", "[b-z]{0,70}"]) {
            let is = |part: u8x16| part.simd_eq(u8x16::splat(b'a'));
            prop_assert_eq!(has(bytes.as_bytes(), is), bytes.contains('a'));
            for block in bytes.as_bytes().windows(64).filter_map(|block| block.first_chunk()) {
                let expected = (0..64).filter(|at| block[*at] == b'a').fold(0, |bits, at| bits | 1 << at);
                prop_assert_eq!(bits(block, is), expected);
            }
        }

        #[test]
        fn splits_where_str_does(text in "[aäb]{0,40}") {
            prop_assert_eq!(split_once(&text, b'a'), text.split_once('a'));
        }
    }
}
