//! Keys that two reports can be joined on.

use std::fmt::Write;

/// Joins the parts of a key with `|`. An absent part is empty, and `%` and `|` inside a part are written `%25` and `%7C`, so different
/// parts never give the same key.
pub(crate) fn join<'p>(parts: impl IntoIterator<Item = &'p str>) -> String {
    let mut key = String::with_capacity(96);
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            key.push('|');
        }
        push_escaped(&mut key, part);
    }
    key
}

/// The key with a further part that is a number.
pub(crate) fn with_port(mut key: String, port: Option<u16>) -> String {
    key.push('|');
    if let Some(port) = port {
        // Writing to a `String` cannot fail.
        let _ = write!(key, "{port}");
    }
    key
}

fn push_escaped(key: &mut String, part: &str) {
    if !part.contains(['%', '|']) {
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
        assert_eq!(with_port(join(["a"]), None), "a|");
        assert_eq!(with_port(join(["a"]), Some(80)), "a|80");
    }
}
