//! References from one thing to another.

use lbhealth_core::wire;
use lbhealth_core::wire::{Id, List, Text};

wire! {
    /// A reference to something by its id.
    pub struct Reference<'a> {
        /// Id of it.
        "id" id: Id<'a>,
    }
}

/// The ids of what is referred to.
pub fn ids<'a>(references: Option<List<'a, Reference<'a>>>) -> Vec<Text<'a>> {
    references.into_iter().flat_map(List::into_values).filter_map(|reference| reference.id).map(Id::into_text).collect()
}
