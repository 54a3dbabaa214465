//! Where results go.

mod exposition;
mod open_metrics;
mod overview;
mod pages;
mod rows;
mod standard;

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use lbhealth::{BackendRow, Document, HealthReport, PoolRow};
use serde::Serialize;

use self::open_metrics::OpenMetrics;
use self::overview::Overview;
use self::pages::Pages;
use self::standard::Standard;
use crate::arguments::DocumentFormat;
use crate::batch::{Batch, Counts};
use crate::columnar::{BackendRows, PoolRows, Writer};
use crate::container::Container;
use crate::input::ends_in;
use crate::names::counted;
use crate::normalize::Normalize;
use crate::progress::Progress;
use crate::screen::Screen;
use crate::{WrongUsage, complain};

/// How many complaints are shown where nobody asked for a file of failures, and how many remarks.
pub(crate) const MOST_SHOWN: usize = 20;

/// Standard output, and the files beside it.
pub(crate) struct Output<'p> {
    out: Standard,
    /// What is only written at the end: a family of metrics has to stay together, and the worst comes first.
    held: Option<Held>,
    /// Where rows become columns.
    table: Option<Writer<Standard>>,
    pools: Option<(PathBuf, File)>,
    pool_table: Option<(PathBuf, Writer<File>)>,
    failures: Option<(PathBuf, File)>,
    progress: &'p Progress,
    complaints: Shown,
    remarks: Shown,
    /// What was written so far.
    pub(crate) counts: Counts,
}

/// Documents of which nothing is written before the end.
struct Held {
    pages: Pages,
    gathered: Gathered,
}

/// What becomes of them.
enum Gathered {
    OpenMetrics(Box<OpenMetrics>),
    Table(Box<Overview>),
}

impl Held {
    fn new(gathered: Gathered) -> Self {
        Self { pages: Pages::default(), gathered }
    }

    fn add(&mut self, document: Document<'static>) {
        if let Some(document) = self.pages.keep(document) {
            self.gathered.add(document);
        }
    }

    fn write(&mut self, out: &mut impl Write) -> io::Result<()> {
        for report in self.pages.take() {
            self.gathered.add(Document::Health(report.into()));
        }
        match &mut self.gathered {
            Gathered::OpenMetrics(metrics) => metrics.write(out),
            Gathered::Table(overview) => overview.write(out),
        }
    }
}

impl Gathered {
    fn add(&mut self, document: Document<'static>) {
        match (self, document) {
            (Self::OpenMetrics(metrics), Document::Health(report)) => metrics.hold(*report),
            (Self::OpenMetrics(_), _) => {}
            (Self::Table(overview), document) => overview.add(&document),
        }
    }
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
        refuse_overwriting(arguments)?;
        refuse_compression(arguments)?;
        let create = |path: Option<&PathBuf>| -> Result<Option<(PathBuf, File)>> {
            let Some(path) = path else { return Ok(None) };
            let file = File::create(path).with_context(|| writing(path))?;
            Ok(Some((path.clone(), file)))
        };
        let has_files = arguments.pools.is_some() || arguments.failures.is_some();
        let mut output = Self {
            out: Standard::new(has_files),
            held: match arguments.format {
                DocumentFormat::Openmetrics => Some(Held::new(Gathered::OpenMetrics(Box::default()))),
                DocumentFormat::Table => Some(Held::new(Gathered::Table(Box::new(Overview::new(Screen::of_standard_output()))))),
                DocumentFormat::Arrow
                | DocumentFormat::Csv
                | DocumentFormat::Json
                | DocumentFormat::Ndjson
                | DocumentFormat::Parquet
                | DocumentFormat::Records => None,
            },
            table: match arguments.format.container() {
                Some(container) if io::stdout().is_terminal() => return Err(binary(container)),
                Some(container) => Some(Writer::new(container, BackendRows::schema(), Standard::new(has_files))?),
                None => None,
            },
            pools: create(arguments.pools.as_ref().filter(|path| Container::of(path).is_none()))?,
            pool_table: arguments.pools.as_deref().and_then(pool_table).transpose()?,
            failures: create(arguments.failures.as_ref())?,
            progress,
            complaints: Shown::default(),
            remarks: Shown::default(),
            counts: Counts::default(),
        };
        if arguments.format == DocumentFormat::Csv {
            output.out.write_all(&rows::header(BackendRow::COLUMNS)?)?;
        }
        if let Some((path, file)) = output.pools.as_mut().filter(|(path, _)| is_csv(path)) {
            file.write_all(&rows::header(PoolRow::COLUMNS)?).with_context(|| writing(path))?;
        }
        Ok(output)
    }

    /// Writes what a batch holds, and empties it.
    pub(crate) fn write(&mut self, batch: &mut Batch) -> Result<()> {
        let Batch { out, pools, rows, pool_rows, failures, held, complaints, remarks, counts } = batch;
        // What failed is said even where nobody reads the rest any more.
        self.counts.add(std::mem::take(counts));
        self.remarks.show(remarks, self.progress);
        self.complaints.show(complaints, self.progress);
        write(&mut self.failures, failures)?;
        if let Some(gathering) = &mut self.held {
            held.drain(..).for_each(|document| gathering.add(document));
        }
        self.out.write_all(out)?;
        out.clear();
        if let Some(table) = &mut self.table {
            table.write(rows.take()?)?;
        }
        if let Some((path, table)) = &mut self.pool_table {
            pool_rows.take().and_then(|rows| table.write(rows)).with_context(|| writing(path))?;
        }
        write(&mut self.pools, pools)
    }

    /// Writes what is held back, and says what there was, where that was more than one reply.
    pub(crate) fn finish(&mut self) -> Result<()> {
        self.progress.end();
        let mut out = io::BufWriter::new(&mut self.out);
        if let Some(held) = &mut self.held {
            held.write(&mut out)?;
        }
        out.flush()?;
        drop(out);
        if let Some(table) = &mut self.table {
            table.finish()?;
        }
        if let Some((path, table)) = &mut self.pool_table {
            table.finish().with_context(|| writing(path))?;
        }
        if self.complaints.hidden > 0 {
            let where_all_are = match &self.failures {
                Some((path, _)) => format!("{} has them all", path.display()),
                None => "`--failures FILE` keeps them all".to_owned(),
            };
            complain(&format!("{} more failures are not shown; {where_all_are}", self.complaints.hidden));
        }
        if self.remarks.hidden > 0 {
            complain(&format!("{} more warnings are not shown; `--format ndjson` has them all", self.remarks.hidden));
        }
        let Counts { documents, records, failures, warnings } = self.counts;
        if documents + failures > 1 {
            complain(&format!(
                "{}, {}, {}, {}",
                counted(documents, "document"),
                counted(records, "record"),
                counted(warnings, "warning"),
                counted(failures, "failure")
            ));
        }
        Ok(())
    }
}

/// Refuses to write a file that is read, or two things into one file: what was there would be lost before it is read.
fn refuse_overwriting(arguments: &Normalize) -> Result<()> {
    let same = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned());
    let written = [("--pools", &arguments.pools), ("--failures", &arguments.failures)];
    let written: Vec<_> = written.into_iter().filter_map(|(option, path)| Some((option, path.as_deref()?))).collect();
    if let Some((option, _)) = written.iter().find(|(_, path)| *path == Path::new("-")) {
        return Err(WrongUsage(format!("`{option} -`: standard output is for the documents; name a file")).into());
    }
    // What is no file, such as a pipe, holds nothing that could be lost.
    for (option, path) in written.iter().filter(|(_, path)| path.is_file()) {
        if arguments.files.iter().chain(&arguments.with).any(|read| read.is_file() && same(read) == same(path)) {
            return Err(WrongUsage(format!("`{option} {}` would overwrite what is read", path.display())).into());
        }
    }
    if let [(one, path), (other, second)] = written.as_slice()
        && same(path) == same(second)
        && !matches!(path.metadata(), Ok(data) if !data.is_file())
    {
        return Err(WrongUsage(format!("`{one}` and `{other}` are both to write {}", path.display())).into());
    }
    Ok(())
}

/// Refuses names of compressed files, which are read and not written.
fn refuse_compression(arguments: &Normalize) -> Result<()> {
    const COMPRESSED: [&str; 8] = ["br", "bz2", "gz", "lz4", "xz", "zip", "zst", "zstd"];
    let pools = "`.csv`, `.parquet` or `.arrows`, or in another way for a flat row a line";
    let written = [("--pools", &arguments.pools, pools), ("--failures", &arguments.failures, "`.ndjson`")];
    for (option, path, endings) in written {
        if let Some(path) = path.as_ref().filter(|path| ends_in(path, &COMPRESSED)) {
            let problem = format!("`{option} {}`: nothing is compressed that is written", path.display());
            return Err(WrongUsage(format!("{problem}; name a file that ends in {endings}")).into());
        }
    }
    Ok(())
}

impl Shown {
    fn show(&mut self, texts: &mut Vec<String>, progress: &Progress) {
        for text in texts.drain(..) {
            if self.shown < MOST_SHOWN {
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
pub(crate) fn document(document: &Document<'_>, format: DocumentFormat, batch: &mut Batch) -> Result<()> {
    let out = &mut batch.out;
    match format {
        DocumentFormat::Arrow | DocumentFormat::Parquet => batch.rows.add(health(document, "backend rows")?)?,
        DocumentFormat::Csv => rows::write(health(document, "backend rows")?.rows(), BackendRow::COLUMNS, out)?,
        DocumentFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, document)?;
            out.push(b'\n');
        }
        DocumentFormat::Ndjson => {
            serde_json::to_writer(&mut *out, document)?;
            out.push(b'\n');
        }
        DocumentFormat::Openmetrics => {
            health(document, "metrics")?;
            batch.held.push(document.clone().into_owned());
        }
        DocumentFormat::Records => health(document, "backend rows")?.write_rows(out),
        DocumentFormat::Table => batch.held.push(document.clone().into_owned()),
    }
    Ok(())
}

/// Writes the pools of a report as flat rows; as what the file's name says.
pub(crate) fn pools(report: &HealthReport<'_>, path: &Path, batch: &mut Batch) -> Result<()> {
    if Container::of(path).is_some() {
        return batch.pool_rows.add(report);
    }
    if is_csv(path) {
        return rows::write(report.pool_rows(), PoolRow::COLUMNS, &mut batch.pools);
    }
    report.write_pool_rows(&mut batch.pools);
    Ok(())
}

/// The table that the name of the file asks for, if it does.
fn pool_table(path: &Path) -> Option<Result<(PathBuf, Writer<File>)>> {
    let container = Container::of(path)?;
    Some((|| {
        if container == Container::Arrow && !ends_in(path, &["arrows"]) {
            let problem = "Arrow is written as a stream, whose name ends in `.arrows`";
            return Err(WrongUsage(format!("{}: {problem}", path.display())).into());
        }
        let table = File::create(path).map_err(Into::into).and_then(|file| Writer::new(container, PoolRows::schema(), file));
        Ok((path.to_path_buf(), table.with_context(|| writing(path))?))
    })())
}

/// Nobody reads columns on a terminal.
fn binary(container: Container) -> anyhow::Error {
    let name = container.name();
    WrongUsage(format!("{name} is not text that a terminal can show; write it to a file: `> rows.{}`", container.ending())).into()
}

fn health<'a, 'd>(document: &'d Document<'a>, what: &str) -> Result<&'d HealthReport<'a>> {
    let Document::Health(report) = document else {
        bail!("only health reports have {what}; use --format json, ndjson or table");
    };
    Ok(report)
}

fn is_csv(path: &Path) -> bool {
    ends_in(path, &["csv"])
}

/// Writes text to standard output. Whoever closed it has seen enough, and the exit status still counts.
pub(crate) fn print(text: impl AsRef<[u8]>) -> Result<()> {
    let mut out = Standard::new(false);
    match out.write_all(text.as_ref()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// A document as indented JSON.
pub(crate) fn json(document: &impl Serialize) -> Result<String> {
    Ok(serde_json::to_string_pretty(document)? + "\n")
}
