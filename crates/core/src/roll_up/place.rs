//! A pool at one place.

use std::collections::{HashMap, HashSet};

use super::{Observation, agreed, least_complete};
use crate::model::count;
use crate::model::place::PoolIdentity;
use crate::{BackendHealth, BackendRecord, Completeness, Coverage, HealthReport, PoolSummary, Scope, Traffic};

/// A pool at one listener, rule or the like: one `pool_key`.
#[derive(Debug)]
pub(crate) struct PoolAt<'r, 'a> {
    pub(crate) pool_key: &'r str,
    pub(crate) pool: PoolIdentity<'r>,
    /// The reports that tell of it: the latest, or several that list it in parts.
    pub(crate) reports: Vec<&'r HealthReport<'a>>,
    /// The number of the last of them.
    pub(super) last: usize,
    /// Whether one of them announces a further page.
    pub(super) goes_on: bool,
    /// What the latest of them says of the pool as a whole.
    pub(crate) figures: Option<&'r PoolSummary<'a>>,
    /// The records, each key once.
    pub(crate) records: Vec<&'r BackendRecord<'a>>,
}

/// The backends that a report has at this place.
fn backends<'k>(report: &'k HealthReport<'_>, pool_key: &str) -> HashSet<&'k str> {
    report.records.iter().filter(|record| record.pool_key == pool_key).map(|record| &*record.backend_key).collect()
}

impl<'r> PoolAt<'r, '_> {
    /// Drops the reports of which the later one, which lists everything, takes the place. Those that have no backend in common with it may be
    /// about another pool: whoever asked can have given one name to several.
    pub(super) fn drop_replaced_by(&mut self, later: &HealthReport<'_>) {
        if self.reports.is_empty() {
            return;
        }
        let (pool, pool_key, is_only) = (self.pool, self.pool_key, self.reports.len() == 1);
        let told = backends(later, pool_key);
        let is_replaced = |report: &HealthReport<'_>| {
            let known = backends(report, pool_key);
            let shares = known.iter().any(|key| told.contains(key));
            let is_emptied = known.is_empty() || (told.is_empty() && is_only);
            match pool {
                // The vendor names the pools of which it lists some, and a whole list has whoever was asked for.
                PoolIdentity::Pool(_) if later.coverage == Coverage::NonHealthyOnly || report.coverage == Coverage::Selected => {
                    true
                }
                PoolIdentity::Pool(_) => shares || is_emptied,
                // What has several pools can have a backend in two of them.
                PoolIdentity::LoadBalancer(_) | PoolIdentity::Above([_, Some(_), _] | [_, _, Some(_)]) => {
                    let is_older = report.observed_at.zip(later.observed_at).is_some_and(|(one, other)| one < other);
                    is_emptied || (shares && (is_older || known.is_subset(&told)))
                }
                PoolIdentity::Above(_) | PoolIdentity::Nothing => false,
            }
        };
        let before = self.reports.len();
        self.reports.retain(|report| !is_replaced(report));
        if self.reports.len() < before {
            let records = self.reports.iter().flat_map(|report| &report.records);
            self.records = records.filter(|record| record.pool_key == pool_key).collect();
            self.figures = None;
        }
    }

    /// Keeps one record per key: the last, where the first stood. Where no pool is named, nothing says that records are of one backend at
    /// one place, unless it was asked for by itself, again and again.
    pub(super) fn keep_latest(&mut self) {
        let is_of_one_backend_each = self.coverage() == Some(Coverage::Selected) && self.records.len() == self.reports.len();
        if matches!(self.pool, PoolIdentity::Nothing | PoolIdentity::Above(_)) && !is_of_one_backend_each {
            return;
        }
        let mut by_key: HashMap<&str, usize> = HashMap::new();
        let mut kept = Vec::with_capacity(self.records.len());
        for record in std::mem::take(&mut self.records) {
            let index = *by_key.entry(&record.record_key).or_insert(kept.len());
            match kept.get_mut(index) {
                Some(slot) => *slot = record,
                None => kept.push(record),
            }
        }
        self.records = kept;
    }

    pub(crate) fn adapter(&self) -> &'r str {
        self.reports.first().map_or("", |report| &report.adapter)
    }

    /// Whether several reports are taken for parts of it that may be about several pools.
    pub(crate) fn may_be_several(&self) -> bool {
        let lists_all = |report: &&&HealthReport<'_>| report.coverage != Coverage::Selected;
        let are_unrelated = || !self.goes_on && self.reports.iter().filter(lists_all).count() > 1;
        self.reports.len() > 1 && (self.pool.pool_id().is_none() || are_unrelated())
    }

    /// Whether its pool has no backends wherever it is observed.
    pub(super) fn is_empty_everywhere(&self) -> bool {
        let is_bare = |figures: &PoolSummary<'_>| figures.scope == Scope::Pool && figures.is_bare();
        self.records.is_empty()
            && self.pool.pool_id().is_some()
            && self.figures.is_some_and(is_bare)
            && self.reports.iter().all(|report| report.lists_everybody())
    }

    /// What the vendor lists here at all; `None` where its reports differ.
    pub(crate) fn coverage(&self) -> Option<Coverage> {
        agreed(self.reports.iter().map(|report| report.coverage))
    }

    /// Whether everything is there.
    pub(crate) fn completeness(&self) -> Completeness {
        least_complete(self.reports.iter().map(|report| report.completeness))
    }

    /// What may be said of a backend that the place does not list: nothing where it lists all.
    pub(crate) fn unlisted(&self) -> Option<Observation> {
        let figures = self.figures.filter(|figures| figures.unlisted_count != Some(0))?;
        // A page of several is no proof of anything.
        let health = figures.unlisted_health.map(|health| match health {
            BackendHealth::Healthy if self.completeness() != Completeness::Complete => BackendHealth::Unknown,
            health => health,
        })?;
        let traffic = match health {
            BackendHealth::Healthy | BackendHealth::Unmonitored => Traffic::Eligible,
            _ => Traffic::Unknown,
        };
        let traffic = figures.unlisted_traffic.map_or(traffic, |narrowed| traffic.narrowed_by(narrowed));
        Some(Observation { health, traffic, traffic_reason: None })
    }

    /// Elements of the vendor's list of which nobody can say what backend each is: they could not be read, or are called as another is.
    pub(super) fn untold(&self) -> u32 {
        let listed = self.figures.and_then(|figures| figures.listed_count).unwrap_or_default();
        let told: HashSet<&str> = self.records.iter().map(|record| &*record.backend_key).collect();
        listed.saturating_sub(count(told.len()))
    }
}
