//! The words of our own lists, as a table.

use serde::Serialize;

use super::{paragraph, style, table};
use crate::{
    BackendHealth, BackendKind, Certainty, CodeKind, Completeness, Coverage, DocumentKind, FailureReason, HostDefault, ParentKind,
    Phase, Registration, Role, Scope, Traffic, TrafficReason, Trend, WarningCode, Word,
};

const COLUMNS: &[&str] = &["type", "value", "title", "description", "severity", "phase", "open", "since", "deprecated_since"];

/// Every word of every list that stands in a document.
pub(super) fn table() -> String {
    let mut lines = Vec::new();
    lines.extend(list(|health: BackendHealth| (Some(health.severity()), None)));
    lines.extend(list(|_: BackendKind| (None, None)));
    lines.extend(list(|_: Certainty| (None, None)));
    lines.extend(list(|_: CodeKind| (None, None)));
    lines.extend(list(|_: Completeness| (None, None)));
    lines.extend(list(|_: Coverage| (None, None)));
    lines.extend(list(|_: DocumentKind| (None, None)));
    lines.extend(list(|reason: FailureReason| (None, Some(reason.phase()))));
    lines.extend(list(|_: HostDefault| (None, None)));
    lines.extend(list(|_: ParentKind| (None, None)));
    lines.extend(list(|_: Phase| (None, None)));
    lines.extend(list(|_: Registration| (None, None)));
    lines.extend(list(|_: Role| (None, None)));
    lines.extend(list(|_: Scope| (None, None)));
    lines.extend(list(|_: Traffic| (None, None)));
    lines.extend(list(|_: TrafficReason| (None, None)));
    lines.extend(list(|_: Trend| (None, None)));
    lines.extend(list(|_: WarningCode| (None, None)));
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
