//! `lbhealth check`.

use std::collections::HashSet;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};
use lbhealth::{BackendHealth, CheckResult, Demand, Policy, Rating, Requirement, Traffic};

use crate::arguments::{ReplyAdapter, id};
use crate::documents::Failures;
use crate::names::{backend, first_few, reason};
use crate::output::{json, print};
use crate::{PRODUCER, documents, screen};

/// Exit status of monitoring plugins for "could not find out".
pub(crate) const UNKNOWN: u8 = 3;

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Files with health reports or replies; `-` or nothing is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How pools are judged: halves, worst, any-eligible, quorum:N or quorum:P%. Without it, halves where nothing is required
    #[arg(long)]
    policy: Option<Policy>,
    /// What has to hold: N or P% of every pool up, `all` selected backends up, or all of them `gone`. A backend that is draining is
    /// neither up nor gone
    #[arg(long, value_name = "N|P%|all|gone")]
    require: Option<Requirement>,
    /// No backend may be waiting for its first result
    #[arg(long)]
    no_initializing: bool,
    /// Ask it of this pool only; may be given several times
    #[arg(long, value_name = "ID", value_parser = id)]
    pool: Vec<String>,
    /// Ask it of this listener only; may be given several times
    #[arg(long, value_name = "ID", value_parser = id)]
    listener: Vec<String>,
    /// Ask it of this backend only: its key, id, name or address, or the id of the cloud server behind it, each also with its port
    /// (`ID:PORT`); may be given several times
    #[arg(long, value_name = "ID", value_parser = id)]
    backend: Vec<String>,
    /// What to write
    #[arg(long, value_enum, default_value_t = CheckFormat::Line)]
    format: CheckFormat,
    #[command(flatten)]
    adapter: ReplyAdapter,
}

/// How `check` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// One line with performance data, as monitoring plugins write it
    Line,
    /// A document
    Json,
}

/// Answers by one line and the exit status.
pub(crate) fn run(arguments: &Check) -> Result<ExitCode> {
    let adapter = arguments.adapter.named()?;
    let mut reports = Vec::new();
    let mut unreadable = Failures::default();
    for path in documents::files(&arguments.files)? {
        let reading = documents::reports(&path, adapter);
        reports.extend(reading.documents);
        unreadable.extend(reading.failures);
    }
    let mut result = gate(arguments).of(&documents::joined(reports));
    if let Some(main) = unreadable.main() {
        let others = match unreadable.count - 1 {
            0 => String::new(),
            1 => "; and another failure".to_owned(),
            more => format!("; and {more} other failures"),
        };
        result = result.with_unreadable(&format!("{main:#}{others}"));
    }
    result.producer = Some(PRODUCER.to_owned());
    print(&match arguments.format {
        CheckFormat::Json => json(&result)?,
        CheckFormat::Line => line(&result),
    })?;
    Ok(ExitCode::from(match result.verdict {
        Rating::Ok => 0,
        Rating::Warning => 1,
        Rating::Critical => 2,
        _ => UNKNOWN,
    }))
}

/// Answers where not even the command could be read: monitoring looks at standard output alone. Who asked for a document gets no line in its
/// place.
pub(crate) fn give_up(error: &str) {
    let arguments: Vec<_> = std::env::args_os().collect();
    let is_json = |pair: &[std::ffi::OsString]| matches!(pair, [name, value] if name == "--format" && value == "json");
    if arguments.windows(2).any(is_json) || arguments.iter().any(|argument| argument == "--format=json") {
        return;
    }
    let first = error.lines().next().unwrap_or_default();
    // Where that is closed there is nobody left to tell.
    let _ = print(format!("LBHEALTH UNKNOWN - {}\n", one_line(first.strip_prefix("error: ").unwrap_or(first))));
}

fn gate(arguments: &Check) -> lbhealth::Check {
    let mut gate = lbhealth::Check::new();
    gate.policy = arguments.policy;
    gate.require = arguments.require;
    gate.no_initializing = arguments.no_initializing;
    gate.selection.pools.clone_from(&arguments.pool);
    gate.selection.listeners.clone_from(&arguments.listener);
    gate.selection.backends.clone_from(&arguments.backend);
    gate
}

/// `LBHEALTH OK - …| healthy=3;;;0;7 …`
fn line(result: &CheckResult) -> String {
    let demands: Vec<String> = result.demands.iter().map(text).collect();
    let mut line = format!("LBHEALTH {} - {}", result.verdict, one_line(&demands.join("; ")));
    if result.counts.known_count > 0 || result.counts.backend_count.is_some() {
        line += " |";
        let most = result.counts.backend_count.map(|count| format!(";{count}")).unwrap_or_default();
        let healths = BackendHealth::ALL.iter().map(|health| (health.as_str(), result.counts.health.count(Some(*health))));
        let mixed = ("mixed", result.counts.health.count(None));
        let eligible = ("eligible", result.counts.traffic.count(Some(Traffic::Eligible)));
        for (word, count) in healths.rev().chain([mixed, eligible]) {
            // Writing to a `String` cannot fail.
            let _ = write!(line, " {}={count};;;0{most}", word.to_ascii_lowercase());
        }
    }
    line + "\n"
}

fn text(demand: &Demand) -> String {
    const SHOWN: usize = 3;
    let mut seen = HashSet::new();
    let said = demand.deciding_records.iter().filter_map(|record| {
        // Of one that is well, the traffic tells why it is named.
        let traffic = if record.health == BackendHealth::Healthy { format!(" {}", record.traffic) } else { String::new() };
        let reason = reason(record).map(|reason| format!(" {reason}")).unwrap_or_default();
        let said = format!("{} {}{traffic}{reason}", backend(record), record.health);
        // Several listeners may say the same of a backend.
        seen.insert((&record.backend_key, said.clone())).then_some(said)
    });
    let names = first_few(said, SHOWN, ", and ");
    let names = if names.is_empty() { String::new() } else { format!(" ({names})") };
    format!("{}: {}{names}", demand.demand, demand.message)
}

/// Text that ends neither the line nor, by a bar, the part for people.
fn one_line(text: &str) -> String {
    screen::replaced(text, ' ').replace('|', "/")
}
