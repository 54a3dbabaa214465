//! References to something by its id.

use std::borrow::Cow;

use super::{Broken, Cursor, FoundKeys, Id, Kind, Met, Read, Reading, Value, Watched, Wire};

/// An object that refers to something by its id.
pub trait Referring<'a>: Wire<'a> {
    /// The id, which the object has no more then.
    fn take_id(&mut self) -> Option<Id<'a>>;
}

/// A reference: an id, or an object that holds it, as clients write what the vendor's definition says is one. An object without an id is a
/// value of the wrong kind.
#[derive(Debug)]
pub struct Reference<'a, O> {
    id: Id<'a>,
    object: Option<O>,
}

impl<'a, O> Reference<'a, O> {
    /// The id.
    pub fn into_id(self) -> Id<'a> {
        self.id
    }

    const fn of(id: Id<'a>) -> Self {
        Self { id, object: None }
    }
}

impl<'a, O: Referring<'a>> Value<'a> for Reference<'a, O> {
    const KIND: Kind = Kind::Reference(&O::SHAPE);
    const TELLS_KEYS: bool = true;

    fn reading(&self) -> Reading<'a> {
        self.object.as_ref().map(Value::reading).unwrap_or_default()
    }

    fn keys(&self, watched: &Watched, found: &mut FoundKeys) {
        match &self.object {
            Some(object) => object.keys(watched, found),
            None => found.value(),
        }
    }

    fn read_object(slot: &mut Option<Self>, json: &mut Cursor<'a>) -> Result<Met, Broken> {
        let mut object = None;
        O::read_object(&mut object, json)?;
        *slot = object.and_then(|mut object: O| Some(Self { id: object.take_id()?, object: Some(object) }));
        Ok(if slot.is_some() { Met::Value } else { Met::Unreadable })
    }

    fn from_i64(value: i64) -> Read<Self> {
        Id::from_i64(value).map(Self::of)
    }

    fn from_text(value: Cow<'a, str>) -> Read<Self> {
        Id::from_text(value).map(Self::of)
    }

    fn from_u64(value: u64) -> Read<Self> {
        Id::from_u64(value).map(Self::of)
    }
}
