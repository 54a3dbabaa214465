//! Payloads that gave no rows, as a table.

use std::sync::{Arc, LazyLock};

use arrow_array::RecordBatch;
use arrow_array::builder::{Int64Builder, StringBuilder};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use lbhealth::{Error, Pointer};

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let text = |name, nullable| Field::new(name, DataType::Utf8, nullable);
    Arc::new(Schema::new(vec![
        Field::new("payload_index", DataType::Int64, false),
        text("kind", false),
        text("class", true),
        text("adapter", true),
        text("operation", true),
        text("path", true),
        text("message", false),
    ]))
});

/// The schema of the table.
pub(crate) fn schema() -> SchemaRef {
    SchemaRef::clone(&SCHEMA)
}

/// Failures in the order of their payloads.
#[derive(Default)]
pub(crate) struct Failures {
    index: Int64Builder,
    kind: StringBuilder,
    class: StringBuilder,
    adapter: StringBuilder,
    operation: StringBuilder,
    path: StringBuilder,
    message: StringBuilder,
}

impl Failures {
    /// Adds why a payload gave no rows; `operation` is the one that the caller named.
    pub(crate) fn append(&mut self, index: i64, error: &Error, operation: Option<&str>) {
        self.index.append_value(index);
        self.kind.append_value(error.kind().as_str());
        self.class.append_option(error.kind().vendor_class().map(<&str>::from));
        self.adapter.append_option(error.adapter());
        self.operation.append_option(operation);
        self.path.append_option(error.path().map(Pointer::text));
        self.message.append_value(error.to_string());
    }

    /// The failures as a record batch, if there are any.
    pub(crate) fn finish(mut self) -> Result<Option<RecordBatch>, ArrowError> {
        let index = self.index.finish();
        if index.is_empty() {
            return Ok(None);
        }
        let texts = [&mut self.kind, &mut self.class, &mut self.adapter, &mut self.operation, &mut self.path, &mut self.message];
        let mut columns: Vec<arrow_array::ArrayRef> = vec![Arc::new(index)];
        columns.extend(texts.map(|text| Arc::new(text.finish()) as arrow_array::ArrayRef));
        RecordBatch::try_new(schema(), columns).map(Some)
    }
}
