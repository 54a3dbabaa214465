//! Lists inside an object that holds nothing else.

use super::{Broken, Cursor, Kind, Met, Reading, Value, Wire};
use crate::{Pointer, Warnings};

/// A list inside an object that holds nothing else, such as `{"Servers": {"Server": []}}`, which some clients of the vendors make bare.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "these are all the forms there are")]
pub enum Wrapped<O, L> {
    /// The list.
    Bare(L),
    /// The object that holds it.
    Object(O),
}

impl<'a, O: Wire<'a>, L> Wrapped<O, L> {
    /// The list, which the object in this field of the reply holds under this name. An object without the list, and a reply without
    /// either, give a warning.
    pub fn open(
        this: Option<Self>,
        reply: &impl Wire<'a>,
        [field, name]: [&'static str; 2],
        list: impl FnOnce(O) -> Option<L>,
        warnings: &mut Warnings<'a>,
    ) -> Option<L> {
        match this {
            None => {
                warnings.missing_list::<_, L>(reply, field, None, &Pointer::ROOT);
                None
            }
            Some(Self::Bare(list)) => Some(list),
            Some(Self::Object(object)) => {
                let at = Pointer::ROOT.join(field);
                warnings.unread(&object, &at);
                let is_unreadable = object.is_unreadable(name);
                let list = list(object);
                if list.is_none() && !is_unreadable {
                    warnings.missing(name, &at);
                }
                list
            }
        }
    }
}

impl<'a, O: Wire<'a>, L: Value<'a>> Value<'a> for Wrapped<O, L> {
    const KIND: Kind = Kind::Wrapped(&O::SHAPE);

    fn reading(&self) -> Reading<'a> {
        match self {
            Self::Bare(list) => list.reading(),
            Self::Object(object) => object.reading(),
        }
    }

    fn skipped(&self) -> Vec<u32> {
        match self {
            Self::Bare(list) => list.skipped(),
            Self::Object(object) => object.skipped(),
        }
    }

    fn read_array(slot: &mut Option<Self>, json: &mut Cursor<'a>) -> Result<Met, Broken> {
        let mut list = None;
        let met = L::read_array(&mut list, json)?;
        *slot = list.map(Self::Bare);
        Ok(met)
    }

    fn read_object(slot: &mut Option<Self>, json: &mut Cursor<'a>) -> Result<Met, Broken> {
        let mut object = None;
        let met = O::read_object(&mut object, json)?;
        *slot = object.map(Self::Object);
        Ok(met)
    }
}
