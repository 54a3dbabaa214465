//! The command line.

use std::io::{self, IsTerminal};

use anyhow::Result;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use lbhealth::Adapter;

use crate::check::Check;
use crate::container::Container;
use crate::convert::Convert;
use crate::diff::Diff;
use crate::documents::named_adapter;
use crate::explain::Explain;
use crate::lint::Lint;
use crate::normalize::Normalize;
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
    /// pools that use it, also where they stand in another file. Exit status: 0 nothing found, 1 something found, 2 wrong usage, some input
    /// failed, or nothing in it lists checks.
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
        #[arg(long, value_enum, default_value_t = TextFormat::Text)]
        format: TextFormat,
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
        #[arg(long, value_enum, default_value_t = TextFormat::Text, requires = "list")]
        format: TextFormat,
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

/// An id as it stands in a list of them, of which lines can end otherwise than here. A blank one is a variable that is not set.
pub(crate) fn id(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("it is blank; is the variable set that it comes from?".to_owned()),
        id => Ok(id.to_owned()),
    }
}

/// Which adapter reads replies.
#[derive(Debug, Args)]
pub(crate) struct ReplyAdapter {
    /// Adapter that reads replies; without it the shape of each tells
    #[arg(long, value_name = "ID")]
    adapter: Option<String>,
}

impl ReplyAdapter {
    /// The adapter that was named, if one was.
    pub(crate) fn named(&self) -> Result<Option<&'static dyn Adapter>> {
        named_adapter(self.adapter.as_deref())
    }
}

/// How `normalize` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DocumentFormat {
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

impl DocumentFormat {
    /// For people where nobody said what to write and a person reads.
    pub(crate) fn of_standard_output() -> Self {
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

/// How a command writes whose result is text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextFormat {
    /// Text for people
    Text,
    /// A document
    Json,
}

/// How a command writes whose result is a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// A table for people
    Table,
    /// A document
    Json,
}
