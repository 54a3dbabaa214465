//! What there is to say of an object that is the reply of no operation.

use std::fmt;

use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::Operation;
use crate::wire::{Kind, Shape};

/// How many fields are named to people.
const SHOWN: usize = 5;
/// How many are looked at.
const MOST: usize = 100;

/// The first fields of an object.
#[derive(Debug, Default)]
pub(super) struct Fields {
    names: Vec<String>,
    /// The field in which vendors' clients hand over the body of an answer, beside its head.
    body: Option<String>,
}

impl Fields {
    /// Those of a payload; none where it is no object.
    pub(super) fn of(payload: &str) -> Self {
        serde_json::from_str(payload).unwrap_or_default()
    }

    /// The names to show.
    pub(super) fn shown(mut self) -> Vec<String> {
        self.names.truncate(SHOWN);
        self.names
    }

    /// What to pass instead, where the fields tell what a vendor's client has made of the reply of one of these operations.
    pub(super) fn advice<'o>(&self, mut operations: impl Iterator<Item = &'o Operation>) -> Option<String> {
        if let Some(body) = &self.body {
            return Some(format!("the reply seems to stand in `{body}`; pass that"));
        }
        let is_renamed = |key: &str| self.names.iter().any(|name| is_respelled(name, key));
        let renamed = operations.find_map(|operation| {
            let keys = operation.signature.any.iter().filter_map(|pointer| pointer.split('/').nth(1));
            // Of a single word, anybody may have a field.
            keys.filter(|key| has_words(key)).find(|key| is_renamed(key))
        });
        renamed.map(instead_of_renamed)
    }
}

/// What to do where the field of this name has another.
pub(super) fn instead_of_renamed(key: &str) -> String {
    format!("an SDK seems to have renamed the fields; pass the reply as the API sent it, with `{key}`")
}

/// The last name of a pointer and the field of the operation's replies that it is another spelling of.
pub(super) fn respelled<'p>(operation: &Operation, pointer: &'p str) -> Option<(&'p str, &'static str)> {
    fn field(shape: &'static Shape, name: &str) -> Option<&'static str> {
        shape.fields.iter().find_map(|one| if is_respelled(name, one.name) { Some(one.name) } else { field_of(one.kind, name) })
    }
    fn field_of(kind: Kind, name: &str) -> Option<&'static str> {
        match kind {
            Kind::List(element) => field_of(*element, name),
            Kind::Object(shape) | Kind::Reference(shape) | Kind::Wrapped(shape) => field(shape, name),
            Kind::Boolean | Kind::Integer(_) | Kind::Number | Kind::Text => None,
        }
    }
    let name = pointer.rsplit('/').next()?;
    // Tables write all in lower case.
    let field = field(operation.payload, name).filter(|field| has_words(name) || has_words(field))?;
    Some((name, field))
}

/// Whether one is the other in another way to write it, as are `TargetGroups`, `targetGroups` and `target_groups`, or `backup` and `is_backup`.
fn is_respelled(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.strip_prefix("is_").unwrap_or(name).replace('_', "").to_ascii_lowercase();
    one != other && plain(one) == plain(other)
}

/// Whether the name is of several words.
fn has_words(name: &str) -> bool {
    name.contains('_') || name.chars().skip(1).any(|one| one.is_ascii_uppercase())
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;

        impl<'de> Visitor<'de> for Names {
            type Value = Fields;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Fields::default();
                while let Some(name) = map.next_key::<String>()? {
                    if name.eq_ignore_ascii_case("body") {
                        let body = map.next_value::<&RawValue>()?.get();
                        // A text in a text is quoted once more.
                        let is_reply = ["{", "\"{"].iter().any(|start| body.starts_with(start));
                        fields.body = is_reply.then(|| name.clone());
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                    if fields.names.len() < MOST {
                        fields.names.push(name.chars().take(60).collect());
                    }
                }
                Ok(fields)
            }
        }

        deserializer.deserialize_map(Names)
    }
}
