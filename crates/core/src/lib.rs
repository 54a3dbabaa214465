#![doc = include_str!("../README.md")]

mod adapter;
mod complete;
mod context;
mod detect;
mod document;
mod error;
mod error_reply;
mod evidence;
mod health;
mod health_check;
mod input;
mod inventory;
mod judge;
mod key;
mod merge;
mod message;
mod owned;
mod parent;
mod pattern;
mod place;
mod pointer;
mod pool;
mod reason;
mod record;
mod report;
mod rows;
#[cfg(feature = "schema")]
pub mod schema;
mod schema_id;
mod settings;
mod status_codes;
mod timestamp;
mod vocabulary;
mod warning;
pub mod wire;
mod word;

pub use adapter::{Adapter, Operation, ReadReply};
pub use context::{BoundListener, Context, PoolAlgorithm, prefer_payload};
pub use detect::{Detected, Signature, detect};
pub use document::{Document, DocumentKind};
pub use error::{Error, ErrorKind, VendorErrorClass};
pub use error_reply::ErrorReplies;
pub use evidence::{Evidence, Probe};
pub use health::{BackendHealth, Certainty, Traffic, TrafficReason, Trend};
pub use health_check::{HealthCheck, HealthCheckReport, HostDefault, Label};
pub use inventory::{Inventory, InventoryMember, InventoryPool, Registration};
pub use judge::{Verdict, Words};
pub use merge::Source;
pub use parent::{Parent, ParentKind};
pub use place::{Place, Scope};
pub use pointer::Pointer;
pub use pool::{CountContradictsList, PoolSummary};
pub use reason::{Cause, FailureReason, Phase};
pub use record::{BackendKind, BackendRecord};
pub use report::{Completeness, Coverage, HealthReport, ReportBuilder};
pub use rows::{BackendRow, Column, ColumnKind, PoolRow};
pub use schema_id::{Published, SchemaId};
pub use settings::Settings;
pub use status_codes::{CodeKind, CodeRange, StatusCodes, StatusCodesError, joined};
pub use timestamp::{Timestamp, TimestampError};
pub use vocabulary::{Role, Row, Vocabulary, When};
pub use warning::{Warning, WarningCode, Warnings};
pub use word::Word;

/// What the macros of this crate use.
#[doc(hidden)]
pub mod __private {
    pub use serde;
}
