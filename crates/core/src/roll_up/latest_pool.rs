//! What the latest of several reports say of each pool, for those who show it.

use std::borrow::Borrow;

use super::{Latest, Pool, PoolAt, borrowed};
use crate::{BackendHealth, BackendRecord, Completeness, Coverage, HealthReport, Place, PoolSummary};

/// A pool at one place, as the latest of several reports have it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LatestPool<'r, 'a> {
    /// Key of the pool at this place.
    pub pool_key: &'r str,
    /// Id of the adapter whose reports tell of it.
    pub adapter: &'r str,
    /// The place.
    pub place: Place<'a>,
    /// Its records. Of several with one key that are known to be of one backend the latest is here.
    pub records: Vec<&'r BackendRecord<'a>>,
    /// How many backends it has by the figure of the vendor; absent where there is none, or where the reports may be about several pools.
    pub server_count: Option<u32>,
    /// How many of its backends have each health, those without a name included, each backend once, as the worst that is said of it here;
    /// absent where that is not known of all.
    pub health_counts: Option<Vec<(BackendHealth, u32)>>,
}

/// What the latest of several reports say of every pool, in the order in which the pools were first met: what a [`Summary`](crate::Summary) of
/// the same reports judges, place by place. The reports are in the order in which they were made, unless all about the same listeners and
/// pools say when they were observed; [`HealthReport::join_pages`] comes before.
pub fn latest_pools<'r, 'a, R: Borrow<HealthReport<'a>>>(reports: &'r [R]) -> Vec<LatestPool<'r, 'a>> {
    Latest::of(borrowed(reports)).places.iter().filter_map(latest_pool).collect()
}

/// A place has a record or figures, or nobody would know of it.
fn latest_pool<'r, 'a>(at: &PoolAt<'r, 'a>) -> Option<LatestPool<'r, 'a>> {
    let place = at.figures.map(PoolSummary::place).or_else(|| Some(at.records.first()?.place()))?;
    let is_one = !at.may_be_several();
    Some(LatestPool {
        pool_key: at.pool_key,
        adapter: at.adapter(),
        place,
        records: at.records.clone(),
        server_count: at.figures.filter(|_| is_one).and_then(|figures| figures.server_count),
        health_counts: is_one.then(|| health_counts(at)).flatten(),
    })
}

/// What one report says of the pool stands as it is. Where others tell of its backends as well, or it says nothing, they are counted.
fn health_counts(at: &PoolAt<'_, '_>) -> Option<Vec<(BackendHealth, u32)>> {
    let is_of_one = at.reports().nth(1).is_none();
    let figures = at.figures.filter(|_| is_of_one);
    let told: Vec<_> = BackendHealth::ALL.iter().filter_map(|health| Some((*health, figures?.count_of(*health)?))).collect();
    let is_listed = match at.coverage() {
        Some(Coverage::All) => at.completeness() == Completeness::Complete,
        // One that leaves out who is well, and says nothing of the whole, does not tell of those.
        coverage => coverage == Some(Coverage::NonHealthyOnly) && !is_of_one,
    };
    let counts = if told.is_empty() { is_listed.then(|| counted(at)).flatten()? } else { told };
    let all: u64 = counts.iter().map(|(_, count)| u64::from(*count)).sum();
    // Or the vendor's figure is of others than its list.
    let is_of_all = figures.and_then(PoolSummary::backend_count).is_none_or(|counted| u64::from(counted) == all);
    is_of_all.then_some(counts)
}

fn counted(at: &PoolAt<'_, '_>) -> Option<Vec<(BackendHealth, u32)>> {
    let (backends, is_total) = Pool { adapter: at.adapter(), id: at.pool.pool_id(), places: vec![at] }.backends();
    if !is_total {
        return None;
    }
    let mut counts: Vec<_> = BackendHealth::ALL.iter().map(|health| (*health, 0_u32)).collect();
    for backend in &backends {
        let worst = match backend.records.iter().map(|record| record.health).min_by_key(|health| health.severity()) {
            Some(worst) => worst,
            // The vendor counts them, and nobody can say how they are.
            None if backend.health() == Some(BackendHealth::Unknown) => return None,
            None => backend.health()?,
        };
        if let Some((_, count)) = counts.iter_mut().find(|(health, _)| *health == worst) {
            *count = count.saturating_add(backend.count);
        }
    }
    Some(counts)
}
