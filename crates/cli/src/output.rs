//! Where results go.

mod exposition;
mod open_metrics;
mod overview;
mod rows;

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use lbhealth::{BackendHealth, BackendRow, Document, HealthReport, PoolRow, PoolSummary};
use serde::Serialize;

use self::open_metrics::OpenMetrics;
use self::overview::Overview;
use crate::arguments::{Format, Normalize};
use crate::batch::{Batch, Counts};
use crate::complain;
use crate::progress::Progress;
use crate::screen::Screen;

/// How many complaints are shown where nobody asked for a file of failures, and how many remarks.
const MOST_SHOWN: usize = 20;

/// Standard output, and the files beside it.
pub(crate) struct Output<'p> {
    out: io::Stdout,
    /// What is only written at the end: a family of metrics has to stay together, and the worst comes first.
    held: Option<Held>,
    pools: Option<(PathBuf, File)>,
    failures: Option<(PathBuf, File)>,
    progress: &'p Progress,
    complaints: Shown,
    remarks: Shown,
    /// What was written so far.
    pub(crate) counts: Counts,
}

/// Documents of which nothing is written before the end.
enum Held {
    OpenMetrics(Box<OpenMetrics>),
    Table(Box<Overview>),
}

/// What was shown so far, and how many more were not.
#[derive(Default)]
struct Shown {
    shown: usize,
    hidden: u64,
}

impl<'p> Output<'p> {
    /// Opens the files that were asked for.
    pub(crate) fn new(arguments: &Normalize, progress: &'p Progress) -> Result<Self> {
        let create = |path: Option<&PathBuf>| -> Result<Option<(PathBuf, File)>> {
            let Some(path) = path else { return Ok(None) };
            let file = File::create(path).with_context(|| writing(path))?;
            Ok(Some((path.clone(), file)))
        };
        let mut output = Self {
            out: io::stdout(),
            held: match arguments.format {
                Format::Openmetrics => Some(Held::OpenMetrics(Box::default())),
                Format::Table => Some(Held::Table(Box::new(Overview::new(Screen::of_standard_output())))),
                Format::Csv | Format::Json | Format::Ndjson | Format::Records => None,
            },
            pools: create(arguments.pools.as_ref())?,
            failures: create(arguments.failures.as_ref())?,
            progress,
            complaints: Shown::default(),
            remarks: Shown::default(),
            counts: Counts::default(),
        };
        if arguments.format == Format::Csv {
            output.out.write_all(&rows::header(BackendRow::COLUMNS)?)?;
        }
        if let Some((path, file)) = output.pools.as_mut().filter(|(path, _)| is_csv(path)) {
            file.write_all(&rows::header(PoolRow::COLUMNS)?).with_context(|| writing(path))?;
        }
        Ok(output)
    }

    /// Writes what a batch holds, and empties it.
    pub(crate) fn write(&mut self, batch: &mut Batch) -> Result<()> {
        let Batch { out, pools, failures, held, complaints, remarks, counts } = batch;
        // What failed is said even where nobody reads the rest any more.
        self.counts.add(std::mem::take(counts));
        self.remarks.show(remarks, MOST_SHOWN, self.progress);
        let most = if self.failures.is_some() { 0 } else { MOST_SHOWN };
        self.complaints.show(complaints, most, self.progress);
        write(&mut self.failures, failures)?;
        for document in held.drain(..) {
            match (&mut self.held, document) {
                (Some(Held::OpenMetrics(metrics)), Document::Health(report)) => metrics.add(&report),
                (Some(Held::Table(overview)), document) => overview.add(&document),
                _ => {}
            }
        }
        self.out.write_all(out)?;
        out.clear();
        write(&mut self.pools, pools)
    }

    /// Writes what is held back, and says what there was, where that was more than one reply.
    pub(crate) fn finish(&mut self) -> Result<()> {
        self.progress.end();
        let mut out = io::BufWriter::new(&mut self.out);
        match &mut self.held {
            Some(Held::OpenMetrics(metrics)) => metrics.write(&mut out)?,
            Some(Held::Table(overview)) => overview.write(&mut out)?,
            None => {}
        }
        out.flush()?;
        if self.complaints.hidden > 0 && self.failures.is_none() {
            complain(&format!("{} more failures are not shown; `--failures FILE` keeps them all", self.complaints.hidden));
        }
        if self.remarks.hidden > 0 {
            complain(&format!("{} more warnings are not shown; `--format ndjson` has them all", self.remarks.hidden));
        }
        let Counts { documents, records, failures, warnings } = self.counts;
        if documents + failures > 1 {
            let of = |count: u64, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
            complain(&format!(
                "{}, {}, {}, {}",
                of(documents, "document"),
                of(records, "record"),
                of(warnings, "warning"),
                of(failures, "failure")
            ));
        }
        Ok(())
    }
}

impl Shown {
    fn show(&mut self, texts: &mut Vec<String>, most: usize, progress: &Progress) {
        for text in texts.drain(..) {
            if self.shown < most {
                self.shown += 1;
                progress.pause(|| complain(&text));
            } else {
                self.hidden += 1;
            }
        }
    }
}

fn write(file: &mut Option<(PathBuf, File)>, bytes: &mut Vec<u8>) -> Result<()> {
    if let Some((path, file)) = file {
        file.write_all(bytes).with_context(|| writing(path))?;
    }
    bytes.clear();
    Ok(())
}

fn writing(path: &Path) -> String {
    format!("writing {}", path.display())
}

/// Writes a document in a format.
pub(crate) fn document(document: &Document<'_>, format: Format, batch: &mut Batch) -> Result<()> {
    let out = &mut batch.out;
    match format {
        Format::Csv => rows::write(health(document, "backend rows")?.rows(), BackendRow::COLUMNS, out)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, document)?;
            out.push(b'\n');
        }
        Format::Ndjson => {
            serde_json::to_writer(&mut *out, document)?;
            out.push(b'\n');
        }
        Format::Openmetrics => {
            health(document, "metrics")?;
            batch.held.push(document.clone().into_owned());
        }
        Format::Records => health(document, "backend rows")?.write_rows(out),
        Format::Table => batch.held.push(document.clone().into_owned()),
    }
    Ok(())
}

/// Writes the pools of a report as flat rows; as CSV where the file's name says so.
pub(crate) fn pools(report: &HealthReport<'_>, path: &Path, out: &mut Vec<u8>) -> Result<()> {
    if is_csv(path) {
        return rows::write(report.pool_rows(), PoolRow::COLUMNS, out);
    }
    report.write_pool_rows(out);
    Ok(())
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
