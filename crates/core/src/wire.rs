//! Reading a vendor's payload: types declared by one table each, and a reader that takes any JSON value in any place.
//!
//! [`wire!`](crate::wire!) declares a payload object with the vendor's own field names. Reading it fails only where the text is not JSON: a value of
//! the wrong kind counts as absent and is remembered, so that it becomes a warning; a list element of the wrong kind is left out and
//! remembered; the last of several equal keys wins; `null` and blank text count as absent; numbers and booleans may be written as text
//! and text as numbers or booleans, as the vendors' own clients accept them.

mod page;
mod replies;
mod scalar;
mod table;

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

pub use page::page;
pub use replies::{Replies, read_each};
pub use scalar::{Id, Text};

use crate::{Error, Pointer, WarningCode, Warnings};

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
    /// Text.
    Text,
}

impl Kind {
    /// The elements' kind as a noun, for messages.
    fn element_noun(self) -> String {
        match self {
            Self::List(element) => element.noun(),
            other => other.noun(),
        }
    }

    /// The kind as a noun, for messages.
    fn noun(self) -> String {
        match self {
            Self::Boolean => "a boolean".to_owned(),
            Self::Integer(most) => format!("a whole number from 0 to {most}"),
            Self::List(_) => "a list".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Object(_) => "an object".to_owned(),
            Self::Text => "text".to_owned(),
        }
    }
}

/// What the reader met in the place of a value.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "these are all the outcomes there are")]
pub enum Read<T> {
    /// `null` or blank text.
    Absent,
    /// A value.
    Value(T),
    /// A value of another kind.
    Unreadable,
}

/// A type that can stand in a payload table. Every method takes one form of JSON value; those left out are values of the wrong kind.
pub trait Value<'a>: Sized {
    /// What the schema says it is.
    const KIND: Kind;

    /// What of its inside could not be read.
    fn reading(&self) -> Reading<'a> {
        Reading::default()
    }

    /// The indices of list elements that were left out.
    fn skipped(&self) -> Vec<u32> {
        Vec::new()
    }

    /// Reads a boolean.
    fn from_bool(_: bool) -> Read<Self> {
        Read::Unreadable
    }

    /// Reads a number that is not a non-negative whole one.
    fn from_f64(_: f64) -> Read<Self> {
        Read::Unreadable
    }

    /// Reads a negative whole number.
    fn from_i64(_: i64) -> Read<Self> {
        Read::Unreadable
    }

    /// Reads an object.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON.
    fn from_map<A: MapAccess<'a>>(mut map: A) -> Result<Read<Self>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Read::Unreadable)
    }

    /// Reads an array.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON.
    fn from_seq<A: SeqAccess<'a>>(mut seq: A) -> Result<Read<Self>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Read::Unreadable)
    }

    /// Reads text that is not blank.
    fn from_text(_: std::borrow::Cow<'a, str>) -> Read<Self> {
        Read::Unreadable
    }

    /// Reads a non-negative whole number.
    fn from_u64(_: u64) -> Read<Self> {
        Read::Unreadable
    }
}

/// An object declared by [`wire!`](crate::wire!).
pub trait Wire<'a>: Value<'a> + Default {
    /// What it is made of.
    const SHAPE: Shape;

    /// Whether the field with this name of the vendor's held a value of the wrong kind.
    fn is_unreadable(&self, name: &str) -> bool {
        let number = (0u32..).zip(Self::SHAPE.fields).find(|(_, field)| field.name == name);
        number.is_some_and(|(number, _)| self.reading().is_unreadable(number))
    }

    /// Adds a warning for every field of this object that could not be read and every skipped element of its lists.
    fn report(&self, at: &Pointer, warnings: &mut Warnings<'a>);
}

/// What could not be read in an object.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading<'a> {
    /// A bit for every field of the object whose value was of the wrong kind.
    unreadable: u64,
    /// Whether the object, or one inside it, has anything to report.
    trouble: bool,
    /// Whether elements of lists were lost, here or inside.
    lost: bool,
    payload: PhantomData<&'a str>,
}

impl<'a> Reading<'a> {
    /// Whether everything was of the right kind, here and inside. Fields that the table does not name do not count.
    pub const fn is_clean(&self) -> bool {
        !self.trouble
    }

    /// Whether a list could not be read, or an element of one was skipped, here or inside.
    pub const fn has_lost_elements(&self) -> bool {
        self.lost
    }

    /// Whether the field with this number held a value of the wrong kind.
    pub const fn is_unreadable(&self, field: u32) -> bool {
        self.unreadable & (1 << field) != 0
    }

    /// Reads the next value of an object into the field with this number.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON.
    pub fn field<T: Value<'a>, A: MapAccess<'a>>(
        &mut self,
        number: u32,
        slot: &mut Option<T>,
        map: &mut A,
    ) -> Result<(), A::Error> {
        // The last of several equal keys wins, so the field starts anew.
        self.unreadable &= !(1 << number);
        *slot = None;
        match map.next_value::<Read<T>>()? {
            Read::Absent => {}
            Read::Unreadable => {
                self.unreadable |= 1 << number;
                self.trouble = true;
                self.lost |= matches!(T::KIND, Kind::List(_));
            }
            Read::Value(value) => {
                self.take_over(&value.reading());
                *slot = Some(value);
            }
        }
        Ok(())
    }

    /// Passes over the next value of an object, which the table names as not read or does not name.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON.
    pub fn pass_over<A: MapAccess<'a>>(map: &mut A) -> Result<(), A::Error> {
        map.next_value::<IgnoredAny>().map(drop)
    }

    fn skipped_element(&mut self) {
        self.trouble = true;
        self.lost = true;
    }

    fn take_over(&mut self, inner: &Self) {
        self.trouble |= inner.trouble;
        self.lost |= inner.lost;
    }
}

/// A list whose unreadable elements were left out; the others keep their index.
#[derive(Debug)]
pub struct List<'a, T> {
    elements: Vec<Option<T>>,
    reading: Reading<'a>,
}

impl<T> List<'_, T> {
    /// How many elements the vendor sent, skipped ones included.
    pub fn len(&self) -> usize {
        self.elements.len()
    }

    /// Whether the vendor sent an empty list.
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    /// The elements that could be read, each with its index in the vendor's list.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        self.indexed().filter_map(|(index, element)| Some((index, element.as_ref()?)))
    }

    /// The elements that could be read, without their index.
    pub fn into_values(self) -> impl Iterator<Item = T> {
        self.elements.into_iter().flatten()
    }

    /// The elements that could be read, each with its index in the vendor's list.
    pub fn into_iter_indexed(self) -> impl Iterator<Item = (u32, T)> {
        (0u32..).zip(self.elements).filter_map(|(index, element)| Some((index, element?)))
    }

    fn indexed(&self) -> impl Iterator<Item = (u32, &Option<T>)> {
        (0u32..).zip(&self.elements)
    }
}

impl<'a, T: Value<'a>> Value<'a> for List<'a, T> {
    const KIND: Kind = Kind::List(&T::KIND);

    fn reading(&self) -> Reading<'a> {
        self.reading
    }

    fn skipped(&self) -> Vec<u32> {
        self.indexed().filter(|(_, element)| element.is_none()).map(|(index, _)| index).collect()
    }

    fn from_seq<A: SeqAccess<'a>>(mut seq: A) -> Result<Read<Self>, A::Error> {
        let mut list = Self { elements: Vec::new(), reading: Reading::default() };
        while let Some(element) = seq.next_element::<Read<T>>()? {
            if let Read::Value(element) = element {
                list.reading.take_over(&element.reading());
                list.elements.push(Some(element));
            } else {
                list.reading.skipped_element();
                list.elements.push(None);
            }
        }
        Ok(Read::Value(list))
    }
}

impl<'de, T: Value<'de>> Deserialize<'de> for Read<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor(PhantomData))
    }
}

/// Hands whatever stands in the payload to the [`Value`].
struct ValueVisitor<T>(PhantomData<T>);

impl<'de, T: Value<'de>> Visitor<'de> for ValueVisitor<T> {
    type Value = Read<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(T::from_bool(value))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(if value.trim_ascii().is_empty() { Read::Absent } else { T::from_text(value.into()) })
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(T::from_f64(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(T::from_i64(value))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::from_map(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        T::from_seq(seq)
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(if value.trim_ascii().is_empty() { Read::Absent } else { T::from_text(value.to_owned().into()) })
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(T::from_u64(value))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Read::Absent)
    }
}

/// Reads a payload whose root is the object `T`.
///
/// # Errors
///
/// [`NotJson`](crate::ErrorKind::NotJson) with line and column, or [`UnexpectedShape`](crate::ErrorKind::UnexpectedShape) where the
/// root is not an object.
pub fn read<'a, T: Wire<'a>>(payload: &'a str) -> Result<T, Error> {
    root(payload)
}

/// Reads the root of a payload.
fn root<'a, T: Value<'a>>(payload: &'a str) -> Result<T, Error> {
    match serde_json::from_str::<Read<T>>(payload) {
        Ok(Read::Value(object)) => Ok(object),
        Ok(Read::Absent | Read::Unreadable) => Err(Error::unexpected_shape(Pointer::ROOT, "an object", "something else")),
        Err(error) => Err(Error::not_json(payload, &error)),
    }
}

/// Adds the warnings of one field; used by [`wire!`](crate::wire!).
#[doc(hidden)]
pub fn report_field<'a, T: Value<'a>>(
    reading: &Reading<'a>,
    number: u32,
    name: &str,
    value: &Option<T>,
    at: &Pointer,
    warnings: &mut Warnings<'a>,
) {
    if reading.is_unreadable(number) {
        let message = format!("`{name}` is not {}; it counts as absent", T::KIND.noun());
        warnings.push(WarningCode::FieldUnreadable, at.join(name), None, message);
    }
    for index in value.iter().flat_map(Value::skipped) {
        let message = format!("element {index} of `{name}` is not {}; it was left out", T::KIND.element_noun());
        warnings.push(WarningCode::ElementSkipped, at.join(&format!("{name}/{index}")), None, message);
    }
}
