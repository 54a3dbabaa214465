//! Keys that two reports can be joined on.

use crate::json::has_any;

/// Joins the parts of a key with `|`. An absent part is empty, and `%` and `|` inside a part are written `%25` and `%7C`, so different
/// parts never give the same key.
pub(crate) fn join<const N: usize>(parts: [&str; N]) -> String {
    let mut key = String::with_capacity(capacity(&parts));
    push_parts(&mut key, parts);
    key
}

/// Joins the parts of a key, of which the last is a port.
pub(crate) fn join_with_port<const N: usize>(parts: [&str; N], port: Option<u16>) -> String {
    let mut key = String::with_capacity(capacity(&parts));
    push_parts(&mut key, parts);
    push_port(&mut key, port);
    key
}

/// The key of something below what has this key.
pub(crate) fn below(key: &str, backend: &str, port: Option<u16>) -> String {
    let mut below = String::with_capacity(key.len() + capacity(&[backend]));
    below.push_str(key);
    below.push('|');
    push_escaped(&mut below, backend);
    push_port(&mut below, port);
    below
}

/// Room for the parts, their separators, and a port.
fn capacity(parts: &[&str]) -> usize {
    parts.iter().map(|part| part.len() + 1).sum::<usize>() + 6
}

fn push_parts<const N: usize>(key: &mut String, parts: [&str; N]) {
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            key.push('|');
        }
        push_escaped(key, part);
    }
}

fn push_port(key: &mut String, port: Option<u16>) {
    key.push('|');
    if let Some(port) = port {
        key.push_str(itoa::Buffer::new().format(port));
    }
}

#[inline]
fn push_escaped(key: &mut String, part: &str) {
    if !has_any(part.as_bytes(), |byte| matches!(byte, b'%' | b'|')) {
        key.push_str(part);
        return;
    }
    for character in part.chars() {
        match character {
            '%' => key.push_str("%25"),
            '|' => key.push_str("%7C"),
            other => key.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_keeps_empty_parts() {
        assert_eq!(join(["a", "", "50%|x"]), "a||50%25%7Cx");
        assert_eq!(join_with_port(["a"], None), "a|");
        assert_eq!(join_with_port(["a", "|"], Some(80)), "a|%7C|80");
        assert_eq!(below("a|b", "%", Some(65535)), "a|b|%25|65535");
    }
}
