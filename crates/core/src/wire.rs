//! Reading a vendor's payload: types declared by one table each, and a reader that takes any JSON value in any place.
//!
//! [`wire!`](crate::wire!) declares a payload object with the vendor's own field names. Reading it fails only where the text is not JSON: a value of
//! the wrong kind counts as absent and is remembered, so that it becomes a warning; a list element of the wrong kind is left out and
//! remembered; the last of several equal keys wins; `null`, blank text and port 0 count as absent; numbers and booleans may be written
//! as text and text as numbers or booleans, as the vendors' own clients accept them.

mod cursor;
mod page;
mod reference;
mod replies;
mod scalar;
mod table;
mod watch;
mod wrapped;

use std::marker::PhantomData;

use serde::de::IgnoredAny;

#[doc(hidden)]
pub use cursor::{Broken, Cursor};
pub use page::page;
pub use reference::{Reference, Referring};
pub use replies::{Replies, read_each};
pub use scalar::{Id, Text};
pub(crate) use watch::{Found, Names, Watch};
#[doc(hidden)]
pub use watch::{FoundKeys, Watched};
pub use wrapped::Wrapped;

use crate::model::count;
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

    /// The field with this name of the vendor's, and its place among the fields.
    fn field(&self, name: &str) -> Option<(u32, &'static Field)> {
        (0u32..).zip(self.fields).find(|(_, field)| field.name == name)
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
    /// An object that refers to something by its id, or that id.
    Reference(&'static Shape),
    /// Text.
    Text,
    /// An object that holds nothing but a list, or that list.
    Wrapped(&'static Shape),
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
            Self::Object(_) | Self::Wrapped(_) => "an object".to_owned(),
            Self::Reference(_) => "text or an object with an id".to_owned(),
            Self::Text => "text".to_owned(),
        }
    }
}

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

/// What could not be read in an object.
#[expect(clippy::struct_excessive_bools, reason = "facts that do not exclude each other")]
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading<'a> {
    /// A bit for every field of the object that is there.
    present: u64,
    /// A bit for every field that is there, named in the table, and not read.
    unread: u64,
    /// A bit for every field of the object whose value was of the wrong kind.
    unreadable: u64,
    /// Whether the object, or one inside it, has anything to report.
    trouble: bool,
    /// Whether elements of lists were lost, here or inside.
    lost: bool,
    /// Whether there are keys, here or inside, that nothing here tells of: the table does not name them, or they were there twice.
    untold: bool,
    /// Whether the names of fields began with capitals where the table has none.
    capitalized: bool,
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

    /// Whether there are keys, here or inside, that no table names, or that were there twice.
    pub(crate) const fn has_untold_keys(&self) -> bool {
        self.untold
    }

    /// Whether the names of fields began with capitals where the table has none.
    pub const fn is_capitalized(&self) -> bool {
        self.capitalized
    }

    /// Takes note of how the name of a field began. With a capital it is none of the names that are watched.
    pub fn note_capitals(&mut self, is_capitalized: bool) {
        self.capitalized |= is_capitalized;
        self.untold |= is_capitalized;
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
    #[doc(hidden)]
    pub fn field<T: Value<'a>>(&mut self, number: u32, slot: &mut Option<T>, json: &mut Cursor<'a>) -> Result<(), Broken> {
        self.untold |= !T::TELLS_KEYS;
        if self.present & (1 << number) != 0 {
            // The last of several equal keys wins, so the field starts anew.
            self.unreadable &= !(1 << number);
            self.untold = true;
            *slot = None;
        }
        self.present |= 1 << number;
        match json.value(slot)? {
            Met::Nothing => {}
            Met::Unreadable => {
                self.unreadable |= 1 << number;
                self.trouble = true;
                self.lost |= matches!(T::KIND, Kind::List(_) | Kind::Wrapped(_));
            }
            Met::Value => {
                if let Some(value) = slot {
                    self.take_over(&value.reading());
                }
            }
        }
        Ok(())
    }

    /// Passes over the next value of an object: of the unread field with this number.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON.
    #[doc(hidden)]
    pub fn pass_over(&mut self, number: u32, json: &mut Cursor<'a>) -> Result<(), Broken> {
        self.untold |= number >= 64 || self.unread & (1 << (number & 63)) != 0;
        self.unread |= 1 << (number & 63);
        json.pass_over()
    }

    /// Passes over the next value of an object, whose field the table does not name.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON.
    #[doc(hidden)]
    pub fn pass_over_unnamed(&mut self, json: &mut Cursor<'a>) -> Result<(), Broken> {
        self.untold = true;
        json.pass_over()
    }

    fn skipped_element(&mut self) {
        self.trouble = true;
        self.lost = true;
    }

    fn take_over(&mut self, inner: &Self) {
        self.trouble |= inner.trouble;
        self.lost |= inner.lost;
        self.untold |= inner.untold;
    }
}

/// A list whose unreadable elements were left out; the others keep their index.
#[derive(Debug)]
pub struct List<'a, T> {
    elements: Vec<Option<T>>,
    /// The indices of elements without text, in a list of texts.
    blank: Vec<u32>,
    reading: Reading<'a>,
}

impl<T> List<'_, T> {
    /// How many elements the vendor sent, skipped ones included.
    pub fn len(&self) -> usize {
        self.elements.len()
    }

    /// The same in the type of counts.
    pub fn count(&self) -> u32 {
        count(self.len())
    }

    /// Whether the vendor sent a list without elements, or without text in any of them.
    pub fn is_empty(&self) -> bool {
        self.elements.len() == self.blank.len()
    }

    /// The elements that could be read, each with its index in the vendor's list.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        self.indexed().filter_map(|(index, element)| Some((index, element.as_ref()?)))
    }

    /// The elements that could be read, each with its index in the vendor's list, to take out what they hold: they are large, and need not
    /// be moved for that.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (u32, &mut T)> {
        (0u32..).zip(&mut self.elements).filter_map(|(index, element)| Some((index, element.as_mut()?)))
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

impl<'a, T: Value<'a>> List<'a, T> {
    /// All elements, without their index; none where one of them could not be read, because the others would be taken for all.
    pub fn into_all(self) -> impl Iterator<Item = T> {
        let is_whole = self.skipped().is_empty();
        self.elements.into_iter().take_while(move |_| is_whole).flatten()
    }
}

impl<'a> List<'a, Text<'a>> {
    /// The texts that could be read as one, joined by commas, for evidence: of one element it is that element.
    pub fn into_joined(self) -> Option<Text<'a>> {
        let mut parts: Vec<Text<'a>> = self.into_values().collect();
        if parts.len() > 1 { Some(parts.join(",").into()) } else { parts.pop() }
    }
}

impl<'a, T: Value<'a>> Value<'a> for List<'a, T> {
    const KIND: Kind = Kind::List(&T::KIND);
    const TELLS_KEYS: bool = T::TELLS_KEYS;

    fn reading(&self) -> Reading<'a> {
        self.reading
    }

    fn skipped(&self) -> Vec<u32> {
        let is_skipped = |(index, element): &(u32, &Option<T>)| element.is_none() && self.blank.binary_search(index).is_err();
        self.indexed().filter(is_skipped).map(|(index, _)| index).collect()
    }

    fn keys(&self, watched: &Watched, found: &mut FoundKeys) {
        if let (Some(Some(first)), Some(inside)) = (self.elements.first(), watched.inside(0)) {
            first.keys(inside, found);
        } else {
            found.nothing();
        }
    }

    fn read_array(slot: &mut Option<Self>, json: &mut Cursor<'a>) -> Result<Met, Broken> {
        let list = slot.insert(Self { elements: Vec::new(), blank: Vec::new(), reading: Reading::default() });
        let mut has_next = json.first_element()?;
        if has_next {
            // Most lists inside a reply have one element or two, and elements are large.
            list.elements.reserve_exact(2);
        }
        let mut index = 0;
        while has_next {
            list.elements.push(None);
            if let Some(element) = list.elements.last_mut() {
                match (json.value(element)?, element) {
                    (Met::Value, Some(element)) => list.reading.take_over(&element.reading()),
                    // As in a field of text, blank is nothing.
                    (Met::Nothing, _) if matches!(T::KIND, Kind::Text) => list.blank.push(index),
                    _ => list.reading.skipped_element(),
                }
            }
            index += 1;
            has_next = json.next_element()?;
        }
        Ok(Met::Value)
    }
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
