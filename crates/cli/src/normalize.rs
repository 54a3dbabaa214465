//! `lbhealth normalize`.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, anyhow};
use lbhealth::{ADAPTERS, Adapter, Context, Document, Error, ErrorKind};

use crate::arguments::{Format, Normalize};
use crate::output::Output;
use crate::{FAILED, complain, is_closed_pipe};

/// Program and version, as documents name it.
const PRODUCER: &str = concat!("lbhealth ", env!("CARGO_PKG_VERSION"));

/// Normalizes every input. One that fails does not keep the others from being written.
pub(crate) fn run(arguments: &Normalize) -> Result<ExitCode> {
    let adapter = arguments.adapter.as_deref().map(lbhealth::adapter).transpose()?;
    let context = arguments.context();
    let pools = match &arguments.pools {
        Some(path) => Some(File::create(path).with_context(|| format!("writing {}", path.display()))?),
        None => None,
    };
    let mut output = Output::new(arguments.format, io::stdout().lock(), pools.map(BufWriter::new));

    let standard_input = [PathBuf::from("-")];
    let files = if arguments.files.is_empty() { &standard_input[..] } else { &arguments.files };
    let mut failed = false;
    for path in files {
        let name = name(path);
        match one(path, adapter, &context, arguments, &mut output) {
            Ok(()) => {}
            Err(error) if is_closed_pipe(&error) => return Err(error),
            Err(error) => {
                complain(&format!("{name}: {error:#}"));
                failed = true;
            }
        }
    }
    output.finish()?;
    Ok(if failed { ExitCode::from(FAILED) } else { ExitCode::SUCCESS })
}

fn one(
    path: &Path,
    adapter: Option<&'static dyn Adapter>,
    context: &Context<'_>,
    arguments: &Normalize,
    output: &mut Output<impl io::Write, impl io::Write>,
) -> Result<()> {
    let payload = read(path).context("cannot be read")?;
    let document = normalized(&payload, adapter, context)?;
    let document = if arguments.strict { document.into_strict()? } else { document };
    if arguments.format == Format::Records {
        // Rows have the codes of their records' warnings and no place for the others.
        for warning in document.warnings().iter().filter(|warning| warning.record_key.is_none()) {
            complain(&format!("{}: {} at `{}`: {}", name(path), warning.code, warning.path, warning.message));
        }
    }
    output.write(&document.produced_by(PRODUCER))
}

/// The document, or an error that also says whose reply it looks like.
fn normalized<'a>(payload: &'a [u8], adapter: Option<&dyn Adapter>, context: &Context<'a>) -> Result<Document<'a>> {
    let Some(adapter) = adapter else {
        return lbhealth::normalize(payload, context).map_err(|error| with_remedy(error, payload));
    };
    adapter.normalize(payload, context).map_err(|error| with_remedy(error, payload))
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
            _ => error.into(),
        },
        _ => error.into(),
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    if path != Path::new("-") {
        return fs::read(path);
    }
    let mut payload = Vec::new();
    io::stdin().lock().read_to_end(&mut payload)?;
    Ok(payload)
}

fn name(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}
