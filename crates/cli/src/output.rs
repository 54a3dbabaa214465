//! Where results go.

mod exposition;
mod open_metrics;
mod overview;
mod rows;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use lbhealth::{BackendHealth, BackendRow, Document, HealthReport, PoolRow, PoolSummary};
use serde::Serialize;

use self::open_metrics::OpenMetrics;
use self::overview::Overview;
use self::rows::Rows;
use crate::arguments::Format;
use crate::screen::Screen;

/// Standard output in one of the formats, and the file for the pools.
pub(crate) struct Output<W: Write> {
    documents: Documents<W>,
    pools: Option<(PathBuf, Rows<File>)>,
}

/// What is written of the documents.
enum Documents<W: Write> {
    Json(BufWriter<W>),
    Ndjson(Rows<W>),
    Records(Rows<W>),
    OpenMetrics(Box<OpenMetrics>, BufWriter<W>),
    Table(Box<Overview>, BufWriter<W>),
}

impl<W: Write> Output<W> {
    pub(crate) fn new(format: Format, out: W, pools: Option<(PathBuf, File)>) -> Self {
        let documents = match format {
            Format::Csv => Documents::Records(Rows::csv(out, BackendRow::COLUMNS)),
            Format::Json => Documents::Json(BufWriter::new(out)),
            Format::Ndjson => Documents::Ndjson(Rows::lines(out)),
            Format::Openmetrics => Documents::OpenMetrics(Box::default(), BufWriter::new(out)),
            Format::Records => Documents::Records(Rows::lines(out)),
            Format::Table => Documents::Table(Box::new(Overview::new(Screen::of_standard_output())), BufWriter::new(out)),
        };
        let pools = pools.map(|(path, file)| {
            let rows = if is_csv(&path) { Rows::csv(file, PoolRow::COLUMNS) } else { Rows::lines(file) };
            (path, rows)
        });
        Self { documents, pools }
    }

    /// Writes what one input gave. Metrics and tables are only written at the end: a family of metrics has to stay together, and the worst
    /// comes first.
    pub(crate) fn write(&mut self, document: &Document<'_>) -> Result<()> {
        match &mut self.documents {
            Documents::Json(out) => {
                serde_json::to_writer_pretty(&mut *out, document)?;
                out.write_all(b"\n")?;
            }
            Documents::Ndjson(rows) => rows.write(document)?,
            Documents::Records(rows) => {
                for row in health(document, "backend rows")?.rows() {
                    rows.write(&row)?;
                }
            }
            Documents::OpenMetrics(metrics, _) => metrics.add(health(document, "metrics")?),
            Documents::Table(overview, _) => overview.add(document),
        }
        if let (Some((path, pools)), Document::Health(report)) = (&mut self.pools, document) {
            for row in report.pool_rows() {
                pools.write(&row).with_context(|| writing(path))?;
            }
        }
        Ok(())
    }

    /// Writes what is still held back.
    pub(crate) fn finish(&mut self) -> Result<()> {
        match &mut self.documents {
            Documents::Json(out) => out.flush()?,
            Documents::Ndjson(rows) | Documents::Records(rows) => rows.finish()?,
            Documents::OpenMetrics(metrics, out) => {
                metrics.write(out)?;
                out.flush()?;
            }
            Documents::Table(overview, out) => {
                overview.write(out)?;
                out.flush()?;
            }
        }
        if let Some((path, pools)) = &mut self.pools {
            pools.finish().with_context(|| writing(path))?;
        }
        Ok(())
    }
}

fn health<'a, 'd>(document: &'d Document<'a>, what: &str) -> Result<&'d HealthReport<'a>> {
    let Document::Health(report) = document else {
        bail!("only health reports have {what}; use --format json, ndjson or table");
    };
    Ok(report)
}

fn is_csv(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
}

fn writing(path: &Path) -> String {
    format!("writing {}", path.display())
}

/// How many backends of a pool have this health, where that is known.
fn count(pool: &PoolSummary<'_>, health: BackendHealth) -> Option<u32> {
    match health {
        BackendHealth::Unhealthy => pool.unhealthy_count,
        BackendHealth::Degraded => pool.degraded_count,
        BackendHealth::Unknown => pool.unknown_count,
        BackendHealth::Initializing => pool.initializing_count,
        BackendHealth::Draining => pool.draining_count,
        BackendHealth::Inactive => pool.inactive_count,
        BackendHealth::Unmonitored => pool.unmonitored_count,
        BackendHealth::Healthy => pool.healthy_count,
    }
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
