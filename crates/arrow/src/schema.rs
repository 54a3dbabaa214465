//! The Arrow schemas of the published rows.

use std::sync::{Arc, LazyLock};

use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use lbhealth_core::{BackendRow, Column, ColumnKind, PoolRow, Variety};

static BACKENDS: LazyLock<SchemaRef> = LazyLock::new(|| schema(BackendRow::COLUMNS));
static POOLS: LazyLock<SchemaRef> = LazyLock::new(|| schema(PoolRow::COLUMNS));

/// The schema of backend rows: the published columns in their order. Always the same one.
pub fn backend_schema() -> SchemaRef {
    Arc::clone(&BACKENDS)
}

/// The schema of pool rows: the published columns in their order. Always the same one.
pub fn pool_schema() -> SchemaRef {
    Arc::clone(&POOLS)
}

fn schema(columns: &[Column]) -> SchemaRef {
    let field = |column: &Column| Field::new(column.name, data_type(column), !column.required);
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

fn data_type(column: &Column) -> DataType {
    match (column.kind, column.variety) {
        (ColumnKind::Bool, _) => DataType::Boolean,
        (ColumnKind::Float64, _) => DataType::Float64,
        (ColumnKind::Int32, _) => DataType::Int32,
        (ColumnKind::Timestamp, _) => DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into())),
        (_, Variety::Few | Variety::Words(_)) => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
        _ => DataType::Utf8,
    }
}
