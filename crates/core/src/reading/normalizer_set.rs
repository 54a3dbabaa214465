//! Payloads of which some name their adapter.

use std::collections::BTreeMap;

use crate::{Adapter, Normalizer};

/// A [`Normalizer`] for each adapter that is named, and one for payloads whose shape tells, so that what was met of each is remembered.
#[derive(Debug)]
pub struct NormalizerSet<'r> {
    unnamed: Normalizer<'r>,
    named: BTreeMap<&'static str, Normalizer<'r>>,
}

impl<'r> NormalizerSet<'r> {
    /// A payload that names no adapter is a reply that one of these reads.
    pub fn new(adapters: &[&'r dyn Adapter]) -> Self {
        Self { unnamed: Normalizer::new(adapters), named: BTreeMap::new() }
    }

    /// The normalizer for payloads of this adapter; without one, for payloads whose shape tells.
    pub fn of(&mut self, adapter: Option<&'r dyn Adapter>) -> &mut Normalizer<'r> {
        match adapter {
            Some(adapter) => self.named.entry(adapter.id()).or_insert_with(|| Normalizer::of(adapter)),
            None => &mut self.unnamed,
        }
    }
}
