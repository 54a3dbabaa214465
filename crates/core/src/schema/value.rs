//! The words of our own lists, as a table.

use serde::Serialize;

use super::{paragraph, style, table};
use crate::{
    BackendHealth, BackendKind, Certainty, ChangeKind, CodeKind, ComparisonWarningCode, Completeness, Coverage, DocumentKind,
    FailureReason, FindingCode, FindingSeverity, HostDefault, ParentKind, Phase, PoolChangeKind, Rating, Registration, Role, Scope,
    Standing, Traffic, TrafficReason, Trend, VerdictReason, WarningCode, Word,
};

const COLUMNS: &[&str] = &["type", "value", "title", "description", "severity", "phase", "open", "since", "deprecated_since"];

/// Adds lists whose words have no properties.
macro_rules! lists {
    ($lines:ident: $($word:ident),+) => {
        $($lines.extend(list(|_: $word| (None, None)));)+
    };
}

/// Every word of every list that stands in a document.
pub(super) fn table() -> String {
    let mut lines = Vec::new();
    lines.extend(list(|health: BackendHealth| (Some(health.severity()), None)));
    lines.extend(list(|reason: FailureReason| (None, Some(reason.phase()))));
    lists!(lines: BackendKind, Certainty, ChangeKind, CodeKind, ComparisonWarningCode, Completeness, Coverage, DocumentKind, FindingCode, FindingSeverity, HostDefault, ParentKind, Phase, PoolChangeKind, Rating, Registration, Role, Scope, Standing, Traffic, TrafficReason, Trend, VerdictReason, WarningCode);
    lines.sort_by_key(|line| line.r#type);
    table::csv(COLUMNS, lines)
}

#[derive(Serialize)]
struct Line {
    r#type: &'static str,
    value: &'static str,
    title: String,
    description: String,
    severity: Option<u8>,
    phase: Option<Phase>,
    open: bool,
    since: &'static str,
    deprecated_since: Option<&'static str>,
}

/// The lines of one list, given the severity and the phase of its words.
fn list<T: Word>(properties: impl Fn(T) -> (Option<u8>, Option<Phase>)) -> impl Iterator<Item = Line> {
    T::VARIANTS.iter().map(move |word| {
        let value: &'static str = (*word).into();
        let (severity, phase) = properties(*word);
        Line {
            r#type: T::NAME,
            value,
            title: style::title(value),
            description: paragraph(word.documentation()),
            severity,
            phase,
            open: T::OPEN,
            since: word.since(),
            deprecated_since: word.deprecated_since(),
        }
    })
}
