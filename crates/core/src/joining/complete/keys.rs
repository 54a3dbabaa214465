//! Keys of records, told apart by a number where they meet.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::BackendRecord;

/// The keys that records have.
pub(super) struct Keys<'a> {
    taken: HashSet<Cow<'a, str>>,
    /// The number that was given last to a key that was taken.
    last: HashMap<Cow<'a, str>, u32>,
}

impl<'a> Keys<'a> {
    pub(super) fn of(records: &[BackendRecord<'a>]) -> Self {
        Self { taken: records.iter().map(|record| record.record_key.clone()).collect(), last: HashMap::new() }
    }

    /// The key, with a number if it is taken. It is taken then.
    pub(super) fn free(&mut self, key: &Cow<'a, str>) -> Cow<'a, str> {
        let last = self.last.entry(key.clone()).or_insert(1);
        let mut free = key.clone();
        while !self.taken.insert(free.clone()) {
            *last += 1;
            free = format!("{key}#{last}").into();
        }
        free
    }
}
