//! What is questionable about the configuration of health checks.

use std::borrow::Cow;

use serde::Serialize;

use crate::model::schema_id::{Published, SchemaId};
use crate::model::word::words;
use crate::{CheckTime, Pointer};

words! {
    /// What is questionable about the configuration of a health check. The list is open: read a code you do not know as "look at this
    /// setting".
    open FindingCode {
        /// Every status code from 200 to 599 (gRPC: from 0 to 16) counts as passed, so the check only proves that something answers.
        AcceptsEveryAnswer,
        /// Only redirects count as passed. A probe does not follow them, so the page behind them is never checked.
        AcceptsRedirectsOnly,
        /// A status code of the server's own failures (500 to 599) counts as passed.
        AcceptsServerErrors,
        /// The check is switched off: failing backends keep their traffic. Its settings are not looked at.
        CheckDisabled,
        /// The pool has no health check: failing backends keep their traffic.
        CheckMissing,
        /// The probe only opens a connection while the pool speaks HTTP or gRPC: an application that hangs or answers with errors passes.
        ConnectOnlyProbe,
        /// No name is configured, so the probe asks for an IP address. A server with several sites may answer with another one's page, a
        /// redirect or an error.
        HostMissing,
        /// No path is configured, so the probe asks for the vendor's default, which is rarely made for it.
        PathMissing,
        /// The probe is not encrypted while the pool speaks TLS on the same port, so it fails or proves nothing.
        PlainProbeOfTlsPool,
        /// The probe is not encrypted and goes to a port that is known for TLS (443, 8443).
        PlainProbeOnTlsPort,
        /// The pool takes the listener's port for its backends, or they have none (protocol `IP`), and the check names none, so it is not known
        /// what is probed.
        PortMissing,
        /// A setting that the vendor has, and that the time to detect or to recover depends on, is not told, so the vendor's default applies,
        /// whatever it is.
        SettingMissing,
        /// A setting holds a word or codes that cannot be read.
        SettingUnreadable,
        /// A setting that the vendor does not apply to this check, so it has no effect.
        SettingWithoutEffect,
        /// Silence counts as passed: a UDP probe only fails where the port is reported closed. Not said where the check demands something
        /// that is not carried (`SETTING_NOT_KEPT`), which can be an answer.
        SilencePasses,
        /// At worst a failing backend keeps its traffic for more than a minute.
        SlowDetection,
        /// One passed or failed probe is enough to change the verdict, so a backend can flap.
        ThresholdOfOne,
        /// A probe has as much time as lies between two probes, or more: slow answers pile up, and it takes long to detect a failure. Where the
        /// vendor counts the interval from the end of a probe, none of it happens.
        TimeoutNotBelowInterval,
        /// The probe is encrypted while the pool speaks plain HTTP on the same port, so it fails.
        TlsProbeOfPlainPool,
        /// The probe is encrypted and goes to the port that is known for plain HTTP (80).
        TlsProbeOnPlainPort,
        /// A number is outside the range that the vendor documents.
        ValueOutOfRange,
    }
}

words! {
    /// How much a finding matters. The list is open: read a value you do not know as `WARNING`.
    open FindingSeverity {
        /// The check does not do what it is for.
        Error,
        /// The check works and its result can mislead.
        Warning,
        /// It may well be meant so.
        Notice,
    }
}

impl FindingCode {
    /// How much it matters.
    pub const fn severity(self) -> FindingSeverity {
        match self {
            Self::AcceptsEveryAnswer
            | Self::CheckDisabled
            | Self::CheckMissing
            | Self::PlainProbeOfTlsPool
            | Self::PlainProbeOnTlsPort
            | Self::PortMissing
            | Self::TlsProbeOfPlainPool
            | Self::TlsProbeOnPlainPort => FindingSeverity::Error,
            Self::AcceptsRedirectsOnly
            | Self::AcceptsServerErrors
            | Self::SettingUnreadable
            | Self::SlowDetection
            | Self::ThresholdOfOne
            | Self::TimeoutNotBelowInterval
            | Self::Unrecognized
            | Self::ValueOutOfRange => FindingSeverity::Warning,
            Self::ConnectOnlyProbe
            | Self::HostMissing
            | Self::PathMissing
            | Self::SettingMissing
            | Self::SettingWithoutEffect
            | Self::SilencePasses => FindingSeverity::Notice,
        }
    }
}

/// Something questionable about the configuration of a health check, and where.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Finding {
    /// What is questionable.
    pub code: FindingCode,
    /// How much it matters.
    pub severity: FindingSeverity,
    /// Which of the report's `checks` it is, from 0.
    pub check: u32,
    /// Id of the pool that makes it questionable, where it takes one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pool_id: Option<String>,
    /// Name of the field in `HealthCheck`, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// JSON Pointer to the place in the payload: the field where its name there is known, else the check.
    pub path: Pointer,
    /// The value of the field, in the unit that it has there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The same for people, in English. The text may change at any time.
    pub message: String,
}

impl Finding {
    /// A finding about a whole check, of which its code says how much it matters.
    pub(super) fn new(code: FindingCode, check: u32, path: Pointer, message: String) -> Self {
        Self { code, severity: code.severity(), check, pool_id: None, field: None, path, value: None, message }
    }
}

/// A check that was looked at.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LintedCheck {
    /// Which of the documents that were given it is from, from 0.
    pub source: u32,
    /// Id of the adapter that read it.
    pub adapter: String,
    /// The vendor's name of the operation whose reply it was in.
    pub operation: String,
    /// Id of the configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_id: Option<String>,
    /// Name of the configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_name: Option<String>,
    /// The pools that are checked so; left out where they are not told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pool_ids: Vec<String>,
    /// JSON Pointer to the configuration in the payload; to the pool, where it has none.
    pub path: Pointer,
    /// How long a failing backend goes unnoticed; absent where that cannot be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_to_detect: Option<CheckTime>,
    /// How long a backend that works again stays out; absent where that cannot be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_to_recover: Option<CheckTime>,
}

/// What was found in the configurations of health checks.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LintReport {
    /// Says that this is a lint report of this major version.
    pub schema_id: SchemaId<LintReport>,
    /// Program and version that wrote the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub producer: Option<Cow<'static, str>>,
    /// The checks that were looked at, and the pools that have none, in the order of the documents.
    pub checks: Vec<LintedCheck>,
    /// What was found, by check.
    pub findings: Vec<Finding>,
}

impl Published for LintReport {
    const SCHEMA_ID: &'static str = "urn:lbhealth:v1:lint-report";
}
