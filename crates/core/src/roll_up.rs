//! Observations gathered by pool and by backend, as summaries, gates and comparisons need them.

pub(crate) mod counts;
mod latest;
mod latest_pool;
mod place;
pub(crate) mod policy;
mod pool;
pub(crate) mod summary;

use std::borrow::Borrow;

pub(crate) use latest::Latest;
pub use latest_pool::{LatestPool, latest_pools};
pub(crate) use place::PoolAt;
pub(crate) use pool::{Backend, Observation, Pool};

use crate::{Completeness, HealthReport};

/// The reports by reference.
pub(crate) fn borrowed<'r, 'a, R: Borrow<HealthReport<'a>>>(reports: &'r [R]) -> Vec<&'r HealthReport<'a>> {
    reports.iter().map(Borrow::borrow).collect()
}

/// The least complete of them; complete where there are none.
pub(crate) fn least_complete(all: impl Iterator<Item = Completeness>) -> Completeness {
    all.max().unwrap_or(Completeness::Complete)
}

/// What all of them are, if they are the same.
pub(crate) fn agreed<T: PartialEq>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}
