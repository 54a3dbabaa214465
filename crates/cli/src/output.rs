//! Where results go.

use std::io::{BufWriter, Write};

use anyhow::{Context as _, Result, bail};
use lbhealth::Document;
use serde::Serialize;

use crate::arguments::Format;

/// Standard output in one of the formats, and the file for the pools.
pub(crate) struct Output<W: Write, P: Write> {
    format: Format,
    out: BufWriter<W>,
    pools: Option<P>,
}

impl<W: Write, P: Write> Output<W, P> {
    pub(crate) fn new(format: Format, out: W, pools: Option<P>) -> Self {
        Self { format, out: BufWriter::new(out), pools }
    }

    /// Writes what one input gave.
    pub(crate) fn write(&mut self, document: &Document<'_>) -> Result<()> {
        match self.format {
            Format::Json => {
                serde_json::to_writer_pretty(&mut self.out, document)?;
                self.out.write_all(b"\n")?;
            }
            Format::Ndjson => line(&mut self.out, document)?,
            Format::Records => {
                let Document::Health(report) = document else {
                    bail!("the configuration of health checks has no backend rows; use --format json or ndjson");
                };
                for row in report.rows() {
                    line(&mut self.out, &row)?;
                }
            }
        }
        if let (Some(pools), Document::Health(report)) = (&mut self.pools, document) {
            for row in report.pool_rows() {
                line(pools, &row).context("writing the pools")?;
            }
        }
        Ok(())
    }

    /// Writes what is still buffered.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.out.flush()?;
        if let Some(pools) = &mut self.pools {
            pools.flush().context("writing the pools")?;
        }
        Ok(())
    }
}

fn line(out: &mut impl Write, value: &impl Serialize) -> Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")?;
    Ok(())
}
