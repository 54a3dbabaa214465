//! Lists of a payload, as the vendor wrote them.

use super::{Broken, Cursor, FoundKeys, Kind, Met, Reading, Text, Value, Watched};
use crate::model::count;

/// A list whose unreadable elements were left out; the others keep their index.
#[derive(Debug)]
pub struct List<'a, T> {
    pub(super) elements: Vec<Option<T>>,
    /// The indices of elements without text, in a list of texts.
    pub(super) blank: Vec<u32>,
    pub(super) reading: Reading<'a>,
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

    // Where the first element is lost, the payload does not tell its keys at all.
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
