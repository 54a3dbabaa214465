//! The keys that signatures ask for, and which of them a payload has.

use crate::Error;
use crate::wire::{Broken, Cursor, Names, not_json};

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
    is_true: bool,
}

/// What a payload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    Array,
    Boolean,
    Null,
    Number,
    Object,
    Text,
}

impl Root {
    /// What begins with this byte, where it is JSON.
    const fn of(start: u8) -> Self {
        match start {
            b'{' => Self::Object,
            b'[' => Self::Array,
            b'"' => Self::Text,
            b't' | b'f' => Self::Boolean,
            b'n' => Self::Null,
            _ => Self::Number,
        }
    }

    /// What it is, and what to pass instead where no operation replies so.
    pub(super) const fn advice(self) -> &'static str {
        match self {
            Self::Array => "an array; pass its elements one at a time",
            Self::Boolean => "a boolean; pass the whole reply, not values chosen from it",
            Self::Null => "null",
            Self::Number => "a number; pass the whole reply, not values chosen from it",
            Self::Object => "an object",
            Self::Text => "text; pass the whole reply, not values chosen from it; JSON within a text is taken out by `jq fromjson`",
        }
    }
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
    pub(super) fn scan(&mut self, payload: &str) -> Result<Root, Error> {
        for node in &mut self.nodes {
            (node.found, node.is_true) = (false, false);
        }
        let mut json = Cursor::new(payload);
        let root = json.token().and_then(|start| {
            self.value(Self::ROOT, &mut json)?;
            json.end()?;
            Ok(Root::of(start))
        });
        root.map_err(|Broken| not_json(payload))
    }

    /// Scans one value of the payload against one node of the tree.
    fn value(&mut self, key: Key, json: &mut Cursor<'_>) -> Result<(), Broken> {
        let start = json.token()?;
        let node = self.nodes.get_mut(key).ok_or(Broken)?;
        (node.found, node.is_true) = (true, start == b't');
        if node.children.is_empty() && key != Self::ROOT {
            return json.pass_over();
        }
        match start {
            b'{' => {
                let mut has_next = json.first_field()?;
                while has_next {
                    match self.child(key, json.key()?) {
                        Some(child) => self.value(child, json)?,
                        None => json.pass_over()?,
                    }
                    has_next = json.next_field()?;
                }
            }
            b'[' => {
                let mut first = self.child(key, "#");
                let mut has_next = json.first_element()?;
                while has_next {
                    // What is no object has no keys, and is no reason to take its neighbours for something else.
                    let is_object = json.token()? == b'{';
                    match first.take_if(|_| is_object) {
                        Some(child) => self.value(child, json)?,
                        None => json.pass_over()?,
                    }
                    has_next = json.next_element()?;
                }
            }
            b'"' => {
                let text = json.string()?;
                let wanted = |(name, _): &&(&str, Key)| name.strip_prefix('=') == Some(text.trim());
                let child = self.nodes.get(key).and_then(|node| node.children.iter().find(wanted)).map(|(_, child)| *child);
                if let Some(node) = child.and_then(|child| self.nodes.get_mut(child)) {
                    node.found = true;
                }
            }
            _ => json.pass_over()?,
        }
        Ok(())
    }

    /// Whether the payload scanned last has one of these keys.
    pub(super) fn has_any(&self, keys: &[Key]) -> bool {
        keys.iter().any(|key| self.nodes.get(*key).is_some_and(|node| node.found))
    }

    /// Whether the payload scanned last has one of these keys with something else than `true`.
    pub(super) fn has_any_untrue(&self, keys: &[Key]) -> bool {
        keys.iter().any(|key| self.nodes.get(*key).is_some_and(|node| node.found && !node.is_true))
    }

    /// Whether the payload scanned last has a key of which it matters which text it holds.
    pub(super) fn has_told_text(&self) -> bool {
        self.nodes.iter().any(|node| node.found && node.children.iter().any(|(name, _)| is_text(name)))
    }

    /// The same keys, for the reader of payloads. It tells nothing of texts.
    pub(super) fn names(&self) -> Names<'static> {
        self.names_below(Self::ROOT)
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
