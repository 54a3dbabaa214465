//! Where results go.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use lbhealth::Document;
use serde::Serialize;

use crate::arguments::Format;

/// Standard output in one of the formats, and the file for the pools.
pub(crate) struct Output<W: Write> {
    format: Format,
    out: BufWriter<W>,
    pools: Option<(PathBuf, BufWriter<File>)>,
}

impl<W: Write> Output<W> {
    pub(crate) fn new(format: Format, out: W, pools: Option<(PathBuf, BufWriter<File>)>) -> Self {
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
                    bail!("only health reports have backend rows; use --format json or ndjson");
                };
                for row in report.rows() {
                    line(&mut self.out, &row)?;
                }
            }
        }
        if let (Some((path, pools)), Document::Health(report)) = (&mut self.pools, document) {
            for row in report.pool_rows() {
                line(pools, &row).with_context(|| format!("writing {}", path.display()))?;
            }
        }
        Ok(())
    }

    /// Writes what is still buffered.
    pub(crate) fn finish(&mut self) -> Result<()> {
        self.out.flush()?;
        if let Some((path, pools)) = &mut self.pools {
            pools.flush().with_context(|| format!("writing {}", path.display()))?;
        }
        Ok(())
    }
}

fn line(out: &mut impl Write, value: &impl Serialize) -> Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")?;
    Ok(())
}

/// Writes text to standard output. Whoever closed it has seen enough, and the exit status still counts.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error).context("writing standard output"),
        _ => Ok(()),
    }
}

/// A document as indented JSON.
pub(crate) fn json(document: &impl Serialize) -> Result<String> {
    Ok(serde_json::to_string_pretty(document)? + "\n")
}
