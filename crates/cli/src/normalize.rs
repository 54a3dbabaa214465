//! `lbhealth normalize`.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::{io, thread};

use anyhow::{Result, anyhow};
use lbhealth::{Adapter, Context};

use crate::arguments::Normalize;
use crate::batch::{Batch, Start};
use crate::container::{Container, Source};
use crate::input::{self, Noticing};
use crate::output::Output;
use crate::progress::Progress;
use crate::{FAILED, columnar, complete, documents, is_closed_pipe};

/// An input of which a thread has enough.
const SMALL: u64 = 1 << 18;

/// Normalizes every input. What fails does not keep the others from being written.
pub(crate) fn run(arguments: &Normalize) -> Result<ExitCode> {
    let adapter = arguments.adapter.as_deref().map(lbhealth::adapter).transpose()?;
    let files = documents::files(&arguments.files);
    let all: Vec<PathBuf> = arguments.with.iter().chain(&files).cloned().collect();
    let progress = Progress::of(&all, arguments.format.is_held_back());
    let mut output = Output::new(arguments, &progress)?;
    let context = arguments.context();
    let outcome = if arguments.with.is_empty() {
        files.iter().try_for_each(|path| match Container::of(path) {
            Some(_) => column(path, adapter, arguments, &context, &progress, &mut output),
            None => stream(path, adapter, arguments, &context, &progress, &mut output),
        })
    } else {
        complete::run(&files, arguments, &context, &progress, &mut output)
    };
    let has_failed = output.counts.failures > 0;
    match outcome.and_then(|()| output.finish()) {
        Ok(()) => {}
        // Whoever read the output has seen enough, which does not mend what failed before.
        Err(error) if is_closed_pipe(&error) && has_failed => {}
        Err(error) => return Err(error),
    }
    Ok(if has_failed { ExitCode::from(FAILED) } else { ExitCode::SUCCESS })
}

/// Normalizes the replies of one input.
fn stream(
    path: &Path,
    adapter: Option<&'static dyn Adapter>,
    arguments: &Normalize,
    context: &Context<'_>,
    progress: &Progress,
    output: &mut Output<'_>,
) -> Result<()> {
    let file = input::name(path);
    let source = match input::open(path) {
        Ok(source) => source,
        Err(error) => return fail(error.into(), &file, arguments, output),
    };
    let (has_text, has_items) = (AtomicBool::new(false), AtomicBool::new(false));
    let mut reader =
        lbhealth::stream::reader(Noticing { source: progress.watch(source), has_text: &has_text }).context(context.clone());
    if let Some(adapter) = adapter {
        reader = reader.adapter(adapter);
    }
    if let Some(limit) = arguments.limit {
        reader = reader.limit(limit);
    }
    let mut broken = None;
    let work = |batch: &mut Batch, item: lbhealth::stream::Item<'_>| {
        has_items.store(true, Ordering::Relaxed);
        batch.add(item, &file, arguments);
    };
    let sink = |batch: &mut Batch| {
        output.write(batch).map_err(|error| {
            broken = Some(error);
            io::Error::other("the output is broken")
        })
    };
    let outcome = reader.for_each(threads(path, arguments), work, sink);
    match (broken, outcome) {
        (Some(error), _) => Err(error),
        (None, Err(error)) => fail(error.into(), &file, arguments, output),
        // Nothing is not "all well".
        (None, Ok(())) if !has_items.into_inner() => {
            let mut batch = Batch::default();
            if has_text.into_inner() {
                empty_array(&mut batch, adapter, &file, arguments, context);
            } else if let Err(error) = lbhealth::normalize(b"", context) {
                batch.fail(&error.into(), &file, Some((Start::Line(1, 0), b"")), arguments);
            }
            output.write(&mut batch)
        }
        (None, Ok(())) => Ok(()),
    }
}

/// Adds what an array without elements is: a list of nobody where adapter and operation are named, as command lines print it, else no reply.
fn empty_array(batch: &mut Batch, adapter: Option<&dyn Adapter>, file: &str, arguments: &Normalize, context: &Context<'_>) {
    const ARRAY: &[u8] = b"[]";
    let at = Some((Start::Line(1, 0), ARRAY));
    match adapter.map(|adapter| adapter.normalize(ARRAY, context)) {
        Some(Ok(document)) => batch.take(document, file, at, arguments),
        _ => batch.fail(&anyhow!("the array is empty; there is no reply in it"), file, at, arguments),
    }
}

/// Normalizes the replies that one input has in a column.
fn column(
    path: &Path,
    adapter: Option<&'static dyn Adapter>,
    arguments: &Normalize,
    context: &Context<'_>,
    progress: &Progress,
    output: &mut Output<'_>,
) -> Result<()> {
    let file = input::name(path);
    let mut broken = None;
    let (payloads, adapters) = (arguments.payload_column.as_str(), arguments.adapter_column.as_deref());
    let source = Source { path, payloads, adapters, adapter, context, progress };
    let outcome = columnar::stream(
        &source,
        threads(path, arguments),
        |batch: &mut Batch, row, item| batch.add_row(row, item, &file, arguments),
        |batch| {
            output.write(batch).map_err(|error| {
                broken = Some(error);
                io::Error::other("the output is broken")
            })
        },
    );
    match (broken, outcome) {
        (Some(error), _) => Err(error),
        (None, Err(error)) => fail(error, &file, arguments, output),
        (None, Ok(Err(error))) => fail(error.into(), &file, arguments, output),
        (None, Ok(Ok(()))) => Ok(()),
    }
}

/// Takes note of an input that cannot be read.
fn fail(error: anyhow::Error, file: &str, arguments: &Normalize, output: &mut Output<'_>) -> Result<()> {
    let mut batch = Batch::default();
    batch.fail(&error.context("cannot be read"), file, None, arguments);
    output.write(&mut batch)
}

/// How many threads to work with. An input that is one thread's portion is not worth more.
fn threads(path: &Path, arguments: &Normalize) -> NonZero<usize> {
    let is_small = input::size(path).is_some_and(|size| size <= SMALL);
    let all = || thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
    if is_small { NonZero::<usize>::MIN } else { arguments.threads.unwrap_or_else(all) }
}
