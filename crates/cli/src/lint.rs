//! `lbhealth lint`.

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use lbhealth::{
    ADAPTERS, Completeness, Document, FindingCode, FindingSeverity, Inventory, LintReport, LintedCheck, Pointer, Warning,
    WarningCode,
};

use crate::arguments::{ReplyAdapter, TextFormat};
use crate::documents::{documents, files};
use crate::input::name;
use crate::names::{counted, first_few};
use crate::output::{json, print};
use crate::screen::printable;
use crate::{FAILED, PRODUCER, USAGE, complain};

#[derive(Debug, Args)]
pub(crate) struct Lint {
    /// Files with replies or documents; `-` or nothing is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    adapter: ReplyAdapter,
    /// Leave out what matters less
    #[arg(long, value_enum, default_value_t = Severity::Notice)]
    severity: Severity,
    /// What to write
    #[arg(long, value_enum, default_value_t = TextFormat::Text)]
    format: TextFormat,
}

/// The least severity that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Severity {
    /// Errors only
    Error,
    /// Errors and warnings
    Warning,
    /// Everything
    Notice,
}

/// Something was found.
const FOUND: u8 = FAILED;
/// Some input failed, or none lists checks, which must not read as a clean or an unclean configuration.
const UNREAD: u8 = USAGE;
/// How many checks are named that were not looked at.
const MOST_NAMED: usize = 5;

/// Looks at every check of every input.
pub(crate) fn run(arguments: &Lint) -> Result<ExitCode> {
    let adapter = arguments.adapter.named()?;
    let (mut all, mut names, mut failed) = (Vec::new(), Vec::new(), false);
    for path in &files(&arguments.files)? {
        let reading = documents(path, adapter).and_then(path, |document| match document {
            Document::Health(_) => bail!("this is about the health of backends; lint reads the configuration of health checks"),
            other => Ok(other),
        });
        failed |= reading.failures.count > 0;
        names.extend(reading.documents.iter().map(|_| name(path)));
        all.extend(reading.tell());
    }
    // What is missing may have the checks that are named, so only one of the two is told.
    if tell_missing(&all, &names) || tell_unseen(&all) {
        failed = true;
    }
    let mut report = lbhealth::lint(&all, ADAPTERS);
    if report.checks.is_empty() && !failed {
        complain("there is no health check in the input, so nothing was looked at");
        // An empty list says that there are none; pools and servers say nothing of the checks that another call lists.
        failed = !all.iter().any(|document| match document {
            Document::HealthChecks(_) => true,
            Document::Inventory(inventory) => inventory.pools.is_empty() && inventory.members.is_empty(),
            _ => false,
        });
    }
    report.producer = Some(PRODUCER.into());
    // A pool without a check is looked at like one, and is none.
    let lacking = report.findings.iter().filter(|finding| finding.code == FindingCode::CheckMissing).count();
    report.findings.retain(|finding| is_shown(finding.severity, arguments.severity));
    let written = match arguments.format {
        TextFormat::Json => json(&report)?.into_bytes(),
        TextFormat::Text => {
            let mut out = Vec::new();
            text(&mut out, &report, &names, lacking)?;
            out
        }
    };
    print(written)?;
    Ok(match (failed, report.findings.is_empty()) {
        (true, _) => ExitCode::from(UNREAD),
        (false, false) => ExitCode::from(FOUND),
        (false, true) => ExitCode::SUCCESS,
    })
}

/// Says which checks pools name that no list of checks has, where there is one; whether there are such.
fn tell_unseen(documents: &[Document<'_>]) -> bool {
    let (mut seen, mut named, mut has_list) = (HashSet::new(), Vec::new(), false);
    for document in documents {
        match document {
            Document::HealthChecks(report) => {
                has_list = true;
                seen.extend(report.health_checks.iter().filter_map(|check| check.id.as_deref()));
            }
            Document::Inventory(inventory) => named.extend(inventory.pools.iter().filter_map(|pool| pool.check_id.as_deref())),
            _ => {}
        }
    }
    // Each is told once.
    named.retain(|id| seen.insert(id));
    if !has_list || named.is_empty() {
        return false;
    }
    let named = first_few(named.into_iter().map(str::to_owned), MOST_NAMED, " and ");
    complain(&format!("pools name health checks that no list has, which were not looked at: {named}"));
    true
}

/// Says what documents do not hold that they should; whether some do not.
fn tell_missing(documents: &[Document<'_>], names: &[String]) -> bool {
    let mut any = false;
    let whole = whole_lists(documents);
    // Where the vendor leaves it open, nobody can say that something is missing.
    let incomplete = documents.iter().zip(names).filter(|(document, _)| document.completeness() == Completeness::Incomplete);
    for (document, name) in incomplete.filter(|(document, _)| !whole.contains(&list_of(document))) {
        if let Some(what) = missing(document, Pages::of(documents, document)) {
            complain(&format!("{name}: {what}"));
            any = true;
        }
    }
    any
}

/// The lists of members that the documents hold as a whole, be it in pages.
fn whole_lists<'d>(documents: &'d [Document<'_>]) -> HashSet<List<'d>> {
    let mut lists: HashMap<List<'d>, Vec<Inventory<'_>>> = HashMap::new();
    for document in documents {
        if let Document::Inventory(inventory) = document {
            lists.entry(list_of(document)).or_default().push((**inventory).clone());
        }
    }
    let is_whole = |pages| Inventory::merge(pages).is_ok_and(|merged| merged.completeness != Completeness::Incomplete);
    lists.into_iter().filter_map(|(list, pages)| is_whole(pages).then_some(list)).collect()
}

/// The adapter and operation of a document, which is all that tells its list from others.
type List<'d> = (&'d str, &'d str);

fn list_of<'d>(document: &'d Document<'_>) -> List<'d> {
    (document.adapter(), document.operation())
}

/// Which pages of the same list are among the documents.
#[derive(Clone, Copy)]
struct Pages {
    /// Whether one begins it.
    has_first: bool,
    /// Whether they can be all, in whatever order they were given. Nothing tells which pages of checks are of one list, so there has to be just
    /// one that ends. Inventories tell, and were asked.
    are_all: bool,
}

impl Pages {
    fn of(documents: &[Document<'_>], page: &Document<'_>) -> Self {
        let is_of_list = |other: &&Document<'_>| list_of(other) == list_of(page);
        let pages = || documents.iter().filter(is_of_list);
        let is_page = |page: &&Document<'_>| page.completeness() != Completeness::Incomplete || goes_on(page).is_some();
        let has_first = pages().any(|page| goes_on(page).is_none());
        let are_all = has_first
            && !matches!(page, Document::Inventory(_))
            && pages().filter(|page| page.next_page().is_none()).filter(is_page).count() == 1;
        Self { has_first, are_all }
    }
}

/// The warning that it has pages before it.
fn goes_on<'d>(document: &'d Document<'_>) -> Option<&'d Warning<'d>> {
    document.warnings().iter().find(|warning| warning.code == WarningCode::PageNotFirst)
}

/// What is missing of the document, which is incomplete, where its further pages are not among the documents.
fn missing(document: &Document<'_>, pages: Pages) -> Option<String> {
    let lost = [WarningCode::ElementSkipped, WarningCode::ListMissing, WarningCode::ListPartial];
    let mut all_lost = document.warnings().iter().filter(|warning| lost.contains(&warning.code)).peekable();
    let has_lost = all_lost.peek().is_some();
    let lost = all_lost.find(|warning| !is_list_of_members(document, warning));
    let told = |warning: &Warning<'_>| format!("{} at `{}`: {}", warning.code, warning.path, warning.message);
    match (lost, goes_on(document)) {
        (Some(lost), _) => Some(told(lost)),
        (_, before) if pages.are_all && (before.is_some() || document.next_page().is_some()) => None,
        (_, Some(before)) if !pages.has_first => Some(told(before)),
        _ if document.next_page().is_some() => Some("a further page is pending, which was not looked at".to_owned()),
        (_, Some(before)) => Some(told(before)),
        _ if has_lost => None,
        _ => Some("it does not hold everything".to_owned()),
    }
}

/// Whether the warning is of a pool's list of members that is not there. Members say nothing of checks.
fn is_list_of_members(document: &Document<'_>, warning: &Warning<'_>) -> bool {
    let Document::Inventory(inventory) = document else { return false };
    let holder = warning.path.text().rsplit_once('/').map(|(holder, _)| holder.to_owned());
    warning.code == WarningCode::ListMissing && inventory.pools.iter().any(|pool| Some(&*pool.path.text()) == holder.as_deref())
}

fn is_shown(severity: FindingSeverity, least: Severity) -> bool {
    match severity {
        FindingSeverity::Error => true,
        FindingSeverity::Notice => least == Severity::Notice,
        _ => least != Severity::Error,
    }
}

fn text(out: &mut impl Write, report: &LintReport, names: &[String], lacking: usize) -> Result<()> {
    // Findings stand in the order of their checks.
    let mut findings = report.findings.iter().peekable();
    for (number, check) in report.checks.iter().enumerate() {
        head(out, check, names)?;
        while let Some(finding) = findings.next_if(|finding| usize::try_from(finding.check) == Ok(number)) {
            let pool = finding.pool_id.as_deref().map(|id| format!(" (pool {id})")).unwrap_or_default();
            let place = at(&finding.path);
            writeln!(out, "    {:<7}  {}{}", finding.severity.as_str(), finding.code, printable(&place))?;
            writeln!(out, "             {}{}", printable(&finding.message), printable(&pool))?;
        }
    }
    let looked_at = report.checks.len().saturating_sub(lacking);
    writeln!(out, "{}, {}", counted(looked_at, "check"), counted(report.findings.len(), "finding"))?;
    Ok(())
}

/// Which check it is, and how long it takes to notice.
fn head(out: &mut impl Write, check: &LintedCheck, names: &[String]) -> Result<()> {
    let file = usize::try_from(check.source).ok().and_then(|source| names.get(source)).map_or("", String::as_str);
    let mut called: Vec<String> = [&check.check_id, &check.check_name].into_iter().flatten().cloned().collect();
    if !check.pool_ids.is_empty() {
        called.push(format!("pool {}", check.pool_ids.join(", ")));
    }
    let called = if called.is_empty() { String::new() } else { format!(" ({})", called.join(", ")) };
    let head = format!("{file}: {} {}{}{called}", check.adapter, check.operation, at(&check.path));
    writeln!(out, "{}", printable(&head))?;
    for (name, time) in [("time to detect", &check.time_to_detect), ("time to recover", &check.time_to_recover)] {
        match time {
            Some(time) => writeln!(out, "    {name}: {}", time.explanation)?,
            None => writeln!(out, "    {name}: cannot be told")?,
        }
    }
    Ok(())
}

/// A place, unless it is the whole payload.
fn at(path: &Pointer) -> String {
    if path.text().is_empty() { String::new() } else { format!(" at `{path}`") }
}
