//! Rows written to columns, and payloads read from one: Parquet and Arrow.

mod payloads;
mod writer;

use anyhow::Result;
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use lbhealth::HealthReport;
use lbhealth_arrow::{BackendBatch, PoolBatch, backend_schema, pool_schema};

pub(crate) use self::payloads::stream;
pub(crate) use self::writer::Writer;

macro_rules! rows {
    ($(#[doc = $doc:literal])+ $name:ident: $rows:ident in $batch:ident of $schema:ident) => {
        $(#[doc = $doc])+
        #[derive(Debug, Default)]
        pub(crate) struct $name {
            batch: $batch,
            full: Vec<RecordBatch>,
        }

        impl $name {
            pub(crate) fn schema() -> SchemaRef {
                $schema()
            }

            /// Adds those of a report.
            pub(crate) fn add(&mut self, report: &HealthReport<'_>) -> Result<()> {
                for row in report.$rows() {
                    self.batch.append(&row);
                    if self.batch.is_full() {
                        self.full.push(self.batch.finish()?);
                    }
                }
                Ok(())
            }

            /// Those so far, which are then forgotten.
            pub(crate) fn take(&mut self) -> Result<Vec<RecordBatch>> {
                if !self.batch.is_empty() {
                    self.full.push(self.batch.finish()?);
                }
                Ok(std::mem::take(&mut self.full))
            }
        }
    };
}

rows! {
    /// Backend rows that a thread made of neighbouring replies.
    BackendRows: rows in BackendBatch of backend_schema
}

rows! {
    /// Pool rows that a thread made of neighbouring replies.
    PoolRows: pool_rows in PoolBatch of pool_schema
}
