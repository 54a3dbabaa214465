//! Differences between two versions of a table: a CSV file of columns, of values, of adapters.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::finding::{Class, Findings, Place};

/// What tells the rows of a table apart, and whether their order counts.
struct Layout {
    keys: &'static [&'static str],
    ordered: bool,
}

/// The layout of a table, by its path. Of a table that is not listed here, the first column is the key.
fn layout(file: &str) -> Option<Layout> {
    let name = file.rsplit('/').next().unwrap_or(file);
    match name {
        _ if name.ends_with(".columns.csv") => Some(Layout { keys: &["name"], ordered: true }),
        "adapters.csv" => Some(Layout { keys: &["adapter", "operation"], ordered: false }),
        "values.csv" => Some(Layout { keys: &["type", "value"], ordered: false }),
        _ => None,
    }
}

/// What a change of a cell means. The tables are made so that a column means the same in each.
fn class_of_cell(column: &str) -> Class {
    match column {
        "title" | "description" | "vendor" | "product" | "since" | "source_url" => Class::Documentation,
        "deprecated_since" => Class::Additive,
        "severity" | "phase" => Class::Vocabulary,
        _ => Class::Breaking,
    }
}

/// Compares a table of then and now.
pub(super) fn compare(file: &str, old: &str, new: &str, findings: &mut Findings) -> Result<()> {
    let at = Place::file(file, file);
    let (before, now) = (Table::read(file, old)?, Table::read(file, new)?);
    header(&at, &before.columns, &now.columns, findings);
    // The rows of the vocabularies are compared word by word.
    if file.ends_with("vocabulary/all.csv") {
        return Ok(());
    }
    let layout = layout(file);
    let first: Vec<&str> = before.columns.iter().take(1).map(String::as_str).collect();
    let keys = layout.as_ref().map_or(first.as_slice(), |layout| layout.keys);
    let (old_rows, new_rows) = (before.by(keys), now.by(keys));
    for (key, row) in &old_rows {
        let at = at.child(key);
        let Some(other) = new_rows.get(key) else {
            findings.add(Class::Breaking, &at, "the row is gone");
            continue;
        };
        for (column, cell) in row {
            let Some(value) = other.get(column).filter(|value| *value != cell) else { continue };
            findings.add(class_of_cell(column), &at.child(column), format!("was `{cell}` and is `{value}`"));
        }
    }
    for (key, row) in new_rows.iter().filter(|(key, _)| !old_rows.contains_key(*key)) {
        let cell = |column: &str| row.get(column).copied().unwrap_or_default();
        let (class, what) = if cell("required") == "true" {
            (Class::Breaking, "a new row that is required; what was written before lacks it")
        } else if cell("open") == "false" && old_rows.keys().any(|other| other.split(' ').next() == key.split(' ').next()) {
            (Class::Breaking, "a new value in a closed list")
        } else {
            (Class::Additive, "a new row")
        };
        findings.add(class, &at.child(key), what);
    }
    if layout.is_some_and(|layout| layout.ordered) {
        order(&at, &before.order(keys), &now.order(keys), findings);
    }
    Ok(())
}

/// Columns may be added at the end, because some read a table by position.
fn header(at: &Place, old: &[String], new: &[String], findings: &mut Findings) {
    for column in old.iter().filter(|column| !new.contains(column)) {
        findings.add(Class::Breaking, &at.child(column), "the column is gone");
    }
    for column in new.iter().filter(|column| !old.contains(column)) {
        findings.add(Class::Additive, &at.child(column), "a new column");
    }
    order(at, old, new, findings);
}

/// What there was keeps its place; what is new comes after it.
fn order(at: &Place, old: &[String], new: &[String], findings: &mut Findings) {
    let old: Vec<&String> = old.iter().filter(|name| new.contains(name)).collect();
    for (position, name) in old.iter().enumerate() {
        if new.get(position) != Some(*name) {
            findings.add(Class::Breaking, &at.child(name), format!("has another place: it was number {}", position + 1));
            // All that follow have moved with it.
            return;
        }
    }
}

struct Table {
    columns: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

impl Table {
    fn read(file: &str, text: &str) -> Result<Self> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let columns = reader.headers().with_context(|| format!("reading {file}"))?.iter().map(str::to_owned).collect();
        let rows = reader.records().collect::<Result<_, _>>().with_context(|| format!("reading {file}"))?;
        Ok(Self { columns, rows })
    }

    fn cells<'a>(&'a self, row: &'a csv::StringRecord) -> BTreeMap<&'a str, &'a str> {
        self.columns.iter().map(String::as_str).zip(row.iter()).collect()
    }

    fn key(&self, row: &csv::StringRecord, keys: &[&str]) -> String {
        let cells = self.cells(row);
        keys.iter().map(|key| cells.get(key).copied().unwrap_or_default()).collect::<Vec<_>>().join(" ")
    }

    fn by(&self, keys: &[&str]) -> BTreeMap<String, BTreeMap<&str, &str>> {
        self.rows.iter().map(|row| (self.key(row, keys), self.cells(row))).collect()
    }

    fn order(&self, keys: &[&str]) -> Vec<String> {
        self.rows.iter().map(|row| self.key(row, keys)).collect()
    }
}
