//! `listNetworkEndpoints` of network endpoint groups.

use lbhealth_core::wire::{self, Id, List, Wire};
use lbhealth_core::{
    Completeness, Context, Coverage, Document, Error, Operation, Place, Pointer, ReportBuilder, Scope, prefer_payload,
};

use super::backend::{Backend, States};
use super::{list, resource};
use crate::ID;
use crate::vocabulary::{ABSENT, ALL_HEALTHS, HEALTHS};
use crate::wire::{EndpointHealth, EndpointStatus, ListNetworkEndpoints, NetworkEndpoint};

/// Turns a reply of `listNetworkEndpoints` into a health report.
pub(crate) fn endpoints<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = ListNetworkEndpoints::default();
    wire::read(payload, &mut reply)?;
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::All, context);
    let note = reply.warning.take();
    let (completeness, next) = list::page(&reply, reply.next_page_token.as_ref(), note, &mut report.warnings);
    report.of_one_pool().page(completeness, next);
    report.warnings.unread(&reply, &Pointer::ROOT);
    // The vendor leaves an empty list out.
    if reply.endpoints.as_ref().is_none_or(List::is_empty) && completeness == Completeness::Complete {
        note_nobody(context, &mut report);
    }
    for (index, endpoint) in reply.endpoints.into_iter().flat_map(List::into_iter_indexed) {
        observe(endpoint, &[], &Pointer::at("/items/#", [index]), context, &mut report);
    }
    Ok(Document::Health(report.finish()))
}

/// Turns what the command line prints of the endpoints of a group into a health report.
pub(crate) fn listed_endpoints<'a>(
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
) -> Result<Document<'a>, Error> {
    let replies = wire::read_each::<EndpointHealth<'a>>(payload)?;
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::All, context);
    report.of_one_pool();
    if replies.list().is_some_and(List::is_empty) {
        note_nobody(context, &mut report);
    }
    let endpoints: Vec<_> = replies.into_placed(&mut report.warnings).collect();
    // Where some have verdicts, they were asked for.
    let are_asked = endpoints.iter().any(|(_, endpoint)| has_healths(endpoint));
    let facts: &[_] = if are_asked { &[] } else { &[(ALL_HEALTHS, ABSENT)] };
    for (at, endpoint) in endpoints {
        // One that stands alone was taken from a list.
        if at == Pointer::ROOT {
            report.set_coverage(Coverage::Selected);
        }
        observe(endpoint, facts, &at, context, &mut report);
    }
    Ok(Document::Health(report.finish()))
}

/// Notes that the group, if the caller names it, has no endpoints.
fn note_nobody<'a>(context: &Context<'a>, report: &mut ReportBuilder<'a>) {
    if context.pool_id.is_some() {
        report.note_nobody(&group(context), &Pointer::ROOT);
    }
}

/// Whether there is a verdict on the endpoint, be it one that cannot be read.
fn has_healths(endpoint: &EndpointHealth<'_>) -> bool {
    endpoint.healths.as_ref().is_some_and(|list| !list.is_empty()) || endpoint.is_unreadable(HEALTHS)
}

/// Adds the records of one endpoint. The facts tell what it means where there is no verdict.
fn observe<'a>(
    mut endpoint: EndpointHealth<'a>,
    facts: &[(&str, &str)],
    at: &Pointer,
    context: &Context<'a>,
    report: &mut ReportBuilder<'a>,
) {
    let start = report.warnings.len();
    report.warnings.unread(&endpoint, at);
    let backend = backend(endpoint.endpoint.take().unwrap_or_default(), at, report);
    let group = group(context);
    if !has_healths(&endpoint) {
        return backend.unobserved(facts, &group, at, start, report);
    }
    let healths = endpoint.healths.take();
    let before = report.len();
    let mut start = start;
    for (index, status) in healths.into_iter().flat_map(List::into_iter_indexed) {
        let at = at.join(&format!("{HEALTHS}/{index}"));
        observe_at(status, &backend, &group, &at, start, report);
        start = report.warnings.len();
    }
    if report.len() == before {
        // None of the verdicts could be read, and the endpoint is still there.
        backend.observe(States::new(&endpoint, None, None), &[], &group, at, start, report);
    }
}

/// The group, as the caller knows it.
fn group<'a>(context: &Context<'a>) -> Place<'a> {
    let mut group = Place::new(Scope::Pool);
    group.load_balancer_id = context.load_balancer_id.clone().map(resource::path);
    group.pool_id = context.pool_id.clone().map(resource::path);
    group
}

/// Adds the records of one endpoint at one place.
fn observe_at<'a>(
    mut status: EndpointStatus<'a>,
    backend: &Backend<'a>,
    group: &Place<'a>,
    at: &Pointer,
    start: usize,
    report: &mut ReportBuilder<'a>,
) {
    report.warnings.unread(&status, at);
    let (service, rule) = (status.backend_service.take().unwrap_or_default(), status.forwarding_rule.take().unwrap_or_default());
    report.warnings.unread_in(&service, at, "backendService");
    report.warnings.unread_in(&rule, at, "forwardingRule");
    let mut place = group.clone();
    let said = service.url.map(|url| resource::path(url.into_text()));
    let is_said = said.is_some();
    let named_at = || at.join("backendService/backendService");
    place.load_balancer_id =
        prefer_payload(said, group.load_balancer_id.as_ref(), "the backend service", named_at, &mut report.warnings);
    place.rule_id = rule.url.map(|url| resource::path(url.into_text()));
    if place.rule_id.is_some() {
        place.scope = Scope::Rule;
    } else if is_said {
        place.scope = Scope::LoadBalancer;
    }
    let (ipv4, ipv6) = (status.state.take(), status.ipv6_state.take());
    backend.observe(States::new(&status, ipv4, ipv6), &[], &place, at, start, report);
}

fn backend<'a>(mut endpoint: NetworkEndpoint<'a>, at: &Pointer, report: &mut ReportBuilder<'a>) -> Backend<'a> {
    report.warnings.unread_in(&endpoint, at, "networkEndpoint");
    let mut backend = Backend::endpoint(endpoint.instance.take(), endpoint.address.take(), endpoint.ipv6_address.take());
    // An endpoint with a name has no address of its own.
    backend.address = backend.address.or(endpoint.name.map(Id::into_text));
    backend.port = endpoint.port;
    backend
}
