//! Health reports as metrics.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Write};

use lbhealth::{
    BackendHealth, BackendRecord, Cause, Completeness, Coverage, HealthReport, Timestamp, Traffic, TrafficReason, WarningCode,
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
/// All answers are held until the end, because all samples of a family have to stand together, and only what no later list took the place of
/// has samples. Of two records or pools with the same key one stands: two samples with the same labels would make the whole exposition
/// invalid. It is the later one, unless the two may be of different pools: then it is the graver record, and nobody knows how many backends
/// a pool has.
#[derive(Debug, Default)]
pub(crate) struct OpenMetrics {
    answers: Vec<HealthReport<'static>>,
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
    /// Whether the record says nothing of where it is observed.
    is_nameless: bool,
}

#[derive(Debug)]
struct Pool {
    labels: Labels,
    servers: Option<u32>,
    counts: Counts,
    /// Whether only those are listed that are not plainly normal, which are others each time.
    lists_some: bool,
}

#[derive(Debug, Default)]
struct Replies {
    of: BTreeMap<Completeness, u64>,
    oldest: Option<Timestamp>,
}

impl OpenMetrics {
    pub(crate) fn hold(&mut self, answer: HealthReport<'static>) {
        let adapter = Labels::default().with("adapter", Some(&answer.adapter));
        let replies = self.replies.entry(adapter.clone().with("operation", Some(&answer.operation))).or_default();
        *replies.of.entry(answer.completeness).or_default() += 1;
        replies.oldest = [replies.oldest, answer.observed_at].into_iter().flatten().min();
        for warning in &answer.warnings {
            *self.warnings.entry((adapter.clone(), warning.code)).or_default() += 1;
        }
        self.answers.push(answer);
    }

    fn add(&mut self, report: &HealthReport<'_>) {
        for record in &report.records {
            let mut backend = backend(&report.adapter, record);
            // One that was asked for by itself is told again.
            backend.is_nameless &= report.coverage != Coverage::Selected;
            self.backends.set(&record.record_key, backend, Backend::meet);
        }
        let listed = Listed::of(report);
        let lists_some = report.coverage == Coverage::NonHealthyOnly;
        for pool in &report.pools {
            let ids = [&pool.load_balancer_id, &pool.listener_id, &pool.rule_id, &pool.pool_id];
            let labels = at_pool(&report.adapter, &pool.pool_key, ids);
            let counts = listed.counts(pool);
            self.pools.set(&pool.pool_key, Pool { labels, servers: pool.server_count, counts, lists_some }, Pool::meet);
        }
        let summarized: HashSet<&str> = report.pools.iter().map(|pool| &*pool.pool_key).collect();
        for (record, counts) in listed.pools.into_iter().filter(|(record, _)| !summarized.contains(&*record.pool_key)) {
            let ids = [&record.load_balancer_id, &record.listener_id, &record.rule_id, &record.pool_id];
            let labels = at_pool(&report.adapter, &record.pool_key, ids);
            self.pools.set(&record.pool_key, Pool { labels, servers: None, counts, lists_some }, Pool::meet);
        }
        if !report.lists_everybody() {
            // The figures of an earlier reply are not those of backends of which this one says something else.
            let others = report.records.iter().filter(|record| !summarized.contains(&*record.pool_key));
            others.for_each(|record| self.pools.change(&record.pool_key, Pool::forget_figures));
        }
    }

    pub(crate) fn write(&mut self, out: &mut impl Write) -> io::Result<()> {
        for report in HealthReport::latest(std::mem::take(&mut self.answers)) {
            self.add(&report);
        }
        for (repeated, what) in [(self.backends.repeated, "records"), (self.pools.repeated, "pools")] {
            if repeated > 0 {
                complain(&format!("{repeated} {what} have the key of an earlier one; only one of each key has metrics"));
            }
        }
        let backends = &self.backends.values;
        BACKEND_HEALTH.write(
            out,
            backends.iter().flat_map(|backend| states("health", BackendHealth::ALL, &backend.labels, backend.health)),
        )?;
        BACKEND_TRAFFIC
            .write(out, backends.iter().flat_map(|backend| states("traffic", Traffic::ALL, &backend.labels, backend.traffic)))?;
        BACKEND_CAUSE.write(
            out,
            backends.iter().filter_map(|backend| {
                let Cause { reason, phase, certainty, .. } = backend.cause?;
                let labels = backend.labels.clone().with("reason", Some(reason));
                Some((labels.with("phase", Some(phase)).with("certainty", Some(certainty)), 1))
            }),
        )?;
        BACKEND_TRAFFIC_REASON.write(
            out,
            backends.iter().filter_map(|backend| Some((backend.labels.clone().with("reason", Some(backend.traffic_reason?)), 1))),
        )?;
        BACKEND_INFO.write(out, backends.iter().map(|backend| (backend.details.clone(), 1)))?;
        POOL_BACKENDS.write(
            out,
            self.pools.values.iter().flat_map(|pool| {
                pool.counts.iter().map(|(health, count)| (pool.labels.clone().with("health", Some(health)), count))
            }),
        )?;
        POOL_SERVERS.write(out, self.pools.values.iter().filter_map(|pool| Some((pool.labels.clone(), pool.servers?))))?;
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
fn backend(adapter: &str, record: &BackendRecord<'_>) -> Backend {
    let key = Labels::default().with("record_key", Some(&record.record_key));
    let labels = key
        .clone()
        .with("adapter", Some(adapter))
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
    Backend { labels, details, health, traffic, traffic_reason, cause, is_nameless }
}

impl Backend {
    /// Of two with one key the later stands, unless they may be of two pools.
    fn meet(&mut self, later: Self) {
        if !self.is_nameless || later.health.severity() <= self.health.severity() {
            *self = later;
        }
    }
}

impl Pool {
    /// Of two with one key the later stands, without its figures where the two may be two pools: a list of everybody takes the place of an
    /// earlier one of the same pool.
    fn meet(&mut self, later: Self) {
        *self = later;
        if !self.lists_some {
            self.forget_figures();
        }
    }

    fn forget_figures(&mut self) {
        (self.servers, self.counts) = (None, Counts::new());
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
    values: Vec<T>,
    places: HashMap<String, usize>,
    repeated: u64,
}

impl<T> Default for Latest<T> {
    fn default() -> Self {
        Self { values: Vec::new(), places: HashMap::new(), repeated: 0 }
    }
}

impl<T> Latest<T> {
    /// Changes the value of a key, if there is one.
    fn change(&mut self, key: &str, change: impl FnOnce(&mut T)) {
        if let Some(slot) = self.places.get(key).and_then(|place| self.values.get_mut(*place)) {
            change(slot);
        }
    }

    /// `meet` says what becomes of a value that is there already.
    fn set(&mut self, key: &str, value: T, meet: impl FnOnce(&mut T, T)) {
        if let Some(slot) = self.places.get(key).and_then(|place| self.values.get_mut(*place)) {
            meet(slot, value);
            self.repeated += 1;
        } else {
            self.places.insert(key.to_owned(), self.values.len());
            self.values.push(value);
        }
    }
}
