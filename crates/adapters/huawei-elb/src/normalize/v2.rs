//! Members as API version 2 describes them: the same words, other meanings, and no status per listener.

use lbhealth_core::wire::{self, Id, List};
use lbhealth_core::{BackendKind, Context, Coverage, Document, Error, Operation, Place, Pointer, ReportBuilder, Scope, Words};

use super::completeness;
use crate::ID;
use crate::vocabulary::{ADMIN, VOCABULARY, WEIGHT};
use crate::wire::{MemberReplyV2, MemberV2, MembersReplyV2};

/// Turns a reply that holds one member into a health report.
pub(crate) fn member<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = MemberReplyV2::default();
    wire::read(payload, &mut reply)?;
    let at = Pointer::at("/member", []);
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::Selected, context);
    report.page(completeness(&reply, true, None), None);
    report.warnings.unread(&reply, &Pointer::ROOT);
    let missing = || Error::unexpected_shape(at.clone(), "the member, an object,", "something else");
    observe(reply.member.take().ok_or_else(missing)?, at.clone(), context, &mut report);
    Ok(Document::Health(report.finish()))
}

/// Turns a reply that holds the members of a pool into a health report.
pub(crate) fn members<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = MembersReplyV2::default();
    wire::read(payload, &mut reply)?;
    let completeness = completeness(&reply, reply.members.is_some(), None);
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::All, context);
    report.page(completeness, None);
    report.warnings.unread(&reply, &Pointer::ROOT);
    report.warnings.missing_list(&reply, "members", reply.members.as_ref(), &Pointer::ROOT);
    for (index, member) in reply.members.into_iter().flat_map(List::into_iter_indexed) {
        observe(member, Pointer::at("/members/#", [index]), context, &mut report);
    }
    Ok(Document::Health(report.finish()))
}

fn observe<'a>(member: MemberV2<'a>, at: Pointer, context: &Context<'a>, report: &mut ReportBuilder<'a>) {
    let start = report.warnings.len();
    report.warnings.unread(&member, &at);
    let facts = [
        (WEIGHT, if member.weight == Some(0.0) { "0" } else { "" }),
        (ADMIN, if member.admin_state_up == Some(false) { "false" } else { "" }),
    ];
    let words = Words::maybe(member.operating_status).operation(report.operation()).facts(&facts).at(at);
    let verdict = VOCABULARY.judge(words, &mut report.warnings);
    let mut place = Place::new(Scope::Pool);
    place.load_balancer_id.clone_from(&context.load_balancer_id);
    place.pool_id.clone_from(&context.pool_id);
    report.record(&place, verdict, start, |record| {
        record.backend_id = member.id.map(Id::into_text);
        record.backend_name = member.name;
        record.backend_kind = member.subnet_id.map(|_| BackendKind::Instance);
        record.address = member.address.map(Id::into_text);
        record.port = member.port.filter(|port| *port != 0);
        record.weight = member.weight;
    });
}
