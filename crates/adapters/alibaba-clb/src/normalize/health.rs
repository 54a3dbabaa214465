//! `DescribeHealthStatus`.

use lbhealth_core::wire::{self, Id, List, Text};
use lbhealth_core::{
    Context, Coverage, Document, Error, Operation, Place, Pointer, ReportBuilder, Scope, Warnings, Words, prefer_payload,
};

use super::listener::listener_id;
use super::servers;
use crate::ID;
use crate::vocabulary::VOCABULARY;
use crate::wire::{DescribeHealthStatus, ServerHealth};

/// Turns a reply of `DescribeHealthStatus` into a health report.
pub(crate) fn health<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = DescribeHealthStatus::default();
    wire::read(payload, &mut reply)?;
    let mut warnings = Warnings::new();
    warnings.unread(&reply, &Pointer::ROOT);
    let (servers, template) = servers(reply.servers.take(), &reply, |object| object.servers, &mut warnings);
    let (completeness, _) = wire::page(&reply, servers.is_some(), &[]);
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::All, context);
    report.request_id(reply.request_id.map(Id::into_text)).page(completeness, None);
    report.warnings = warnings;
    if servers.as_ref().is_some_and(List::is_empty) {
        if context.listener_id.is_some() {
            let mut place = Place::of_pool(Scope::Listener, context);
            place.listener_id.clone_from(&context.listener_id);
            report.note_nobody(&place, &Pointer::ROOT);
        } else {
            // A load balancer without listeners lists nobody, whoever is registered.
            report.set_undetermined();
        }
    }
    for (index, element) in servers.into_iter().flat_map(List::into_iter_indexed) {
        server(element, Pointer::at(template, [index]), context, &mut report);
    }
    Ok(Document::Health(report.finish()))
}

fn server<'a>(mut server: ServerHealth<'a>, at: Pointer, context: &Context<'a>, report: &mut ReportBuilder<'a>) {
    let start = report.warnings.len();
    report.warnings.unread(&server, &at);
    let place = place(&server, &at, context, &mut report.warnings);
    let kind = server.server_type.take().and_then(|word| VOCABULARY.kind(word, || at.join("Type"), &mut report.warnings));
    let words = Words::maybe(server.status).operation(report.operation()).at(at);
    let verdict = VOCABULARY.judge(words, &mut report.warnings);
    report.record(&place, verdict, start, |record| {
        record.backend_id = server.server_id.map(Id::into_text);
        record.backend_kind = kind;
        record.address = server.server_ip.map(Id::into_text);
        record.port = server.port;
    });
}

/// The listener that sees the server. The reply names neither load balancer nor pool.
fn place<'a>(server: &ServerHealth<'a>, at: &Pointer, context: &Context<'a>, warnings: &mut Warnings<'a>) -> Place<'a> {
    let mut place = Place::of_pool(Scope::Listener, context);
    place.listener_port = server.listener_port;
    place.listener_protocol = server.protocol.clone().map(Id::into_upper);
    let composed = listener_id(context.load_balancer_id.as_deref(), server.protocol.as_deref(), place.listener_port);
    let known = context.listener_id.as_ref();
    // A whole id that the caller knows says more than one that is made without the load balancer.
    let is_part_of =
        |id: &&Text<'a>| composed.as_deref().is_some_and(|own| id.strip_suffix(own).is_some_and(|id| id.ends_with(':')));
    place.listener_id = match known.filter(is_part_of) {
        Some(known) => Some(known.clone()),
        None => prefer_payload(composed, known, "listener", || at.join("ListenerPort"), warnings),
    };
    place
}
