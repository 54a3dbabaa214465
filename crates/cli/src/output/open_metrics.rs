//! Health reports as metrics.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use lbhealth::{
    BackendHealth, BackendRecord, Cause, Completeness, HealthReport, LatestPool, Timestamp, Traffic, TrafficReason, WarningCode,
    latest_pools,
};

use super::exposition::{Family, Labels, end};
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
/// has samples.
#[derive(Debug, Default)]
pub(crate) struct OpenMetrics {
    answers: Vec<HealthReport<'static>>,
    replies: BTreeMap<Labels, Replies>,
    warnings: BTreeMap<(Labels, WarningCode), u64>,
}

/// What has samples.
///
/// Of two records with the same key one stands: two samples with the same labels would make the whole exposition invalid. It is the later
/// one, unless the two may be of different pools: then it is the graver.
#[derive(Debug, Default)]
struct Samples {
    backends: Vec<Backend>,
    /// Where the backend of each record key is.
    places: HashMap<String, usize>,
    /// How many records had the key of an earlier one.
    repeated: u64,
    pools: Vec<Pool>,
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
    counts: Option<Vec<(BackendHealth, u32)>>,
}

#[derive(Debug, Default)]
struct Replies {
    of: BTreeMap<Completeness, u64>,
    oldest: Option<Timestamp>,
}

impl Samples {
    fn of(reports: &[HealthReport<'_>]) -> Self {
        let mut samples = Self::default();
        for pool in latest_pools(reports) {
            for record in &pool.records {
                samples.add(&record.record_key, backend(pool.adapter, record));
            }
            samples.pools.push(Pool { labels: at_pool(&pool), servers: pool.server_count, counts: pool.health_counts });
        }
        samples
    }

    fn add(&mut self, key: &str, backend: Backend) {
        let known = self.places.get(key).and_then(|place| self.backends.get_mut(*place));
        let Some(known) = known else {
            self.places.insert(key.to_owned(), self.backends.len());
            self.backends.push(backend);
            return;
        };
        self.repeated += 1;
        if !known.is_nameless || backend.health.severity() <= known.health.severity() {
            *known = backend;
        }
    }
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

    pub(crate) fn write(&mut self, out: &mut impl Write) -> io::Result<()> {
        let answers = std::mem::take(&mut self.answers);
        let Samples { backends, pools, repeated, .. } = Samples::of(&answers);
        if repeated > 0 {
            complain(&format!("{repeated} records have the key of an earlier one; only one of each key has metrics"));
        }
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
            pools.iter().flat_map(|pool| {
                let counts = pool.counts.iter().flatten();
                counts.map(|(health, count)| (pool.labels.clone().with("health", Some(health)), count))
            }),
        )?;
        POOL_SERVERS.write(out, pools.iter().filter_map(|pool| Some((pool.labels.clone(), pool.servers?))))?;
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

/// The labels of a pool at a place: its key, and the ids of load balancer, listener, rule and pool.
fn at_pool(pool: &LatestPool<'_, '_>) -> Labels {
    Labels::default()
        .with("pool_key", Some(pool.pool_key))
        .with("adapter", Some(pool.adapter))
        .with("load_balancer_id", pool.place.load_balancer_id.as_ref())
        .with("listener_id", pool.place.listener_id.as_ref())
        .with("rule_id", pool.place.rule_id.as_ref())
        .with("pool_id", pool.place.pool_id.as_ref())
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
