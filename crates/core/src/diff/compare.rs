//! Comparing snapshots.

use std::borrow::Borrow;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::absence::{Absence, InPool, listed};
use super::{
    Change, ChangeCounts, ChangeKind, ComparisonWarning, ComparisonWarningCode, Diff, Flap, PoolChange, PoolChangeKind,
    SnapshotHead,
};
use crate::model::count;
use crate::model::schema_id::SchemaId;
use crate::roll_up::{Latest, Observation, PoolAt, borrowed, least_complete};
use crate::{BackendHealth, BackendRecord, Certainty, Completeness, HealthReport, ReportHead, Timestamp, Traffic};

impl Diff {
    /// What changed between two snapshots, each of one or more reports, owned, boxed or borrowed.
    pub fn between<'a, R: Borrow<HealthReport<'a>>>(old: &[R], new: &[R]) -> Self {
        Self::across(&[old, new])
    }

    /// What changed from each snapshot to the next, the oldest first.
    pub fn across<'a, R: Borrow<HealthReport<'a>>, S: AsRef<[R]>>(snapshots: &[S]) -> Self {
        let snapshots: Vec<_> = snapshots.iter().map(|reports| borrowed(reports.as_ref())).collect();
        let latest: Vec<_> = snapshots.iter().map(|reports| Latest::of(reports.iter().copied())).collect();
        let mut diff = Self {
            schema_id: SchemaId::new(),
            producer: None,
            snapshots: Vec::new(),
            counts: ChangeCounts::default(),
            changes: Vec::new(),
            pool_changes: Vec::new(),
            flaps: Vec::new(),
            warnings: Vec::new(),
        };
        for (index, (reports, latest)) in (0..).zip(snapshots.iter().zip(&latest)) {
            diff.snapshots.push(SnapshotHead {
                reports: reports.iter().copied().map(ReportHead::of).collect(),
                record_count: count(latest.places.iter().map(|place| place.records.len()).sum()),
            });
            if least_complete(reports.iter().map(|report| report.completeness)) != Completeness::Complete {
                diff.warn(
                    ComparisonWarningCode::NotComplete,
                    index,
                    "the snapshot does not hold everything, or it is not known whether it does",
                );
            }
        }
        for (index, (reports, latest)) in (1..).zip(snapshots.windows(2).zip(latest.windows(2))) {
            if let ([old, new], [old_places, new_places]) = (reports, latest) {
                diff.warn_of(old, new, index);
                diff.compare(old_places, new_places, index);
            }
        }
        for change in &diff.changes {
            diff.counts.add(change);
        }
        diff.flaps = flaps(&diff.changes);
        diff
    }

    fn warn(&mut self, code: ComparisonWarningCode, snapshot: u32, message: impl Into<String>) {
        self.warnings.push(ComparisonWarning { code, snapshot, message: message.into() });
    }

    fn warn_of(&mut self, old: &[&HealthReport<'_>], new: &[&HealthReport<'_>], index: u32) {
        use ComparisonWarningCode::{AdaptersDiffer, OperationsDiffer, OrderReversed, ProducersDiffer};
        let mut differ = |code, what: &str, of: &dyn Fn(&HealthReport<'_>) -> Option<String>| {
            let all = |reports: &[&HealthReport<'_>]| reports.iter().copied().filter_map(of).collect::<BTreeSet<String>>();
            let (before, after) = (all(old), all(new));
            let differs = !before.is_empty() && !after.is_empty() && before != after;
            if differs {
                let list = |names: BTreeSet<String>| names.into_iter().collect::<Vec<_>>().join(", ");
                self.warn(code, index, format!("{what} {} before and {} after", list(before), list(after)));
            }
            differs
        };
        if !differ(AdaptersDiffer, "the snapshots are of", &|report| Some(report.adapter.to_string())) {
            differ(OperationsDiffer, "the snapshots are replies of", &|report| Some(report.operation.to_string()));
        }
        differ(ProducersDiffer, "the snapshots were written by", &|report| report.producer.as_deref().map(str::to_owned));
        let last =
            |reports: &[&HealthReport<'_>]| -> Option<Timestamp> { reports.iter().filter_map(|report| report.observed_at).max() };
        if let (Some(before), Some(after)) = (last(old), last(new))
            && after < before
        {
            self.warn(OrderReversed, index, format!("the newer snapshot was observed at {after}, the older one at {before}"));
        }
    }

    fn compare(&mut self, old: &Latest<'_, '_>, new: &Latest<'_, '_>, index: u32) {
        let first = self.changes.len();
        let listed = Listed { before: listed(old), after: listed(new) };
        let mut in_common = 0_usize;
        for place in &old.places {
            let after = new.get(place.pool_key);
            let about_it = new.about(place);
            in_common += usize::from(about_it.is_some());
            if let Some(after) = after.filter(|after| after.coverage() != place.coverage()) {
                let words = [place.coverage(), after.coverage()].map(|coverage| coverage.map_or("several", |word| word.as_str()));
                let message = format!("the coverage of pool {} is {} before and {} after", place.pool_key, words[0], words[1]);
                self.warn(ComparisonWarningCode::CoverageDiffers, index, message);
            }
            if [Some(place), after].into_iter().flatten().any(PoolAt::may_be_several) {
                let message = format!("several replies may be about several pools and are compared as one, {}", place.pool_key);
                self.warn(ComparisonWarningCode::NotToldApart, index, message);
            }
            self.pool_changes.extend(pool_change(Some(place), after, index));
            self.compare_place(place, about_it, &listed, index);
        }
        for place in new.places.iter().filter(|place| old.get(place.pool_key).is_none()) {
            self.pool_changes.extend(pool_change(None, Some(place), index));
            let absence = Absence::of(old.about(place), place, count(place.records.len()), false);
            let appeared = |record: &&BackendRecord<'_>| appeared(record, absence.of_backend(record, &listed.before), index);
            self.changes.extend(place.records.iter().filter_map(appeared));
        }
        if in_common == 0 && !old.places.is_empty() && !new.places.is_empty() {
            let message = "the snapshots have no pool at one place in common; are they of one load balancer?";
            self.warn(ComparisonWarningCode::NothingInCommon, index, message);
        }
        if let Some(changes) = self.changes.get_mut(first..) {
            changes.sort_by_key(|change| change.health_after.or(change.health_before));
        }
    }

    /// Compares one place.
    fn compare_place(&mut self, old: &PoolAt<'_, '_>, new: Option<&PoolAt<'_, '_>>, listed: &Listed<'_>, index: u32) {
        let new_records = new.map(|place| &*place.records).unwrap_or_default();
        let several: HashSet<&str> = repeated(&old.records).chain(repeated(new_records)).collect();
        let (old_records, new_records) = (numbered(&old.records, &several), numbered(new_records, &several));
        let before: HashMap<_, _> = old_records.iter().copied().collect();
        let after: HashSet<_> = new_records.iter().map(|(key, _)| *key).collect();
        let gone: Vec<_> = old_records.iter().filter(|(key, _)| !after.contains(key)).collect();
        let is_shared = gone.len() < old_records.len();
        let absence = Absence::of(new, old, count(gone.len()), is_shared);
        self.changes.extend(gone.iter().filter_map(|(_, record)| left(record, absence.of_backend(record, &listed.after), index)));
        let Some(new) = new else { return };
        let come = new_records.iter().filter(|(key, _)| !before.contains_key(key)).count();
        let absence = Absence::of(Some(old), new, count(come), is_shared);
        for (key, record) in new_records {
            self.changes.extend(match before.get(&key) {
                Some(earlier) => Change::of(record, index).compared(&Side::of(earlier), &Side::of(record)),
                None => appeared(record, absence.of_backend(record, &listed.before), index),
            });
        }
    }
}

/// The backends that each of two snapshots lists anywhere.
struct Listed<'r> {
    before: HashSet<InPool<'r>>,
    after: HashSet<InPool<'r>>,
}

/// What tells an observation from others: its key. Pools without a name can have one each with the same key, and those are told apart by
/// verdict and, where that is the same, by number.
type RecordIdentity<'r> = (&'r str, Option<(BackendHealth, Traffic)>, u32);

/// The keys that several records have.
fn repeated<'r>(records: &[&'r BackendRecord<'_>]) -> impl Iterator<Item = &'r str> + use<'r> {
    let mut met = HashSet::new();
    let again: Vec<&str> = records.iter().map(|record| &*record.record_key).filter(|key| !met.insert(*key)).collect();
    again.into_iter()
}

/// The records, each with what tells it from others; `several` are the keys that do not.
fn numbered<'r, 'a>(
    records: &[&'r BackendRecord<'a>],
    several: &HashSet<&str>,
) -> Vec<(RecordIdentity<'r>, &'r BackendRecord<'a>)> {
    let mut met: HashMap<(&str, Option<_>), u32> = HashMap::new();
    let numbered = records.iter().map(|record| {
        let key = &*record.record_key;
        let verdict = several.contains(key).then_some((record.health, record.traffic));
        let number = met.entry((key, verdict)).or_default();
        *number += 1;
        ((key, verdict, *number), *record)
    });
    numbered.collect()
}

/// What is known of an observation in one snapshot.
struct Side<'r> {
    said: Observation,
    reason: Option<crate::FailureReason>,
    vendor_reason: Option<&'r str>,
}

impl<'r> Side<'r> {
    fn of(record: &'r BackendRecord<'_>) -> Self {
        let said = Observation::of(record);
        Self { said, reason: record.cause.map(|cause| cause.reason), vendor_reason: record.evidence.reason.as_deref() }
    }

    const fn unlisted(said: Observation) -> Self {
        Self { said, reason: None, vendor_reason: None }
    }
}

fn appeared(record: &BackendRecord<'_>, absence: Absence, index: u32) -> Option<Change> {
    let change = Change::of(record, index);
    let after = Side::of(record);
    match absence {
        Absence::Unlisted(said) => {
            let message = format!("it was not listed before, and what the vendor did not list was {}", said.health);
            change.inferred(message).compared(&Side::unlisted(said), &after)
        }
        Absence::Absent(certainty, why) => Some(change.only(ChangeKind::Appeared, certainty, why).after(&after)),
    }
}

fn left(record: &BackendRecord<'_>, absence: Absence, index: u32) -> Option<Change> {
    let change = Change::of(record, index);
    let before = Side::of(record);
    match absence {
        Absence::Unlisted(said) => {
            let message = format!("it is not listed any more, and what the vendor does not list is {}", said.health);
            change.inferred(message).compared(&before, &Side::unlisted(said))
        }
        Absence::Absent(certainty, why) => Some(change.only(ChangeKind::Gone, certainty, why).before(&before)),
    }
}

impl Change {
    fn of(record: &BackendRecord<'_>, snapshot: u32) -> Self {
        let text = |text: &Option<std::borrow::Cow<'_, str>>| text.as_deref().map(str::to_owned);
        Self {
            snapshot,
            kinds: Vec::new(),
            certainty: Certainty::Exact,
            message: None,
            record_key: record.record_key.to_string(),
            backend_key: record.backend_key.to_string(),
            pool_key: record.pool_key.to_string(),
            listener_id: text(&record.listener_id),
            rule_id: text(&record.rule_id),
            pool_id: text(&record.pool_id),
            backend_id: text(&record.backend_id),
            address: text(&record.address),
            port: record.port,
            health_before: None,
            health_after: None,
            traffic_before: None,
            traffic_after: None,
            traffic_reason_before: None,
            traffic_reason_after: None,
            reason_before: None,
            reason_after: None,
            vendor_reason_before: None,
            vendor_reason_after: None,
        }
    }

    fn only(mut self, kind: ChangeKind, certainty: Certainty, why: Option<&str>) -> Self {
        self.kinds.push(kind);
        self.certainty = certainty;
        self.message = why.map(str::to_owned);
        self
    }

    fn inferred(mut self, message: String) -> Self {
        self.certainty = Certainty::Inferred;
        self.message = Some(message);
        self
    }

    fn before(mut self, side: &Side<'_>) -> Self {
        self.health_before = Some(side.said.health);
        self.traffic_before = Some(side.said.traffic);
        self.traffic_reason_before = side.said.traffic_reason;
        self.reason_before = side.reason;
        self.vendor_reason_before = side.vendor_reason.map(str::to_owned);
        self
    }

    fn after(mut self, side: &Side<'_>) -> Self {
        self.health_after = Some(side.said.health);
        self.traffic_after = Some(side.said.traffic);
        self.traffic_reason_after = side.said.traffic_reason;
        self.reason_after = side.reason;
        self.vendor_reason_after = side.vendor_reason.map(str::to_owned);
        self
    }

    /// What differs; nothing where nothing does.
    fn compared(mut self, before: &Side<'_>, after: &Side<'_>) -> Option<Self> {
        if before.said.health != after.said.health {
            let was_failing = matches!(before.said.health, BackendHealth::Unhealthy | BackendHealth::Degraded);
            let recovered = was_failing && after.said.health == BackendHealth::Healthy;
            self.kinds.push(if recovered { ChangeKind::Recovered } else { ChangeKind::HealthChanged });
        }
        if (before.said.traffic, before.said.traffic_reason) != (after.said.traffic, after.said.traffic_reason) {
            self.kinds.push(ChangeKind::TrafficChanged);
        }
        // Two words that this version does not know are two reasons.
        let unrecognized = |side: &Side<'_>| side.reason == Some(crate::FailureReason::Unrecognized);
        let vendor_differs = unrecognized(before) && unrecognized(after) && before.vendor_reason != after.vendor_reason;
        if before.reason != after.reason || vendor_differs {
            self.kinds.push(ChangeKind::ReasonChanged);
        }
        (!self.kinds.is_empty()).then(|| self.before(before).after(after))
    }
}

impl ChangeCounts {
    fn add(&mut self, change: &Change) {
        for kind in &change.kinds {
            let slot = match kind {
                ChangeKind::Appeared => &mut self.appeared_count,
                ChangeKind::Gone => &mut self.gone_count,
                ChangeKind::HealthChanged => &mut self.health_changed_count,
                ChangeKind::ReasonChanged => &mut self.reason_changed_count,
                ChangeKind::Recovered => &mut self.recovered_count,
                ChangeKind::TrafficChanged => &mut self.traffic_changed_count,
                ChangeKind::Unrecognized => continue,
            };
            *slot = slot.saturating_add(1);
        }
        if change.certainty == Certainty::Ambiguous {
            self.undetermined_count = self.undetermined_count.saturating_add(1);
        }
    }
}

/// What changed of a pool at a place.
fn pool_change(old: Option<&PoolAt<'_, '_>>, new: Option<&PoolAt<'_, '_>>, snapshot: u32) -> Option<PoolChange> {
    let place = new.or(old)?;
    let (before, after) = (old.and_then(|place| place.figures), new.and_then(|place| place.figures));
    let mut change = PoolChange {
        snapshot,
        kinds: Vec::new(),
        pool_key: place.pool_key.to_owned(),
        pool_id: place.pool.pool_id().map(str::to_owned),
        check_enabled_before: before.and_then(|pool| pool.check_enabled),
        check_enabled_after: after.and_then(|pool| pool.check_enabled),
        server_count_before: before.and_then(|pool| pool.server_count),
        server_count_after: after.and_then(|pool| pool.server_count),
        unlisted_health_before: before.and_then(|pool| pool.unlisted_health),
        unlisted_health_after: after.and_then(|pool| pool.unlisted_health),
        unlisted_traffic_before: before.and_then(|pool| pool.unlisted_traffic),
        unlisted_traffic_after: after.and_then(|pool| pool.unlisted_traffic),
    };
    let differing = [
        (change.check_enabled_before != change.check_enabled_after, PoolChangeKind::CheckChanged),
        (change.server_count_before != change.server_count_after, PoolChangeKind::ServerCountChanged),
        (change.unlisted_health_before != change.unlisted_health_after, PoolChangeKind::UnlistedHealthChanged),
        (change.unlisted_traffic_before != change.unlisted_traffic_after, PoolChangeKind::UnlistedTrafficChanged),
    ];
    change.kinds = match (old, new) {
        (None, _) => vec![PoolChangeKind::Appeared],
        (_, None) => vec![PoolChangeKind::Gone],
        _ => differing.into_iter().filter(|(differs, _)| *differs).map(|(_, kind)| kind).collect(),
    };
    (!change.kinds.is_empty()).then_some(change)
}

/// The observations whose health changed at least twice.
fn flaps(changes: &[Change]) -> Vec<Flap> {
    let mut all: Vec<Flap> = Vec::new();
    let mut by_key: HashMap<&str, usize> = HashMap::new();
    for change in changes {
        let (Some(before), Some(after)) = (change.health_before, change.health_after) else { continue };
        if before == after {
            continue;
        }
        let index = *by_key.entry(&change.record_key).or_insert_with(|| {
            all.push(Flap { record_key: change.record_key.clone(), change_count: 0, healths: Vec::new() });
            all.len() - 1
        });
        if let Some(flap) = all.get_mut(index) {
            flap.change_count += 1;
            if flap.healths.last() != Some(&before) {
                flap.healths.push(before);
            }
            flap.healths.push(after);
        }
    }
    all.retain(|flap| flap.change_count > 1);
    all.sort_by_key(|flap| std::cmp::Reverse(flap.change_count));
    all
}
