//! Keys that two reports can be joined on.

use std::borrow::Cow;

use memchr::memrchr;
use wide::u8x16;

use crate::bytes;
use crate::model::spare;

/// Joins the parts of a key with `|`. An absent part is empty, and `%` and `|` inside a part are written `%25` and `%7C`, so different
/// parts never give the same key.
pub(crate) fn join<const N: usize>(parts: [&str; N]) -> String {
    let mut key = spare::text(capacity(&parts));
    push_parts(&mut key, parts);
    key
}

/// Joins the parts of a key, of which the last is a port.
pub(crate) fn join_with_port<const N: usize>(parts: [&str; N], port: Option<u16>) -> String {
    let mut key = spare::text(capacity(&parts));
    push_parts(&mut key, parts);
    push_port(&mut key, port);
    key
}

/// The backend and the port in the key of a backend, at its place or wherever it is observed, in the pool that has this key at its place.
/// None where the key is no such.
pub(crate) fn backend_in(key: &str, pool_key: &str) -> Option<(String, Option<u16>)> {
    let (adapter, pool) = adapter_and_pool(pool_key);
    let below = |parts: &[&str]| parts.iter().try_fold(key, |rest, part| rest.strip_prefix(part)?.strip_prefix('|'));
    let (below, may_have_observer) = match below(&[pool_key]) {
        Some(below) => (below, true),
        None => (below(&[adapter, pool])?, false),
    };
    let mut parts = below.split('|');
    let (backend, port) = (parts.next()?, parts.next()?);
    let port = if port.is_empty() { None } else { Some(port.parse().ok()?) };
    let is_all = parts.next().is_none_or(|_| may_have_observer) && parts.next().is_none();
    (is_all && !backend.is_empty()).then(|| (backend.replace("%7C", "|").replace("%25", "%"), port))
}

/// What a pool's key at its place begins and ends with.
fn adapter_and_pool(pool_key: &str) -> (&str, &str) {
    let adapter = bytes::split_once(pool_key, b'|').map_or(pool_key, |(adapter, _)| adapter);
    let pool = memrchr(b'|', pool_key.as_bytes()).and_then(|end| pool_key.get(end + 1..)).unwrap_or_default();
    (adapter, pool)
}

/// The keys of a backend in the pool that has this key at its place: at that place, and wherever it is observed.
pub(crate) fn of_backend(pool_key: &str, backend: &str, port: Option<u16>) -> [String; 2] {
    let mut at_place = spare::text(pool_key.len() + capacity(&[backend]));
    at_place.push_str(pool_key);
    at_place.push('|');
    push_escaped(&mut at_place, backend);
    push_port(&mut at_place, port);
    // The parts between adapter and pool say where it is observed.
    let (adapter, pool) = adapter_and_pool(pool_key);
    let below = at_place.get(pool_key.len()..).unwrap_or_default();
    let mut anywhere = spare::text(adapter.len() + 1 + pool.len() + below.len());
    for part in [adapter, "|", pool, below] {
        anywhere.push_str(part);
    }
    [at_place, anywhere]
}

/// What tells a backend from the others of its pool, as in keys: its id, or its address where it has none. A network interface can have
/// several addresses, each of which is a backend of its own: `eni-1/10.0.0.1`. Empty where neither is told.
pub fn part_of_backend<'n>(id: Option<&'n str>, address: Option<&'n str>) -> Cow<'n, str> {
    match (id, address) {
        (Some(id), Some(address)) if is_interface(id) => format!("{id}/{address}").into(),
        (id, address) => id.or(address).unwrap_or_default().into(),
    }
}

/// Whether it is the id of a network interface.
pub(crate) fn is_interface(id: &str) -> bool {
    id.starts_with("eni-")
}

/// The key without the addresses of network interfaces, which some replies do not tell.
pub(crate) fn without_addresses(key: &str) -> String {
    key.split('|').map(without_address).collect::<Vec<_>>().join("|")
}

/// What tells a backend from others, without the address where it is that of a network interface.
pub(crate) fn without_address(part: &str) -> &str {
    interface(part).map_or(part, |(id, _)| id)
}

/// The id of a network interface and the address behind it.
pub(crate) fn interface(part: &str) -> Option<(&str, &str)> {
    part.split_once('/').filter(|(id, _)| is_interface(id))
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
    let is_reserved = |block: u8x16| block.simd_eq(u8x16::splat(b'%')) | block.simd_eq(u8x16::splat(b'|'));
    if bytes::has(part.as_bytes(), is_reserved) { push_reserved(key, part) } else { key.push_str(part) }
}

#[cold]
fn push_reserved(key: &mut String, part: &str) {
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
        assert_eq!(of_backend("a|s||p%7C", "%", Some(65535)), ["a|s||p%7C|%25|65535", "a|p%7C|%25|65535"]);
        assert_eq!(of_backend("a|s||", "", None), ["a|s||||", "a|||"]);
    }

    #[test]
    fn keys_tell_their_pool() {
        let backend = |key| backend_in(key, "a|POOL||p");
        for key in ["a|POOL||p|b%7C|80", "a|p|b%7C|80", "a|POOL||p|b%7C|80|observer"] {
            assert_eq!(backend(key), Some(("b|".to_owned(), Some(80))), "{key}");
        }
        assert_eq!(backend("a|p|b|"), Some(("b".to_owned(), None)));
        // Of another pool, place or adapter, cut off, numbered, or no key.
        for key in ["a|POOL||p2|b|80", "a|LISTENER|l|p|b|80", "a|p2|b|80", "z|p|b|80", "b|10.0.0.1"] {
            assert_eq!(backend(key), None, "{key}");
        }
        for key in ["a|POOL||p", "a|POOL||p|", "a|POOL||p|b", "a|p|b", "a|p||80", "a|p|b|80#2", "a|p|b|80|x", "a|POOL||p|b|80|x|y"]
        {
            assert_eq!(backend(key), None, "{key}");
        }
    }

    #[test]
    fn addresses_tell_apart_what_has_several() {
        let part = |id, address| part_of_backend(id, address).into_owned();
        assert_eq!([part(Some("eni-1"), Some("10.0.0.1")), part(Some("eni-1"), None)], ["eni-1/10.0.0.1", "eni-1"]);
        assert_eq!([part(Some("i-1"), Some("10.0.0.1")), part(None, Some("10.0.0.1")), part(None, None)], ["i-1", "10.0.0.1", ""]);
    }
}
