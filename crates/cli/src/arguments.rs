//! The command line.

use std::borrow::Cow;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use lbhealth::{BoundListener, Context, Timestamp};

/// Is this backend well, does it get traffic, and if not, why? Reads what a load balancer's API said, and says it in one language for
/// all vendors.
#[derive(Debug, Parser)]
#[command(name = "lbhealth", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Turn API replies into documents
    ///
    /// Each input is one reply as the vendor's API, SDK or CLI gives it. Results go to standard output, everything else to standard
    /// error. Exit status: 0 all well, 1 some input failed (the others are written), 2 wrong usage.
    Normalize(Box<Normalize>),
    /// List the adapters and the operations they read
    Adapters,
    /// Print a published schema or table
    Schema {
        /// Its name, such as `health-report`; without a name the schema of every document
        #[arg(conflicts_with = "list")]
        name: Option<String>,
        /// Print the names instead
        #[arg(long)]
        list: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Normalize {
    /// Files with one reply each; `-` or nothing is standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Adapter that reads the replies; without it the shape of each tells
    #[arg(long, value_name = "ID")]
    pub(crate) adapter: Option<String>,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Json)]
    pub(crate) format: Format,
    /// Inventories (who is registered where) to complete the health reports with, in any order; the replies are then merged into one
    /// report per adapter
    #[arg(long, value_name = "INVENTORY", num_args = 1..)]
    pub(crate) with: Vec<PathBuf>,
    /// Also write the pools to this file, one flat row a line
    #[arg(long, value_name = "FILE")]
    pub(crate) pools: Option<PathBuf>,
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
    /// Listener that the pool is bound to; may be given several times
    #[arg(long, value_name = "[POOL=]ID", value_parser = bound_listener)]
    pub(crate) bound_listener: Vec<BoundListener<'static>>,
}

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Documents, indented
    Json,
    /// A document a line
    Ndjson,
    /// A flat row a line, one per record
    Records,
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
        context.bound_listeners.clone_from(&self.bound_listener);
        context
    }
}

/// Blank text is absent, as in payloads.
fn present(text: Option<&str>) -> Option<Cow<'_, str>> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(Cow::Borrowed)
}

fn bound_listener(text: &str) -> Result<BoundListener<'static>, String> {
    let (pool, listener) = match text.split_once('=') {
        Some((pool, listener)) => (Some(pool.trim()), listener.trim()),
        None => (None, text.trim()),
    };
    if listener.is_empty() || pool.is_some_and(str::is_empty) {
        return Err("write LISTENER or POOL=LISTENER".to_owned());
    }
    let owned = |text: &str| Cow::Owned(text.to_owned());
    Ok(BoundListener::new(pool.map(owned), owned(listener)))
}
