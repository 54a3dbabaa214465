//! The keys that signatures ask for, and which of them a payload has.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::Error;
use crate::wire::Names;

/// The keys that signatures ask for, as a tree, and which of them the payload scanned last has.
#[derive(Debug)]
pub(super) struct Keys {
    nodes: Vec<Node>,
}

/// Number of a key in the tree.
pub(super) type Key = usize;

#[derive(Debug, Default)]
struct Node {
    children: Vec<(&'static str, Key)>,
    found: bool,
}

impl Keys {
    /// The payload itself.
    pub(super) const ROOT: Key = 0;

    /// No keys.
    pub(super) fn new() -> Self {
        Self { nodes: vec![Node::default()] }
    }

    /// Asks for the key that this JSON Pointer leads to.
    pub(super) fn ask(&mut self, pointer: &'static str) -> Key {
        self.ask_below(Self::ROOT, pointer)
    }

    /// Asks for the key that this JSON Pointer leads to from another key.
    pub(super) fn ask_below(&mut self, key: Key, pointer: &'static str) -> Key {
        steps(pointer).fold(key, |node, name| self.child(node, name).unwrap_or_else(|| self.add(node, name)))
    }

    fn child(&self, node: Key, name: &str) -> Option<Key> {
        self.nodes.get(node)?.children.iter().find(|(child, _)| *child == name).map(|(_, child)| *child)
    }

    fn add(&mut self, node: Key, name: &'static str) -> Key {
        let child = self.nodes.len();
        self.nodes.push(Node::default());
        if let Some(node) = self.nodes.get_mut(node) {
            node.children.push((name, child));
        }
        child
    }

    /// Reads the payload to its end and says what it is.
    pub(super) fn scan(&mut self, payload: &str) -> Result<&'static str, Error> {
        for node in &mut self.nodes {
            node.found = false;
        }
        let mut deserializer = serde_json::Deserializer::from_str(payload);
        let kind = Scan { keys: self, node: 0 }.deserialize(&mut deserializer);
        let end = |kind| deserializer.end().map(|()| kind);
        kind.and_then(end).map_err(|error| Error::not_json(payload, &error))
    }

    /// Whether the payload scanned last has one of these keys.
    pub(super) fn has_any(&self, keys: &[Key]) -> bool {
        keys.iter().any(|key| self.nodes.get(*key).is_some_and(|node| node.found))
    }

    /// Whether the payload scanned last has a key of which it matters which text it holds.
    pub(super) fn has_told_text(&self) -> bool {
        self.nodes.iter().any(|node| node.found && node.children.iter().any(|(name, _)| is_text(name)))
    }

    /// The same keys, for the reader of payloads. It tells nothing of texts.
    pub(super) fn names(&self) -> Names<'static> {
        self.names_below(0)
    }

    fn names_below(&self, node: Key) -> Names<'static> {
        let children = self.nodes.get(node).map(|node| &*node.children).unwrap_or_default();
        let names = children.iter().filter(|(name, _)| !is_text(name));
        Names { children: names.map(|(name, child)| (*name, self.names_below(*child))).collect() }
    }
}

/// The names in a pointer. The text that a key has to hold is a step of its own, with the `=` before it.
fn steps(pointer: &'static str) -> impl Iterator<Item = &'static str> {
    let parts = pointer.split('/').filter(|part| !part.is_empty());
    parts.flat_map(|part| {
        let (name, text) = part.find('=').and_then(|at| part.split_at_checked(at)).unwrap_or((part, ""));
        [Some(name), Some(text).filter(|text| !text.is_empty())].into_iter().flatten()
    })
}

fn is_text(step: &str) -> bool {
    step.starts_with('=')
}

/// Scans one value of the payload against one node of the tree.
struct Scan<'s> {
    keys: &'s mut Keys,
    node: Key,
}

impl<'de> DeserializeSeed<'de> for Scan<'_> {
    type Value = &'static str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        if let Some(node) = self.keys.nodes.get_mut(self.node) {
            node.found = true;
            if node.children.is_empty() && self.node != 0 {
                return deserializer.deserialize_ignored_any(IgnoredAny).map(|_| "a value");
            }
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scan<'_> {
    type Value = &'static str;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok("a boolean")
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok("a number")
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok("a number")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while let Some(child) = map.next_key_seed(Child { keys: self.keys, node: self.node })? {
            match child {
                Some(node) => drop(map.next_value_seed(Scan { keys: self.keys, node })?),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok("an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        if let Some(node) = self.keys.child(self.node, "#") {
            seq.next_element_seed(Scan { keys: self.keys, node })?;
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok("an array")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        let wanted = |(name, _): &&(&str, Key)| name.strip_prefix('=') == Some(text.trim());
        let child = self.keys.nodes.get(self.node).and_then(|node| node.children.iter().find(wanted)).map(|(_, child)| *child);
        if let Some(node) = child.and_then(|child| self.keys.nodes.get_mut(child)) {
            node.found = true;
        }
        Ok("text")
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok("a number")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok("null")
    }
}

/// Looks the name of a key up below a node.
struct Child<'s> {
    keys: &'s Keys,
    node: Key,
}

impl<'de> DeserializeSeed<'de> for Child<'_> {
    type Value = Option<Key>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Child<'_> {
    type Value = Option<Key>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a field name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.keys.child(self.node, name))
    }
}
