//! The tree of statuses: everything below one load balancer.

use lbhealth_core::wire::{self, List, Wire};
use lbhealth_core::{BackendKind, Context, Coverage, Document, Error, Operation, Pointer, ReportBuilder};
use lbhealth_octavia::{AT_ROOT, Places, Statuses, TreeLoadBalancer, UNDER_STATUSES, walk};

use crate::ID;
use crate::vocabulary::VOCABULARY;
use crate::wire::StatusTreeReply;

/// Turns a reply that holds the tree of statuses into a health report.
pub(crate) fn tree<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = StatusTreeReply::default();
    wire::read(payload, &mut reply)?;
    let statuses = reply.statuses.take().unwrap_or_default();
    let mut report = begin(&reply, operation, context);
    report.warnings.unread(&statuses, &Pointer::at("/statuses", []));
    finish(statuses, &UNDER_STATUSES, context, report)
}

/// Turns a tree of statuses as the command line prints it, without its root, into a health report.
pub(crate) fn printed_tree<'a>(
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
) -> Result<Document<'a>, Error> {
    let mut statuses = Statuses::default();
    wire::read(payload, &mut statuses)?;
    let report = begin(&statuses, operation, context);
    finish(statuses, &AT_ROOT, context, report)
}

fn begin<'a>(reply: &impl Wire<'a>, operation: &'static Operation, context: &Context<'a>) -> ReportBuilder<'a> {
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::All, context);
    report.warnings.unread(reply, &Pointer::ROOT);
    report
}

fn finish<'a>(
    mut statuses: Statuses<'a>,
    places: &'static Places,
    context: &Context<'a>,
    mut report: ReportBuilder<'a>,
) -> Result<Document<'a>, Error> {
    let at = Pointer::at(places.load_balancer, []);
    let balancer = wire::take(&mut statuses, |statuses| &mut statuses.load_balancer, "loadbalancer", "the load balancer", &at)?;
    let names_pools = names_pools(&balancer);
    walk(balancer, places, &VOCABULARY, Some(BackendKind::Ip), context, &mut report);
    if !names_pools {
        // The tree lacks pools that no listener uses.
        report.set_undetermined();
    }
    Ok(Document::Health(report.finish()))
}

fn names_pools(balancer: &TreeLoadBalancer<'_>) -> bool {
    let mut of_listeners = balancer.listeners.iter().flat_map(List::iter).map(|(_, listener)| listener.pools.as_ref());
    let is_some = |pools: &List<'_, _>| !pools.is_empty();
    balancer.pools.as_ref().is_some_and(is_some) || of_listeners.any(|pools| pools.is_some_and(is_some))
}
