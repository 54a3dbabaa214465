//! Records of pools, told apart by the listeners that the inventory knows.

use std::collections::HashSet;

use super::index::Index;
use crate::{Certainty, HealthReport, Scope, Warning};

/// A record that is not told apart by listener becomes one per listener that its pool is bound to. What is observed at a listener
/// already stands, and so does what is said of a pool as a whole.
pub(super) fn bind<'a>(report: &mut HealthReport<'a>, index: &Index<'_, 'a>) {
    let told: HashSet<&str> = report.pools.iter().map(|pool| &*pool.pool_key).collect();
    let mut keys: HashSet<_> = report.records.iter().map(|record| record.record_key.clone()).collect();
    let mut bound_keys = HashSet::new();
    let mut records = Vec::with_capacity(report.records.len());
    for record in std::mem::take(&mut report.records) {
        let is_bound = record.scope == Scope::Pool && !told.contains(&*record.pool_key);
        let pools = index.pools_of(record.pool_id.as_deref()).filter(|_| is_bound);
        let first = records.len();
        for listener in pools.flat_map(|pool| &pool.listener_ids) {
            let mut bound = record.clone();
            bound.scope = Scope::Listener;
            bound.listener_id = Some(listener.clone());
            if bound.certainty == Certainty::Exact {
                bound.certainty = Certainty::Inferred;
            }
            bound.set_keys(&report.adapter);
            if keys.insert(bound.record_key.clone()) {
                records.push(bound);
            }
        }
        if records.len() > first {
            bound_keys.insert(record.record_key);
        } else {
            records.push(record);
        }
    }
    let concerns_several = |warning: &&mut Warning<'a>| warning.record_key.as_ref().is_some_and(|key| bound_keys.contains(key));
    for warning in report.warnings.iter_mut().filter(concerns_several) {
        warning.record_key = None;
    }
    report.records = records;
}
