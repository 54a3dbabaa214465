//! Whether a pool is checked, where only the inventory says so.

use std::collections::HashSet;

use super::Completion;
use crate::{Adapter, HealthReport, PoolSummary, WarningCode};

impl<'a> Completion<'_, 'a> {
    /// Takes from the inventory whether the pool is checked. `numbers` are those of the pool's records, in the report.
    pub(super) fn switch_check(&self, pool: &mut PoolSummary<'a>, numbers: &[usize]) {
        // A switch that is there and cannot be read is not told by others.
        if pool.check_enabled.is_some() || self.unread_switches.contains(&pool.path.to_string()) {
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

/// Where pools stand whose check switch is there and could not be read, or of which replies contradict each other.
pub(super) fn unread(report: &HealthReport<'_>, adapters: &[&dyn Adapter]) -> HashSet<String> {
    let own = adapters.iter().filter(|adapter| adapter.id() == report.adapter);
    let fields = own.flat_map(|adapter| adapter.vocabulary().flags).map(|row| row.field);
    let names: HashSet<&str> = fields.filter_map(|field| field.rsplit('/').next()).collect();
    let is_unread = |code| matches!(code, WarningCode::FieldUnreadable | WarningCode::UnrecognizedValue);
    let places = report.warnings.iter().filter(|warning| is_unread(warning.code)).map(|warning| warning.path.to_string());
    let unread =
        places.filter_map(|place| place.rsplit_once('/').filter(|(_, name)| names.contains(name)).map(|(pool, _)| pool.to_owned()));
    let disputed = report.warnings.iter().filter(|warning| warning.code == WarningCode::CheckFlagDisputed);
    unread.chain(disputed.map(|warning| warning.path.to_string())).collect()
}
