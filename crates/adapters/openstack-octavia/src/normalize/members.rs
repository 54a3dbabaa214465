//! Members: one, or those of a pool.

use std::collections::HashSet;

use lbhealth_core::wire::{self, Id, List, Wire};
use lbhealth_core::{
    BackendKind, BackendRecord, Context, Coverage, Document, Error, HealthReport, Operation, Place, Pointer, ReportBuilder, Scope,
    Traffic, TrafficReason, Words,
};
use lbhealth_octavia::PROVISIONING;

use super::{page, switch};
use crate::ID;
use crate::vocabulary::{ADMIN, BACKUP, VOCABULARY, WEIGHT};
use crate::wire::{Member, MemberReply, MembersReply};

/// Turns a reply that holds one member into a health report.
pub(crate) fn member<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = MemberReply::default();
    wire::read(payload, &mut reply)?;
    let at = Pointer::at("/member", []);
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::Selected, context);
    report.warnings.unread(&reply, &Pointer::ROOT);
    let member = wire::take(&mut reply, |reply| &mut reply.member, "member", "the member", &at)?;
    observe(member, at, context, &mut report);
    Ok(Document::Health(report.finish()))
}

/// Turns a member as the command line prints it, or a list of them, into a health report.
pub(crate) fn printed_members<'a>(
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
) -> Result<Document<'a>, Error> {
    let replies = wire::read_each::<Member<'a>>(payload)?;
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::All, context);
    report.note_empty(replies.list(), &Place::of_pool(Scope::Pool, context), &Pointer::ROOT);
    for (at, member) in replies.into_placed(&mut report.warnings) {
        if at == Pointer::ROOT {
            report.set_coverage(Coverage::Selected);
        }
        observe(member, at, context, &mut report);
    }
    Ok(Document::Health(report.finish()))
}

/// Turns a reply that holds the members of a pool into a health report.
pub(crate) fn members<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = MembersReply::default();
    wire::read(payload, &mut reply)?;
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::All, context);
    let (completeness, next_page) = page(&reply, "members", reply.members.as_ref(), reply.links.as_ref(), &mut report.warnings);
    report.page(completeness, next_page);
    report.of_one_pool().note_empty(reply.members.as_ref(), &Place::of_pool(Scope::Pool, context), &Pointer::ROOT);
    for (index, member) in reply.members.into_iter().flat_map(List::into_iter_indexed) {
        observe(member, Pointer::at("/members/#", [index]), context, &mut report);
    }
    Ok(Document::Health(report.finish()))
}

/// A backup waits where a member of its pool that is no backup gets traffic, for only those are eligible. Where none is known to, as on a
/// page that has none, it may have taken over.
pub(crate) fn conclude(report: &mut HealthReport<'_>) {
    if report.coverage != Coverage::All {
        // One member alone tells nothing of the others.
        return;
    }
    let HealthReport { records, of_one_pool, .. } = report;
    // Lists of pools that nobody names can be of several.
    let is_backup = |record: &BackendRecord<'_>| {
        record.traffic_reason == Some(TrafficReason::StandbyRole) && (*of_one_pool || record.pool_id.is_some())
    };
    if !records.iter().any(is_backup) {
        return;
    }
    let served: HashSet<String> =
        records.iter().filter(|record| record.traffic == Traffic::Eligible).map(|record| record.pool_key.to_string()).collect();
    for record in records.iter_mut().filter(|record| is_backup(record)) {
        record.traffic = if served.contains(&*record.pool_key) { Traffic::Standby } else { Traffic::Unknown };
    }
}

fn observe<'a>(member: Member<'a>, at: Pointer, context: &Context<'a>, report: &mut ReportBuilder<'a>) {
    let start = report.warnings.len();
    report.warnings.unread(&member, &at);
    let facts = [
        (WEIGHT, if member.weight == Some(0.0) { "0" } else { "" }),
        (ADMIN, member.admin_state_up.map_or("", switch)),
        (BACKUP, member.backup.map_or("", switch)),
        (PROVISIONING, member.provisioning_status.as_deref().unwrap_or_default()),
    ];
    let has_lost_facts = [WEIGHT, ADMIN, BACKUP, PROVISIONING].into_iter().any(|field| member.is_unreadable(field));
    let mut words = Words::maybe(member.operating_status).operation(report.operation()).facts(&facts).at(at);
    words.probe_port = member.monitor_port;
    let mut verdict = VOCABULARY.judge(words, &mut report.warnings);
    if has_lost_facts && matches!(verdict.traffic, Traffic::Eligible | Traffic::Standby) {
        // What could not be read may keep traffic from it.
        verdict.traffic = Traffic::Unknown;
        verdict.traffic_reason = None;
    }

    report.record(&Place::of_pool(Scope::Pool, context), verdict, start, |record| {
        record.backend_id = member.id.map(Id::into_text);
        record.backend_name = member.name;
        record.backend_kind = Some(BackendKind::Ip);
        record.address = member.address.map(Id::into_text);
        record.port = member.port;
        record.weight = member.weight;
    });
}
