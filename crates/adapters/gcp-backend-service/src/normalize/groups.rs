//! `getHealth` of backend services and target pools.

use std::borrow::Cow;
use std::collections::HashMap;

use lbhealth_core::wire::{self, Id, List, Text, Wire};
use lbhealth_core::{
    Context, Coverage, Document, Error, Operation, Place, Pointer, PoolSummary, ReportBuilder, Scope, Settings, prefer_payload,
};

use super::backend::{Backend, States};
use super::resource;
use crate::ID;
use crate::vocabulary::{GET_HEALTH, OF_INSTANCES, TARGET_POOL_HEALTH, VOCABULARY, WEIGHT, WEIGHT_ERROR};
use crate::wire::{Backend as BackendReply, GroupHealth, HealthStatus};

/// Turns the reply of `getHealth` for one group, or for instances of a target pool, into a health report.
pub(crate) fn group_health<'a>(
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
) -> Result<Document<'a>, Error> {
    let replies = wire::read_each::<GroupHealth<'a>>(payload)?;
    let mut report = report(operation, context);
    // The instances of a target pool come in a reply each.
    let mut summaries = Summaries::default();
    for (at, reply) in replies.into_placed(&mut report.warnings) {
        let place = place(None, &at, context, &mut report);
        observe_group(reply, place, &at, &mut summaries, &mut report);
    }
    Ok(finished(report, summaries))
}

/// Turns what the command line prints of the groups of a backend service into a health report.
pub(crate) fn groups_health<'a>(
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
) -> Result<Document<'a>, Error> {
    let replies = wire::read_each::<BackendReply<'a>>(payload)?;
    let mut report = report(operation, context);
    let mut summaries = Summaries::default();
    for (at, mut reply) in replies.into_placed(&mut report.warnings) {
        report.warnings.unread(&reply, &at);
        report.missing_list(&reply, "status", reply.status.as_ref(), &at);
        let place = place(reply.group.take(), &at, context, &mut report);
        observe_group(reply.status.unwrap_or_default(), place, &at.join("status"), &mut summaries, &mut report);
    }
    Ok(finished(report, summaries))
}

fn report<'a>(operation: &'static Operation, context: &Context<'a>) -> ReportBuilder<'a> {
    // A target pool is asked for one instance at a time.
    let coverage = if operation.name == TARGET_POOL_HEALTH { Coverage::Selected } else { Coverage::All };
    let mut report = ReportBuilder::new(ID, operation.name, coverage, context);
    if operation.name == GET_HEALTH {
        report.of_one_pool();
    }
    report
}

/// The summaries, each with its place among them by pool and rule.
#[derive(Default)]
struct Summaries<'a> {
    all: Vec<PoolSummary<'a>>,
    by_place: HashMap<[Option<Cow<'a, str>>; 2], usize>,
}

fn finished<'a>(mut report: ReportBuilder<'a>, summaries: Summaries<'a>) -> Document<'a> {
    let end = report.len();
    for summary in summaries.all {
        report.pool(summary, end);
    }
    Document::Health(report.finish())
}

/// A group as a place. Only the command line names it.
fn place<'a>(group: Option<Id<'a>>, at: &Pointer, context: &Context<'a>, report: &mut ReportBuilder<'a>) -> Place<'a> {
    let mut place = Place::new(Scope::Pool);
    place.load_balancer_id = context.load_balancer_id.clone().map(resource::path);
    let (said, known) = (group.map(|url| resource::path(url.into_text())), context.pool_id.clone().map(resource::path));
    place.pool_id = prefer_payload(said, known.as_ref(), "the group", || at.join("backend"), &mut report.warnings);
    place
}

/// Adds a record for each backend of a group, and a summary for each place at which it is observed.
fn observe_group<'a>(
    reply: GroupHealth<'a>,
    group: Place<'a>,
    at: &Pointer,
    summaries: &mut Summaries<'a>,
    report: &mut ReportBuilder<'a>,
) {
    report.warnings.unread(&reply, at);
    let total = reply.statuses.as_ref().map(List::count);
    let mut places: Vec<(Place<'a>, u32)> = Vec::new();
    let mut by_rule = HashMap::new();
    for (index, status) in reply.statuses.into_iter().flat_map(List::into_iter_indexed) {
        let place = observe(status, &group, &at.join(&format!("healthStatus/{index}")), report);
        let number = *by_rule.entry(place.rule_id.clone()).or_insert(places.len());
        match places.get_mut(number) {
            Some((_, count)) => *count += 1,
            None => places.push((place, 1)),
        }
    }
    let counts: Vec<(Place<'a>, Option<u32>)> = match places.len() {
        0 => vec![(group, total)],
        // Elements that could not be read stand at the only place there is.
        1 => places.into_iter().map(|(place, _)| (place, total)).collect(),
        _ => places.into_iter().map(|(place, count)| (place, Some(count))).collect(),
    };
    for (place, listed) in counts {
        let by_place = summaries.by_place.entry([place.pool_id.clone(), place.rule_id.clone()]);
        let number = *by_place.or_insert(summaries.all.len());
        if let Some(known) = summaries.all.get_mut(number) {
            known.listed_count = known.listed_count.zip(listed).map(|(before, more)| before.saturating_add(more));
        } else {
            let mut summary = PoolSummary::new(&place, at.clone());
            summary.listed_count = listed;
            summaries.all.push(summary);
        }
    }
}

/// Adds the records of one backend, and tells where it is observed.
fn observe<'a>(mut status: HealthStatus<'a>, group: &Place<'a>, at: &Pointer, report: &mut ReportBuilder<'a>) -> Place<'a> {
    let start = report.warnings.len();
    report.warnings.unread(&status, at);
    let is_target_pool = report.operation() == TARGET_POOL_HEALTH;
    // In a target pool the address is that of the forwarding rule.
    let frontend = status.address.take_if(|_| is_target_pool);
    let mut place = group.clone();
    place.rule_id = status.forwarding_rule.take().or(frontend).map(|rule| resource::path(rule.into_text()));
    if place.rule_id.is_some() {
        place.scope = Scope::Rule;
    }
    let of_instances = |group: &str| OF_INSTANCES.iter().any(|collection| resource::part(group, collection).is_some());
    let addresses = (status.address.take(), status.ipv6_address.take());
    let mut backend = if is_target_pool || group.pool_id.as_deref().is_some_and(of_instances) {
        Backend::instance(status.instance.take(), addresses.0, addresses.1)
    } else {
        Backend::endpoint(status.instance.take(), addresses.0, addresses.1)
    };
    backend.port = status.port;
    let is_weight_open = weight_is_open(&mut status, &mut backend, at, report);
    let facts = [(WEIGHT, if is_weight_open { "0" } else { "" })];
    let (ipv4, ipv6) = (status.state.take(), status.ipv6_state.take());
    backend.observe(States::new(&status, ipv4, ipv6), &facts, &place, at, start, report);
    place
}

/// Takes the weight over, and tells whether it is 0, or may be because it or its error cannot be read.
fn weight_is_open<'a>(
    status: &mut HealthStatus<'a>,
    backend: &mut Backend<'a>,
    at: &Pointer,
    report: &mut ReportBuilder<'a>,
) -> bool {
    let mut is_lost = status.is_unreadable(WEIGHT) || status.is_unreadable(WEIGHT_ERROR);
    if let Some(word) = status.weight_error.take() {
        let place = || at.join(WEIGHT_ERROR);
        is_lost |= !VOCABULARY.knows_traffic(report.operation(), WEIGHT_ERROR, word, place, &mut report.warnings);
    }
    if let Some(text) = status.weight.take() {
        backend.weight = number(text, at, report);
        is_lost |= backend.weight.is_none_or(|weight| weight == 0.0);
    }
    is_lost
}

/// A weight, which is a number in a text.
fn number<'a>(text: Text<'a>, at: &Pointer, report: &mut ReportBuilder<'a>) -> Option<f64> {
    let number = text.trim().parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0);
    if number.is_none() {
        Settings::new(at.clone(), &mut report.warnings).unrecognized(text, "a number from 0 up", WEIGHT);
    }
    number
}
