//! Matching a vendor's words and texts.

use crate::bytes::trimmed;

/// Whether the text fits the pattern, without regard to case and to blanks around it. `*` at either end of the pattern is any text; blank
/// text fits no pattern.
#[inline]
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    fits_trimmed(pattern, trimmed(text))
}

/// The same for a text without blanks around it.
#[inline]
pub(crate) fn fits_trimmed(pattern: &str, text: &str) -> bool {
    // Nearly every pattern is a word, and nearly every text is written as the pattern.
    if pattern.len() == text.len() && (pattern == text || pattern.eq_ignore_ascii_case(text)) {
        return !text.is_empty();
    }
    let is_star = |byte: Option<&u8>| byte == Some(&b'*');
    (is_star(pattern.as_bytes().first()) || is_star(pattern.as_bytes().last())) && fits_around(pattern, text)
}

fn fits_around(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (starts_anyhow, pattern) = pattern.strip_prefix(b"*").map_or((false, pattern), |rest| (true, rest));
    let (ends_anyhow, pattern) = pattern.strip_suffix(b"*").map_or((false, pattern), |rest| (true, rest));
    let is_it = |part: &[u8]| part.eq_ignore_ascii_case(pattern);
    let start = || text.get(..pattern.len());
    let end = || text.len().checked_sub(pattern.len()).and_then(|start| text.get(start..));
    if text.is_empty() {
        return false;
    }
    match (starts_anyhow, ends_anyhow) {
        (false, false) => is_it(text),
        (false, true) => start().is_some_and(is_it),
        (true, false) => end().is_some_and(is_it),
        (true, true) => pattern.is_empty() || text.windows(pattern.len()).any(is_it),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_text() {
        for (pattern, text) in
            [("up", " UP "), ("*", "x"), ("**", "x"), ("up*", "Upwards"), ("*up", "backUP"), ("*up*", "a Cup of"), ("*up*", "up")]
        {
            assert!(fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in
            [("up", "ups"), ("*", " "), ("", ""), ("up*", "cup"), ("*up", "upper"), ("*up*", "u"), ("*long", "l")]
        {
            assert!(!fits(pattern, text), "{pattern} {text}");
        }
    }
}
