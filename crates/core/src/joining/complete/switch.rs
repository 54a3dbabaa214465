//! Whether a pool is checked, where only the inventory says so.

use std::collections::HashSet;

use super::Completion;
use crate::joining::merge::open_at;
use crate::{Adapter, HealthReport, PoolSummary};

impl<'a> Completion<'_, 'a> {
    /// Takes from the inventory whether the pool is checked. `numbers` are those of the pool's records, in the report.
    pub(super) fn switch_check(&self, pool: &mut PoolSummary<'a>, numbers: &[usize]) {
        // A switch that is there and cannot be read is not told by others.
        if pool.check_enabled.is_some() || self.open_switches.contains(&pool.path.to_string()) {
            return;
        }
        pool.check_enabled = self.index.check_enabled(pool.pool_id.as_deref());
        if pool.check_enabled.is_some() {
            pool.conclude(self.report.coverage, self.report.completeness, self.healths(numbers));
            // A contradiction between count and list was reported when the pool was read.
            let _ = pool.drop_contradicted_counts(0);
        }
    }
}

/// Where pools stand whose check switch is left open, as the report's adapter calls it.
pub(super) fn open(report: &HealthReport<'_>, adapters: &[&dyn Adapter]) -> HashSet<String> {
    let own = adapters.iter().filter(|adapter| adapter.id() == report.adapter);
    let fields = own.flat_map(|adapter| adapter.vocabulary().flags).map(|row| row.field);
    let names: HashSet<&str> = fields.filter_map(|field| field.rsplit('/').next()).collect();
    open_at(report, |field| names.contains(field))
}
