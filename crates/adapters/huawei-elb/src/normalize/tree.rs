//! `ShowLoadBalancerStatus`: everything below one load balancer, with a word for each of them.

use lbhealth_core::wire::{self, Id};
use lbhealth_core::{Context, Coverage, Document, Error, Operation, Pointer, ReportBuilder};
use lbhealth_octavia::{UNDER_STATUSES, walk};

use crate::ID;
use crate::vocabulary::VOCABULARY;
use crate::wire::StatusTreeReply;

/// Turns a reply of `ShowLoadBalancerStatus` into a health report.
pub(crate) fn tree<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = StatusTreeReply::default();
    wire::read(payload, &mut reply)?;
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::All, context);
    report.request_id(reply.request_id.take().map(Id::into_text));
    report.warnings.unread(&reply, &Pointer::ROOT);
    let at = Pointer::at(UNDER_STATUSES.load_balancer, []);
    let mut statuses = reply.statuses.unwrap_or_default();
    report.warnings.unread(&statuses, &Pointer::at("/statuses", []));
    let balancer = wire::take(&mut statuses, |statuses| &mut statuses.load_balancer, "loadbalancer", "the load balancer", &at)?;
    report.missing_list(&balancer, "pools", balancer.pools.as_ref(), &at);
    walk(balancer, &UNDER_STATUSES, &VOCABULARY, None, context, &mut report);
    Ok(Document::Health(report.finish()))
}
