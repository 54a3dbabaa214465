//! Flat rows as CSV, as of RFC 4180, but for lines that end in a line feed.

use anyhow::Result;
use lbhealth::Column;
use serde::Serialize;
use serde_json::Value;

/// The line with the names of the columns.
pub(super) fn header(columns: &[Column]) -> Result<Vec<u8>> {
    let mut line = Vec::new();
    let mut writer = csv::Writer::from_writer(&mut line);
    writer.write_record(columns.iter().map(|column| column.name))?;
    writer.flush()?;
    drop(writer);
    Ok(line)
}

/// Adds a line per row. A value is written as it is, also where a spreadsheet would take it for a formula: the file is data first, and
/// keys have to join.
pub(super) fn write(rows: impl Iterator<Item = impl Serialize>, columns: &[Column], out: &mut Vec<u8>) -> Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    for row in rows {
        let row = serde_json::to_value(row)?;
        writer.write_record(columns.iter().map(|column| cell(row.get(column.name))))?;
    }
    writer.flush()?;
    Ok(())
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
