//! What words mean, and why a record says what it says.

use std::borrow::Cow;

use serde::Serialize;

use crate::model::schema_id::{Published, SchemaId};
use crate::{
    BackendHealth, Cause, Certainty, Evidence, FailureReason, Phase, Pointer, Registration, Role, Row, Source, Traffic,
    TrafficReason, WarningCode,
};

/// What a word means: a vendor's, or one of ours.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Explanation {
    /// Says that this is an explanation of this major version.
    pub schema_id: SchemaId<Explanation>,
    /// Program and version that wrote the document; it tells whose mapping it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub producer: Option<Cow<'static, str>>,
    /// The word that was asked for.
    pub word: String,
    /// Id of the adapter that was asked for; absent: all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adapter: Option<String>,
    /// What the word means where vendors say it, in the order in which rows count.
    pub vendor_meanings: Vec<Meaning>,
    /// What it means where it is a word of ours; empty where one adapter was asked for.
    pub own_meanings: Vec<OwnWord>,
    /// Words that are spelled alike; only where nothing is known of the one that was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<String>,
}

impl Explanation {
    /// Whether anything is known of the word.
    pub fn is_known(&self) -> bool {
        !self.vendor_meanings.is_empty() || !self.own_meanings.is_empty()
    }
}

impl Published for Explanation {
    const SCHEMA_ID: &'static str = "urn:lbhealth:v1:explanation";
}

/// What a vendor means by a word, and what we make of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Meaning {
    /// Id of the adapter.
    pub adapter: &'static str,
    /// The operations in whose replies the word has this meaning.
    pub operations: Vec<&'static str>,
    /// What the word is about.
    pub role: Role,
    /// The field that holds it: names joined by `/` from the backend's object, a leading number going up that many levels.
    pub field: &'static str,
    /// The word. `*` at either end is any text, so `*` alone is any word that no row before it has.
    pub word: &'static str,
    /// A second field that has to hold `and_word` too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub and_field: Option<&'static str>,
    /// The word of the second field. `*` at either end is any text, so `*` alone is any word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub and_word: Option<&'static str>,
    /// What the vendor means by it.
    pub meaning: &'static str,
    /// The health it stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health: Option<BackendHealth>,
    /// How the health follows from the word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
    /// The traffic it stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic: Option<Traffic>,
    /// Why the traffic is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic_reason: Option<TrafficReason>,
    /// The reason it stands for, with its phase and how it follows from the word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// The registration it stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration: Option<Registration>,
    /// What to look at first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_look: Option<&'static str>,
    /// Whether the word is in the vendor's reference.
    pub documented: bool,
    /// Where its meaning is written.
    pub source: &'static str,
    /// Words of other vendors that say the same.
    pub alike: Vec<SameWord>,
}

impl Meaning {
    /// What a row says.
    pub(crate) fn of(adapter: &'static str, row: &Row) -> Self {
        let look = row.reason.map(FailureReason::first_look).or_else(|| row.health.map(BackendHealth::first_look));
        Self {
            adapter,
            operations: row.operations.to_vec(),
            role: row.role,
            field: row.field,
            word: row.word,
            and_field: row.when.map(|when| when.field),
            and_word: row.when.map(|when| when.word),
            meaning: row.meaning,
            health: row.health,
            certainty: row.health.map(|_| row.certainty),
            traffic: row.traffic,
            traffic_reason: row.traffic_reason,
            cause: row.reason.map(|reason| Cause::new(reason, row.reason_certainty)),
            registration: row.registration,
            first_look: look.or_else(|| row.traffic_reason.map(TrafficReason::first_look)),
            documented: row.documented,
            source: row.source,
            alike: Vec::new(),
        }
    }
}

/// A vendor's word that says the same as another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SameWord {
    /// Id of the adapter.
    pub adapter: &'static str,
    /// The field that holds the word.
    pub field: &'static str,
    /// The word.
    pub word: &'static str,
    /// A second field that has to hold `and_word` too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub and_field: Option<&'static str>,
    /// The word of the second field. `*` at either end is any text, so `*` alone is any word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub and_word: Option<&'static str>,
    /// The word of ours that both stand for.
    pub same: &'static str,
}

/// A word of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OwnWord {
    /// The list that it is in, such as `BackendHealth`.
    pub list_name: &'static str,
    /// The word.
    pub word: &'static str,
    /// What it means.
    pub meaning: String,
    /// The phase of a reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// What to look at first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_look: Option<&'static str>,
    /// The words with which vendors say it; left out where none does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vendors: Vec<SameWord>,
}

/// Why the records of a backend say what they say.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ReportExplanation {
    /// Says that this is an explanation of records, of this major version.
    pub schema_id: SchemaId<ReportExplanation>,
    /// Program and version that wrote the document; it tells whose mapping it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub producer: Option<Cow<'static, str>>,
    /// Id of the adapter that read the payload.
    pub adapter: String,
    /// The backend that was asked for, as it was written.
    pub backend: String,
    /// The records of the backend, in the order of the report.
    pub records: Vec<RecordExplanation>,
}

impl Published for ReportExplanation {
    const SCHEMA_ID: &'static str = "urn:lbhealth:v1:report-explanation";
}

/// Why a record says what it says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RecordExplanation {
    /// Identity of the observation.
    pub record_key: String,
    /// What the checks say.
    pub health: BackendHealth,
    /// How the health follows from what the vendor said.
    pub certainty: Certainty,
    /// Whether the backend gets new traffic.
    pub traffic: Traffic,
    /// Why the traffic is so, where health alone does not explain it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic_reason: Option<TrafficReason>,
    /// Why the backend is not plainly healthy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// The vendor's own words, and where they stood.
    pub evidence: Evidence<'static>,
    /// The reply that the words stood in.
    pub source: Source<'static>,
    /// Why the record says so, in English. The text may change at any time.
    pub why: Vec<String>,
    /// The rows of the vocabulary that applied.
    pub rows: Vec<AppliedRow>,
    /// What to look at first.
    pub first_look: &'static str,
    /// What was odd.
    pub warnings: Vec<WarningMeaning>,
}

/// A row of the vocabulary that applied to a record.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AppliedRow {
    /// The row.
    pub meaning: Meaning,
    /// Whether this is a conclusion from the record's answers: a report does not keep the word of every field.
    pub assumed: bool,
}

/// A warning of a record, and what its code means.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WarningMeaning {
    /// What was odd.
    pub code: WarningCode,
    /// What the code means.
    pub meaning: String,
    /// JSON Pointer to the place in the payload, where the report has the warning itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Pointer>,
    /// What the report says about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}
