//! What the latest of several reports say.

use std::collections::{HashMap, HashSet};

use super::place::{Listing, Part};
use super::{Pool, PoolAt};
use crate::model::order::by_time;
use crate::model::place::PoolIdentity;
use crate::{BackendRecord, HealthReport};

/// What the latest reports say of every place, the reports in the order in which they were made.
#[derive(Debug, Default)]
pub(crate) struct Latest<'r, 'a> {
    /// The places, in the order in which they were first met.
    pub(crate) places: Vec<PoolAt<'r, 'a>>,
    by_key: HashMap<&'r str, usize>,
    /// The places of pools that have no backends wherever they are observed, by adapter and pool.
    empty: HashMap<(&'r str, PoolIdentity<'r>), usize>,
}

impl<'r, 'a> Latest<'r, 'a> {
    /// Gathers the reports, by the time of observation where all about the same have one. Of a place that stands in several, the latest report
    /// stands, unless it only has what was asked for, an earlier one announces a further page and is not listed anew, nobody says which pool
    /// it is, or the two have no backend in common: then they are parts of one whole, of which the later verdict for a key stands.
    pub(crate) fn of(reports: impl IntoIterator<Item = &'r HealthReport<'a>>) -> Self {
        let mut latest = Self::of_unreplaced(reports);
        for place in latest.places.iter_mut().filter(|place| place.parts.len() > 1) {
            place.keep_latest();
        }
        latest
    }

    /// The same, where no record that is left in the reports takes the place of another.
    pub(crate) fn of_unreplaced(reports: impl IntoIterator<Item = &'r HealthReport<'a>>) -> Self {
        let mut latest = Self::default();
        let mut reports: Vec<_> = reports.into_iter().collect();
        by_time(&mut reports);
        let repeating = repeating(&reports);
        for (number, report) in reports.into_iter().enumerate() {
            latest.take(number, report, repeating.contains(&number));
        }
        latest.places.iter_mut().for_each(PoolAt::settle);
        latest.drop_emptied();
        latest
    }

    fn take(&mut self, number: usize, report: &'r HealthReport<'a>, repeats: bool) {
        let nameless = report.nameless_pool();
        let mut parts = Part::of(report, repeats);
        let of_pools = report.pools.iter().map(|figures| (&*figures.pool_key, figures.place_key()));
        let of_records = report.records.iter().map(|record| (&*record.pool_key, record.place_key()));
        for (pool_key, place) in of_pools.chain(of_records) {
            let pool = match place.pool() {
                PoolIdentity::Pool(id) => PoolIdentity::Pool(id),
                other => nameless.unwrap_or(other),
            };
            let index = *self.by_key.entry(pool_key).or_insert_with(|| {
                let (parts, records) = (Vec::with_capacity(1), Vec::new());
                self.places.push(PoolAt { pool_key, pool, parts, last: number, listing: Listing::Ended, figures: None, records });
                self.places.len() - 1
            });
            let Some(place) = self.places.get_mut(index) else { continue };
            if place.pool != pool {
                // Two reports take it for part of different pools.
                place.pool = PoolIdentity::Nothing;
            }
            if let Some(mut part) = parts.remove(pool_key) {
                part.pool = place.pool;
                place.parts.push(part);
                place.last = number;
            }
        }
    }

    /// Drops what was said of places of pools that have no backends wherever they are observed, as was said later.
    fn drop_emptied(&mut self) {
        let empty = self.places.iter().filter(|place| place.is_empty_everywhere());
        let last: HashMap<_, _> = empty.map(|place| ((place.adapter(), place.pool), place.last)).collect();
        if last.is_empty() {
            return;
        }
        self.places.retain(|place| {
            place.listing != Listing::Ended || last.get(&(place.adapter(), place.pool)).is_none_or(|last| place.last >= *last)
        });
        self.by_key = self.places.iter().map(|place| place.pool_key).zip(0..).collect();
        let numbered = self.places.iter().zip(0..).filter(|(place, _)| place.is_empty_everywhere());
        self.empty = numbered.map(|(place, index)| ((place.adapter(), place.pool), index)).collect();
    }

    pub(crate) fn get(&self, pool_key: &str) -> Option<&PoolAt<'r, 'a>> {
        self.places.get(*self.by_key.get(pool_key)?)
    }

    /// What tells of the place of another report: the same place, or one that says that its pool has no backends wherever it is observed.
    pub(crate) fn about(&self, other: &PoolAt<'_, '_>) -> Option<&PoolAt<'r, 'a>> {
        let empty = || self.places.get(*self.empty.get(&(other.adapter(), other.pool))?);
        self.get(other.pool_key).or_else(empty)
    }

    /// The records that no later report replaced, nor may have.
    pub(crate) fn standing(&self) -> HashSet<*const BackendRecord<'a>> {
        self.places.iter().flat_map(PoolAt::standing).map(std::ptr::from_ref).collect()
    }

    /// The records of backends that are well, of which a later list of a pool of that name has none: it may be about another pool.
    pub(crate) fn left_out(&self) -> HashSet<*const BackendRecord<'a>> {
        self.pools().iter().flat_map(Pool::left_out).map(std::ptr::from_ref).collect()
    }

    /// The places by pool: one entry per adapter and pool id. Places that name no pool are one each by what they name above it, and those that
    /// name nothing are one per adapter.
    pub(crate) fn pools(&self) -> Vec<Pool<'_, 'r, 'a>> {
        let mut pools: Vec<Pool<'_, 'r, 'a>> = Vec::new();
        let mut by_id: HashMap<(&str, PoolIdentity<'_>), usize> = HashMap::new();
        for place in &self.places {
            let adapter = place.adapter();
            let index = *by_id.entry((adapter, place.pool)).or_insert(pools.len());
            match pools.get_mut(index) {
                Some(pool) => pool.places.push(place),
                None => pools.push(Pool { adapter, id: place.pool.pool_id(), places: vec![place] }),
            }
        }
        pools
    }
}

/// The numbers of the reports that have a record once more of an earlier one that announces a further page. Lists do not repeat their
/// elements, so they are no pages of it, unless it changed between the calls.
fn repeating(reports: &[&HealthReport<'_>]) -> HashSet<usize> {
    let mut pending: HashSet<&str> = HashSet::new();
    let mut repeating = HashSet::new();
    for (number, report) in reports.iter().enumerate() {
        let mut keys = report.records.iter().map(|record| &*record.record_key);
        if !pending.is_empty() && keys.clone().any(|key| pending.contains(key)) {
            repeating.insert(number);
        }
        if report.next_page.is_some() {
            pending.extend(keys.by_ref());
        }
    }
    repeating
}
