//! Members as API version 2 describes them: with fewer words, and neither reasons nor statuses per listener.

use lbhealth_core::wire::{self, List};
use lbhealth_core::{BackendKind, Context, Coverage, Document, Error, Operation, Pointer, ReportBuilder};

use super::member::{About, MemberAt, has_lost_facts, observe_as};
use super::members::note_empty;
use super::{Marker, page};
use crate::ID;
use crate::wire::{Member, MemberReplyV2, MemberV2, MembersReplyV2};

/// Turns a reply that holds one member into a health report.
pub(crate) fn member<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = MemberReplyV2::default();
    wire::read(payload, &mut reply)?;
    let at = MemberAt::Alone;
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::Selected, context);
    report.warnings.unread(&reply, &Pointer::ROOT);
    let member = wire::take(&mut reply, |reply| &mut reply.member, "member", "the member", &at.member())?;
    observe(member, at, context, &mut report);
    Ok(Document::Health(report.finish()))
}

/// Turns a reply that holds the members of a pool into a health report.
pub(crate) fn members<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = MembersReplyV2::default();
    wire::read(payload, &mut reply)?;
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::All, context);
    let (completeness, next_page) = page(&reply, "members", reply.members.as_ref(), Marker::Never, context, &mut report.warnings);
    report.page(completeness, next_page);
    report.of_one_pool();
    note_empty(reply.members.as_ref(), context, &Pointer::ROOT, &mut report);
    for (index, member) in reply.members.into_iter().flat_map(List::into_iter_indexed) {
        observe(member, MemberAt::InList(index), context, &mut report);
    }
    Ok(Document::Health(report.finish()))
}

/// Adds the records of a member, which means what it does in version 3. Version 2 has no members that are only an address.
fn observe<'a>(described: MemberV2<'a>, at: MemberAt, context: &Context<'a>, report: &mut ReportBuilder<'a>) {
    let start = report.warnings.len();
    report.warnings.unread(&described, &at.member());
    let kind = described.subnet_id.as_ref().map(|_| BackendKind::Instance);
    let about = About { kind, has_lost_facts: has_lost_facts(&described, kind), start };
    let mut member = Member::default();
    member.id = described.id;
    member.name = described.name;
    member.admin_state_up = described.admin_state_up;
    member.port = described.port;
    member.weight = described.weight;
    member.address = described.address;
    member.operating_status = described.operating_status;
    observe_as(about, &mut member, at, context, report);
}
