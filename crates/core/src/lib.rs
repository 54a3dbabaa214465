#![doc = include_str!("../README.md")]

mod adapter;
mod check;
mod check_request;
mod check_time;
mod complete;
mod context;
mod conversion;
mod counts;
mod detect;
mod diff;
mod document;
mod error;
mod error_reply;
mod evidence;
mod explain;
mod explain_record;
mod explanation;
mod finding;
mod first_look;
mod glossary;
mod health;
mod health_check;
mod input;
mod inventory;
mod json;
mod judge;
mod key;
mod lint;
mod merge;
mod message;
mod normalizer;
mod owned;
mod parent;
mod pattern;
mod place;
mod pointer;
mod policy;
mod pool;
mod reason;
mod record;
mod report;
mod roll_up;
mod rows;
#[cfg(feature = "schema")]
pub mod schema;
mod schema_id;
mod settings;
mod status_codes;
pub mod stream;
mod summary;
mod timestamp;
mod vocabulary;
mod warning;
pub mod wire;
mod word;

pub use adapter::{Adapter, Operation, ReadReply};
pub use check::{Check, CheckResult, Demand, Requirement, RequirementError, Selection};
pub use check_request::{CheckField, CheckForm, CheckRequest, CheckSetting, HttpCodes};
pub use check_time::CheckTime;
pub use context::{BoundListener, Context, PoolAlgorithm, prefer_payload};
pub use conversion::{Conversion, LostSetting, UnsetField, convert};
pub use counts::{BackendCounts, HealthCounts, StandingCounts, TrafficCounts};
pub use detect::{Detected, Signature, detect};
pub use diff::{
    Change, ChangeCounts, ChangeKind, ComparisonWarning, ComparisonWarningCode, Diff, Flap, PoolChange, PoolChangeKind,
    SnapshotHead,
};
pub use document::{Document, DocumentKind};
pub use error::{Error, ErrorKind, VendorErrorClass};
pub use error_reply::ErrorReplies;
pub use evidence::{Evidence, Probe};
pub use explain::explain;
pub use explain_record::explain_backend;
pub use explanation::{AppliedRow, Explanation, Meaning, OwnWord, RecordExplanation, ReportExplanation, SameWord, WarningMeaning};
pub use finding::{Finding, FindingCode, FindingSeverity, LintReport, LintedCheck};
pub use health::{BackendHealth, Certainty, Traffic, TrafficReason, Trend};
pub use health_check::{HealthCheck, HealthCheckReport, HostDefault, Label};
pub use inventory::{Inventory, InventoryMember, InventoryPool, Registration};
pub use judge::{Verdict, Words};
pub use lint::lint;
pub use merge::Source;
pub use normalizer::Normalizer;
pub use parent::{Parent, ParentKind};
pub use place::{Place, Scope};
pub use pointer::Pointer;
pub use policy::{Percent, Policy, PolicyError, Rating, Rule, Standing, VerdictReason};
pub use pool::{CountContradictsList, PoolSummary};
pub use reason::{Cause, FailureReason, Phase};
pub use record::{BackendKind, BackendRecord};
pub use report::{Completeness, Coverage, HealthReport, ReportBuilder};
pub use rows::{BackendRow, CellVisitor, Column, ColumnKind, PoolRow, Variety};
pub use schema_id::{Published, SchemaId};
pub use settings::Settings;
pub use status_codes::{CodeKind, CodeRange, StatusCodes, StatusCodesError, joined};
pub use summary::{DecidingPool, DecidingRecord, ReportHead, Summary, SummaryPool};
pub use timestamp::{Timestamp, TimestampError};
pub use vocabulary::{Role, Row, Vocabulary, When};
pub use warning::{Warning, WarningCode, Warnings};
pub use word::Word;

/// What the macros of this crate use.
#[doc(hidden)]
pub mod __private {
    pub use serde;
}
