//! Rows written to columns, and payloads read from one: Parquet and Arrow.

mod payloads;
mod writer;

use anyhow::Result;
use arrow_array::RecordBatch;
use lbhealth::HealthReport;
use lbhealth_arrow::{BackendBatch, PoolBatch};

pub(crate) use self::payloads::stream;
pub(crate) use self::writer::Writer;

/// Rows that a thread made of neighbouring replies.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    backends: BackendBatch,
    pools: PoolBatch,
    full: Vec<RecordBatch>,
    full_pools: Vec<RecordBatch>,
}

impl Rows {
    /// Adds the records of a report.
    pub(crate) fn add_backends(&mut self, report: &HealthReport<'_>) -> Result<()> {
        for row in report.rows() {
            self.backends.append(&row);
            if self.backends.is_full() {
                self.full.push(self.backends.finish()?);
            }
        }
        Ok(())
    }

    /// Adds the pools of a report.
    pub(crate) fn add_pools(&mut self, report: &HealthReport<'_>) -> Result<()> {
        for row in report.pool_rows() {
            self.pools.append(&row);
            if self.pools.is_full() {
                self.full_pools.push(self.pools.finish()?);
            }
        }
        Ok(())
    }

    /// The records so far, which are then forgotten.
    fn take_backends(&mut self) -> Result<Vec<RecordBatch>> {
        if !self.backends.is_empty() {
            self.full.push(self.backends.finish()?);
        }
        Ok(std::mem::take(&mut self.full))
    }

    /// The pools so far, which are then forgotten.
    fn take_pools(&mut self) -> Result<Vec<RecordBatch>> {
        if !self.pools.is_empty() {
            self.full_pools.push(self.pools.finish()?);
        }
        Ok(std::mem::take(&mut self.full_pools))
    }
}
