//! Whether a backend is healthy in one document that is not in another.

use lbhealth::{BackendHealth, BackendRecord, Document, HealthReport, PoolSummary};

use crate::mutant::Mutant;

/// The keys of what is healthy in the document of a mutant and was not in the document of the payload.
///
/// `alone` is the report before it was completed: what was healthy in a pool there was not made so by an inventory.
pub(crate) fn healthier(
    before: Option<&Document<'_>>,
    alone: Option<&Document<'_>>,
    after: &Document<'_>,
    mutant: &Mutant,
) -> Vec<String> {
    let Document::Health(after) = after else { return Vec::new() };
    let (before, alone) = (before.and_then(report), alone.and_then(report));
    let records = after.records.iter().filter(|record| record.health == BackendHealth::Healthy);
    let records = records.filter(|record| !before.is_some_and(|before| was_healthy(before, after, record, mutant)));
    let pools = after.pools.iter().filter(|pool| pool.unlisted_health == Some(BackendHealth::Healthy));
    let pools = pools.filter(|pool| !before.into_iter().chain(alone).any(|before| had_healthy(before, pool, mutant)));
    records.map(|record| record.record_key.to_string()).chain(pools.map(|pool| pool.pool_key.to_string())).collect()
}

fn report<'d, 'a>(document: &'d Document<'a>) -> Option<&'d HealthReport<'a>> {
    if let Document::Health(report) = document { Some(report) } else { None }
}

fn was_healthy(before: &HealthReport<'_>, after: &HealthReport<'_>, record: &BackendRecord<'_>, mutant: &Mutant) -> bool {
    let place = |record: &BackendRecord<'_>| (record.evidence.source, mutant.original(&record.evidence.path.to_string()));
    let stood_at = |record: &BackendRecord<'_>| (record.evidence.source, record.evidence.path.to_string());
    let here = place(record);
    // What stood elsewhere under the same key and is gone was replaced by this.
    let is_replaced = before.records.iter().any(|other| {
        let is_gone = || after.records.iter().all(|after| place(after) != stood_at(other));
        other.record_key == record.record_key && other.health != BackendHealth::Healthy && is_gone()
    });
    if is_replaced {
        return false;
    }
    if before.records.iter().any(|other| other.health == BackendHealth::Healthy && stood_at(other) == here) {
        return true;
    }
    // The same backend can be told of in another place of the payload.
    let same_address =
        |other: &BackendRecord<'_>| other.address.is_some() && other.address == record.address && other.port == record.port;
    let is_same = |other: &&BackendRecord<'_>| other.backend_key == record.backend_key || same_address(other);
    let mut same = before.records.iter().filter(is_same).peekable();
    same.peek().is_some() && same.all(|other| other.health == BackendHealth::Healthy)
}

fn had_healthy(before: &HealthReport<'_>, pool: &PoolSummary<'_>, mutant: &Mutant) -> bool {
    let path = mutant.original(&pool.path.to_string());
    before.pools.iter().any(|other| other.unlisted_health == Some(BackendHealth::Healthy) && other.path.to_string() == path)
}
