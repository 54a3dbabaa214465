//! The tables that stand in pages for people.

use std::fmt::Write;

use lbhealth::schema::{Entry, entries, paragraph};
use lbhealth::{
    ADAPTERS, Adapter, BackendHealth, Completeness, Coverage, FailureReason, Phase, Scope, Traffic, TrafficReason, WarningCode,
    Word,
};

/// The table of this name: `adapters`, `vocabulary`, `vocabulary ID`, `operations ID`, or the name of a list of words.
pub(crate) fn region(name: &str) -> Option<String> {
    let of = |id: &str| ADAPTERS.iter().copied().find(|adapter| adapter.id() == id);
    match name.split_once(' ') {
        Some(("vocabulary", id)) => return of(id).map(vocabulary),
        Some(("operations", id)) => return of(id).map(operations),
        _ => {}
    }
    Some(match name {
        "adapters" => adapters(),
        "vocabulary" => ADAPTERS
            .iter()
            .flat_map(|adapter| ["### ", adapter.id(), "\n\n", &vocabulary(*adapter), "\n"].map(str::to_owned))
            .collect(),
        "FailureReason" => reasons(),
        "BackendHealth" => words::<BackendHealth>(),
        "Completeness" => words::<Completeness>(),
        "Coverage" => words::<Coverage>(),
        "Phase" => words::<Phase>(),
        "Scope" => words::<Scope>(),
        "Traffic" => words::<Traffic>(),
        "TrafficReason" => words::<TrafficReason>(),
        "WarningCode" => words::<WarningCode>(),
        _ => return None,
    })
}

fn adapters() -> String {
    let mut table = Table::new(&["Adapter", "Vendor", "Product", "Operations"]);
    for adapter in ADAPTERS {
        let names = adapter.operations().iter().map(|operation| format!("[`{}`]({})", operation.name, operation.documentation));
        let link = format!("[`{0}`](crates/adapters/{0})", adapter.id());
        table.row(&[&link, adapter.vendor(), adapter.product(), &names.collect::<Vec<_>>().join(", ")]);
    }
    table.0
}

fn operations(adapter: &dyn Adapter) -> String {
    let mut table = Table::new(&["Operation", "Becomes", "Fields not read, and why"]);
    for operation in adapter.operations() {
        let unread = operation.payload.unread.iter().map(|(name, why)| format!("`{name}`: {why}"));
        let unread = unread.collect::<Vec<_>>().join("; ");
        let link = format!("[`{}`]({})", operation.name, operation.documentation);
        table.row(&[&link, &format!("`{}`", operation.kind), &unread]);
    }
    table.0
}

fn vocabulary(adapter: &dyn Adapter) -> String {
    let mut table = Table::new(&["Field", "Word", "And", "Means", "Health", "Traffic", "Reason", "Source"]);
    for entry in entries(adapter) {
        let word = if entry.documented { format!("`{}`", entry.word) } else { format!("`{}` (undocumented)", entry.word) };
        let and = match (entry.and_field, entry.and_word) {
            (Some(field), Some(word)) => format!("`{field}` = `{word}`"),
            _ => String::new(),
        };
        let field = format!("`{}`", entry.field);
        table.row(&[&field, &word, &and, entry.meaning, &health(&entry), &traffic(&entry), &reason(&entry), &source(&entry)]);
    }
    table.0
}

fn health(entry: &Entry) -> String {
    let Some(health) = entry.health else { return String::new() };
    format!("{health}, {}", entry.certainty.map_or("", lbhealth::Certainty::as_str))
}

fn traffic(entry: &Entry) -> String {
    match (entry.traffic, entry.traffic_reason) {
        (Some(traffic), Some(reason)) => format!("{traffic}, {reason}"),
        (Some(traffic), None) => traffic.to_string(),
        _ => String::new(),
    }
}

fn reason(entry: &Entry) -> String {
    let Some(reason) = entry.reason else { return String::new() };
    format!("{reason}, {}", entry.reason_certainty.map_or("", lbhealth::Certainty::as_str))
}

fn source(entry: &Entry) -> String {
    if entry.source.starts_with("https://") { format!("[page]({})", entry.source) } else { entry.source.to_owned() }
}

fn reasons() -> String {
    let mut table = Table::new(&["Reason", "Phase", "Meaning"]);
    for phase in Phase::ALL {
        for reason in FailureReason::ALL.iter().filter(|reason| reason.phase() == *phase) {
            table.row(&[&format!("`{reason}`"), &format!("`{phase}`"), &paragraph(reason.documentation())]);
        }
    }
    table.0
}

fn words<T: Word + std::fmt::Display>() -> String {
    let mut table = Table::new(&["Word", "Meaning"]);
    for word in T::VARIANTS {
        table.row(&[&format!("`{word}`"), &paragraph(word.documentation())]);
    }
    table.0
}

/// A Markdown table.
struct Table(String);

impl Table {
    fn new(head: &[&str]) -> Self {
        let mut table = Self(String::new());
        table.row(head);
        table.row(&vec!["---"; head.len()]);
        table
    }

    fn row(&mut self, cells: &[&str]) {
        // Writing to a `String` cannot fail.
        let _ = writeln!(self.0, "| {} |", cells.join(" | "));
    }
}
