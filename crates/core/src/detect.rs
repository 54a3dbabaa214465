//! Which operation of which adapter a payload is the reply of: its keys are scanned once and held against the signatures of all operations.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::adapter::Source;
use crate::{Adapter, Context, Document, Error, ErrorKind, Operation, Pointer, error_reply, input};

/// How the reply of an operation is told from others, as JSON Pointers to keys. `#` is the first element of an array, and `=` behind the
/// name of a key stands before the text that it has to hold: `/kind=acme#pool`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Signature {
    /// One of these keys is there.
    pub any: &'static [&'static str],
    /// One of these keys is enough to rule out the look-alikes. Without look-alikes none is needed.
    pub decisive: &'static [&'static str],
    /// One of these keys rules the operation out.
    pub never: &'static [&'static str],
    /// Ids of products whose replies can look the same and mean something else, whether or not there is an adapter for them.
    pub look_alikes: &'static [&'static str],
    /// Name of the API that several products have in common, each with meanings of its own: all of them are look-alikes.
    pub family: Option<&'static str>,
}

impl Signature {
    /// One of these keys is there.
    pub const fn any(keys: &'static [&'static str]) -> Self {
        Self { any: keys, decisive: &[], never: &[], look_alikes: &[], family: None }
    }

    /// Without one of the `decisive` keys it can be a reply of one of the look-alikes too.
    #[must_use]
    pub const fn unlike(mut self, look_alikes: &'static [&'static str], decisive: &'static [&'static str]) -> Self {
        self.look_alikes = look_alikes;
        self.decisive = decisive;
        self
    }

    /// Without one of the `decisive` keys it can be a reply of any product with the API of this name, so that none of them has to name
    /// the others.
    #[must_use]
    pub const fn of_family(mut self, family: &'static str, decisive: &'static [&'static str]) -> Self {
        self.family = Some(family);
        self.decisive = decisive;
        self
    }

    /// One of these keys rules the operation out.
    #[must_use]
    pub const fn never(mut self, keys: &'static [&'static str]) -> Self {
        self.never = keys;
        self
    }

    fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.any.iter().chain(self.decisive).chain(self.never).copied()
    }

    const fn has_look_alikes(&self) -> bool {
        !self.look_alikes.is_empty() || self.family.is_some()
    }
}

/// An operation, and the adapter that reads its replies.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Detected<'r> {
    /// The adapter.
    pub adapter: &'r dyn Adapter,
    /// The operation.
    pub operation: &'static Operation,
}

impl Detected<'_> {
    /// Turns the payload that was detected into a document, without looking at its keys again.
    ///
    /// # Errors
    ///
    /// As [`Adapter::normalize`].
    pub fn normalize<'a>(&self, payload: &'a [u8], context: &Context<'a>) -> Result<Document<'a>, Error> {
        let read = || (self.operation.read)(self.operation, input::text(payload)?, context);
        read().map_err(|error| error.with_adapter(self.adapter.id()))
    }
}

impl fmt::Debug for Detected<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.adapter.id(), self.operation.name)
    }
}

/// Tells whose reply a payload is, by its keys alone.
///
/// # Errors
///
/// [`NotJson`](ErrorKind::NotJson); [`UnexpectedShape`](ErrorKind::UnexpectedShape) where the payload is not an object;
/// [`VendorError`](ErrorKind::VendorError) where it is an error reply; [`UnknownOperation`](ErrorKind::UnknownOperation); and
/// [`AmbiguousAdapter`](ErrorKind::AmbiguousAdapter) where the keys do not tell.
pub fn detect<'r>(adapters: &[&'r dyn Adapter], payload: &[u8]) -> Result<Detected<'r>, Error> {
    let sources: Vec<Source> = adapters.iter().map(|adapter| Source::of(*adapter)).collect();
    let (number, operation) = find(&sources, input::text(payload)?, None, true)?;
    let adapter = adapters.get(number).ok_or_else(|| ambiguous(&sources, &[]))?;
    Ok(Detected { adapter: *adapter, operation })
}

/// The operation whose reply this is, of one adapter that the caller vouches for: look-alikes do not count.
pub(crate) fn operation_of(source: &Source, payload: &str, context: &Context<'_>) -> Result<&'static Operation, Error> {
    find(&[*source], payload, context.operation.as_deref(), false).map(|(_, operation)| operation)
}

/// An operation, and the number of the source it belongs to.
type Candidate = (usize, &'static Operation);

/// `asked`: only operations of this name. `doubt`: whether look-alikes count.
fn find(sources: &[Source], payload: &str, asked: Option<&str>, doubt: bool) -> Result<Candidate, Error> {
    let is_asked = |operation: &Operation| asked.is_none_or(|name| operation.name.eq_ignore_ascii_case(name.trim()));
    let candidates: Vec<Candidate> = sources
        .iter()
        .enumerate()
        .flat_map(|(number, source)| source.operations.iter().map(move |operation| (number, operation)))
        .filter(|(_, operation)| is_asked(operation))
        .collect();
    // Keys that make a reply of an operation worth a second look.
    let error_keys: Vec<String> = sources.iter().flat_map(|source| source.error_replies.keys()).collect();
    let mut watched: Vec<&str> = candidates.iter().flat_map(|(_, operation)| operation.signature.keys()).collect();
    let in_lists =
        candidates.iter().filter(|(_, operation)| operation.listed).flat_map(|(_, operation)| operation.signature.keys());
    let in_lists: Vec<String> = in_lists.map(|key| format!("/#{key}")).collect();
    watched.extend(in_lists.iter().chain(&error_keys).map(String::as_str));
    let mut keys = Keys::new(watched.into_iter());
    let root = keys.scan(payload)?;
    let is_list = root == "an array";
    let has_any = |names: &[&str]| keys.has_any(is_list, names.iter().copied());
    let fits = |(_, operation): &Candidate| {
        (operation.listed || !is_list) && has_any(operation.signature.any) && !has_any(operation.signature.never)
    };
    let is_sure =
        |(_, operation): &Candidate| !doubt || !operation.signature.has_look_alikes() || has_any(operation.signature.decisive);
    let (sure, unsure): (Vec<_>, Vec<_>) = candidates.iter().copied().filter(fits).partition(is_sure);
    let is_of_operation = !sure.is_empty() || !unsure.is_empty();
    if root != "an object" && !is_of_operation {
        let found = if is_list { "an array; pass its elements one at a time" } else { root };
        return Err(Error::unexpected_shape(Pointer::ROOT, "the reply of one call, an object", found));
    }
    let may_have_failed = !is_of_operation || keys.has_any(false, error_keys.iter().map(String::as_str));
    if may_have_failed && let Some(error) = error_reply::error(sources, payload, is_of_operation) {
        return Err(error);
    }
    match (sure.as_slice(), unsure.as_slice()) {
        ([first, others @ ..], _) if others.iter().all(|(number, _)| *number == first.0) => Ok(*first),
        ([], []) => {
            let is_ruled_out = |(_, operation): &&Candidate| has_any(operation.signature.any);
            Err(candidates.iter().find(is_ruled_out).map_or_else(|| unknown(payload, sources, &candidates, asked), look_alike))
        }
        ([], doubtful) => Err(ambiguous(sources, doubtful)),
        (several, _) => Err(ambiguous(sources, several)),
    }
}

fn ambiguous(sources: &[Source], found: &[Candidate]) -> Error {
    let mut candidates: Vec<&'static str> = Vec::new();
    for (number, Operation { signature, .. }) in found {
        candidates.extend(sources.get(*number).map(|source| source.id));
        candidates.extend(signature.look_alikes);
        let is_relative = |other: &Operation| signature.family.is_some() && other.signature.family == signature.family;
        candidates.extend(sources.iter().filter(|source| source.operations.iter().any(is_relative)).map(|source| source.id));
    }
    candidates.sort_unstable();
    candidates.dedup();
    Error::from(ErrorKind::AmbiguousAdapter { candidates })
}

/// A key rules the operation out whose reply this looks like.
fn look_alike((_, operation): &Candidate) -> Error {
    let ids = operation.signature.look_alikes.iter().map(|id| format!("`{id}`"));
    let relatives = operation.signature.family.iter().map(|family| format!("other products with the API of {family}"));
    let others: Vec<String> = ids.chain(relatives).collect();
    let found = format!("a reply that looks alike and means something else, as those of {} do", others.join(" or "));
    Error::unexpected_shape(Pointer::ROOT, format!("the reply of `{}`", operation.name), found)
}

fn unknown(payload: &str, sources: &[Source], candidates: &[Candidate], asked: Option<&str>) -> Error {
    if let (Some(asked), [(_, operation), ..]) = (asked, candidates) {
        let keys: Vec<String> = operation.signature.any.iter().map(|key| format!("`{}`", key.trim_start_matches('/'))).collect();
        let expected = format!("the reply of `{}`, an object with {}", asked.trim(), keys.join(" or "));
        return Error::unexpected_shape(Pointer::ROOT, expected, "an object without");
    }
    let found = serde_json::from_str::<FirstKeys>(payload).map(|keys| keys.0).unwrap_or_default();
    if found.is_empty() && asked.is_none() {
        return Error::unexpected_shape(Pointer::ROOT, "the reply of one call", "an empty object");
    }
    let known = match sources {
        [only] => only.operations.iter().map(|operation| operation.name).collect(),
        several => several.iter().map(|source| source.id).collect(),
    };
    Error::from(ErrorKind::UnknownOperation { found, known, asked: asked.map(str::to_owned) })
}

/// The keys that signatures ask for, as a tree, and which of them a payload has.
struct Keys<'k> {
    nodes: Vec<Node<'k>>,
}

#[derive(Default)]
struct Node<'k> {
    children: Vec<(&'k str, usize)>,
    found: bool,
}

impl<'k> Keys<'k> {
    fn new(pointers: impl Iterator<Item = &'k str>) -> Self {
        let mut keys = Self { nodes: vec![Node::default()] };
        for pointer in pointers {
            let mut node = 0;
            for name in steps(pointer) {
                node = keys.child(node, name).unwrap_or_else(|| keys.add(node, name));
            }
        }
        keys
    }

    fn child(&self, node: usize, name: &str) -> Option<usize> {
        self.nodes.get(node)?.children.iter().find(|(child, _)| *child == name).map(|(_, child)| *child)
    }

    fn add(&mut self, node: usize, name: &'k str) -> usize {
        let child = self.nodes.len();
        self.nodes.push(Node::default());
        if let Some(node) = self.nodes.get_mut(node) {
            node.children.push((name, child));
        }
        child
    }

    /// Reads the payload to its end and says what it is.
    fn scan(&mut self, payload: &str) -> Result<&'static str, Error> {
        let mut deserializer = serde_json::Deserializer::from_str(payload);
        let kind = Scan { keys: self, node: 0 }.deserialize(&mut deserializer);
        let end = |kind| deserializer.end().map(|()| kind);
        kind.and_then(end).map_err(|error| Error::not_json(payload, &error))
    }

    /// Whether one of these keys is there: in the payload, or in the first element of the list that it is.
    fn has_any<'p>(&self, is_list: bool, mut pointers: impl Iterator<Item = &'p str>) -> bool {
        let Some(root) = (if is_list { self.child(0, "#") } else { Some(0) }) else { return false };
        pointers.any(|pointer| {
            let node = steps(pointer).try_fold(root, |node, name| self.child(node, name));
            node.and_then(|node| self.nodes.get(node)).is_some_and(|node| node.found)
        })
    }
}

/// The names in a pointer. The text that a key has to hold is a step of its own, with the `=` before it.
fn steps(pointer: &str) -> impl Iterator<Item = &str> {
    pointer.split('/').skip(1).flat_map(|part| {
        let (name, text) = part.find('=').and_then(|at| part.split_at_checked(at)).unwrap_or((part, ""));
        [Some(name), Some(text).filter(|text| !text.is_empty())].into_iter().flatten()
    })
}

/// Scans one value of the payload against one node of the tree.
struct Scan<'s, 'k> {
    keys: &'s mut Keys<'k>,
    node: usize,
}

impl<'de> DeserializeSeed<'de> for Scan<'_, '_> {
    type Value = &'static str;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        if let Some(node) = self.keys.nodes.get_mut(self.node) {
            node.found = true;
            if node.children.is_empty() && self.node != 0 {
                return IgnoredAny::deserialize(deserializer).map(|_| "a value");
            }
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scan<'_, '_> {
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
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            match self.keys.child(self.node, &name) {
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
        let wanted = |(name, _): &&(&str, usize)| name.strip_prefix('=') == Some(text.trim());
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

/// The first keys of an object, to show to people.
struct FirstKeys(Vec<String>);

impl<'de> Deserialize<'de> for FirstKeys {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;

        impl<'de> Visitor<'de> for Names {
            type Value = FirstKeys;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<FirstKeys, A::Error> {
                let mut names = Vec::new();
                while let Some((name, IgnoredAny)) = map.next_entry::<String, IgnoredAny>()? {
                    if names.len() < 5 {
                        names.push(name.chars().take(60).collect());
                    }
                }
                Ok(FirstKeys(names))
            }
        }

        deserializer.deserialize_map(Names)
    }
}
