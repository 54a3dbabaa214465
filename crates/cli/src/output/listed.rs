//! How many backends of a pool have which health.

use std::collections::HashMap;

use lbhealth::{BackendHealth, BackendRecord, HealthReport, PoolSummary};

/// How many have which health; empty where that is not known.
pub(super) type Counts = Vec<(BackendHealth, u32)>;

/// How many backends of each pool have which health, counted where the report lists them all.
#[derive(Default)]
pub(super) struct Listed<'r, 'a> {
    /// The first record of each pool, and the counts of all.
    pub(super) pools: Vec<(&'r BackendRecord<'a>, Counts)>,
    places: HashMap<&'r str, usize>,
    is_everybody: bool,
}

impl<'r, 'a> Listed<'r, 'a> {
    pub(super) fn of(report: &'r HealthReport<'a>) -> Self {
        let Self { mut pools, mut places, .. } = Self::default();
        let is_everybody = report.lists_everybody();
        // A backend with several observations counts once, as the worst of them.
        let mut worst: HashMap<(usize, &str), BackendHealth> = HashMap::new();
        for record in report.records.iter().filter(|_| is_everybody) {
            let place = *places.entry(&*record.pool_key).or_insert(pools.len());
            if place == pools.len() {
                pools.push((record, nobody()));
            }
            let known = worst.entry((place, &record.backend_key)).or_insert(record.health);
            if record.health.severity() < known.severity() {
                *known = record.health;
            }
        }
        for ((place, _), worst) in worst {
            let counts = pools.get_mut(place).into_iter().flat_map(|(_, counts)| counts);
            counts.filter(|(health, _)| *health == worst).for_each(|(_, count)| *count += 1);
        }
        Self { pools, places, is_everybody }
    }

    /// Those of a pool: its own figures, unnamed backends included, or what was counted.
    pub(super) fn counts(&self, pool: &PoolSummary<'_>) -> Counts {
        let mut counts = figures(pool);
        if counts.is_empty() {
            counts = self.counted(&pool.pool_key);
        }
        if pool.backend_count().is_some_and(|all| all != total(&counts)) {
            // The vendor's figure is of others than its list.
            counts.clear();
        }
        counts
    }

    fn counted(&self, pool_key: &str) -> Counts {
        match self.places.get(pool_key).and_then(|place| self.pools.get(*place)) {
            Some((_, counts)) => counts.clone(),
            None if self.is_everybody => nobody(),
            None => Counts::new(),
        }
    }
}

/// No backend of any health.
fn nobody() -> Counts {
    BackendHealth::ALL.iter().map(|health| (*health, 0)).collect()
}

/// What the report itself says of the pool.
fn figures(pool: &PoolSummary<'_>) -> Counts {
    BackendHealth::ALL.iter().filter_map(|health| Some((*health, pool.count_of(*health)?))).collect()
}

fn total(counts: &Counts) -> u32 {
    counts.iter().fold(0, |sum, (_, count)| sum.saturating_add(*count))
}
