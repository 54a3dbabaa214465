//! Members: one, or a list of them.

use lbhealth_core::wire::{self, Id, List};
use lbhealth_core::{Context, Coverage, Document, Error, Operation, Place, Pointer, ReportBuilder, Scope, Warnings};

use super::member::{MemberAt, observe};
use super::{Marker, page};
use crate::ID;
use crate::wire::{MemberReply, MembersReply};

/// Turns a reply that holds one member into a health report.
pub(crate) fn member<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = MemberReply::default();
    wire::read(payload, &mut reply)?;
    let at = MemberAt::Alone;
    let mut warnings = Warnings::new();
    warnings.unread(&reply, &Pointer::ROOT);
    // It stays where it is: members are large, and this is the reply that is read most.
    let Some(member) = reply.member.as_mut() else {
        return Err(wire::missing(&reply, "member", "the member, an object,", at.member()));
    };
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::Selected, context);
    report.request_id(reply.request_id.take().map(Id::into_text));
    report.warnings = warnings;
    observe(member, at, context, &mut report);
    Ok(Document::Health(report.finish()))
}

/// Turns a reply that holds all members of a pool, or of all pools, into a health report.
pub(crate) fn members<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    list(Coverage::All, operation, payload, context)
}

/// Turns a reply that holds the members that were just created or changed into a health report.
pub(crate) fn some_members<'a>(
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
) -> Result<Document<'a>, Error> {
    list(Coverage::Selected, operation, payload, context)
}

fn list<'a>(
    coverage: Coverage,
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
) -> Result<Document<'a>, Error> {
    let mut reply = MembersReply::default();
    wire::read(payload, &mut reply)?;
    let mut report = ReportBuilder::new(ID, operation.name, coverage, context);
    let marker = Marker::In(reply.page_info.as_ref());
    let (completeness, next_page) = page(&reply, "members", reply.members.as_ref(), marker, context, &mut report.warnings);
    report.request_id(reply.request_id.take().map(Id::into_text)).page(completeness, next_page);
    if operation.context_parts.contains(&"pool_id") {
        report.of_one_pool();
        note_empty(reply.members.as_ref(), context, &Pointer::ROOT, &mut report);
    }
    for (index, member) in reply.members.iter_mut().flat_map(List::iter_mut) {
        observe(member, MemberAt::InList(index), context, &mut report);
    }
    Ok(Document::Health(report.finish()))
}

/// Notes that the pool of the context has no members, wherever it is known to be used.
pub(super) fn note_empty<'a, T>(list: Option<&List<'a, T>>, context: &Context<'a>, at: &Pointer, report: &mut ReportBuilder<'a>) {
    let mut place = Place::of_pool(Scope::Pool, context);
    let bound = context.listeners_of(context.pool_id.as_deref());
    if bound.is_empty() {
        report.note_empty(list, &place, at);
    }
    place.scope = Scope::Listener;
    for listener in bound {
        place.listener_id = Some(listener);
        report.note_empty(list, &place, at);
    }
}
