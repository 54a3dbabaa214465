//! Tables as CSV.

use serde::Serialize;
use serde_json::Value;

/// The lines, with these columns in this order; a column that a line does not have is empty in it.
pub(super) fn csv(columns: &[&str], lines: impl IntoIterator<Item = impl Serialize>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and the lines are flat.
    let _ = writer.write_record(columns);
    for line in lines {
        let line = serde_json::to_value(line).unwrap_or_default();
        let _ = writer.write_record(columns.iter().map(|column| cell(line.get(column))));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
