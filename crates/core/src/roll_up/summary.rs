//! Many backends in one verdict, with the figures behind it and the records that decided it.

use std::borrow::Borrow;
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::model::schema_id::{Published, SchemaId};
use crate::roll_up::policy::{Parts, Tally, first_that_holds};
use crate::roll_up::{Latest, Observation, Pool, borrowed};
use crate::{
    BackendCounts, BackendHealth, BackendRecord, Completeness, Coverage, FailureReason, HealthReport, Policy, Rating, Standing,
    StandingCounts, Timestamp, Traffic, TrafficReason, VerdictReason,
};

/// What health reports come to under a policy: counts and a verdict, per pool and in all.
///
/// Backends are counted by `backend_key`, so one that several listeners observe counts once. Backends that a vendor counts and does not
/// name count once per pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Summary {
    /// Says that this is a summary of this major version.
    pub schema_id: SchemaId<Summary>,
    /// Program and version that wrote the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub producer: Option<String>,
    /// The policy: `halves`, `worst`, `any-eligible`, `quorum:N` or `quorum:P%`.
    pub policy: String,
    /// Version of the policy's rules.
    pub policy_version: u32,
    /// The verdict on the whole.
    pub verdict: Rating,
    /// Why it is so.
    pub reason: VerdictReason,
    /// The same for people, in English. The text may change at any time.
    pub message: String,
    /// The backends of all pools.
    pub counts: BackendCounts,
    /// How they count under the policy.
    pub standing: StandingCounts,
    /// The pools that decided the verdict on the whole, in the order of `pools`; none where it is `OK`.
    pub deciding_pools: Vec<DecidingPool>,
    /// The pools, the most pressing first.
    pub pools: Vec<SummaryPool>,
    /// The reports that were read, in their order.
    pub reports: Vec<ReportHead>,
}

impl Published for Summary {
    const SCHEMA_ID: &'static str = "urn:lbhealth:v1:summary";
}

/// A pool that decided the verdict on the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DecidingPool {
    /// Id of the adapter.
    pub adapter: String,
    /// Id of the pool; absent where the replies name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pool_id: Option<String>,
    /// Why the pool has its verdict.
    pub reason: VerdictReason,
}

/// A pool, wherever it is observed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SummaryPool {
    /// Id of the adapter.
    pub adapter: String,
    /// Id of the pool; absent where the replies name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pool_id: Option<String>,
    /// Keys of the pool at the places where it is observed, as in the reports.
    pub pool_keys: Vec<String>,
    /// Which backends the replies list at all; absent where they differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// Whether the replies hold everything.
    pub completeness: Completeness,
    /// The verdict.
    pub verdict: Rating,
    /// Why it is so.
    pub reason: VerdictReason,
    /// The same for people, in English. The text may change at any time.
    pub message: String,
    /// The backends.
    pub counts: BackendCounts,
    /// How they count under the policy.
    pub standing: StandingCounts,
    /// The observations that decided it, the worst first; none where the verdict is `OK`.
    pub deciding_records: Vec<DecidingRecord>,
    /// How many of the backends that decided it the vendor does not name.
    pub deciding_unlisted_count: u32,
}

/// An observation that decided the verdict on its pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DecidingRecord {
    /// Key of the record.
    pub record_key: String,
    /// Key of the backend.
    pub backend_key: String,
    /// Id that the load balancer gives the backend.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend_id: Option<String>,
    /// IP address or name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Port that gets the traffic; absent where it is not fixed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// How the observation counts.
    pub standing: Standing,
    /// What the checks say.
    pub health: BackendHealth,
    /// Whether the backend gets new traffic.
    pub traffic: Traffic,
    /// Why the traffic is so, where health alone does not explain it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traffic_reason: Option<TrafficReason>,
    /// The reason of the record's cause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause_reason: Option<FailureReason>,
}

/// A health report that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ReportHead {
    /// Id of the adapter.
    pub adapter: String,
    /// The vendor's name of the operation.
    pub operation: String,
    /// The vendor's id of the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// When the caller observed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed_at: Option<Timestamp>,
    /// Which backends the operation lists at all.
    pub coverage: Coverage,
    /// Whether this is everything the operation has to say.
    pub completeness: Completeness,
}

impl ReportHead {
    pub(crate) fn of(report: &HealthReport<'_>) -> Self {
        Self {
            adapter: report.adapter.to_string(),
            operation: report.operation.to_string(),
            request_id: report.request_id.as_deref().map(str::to_owned),
            observed_at: report.observed_at,
            coverage: report.coverage,
            completeness: report.completeness,
        }
    }
}

impl HealthReport<'_> {
    /// What the report comes to under this policy. [`Summary::of`] takes several.
    pub fn summary(&self, policy: Policy) -> Summary {
        Summary::of(std::slice::from_ref(self), policy)
    }
}

impl Summary {
    /// What reports, owned, boxed or borrowed, come to under this policy: of several listeners, load balancers or vendors, in the order in
    /// which they were made.
    ///
    /// Where one place stands in several reports, the latest stands, unless it only has what was asked for. Pages of one answer are
    /// merged before, by `lbhealth::merge` or `lbhealth::join_pages`. [`HealthReport::merge`] and [`HealthReport::join_pages`] leave to
    /// [`HealthReport::conclude`] what only the whole tells, such as that a pool fails open.
    pub fn of<'a, R: Borrow<HealthReport<'a>>>(reports: &[R], policy: Policy) -> Self {
        let reports = borrowed(reports);
        Self::asked(&Latest::of(reports.iter().copied()), &reports, policy, true, NOTHING_TOLD)
    }

    /// The same; `of_any_pool` says whether it is asked of any pool there is, not of those that are named, and `nothing_told` what a report
    /// leaves open that tells of none of them.
    pub(crate) fn asked(
        latest: &Latest<'_, '_>,
        reports: &[&HealthReport<'_>],
        policy: Policy,
        of_any_pool: bool,
        nothing_told: &str,
    ) -> Self {
        let mut pools: Vec<SummaryPool> = latest.pools().iter().map(|pool| SummaryPool::of(pool, policy)).collect();
        pools.sort_by_key(urgency);
        let mut summary = Self {
            schema_id: SchemaId::new(),
            producer: None,
            policy: policy.to_string(),
            policy_version: policy.version(),
            verdict: Rating::Unknown,
            reason: VerdictReason::NoPool,
            message: "there is no pool to judge".to_owned(),
            counts: BackendCounts { backend_count: Some(0), ..BackendCounts::default() },
            standing: StandingCounts::default(),
            deciding_pools: Vec::new(),
            pools: Vec::new(),
            reports: reports.iter().copied().map(ReportHead::of).collect(),
        };
        for pool in &pools {
            summary.counts.add_all(&pool.counts);
            summary.standing.add_all(&pool.standing);
        }
        if let Some(worst) = pools.first() {
            summary.decide(worst, &pools);
        } else {
            summary.counts.backend_count = None;
        }
        let any = |is: fn(&HealthReport<'_>) -> bool| reports.iter().copied().any(is);
        let untold = match summary.verdict {
            Rating::Critical | Rating::Unknown => None,
            _ if any(tells_nothing) => Some(nothing_told),
            _ if of_any_pool && any(hides_an_empty_pool) => Some(UNNAMED_EMPTY_POOL),
            // What is known to be wrong comes before what is not known.
            Rating::Ok if of_any_pool && any(can_lack_pools) => Some("a report that is not complete can lack whole pools"),
            _ => None,
        };
        if let Some(why) = untold {
            summary.verdict = Rating::Unknown;
            summary.reason = VerdictReason::TotalUnknown;
            summary.deciding_pools.clear();
            summary.message = format!("{why}; {}", summary.message(&pools));
        }
        summary.pools = pools;
        summary
    }

    /// The most pressing pool decides.
    fn decide(&mut self, worst: &SummaryPool, pools: &[SummaryPool]) {
        self.verdict = worst.verdict;
        let deciding = deciding(pools);
        self.reason = match worst.verdict {
            Rating::Ok if deciding.iter().all(|pool| pool.reason == VerdictReason::AllUp) => VerdictReason::AllUp,
            Rating::Ok => VerdictReason::EnoughUp,
            _ => VerdictReason::WorstPool,
        };
        if worst.verdict != Rating::Ok {
            let head = |pool: &SummaryPool| {
                let (adapter, pool_id) = (pool.adapter.clone(), pool.pool_id.clone());
                DecidingPool { adapter, pool_id, reason: pool.reason }
            };
            self.deciding_pools = deciding.iter().map(head).collect();
        }
        self.message = self.message(pools);
    }

    fn message(&self, pools: &[SummaryPool]) -> String {
        let are_asked = !pools.is_empty() && pools.iter().all(|pool| pool.coverage == Some(Coverage::Selected));
        let figures = figures(&self.standing, known_of(self.counts.backend_count.is_some(), are_asked));
        let all = pools.len();
        let pools_text = match self.deciding_pools.len() {
            0 => format!("in {all} {}", if all == 1 { "pool" } else { "pools" }),
            deciding => format!("{deciding} of {all} {} {}", if all == 1 { "pool" } else { "pools" }, self.verdict),
        };
        format!("{figures}; {pools_text}")
    }
}

/// What pools are sorted by, the most pressing first: ratings are declared so, and pools that serve nobody come last.
fn urgency(pool: &SummaryPool) -> (bool, Rating) {
    (pool.reason == VerdictReason::NotServing, pool.verdict)
}

/// The pools that decide, of those of a summary.
pub(crate) fn deciding(pools: &[SummaryPool]) -> &[SummaryPool] {
    pools.chunk_by(|one, other| urgency(one) == urgency(other)).next().unwrap_or_default()
}

/// Of a report that tells of no pool because it is not whole, it is not known which pools it would tell of.
pub(crate) fn tells_nothing(report: &HealthReport<'_>) -> bool {
    report.completeness == Completeness::Incomplete && report.records.is_empty() && report.pools.is_empty()
}

pub(crate) const UNNAMED_EMPTY_POOL: &str = "a report about one pool lists nobody, and does not name the pool";

/// Of a pool that is not named and lists nobody, nothing would tell.
pub(crate) fn hides_an_empty_pool(report: &HealthReport<'_>) -> bool {
    report.of_one_pool && report.coverage != Coverage::Selected && report.records.is_empty() && report.pools.is_empty()
}

/// What is missing from a report that is not whole can be a pool of which it tells nothing.
fn can_lack_pools(report: &HealthReport<'_>) -> bool {
    report.completeness != Completeness::Complete && report.coverage != Coverage::Selected && !report.of_one_pool
}

pub(crate) const NOTHING_TOLD: &str = "a report that is not complete tells of no pool at all";

/// Of which backends figures tell, where it is not of all.
const fn known_of(is_total: bool, are_asked: bool) -> &'static str {
    match (is_total, are_asked) {
        (false, _) => "of those known: ",
        (true, true) => "of those asked for: ",
        (true, false) => "",
    }
}

/// How many are up, and what the others are.
fn figures(standing: &StandingCounts, known: &str) -> String {
    let mut text = match standing.in_service() {
        0 => format!("{known}none in service"),
        in_service => format!("{known}{} of {in_service} in service up", standing.up_count),
    };
    let others = [
        (standing.flagged_count, "flagged"),
        (standing.undecided_count, "undecided"),
        (standing.down_count, "down"),
        (standing.aside_count, "aside"),
    ];
    for (count, word) in others.into_iter().filter(|(count, _)| *count > 0) {
        // Writing to a `String` cannot fail.
        let _ = write!(text, ", {count} {word}");
    }
    text
}

impl SummaryPool {
    fn of(pool: &Pool<'_, '_, '_>, policy: Policy) -> Self {
        let (backends, is_total) = pool.backends();
        let mut counts = BackendCounts::default();
        let mut tally = Tally { is_total, ..Tally::default() };
        if pool.may_be_several() {
            let is_up =
                |one: &Observation| one.traffic == Traffic::Mirrored || policy.standing(one.health, one.traffic) == Standing::Up;
            let are_up = !pool.has_empty_report() && backends.iter().flat_map(|backend| &backend.observations).all(is_up);
            tally.parts = if are_up { Parts::SeveralUp } else { Parts::Several };
        }
        for backend in &backends {
            counts.add(backend.health(), backend.traffic(), backend.count);
            if backend.records.is_empty() {
                counts.unlisted_count = counts.unlisted_count.saturating_add(backend.count);
            }
            tally.standing.add(backend.standing(policy), backend.count);
            tally.is_fail_open |=
                backend.observations.iter().any(|observation| observation.traffic_reason == Some(TrafficReason::FailOpen));
        }
        if is_total {
            counts.backend_count = Some(counts.known_count);
        }
        tally.mirrored = counts.traffic.mirrored_count;
        let rule = first_that_holds(policy, tally);
        let mut condition = rule.condition.to_owned();
        // Those whom the vendor counts and does not name may be told of on another page.
        let are_pending = rule.reason == VerdictReason::TooManyUndecided
            && counts.unlisted_count > 0
            && pool.completeness() != Completeness::Complete;
        if rule.reason == VerdictReason::TotalUnknown || are_pending {
            condition = format!("{condition}: {}", pool.why_not_all());
        }
        let mut summary = Self {
            adapter: pool.adapter.to_owned(),
            pool_id: pool.id.map(str::to_owned),
            pool_keys: pool.places.iter().map(|place| place.pool_key.to_owned()).collect(),
            coverage: pool.coverage(),
            completeness: pool.completeness(),
            verdict: rule.rating,
            reason: rule.reason,
            message: format!(
                "{condition}; {}",
                figures(&tally.standing, known_of(is_total, pool.coverage() == Some(Coverage::Selected)))
            ),
            counts,
            standing: tally.standing,
            deciding_records: Vec::new(),
            deciding_unlisted_count: 0,
        };
        for backend in &backends {
            let counted = backend.standing(policy);
            if !rule.deciders.contains(&counted) {
                continue;
            }
            if backend.records.is_empty() {
                summary.deciding_unlisted_count = summary.deciding_unlisted_count.saturating_add(backend.count);
            }
            let records = backend.deciders(|record| policy.standing(record.health, record.traffic) == counted);
            summary.deciding_records.extend(records.map(|record| DecidingRecord::of(record, counted)));
        }
        summary.deciding_records.sort_by_key(|record| (record.standing, record.health));
        summary
    }
}

impl DecidingRecord {
    pub(crate) fn of(record: &BackendRecord<'_>, standing: Standing) -> Self {
        Self {
            record_key: record.record_key.to_string(),
            backend_key: record.backend_key.to_string(),
            backend_id: record.backend_id.as_deref().map(str::to_owned),
            address: record.address.as_deref().map(str::to_owned),
            port: record.port,
            standing,
            health: record.health,
            traffic: record.traffic,
            traffic_reason: record.traffic_reason,
            cause_reason: record.cause.map(|cause| cause.reason),
        }
    }
}
