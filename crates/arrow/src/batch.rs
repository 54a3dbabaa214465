//! Rows that become a record batch.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use lbhealth_core::{BackendRow, PoolRow};

use crate::column::Columns;
use crate::schema::{BACKENDS, POOLS};

/// How much text a batch should hold, in bytes.
const FULL: usize = 1 << 28;

macro_rules! batch {
    ($(#[doc = $doc:literal])+ $name:ident of $row:ident as $layout:ident) => {
        $(#[doc = $doc])+
        #[derive(Debug)]
        pub struct $name {
            columns: Columns,
            rows: usize,
        }

        impl $name {
            /// No rows.
            pub fn new() -> Self {
                Self { columns: Columns::new(&$layout), rows: 0 }
            }

            /// Adds a row behind the others.
            pub fn append(&mut self, row: &$row<'_>) {
                row.visit_cells(&mut self.columns.row());
                self.rows += 1;
            }

            /// How many rows there are.
            pub const fn len(&self) -> usize {
                self.rows
            }

            /// Whether there are no rows.
            pub const fn is_empty(&self) -> bool {
                self.rows == 0
            }

            /// Whether the rows hold so much text, 256 MiB, that the batch should be finished, however few they are.
            pub const fn is_full(&self) -> bool {
                self.columns.text_length() >= FULL
            }

            /// The rows as a record batch. What is added next begins another one.
            ///
            /// # Errors
            ///
            /// [`OffsetOverflowError`](ArrowError::OffsetOverflowError) where the texts of a column are longer than 2 GiB; the rows are
            /// lost then. It takes a single text of that size if a batch is finished whenever it [is full](Self::is_full).
            pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
                self.rows = 0;
                RecordBatch::try_new(Arc::clone(&$layout.schema), self.columns.finish()?)
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
}

batch! {
    /// Collects backend rows and hands them over as record batches of [`backend_schema`](crate::backend_schema).
    BackendBatch of BackendRow as BACKENDS
}

batch! {
    /// Collects pool rows and hands them over as record batches of [`pool_schema`](crate::pool_schema).
    PoolBatch of PoolRow as POOLS
}
