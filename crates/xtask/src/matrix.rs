//! The vendors' words beside each other.

use std::collections::{BTreeMap, BTreeSet};

use lbhealth::{ADAPTERS, Adapter, BackendHealth, Certainty, DocumentKind, FailureReason, Role, Row, Traffic};

use crate::tables::Table;

/// Our words down, adapters across, the vendors' words in the cells.
pub(crate) fn health() -> String {
    matrix(BackendHealth::ALL, |row| row.health.map(|health| (health, row.certainty)))
}

/// The same for reasons.
pub(crate) fn reason() -> String {
    matrix(FailureReason::ALL, |row| row.reason.map(|reason| (reason, row.reason_certainty)))
}

/// The same for traffic, which follows from rules and has no certainty.
pub(crate) fn traffic() -> String {
    matrix(Traffic::ALL, |row| row.traffic.map(|traffic| (traffic, Certainty::Exact)))
}

fn matrix<T: Copy + PartialEq + std::fmt::Display>(words: &[T], answer: impl Fn(&Row) -> Option<(T, Certainty)>) -> String {
    let ids: Vec<&str> = ADAPTERS.iter().map(|adapter| adapter.id()).collect();
    let mut table = Table::new(&[&["Ours"], ids.as_slice()].concat());
    for word in words {
        let cell = |adapter: &&dyn Adapter| {
            let mut cell: Vec<String> = Vec::new();
            for row in adapter.vocabulary().rows().filter(|row| is_of_health(*adapter, row)) {
                let Some((_, certainty)) = answer(row).filter(|(ours, _)| ours == word) else { continue };
                let text = format!("{}{}", vendor_word(row), mark(certainty));
                if !cell.contains(&text) {
                    cell.push(text);
                }
            }
            cell.join(", ")
        };
        let cells: Vec<String> = ADAPTERS.iter().map(cell).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            let ours = format!("`{word}`");
            table.row(&[&[ours.as_str()], cells.iter().map(String::as_str).collect::<Vec<_>>().as_slice()].concat());
        }
    }
    table.finish()
}

/// Whether it is about a reply that tells the health of backends. In no other it becomes that of one.
fn is_of_health(adapter: &dyn Adapter, row: &Row) -> bool {
    let health = adapter.operations().iter().filter(|operation| operation.kind == DocumentKind::Health);
    health.into_iter().any(|operation| row.operations.contains(&operation.name))
}

/// The word; where it is not a status or a reason, or a second field decides, also what it stands in.
fn vendor_word(row: &Row) -> String {
    let name = |field: &'static str| field.rsplit('/').next().unwrap_or(field);
    let word = match row.role {
        Role::Reason | Role::Status => format!("`{}`", row.word),
        _ => format!("{} `{}`", name(row.field), row.word),
    };
    match row.when {
        // The same field of what the backend stands in.
        Some(when) if name(when.field) == name(row.field) => format!("{word} below `{}`", when.word),
        Some(when) => format!("{word} with {} `{}`", name(when.field), when.word),
        None => word,
    }
}

fn mark(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Exact => "",
        Certainty::Inferred => " ~",
        Certainty::Ambiguous => " ?",
    }
}

/// Words that several adapters have and that do not mean the same at all of them.
pub(crate) fn false_friends() -> String {
    let mut words: BTreeMap<String, Vec<(&str, &Row)>> = BTreeMap::new();
    for adapter in ADAPTERS {
        for row in adapter.vocabulary().rows().filter(|row| row.word != "*" && is_text(row.word)) {
            words.entry(row.word.to_lowercase()).or_default().push((adapter.id(), row));
        }
    }
    let mut table = Table::new(&["Word", "Adapter", "Field", "Means", "Ours"]);
    for rows in words.into_values() {
        let adapters: BTreeSet<&str> = rows.iter().map(|(id, _)| *id).collect();
        let answers: BTreeSet<String> = rows.iter().map(|(_, row)| answer(row)).collect();
        if adapters.len() < 2 || answers.len() < 2 {
            continue;
        }
        let mut seen = BTreeSet::new();
        for (id, row) in rows {
            let field = format!("`{}`", row.field);
            if seen.insert((id, vendor_word(row), row.meaning)) {
                table.row(&[&vendor_word(row), id, &field, row.meaning, &answer(row)]);
            }
        }
    }
    table.finish()
}

/// Numbers and flags mean something only together with their field.
fn is_text(word: &str) -> bool {
    word.parse::<f64>().is_err() && !["true", "false", "on", "off"].contains(&&*word.to_lowercase())
}

/// What we make of it.
fn answer(row: &Row) -> String {
    let parts = [
        row.health.map(|health| health.to_string()),
        row.reason.map(|reason| reason.to_string()),
        row.registration.map(|registration| registration.to_string()),
        row.traffic.map(|traffic| format!("traffic {traffic}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
