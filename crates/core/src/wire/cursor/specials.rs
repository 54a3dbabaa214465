//! Where strings end: a text is looked at a block at a time, because strings are short, and several end in one block.

use crate::json::specials;

/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// The block of a text that was looked at last.
#[derive(Clone, Debug)]
pub(super) struct Specials {
    /// Its number.
    block: usize,
    /// A bit for each of its bytes that cannot stand in a string as it is.
    bits: u64,
}

impl Specials {
    /// Nothing was looked at yet.
    pub(super) const fn new() -> Self {
        Self { block: usize::MAX, bits: 0 }
    }

    /// Where the first byte from this place on stands that cannot stand in a string as it is; the end of the text, if none does.
    #[inline]
    pub(super) fn next(&mut self, text: &[u8], start: usize) -> usize {
        if start / BLOCK == self.block {
            let bits = self.bits >> (start % BLOCK);
            if bits != 0 {
                return start + bits.trailing_zeros() as usize;
            }
        }
        self.next_beyond(text, start)
    }

    /// The same where it is not known to stand in that block.
    #[inline(never)]
    fn next_beyond(&mut self, text: &[u8], mut start: usize) -> usize {
        while start < text.len() {
            if start / BLOCK != self.block {
                let block = text.get(start / BLOCK * BLOCK..).unwrap_or_default();
                self.block = start / BLOCK;
                self.bits = block.first_chunk().map_or_else(|| of_last(block), specials);
            }
            let bits = self.bits >> (start % BLOCK);
            if bits != 0 {
                return start + bits.trailing_zeros() as usize;
            }
            start = (self.block + 1) * BLOCK;
        }
        text.len()
    }
}

/// Those of the last bytes of a text, which are less than a block.
fn of_last(bytes: &[u8]) -> u64 {
    let mut block = [b' '; BLOCK];
    if let Some(beginning) = block.get_mut(..bytes.len()) {
        beginning.copy_from_slice(bytes);
    }
    specials(&block)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn stand_where_looking_at_each_byte_finds_them(
            text in "[a-z !#\\[\\]\u{7f}\u{e9}]{0,70}[\"\\\\\x00-\x1fa]{0,3}[a-z]{0,150}[\"\\\\\x00-\x1f]?",
            starts in proptest::collection::vec(0..260_usize, 1..9),
        ) {
            let text = text.as_bytes();
            let mut specials = Specials::new();
            for start in starts {
                let is_special = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
                let expected = text.iter().skip(start).position(is_special).map_or(text.len(), |at| start + at);
                prop_assert_eq!(specials.next(text, start), expected);
            }
        }
    }
}
