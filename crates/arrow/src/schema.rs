//! The Arrow schemas of the published rows.

use std::sync::{Arc, LazyLock};

use arrow_array::{ArrayRef, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use lbhealth_core::{BackendRow, Column, ColumnKind, PoolRow, Variety};

/// What all batches of a kind of rows share.
pub(crate) struct Layout {
    pub(crate) columns: &'static [Column],
    pub(crate) schema: SchemaRef,
    /// The words that a column can hold, where it holds words of a list.
    pub(crate) words: Vec<Option<ArrayRef>>,
}

pub(crate) static BACKENDS: LazyLock<Layout> = LazyLock::new(|| Layout::new(BackendRow::COLUMNS));
pub(crate) static POOLS: LazyLock<Layout> = LazyLock::new(|| Layout::new(PoolRow::COLUMNS));

/// The schema of backend rows: the published columns in their order. Always the same one.
pub fn backend_schema() -> SchemaRef {
    Arc::clone(&BACKENDS.schema)
}

/// The schema of pool rows: the published columns in their order. Always the same one.
pub fn pool_schema() -> SchemaRef {
    Arc::clone(&POOLS.schema)
}

impl Layout {
    fn new(columns: &'static [Column]) -> Self {
        let field = |column: &Column| Field::new(column.name, data_type(column), !column.required);
        let words = |column: &Column| match column.variety {
            Variety::Words(words) => Some(Arc::new(StringArray::from_iter_values(words)) as ArrayRef),
            _ => None,
        };
        Self {
            columns,
            schema: Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>())),
            words: columns.iter().map(words).collect(),
        }
    }
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
