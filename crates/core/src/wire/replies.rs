//! Payloads that are one reply or a list of them.

use serde::de::{MapAccess, SeqAccess};

use super::{Kind, List, Read, Reading, Value, Wire, root};
use crate::{Error, Pointer, WarningCode, Warnings};

/// The replies in a payload: the payload itself, or the elements of the list that it is, as command lines print them.
#[derive(Debug)]
pub struct Replies<'a, T> {
    list: List<'a, T>,
    is_list: bool,
}

impl<'a, T: Wire<'a>> Replies<'a, T> {
    /// Whether a list could not be read, or an element of one was skipped, here or inside.
    pub fn has_lost_elements(&self) -> bool {
        self.list.reading.has_lost_elements()
    }

    /// The replies that could be read, each with its place. Those that could not become warnings.
    pub fn into_placed(self, warnings: &mut Warnings<'a>) -> impl Iterator<Item = (Pointer, T)> + use<'a, T> {
        for index in self.list.skipped() {
            let message = format!("element {index} of the list is not {}; it was left out", T::KIND.noun());
            warnings.push(WarningCode::ElementSkipped, Pointer::at("/#", [index]), None, message);
        }
        let is_list = self.is_list;
        let place = move |index| if is_list { Pointer::at("/#", [index]) } else { Pointer::ROOT };
        self.list.into_iter_indexed().map(move |(index, reply)| (place(index), reply))
    }
}

impl<'a, T: Wire<'a>> Value<'a> for Replies<'a, T> {
    const KIND: Kind = T::KIND;

    fn from_map<A: MapAccess<'a>>(map: A) -> Result<Read<Self>, A::Error> {
        Ok(match T::from_map(map)? {
            Read::Value(reply) => {
                let mut reading = Reading::default();
                reading.take_over(&reply.reading());
                Read::Value(Self { list: List { elements: vec![Some(reply)], reading }, is_list: false })
            }
            Read::Absent => Read::Absent,
            Read::Unreadable => Read::Unreadable,
        })
    }

    fn from_seq<A: SeqAccess<'a>>(seq: A) -> Result<Read<Self>, A::Error> {
        Ok(match List::from_seq(seq)? {
            Read::Value(list) => Read::Value(Self { list, is_list: true }),
            Read::Absent => Read::Absent,
            Read::Unreadable => Read::Unreadable,
        })
    }
}

/// Reads a payload whose root is the object `T` or a list of such objects.
///
/// # Errors
///
/// [`NotJson`](crate::ErrorKind::NotJson) with line and column, or [`UnexpectedShape`](crate::ErrorKind::UnexpectedShape) where the
/// root is neither.
pub fn read_each<'a, T: Wire<'a>>(payload: &'a str) -> Result<Replies<'a, T>, Error> {
    root(payload)
}
