//! `lbhealth diff`.

use std::fmt::Display;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use lbhealth::{Change, PoolChange};

use crate::arguments::{ReplyAdapter, TableFormat};
use crate::names::{called, first_few};
use crate::output::{json, print};
use crate::table::{or_dash, plain, table};
use crate::{PRODUCER, complain, documents};

/// Something changed.
const DIFFERENT: u8 = 1;

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// Two or more snapshots, the oldest first; one of them may be `-`, standard input
    #[arg(value_name = "SNAPSHOT", num_args = 2.., required = true)]
    snapshots: Vec<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value_t = TableFormat::Table)]
    format: TableFormat,
    #[command(flatten)]
    adapter: ReplyAdapter,
}

/// Answers by the exit status too.
pub(crate) fn run(arguments: &Diff) -> Result<ExitCode> {
    let adapter = arguments.adapter.named()?;
    let read = |path: &PathBuf| documents::reports(path, adapter).complete().map(documents::joined);
    let snapshots = documents::files(&arguments.snapshots)?.iter().map(read).collect::<Result<Vec<_>>>()?;
    let mut diff = lbhealth::Diff::across(&snapshots);
    diff.producer = Some(PRODUCER.to_owned());
    let text = match arguments.format {
        TableFormat::Json => json(&diff)?,
        TableFormat::Table => {
            for warning in &diff.warnings {
                complain(&format!("{}: {}", warning.code, warning.message));
            }
            text(&diff)
        }
    };
    print(&text)?;
    Ok(if diff.is_same() { ExitCode::SUCCESS } else { ExitCode::from(DIFFERENT) })
}

fn text(diff: &lbhealth::Diff) -> String {
    if diff.is_same() {
        return "nothing changed\n".to_owned();
    }
    let counts = &diff.counts;
    let counted = [
        (counts.appeared_count, "appeared"),
        (counts.gone_count, "gone"),
        (counts.health_changed_count, "changed health"),
        (counts.recovered_count, "recovered"),
        (counts.traffic_changed_count, "changed traffic"),
        (counts.reason_changed_count, "changed reason"),
        (counts.undetermined_count, "undetermined"),
    ];
    let counted: Vec<String> =
        counted.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    let mut sections = Vec::new();
    if !diff.changes.is_empty() {
        let head = ["SNAPSHOT", "CHANGE", "POOL", "BACKEND", "HEALTH", "TRAFFIC", "REASON", "CERTAINTY", "RECORD"];
        sections.push(counted.join(", ") + "\n");
        sections.push(table(head, diff.changes.iter().map(row)));
        sections.push(notes(&diff.changes));
    }
    if !diff.pool_changes.is_empty() {
        let head = ["SNAPSHOT", "CHANGE", "SERVERS", "CHECK", "UNLISTED", "POOL"];
        sections.push(table(head, diff.pool_changes.iter().map(pool_row)));
    }
    if !diff.flaps.is_empty() {
        let rows = diff.flaps.iter().map(|flap| {
            let healths: Vec<&str> = flap.healths.iter().map(|health| health.as_str()).collect();
            [flap.change_count.to_string(), healths.join(" > "), flap.record_key.clone()]
        });
        sections.push(table(["FLAPS", "HEALTH", "RECORD"], rows));
    }
    sections.retain(|section| !section.is_empty());
    sections.join("\n")
}

fn row(change: &Change) -> [String; 9] {
    [
        change.snapshot.to_string(),
        change.kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(" "),
        or_dash(change.pool_id.as_deref()),
        name(change),
        arrow(change.health_before, change.health_after),
        arrow(change.traffic_before, change.traffic_after),
        arrow(change.reason_before, change.reason_after),
        change.certainty.to_string(),
        change.record_key.clone(),
    ]
}

/// What is inferred or left open, each once, with the backends that it is said of.
fn notes(changes: &[Change]) -> String {
    const SHOWN: usize = 3;
    let mut notes: Vec<(&str, Vec<&Change>)> = Vec::new();
    for change in changes {
        let Some(message) = change.message.as_deref() else { continue };
        match notes.iter_mut().find(|(known, _)| *known == message) {
            Some((_, changes)) => changes.push(change),
            None => notes.push((message, vec![change])),
        }
    }
    let line = |(message, changes): &(&str, Vec<&Change>)| {
        let names = first_few(changes.iter().map(|change| name(change)), SHOWN, ", ");
        plain(&format!("{names}: {message}")) + "\n"
    };
    notes.iter().map(line).collect()
}

fn name(change: &Change) -> String {
    called(change.backend_id.as_deref(), change.address.as_deref(), change.port)
}

fn pool_row(change: &PoolChange) -> [String; 6] {
    let check = |enabled: Option<bool>| enabled.map(|enabled| if enabled { "on" } else { "off" });
    let health = arrow(change.unlisted_health_before, change.unlisted_health_after);
    let unlisted = match (change.unlisted_traffic_before, change.unlisted_traffic_after) {
        (None, None) => health,
        (before, after) => format!("{health}, {}", arrow(before, after)),
    };
    [
        change.snapshot.to_string(),
        change.kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(" "),
        arrow(change.server_count_before, change.server_count_after),
        arrow(check(change.check_enabled_before), check(change.check_enabled_after)),
        unlisted,
        change.pool_key.clone(),
    ]
}

/// Before and after, or the one word where they are the same.
fn arrow<T: Display + PartialEq>(before: Option<T>, after: Option<T>) -> String {
    if before == after { or_dash(after) } else { format!("{} > {}", or_dash(before), or_dash(after)) }
}
