//! The command line.

use std::borrow::Cow;
use std::io::{self, IsTerminal};
use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use lbhealth::{BoundListener, Context, PoolAlgorithm, Timestamp};

use crate::check::Check;
use crate::container::Container;
use crate::diff::Diff;
use crate::summarize::Summarize;

/// Is this backend well, does it get traffic, and if not, why? Reads what a load balancer's API said, and says it in one language for
/// all vendors.
#[derive(Debug, Parser)]
#[command(name = "lbhealth", version, arg_required_else_help = true, after_help = include_str!("examples/lbhealth.txt"))]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Turn API replies into documents
    ///
    /// An input holds replies as the vendor's API, SDK or CLI gives them: one, or many as lines, one behind the other, or as an array,
    /// each alone or in an envelope { "context": {...}, "payload": ... }. Results go to standard output, everything else to standard error.
    /// Exit status: 0 all well, 1 something failed (the others are written), 2 wrong usage.
    #[command(after_help = include_str!("examples/normalize.txt"))]
    Normalize(Box<Normalize>),
    /// Count backends and judge pools by a policy
    ///
    /// Reads health reports as `normalize` writes them, or replies as vendors give them. Exit status: 0 summarized, whatever the verdict;
    /// 1 some input failed; 2 wrong usage.
    #[command(after_help = include_str!("examples/summarize.txt"))]
    Summarize(Summarize),
    /// Say in one line whether backends are well enough, for monitoring and rollouts
    ///
    /// Reads what `summarize` reads. Exit status: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN, which is "could not find out": also wrong usage
    /// and input that cannot be read.
    #[command(after_help = include_str!("examples/check.txt"))]
    Check(Check),
    /// Say what changed between snapshots, the oldest first
    ///
    /// A snapshot is what one file holds: health reports as `normalize` writes them, or a reply as the vendor gives it. Exit status: 0
    /// nothing changed, 1 something changed, 2 wrong usage or input that cannot be read.
    #[command(after_help = include_str!("examples/diff.txt"))]
    Diff(Diff),
    /// Say what a word means, or why a record says what it says
    ///
    /// A word is a vendor's (a status, a reason, a flag) or one of ours; FIELD=WORD asks for it in that field, such as weight=0. With
    /// `--report` and `--backend`, says why the records of a backend say what they say. Exit status: 0 known, 1 not known or some input
    /// failed, 2 wrong usage.
    #[command(after_help = include_str!("examples/explain.txt"))]
    Explain(Explain),
    /// Look for what is questionable in the configuration of health checks
    ///
    /// Reads API replies and documents, several in a file too: health check configurations and inventories. A check is held against the
    /// pools that use it, also where they stand in another file. Exit status: 0 nothing found, 1 something found, 2 wrong usage or some
    /// input failed.
    #[command(after_help = include_str!("examples/lint.txt"))]
    Lint(Lint),
    /// Write a health check as another vendor's request
    ///
    /// Writes the body of the request to standard output, and to standard error what could not be carried over and what the check does
    /// not tell. Nothing is changed on the way. Exit status: 0 all well, 1 some input failed, 2 wrong usage.
    #[command(after_help = include_str!("examples/convert.txt"))]
    Convert(Convert),
    /// List the adapters and the operations they read
    #[command(after_help = include_str!("examples/adapters.txt"))]
    Adapters {
        /// What to write
        #[arg(long, value_enum, default_value_t = Rendering::Text)]
        format: Rendering,
    },
    /// Print a published schema or table
    #[command(after_help = include_str!("examples/schema.txt"))]
    Schema {
        /// Its name, such as `health-report`; without a name the schema of every document
        #[arg(conflicts_with = "list")]
        name: Option<String>,
        /// Print the names instead
        #[arg(long)]
        list: bool,
        /// How to write the names
        #[arg(long, value_enum, default_value_t = Rendering::Text, requires = "list")]
        format: Rendering,
    },
    /// Print a script that completes commands and options in a shell
    #[command(after_help = include_str!("examples/completions.txt"))]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print a manual page
    #[command(after_help = include_str!("examples/man.txt"))]
    Man {
        /// The command whose page to print; without one the page of the program
        command: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Normalize {
    /// Files with replies, which may be compressed (.gz, .zst) or columns (.parquet, .arrow, .arrows, .feather, .ipc); `-` or nothing is
    /// standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Adapter that reads the replies; without it the shape of each tells
    #[arg(long, value_name = "ID")]
    pub(crate) adapter: Option<String>,
    /// Column that holds the replies, in files of columns
    #[arg(long, value_name = "NAME", default_value = "payload")]
    pub(crate) payload_column: String,
    /// Column that names the adapter of each reply, in files of columns; where it is blank, `--adapter` or the shape tells
    #[arg(long, value_name = "NAME")]
    pub(crate) adapter_column: Option<String>,
    /// What to write; without it `table` on a terminal and `json` elsewhere
    #[arg(long, value_enum, default_value_t = Format::of_standard_output(), hide_default_value = true)]
    pub(crate) format: Format,
    /// Inventories (who is registered where) to complete the health reports with, in any order; the replies are then merged into one
    /// report per adapter, but for those that do not say which pool they are about
    #[arg(long, value_name = "INVENTORY", num_args = 1..)]
    pub(crate) with: Vec<PathBuf>,
    /// Also write the pools to this file, one flat row a line; as CSV, Parquet or a stream of Arrow if its name ends in `.csv`, `.parquet`
    /// or `.arrows`
    #[arg(long, value_name = "FILE")]
    pub(crate) pools: Option<PathBuf>,
    /// Also write what failed to this file: a line each with file, line and offset or row, error, and the text or its first part
    #[arg(long, value_name = "FILE", conflicts_with = "with")]
    pub(crate) failures: Option<PathBuf>,
    /// How many threads work; without it one per core
    #[arg(long, value_name = "NUMBER")]
    pub(crate) threads: Option<NonZero<usize>>,
    /// The largest reply that is read, in bytes; without it 2 GiB
    #[arg(long, value_name = "BYTES")]
    pub(crate) limit: Option<usize>,
    /// Take a warning for an error
    #[arg(long)]
    pub(crate) strict: bool,
    /// When the replies were observed, such as 2026-03-01T09:30:00Z
    #[arg(long, value_name = "TIME")]
    pub(crate) observed_at: Option<Timestamp>,
    /// Operation whose replies they are, where their shape does not tell
    #[arg(long, value_name = "NAME")]
    pub(crate) operation: Option<String>,
    /// Load balancer that the replies are about, where they do not say
    #[arg(long, value_name = "ID")]
    pub(crate) load_balancer_id: Option<String>,
    /// Listener that the replies are about, where they do not say
    #[arg(long, value_name = "ID")]
    pub(crate) listener_id: Option<String>,
    /// Forwarding rule that the replies are about, where they do not say
    #[arg(long, value_name = "ID")]
    pub(crate) rule_id: Option<String>,
    /// Pool that the replies are about, where they do not say
    #[arg(long, value_name = "ID")]
    pub(crate) pool_id: Option<String>,
    /// How many elements were asked for per page, where the reply does not tell whether there is another page (Huawei ELB): a page that
    /// has fewer is the last
    #[arg(long, value_name = "NUMBER")]
    pub(crate) page_limit: Option<u32>,
    /// Listener that the pool is bound to; may be given several times
    #[arg(long, value_name = "[POOL=]ID", value_parser = bound_listener)]
    pub(crate) bound_listener: Vec<BoundListener<'static>>,
    /// How the pool distributes requests, in the vendor's word; may be given several times
    #[arg(long, value_name = "[POOL=]WORD", value_parser = algorithm)]
    pub(crate) algorithm: Vec<PoolAlgorithm<'static>>,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The word, and before it the id of the adapter whose word it is; without one all vendors' and our own
    #[arg(value_name = "[ADAPTER] WORD", num_args = 1..=2, required_unless_present = "report", conflicts_with = "report")]
    pub(crate) words: Vec<String>,
    /// Health report, or API reply, whose records to explain; `-` is standard input
    #[arg(long, value_name = "FILE", requires = "backend")]
    pub(crate) report: Option<PathBuf>,
    /// Key, id, name or address of the backend, or one of these with its port (`ID:PORT`)
    #[arg(long, value_name = "BACKEND", requires = "report")]
    pub(crate) backend: Option<String>,
    /// Adapter that reads the reply; without it its shape tells
    #[arg(long, value_name = "ID", requires = "report")]
    pub(crate) adapter: Option<String>,
    /// What to write
    #[arg(long, value_enum, default_value_t = Rendering::Text)]
    pub(crate) format: Rendering,
}

#[derive(Debug, Args)]
pub(crate) struct Lint {
    /// Files with replies or documents; `-` or nothing is standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Adapter that reads the replies; without it the shape of each tells
    #[arg(long, value_name = "ID")]
    pub(crate) adapter: Option<String>,
    /// Leave out what matters less
    #[arg(long, value_enum, default_value_t = Severity::Notice)]
    pub(crate) severity: Severity,
    /// What to write
    #[arg(long, value_enum, default_value_t = Rendering::Text)]
    pub(crate) format: Rendering,
}

/// The least severity that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Severity {
    /// Errors only
    Error,
    /// Errors and warnings
    Warning,
    /// Everything
    Notice,
}

#[derive(Debug, Args)]
pub(crate) struct Convert {
    /// Adapter whose vendor the request is for
    #[arg(long, value_name = "ID")]
    pub(crate) to: String,
    /// File with a reply or document; `-` or nothing is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// Adapter that reads the reply; without it its shape tells
    #[arg(long, value_name = "ID")]
    pub(crate) adapter: Option<String>,
    /// Only the check with this id
    #[arg(long, value_name = "ID")]
    pub(crate) check: Option<String>,
    /// Take a setting that cannot be carried over for an error
    #[arg(long)]
    pub(crate) strict: bool,
    /// What to write
    #[arg(long, value_enum, default_value_t = ConvertFormat::Body)]
    pub(crate) format: ConvertFormat,
}

/// How `convert` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ConvertFormat {
    /// The body of the request
    Body,
    /// A document with the body, what was lost and what is not told
    Json,
}

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Flat rows as a stream of Apache Arrow, one per record
    Arrow,
    /// Flat rows as CSV, one per record
    Csv,
    /// Documents, indented
    Json,
    /// A document a line
    Ndjson,
    /// Metrics for Prometheus, all inputs in one exposition
    Openmetrics,
    /// Flat rows as Apache Parquet, one per record
    Parquet,
    /// A flat row a line, one per record
    Records,
    /// Tables for people, all inputs in one, the worst first
    Table,
}

impl Format {
    /// For people where nobody said what to write and a person reads.
    fn of_standard_output() -> Self {
        if io::stdout().is_terminal() { Self::Table } else { Self::Json }
    }

    /// Whether rows are written, which have no place for warnings that concern no record.
    pub(crate) const fn is_rows(self) -> bool {
        matches!(self, Self::Arrow | Self::Csv | Self::Parquet | Self::Records)
    }

    /// What the rows are put in, where that holds columns.
    pub(crate) const fn container(self) -> Option<Container> {
        match self {
            Self::Arrow => Some(Container::Arrow),
            Self::Parquet => Some(Container::Parquet),
            _ => None,
        }
    }

    /// Whether everything is written at the end.
    pub(crate) const fn is_held_back(self) -> bool {
        matches!(self, Self::Openmetrics | Self::Table)
    }
}

/// For people or for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Rendering {
    /// Text for people
    Text,
    /// A document
    Json,
}

/// What a result is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shape {
    /// A table for people
    Table,
    /// A document
    Json,
}

impl Normalize {
    /// What the command line says that the payload does not.
    pub(crate) fn context(&self) -> Context<'_> {
        let mut context = Context::default();
        context.observed_at = self.observed_at;
        context.operation = present(self.operation.as_deref());
        context.load_balancer_id = present(self.load_balancer_id.as_deref());
        context.listener_id = present(self.listener_id.as_deref());
        context.rule_id = present(self.rule_id.as_deref());
        context.pool_id = present(self.pool_id.as_deref());
        context.page_limit = self.page_limit;
        context.bound_listeners.clone_from(&self.bound_listener);
        context.algorithms.clone_from(&self.algorithm);
        context
    }
}

/// Blank text is absent, as in payloads.
fn present(text: Option<&str>) -> Option<Cow<'_, str>> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(Cow::Borrowed)
}

fn bound_listener(text: &str) -> Result<BoundListener<'static>, String> {
    let (pool, listener) = of_pool(text).ok_or("write LISTENER or POOL=LISTENER")?;
    Ok(BoundListener::new(pool, listener))
}

fn algorithm(text: &str) -> Result<PoolAlgorithm<'static>, String> {
    let (pool, word) = of_pool(text).ok_or("write WORD or POOL=WORD")?;
    Ok(PoolAlgorithm::new(pool, word))
}

/// What is said of one pool, or of any.
fn of_pool(text: &str) -> Option<(Option<Cow<'static, str>>, Cow<'static, str>)> {
    let (pool, said) = match text.split_once('=') {
        Some((pool, said)) => (Some(pool.trim()), said.trim()),
        None => (None, text.trim()),
    };
    let owned = |text: &str| Cow::Owned(text.to_owned());
    (!said.is_empty() && pool.is_none_or(|pool| !pool.is_empty())).then(|| (pool.map(owned), owned(said)))
}
