//! `lbhealth normalize`.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::{io, thread};

use anyhow::{Result, anyhow};
use lbhealth::stream::Item;
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
        let run = Run { arguments, adapter, context: &context, progress: &progress };
        files.iter().try_for_each(|path| match Container::of(path) {
            Some(_) => run.column(path, &mut output),
            None => run.stream(path, &mut output),
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

/// What all inputs of a run have in common.
struct Run<'r> {
    arguments: &'r Normalize,
    adapter: Option<&'static dyn Adapter>,
    context: &'r Context<'r>,
    progress: &'r Progress,
}

/// What writes a batch.
type Sink<'s> = dyn FnMut(&mut Batch) -> io::Result<()> + Send + 's;

impl Run<'_> {
    /// Normalizes the replies of one input.
    fn stream(&self, path: &Path, output: &mut Output<'_>) -> Result<()> {
        let file = input::name(path);
        let (has_text, has_items) = (AtomicBool::new(false), AtomicBool::new(false));
        let work = |batch: &mut Batch, item: Item<'_>| {
            has_items.store(true, Ordering::Relaxed);
            batch.add(Start::Line(item.line, item.offset), item, &file, self.arguments);
        };
        self.written(&file, output, |sink| {
            let source = Noticing { source: self.progress.watch(input::open(path)?), has_text: &has_text };
            let mut reader = lbhealth::stream::reader(source).context(self.context.clone());
            if let Some(adapter) = self.adapter {
                reader = reader.adapter(adapter);
            }
            if let Some(limit) = self.arguments.limit {
                reader = reader.limit(limit);
            }
            reader.for_each(self.threads(path), work, &mut *sink)?;
            // Nothing is not "all well".
            if !has_items.load(Ordering::Relaxed) {
                let mut batch = Batch::default();
                if has_text.load(Ordering::Relaxed) {
                    self.empty_array(&mut batch, &file);
                } else if let Err(error) = lbhealth::normalize(b"", self.context) {
                    batch.fail(&error.into(), &file, Some((Start::Line(1, 0), b"")), self.arguments);
                }
                sink(&mut batch)?;
            }
            Ok(())
        })
    }

    /// Adds what an array without elements is: a list of nobody where adapter and operation are named, as command lines print it, else no
    /// reply.
    fn empty_array(&self, batch: &mut Batch, file: &str) {
        const ARRAY: &[u8] = b"[]";
        let at = Some((Start::Line(1, 0), ARRAY));
        match self.adapter.map(|adapter| adapter.normalize(ARRAY, self.context)) {
            Some(Ok(document)) => batch.take(document, file, at, self.arguments),
            _ => batch.fail(&anyhow!("the array is empty; there is no reply in it"), file, at, self.arguments),
        }
    }

    /// Normalizes the replies that one input has in a column.
    fn column(&self, path: &Path, output: &mut Output<'_>) -> Result<()> {
        let Self { arguments, adapter, context, progress } = *self;
        let file = input::name(path);
        let (payloads, adapters) = (arguments.payload_column.as_str(), arguments.adapter_column.as_deref());
        let source = Source { path, payloads, adapters, adapter, context, progress };
        let work = |batch: &mut Batch, row, item: Result<Item<'_>, lbhealth::Error>| match item {
            Ok(item) => batch.add(Start::Row(row), item, &file, arguments),
            Err(error) => batch.fail(&error.into(), &file, Some((Start::Row(row), b"")), arguments),
        };
        self.written(&file, output, |sink| columnar::stream(&source, self.threads(path), work, sink))
    }

    /// Writes what reading one input gives. Where that cannot be read, the others still are; where the output is broken, none is.
    fn written(&self, file: &str, output: &mut Output<'_>, read: impl FnOnce(&mut Sink<'_>) -> Result<()>) -> Result<()> {
        let mut broken = None;
        let outcome = read(&mut |batch| {
            output.write(batch).map_err(|error| {
                broken = Some(error);
                io::Error::other("the output is broken")
            })
        });
        match (broken, outcome) {
            (Some(error), _) => Err(error),
            (None, Err(error)) => {
                let mut batch = Batch::default();
                batch.fail(&error.context("cannot be read"), file, None, self.arguments);
                output.write(&mut batch)
            }
            (None, Ok(())) => Ok(()),
        }
    }

    /// How many threads to work with. An input that is one thread's portion is not worth more.
    fn threads(&self, path: &Path) -> NonZero<usize> {
        let is_small = input::size(path).is_some_and(|size| size <= SMALL);
        let all = || thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        if is_small { NonZero::<usize>::MIN } else { self.arguments.threads.unwrap_or_else(all) }
    }
}
