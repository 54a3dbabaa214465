//! `LoadBalancerLoadBalancingRules_Health`.

use std::borrow::Cow;
use std::collections::HashSet;

use lbhealth_azure::enclosing;
use lbhealth_core::wire::{self, Id, List, Reference};
use lbhealth_core::{
    BackendKind, BackendRecord, Context, Coverage, Document, Error, Operation, Place, Pointer, PoolSummary, ReportBuilder, Scope,
    WarningCode, Words,
};

use crate::ID;
use crate::vocabulary::{DOWN, UP, VOCABULARY};
use crate::wire::{LoadBalancerHealthPerRule, LoadBalancerHealthPerRulePerBackendAddress};

/// The greatest count: every number fits a signed column of 32 bits.
const MOST: u32 = i32::MAX.unsigned_abs();

/// Turns the health of the backends of a load balancing rule into a health report.
pub(crate) fn health<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = LoadBalancerHealthPerRule::default();
    wire::read(payload, &mut reply)?;
    let counted = reply.up.zip(reply.down).and_then(|(up, down)| up.checked_add(down));
    let listed = reply.backends.as_ref().map(List::count);
    let has_more = counted.zip(listed).is_some_and(|(counted, listed)| counted > listed);
    let (completeness, _) = wire::page(&reply, reply.backends.is_some() && !has_more, &[]);
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::All, context);
    report.of_one_pool().page(completeness, None);
    report.warnings.unread(&reply, &Pointer::ROOT);
    report.warnings.missing_list(&reply, "loadBalancerBackendAddresses", reply.backends.as_ref(), &Pointer::ROOT);

    let mut place = Place::of_pool(Scope::Rule, context);
    place.rule_id.clone_from(&context.rule_id);
    let of_rule = || context.rule_id.as_ref().and_then(|rule| enclosing(rule, "loadBalancers"));
    place.load_balancer_id = place.load_balancer_id.or_else(of_rule);
    let mut pool = PoolSummary::new(&place, Pointer::ROOT);
    pool.listed_count = listed;
    for (index, backend) in reply.backends.into_iter().flat_map(List::into_iter_indexed) {
        observe(backend, &place, &Pointer::at("/loadBalancerBackendAddresses/#", [index]), &mut report);
    }
    report.conclude(&mut pool, 0);
    let records = report.records_from(0);
    let too_many = counted.filter(|counted| *counted > MOST);
    if too_many.is_none() {
        pool.server_count = counted.map(|counted| with_machines_off(counted, records));
    }
    let message = match pool.count_records(records) {
        Err(_) => Some("more backends are listed than `up` and `down` count, so no counts are given"),
        Ok(()) => has_more.then_some("fewer backends are listed than `up` and `down` count, so some are missing"),
    };
    if let Some(counted) = too_many {
        let message = format!("`up` and `down` come to more than {MOST} together, so no counts are given");
        report.warnings.push(WarningCode::FieldUnreadable, Pointer::ROOT, Some(Cow::Owned(counted.to_string())), message);
    }
    if let Some(message) = message {
        let value = counted.map(|count| Cow::Owned(count.to_string()));
        report.warnings.push(WarningCode::CountContradictsList, Pointer::ROOT, value, message);
    } else if let Some((figure, state, count)) = exceeded(reply.up, reply.down, report.records_from(0)) {
        let message = format!("more backends are listed as `{state}` than `{figure}` counts");
        let value = Some(Cow::Owned(count.to_string()));
        report.warnings.push(WarningCode::CountContradictsList, Pointer::ROOT.join(figure), value, message);
    }
    report.pool(pool, 0);
    Ok(Document::Health(report.finish()))
}

/// The first of the figures that counts fewer backends than the list has in its state: its field, its state and the count. A backend that is
/// listed in both states is in neither.
fn exceeded(up: Option<u32>, down: Option<u32>, records: &[BackendRecord<'_>]) -> Option<(&'static str, &'static str, u32)> {
    let listed = |state: &str| -> HashSet<&str> {
        let is_in = |record: &&BackendRecord<'_>| record.evidence.status.as_deref().is_some_and(|word| wire::is_word(word, state));
        records.iter().filter(is_in).map(|record| &*record.backend_key).collect()
    };
    let figures = [("up", UP, DOWN, up), ("down", DOWN, UP, down)];
    figures.into_iter().find_map(|(field, state, other, count)| {
        let listed = listed(state).difference(&listed(other)).count();
        let count = count.filter(|count| u32::try_from(listed).is_ok_and(|listed| listed > *count))?;
        Some((field, state, count))
    })
}

/// How many backends there are: the vendor counts those that are up or down, and a machine that is off is neither.
fn with_machines_off(counted: u32, records: &[BackendRecord<'_>]) -> u32 {
    let once = || records.iter().filter(|record| !record.warnings.contains(&WarningCode::DuplicateRecord));
    let is_off =
        |record: &&BackendRecord<'_>| record.evidence.status.is_none() && !record.warnings.contains(&WarningCode::FieldUnreadable);
    let number = |count| u32::try_from(count).unwrap_or(u32::MAX);
    let (listed, off) = (number(once().count()), number(once().filter(is_off).count()));
    if (counted..=counted.saturating_add(off)).contains(&listed) { listed } else { counted }
}

fn observe<'a>(
    backend: LoadBalancerHealthPerRulePerBackendAddress<'a>,
    place: &Place<'a>,
    at: &Pointer,
    report: &mut ReportBuilder<'a>,
) {
    let start = report.warnings.len();
    report.warnings.unread(&backend, at);
    let mut words = Words::maybe(backend.state).operation(report.operation()).at(at.clone());
    words.reason = backend.reason;
    let verdict = VOCABULARY.judge(words, &mut report.warnings);

    report.record(place, verdict, start, |record| {
        record.backend_id = backend.id.map(Reference::into_id).map(Id::into_text);
        record.instance_id = record.backend_id.as_ref().and_then(|id| enclosing(id, "virtualMachines"));
        record.address = backend.address.map(Id::into_text);
        record.backend_kind = match (&record.backend_id, &record.address) {
            (Some(_), _) => Some(BackendKind::NetworkInterface),
            (None, Some(_)) => Some(BackendKind::Ip),
            (None, None) => None,
        };
    });
}
