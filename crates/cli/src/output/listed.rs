//! How many backends of a pool have which health.

use std::collections::HashMap;

use lbhealth::{BackendHealth, HealthReport, PoolSummary};

/// How many have which health; empty where that is not known.
pub(super) type Counts = Vec<(BackendHealth, u32)>;

/// How many backends of each pool have which health, counted where the report lists them all.
#[derive(Default)]
pub(super) struct Listed<'r> {
    /// By `pool_key`.
    pools: HashMap<&'r str, Counts>,
    is_everybody: bool,
}

impl<'r> Listed<'r> {
    pub(super) fn of(report: &'r HealthReport<'_>) -> Self {
        let is_everybody = report.lists_everybody();
        // A backend with several observations counts once, as the worst of them.
        let mut worst: HashMap<(&str, &str), BackendHealth> = HashMap::new();
        for record in report.records.iter().filter(|_| is_everybody) {
            let known = worst.entry((&record.pool_key, &record.backend_key)).or_insert(record.health);
            if record.health.severity() < known.severity() {
                *known = record.health;
            }
        }
        let mut pools: HashMap<&str, Counts> = HashMap::new();
        for ((pool_key, _), worst) in worst {
            let counts = pools.entry(pool_key).or_insert_with(nobody);
            counts.iter_mut().filter(|(health, _)| *health == worst).for_each(|(_, count)| *count += 1);
        }
        Self { pools, is_everybody }
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

    /// Those of the records of a pool.
    pub(super) fn counted(&self, pool_key: &str) -> Counts {
        match self.pools.get(pool_key) {
            Some(counts) => counts.clone(),
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
