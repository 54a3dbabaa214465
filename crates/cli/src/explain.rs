//! `lbhealth explain`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;
use lbhealth::{ADAPTERS, Coverage, Explanation, HealthReport, Meaning, OwnWord, RecordExplanation, SameWord};

use crate::arguments::TextFormat;
use crate::documents::named_adapter;
use crate::input::name;
use crate::output::{json, print};
use crate::screen::printable;
use crate::{FAILED, PRODUCER, WrongUsage, complain, documents};

/// How many backends of a report are named where the one that was asked for is not in it.
const NAMED: usize = 5;

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The word, and before it the id of the adapter whose word it is; without one all vendors' and our own
    #[arg(value_name = "[ADAPTER] WORD", num_args = 1..=2, required_unless_present = "report", conflicts_with = "report")]
    words: Vec<String>,
    /// Health report, or API reply, whose records to explain; `-` is standard input
    #[arg(long, value_name = "FILE", requires = "backend")]
    report: Option<PathBuf>,
    /// Key, id, name or address of the backend, one of these with its port (`ID:PORT`), or the id of the cloud server behind it
    #[arg(long, value_name = "BACKEND", requires = "report")]
    backend: Option<String>,
    /// Adapter that reads the reply; without it its shape tells
    #[arg(long, value_name = "ID", requires = "report")]
    adapter: Option<String>,
    /// What to write
    #[arg(long, value_enum, default_value_t = TextFormat::Text)]
    format: TextFormat,
}

/// Explains a word, or the records of a backend.
pub(crate) fn run(arguments: &Explain) -> Result<ExitCode> {
    if let (Some(path), Some(backend)) = (&arguments.report, &arguments.backend) {
        return records(path, backend, arguments);
    }
    let (adapter, word) = match arguments.words.as_slice() {
        [adapter, word] => (Some(lbhealth::adapter(adapter)?.id()), word),
        [word] if ADAPTERS.iter().any(|adapter| adapter.id() == word) => {
            return Err(WrongUsage(format!("`{word}` is an adapter; write a word after it, such as a status or a reason")).into());
        }
        [word] => (None, word),
        _ => bail!("no word was given"),
    };
    let mut explanation = lbhealth::explain(ADAPTERS, adapter, word);
    explanation.producer = Some(PRODUCER.into());
    let mut out = Vec::new();
    match arguments.format {
        TextFormat::Json => out.extend(json(&explanation)?.into_bytes()),
        TextFormat::Text => text(&mut out, &explanation)?,
    }
    print(out)?;
    if explanation.is_known() {
        return Ok(ExitCode::SUCCESS);
    }
    let of = adapter.map(|id| format!(" of {id}")).unwrap_or_default();
    let near: Vec<String> = explanation.near.iter().map(|word| format!("`{word}`")).collect();
    let near = if near.is_empty() { String::new() } else { format!("; spelled alike: {}", near.join(", ")) };
    complain(&format!("no word{of} is `{}`{near}", explanation.word));
    Ok(ExitCode::from(FAILED))
}

/// Explains the records of a backend.
fn records(path: &Path, backend: &str, arguments: &Explain) -> Result<ExitCode> {
    let adapter = named_adapter(arguments.adapter.as_deref())?;
    let reading = documents::reports(path, adapter);
    let has_failed = reading.failures.count > 0;
    let reports = reading.tell();
    if reports.is_empty() {
        return Ok(ExitCode::from(FAILED));
    }
    let mut out = Vec::new();
    for report in &reports {
        let mut explanation = lbhealth::explain_backend(report, ADAPTERS, backend);
        explanation.producer = Some(PRODUCER.into());
        if explanation.records.is_empty() {
            continue;
        }
        match arguments.format {
            TextFormat::Json => out.extend(json(&explanation)?.into_bytes()),
            TextFormat::Text => {
                for record in &explanation.records {
                    let is_after = !out.is_empty();
                    separate(&mut out, is_after)?;
                    record_text(&mut out, record)?;
                }
            }
        }
    }
    let found = !out.is_empty();
    print(out)?;
    if found {
        return Ok(if has_failed { ExitCode::from(FAILED) } else { ExitCode::SUCCESS });
    }
    complain(&format!("{}: no record is of a backend `{}`{}", name(path), backend.trim(), others(&reports)));
    Ok(ExitCode::from(FAILED))
}

/// Whom the reports know instead, and why the backend may be missing.
fn others(reports: &[HealthReport<'_>]) -> String {
    let mut ids: Vec<&str> = Vec::new();
    for record in reports.iter().flat_map(|report| &report.records) {
        if let Some(id) = record.backend_id.as_deref().or(record.address.as_deref())
            && !ids.contains(&id)
        {
            ids.push(id);
        }
        // One more tells that there are others.
        if ids.len() > NAMED {
            break;
        }
    }
    let others = if ids.len() > NAMED { " and others" } else { "" };
    ids.truncate(NAMED);
    let mut text = if !ids.is_empty() {
        format!("; there are {}{others}", ids.join(", "))
    } else if reports.iter().all(|report| report.records.is_empty()) {
        "; there are no records".to_owned()
    } else {
        "; those that there are have neither id nor address".to_owned()
    };
    if reports.iter().any(|report| report.coverage == Coverage::NonHealthyOnly) {
        text.push_str("; the vendor lists only backends that are not plainly normal, `lbhealth normalize --with` adds the others");
    }
    text
}

fn text(out: &mut impl Write, explanation: &Explanation) -> Result<()> {
    let mut told = Vec::new();
    for (number, own) in explanation.own_meanings.iter().enumerate() {
        separate(out, number > 0)?;
        own_text(out, own)?;
        lines(out, "said as", "", &own.vendors, &mut told)?;
    }
    for (number, meaning) in explanation.vendor_meanings.iter().enumerate() {
        separate(out, number > 0 || !explanation.own_meanings.is_empty())?;
        meaning_text(out, meaning)?;
        lines(out, "alike", meaning.adapter, &meaning.alike, &mut told)?;
    }
    Ok(())
}

/// A blank line after what stands before.
fn separate(out: &mut impl Write, is_after: bool) -> Result<()> {
    if is_after {
        writeln!(out)?;
    }
    Ok(())
}

/// A line of an explanation, unless there is nothing to say.
fn field(out: &mut impl Write, name: &str, value: &str) -> Result<()> {
    if !value.is_empty() {
        writeln!(out, "    {name:<10}  {}", printable(value))?;
    }
    Ok(())
}

fn own_text(out: &mut impl Write, own: &OwnWord) -> Result<()> {
    writeln!(out, "lbhealth  {}  {}", own.list_name, own.word)?;
    field(out, "means", &own.meaning)?;
    field(out, "phase", &own.phase.map(|phase| phase.to_string()).unwrap_or_default())?;
    field(out, "look first", own.first_look.unwrap_or_default())
}

fn meaning_text(out: &mut impl Write, meaning: &Meaning) -> Result<()> {
    let and = second(meaning.and_field, meaning.and_word);
    writeln!(out, "{}  {}  {} = {}{and}", meaning.adapter, meaning.role, meaning.field, meaning.word)?;
    field(out, "means", meaning.meaning)?;
    let health = meaning.health.zip(meaning.certainty).map(|(health, certainty)| format!("health {health} ({certainty})"));
    let traffic = meaning.traffic.map(|traffic| match meaning.traffic_reason {
        Some(reason) => format!("traffic {traffic} ({reason})"),
        None => format!("traffic {traffic}"),
    });
    let registration = meaning.registration.map(|registration| format!("registration {registration}"));
    let parts: Vec<String> = [health, traffic, registration].into_iter().flatten().collect();
    field(out, "read as", &parts.join(", "))?;
    let cause = meaning.cause.map(|cause| format!("{} ({}, phase {})", cause.reason, cause.certainty, cause.phase));
    field(out, "reason", &cause.unwrap_or_default())?;
    field(out, "look first", meaning.first_look.unwrap_or_default())?;
    field(out, "replies of", &meaning.operations.join(", "))?;
    let source = if meaning.source.is_empty() { "no public page" } else { meaning.source };
    let undocumented = if meaning.documented { "" } else { " (the word is not in the vendor's reference)" };
    field(out, "source", &format!("{source}{undocumented}"))
}

fn second(field: Option<&str>, word: Option<&str>) -> String {
    match (field, word) {
        (Some(field), Some("*")) => format!(" with {field}"),
        (Some(field), Some(word)) => format!(" with {field} = {word}"),
        _ => String::new(),
    }
}

/// A line for each word that was not told before; the first says what they are. Rows of one word are alike in the same words. Where others
/// stand above under the same word of ours, each is told again.
fn lines<'e>(out: &mut impl Write, name: &str, own: &str, words: &'e [SameWord], told: &mut Vec<&'e SameWord>) -> Result<()> {
    let is_plain =
        |same: &str| told.iter().filter(|word| word.same == same).all(|word| words.contains(word) || word.adapter == own);
    let is_above = |word: &&SameWord| told.contains(word) && is_plain(word.same);
    let (above, new): (Vec<&SameWord>, Vec<&SameWord>) = words.iter().partition(is_above);
    let mut texts: Vec<String> = new.iter().map(|word| same_word(word)).collect();
    let mut above: Vec<&str> = above.iter().map(|word| word.same).collect();
    above.sort_unstable();
    above.dedup();
    texts.extend(above.iter().map(|same| format!("those above that say {same}")));
    told.extend(new);
    for (number, text) in texts.iter().enumerate() {
        field(out, if number == 0 { name } else { "" }, text)?;
    }
    Ok(())
}

fn same_word(word: &SameWord) -> String {
    let same = if word.same == word.word { String::new() } else { format!(" ({})", word.same) };
    let and = second(word.and_field, word.and_word);
    format!("{} {} = {}{and}{same}", word.adapter, word.field, word.word)
}

fn record_text(out: &mut impl Write, record: &RecordExplanation) -> Result<()> {
    writeln!(out, "{}", printable(&record.record_key))?;
    for why in &record.why {
        field(out, "why", why)?;
    }
    field(out, "look first", record.first_look)?;
    let request = record.source.request_id.as_deref().map(|id| format!(", request {id}")).unwrap_or_default();
    field(out, "reply of", &format!("{}{request}", record.source.operation))?;
    for row in &record.rows {
        let assumed = if row.assumed { "assumed" } else { "row" };
        let meaning = &row.meaning;
        let and = second(meaning.and_field, meaning.and_word);
        field(out, assumed, &format!("{} {} = {}{and}: {}", meaning.role, meaning.field, meaning.word, meaning.meaning))?;
    }
    for warning in &record.warnings {
        field(out, "warning", &format!("{}: {}", warning.code, warning.meaning))?;
        field(out, "", warning.message.as_deref().unwrap_or_default())?;
    }
    Ok(())
}
