//! Reading a vendor's payload: types declared by one table each, and a reader that takes any JSON value in any place.
//!
//! [`wire!`](crate::wire!) declares a payload object with the vendor's own field names. Reading it fails only where the text is not JSON: a value of
//! the wrong kind counts as absent and is remembered, so that it becomes a warning; a list element of the wrong kind is left out and
//! remembered; the last of several equal keys wins; `null`, blank text and port 0 count as absent; numbers and booleans may be written
//! as text and text as numbers or booleans, as the vendors' own clients accept them.

mod cursor;
mod list;
mod page;
mod reading;
mod reference;
mod replies;
mod scalar;
mod shape;
mod table;
mod watch;
mod wrapped;

use serde::de::IgnoredAny;

#[doc(hidden)]
pub use cursor::{Broken, Cursor};
pub use list::List;
pub use page::{list_page, page};
pub use reading::Reading;
pub use reference::{Reference, Referring};
pub use replies::{Replies, read_each};
pub use scalar::{Id, Text, is_word};
pub use shape::{Field, Kind, Shape, shape};
pub(crate) use watch::{Found, Names, Watch};
#[doc(hidden)]
pub use watch::{FoundKeys, Watched};
pub use wrapped::Wrapped;

use crate::{Error, Pointer, WarningCode, Warnings};

/// What the reader met in the place of a value.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "these are all the outcomes there are")]
pub enum Read<T> {
    /// A value that says that there is none, such as port 0.
    Absent,
    /// A value.
    Value(T),
    /// A value of another kind.
    Unreadable,
}

impl<T> Read<T> {
    /// Puts the value into the slot.
    fn put(self, slot: &mut Option<T>) -> Met {
        match self {
            Self::Absent => Met::Nothing,
            Self::Value(value) => {
                *slot = Some(value);
                Met::Value
            }
            Self::Unreadable => Met::Unreadable,
        }
    }

    /// The same outcome of another type.
    pub fn map<U>(self, into: impl FnOnce(T) -> U) -> Read<U> {
        match self {
            Self::Absent => Read::Absent,
            Self::Value(value) => Read::Value(into(value)),
            Self::Unreadable => Read::Unreadable,
        }
    }
}

/// What the reader met in the place of a value, which is in its slot: objects are large, and moving them costs more than reading them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(hidden)]
#[expect(clippy::exhaustive_enums, reason = "these are all the outcomes there are")]
pub enum Met {
    /// `null`, blank text, or port 0.
    Nothing,
    /// A value of another kind.
    Unreadable,
    /// A value.
    Value,
}

/// A type that can stand in a payload table. Every method takes one form of JSON value; those left out are values of the wrong kind.
pub trait Value<'a>: Sized {
    /// What the schema says it is.
    const KIND: Kind;

    /// Whether [`keys`](Self::keys) tells every key that a value of this type was read from.
    #[doc(hidden)]
    const TELLS_KEYS: bool = false;

    /// What of its inside could not be read.
    fn reading(&self) -> Reading<'a> {
        Reading::default()
    }

    /// The indices of list elements that were left out.
    fn skipped(&self) -> Vec<u32> {
        Vec::new()
    }

    /// Tells which of the watched keys it was read from.
    #[doc(hidden)]
    fn keys(&self, _: &Watched, found: &mut FoundKeys) {
        found.value();
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

    /// Reads the array that begins here into an empty slot.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON.
    #[doc(hidden)]
    fn read_array(_: &mut Option<Self>, json: &mut Cursor<'a>) -> Result<Met, Broken> {
        json.pass_over().map(|()| Met::Unreadable)
    }

    /// Reads the object that begins here into an empty slot.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON.
    #[doc(hidden)]
    fn read_object(_: &mut Option<Self>, json: &mut Cursor<'a>) -> Result<Met, Broken> {
        json.pass_over().map(|()| Met::Unreadable)
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
        Self::SHAPE.field(name).is_some_and(|(number, _)| self.reading().is_unreadable(number))
    }

    /// Whether the field with this name of the vendor's was there, be it with `null`, blank text, port 0 or a value of the wrong kind.
    fn is_present(&self, name: &str) -> bool {
        Self::SHAPE.field(name).is_some_and(|(number, _)| self.reading().present & (1 << number) != 0)
    }

    /// Reads the fields of the object that begins here, of which none is read yet.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON.
    #[doc(hidden)]
    fn read_fields(&mut self, json: &mut Cursor<'a>) -> Result<(), Broken>;

    /// Adds a warning for every field of this object that could not be read and every skipped element of its lists.
    fn report(&self, at: &Pointer, warnings: &mut Warnings<'a>);
}

/// Reads a payload whose root is an object, into an empty one: payloads are large, and stay where they are.
///
/// # Errors
///
/// [`NotJson`](crate::ErrorKind::NotJson) with line and column, or [`UnexpectedShape`](crate::ErrorKind::UnexpectedShape) where the
/// root is not an object.
pub fn read<'a, T: Wire<'a>>(payload: &'a str, object: &mut T) -> Result<(), Error> {
    let mut json = Cursor::new(payload);
    let is_object = json.token().is_ok_and(|token| token == b'{');
    let read = if is_object { object.read_fields(&mut json) } else { json.pass_over() };
    if read.and_then(|()| json.end()).is_err() {
        return Err(not_json(payload));
    }
    if !is_object {
        return Err(Error::unexpected_shape(Pointer::ROOT, "an object", "something else"));
    }
    watch::observe(payload, object);
    Ok(())
}

/// Takes out the object in the field of this name, which the reply is about and which stands at this place.
///
/// # Errors
///
/// [`UnexpectedShape`](crate::ErrorKind::UnexpectedShape) where it is not there, or is no object.
pub fn take<'a, R: Wire<'a>, T: Wire<'a>>(
    reply: &mut R,
    field: impl FnOnce(&mut R) -> &mut Option<T>,
    name: &str,
    what: &str,
    at: &Pointer,
) -> Result<T, Error> {
    field(reply).take().ok_or_else(|| missing(reply, name, &format!("{what}, {},", T::KIND.noun()), at.clone()))
}

/// That the field of this name is not there, which holds what the reply is about, or holds something else than `expected`.
pub fn missing<'a>(reply: &impl Wire<'a>, field: &str, expected: &str, at: Pointer) -> Error {
    Error::unexpected_shape(at, expected, if reply.is_unreadable(field) { "something else" } else { "nothing" })
}

/// What is wrong with a text that is not JSON, and where.
pub(crate) fn not_json(text: &str) -> Error {
    // Only the second looks at what is escaped in texts.
    let broken = serde_json::from_str::<IgnoredAny>(text).err().or_else(|| serde_json::from_str::<serde_json::Value>(text).err());
    broken.map_or_else(|| Error::unexpected_shape(Pointer::ROOT, "JSON", "something else"), |error| Error::not_json(text, &error))
}

/// A name with a small letter at its beginning; used by [`wire!`](crate::wire!).
#[doc(hidden)]
pub fn with_small_initial(name: &str) -> String {
    let mut small = name.to_owned();
    if let Some(first) = small.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    small
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
