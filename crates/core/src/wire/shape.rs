//! What payload objects are made of, as data.

use super::Wire;

/// What a payload object is made of: the data behind field lists and payload schemas.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Shape {
    /// Name of the object in the schemas.
    pub name: &'static str,
    /// What the object is.
    pub documentation: &'static str,
    /// The fields that are read.
    pub fields: &'static [Field],
    /// The fields that are known and deliberately not read, each with the reason.
    pub unread: &'static [(&'static str, &'static str)],
}

impl Shape {
    /// A shape; used by [`wire!`](crate::wire!).
    pub const fn new(
        name: &'static str,
        documentation: &'static str,
        fields: &'static [Field],
        unread: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self { name, documentation, fields, unread }
    }

    /// The field with this name of the vendor's, and its place among the fields.
    pub(super) fn field(&self, name: &str) -> Option<(u32, &'static Field)> {
        (0u32..).zip(self.fields).find(|(_, field)| field.name == name)
    }
}

/// What this payload object is made of.
pub const fn shape<'a, T: Wire<'a>>() -> &'static Shape {
    const { &T::SHAPE }
}

/// One field of a payload object.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Field {
    /// The vendor's name of it.
    pub name: &'static str,
    /// What it says.
    pub documentation: &'static str,
    /// What it holds.
    pub kind: Kind,
}

impl Field {
    /// A field; used by [`wire!`](crate::wire!).
    pub const fn new(name: &'static str, documentation: &'static str, kind: Kind) -> Self {
        Self { name, documentation, kind }
    }
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// `true` or `false`.
    Boolean,
    /// A whole number from 0 to the given one.
    Integer(u64),
    /// A list of such values.
    List(&'static Kind),
    /// Any number.
    Number,
    /// An object.
    Object(&'static Shape),
    /// An object that refers to something by its id, or that id.
    Reference(&'static Shape),
    /// Text.
    Text,
    /// An object that holds nothing but a list, or that list.
    Wrapped(&'static Shape),
}

impl Kind {
    /// The elements' kind as a noun, for messages.
    pub(super) fn element_noun(self) -> String {
        match self {
            Self::List(element) => element.noun(),
            other => other.noun(),
        }
    }

    /// The kind as a noun, for messages.
    pub(super) fn noun(self) -> String {
        match self {
            Self::Boolean => "a boolean".to_owned(),
            Self::Integer(most) => format!("a whole number from 0 to {most}"),
            Self::List(_) => "a list".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Object(_) | Self::Wrapped(_) => "an object".to_owned(),
            Self::Reference(_) => "text or an object with an id".to_owned(),
            Self::Text => "text".to_owned(),
        }
    }
}
