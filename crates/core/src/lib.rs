#![doc = include_str!("../README.md")]

mod adapter; // what an adapter is: data about one vendor product, and a function per operation
mod bytes; // what `str` has too, for the short texts of vendors
mod diff; // what changed between snapshots
mod error;
mod explain; // what words mean, and why a backend is what it is
mod gate; // is what was asked for the case?
mod health_checks; // configurations of checks: read, lint, convert
mod joining; // several documents as one: pages, and a report completed by an inventory
mod json; // JSON as we write it
mod model; // the types of documents, and the words in them
mod reading; // from bytes to a document: text, detection, error replies
mod roll_up; // observations by pool and backend, and what they come to
mod rows; // flat rows, one per record or pool
#[cfg(feature = "schema")]
pub mod schema; // the published files
pub mod stream; // many payloads, one after another or on all cores
mod vocabulary; // what vendors' words mean, and judging by them
pub mod wire; // reading payloads: tables of fields, and a reader that takes any JSON

pub use adapter::{Adapter, Operation, ReadReply};
pub use diff::{
    Change, ChangeCounts, ChangeKind, ComparisonWarning, ComparisonWarningCode, Diff, Flap, PoolChange, PoolChangeKind,
    SnapshotHead,
};
pub use error::{Error, ErrorKind, VendorErrorClass};
pub use explain::explanation::{
    AppliedRow, Explanation, Meaning, OwnWord, RecordExplanation, ReportExplanation, SameWord, WarningMeaning,
};
pub use explain::record::explain_backend;
pub use explain::{explain, spelled_alike};
pub use gate::{Check, CheckResult, Demand, Requirement, RequirementError, Selection};
pub use health_checks::conversion::{Conversion, LostSetting, UnreadSetting, UnsetField, convert};
pub use health_checks::finding::{Finding, FindingCode, FindingSeverity, LintReport, LintedCheck};
pub use health_checks::lint::lint;
pub use health_checks::profile::{CheckProfile, DefaultTimes, TimeoutBound};
pub use health_checks::request::{Bounds, CheckField, CheckForm, CheckRequest, CheckSetting, HttpCodes};
pub use health_checks::settings::Settings;
pub use health_checks::time::CheckTime;
pub use model::context::{BoundListener, Context, PoolAlgorithm, prefer_payload};
pub use model::document::{Document, DocumentKind};
pub use model::evidence::{Evidence, Probe};
pub use model::health::{BackendHealth, Certainty, Traffic, TrafficReason, Trend};
pub use model::health_check::{HealthCheck, HealthCheckReport, HostDefault, Label};
pub use model::inventory::{Inventory, InventoryMember, InventoryPool, Registration};
pub use model::key::part_of_backend;
pub use model::parent::{Parent, ParentKind};
pub use model::place::{Place, Scope};
pub use model::pointer::Pointer;
pub use model::pool::{CountContradictsList, PoolSummary};
pub use model::reason::{Cause, FailureReason, Phase};
pub use model::record::{BackendKind, BackendRecord};
pub use model::report::{Completeness, Coverage, HealthReport};
pub use model::report_builder::ReportBuilder;
pub use model::schema_id::{Published, SchemaId};
pub use model::source::Source;
pub use model::status_codes::{CodeKind, CodeRange, StatusCodes, StatusCodesError};
pub use model::timestamp::{Timestamp, TimestampError};
pub use model::warning::{Warning, WarningCode, Warnings};
pub use model::word::{UnknownWord, Word};
pub use reading::detect::{Detected, Signature, detect};
pub use reading::error_reply::ErrorReplies;
pub use reading::normalizer::Normalizer;
pub use reading::normalizer_set::NormalizerSet;
pub use roll_up::counts::{BackendCounts, HealthCounts, StandingCounts, TrafficCounts};
pub use roll_up::policy::{Percent, Policy, PolicyError, Rating, Rule, Standing, VerdictReason};
pub use roll_up::summary::{DecidingPool, DecidingRecord, ReportHead, Summary, SummaryPool};
pub use roll_up::{LatestPool, latest_pools};
pub use rows::{BackendRow, CellVisitor, Column, ColumnKind, PoolRow, Variety};
pub use vocabulary::Vocabulary;
pub use vocabulary::judge::{Verdict, Words};
pub use vocabulary::row::{Role, Row, When};
