//! Columns and vocabularies as CSV and JSON.

use serde::Serialize;

use super::{File, paragraph};
use crate::{
    Adapter, BackendHealth, Certainty, Column, FailureReason, Phase, Registration, Role, Row, Traffic, TrafficReason, Vocabulary,
};

/// The columns of a row type, in their order.
pub(super) fn columns(columns: &[Column]) -> String {
    #[derive(Serialize)]
    struct Line {
        name: &'static str,
        r#type: &'static str,
        required: bool,
        description: String,
    }
    let line = |column: &Column| Line {
        name: column.name,
        r#type: column.kind.into(),
        required: column.required,
        description: paragraph(column.documentation),
    };
    csv(columns.iter().map(line))
}

/// A vocabulary per adapter as JSON, and all of them in one table.
pub(super) fn vocabularies(adapters: &[&dyn Adapter]) -> Vec<File> {
    let mut files = Vec::new();
    let mut all = Vec::new();
    for adapter in adapters {
        let entries = entries(*adapter);
        files.push(File::new(format!("vocabulary/{}.json", adapter.id()), json(&entries)));
        all.extend(entries);
    }
    files.push(File::new("vocabulary/all.csv", csv(all)));
    files
}

/// A row of a vocabulary as it is published: one per operation.
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct Entry {
    /// Id of the adapter.
    pub adapter: &'static str,
    /// The operation in whose replies the word has this meaning.
    pub operation: &'static str,
    /// What the word is about.
    pub role: Role,
    /// The field that holds the word: names joined by `/` from the backend's object, a leading number going up that many levels.
    pub field: &'static str,
    /// The word, or `*` for any word that no row before it has.
    pub word: &'static str,
    /// A second field that has to hold `and_word` too.
    pub and_field: Option<&'static str>,
    /// The word of the second field, or `*` for any.
    pub and_word: Option<&'static str>,
    /// Whether the word decides alone, without a second field.
    pub alone: bool,
    /// What the vendor means by it.
    pub meaning: &'static str,
    /// The health it stands for.
    pub health: Option<BackendHealth>,
    /// The traffic it stands for.
    pub traffic: Option<Traffic>,
    /// Why the traffic is so.
    pub traffic_reason: Option<TrafficReason>,
    /// The reason it stands for.
    pub reason: Option<FailureReason>,
    /// The phase of the reason.
    pub phase: Option<Phase>,
    /// The registration it stands for.
    pub registration: Option<Registration>,
    /// How the health follows from the word.
    pub certainty: Option<Certainty>,
    /// How the reason follows from the word.
    pub reason_certainty: Option<Certainty>,
    /// Whether the word is in the vendor's reference.
    pub documented: bool,
    /// Where its meaning is written.
    pub source: &'static str,
}

/// Every word of the adapter, in the order in which rows count.
pub fn entries(adapter: &dyn Adapter) -> Vec<Entry> {
    let vocabulary = adapter.vocabulary();
    let of_row = |row: &'static Row| {
        row.operations.iter().map(move |operation| Entry {
            adapter: adapter.id(),
            operation,
            role: row.role,
            field: row.field,
            word: row.word,
            and_field: row.when.map(|when| when.field),
            and_word: row.when.map(|when| when.word),
            alone: is_alone(vocabulary, operation, row),
            meaning: row.meaning,
            health: row.health,
            traffic: row.traffic,
            traffic_reason: row.traffic_reason,
            reason: row.reason,
            phase: row.reason.map(FailureReason::phase),
            registration: row.registration,
            certainty: row.health.map(|_| row.certainty),
            reason_certainty: row.reason.map(|_| row.reason_certainty),
            documented: row.documented,
            source: row.source,
        })
    };
    vocabulary.rows().flat_map(of_row).collect()
}

/// Whether no row for the same word asks for a second field.
fn is_alone(vocabulary: &Vocabulary, operation: &str, row: &Row) -> bool {
    !vocabulary.rows().any(|other| {
        other.role == row.role
            && other.field == row.field
            && other.word.eq_ignore_ascii_case(row.word)
            && other.operations.contains(&operation)
            && other.when.is_some()
    })
}

/// The entries as JSON, in which what is absent is left out.
fn json(entries: &[Entry]) -> String {
    // Entries are plain data, and writing JSON to text cannot fail.
    let mut value = serde_json::to_value(entries).unwrap_or_default();
    for entry in value.as_array_mut().into_iter().flatten().filter_map(serde_json::Value::as_object_mut) {
        entry.retain(|_, cell| !cell.is_null());
    }
    serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
}

fn csv(lines: impl IntoIterator<Item = impl Serialize>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for line in lines {
        // Writing to memory cannot fail, and the lines are flat.
        let _ = writer.serialize(line);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
