//! Health reports as metrics.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Write};

use lbhealth::{
    BackendHealth, BackendRecord, Cause, Completeness, Coverage, HealthReport, Scope, Timestamp, Traffic, TrafficReason,
    WarningCode,
};

use super::exposition::{Family, Labels, end};
use super::listed::{Counts, Listed};
use crate::complain;

const BACKEND_HEALTH: Family = Family {
    name: "lbhealth_backend_health",
    unit: None,
    help: "What the health checks say of a backend at this place: 1 for the state that holds, 0 for every other.",
};
const BACKEND_TRAFFIC: Family = Family {
    name: "lbhealth_backend_traffic",
    unit: None,
    help: "Whether a backend gets new traffic at this place: 1 for the state that holds, 0 for every other.",
};
const BACKEND_CAUSE: Family = Family {
    name: "lbhealth_backend_cause_info",
    unit: None,
    help: "Why a backend is not plainly healthy, where that is known; always 1.",
};
const BACKEND_TRAFFIC_REASON: Family = Family {
    name: "lbhealth_backend_traffic_reason_info",
    unit: None,
    help: "Why a backend gets the traffic it gets, where health alone does not explain it; always 1.",
};
const BACKEND_INFO: Family =
    Family { name: "lbhealth_backend_info", unit: None, help: "What else is known of a backend, to join on record_key; always 1." };
const POOL_BACKENDS: Family = Family {
    name: "lbhealth_pool_backends",
    unit: None,
    help: "How many backends of a pool have this health, unnamed ones included; absent where that is not known.",
};
const POOL_SERVERS: Family = Family {
    name: "lbhealth_pool_servers",
    unit: None,
    help: "How many backends a pool has by the figure of the vendor; absent where it gives none.",
};
const REPLIES: Family = Family {
    name: "lbhealth_replies",
    unit: None,
    help: "How many replies were read, pages of one as one, by whether they were everything there is.",
};
const OBSERVED: Family = Family {
    name: "lbhealth_observed_timestamp_seconds",
    unit: Some("seconds"),
    help: "When the oldest of the replies was observed, in seconds since 1970; absent where nobody told.",
};
const WARNINGS: Family =
    Family { name: "lbhealth_warnings", unit: None, help: "How many times something was odd, by what it was." };

/// Metrics of all the reports of a run.
///
/// Every record and pool is held until the end, because all samples of a family have to stand together. Of two with the same key one
/// stands: two samples with the same labels would make the whole exposition invalid. It is the later one, as in a merge, unless the two may
/// be of different pools: then it is the graver record, and nobody knows how many backends a pool has. Whom a later list of everybody in the
/// pool leaves out is not there any more.
#[derive(Debug, Default)]
pub(crate) struct OpenMetrics {
    backends: Latest<Backend>,
    pools: Latest<Pool>,
    replies: BTreeMap<Labels, Replies>,
    warnings: BTreeMap<(Labels, WarningCode), u64>,
}

#[derive(Debug)]
struct Backend {
    labels: Labels,
    details: Labels,
    health: BackendHealth,
    traffic: Traffic,
    traffic_reason: Option<TrafficReason>,
    cause: Option<Cause>,
    observed_at: Option<Timestamp>,
    /// Whether the record says nothing of where it is observed.
    is_nameless: bool,
}

#[derive(Debug)]
struct Pool {
    labels: Labels,
    servers: Option<u32>,
    counts: Counts,
    observed_at: Option<Timestamp>,
    /// The keys of the records of its backends.
    records: HashSet<String>,
    /// Whom the report lists, and whether these are all of them.
    coverage: Coverage,
    is_whole: bool,
    /// Whether it is told by an id of its own, and not by what can have several pools.
    has_id: bool,
    /// The backends that it is known by; none where nothing names it, so that nobody knows whether another is the same.
    backends: Option<HashSet<String>>,
}

#[derive(Debug, Default)]
struct Replies {
    of: BTreeMap<Completeness, u64>,
    oldest: Option<Timestamp>,
}

impl OpenMetrics {
    pub(crate) fn add(&mut self, report: &HealthReport<'_>) {
        let adapter = Labels::default().with("adapter", Some(&report.adapter));
        for record in &report.records {
            let mut backend = backend(report, record);
            // One that was asked for by itself is told again.
            backend.is_nameless &= report.coverage != Coverage::Selected;
            self.backends.set(&record.record_key, backend, true, Backend::meet);
        }
        self.add_pools(report);
        let replies = self.replies.entry(adapter.clone().with("operation", Some(&report.operation))).or_default();
        *replies.of.entry(report.completeness).or_default() += 1;
        replies.oldest = [replies.oldest, report.observed_at].into_iter().flatten().min();
        for warning in &report.warnings {
            *self.warnings.entry((adapter.clone(), warning.code)).or_default() += 1;
        }
    }

    fn add_pools(&mut self, report: &HealthReport<'_>) {
        let listed = Listed::of(report);
        let mut known: HashMap<&str, Vec<&BackendRecord<'_>>> = HashMap::new();
        for record in &report.records {
            known.entry(&record.pool_key).or_default().push(record);
        }
        for pool in &report.pools {
            let ids = [&pool.load_balancer_id, &pool.listener_id, &pool.rule_id, &pool.pool_id];
            let records = known.remove(&*pool.pool_key).unwrap_or_default();
            let mut place = Pool::of(report, &pool.pool_key, pool.scope, ids, &records);
            (place.servers, place.counts) = (pool.server_count, listed.counts(pool));
            self.add_pool(&pool.pool_key, place);
        }
        // Of these the report says nothing as wholes.
        for first in &report.records {
            let Some(records) = known.remove(&*first.pool_key) else { continue };
            let ids = [&first.load_balancer_id, &first.listener_id, &first.rule_id, &first.pool_id];
            let mut place = Pool::of(report, &first.pool_key, first.scope, ids, &records);
            place.counts = listed.counted(&first.pool_key);
            self.add_pool(&first.pool_key, place);
        }
    }

    fn add_pool(&mut self, key: &str, pool: Pool) {
        // One that tells nothing of the pool as a whole is no second one.
        let is_told = pool.servers.is_some() || !pool.counts.is_empty();
        let mut gone = Vec::new();
        self.pools.set(key, pool, is_told, |earlier, later| gone = earlier.meet(later));
        for key in &gone {
            self.backends.remove(key);
        }
    }

    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        for (repeated, what) in [(self.backends.repeated, "records"), (self.pools.repeated, "pools")] {
            if repeated > 0 {
                complain(&format!("{repeated} {what} have the key of an earlier one; only one of each key has metrics"));
            }
        }
        let backends = || self.backends.values.iter().flatten();
        BACKEND_HEALTH
            .write(out, backends().flat_map(|backend| states("health", BackendHealth::ALL, &backend.labels, backend.health)))?;
        BACKEND_TRAFFIC
            .write(out, backends().flat_map(|backend| states("traffic", Traffic::ALL, &backend.labels, backend.traffic)))?;
        BACKEND_CAUSE.write(
            out,
            backends().filter_map(|backend| {
                let Cause { reason, phase, certainty, .. } = backend.cause?;
                let labels = backend.labels.clone().with("reason", Some(reason));
                Some((labels.with("phase", Some(phase)).with("certainty", Some(certainty)), 1))
            }),
        )?;
        BACKEND_TRAFFIC_REASON.write(
            out,
            backends().filter_map(|backend| Some((backend.labels.clone().with("reason", Some(backend.traffic_reason?)), 1))),
        )?;
        BACKEND_INFO.write(out, backends().map(|backend| (backend.details.clone(), 1)))?;
        POOL_BACKENDS.write(
            out,
            self.pools.values.iter().flatten().flat_map(|pool| {
                pool.counts.iter().map(|(health, count)| (pool.labels.clone().with("health", Some(health)), count))
            }),
        )?;
        POOL_SERVERS
            .write(out, self.pools.values.iter().flatten().filter_map(|pool| Some((pool.labels.clone(), pool.servers?))))?;
        REPLIES.write(
            out,
            self.replies.iter().flat_map(|(labels, replies)| {
                Completeness::ALL.iter().map(|word| {
                    (labels.clone().with("completeness", Some(word)), replies.of.get(word).copied().unwrap_or_default())
                })
            }),
        )?;
        OBSERVED
            .write(out, self.replies.iter().filter_map(|(labels, replies)| Some((labels.clone(), seconds(replies.oldest?)))))?;
        WARNINGS
            .write(out, self.warnings.iter().map(|((labels, code), count)| (labels.clone().with("code", Some(code)), count)))?;
        end(out)
    }
}

/// Ids only, which do not change from run to run. The key comes first: it alone tells samples apart.
fn backend(report: &HealthReport<'_>, record: &BackendRecord<'_>) -> Backend {
    let key = Labels::default().with("record_key", Some(&record.record_key));
    let labels = key
        .clone()
        .with("adapter", Some(&report.adapter))
        .with("load_balancer_id", record.load_balancer_id.as_ref())
        .with("listener_id", record.listener_id.as_ref())
        .with("rule_id", record.rule_id.as_ref())
        .with("pool_id", record.pool_id.as_ref())
        .with("backend_id", record.backend_id.as_ref())
        .with("address", record.address.as_ref())
        .with("port", record.port);
    let details = key
        .with("backend_key", Some(&record.backend_key))
        .with("pool_key", Some(&record.pool_key))
        .with("backend_name", record.backend_name.as_ref())
        .with("instance_id", record.instance_id.as_ref())
        .with("zone", record.zone.as_ref());
    let BackendRecord { health, traffic, traffic_reason, cause, .. } = *record;
    let ids = [&record.load_balancer_id, &record.listener_id, &record.rule_id, &record.pool_id];
    let is_nameless = ids.into_iter().all(Option::is_none);
    Backend { labels, details, health, traffic, traffic_reason, cause, observed_at: report.observed_at, is_nameless }
}

impl Backend {
    /// Of two with one key the later stands, unless they may be of two pools.
    fn meet(&mut self, other: Self) {
        let stands = if self.is_nameless {
            other.health.severity() <= self.health.severity()
        } else {
            !is_older(other.observed_at, self.observed_at)
        };
        if stands {
            *self = other;
        }
    }
}

/// Whether both are told, and the one is before the other.
fn is_older(one: Option<Timestamp>, other: Option<Timestamp>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one < other)
}

impl Pool {
    /// What these records of a report tell of the pool, without figures.
    fn of(
        report: &HealthReport<'_>,
        key: &str,
        scope: Scope,
        ids: [&Option<Cow<'_, str>>; 4],
        records: &[&BackendRecord<'_>],
    ) -> Self {
        let [load_balancer, _, _, pool] = ids;
        // Some load balancers have their backends in no pool.
        let is_named = pool.is_some() || (scope == Scope::LoadBalancer && load_balancer.is_some());
        Self {
            labels: at_pool(&report.adapter, key, ids),
            servers: None,
            counts: Counts::new(),
            observed_at: report.observed_at,
            records: records.iter().map(|record| record.record_key.to_string()).collect(),
            coverage: report.coverage,
            is_whole: report.lists_everybody(),
            has_id: pool.is_some(),
            backends: is_named.then(|| records.iter().map(|record| record.backend_key.to_string()).collect()),
        }
    }

    /// Of two with one key the later stands, without its figures where the two may be two pools. Gives the keys of the records of those that
    /// are not in the pool any more.
    fn meet(&mut self, mut later: Self) -> Vec<String> {
        if is_older(later.observed_at, self.observed_at) {
            std::mem::swap(self, &mut later);
        }
        let are_related = |one: &HashSet<String>, other: &HashSet<String>| {
            one.is_empty() || other.is_empty() || one.iter().any(|key| other.contains(key))
        };
        // Of those that are not plainly normal, and of those that are asked for, others are listed each time.
        let lists_some = later.coverage != Coverage::All || self.coverage == Coverage::Selected;
        let both = self.backends.as_ref().zip(later.backends.as_ref());
        let is_same = both.is_some_and(|(one, other)| lists_some || are_related(one, other));
        let mut earlier = std::mem::replace(self, later);
        if is_same && self.is_whole && (self.has_id || is_older(earlier.observed_at, self.observed_at)) {
            return earlier.records.into_iter().filter(|key| !self.records.contains(key)).collect();
        }
        self.records.extend(earlier.records);
        self.backends = self.backends.take().zip(earlier.backends.take()).map(|(own, other)| &own | &other);
        if !is_same {
            (self.servers, self.counts, self.backends) = (None, Counts::new(), None);
        }
        Vec::new()
    }
}

/// The labels of a pool at a place: its key, and the ids of load balancer, listener, rule and pool.
fn at_pool(adapter: &str, key: &str, [load_balancer, listener, rule, pool]: [&Option<Cow<'_, str>>; 4]) -> Labels {
    Labels::default()
        .with("pool_key", Some(key))
        .with("adapter", Some(adapter))
        .with("load_balancer_id", load_balancer.as_ref())
        .with("listener_id", listener.as_ref())
        .with("rule_id", rule.as_ref())
        .with("pool_id", pool.as_ref())
}

/// One sample for every state.
fn states<T: Copy + PartialEq + std::fmt::Display>(
    name: &'static str,
    all: &'static [T],
    labels: &Labels,
    held: T,
) -> impl Iterator<Item = (Labels, u8)> {
    all.iter().map(move |state| (labels.clone().with(name, Some(state)), u8::from(*state == held)))
}

/// Exact, which a floating-point number is not always.
fn seconds(time: Timestamp) -> String {
    let millisecond = time.as_millisecond();
    let sign = if millisecond < 0 { "-" } else { "" };
    format!("{sign}{}.{:03}", millisecond.unsigned_abs() / 1000, millisecond.unsigned_abs() % 1000)
}

/// One value of every key, in the order in which the keys came.
#[derive(Debug)]
struct Latest<T> {
    /// None where a value was taken away.
    values: Vec<Option<T>>,
    places: HashMap<String, usize>,
    repeated: u64,
}

impl<T> Default for Latest<T> {
    fn default() -> Self {
        Self { values: Vec::new(), places: HashMap::new(), repeated: 0 }
    }
}

impl<T> Latest<T> {
    /// `meet` says what becomes of a value that is there already, and `counts` whether that is told.
    fn set(&mut self, key: &str, value: T, counts: bool, meet: impl FnOnce(&mut T, T)) {
        if let Some(Some(slot)) = self.places.get(key).and_then(|place| self.values.get_mut(*place)) {
            meet(slot, value);
            self.repeated += u64::from(counts);
        } else {
            self.places.insert(key.to_owned(), self.values.len());
            self.values.push(Some(value));
        }
    }

    fn remove(&mut self, key: &str) {
        if let Some(slot) = self.places.remove(key).and_then(|place| self.values.get_mut(place)) {
            *slot = None;
        }
    }
}
