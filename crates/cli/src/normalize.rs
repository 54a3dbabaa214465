//! `lbhealth normalize`.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;
use std::{io, thread};

use anyhow::Result;
use clap::Args;
use lbhealth::stream::Item;
use lbhealth::{Adapter, BoundListener, Context, Pointer, PoolAlgorithm, Timestamp};

use crate::arguments::{DocumentFormat, ReplyAdapter, id};
use crate::batch::{Batch, Start};
use crate::container::{Container, Source};
use crate::input;
use crate::names::first_few;
use crate::output::Output;
use crate::progress::Progress;
use crate::{FAILED, WrongUsage, columnar, complete, documents, is_closed_pipe};

#[derive(Debug, Args)]
pub(crate) struct Normalize {
    /// Files with replies, which may be compressed (.gz, .zst) or columns (.parquet, .arrow, .arrows, .feather, .ipc); `-` or nothing is
    /// standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) adapter: ReplyAdapter,
    /// Column that holds the replies, in files of columns
    #[arg(long, value_name = "NAME", default_value = "payload")]
    pub(crate) payload_column: String,
    /// Column that names the adapter of each reply, in files of columns; where it is blank, `--adapter` or the shape tells
    #[arg(long, value_name = "NAME")]
    pub(crate) adapter_column: Option<String>,
    /// What to write; without it `table` on a terminal and `json` elsewhere
    #[arg(long, value_enum, default_value_t = DocumentFormat::of_standard_output(), hide_default_value = true)]
    pub(crate) format: DocumentFormat,
    /// Inventories (who is registered where) to complete the health reports with, in any order; the replies are then merged into one
    /// report per adapter, but for those that do not say which pool they are about
    #[arg(long, value_name = "INVENTORY", num_args = 1..)]
    pub(crate) with: Vec<PathBuf>,
    /// Also write the pools to this file, one flat row a line; as CSV, Parquet or a stream of Arrow if its name ends in `.csv`, `.parquet`
    /// or `.arrows`
    #[arg(long, value_name = "FILE")]
    pub(crate) pools: Option<PathBuf>,
    /// Also write what failed to this file: a line each with file, line and offset or row, error, and the text or its first part. Not
    /// with `--with`
    #[arg(long, value_name = "FILE", conflicts_with = "with")]
    pub(crate) failures: Option<PathBuf>,
    /// How many threads work; without it one per core, and with `--with` always one
    #[arg(long, value_name = "NUMBER", value_parser = threads)]
    pub(crate) threads: Option<NonZero<usize>>,
    /// The largest reply that is read, in bytes; without it 2 GiB
    #[arg(long, value_name = "BYTES", value_parser = number::<usize>)]
    pub(crate) limit: Option<usize>,
    /// Take a warning for an error
    #[arg(long)]
    pub(crate) strict: bool,
    /// When the replies were observed, such as 2026-03-01T09:30:00Z
    #[arg(long, value_name = "TIME")]
    pub(crate) observed_at: Option<Timestamp>,
    /// Operation whose replies they are, where their shape does not tell; beside `--with` that of the replies, or of the inventories
    #[arg(long, value_name = "NAME", value_parser = id)]
    pub(crate) operation: Option<String>,
    /// Load balancer that the replies are about, where they do not say
    #[arg(long, value_name = "ID", value_parser = id)]
    pub(crate) load_balancer_id: Option<String>,
    /// Listener that the replies are about, where they do not say
    #[arg(long, value_name = "ID", value_parser = id)]
    pub(crate) listener_id: Option<String>,
    /// Forwarding rule that the replies are about, where they do not say
    #[arg(long, value_name = "ID", value_parser = id)]
    pub(crate) rule_id: Option<String>,
    /// Pool that the replies are about, where they do not say
    #[arg(long, value_name = "ID", value_parser = id)]
    pub(crate) pool_id: Option<String>,
    /// How many elements were asked for per page, where the reply does not tell whether there is another page (Huawei ELB): a page that
    /// has fewer is the last
    #[arg(long, value_name = "NUMBER", value_parser = number::<u32>)]
    pub(crate) page_limit: Option<u32>,
    /// Listener that the pool before `=`, or without one any pool, is bound to; may be given several times
    #[arg(long, value_name = "[POOL=]ID", value_parser = bound_listener)]
    pub(crate) bound_listener: Vec<BoundListener<'static>>,
    /// How the pool before `=`, or without one any pool, distributes requests, in the vendor's word; may be given several times
    #[arg(long, value_name = "[POOL=]WORD", value_parser = algorithm)]
    pub(crate) algorithm: Vec<PoolAlgorithm<'static>>,
}

impl Normalize {
    /// What the command line says that the payload does not.
    pub(crate) fn context(&self) -> Context<'_> {
        let mut context = Context::default();
        context.observed_at = self.observed_at;
        context.operation = self.operation.as_deref().map(Cow::Borrowed);
        context.load_balancer_id = self.load_balancer_id.as_deref().map(Cow::Borrowed);
        context.listener_id = self.listener_id.as_deref().map(Cow::Borrowed);
        context.rule_id = self.rule_id.as_deref().map(Cow::Borrowed);
        context.pool_id = self.pool_id.as_deref().map(Cow::Borrowed);
        context.page_limit = self.page_limit;
        context.bound_listeners.clone_from(&self.bound_listener);
        context.algorithms.clone_from(&self.algorithm);
        context
    }
}

/// An input of which a thread has enough.
const SMALL: u64 = 1 << 18;

/// Normalizes every input. What fails does not keep the others from being written.
pub(crate) fn run(arguments: &Normalize) -> Result<ExitCode> {
    let adapter = arguments.adapter.named()?;
    if let Some(operation) = &arguments.operation {
        // Rows can be of other adapters than the one that is named.
        check_operation(operation, adapter.filter(|_| arguments.adapter_column.is_none()))?;
    }
    let files = documents::files(&arguments.files)?;
    let all: Vec<PathBuf> = documents::files(&arguments.with.iter().chain(&files).cloned().collect::<Vec<_>>())?;
    let progress = Progress::of(&all, arguments.format.is_held_back());
    let mut output = Output::new(arguments, &progress)?;
    let context = arguments.context();
    let run = Run { arguments, adapter, context: &context, progress: &progress };
    let outcome = if arguments.with.is_empty() {
        files.iter().try_for_each(|path| match Container::of(path) {
            Some(_) => run.column(path, &mut output),
            None => run.stream(path, &mut output),
        })
    } else {
        complete::run(&run, &files, &mut output)
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
pub(crate) struct Run<'r> {
    pub(crate) arguments: &'r Normalize,
    pub(crate) adapter: Option<&'static dyn Adapter>,
    pub(crate) context: &'r Context<'r>,
    pub(crate) progress: &'r Progress,
}

/// What writes a batch.
type Sink<'s> = dyn FnMut(&mut Batch) -> io::Result<()> + Send + 's;

impl Run<'_> {
    /// Normalizes the replies of one input.
    fn stream(&self, path: &Path, output: &mut Output<'_>) -> Result<()> {
        let file = input::name(path);
        let work = |batch: &mut Batch, item: Item<'_>| {
            batch.add(Start::Line(item.line, item.offset), item, &file, self.arguments);
        };
        let nothing = || Some((lbhealth::normalize(b"", self.context).err()?, Some(Start::Line(1, 0))));
        self.written(&file, output, nothing, |sink| {
            let mut reader = lbhealth::stream::reader(self.progress.watch(input::open(path)?)).context(self.context.clone());
            if let Some(adapter) = self.adapter {
                reader = reader.adapter(adapter);
            }
            if let Some(limit) = self.arguments.limit {
                reader = reader.limit(limit);
            }
            Ok(reader.for_each(self.threads(path), work, sink)?)
        })
    }

    /// Normalizes the replies that one input has in a column.
    fn column(&self, path: &Path, output: &mut Output<'_>) -> Result<()> {
        let Self { arguments, adapter, context, progress } = *self;
        let file = input::name(path);
        let (payloads, adapters) = (arguments.payload_column.as_str(), arguments.adapter_column.as_deref());
        let source = Source { path, payloads, adapters, adapter, context, progress };
        let work = |batch: &mut Batch, row, payload: &[u8], item: Result<Item<'_>, lbhealth::Error>| match item {
            Ok(item) => batch.add(Start::Row(row), item, &file, arguments),
            Err(error) => batch.fail(&error.into(), &file, Some((Start::Row(row), payload)), arguments),
        };
        let without_rows = || lbhealth::Error::unexpected_shape(Pointer::ROOT, "a row with a reply", "a table without rows");
        let nothing = || Some((without_rows(), None));
        self.written(&file, output, nothing, |sink| columnar::stream(&source, self.threads(path), work, sink))
    }

    /// Writes what reading one input gives. Where that cannot be read, the others still are; where the output is broken, none is. `nothing`
    /// is what is wrong with an input in which nothing is, which is not "all well", and where.
    fn written(
        &self,
        file: &str,
        output: &mut Output<'_>,
        nothing: impl FnOnce() -> Option<(lbhealth::Error, Option<Start>)>,
        read: impl FnOnce(&mut Sink<'_>) -> Result<()>,
    ) -> Result<()> {
        let before = output.counts;
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
            (None, Ok(())) if output.counts != before => Ok(()),
            (None, Ok(())) => {
                let Some((error, start)) = nothing() else { return Ok(()) };
                let mut batch = Batch::default();
                batch.fail(&error.into(), file, start.map(|start| (start, &b""[..])), self.arguments);
                output.write(&mut batch)
            }
        }
    }

    /// How many threads to work with. An input that is one thread's portion is not worth more.
    fn threads(&self, path: &Path) -> NonZero<usize> {
        let is_small = input::size(path).is_some_and(|size| size <= SMALL);
        let all = || thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        if is_small { NonZero::<usize>::MIN } else { self.arguments.threads.unwrap_or_else(all) }
    }
}

/// Refuses an operation that is not read: by that adapter, or by any.
fn check_operation(asked: &str, adapter: Option<&'static dyn Adapter>) -> Result<()> {
    if documents::operations(adapter).any(|operation| operation.is_called(asked)) {
        return Ok(());
    }
    let read: BTreeSet<&str> = documents::operations(adapter).map(|operation| operation.name).collect();
    let quoted = |name: &str| format!("`{name}`");
    let problem = format!("no operation is called `{asked}`");
    let complaint = if let Some(adapter) = adapter {
        let all = first_few(read.into_iter().map(quoted), usize::MAX, "");
        format!("{}: {problem}; read are {all}", adapter.id())
    } else {
        let alike: Vec<_> = lbhealth::spelled_alike(asked, read).into_iter().map(quoted).collect();
        let alike = if alike.is_empty() { String::new() } else { format!("; spelled alike: {}", alike.join(", ")) };
        format!("{problem}{alike}; `lbhealth adapters` lists those that are read")
    };
    Err(WrongUsage(complaint).into())
}

fn number<T: FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| "write a whole number in digits alone, such as 4096".to_owned())
}

fn threads(text: &str) -> Result<NonZero<usize>, String> {
    text.parse().map_err(|_| "write a whole number from 1, or leave the option out for one thread per core".to_owned())
}

fn bound_listener(text: &str) -> Result<BoundListener<'static>, String> {
    of_pool(text).map(|(pool, listener)| BoundListener::new(pool, listener))
}

fn algorithm(text: &str) -> Result<PoolAlgorithm<'static>, String> {
    of_pool(text).map(|(pool, word)| PoolAlgorithm::new(pool, word))
}

/// What is said of one pool, or of any.
fn of_pool(text: &str) -> Result<(Option<Cow<'static, str>>, Cow<'static, str>), String> {
    let (pool, said) = match text.split_once('=') {
        Some((pool, said)) => (Some(id(pool)?), said),
        None => (None, text),
    };
    Ok((pool.map(Cow::Owned), Cow::Owned(id(said)?)))
}
