//! A health report completed by who is registered: the backends that the vendor did not list get records too.

use std::collections::{HashMap, HashSet};

use crate::merge::shifted;
use crate::{
    BackendHealth, BackendRecord, Cause, Certainty, Completeness, FailureReason, HealthReport, Inventory, InventoryMember,
    InventoryPool, PoolSummary, Registration, Scope, Source, Traffic, TrafficReason, Verdict, Warning, WarningCode,
};

/// An inventory by pool.
struct Known<'i, 'a> {
    inventory: &'i Inventory<'a>,
    /// Distinct members of every pool, in their order.
    members: HashMap<&'i str, Vec<&'i InventoryMember<'a>>>,
    /// How many sources the report had before.
    offset: usize,
}

impl<'i, 'a> Known<'i, 'a> {
    fn new(inventory: &'i Inventory<'a>, offset: usize) -> Self {
        let mut members: HashMap<_, Vec<_>> = HashMap::new();
        let mut seen = HashSet::new();
        for member in &inventory.members {
            if seen.insert(&member.backend_key) {
                members.entry(member.pool_id.as_deref().unwrap_or_default()).or_default().push(member);
            }
        }
        Self { inventory, members, offset }
    }

    fn members_of(&self, pool_id: Option<&str>) -> &[&'i InventoryMember<'a>] {
        self.members.get(pool_id.unwrap_or_default()).map(Vec::as_slice).unwrap_or_default()
    }

    fn is_complete(&self) -> bool {
        self.inventory.completeness == Completeness::Complete
    }

    /// Whether backends of the pool get traffic from other zones, where the inventory says so.
    fn cross_zone(&self, pool_id: Option<&str>) -> Option<bool> {
        self.pools_of(pool_id).find_map(|pool| pool.cross_zone)
    }

    /// Whether the pool is checked, where the inventory says so.
    fn check_enabled(&self, pool_id: Option<&str>) -> Option<bool> {
        self.pools_of(pool_id).find_map(|pool| pool.check.as_ref()?.enabled)
    }

    fn pools_of(&self, pool_id: Option<&str>) -> impl Iterator<Item = &'i InventoryPool<'a>> {
        self.inventory.pools.iter().filter(move |pool| pool_id.is_some() && pool.pool_id.as_deref() == pool_id)
    }
}

impl<'a> HealthReport<'a> {
    /// The report with a record for every backend of its pools that the vendor did not list.
    ///
    /// Such a backend is `HEALTHY`, `INFERRED` only if all of this holds: `unlisted_health` of the pool is `HEALTHY`, the inventory is
    /// complete, the backend is registered, its weight is not 0, and the pool has as many members as the vendor counts. Otherwise it is
    /// what its registration or the check switch says, or `UNKNOWN` with the warning `NOT_CONCLUSIVE`. Listed backends keep their
    /// verdict; weight, zone and the like come along from the inventory, and a weight of 0 makes `ELIGIBLE` into `EXCLUDED`.
    #[must_use]
    pub fn complete_with(mut self, inventory: &Inventory<'a>) -> Self {
        self.sources = Source::all_of(&self.sources, &self.operation, self.request_id.as_ref());
        let known = Known::new(inventory, self.sources.len());
        self.sources.extend(Source::all_of(&inventory.sources, &inventory.operation, inventory.request_id.as_ref()));
        self.warnings.extend(inventory.warnings.iter().cloned());
        self.bind_listeners(&known);
        let mut pools = std::mem::take(&mut self.pools);
        for pool in &mut pools {
            self.complete_pool(pool, &known);
        }
        self.pools = pools;
        if self.pools.is_empty() {
            self.refine_all(&known);
        }
        self.place_in_pools(&known);
        self
    }

    /// A record gets what all backends of its pool share: their kind, and their load balancer where there is just one.
    fn place_in_pools<'i>(&mut self, known: &Known<'i, 'a>) {
        let of_pool = |pool: &'i InventoryPool<'a>| Some((pool.pool_id.as_deref()?, pool));
        let pools: HashMap<&str, &InventoryPool<'a>> = known.inventory.pools.iter().filter_map(of_pool).collect();
        for record in &mut self.records {
            let Some(pool) = record.pool_id.as_deref().and_then(|id| pools.get(id)) else { continue };
            record.backend_kind = record.backend_kind.or(pool.backend_kind);
            if let (None, [only]) = (&record.load_balancer_id, pool.load_balancer_ids.as_slice()) {
                record.load_balancer_id = Some(only.clone());
            }
        }
    }

    /// A record that is not told apart by listener becomes one per listener that its pool is bound to.
    fn bind_listeners(&mut self, known: &Known<'_, 'a>) {
        let mut records = Vec::with_capacity(self.records.len());
        for record in std::mem::take(&mut self.records) {
            let listeners: Vec<_> = known.pools_of(record.pool_id.as_deref()).flat_map(|pool| &pool.listener_ids).collect();
            if record.scope != Scope::Pool || listeners.is_empty() || !self.pools.is_empty() {
                records.push(record);
                continue;
            }
            for listener in listeners {
                let mut bound = record.clone();
                bound.scope = Scope::Listener;
                bound.listener_id = Some(listener.clone());
                if bound.certainty == Certainty::Exact {
                    bound.certainty = Certainty::Inferred;
                }
                bound.set_keys(&self.adapter);
                for warning in self.warnings.iter_mut().filter(|warning| warning.record_key.as_ref() == Some(&record.record_key)) {
                    warning.record_key = None;
                }
                records.push(bound);
            }
        }
        self.records = records;
    }

    fn complete_pool(&mut self, pool: &mut PoolSummary<'a>, known: &Known<'_, 'a>) {
        let pool_id = pool.pool_id.clone();
        let members = known.members_of(pool_id.as_deref());
        let listed: Vec<BackendHealth> = self.at(pool).map(|record| record.health).collect();
        if pool.check_enabled.is_none() {
            pool.check_enabled = known.check_enabled(pool_id.as_deref());
            if pool.check_enabled.is_some() {
                pool.conclude(self.coverage, self.completeness, listed.iter().copied());
                // A contradiction between count and list was reported when the pool was read.
                let _ = pool.count(listed.into_iter());
            }
        }
        if members.is_empty() {
            return;
        }
        let total = u32::try_from(members.len()).unwrap_or(u32::MAX);
        let agrees = pool.server_count.is_none_or(|count| count == total);
        if !agrees && known.is_complete() {
            // What was concluded for the vendor's figure is not true of these members.
            if pool.unlisted_health == Some(BackendHealth::Healthy) {
                pool.unlisted_health = Some(BackendHealth::Unknown);
                let _ = pool.count(self.at(pool).map(|record| record.health).collect::<Vec<_>>().into_iter());
            }
            let value = pool.server_count.map(|count| count.to_string().into());
            let message = format!("the inventory has {total} members of the pool, so nothing is concluded from absence");
            self.warnings.push(Warning::new(WarningCode::CountContradictsInventory, pool.path.clone(), value, message));
        }
        self.refine_listed(pool, members, known);
        let listed: HashSet<String> = self.at(pool).map(|record| record.backend_key.to_string()).collect();
        for member in members.iter().filter(|member| !listed.contains(&*member.backend_key)) {
            self.add_unlisted(pool, member, agrees, known);
        }
        let all: Vec<BackendHealth> = self.at(pool).map(|record| record.health).collect();
        let is_everybody = match pool.server_count {
            Some(count) => usize::try_from(count) == Ok(all.len()),
            None => known.is_complete() && pool.listed_count.is_some(),
        };
        if agrees && is_everybody {
            pool.count_all(all.into_iter());
        }
    }

    /// The records of this pool at this place.
    fn at<'s>(&'s self, pool: &'s PoolSummary<'_>) -> impl Iterator<Item = &'s BackendRecord<'a>> {
        self.records.iter().filter(|record| record.pool_key == pool.pool_key)
    }

    /// Gives listed records what the inventory knows of them.
    fn refine_listed(&mut self, pool: &PoolSummary<'a>, members: &[&InventoryMember<'a>], known: &Known<'_, 'a>) {
        let by_key: HashMap<&str, &InventoryMember<'a>> = members.iter().map(|member| (&*member.backend_key, *member)).collect();
        let cross_zone = known.cross_zone(pool.pool_id.as_deref());
        for record in self.records.iter_mut().filter(|record| record.pool_key == pool.pool_key) {
            let Some(member) = by_key.get(&*record.backend_key) else {
                if known.is_complete() {
                    record.warn(WarningCode::NotInInventory);
                    let message = "the backend is listed and not in the inventory";
                    let mut warning = Warning::new(WarningCode::NotInInventory, record.evidence.path.clone(), None, message);
                    warning.record_key = Some(record.record_key.clone());
                    self.warnings.push(warning);
                }
                continue;
            };
            refine(record, member, cross_zone);
        }
    }

    /// Gives records of a report that says nothing of pools as wholes what the inventory knows of them.
    fn refine_all(&mut self, known: &Known<'_, 'a>) {
        let by_key: HashMap<&str, &InventoryMember<'a>> =
            known.inventory.members.iter().map(|member| (&*member.backend_key, member)).collect();
        for record in &mut self.records {
            if let Some(member) = by_key.get(&*record.backend_key) {
                refine(record, member, known.cross_zone(record.pool_id.as_deref()));
            }
        }
    }

    /// Adds a record for a backend that the vendor did not list.
    fn add_unlisted(&mut self, pool: &PoolSummary<'a>, member: &InventoryMember<'a>, agrees: bool, known: &Known<'_, 'a>) {
        let mut record = BackendRecord::new(&pool.place());
        record.backend_id.clone_from(&member.backend_id);
        fill(&mut record, member);
        record.port = member.port;
        let conclusion = conclude(pool, member, agrees && known.is_complete());
        let (traffic, traffic_reason) = traffic(conclusion.traffic, pool, member);
        let mut evidence = member.evidence.clone();
        evidence.source = shifted(evidence.source, known.offset);
        record.set_verdict(Verdict {
            health: conclusion.health,
            traffic,
            traffic_reason,
            cause: conclusion.cause,
            certainty: Certainty::Inferred,
            probe: None,
            evidence,
            warnings: Vec::new(),
        });
        record.set_keys(&self.adapter);
        if !conclusion.is_conclusive {
            record.warn(WarningCode::NotConclusive);
            let message = "the vendor did not list the backend, and what is known is not enough to call it healthy";
            let mut warning = Warning::new(WarningCode::NotConclusive, record.evidence.path.clone(), None, message);
            warning.record_key = Some(record.record_key.clone());
            self.warnings.push(warning);
        }
        self.records.push(record);
    }
}

/// What is concluded of a backend that the vendor did not list.
struct Conclusion {
    health: BackendHealth,
    traffic: Traffic,
    cause: Option<Cause>,
    is_conclusive: bool,
}

fn conclude(pool: &PoolSummary<'_>, member: &InventoryMember<'_>, inventory_is_whole: bool) -> Conclusion {
    let of = |health, traffic, cause| Conclusion { health, traffic, cause, is_conclusive: true };
    let weighs = member.weight != Some(0.0);
    match (pool.unlisted_health, member.registration) {
        (Some(BackendHealth::Unmonitored), _) => {
            let cause = Cause::new(FailureReason::HealthCheckDisabled, Certainty::Inferred);
            of(BackendHealth::Unmonitored, Traffic::Eligible, Some(cause))
        }
        (_, Registration::Registering) => {
            of(BackendHealth::Initializing, Traffic::Unknown, Some(Cause::new(FailureReason::Registering, Certainty::Exact)))
        }
        (_, Registration::Deregistering) => {
            of(BackendHealth::Draining, Traffic::Unknown, Some(Cause::new(FailureReason::Deregistering, Certainty::Exact)))
        }
        (Some(BackendHealth::Healthy), Registration::Registered) if weighs && inventory_is_whole => {
            of(BackendHealth::Healthy, Traffic::Eligible, None)
        }
        _ => Conclusion { health: BackendHealth::Unknown, traffic: Traffic::Unknown, cause: None, is_conclusive: false },
    }
}

/// What the pool and the weight make of the traffic.
fn traffic(given: Traffic, pool: &PoolSummary<'_>, member: &InventoryMember<'_>) -> (Traffic, Option<TrafficReason>) {
    match pool.unlisted_traffic {
        Some(Traffic::Mirrored) => (Traffic::Mirrored, Some(TrafficReason::Mirror)),
        _ if member.weight == Some(0.0) => (Traffic::Excluded, Some(TrafficReason::ZeroWeight)),
        Some(narrowed) => (given.narrowed_by(narrowed), None),
        None => (given, None),
    }
}

/// Gives a listed record what the inventory knows of its backend.
fn refine<'a>(record: &mut BackendRecord<'a>, member: &InventoryMember<'a>, cross_zone: Option<bool>) {
    // A reply that tells no weights calls a backend that passes its checks eligible, whatever its weight is.
    if record.weight.is_none() && member.weight == Some(0.0) && record.traffic == Traffic::Eligible {
        record.traffic = Traffic::Excluded;
        record.traffic_reason = Some(TrafficReason::ZeroWeight);
    }
    fill(record, member);
    if record.cause.map(|cause| cause.reason) == Some(FailureReason::NotInUse) {
        let reason = match (member.weight, cross_zone) {
            (Some(0.0), _) => Some(FailureReason::ZeroWeight),
            (Some(_), Some(false)) => Some(FailureReason::ZoneNotEnabled),
            _ => None,
        };
        record.cause = reason.map(|reason| Cause::new(reason, Certainty::Inferred)).or(record.cause);
    }
}

/// Fills what the record does not say itself.
fn fill<'a>(record: &mut BackendRecord<'a>, member: &InventoryMember<'a>) {
    record.backend_name = record.backend_name.take().or_else(|| member.backend_name.clone());
    record.backend_kind = record.backend_kind.or(member.backend_kind);
    record.instance_id = record.instance_id.take().or_else(|| member.instance_id.clone());
    record.address = record.address.take().or_else(|| member.address.clone());
    record.zone = record.zone.take().or_else(|| member.zone.clone());
    record.weight = record.weight.or(member.weight);
}
