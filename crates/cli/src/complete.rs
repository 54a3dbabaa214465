//! `lbhealth normalize --with`: everything is read, and the reports are completed by inventories.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow};
use lbhealth::{
    ADAPTERS, Adapter, BoundListener, Context, Coverage, Document, DocumentKind, HealthReport, Inventory, PoolAlgorithm,
};

use crate::batch::Batch;
use crate::names::{counted, first_few};
use crate::normalize::Run;
use crate::output::Output;
use crate::{complain, documents, input};

/// How many files are named of which the reports are put together.
const MOST_NAMED: usize = 3;

/// Reads everything, and completes the health reports of each adapter with its inventories.
pub(crate) fn run(run: &Run<'_>, files: &[PathBuf], output: &mut Output<'_>) -> Result<()> {
    let (mut reports, mut inventories) = read(run, files, output)?;
    let arguments = run.arguments;
    let file = first_few(files.iter().map(|path| input::name(path)), MOST_NAMED, " and ");
    if reports.is_empty() && output.counts.failures == 0 {
        let mut batch = Batch::default();
        batch.fail(&anyhow!("there is no health report to complete"), &file, None, arguments);
        output.write(&mut batch)?;
    }
    // Documents can be of adapters that this version does not have.
    let of_reports = reports.iter().map(|report| report.adapter.to_string());
    let ids: BTreeSet<_> = of_reports.chain(inventories.iter().map(|inventory| inventory.adapter.to_string())).collect();
    for id in &ids {
        let own: Vec<_> = reports.extract_if(.., |report| report.adapter == *id).collect();
        let known: Vec<_> = inventories.extract_if(.., |inventory| inventory.adapter == *id).collect();
        if own.is_empty() {
            if !known.is_empty() && output.counts.failures == 0 {
                complain(&format!("no health report is of {id}, so its inventory completes nothing"));
            }
            continue;
        }
        let inventory = if known.is_empty() { None } else { Some(Inventory::merge(known)?) };
        let mut nameless: usize = 0;
        for mut report in merged(own)? {
            if let Some(inventory) = &inventory {
                if !joins(inventory, &report) {
                    complain(&format!("the inventory of {id} has none of the pools of the health report, so it completes nothing"));
                } else if names_no_pool(inventory, &report) {
                    nameless += 1;
                }
                report = lbhealth::complete(report, inventory);
            } else {
                report.conclude(ADAPTERS);
            }
            let mut batch = Batch::default();
            batch.take(Document::Health(report.into()), &file, None, arguments);
            output.write(&mut batch)?;
        }
        if nameless > 0 {
            let (reports, are) = (counted(nameless, "health report"), if nameless == 1 { "is" } else { "are" });
            let options = "`--pool-id`, or `--load-balancer-id` where backends are in no pool";
            complain(&format!(
                "nothing says which pool {reports} of {id} {are} about, so the inventory completes nothing there; name it with {options}"
            ));
        }
    }
    Ok(())
}

/// The health reports and inventories of all files. What is neither is a failure.
fn read(
    run: &Run<'_>,
    files: &[PathBuf],
    output: &mut Output<'_>,
) -> Result<(Vec<HealthReport<'static>>, Vec<Inventory<'static>>)> {
    let Run { arguments, adapter, context: base, progress } = *run;
    let mut reports: Vec<HealthReport<'static>> = Vec::new();
    let mut inventories: Vec<Inventory<'static>> = Vec::new();
    let with: HashSet<&PathBuf> = arguments.with.iter().collect();
    let (mut known, mut learned) = (base.clone(), 0);
    // Inventories come first: they tell what pools are bound to.
    for path in arguments.with.iter().chain(files) {
        let is_with = with.contains(path);
        let mut batch = Batch::default();
        inventories.iter().skip(learned).for_each(|inventory| known.learn(inventory));
        learned = inventories.len();
        let mut context = sharing(base, &known);
        // The reports are never of an operation that inventories are of.
        if context.operation.as_deref().is_some_and(|operation| is_of_inventories(operation, adapter) != is_with) {
            context.operation = None;
        }
        match input::read(path, progress).context("cannot be read") {
            Err(error) => batch.fail(&error, &input::name(path), None, arguments),
            Ok(payload) => {
                let mut read = documents::of_payload(&payload, adapter, &context, arguments.limit).peekable();
                if read.peek().is_none() {
                    batch.fail(&documents::nothing(), &input::name(path), None, arguments);
                }
                for (document, at) in read {
                    let taken = document.and_then(|document| sort(document, is_with, &mut reports, &mut inventories));
                    if let Err(error) = taken {
                        batch.fail(&error, &input::name(path), at, arguments);
                    }
                }
            }
        }
        output.write(&mut batch)?;
    }
    Ok((reports, inventories))
}

/// Whether replies of the operation are inventories.
fn is_of_inventories(operation: &str, adapter: Option<&'static dyn Adapter>) -> bool {
    documents::operations(adapter).any(|one| one.is_called(operation) && one.kind == DocumentKind::Inventory)
}

/// Puts a document with those of its kind. Files after `--with` hold only inventories.
fn sort(
    document: Document<'static>,
    is_with: bool,
    reports: &mut Vec<HealthReport<'static>>,
    inventories: &mut Vec<Inventory<'static>>,
) -> Result<()> {
    match document {
        Document::Inventory(inventory) => inventories.push(*inventory),
        other if is_with => {
            let kind = other.into_inventory().map(drop);
            return kind.map_err(|error| anyhow!("{error}; files after `--with` are inventories, so replies are named before it"));
        }
        other => reports.push(other.into_health()?),
    }
    Ok(())
}

/// The base, with what is known of pools. Its clones share the texts: each reply that brings a context of its own gets one.
fn sharing<'k>(base: &Context<'k>, known: &'k Context<'_>) -> Context<'k> {
    let shared = |text: &'k str| Cow::Borrowed(text);
    let mut context = base.clone();
    let listeners = known.bound_listeners.iter();
    context.bound_listeners =
        listeners.map(|one| BoundListener::new(one.pool_id.as_deref().map(shared), shared(&one.listener_id))).collect();
    let algorithms = known.algorithms.iter();
    context.algorithms =
        algorithms.map(|one| PoolAlgorithm::new(one.pool_id.as_deref().map(shared), shared(&one.algorithm))).collect();
    context
}

/// One report of those of an adapter, one of those that hold only what was asked for of places that no other lists, because of the others all
/// backends are listed, and one each of those that do not say which pool they are about: merged, they would be taken for one.
fn merged(mut reports: Vec<HealthReport<'static>>) -> Result<Vec<HealthReport<'static>>> {
    let nameless = HealthReport::join_pages(reports.extract_if(.., |report| report.is_nameless()));
    let is_selected = |report: &HealthReport<'_>| report.coverage == Coverage::Selected;
    let lists = reports.iter().filter(|report| !is_selected(report));
    let listed: HashSet<_> = lists.flat_map(pool_keys).map(str::to_owned).collect();
    let is_alone = |report: &mut HealthReport<'_>| is_selected(report) && pool_keys(report).any(|key| !listed.contains(key));
    let alone: Vec<_> = reports.extract_if(.., is_alone).collect();
    let groups = [reports, alone].into_iter().filter(|group| !group.is_empty());
    let mut merged = groups.map(HealthReport::merge_latest).collect::<Result<Vec<_>, _>>()?;
    merged.extend(nameless);
    Ok(merged)
}

/// The keys of the places that it tells of.
fn pool_keys<'r>(report: &'r HealthReport<'_>) -> impl Iterator<Item = &'r str> {
    report.records.iter().map(|record| &*record.pool_key).chain(report.pools.iter().map(|pool| &*pool.pool_key))
}

/// Whether nothing of the report says what it is about, so that nothing of the inventory is of it.
fn names_no_pool(inventory: &Inventory<'_>, report: &HealthReport<'_>) -> bool {
    let is_told = inventory.pools.iter().any(|pool| pool.pool_id.is_some())
        || inventory.members.iter().any(|member| member.pool_id.is_some() || member.load_balancer_id.is_some());
    is_told && report.is_nameless()
}

/// Whether the inventory knows a pool that the report is about. Where either does not name all of its pools, it may.
fn joins(inventory: &Inventory<'_>, report: &HealthReport<'_>) -> bool {
    let members = inventory.members.iter().map(|member| member.pool_id.as_deref());
    let known: HashSet<_> = inventory.pools.iter().map(|pool| pool.pool_id.as_deref()).chain(members).collect();
    let records = report.records.iter().map(|record| record.pool_id.as_deref());
    let own: HashSet<_> = report.pools.iter().map(|pool| pool.pool_id.as_deref()).chain(records).collect();
    let is_silent = |ids: &HashSet<Option<&str>>| ids.is_empty() || ids.contains(&None);
    is_silent(&known) || is_silent(&own) || !known.is_disjoint(&own)
}
