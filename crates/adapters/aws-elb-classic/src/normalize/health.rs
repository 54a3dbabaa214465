//! `DescribeInstanceHealth`.

use lbhealth_core::wire::{self, Id, List, Wire};
use lbhealth_core::{BackendKind, Context, Coverage, Document, Error, Operation, Place, Pointer, ReportBuilder, Scope, Words};

use crate::ID;
use crate::vocabulary::{TEXT, UNREADABLE, VOCABULARY};
use crate::wire::{DescribeInstanceHealth, InstanceState};

/// Turns a reply of `DescribeInstanceHealth` into a health report.
pub(crate) fn health<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = DescribeInstanceHealth::default();
    wire::read(payload, &mut reply)?;
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::All, context);
    let list = ("InstanceStates", reply.instances.as_ref());
    let head = lbhealth_aws::head(&reply, reply.metadata.as_ref(), list, &[], &mut report.warnings);
    report.page(head.completeness, head.next_page).request_id(head.request_id);

    let mut place = Place::new(Scope::LoadBalancer);
    place.load_balancer_id.clone_from(&context.load_balancer_id);
    report.of_one_pool().note_empty(reply.instances.as_ref(), &place, &Pointer::ROOT);
    for (index, instance) in reply.instances.into_iter().flat_map(List::into_iter_indexed) {
        observe(instance, &place, Pointer::at("/InstanceStates/#", [index]), &mut report);
    }
    lbhealth_aws::conclude_coverage(&mut report);
    Ok(Document::Health(report.finish()))
}

fn observe<'a>(instance: InstanceState<'a>, place: &Place<'a>, at: Pointer, report: &mut ReportBuilder<'a>) {
    let start = report.warnings.len();
    report.warnings.unread(&instance, &at);
    // Without its text, a state can mean several things.
    let facts: &[(&str, &str)] = if instance.is_unreadable(TEXT) { &[(TEXT, UNREADABLE)] } else { &[] };
    let mut words = Words::maybe(instance.state).operation(report.operation()).facts(facts).at(at);
    words.reason = instance.reason;
    words.message = instance.description;
    let verdict = VOCABULARY.judge(words, &mut report.warnings);
    report.record(place, verdict, start, |record| {
        record.backend_id = instance.id.map(Id::into_text);
        record.backend_kind = Some(BackendKind::Instance);
    });
}
