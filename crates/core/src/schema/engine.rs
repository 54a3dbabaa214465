//! The columns of the rows, in the words of the engines that read them. An engine left to guess types guesses wrong: a column without a
//! value becomes text, a port a number of 64 bits.

use std::fmt::Write;

use serde::Serialize;
use serde_json::{Value, json};

use super::{File, paragraph, table};
use crate::{Column, ColumnKind};

/// The columns as a table, and what declares them to DuckDB, Spark, `BigQuery` and Arrow.
pub(super) fn files(row: &str, columns: &[Column]) -> Vec<File> {
    let file = |ending: &str, text: String| File::new(format!("{row}.{ending}"), text);
    vec![
        file("columns.csv", csv(columns)),
        file("duckdb.sql", duckdb(row, columns)),
        file("spark.ddl", spark(columns)),
        File::json(format!("{row}.bigquery.json"), &bigquery(columns)),
        File::json(format!("{row}.arrow.json"), &arrow(columns)),
    ]
}

fn csv(columns: &[Column]) -> String {
    #[derive(Serialize)]
    struct Line {
        name: &'static str,
        r#type: &'static str,
        required: bool,
        unit: &'static str,
        description: String,
        since: &'static str,
    }
    let line = |column: &Column| Line {
        name: column.name,
        r#type: column.kind.into(),
        required: column.required,
        unit: column.unit,
        description: paragraph(column.documentation),
        since: column.since,
    };
    table::csv(&["name", "type", "required", "unit", "description", "since"], columns.iter().map(line))
}

/// A table macro, so that a query names a file and nothing else.
fn duckdb(row: &str, columns: &[Column]) -> String {
    let name = format!("{}s", row.replace('-', "_"));
    let kind = |kind| match kind {
        ColumnKind::Bool => "BOOLEAN",
        ColumnKind::Float64 => "DOUBLE",
        ColumnKind::Int32 => "INTEGER",
        ColumnKind::Timestamp => "TIMESTAMPTZ",
        ColumnKind::Utf8 => "VARCHAR",
    };
    let lines: Vec<String> = columns.iter().map(|column| format!("        {}: '{}'", column.name, kind(column.kind))).collect();
    format!(
        "-- Run this once, then: FROM {name}('rows.ndjson')\n\
         CREATE OR REPLACE MACRO {name}(path) AS TABLE\n    \
         SELECT * FROM read_json(path, format = 'newline_delimited', columns = {{\n{}\n    }});\n",
        lines.join(",\n")
    )
}

fn spark(columns: &[Column]) -> String {
    let mut text = String::new();
    for (index, column) in columns.iter().enumerate() {
        let kind = match column.kind {
            ColumnKind::Bool => "BOOLEAN",
            ColumnKind::Float64 => "DOUBLE",
            ColumnKind::Int32 => "INT",
            ColumnKind::Timestamp => "TIMESTAMP",
            ColumnKind::Utf8 => "STRING",
        };
        let required = if column.required { " NOT NULL" } else { "" };
        let end = if index + 1 < columns.len() { "," } else { "" };
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{} {kind}{required}{end}", column.name);
    }
    text
}

fn bigquery(columns: &[Column]) -> Value {
    let field = |column: &Column| {
        let kind = match column.kind {
            ColumnKind::Bool => "BOOL",
            ColumnKind::Float64 => "FLOAT64",
            ColumnKind::Int32 => "INT64",
            ColumnKind::Timestamp => "TIMESTAMP",
            ColumnKind::Utf8 => "STRING",
        };
        let mode = if column.required { "REQUIRED" } else { "NULLABLE" };
        json!({ "name": column.name, "type": kind, "mode": mode, "description": paragraph(column.documentation) })
    };
    columns.iter().map(field).collect()
}

/// The schema in the JSON form that Arrow's own implementations exchange for their integration tests.
fn arrow(columns: &[Column]) -> Value {
    let field = |column: &Column| {
        let kind = match column.kind {
            ColumnKind::Bool => json!({ "name": "bool" }),
            ColumnKind::Float64 => json!({ "name": "floatingpoint", "precision": "DOUBLE" }),
            ColumnKind::Int32 => json!({ "name": "int", "bitWidth": 32, "isSigned": true }),
            ColumnKind::Timestamp => json!({ "name": "timestamp", "unit": "MILLISECOND", "timezone": "UTC" }),
            ColumnKind::Utf8 => json!({ "name": "utf8" }),
        };
        json!({ "name": column.name, "type": kind, "nullable": !column.required, "children": [] })
    };
    json!({ "schema": { "fields": columns.iter().map(field).collect::<Vec<_>>() } })
}
