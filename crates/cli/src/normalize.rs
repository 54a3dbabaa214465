//! `lbhealth normalize`.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, anyhow};
use lbhealth::{ADAPTERS, Adapter, Context, Document, Error, ErrorKind, HealthReport, Inventory};

use crate::arguments::{Format, Normalize};
use crate::output::Output;
use crate::progress::Progress;
use crate::{FAILED, complain, is_closed_pipe};

/// Program and version, as documents name it.
pub(crate) const PRODUCER: &str = concat!("lbhealth ", env!("CARGO_PKG_VERSION"));

/// Normalizes every input. One that fails does not keep the others from being written.
pub(crate) fn run(arguments: &Normalize) -> Result<ExitCode> {
    let adapter = arguments.adapter.as_deref().map(lbhealth::adapter).transpose()?;
    let pools = arguments.pools.as_deref().map(create).transpose()?;
    let standard_input = [PathBuf::from("-")];
    let files = if arguments.files.is_empty() { &standard_input[..] } else { &arguments.files };
    let format = arguments.format();
    let all: Vec<PathBuf> = arguments.with.iter().chain(files).cloned().collect();
    let mut run = Run {
        arguments,
        adapter,
        context: arguments.context(),
        format,
        progress: Progress::of(&all, format.is_held_back()),
        output: Output::new(format, io::stdout().lock(), pools),
        failed: false,
    };
    match run.all(files) {
        Ok(()) => {}
        // Whoever read the output has seen enough, which does not mend what failed before.
        Err(error) if is_closed_pipe(&error) && run.failed => {}
        Err(error) => return Err(error),
    }
    Ok(if run.failed { ExitCode::from(FAILED) } else { ExitCode::SUCCESS })
}

fn create(path: &Path) -> Result<(PathBuf, File)> {
    let file = File::create(path).with_context(|| format!("writing {}", path.display()))?;
    Ok((path.to_path_buf(), file))
}

struct Run<'c, W: io::Write> {
    arguments: &'c Normalize,
    adapter: Option<&'static dyn Adapter>,
    context: Context<'c>,
    format: Format,
    progress: Progress,
    output: Output<W>,
    failed: bool,
}

impl<W: io::Write> Run<'_, W> {
    fn all(&mut self, files: &[PathBuf]) -> Result<()> {
        if self.arguments.with.is_empty() {
            for path in files {
                let payload = read(path, &self.progress).context("cannot be read");
                let written = payload.and_then(|payload| self.write(path, normalized(&payload, self.adapter, &self.context)?));
                self.note(path, written)?;
            }
        } else {
            self.completed(files)?;
        }
        self.progress.end();
        self.output.finish()
    }

    /// Reads everything, and completes the health reports of each adapter with its inventories.
    fn completed(&mut self, files: &[PathBuf]) -> Result<()> {
        let mut reports: Vec<HealthReport<'static>> = Vec::new();
        let mut inventories: Vec<Inventory<'static>> = Vec::new();
        // Inventories come first: they tell what pools are bound to.
        for path in self.arguments.with.iter().chain(files) {
            let is_with = self.arguments.with.contains(path);
            let document = read(path, &self.progress).context("cannot be read").and_then(|payload| {
                let mut context = self.context.clone();
                for inventory in &inventories {
                    context.learn(inventory);
                }
                normalized(&payload, self.adapter, &context).map(Document::into_owned)
            });
            let taken = match document {
                Ok(Document::Health(report)) if !is_with => {
                    reports.push(report);
                    Ok(())
                }
                Ok(Document::Inventory(inventory)) => {
                    inventories.push(inventory);
                    Ok(())
                }
                Ok(document) if is_with => Err(document.into_inventory().err().map_or_else(|| anyhow!("no inventory"), Into::into)),
                Ok(document) => Err(document.into_health().err().map_or_else(|| anyhow!("no health report"), Into::into)),
                Err(error) => Err(error),
            };
            self.note(path, taken)?;
        }
        let name = files.first().map_or(Path::new("-"), PathBuf::as_path);
        for id in ADAPTERS.iter().map(|adapter| adapter.id()) {
            let own: Vec<_> = reports.iter().filter(|report| report.adapter == id).cloned().collect();
            if own.is_empty() {
                continue;
            }
            let mut report = HealthReport::merge(own)?;
            let known: Vec<_> = inventories.iter().filter(|inventory| inventory.adapter == id).cloned().collect();
            if !known.is_empty() {
                report = report.complete_with(&Inventory::merge(known)?);
            }
            let written = self.write(name, Document::Health(report));
            self.note(name, written)?;
        }
        Ok(())
    }

    /// Says that an input failed and goes on, unless nobody reads the output any more.
    fn note(&mut self, path: &Path, outcome: Result<()>) -> Result<()> {
        match outcome {
            Err(error) if is_closed_pipe(&error) => Err(error),
            Err(error) => {
                self.progress.pause(|| complain(&format!("{}: {error:#}", name(path))));
                self.failed = true;
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    fn write(&mut self, path: &Path, document: Document<'_>) -> Result<()> {
        let document = if self.arguments.strict { document.into_strict()? } else { document };
        if self.format.is_rows() {
            // Rows have the codes of their records' warnings and no place for the others.
            for warning in document.warnings().iter().filter(|warning| warning.record_key.is_none()) {
                let text = format!("{}: {} at `{}`: {}", name(path), warning.code, warning.path, warning.message);
                self.progress.pause(|| complain(&text));
            }
        }
        self.output.write(&document.produced_by(PRODUCER))
    }
}

/// The document, or an error that also says whose reply it looks like.
pub(crate) fn normalized<'a>(payload: &'a [u8], adapter: Option<&dyn Adapter>, context: &Context<'a>) -> Result<Document<'a>> {
    let document = match adapter {
        Some(adapter) => adapter.normalize(payload, context),
        None => lbhealth::normalize(payload, context),
    };
    document.map_err(|error| with_remedy(error, payload))
}

fn with_remedy(error: Error, payload: &[u8]) -> anyhow::Error {
    match error.kind() {
        ErrorKind::AmbiguousAdapter { .. } => {
            let known = ADAPTERS.iter().map(|adapter| adapter.id()).collect::<Vec<_>>().join(", ");
            anyhow!("{error} with `--adapter ID`, one of {known}")
        }
        ErrorKind::UnknownOperation { .. } => match lbhealth::detect(ADAPTERS, payload) {
            Ok(found) if error.adapter().is_some_and(|id| id != found.adapter.id()) => {
                anyhow!("{error}; this looks like a reply of {} for `--adapter {}`", found.operation.name, found.adapter.id())
            }
            Err(other) if matches!(other.kind(), ErrorKind::VendorError { .. }) => anyhow!("{error}; {other}"),
            _ => error.into(),
        },
        _ => error.into(),
    }
}

pub(crate) fn read(path: &Path, progress: &Progress) -> io::Result<Vec<u8>> {
    let mut payload = Vec::new();
    if path == Path::new("-") {
        progress.watch(io::stdin().lock()).read_to_end(&mut payload)?;
    } else {
        progress.watch(File::open(path)?).read_to_end(&mut payload)?;
    }
    Ok(payload)
}

pub(crate) fn name(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}
