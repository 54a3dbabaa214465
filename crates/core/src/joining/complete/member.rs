//! What one member of an inventory tells of a backend.

use crate::{
    BackendHealth, BackendRecord, Cause, Certainty, FailureReason, InventoryMember, PoolSummary, Registration, Traffic,
    TrafficReason,
};

/// What is concluded of a backend that the vendor did not list.
pub(super) struct Conclusion {
    pub(super) health: BackendHealth,
    pub(super) traffic: Traffic,
    pub(super) cause: Option<Cause>,
    pub(super) is_conclusive: bool,
}

pub(super) fn conclude(pool: &PoolSummary<'_>, registration: Registration, weight: Option<f64>, is_sure: bool) -> Conclusion {
    let of = |health, traffic, cause| Conclusion { health, traffic, cause, is_conclusive: true };
    let has_weight = weight != Some(0.0);
    match (pool.unlisted_health, registration) {
        (Some(BackendHealth::Unmonitored), registration) => {
            let cause = Cause::new(FailureReason::HealthCheckDisabled, Certainty::Inferred);
            // Whether one that is coming or going gets traffic already, or still, nobody says.
            let traffic = if registration == Registration::Registered { Traffic::Eligible } else { Traffic::Unknown };
            of(BackendHealth::Unmonitored, traffic, Some(cause))
        }
        (_, Registration::Registering) => {
            of(BackendHealth::Initializing, Traffic::Unknown, Some(Cause::new(FailureReason::Registering, Certainty::Exact)))
        }
        (_, Registration::Deregistering) => {
            of(BackendHealth::Draining, Traffic::Unknown, Some(Cause::new(FailureReason::Deregistering, Certainty::Exact)))
        }
        (Some(BackendHealth::Healthy), Registration::Registered) if has_weight && is_sure => {
            of(BackendHealth::Healthy, Traffic::Eligible, None)
        }
        _ => Conclusion { health: BackendHealth::Unknown, traffic: Traffic::Unknown, cause: None, is_conclusive: false },
    }
}

/// What the pool and the weight make of the traffic.
pub(super) fn traffic(given: Traffic, pool: &PoolSummary<'_>, weight: Option<f64>) -> (Traffic, Option<TrafficReason>) {
    match pool.unlisted_traffic {
        Some(Traffic::Mirrored) => (Traffic::Mirrored, Some(TrafficReason::Mirror)),
        _ if weight == Some(0.0) => (Traffic::Excluded, Some(TrafficReason::ZeroWeight)),
        Some(narrowed) => (given.narrowed_by(narrowed), None),
        None => (given, None),
    }
}

/// Gives a listed record what the inventory knows of its backend.
pub(super) fn refine<'a>(
    record: &mut BackendRecord<'a>,
    member: &InventoryMember<'a>,
    weight: Option<f64>,
    cross_zone: Option<bool>,
) {
    // A reply that tells no weights calls a backend that passes its checks eligible, whatever its weight is.
    if record.weight.is_none() && weight == Some(0.0) && record.traffic == Traffic::Eligible {
        record.traffic = Traffic::Excluded;
        record.traffic_reason = Some(TrafficReason::ZeroWeight);
    }
    fill(record, member, weight);
    if record.cause.map(|cause| cause.reason) == Some(FailureReason::NotInUse) {
        let reason = match (weight, cross_zone) {
            (Some(0.0), _) => Some(FailureReason::ZeroWeight),
            (Some(_), Some(false)) => Some(FailureReason::ZoneNotEnabled),
            _ => None,
        };
        record.cause = reason.map(|reason| Cause::new(reason, Certainty::Inferred)).or(record.cause);
    }
}

/// Fills what the record does not say itself.
pub(super) fn fill<'a>(record: &mut BackendRecord<'a>, member: &InventoryMember<'a>, weight: Option<f64>) {
    record.backend_name = record.backend_name.take().or_else(|| member.backend_name.clone());
    record.backend_kind = record.backend_kind.or(member.backend_kind);
    record.instance_id = record.instance_id.take().or_else(|| member.instance_id.clone());
    record.address = record.address.take().or_else(|| member.address.clone());
    record.zone = record.zone.take().or_else(|| member.zone.clone());
    record.weight = record.weight.or(weight);
}
