//! Payloads that are one reply or a list of them.

use super::{Broken, Cursor, Kind, List, Met, Value, Wire, not_json, watch};
use crate::{Error, Pointer, WarningCode, Warnings};

/// The replies in a payload: the payload itself, or the elements of the list that it is, as command lines print them.
#[derive(Debug)]
pub struct Replies<'a, T> {
    list: List<'a, T>,
    is_list: bool,
}

impl<'a, T: Wire<'a>> Replies<'a, T> {
    /// The list, where the payload is one.
    pub fn list(&self) -> Option<&List<'a, T>> {
        self.is_list.then_some(&self.list)
    }

    /// The replies that could be read, each with its place. Those that could not become warnings.
    pub fn into_placed(self, warnings: &mut Warnings<'a>) -> impl Iterator<Item = (Pointer, T)> + use<'a, T> {
        for index in self.list.skipped() {
            let message = format!("element {index} of the list is not {}; it was left out", T::KIND.noun());
            warnings.note_lost_elements();
            warnings.push(WarningCode::ElementSkipped, Pointer::at("/#", [index]), None, message);
        }
        let is_list = self.is_list;
        let place = move |index| if is_list { Pointer::at("/#", [index]) } else { Pointer::ROOT };
        self.list.into_iter_indexed().map(move |(index, reply)| (place(index), reply))
    }
}

impl<'a, T: Wire<'a>> Value<'a> for Replies<'a, T> {
    const KIND: Kind = T::KIND;

    fn read_array(slot: &mut Option<Self>, json: &mut Cursor<'a>) -> Result<Met, Broken> {
        let mut list = None;
        let met = List::read_array(&mut list, json)?;
        *slot = list.map(|list| Self { list, is_list: true });
        Ok(met)
    }

    fn read_object(slot: &mut Option<Self>, json: &mut Cursor<'a>) -> Result<Met, Broken> {
        let mut reply = None;
        let met = T::read_object(&mut reply, json)?;
        let reading = reply.as_ref().map(Value::reading).unwrap_or_default();
        *slot = Some(Self { list: List { elements: vec![reply], blank: Vec::new(), reading }, is_list: false });
        Ok(met)
    }
}

/// Reads a payload whose root is the object `T` or a list of such objects.
///
/// # Errors
///
/// [`NotJson`](crate::ErrorKind::NotJson) with line and column, or [`UnexpectedShape`](crate::ErrorKind::UnexpectedShape) where the
/// root is neither.
pub fn read_each<'a, T: Wire<'a>>(payload: &'a str) -> Result<Replies<'a, T>, Error> {
    let mut json = Cursor::new(payload);
    let mut slot = None;
    if json.value(&mut slot).and_then(|_| json.end()).is_err() {
        return Err(not_json(payload));
    }
    let replies: Replies<'a, T> = slot.ok_or_else(|| Error::unexpected_shape(Pointer::ROOT, "an object", "something else"))?;
    // Streams hand over one reply at a time; of a list nothing is told.
    if let (false, Some(Some(reply))) = (replies.is_list, replies.list.elements.first()) {
        watch::observe(payload, reply);
    }
    Ok(replies)
}
