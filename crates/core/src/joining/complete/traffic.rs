//! Traffic that only the inventory and the whole report tell.

use std::collections::HashSet;

use super::Completion;
use crate::model::count;
use crate::{
    BackendHealth, BackendRecord, Certainty, FailureReason, InventoryMember, PoolSummary, Registration, Traffic, TrafficReason,
    WarningCode,
};

impl<'a> Completion<'_, 'a> {
    /// Where all backends are listed, all of them fail, and the pool is told to forward to them all the same, they get traffic. Of one whose
    /// server is gone, or that something else may keep from traffic which is not known, nobody says.
    pub(super) fn open_failing(&mut self, pool: &PoolSummary<'a>, numbers: &[usize]) {
        if !self.report.lists_everybody() || !self.index.fails_open(pool.pool_id.as_deref()) {
            return;
        }
        // What the vendor says of one that is out of service can mean that it fails.
        let fails = |record: &BackendRecord<'_>| record.health == BackendHealth::Unhealthy;
        let may_fail = |record: &BackendRecord<'_>| {
            fails(record) || (record.health == BackendHealth::Inactive && record.certainty == Certainty::Ambiguous)
        };
        if !self.numbered(numbers).all(may_fail) {
            return;
        }
        // A backend of the pool that is not listed here need not fail.
        let here: HashSet<_> = self.numbered(numbers).map(|record| &*record.backend_key).collect();
        let lists_all = !self.has_more_than(count(here.len()), pool.pool_id.as_deref());
        let all_fail = lists_all && self.numbered(numbers).all(fails);
        for number in numbers {
            let Some(record) = self.report.records.get_mut(*number) else { continue };
            if record.traffic != Traffic::Excluded || record.traffic_reason.is_some() || record.weight == Some(0.0) {
                continue;
            }
            let is_gone = record.cause.is_some_and(|cause| cause.reason == FailureReason::BackendMissing);
            let is_odd = |code: &WarningCode| matches!(code, WarningCode::BackendMissing | WarningCode::FieldUnreadable);
            // Trees of statuses tell no weights, nor plainly whether what is above is in service.
            let is_clear = all_fail && record.weight.is_some() && !is_gone && !record.warnings.iter().any(is_odd);
            if is_clear {
                record.traffic = Traffic::Eligible;
                record.traffic_reason = Some(TrafficReason::FailOpen);
            } else {
                record.traffic = Traffic::Unknown;
            }
        }
    }

    /// Whether the pool is known to have more backends than this many.
    fn has_more_than(&self, backends: u32, pool_id: Option<&str>) -> bool {
        let listed = pool_id.and_then(|id| self.listed.get(id)).copied();
        listed > Some(backends) || self.index.pools_of(pool_id).any(|pool| pool.server_count > Some(backends))
    }

    /// Takes back traffic that the inventory leaves open. Of a backend that is coming or going nobody says whether it gets traffic already,
    /// or still, nor of one of which the inventory says two things; and where a pool has a backend that does not fail, or may have, it need
    /// not forward to those that do.
    pub(super) fn narrow_traffic(&mut self) {
        let is_open = |record: &BackendRecord<'_>| {
            record.health == BackendHealth::Unhealthy && record.traffic_reason == Some(TrafficReason::FailOpen)
        };
        let mut open: HashSet<_> =
            self.report.records.iter().filter(|record| is_open(record)).map(|record| record.pool_key.clone()).collect();
        for record in self.report.records.iter().filter(|record| record.health != BackendHealth::Unhealthy) {
            open.remove(&record.pool_key);
        }
        open.retain(|pool_key| !self.doubted.contains(pool_key));
        for record in self.report.records.iter_mut().filter(|record| record.traffic == Traffic::Eligible) {
            // In any other state it is coming or going, or nobody knows.
            let is_open_of =
                |member: &InventoryMember<'_>| member.registration != Registration::Registered || !self.index.is_clear(member);
            let is_weight_told = record.weight.is_some();
            let weighs_nothing = |member: &&InventoryMember<'_>| !is_weight_told && self.index.weight_of(member) == Some(0.0);
            // Of one that may be any of several, only what holds of them all is known.
            let candidates = self.matching.candidates(record);
            let only = self.matching.only_candidates(record);
            if !only.is_empty() && only.iter().all(weighs_nothing) {
                record.traffic = Traffic::Excluded;
                record.traffic_reason = Some(TrafficReason::ZeroWeight);
                continue;
            }
            let is_left_open = self.matching.member(record).is_some_and(is_open_of)
                || candidates.iter().any(|member| is_open_of(member) || weighs_nothing(member));
            if is_left_open || is_open(record) && !open.contains(&record.pool_key) {
                record.traffic = Traffic::Unknown;
                record.traffic_reason = None;
            }
        }
    }

    /// Takes traffic from the backends of pools that the inventory says are not in service, or may not be. Where it says two things of a
    /// pool, nobody knows which of them holds now.
    pub(super) fn stop_traffic_of_pools(&mut self) {
        for record in &mut self.report.records {
            let mut said = self.index.pools_of(record.pool_id.as_deref()).map(|pool| pool.traffic);
            let Some(first) = said.next() else { continue };
            let left = if said.all(|other| other == first) { first } else { Some(Traffic::Unknown) };
            match left {
                Some(Traffic::Excluded) => {
                    record.traffic = Traffic::Excluded;
                    record.traffic_reason = Some(TrafficReason::ParentNotInService);
                }
                Some(left) if record.traffic != record.traffic.narrowed_by(left) => {
                    record.traffic = left;
                    record.traffic_reason = None;
                }
                _ => {}
            }
        }
    }
}
