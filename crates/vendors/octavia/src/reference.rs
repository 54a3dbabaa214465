//! References from one thing to another.

use lbhealth_core::wire;
use lbhealth_core::wire::{Id, List, Reference, Referring, Text};

wire! {
    /// What a reference says of what it refers to.
    pub struct Referred<'a> {
        /// Id of it.
        "id" id: Id<'a>,
    }
}

impl<'a> Referring<'a> for Referred<'a> {
    fn take_id(&mut self) -> Option<Id<'a>> {
        self.id.take()
    }
}

/// References, each of which is an object with an id.
pub type References<'a> = List<'a, Reference<'a, Referred<'a>>>;

/// The ids of all that is referred to; none where one of them could not be read.
pub fn ids(references: Option<References<'_>>) -> Vec<Text<'_>> {
    references.into_iter().flat_map(List::into_all).map(|reference| reference.into_id().into_text()).collect()
}
