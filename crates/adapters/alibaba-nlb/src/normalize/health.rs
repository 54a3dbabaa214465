//! `GetListenerHealthStatus`.

use lbhealth_core::wire::{self, Id, List, Wire};
use lbhealth_core::{Context, Coverage, Document, Error, Operation, Place, Pointer, PoolSummary, ReportBuilder, Words};

use crate::ID;
use crate::vocabulary::{CHECK, FIRST_CLIENT, VOCABULARY};
use crate::wire::{AbnormalServer, GetListenerHealthStatus, ServerGroupHealth, ServerHealth};

const LISTENER: &str = "/ListenerHealthStatus/#";
const POOL: &str = "/ListenerHealthStatus/#/ServerGroupInfos/#";
const SERVER: &str = "/ListenerHealthStatus/#/ServerGroupInfos/#/NonNormalServers/#";
const FIRST_SERVER: &str = "/ListenerHealthStatus/#/ServerGroupInfos/#/AbnormalServers/#";

/// Turns a reply of `GetListenerHealthStatus` into a health report.
pub(crate) fn health<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = GetListenerHealthStatus::default();
    wire::read(payload, &mut reply)?;
    if reply.is_unreadable("ListenerHealthStatus") {
        return Err(Error::unexpected_shape(Pointer::ROOT.join("ListenerHealthStatus"), "a list", "something else"));
    }
    // A reply in which a listener has no list of pools does not hold everything either.
    let has_lists = reply.listeners.as_ref().is_some_and(|list| list.iter().all(|(_, listener)| listener.groups.is_some()));
    let (completeness, next_page) = wire::page(&reply, has_lists, &[("NextToken", reply.next_token.as_ref())]);
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::NonHealthyOnly, context);
    report.request_id(reply.request_id.take().map(Id::into_text)).page(completeness, next_page);
    report.warnings.unread(&reply, &Pointer::ROOT);
    report.warnings.missing_list(&reply, "ListenerHealthStatus", reply.listeners.as_ref(), &Pointer::ROOT);
    for (index, mut listener) in reply.listeners.into_iter().flat_map(List::into_iter_indexed) {
        let at = Pointer::at(LISTENER, [index]);
        report.warnings.unread(&listener, &at);
        let (id, protocol) = (listener.listener_id.take(), listener.listener_protocol.take());
        let mut place = lbhealth_alibaba::listener(id, listener.listener_port, protocol, &at, context, &mut report.warnings);
        report.warnings.missing_list(&listener, "ServerGroupInfos", listener.groups.as_ref(), &at);
        for (number, mut group) in listener.groups.into_iter().flat_map(List::into_iter_indexed) {
            place.pool_id = group.group_id.take().map(Id::into_text);
            pool(group, &place, [index, number], &mut report);
        }
    }
    Ok(Document::Health(report.finish()))
}

/// Adds the records of one pool, and its summary.
fn pool<'a>(group: ServerGroupHealth<'a>, place: &Place<'a>, [listener, index]: [u32; 2], report: &mut ReportBuilder<'a>) {
    let at = Pointer::at(POOL, [listener, index]);
    report.warnings.unread(&group, &at);
    let mut pool = PoolSummary::new(place, at.clone());
    let operation = report.operation();
    pool.check_enabled = group
        .check_enabled
        .clone()
        .and_then(|word| VOCABULARY.is_checked(operation, CHECK, word, || at.join("HeathCheckEnabled"), &mut report.warnings));
    if group.abnormal_servers.is_none() {
        report.warnings.missing_list(&group, "NonNormalServers", group.servers.as_ref(), &at);
    }
    let counts = [group.servers.as_ref().map(List::count), group.abnormal_servers.as_ref().map(List::count)];
    pool.listed_count = counts.into_iter().flatten().reduce(u32::saturating_add);

    let facts = [(CHECK, group.check_enabled.as_deref().unwrap_or_default())];
    let first = report.len();
    for (number, element) in group.servers.into_iter().flat_map(List::into_iter_indexed) {
        server(element, place, &facts, Pointer::at(SERVER, [listener, index, number]), report);
    }
    for (number, element) in group.abnormal_servers.into_iter().flat_map(List::into_iter_indexed) {
        abnormal_server(element, place, &facts, Pointer::at(FIRST_SERVER, [listener, index, number]), report);
    }
    report.conclude(&mut pool, first);
    report.pool(pool, first);
}

fn server<'a>(
    mut server: ServerHealth<'a>,
    place: &Place<'a>,
    facts: &[(&str, &str)],
    at: Pointer,
    report: &mut ReportBuilder<'a>,
) {
    let start = report.warnings.len();
    report.warnings.unread(&server, &at);
    let reason = server.reason.take().unwrap_or_default();
    report.warnings.unread_in(&reason, &at, "Reason");
    let mut words = Words::maybe(server.status).operation(report.operation()).facts(facts).at(at);
    words.reason = reason.code;
    let verdict = VOCABULARY.judge(words, &mut report.warnings);
    report.record(place, verdict, start, |record| {
        record.backend_id = server.server_id.map(Id::into_text);
        record.address = server.server_ip.map(Id::into_text);
        record.port = server.port;
    });
}

/// A server in the shape of the vendor's first client.
fn abnormal_server<'a>(
    mut element: AbnormalServer<'a>,
    place: &Place<'a>,
    facts: &[(&str, &str)],
    at: Pointer,
    report: &mut ReportBuilder<'a>,
) {
    let start = report.warnings.len();
    report.warnings.unread(&element, &at);
    let server = element.server.take().unwrap_or_default();
    let server_at = at.join("BackendServerModel");
    report.warnings.unread(&server, &server_at);
    let reason = element.reason.take().unwrap_or_default();
    report.warnings.unread_in(&reason, &at, "HealthCheckReasonModel");
    let mut words = Words::maybe(element.status).operation(report.operation()).facts(facts).at(at);
    words.reason = reason.code;
    words.expected = reason.expected;
    words.observed = reason.actual;
    let verdict = FIRST_CLIENT.judge(words, &mut report.warnings);
    let kind = server.server_type.and_then(|word| VOCABULARY.kind(word, || server_at.join("ServerType"), &mut report.warnings));
    report.record(place, verdict, start, |record| {
        record.backend_id = server.server_id.map(Id::into_text);
        record.address = server.server_ip.map(Id::into_text);
        record.port = server.port;
        record.backend_kind = kind;
        record.weight = server.weight;
        record.zone = server.zone.map(Id::into_text);
    });
}
