//! What changed between snapshots.

mod absence;
mod compare;

use serde::{Deserialize, Serialize};

use crate::model::schema_id::{Published, SchemaId};
use crate::model::word::words;
use crate::{BackendHealth, Certainty, FailureReason, ReportHead, Traffic, TrafficReason};

words! {
    /// What happened to an observation of a backend. The list is open: read a word you do not know as "something changed".
    open ChangeKind {
        /// It was not there and is there now: the backend was registered, or, where the certainty is `AMBIGUOUS`, was there before without
        /// being listed.
        Appeared,
        /// It was there and is not there now: the backend was removed, or, where the certainty is `AMBIGUOUS`, may only not be listed any
        /// more.
        Gone,
        /// The health is another one, and not as `RECOVERED` says.
        HealthChanged,
        /// The reason is another one.
        ReasonChanged,
        /// It was `UNHEALTHY` or `DEGRADED` and is `HEALTHY`.
        Recovered,
        /// The traffic, or its reason, is another one.
        TrafficChanged,
    }
}

words! {
    /// What happened to a pool at a place. The list is open: read a word you do not know as "something changed".
    open PoolChangeKind {
        /// It is in the newer snapshot only.
        Appeared,
        /// Its check was switched on or off.
        CheckChanged,
        /// It is in the older snapshot only: it is gone, or the newer one is not about it.
        Gone,
        /// The vendor counts another number of backends.
        ServerCountChanged,
        /// Something else may be said of the backends that the vendor does not name.
        UnlistedHealthChanged,
        /// The backends that the vendor does not name get other traffic: requests, or copies of them, as far as is known.
        UnlistedTrafficChanged,
    }
}

words! {
    /// Why a comparison says less than it seems to. The list is open: read a code you do not know as "take care".
    open ComparisonWarningCode {
        /// The snapshots are of different adapters.
        AdaptersDiffer,
        /// The snapshots list different kinds of backends: that one is missing may come from that.
        CoverageDiffers,
        /// A snapshot does not hold everything, so that what is missing in it may still be there.
        NotComplete,
        /// The snapshots have no pool at one place in common.
        NothingInCommon,
        /// A snapshot has several replies that may be about several pools, because they name none or have no backend in common: what one of
        /// them says is compared with what any of the others said.
        NotToldApart,
        /// The snapshots are replies of different operations.
        OperationsDiffer,
        /// The newer snapshot was observed before the older one.
        OrderReversed,
        /// The snapshots were written by different versions, so that a change may be one of the mapping.
        ProducersDiffer,
    }
}

/// What changed between snapshots, each compared with the one before it. Observations are joined by `record_key`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Diff {
    /// Says that this is a comparison of this major version.
    pub schema_id: SchemaId<Diff>,
    /// Program and version that wrote the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub producer: Option<String>,
    /// The snapshots, the oldest first.
    pub snapshots: Vec<SnapshotHead>,
    /// How many changes there are of each kind.
    pub counts: ChangeCounts,
    /// What happened to observations, by snapshot, then the worst health first.
    pub changes: Vec<Change>,
    /// What happened to pools, by snapshot.
    pub pool_changes: Vec<PoolChange>,
    /// The observations whose health changed at least twice, the most restless first.
    pub flaps: Vec<Flap>,
    /// Why the comparison says less than it seems to.
    pub warnings: Vec<ComparisonWarning>,
}

impl Published for Diff {
    const SCHEMA_ID: &'static str = "urn:lbhealth:v1:diff";
}

impl Diff {
    /// Whether nothing changed.
    pub fn is_same(&self) -> bool {
        self.changes.is_empty() && self.pool_changes.is_empty()
    }
}

/// One of the snapshots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SnapshotHead {
    /// The reports that it is made of, in their order.
    pub reports: Vec<ReportHead>,
    /// How many observations it has.
    pub record_count: u32,
}

/// How many changes there are of each kind. One change can be of several kinds, so these do not add up to the number of changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ChangeCounts {
    /// Changes that are `APPEARED`.
    pub appeared_count: u32,
    /// Changes that are `GONE`.
    pub gone_count: u32,
    /// Changes that are `HEALTH_CHANGED`.
    pub health_changed_count: u32,
    /// Changes that are `REASON_CHANGED`.
    pub reason_changed_count: u32,
    /// Changes that are `RECOVERED`.
    pub recovered_count: u32,
    /// Changes that are `TRAFFIC_CHANGED`.
    pub traffic_changed_count: u32,
    /// Changes of which the vendor's replies leave open what happened.
    pub undetermined_count: u32,
}

/// What happened to one observation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Change {
    /// Which of `snapshots` shows it, compared with the one before: an index from 1 on.
    pub snapshot: u32,
    /// What happened.
    pub kinds: Vec<ChangeKind>,
    /// How it follows: `EXACT` where both snapshots have the observation or the newer list is known to hold all, `INFERRED` where it
    /// follows from what may be said of backends that are not listed, `AMBIGUOUS` where it is left open; `message` says what is.
    pub certainty: Certainty,
    /// What is inferred or left open, in English. The text may change at any time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Key of the record.
    pub record_key: String,
    /// Key of the backend.
    pub backend_key: String,
    /// Key of the pool at this place.
    pub pool_key: String,
    /// Id of the listener.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listener_id: Option<String>,
    /// Id of the forwarding rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_id: Option<String>,
    /// Id of the pool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pool_id: Option<String>,
    /// Id that the load balancer gives the backend.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend_id: Option<String>,
    /// IP address or name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Port that gets the traffic; absent where it is not fixed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// What the checks said; absent where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health_before: Option<BackendHealth>,
    /// What the checks say; absent where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health_after: Option<BackendHealth>,
    /// The traffic before; absent where it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic_before: Option<Traffic>,
    /// The traffic after; absent where it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic_after: Option<Traffic>,
    /// The reason of the traffic before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic_reason_before: Option<TrafficReason>,
    /// The reason of the traffic after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic_reason_after: Option<TrafficReason>,
    /// The reason of the cause before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_before: Option<FailureReason>,
    /// The reason of the cause after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_after: Option<FailureReason>,
    /// The vendor's own reason word before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_reason_before: Option<String>,
    /// The vendor's own reason word after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_reason_after: Option<String>,
}

/// What happened to a pool at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PoolChange {
    /// Which of `snapshots` shows it, compared with the one before: an index from 1 on.
    pub snapshot: u32,
    /// What happened.
    pub kinds: Vec<PoolChangeKind>,
    /// Key of the pool at this place.
    pub pool_key: String,
    /// Id of the pool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pool_id: Option<String>,
    /// Whether the check was on; absent where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_enabled_before: Option<bool>,
    /// Whether the check is on; absent where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_enabled_after: Option<bool>,
    /// How many backends the vendor counted; absent where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_count_before: Option<u32>,
    /// How many backends the vendor counts; absent where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_count_after: Option<u32>,
    /// What could be said of backends that were not listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unlisted_health_before: Option<BackendHealth>,
    /// What may be said of backends that are not listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unlisted_health_after: Option<BackendHealth>,
    /// What narrowed the traffic of backends that were not listed; absent where nothing did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unlisted_traffic_before: Option<Traffic>,
    /// What narrows the traffic of backends that are not listed; absent where nothing does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unlisted_traffic_after: Option<Traffic>,
}

/// An observation whose health changed at least twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Flap {
    /// Key of the record.
    pub record_key: String,
    /// How often its health changed, where both sides of the change are known.
    pub change_count: u32,
    /// What its health was, one after the other.
    pub healths: Vec<BackendHealth>,
}

/// Why the comparison says less than it seems to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ComparisonWarning {
    /// What it is.
    pub code: ComparisonWarningCode,
    /// Which of `snapshots` it is about: an index from 0 on, the newer one where it is about two.
    pub snapshot: u32,
    /// The same for people, in English. The text may change at any time.
    pub message: String,
}
