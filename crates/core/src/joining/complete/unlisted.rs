//! Records of backends that the vendor did not list.

use std::ops::Range;

use super::Completion;
use super::listed::Listed;
use super::member::{conclude, fill, traffic};
use crate::model::source::shifted;
use crate::{BackendRecord, Certainty, InventoryMember, PoolSummary, Traffic, Verdict, Warning, WarningCode};

impl<'a> Completion<'_, 'a> {
    /// Adds a record for every member of the pool that the vendor did not list. Gives the numbers of the new ones.
    pub(super) fn add_unlisted(&mut self, pool: &PoolSummary<'a>, listed: &Listed, is_sure: bool) -> Range<usize> {
        let first = self.report.records.len();
        let index = self.index;
        for member in index.members_of(pool).iter().filter(|member| !listed.has(member)) {
            let is_sure = is_sure && !listed.may_have(member) && index.is_clear(member) && index.is_undisputed(member);
            self.add(pool, member, is_sure);
        }
        first..self.report.records.len()
    }

    fn add(&mut self, pool: &PoolSummary<'a>, member: &InventoryMember<'a>, is_sure: bool) {
        let mut record = BackendRecord::new(&pool.place());
        record.backend_id.clone_from(&member.backend_id);
        let weight = self.index.weight_of(member);
        fill(&mut record, member, weight);
        record.port = member.port;
        let conclusion = conclude(pool, self.index.registration_of(member), weight, is_sure);
        let given = if self.index.is_undisputed(member) { conclusion.traffic } else { Traffic::Unknown };
        let (traffic, traffic_reason) = traffic(given, pool, weight);
        let mut evidence = member.evidence.clone();
        evidence.source = shifted(evidence.source, self.offset);
        record.set_verdict(Verdict {
            health: conclusion.health,
            traffic,
            traffic_reason,
            cause: conclusion.cause,
            certainty: Certainty::Inferred,
            trend: None,
            probe: None,
            evidence,
            warnings: Vec::new(),
        });
        record.set_keys(&self.report.adapter);
        // Where one pool stands at a place twice, the second has a number.
        record.pool_key.clone_from(&pool.pool_key);
        if let Some(keys) = &mut self.keys {
            record.record_key = keys.free(&record.record_key);
        }
        if member.is_unnamed() {
            // The inventory has the warning itself.
            record.warn(WarningCode::BackendUnnamed);
        }
        if !conclusion.is_conclusive {
            record.warn(WarningCode::NotConclusive);
            let message = "the vendor did not list the backend, and what is known is not enough to call it healthy";
            let warning = Warning::new(WarningCode::NotConclusive, record.evidence.path.clone(), None, message);
            self.report.warnings.push(warning.about(&record.record_key));
        }
        self.report.records.push(record);
    }
}
