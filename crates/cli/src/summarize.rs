//! `lbhealth summarize`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use lbhealth::{BackendCounts, BackendHealth, Policy, Summary};

use crate::arguments::{ReplyAdapter, TableFormat};
use crate::names::{backend, reason};
use crate::output::{json, print};
use crate::table::{or_dash, table};
use crate::{FAILED, PRODUCER, documents};

#[derive(Debug, Args)]
pub(crate) struct Summarize {
    /// Files with health reports or replies; `-` or nothing is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How pools are judged: halves, worst, any-eligible, quorum:N or quorum:P%
    #[arg(long, default_value_t)]
    policy: Policy,
    /// What to write
    #[arg(long, value_enum, default_value_t = TableFormat::Table)]
    format: TableFormat,
    #[command(flatten)]
    adapter: ReplyAdapter,
}

/// Summarizes every input that can be read.
pub(crate) fn run(arguments: &Summarize) -> Result<ExitCode> {
    let adapter = arguments.adapter.named()?;
    let mut reports = Vec::new();
    let mut status = ExitCode::SUCCESS;
    for path in documents::files(&arguments.files)? {
        let reading = documents::reports(&path, adapter);
        if reading.failures.count > 0 {
            status = ExitCode::from(FAILED);
        }
        reports.extend(reading.tell());
    }
    if reports.is_empty() {
        return Ok(status);
    }
    let mut summary = Summary::of(&documents::joined(reports), arguments.policy);
    summary.producer = Some(PRODUCER.to_owned());
    print(&match arguments.format {
        TableFormat::Json => json(&summary)?,
        TableFormat::Table => text(&summary),
    })?;
    Ok(status)
}

fn text(summary: &Summary) -> String {
    let mut text = format!("{} by {}: {}\n", summary.verdict, summary.policy, summary.message);
    if summary.pools.is_empty() {
        return text;
    }
    let rows = summary.pools.iter().map(|pool| {
        [
            pool.verdict.to_string(),
            pool.adapter.clone(),
            or_dash(pool.pool_id.as_deref()),
            total(&pool.counts),
            healths(&pool.counts),
            pool.message.clone(),
        ]
    });
    text += "\n";
    text += &table(["VERDICT", "ADAPTER", "POOL", "BACKENDS", "HEALTH", "WHY"], rows);
    let deciding = summary.pools.iter().flat_map(|pool| pool.deciding_records.iter().map(move |record| (pool, record)));
    let mut rows: Vec<_> = deciding
        .map(|(pool, record)| {
            [
                or_dash(pool.pool_id.as_deref()),
                backend(record),
                record.health.to_string(),
                record.traffic.to_string(),
                or_dash(reason(record)),
                record.record_key.clone(),
            ]
        })
        .collect();
    for pool in summary.pools.iter().filter(|pool| pool.deciding_unlisted_count > 0) {
        let unlisted = format!("{} not named", pool.deciding_unlisted_count);
        let dash = || "-".to_owned();
        rows.push([or_dash(pool.pool_id.as_deref()), unlisted, dash(), dash(), dash(), dash()]);
    }
    if !rows.is_empty() {
        text += "\ndecided by\n\n";
        text += &table(["POOL", "BACKEND", "HEALTH", "TRAFFIC", "REASON", "RECORD"], rows);
    }
    text
}

/// How many there are, or how many at least.
fn total(counts: &BackendCounts) -> String {
    counts.backend_count.map_or_else(|| format!("at least {}", counts.known_count), |count| count.to_string())
}

/// How many backends have which health, the worst first.
fn healths(counts: &BackendCounts) -> String {
    let counted = counts.health.each().filter(|(_, count)| *count > 0);
    let texts: Vec<String> =
        counted.map(|(health, count)| format!("{count} {}", health.map_or("mixed", BackendHealth::as_str))).collect();
    if texts.is_empty() { "-".to_owned() } else { texts.join(", ") }
}
