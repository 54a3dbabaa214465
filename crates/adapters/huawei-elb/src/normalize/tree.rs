//! `ShowLoadBalancerStatus`: everything below one load balancer, with a word for each of them.

use std::collections::HashMap;

use lbhealth_core::wire::{self, Id, List, Text, Value, Wire};
use lbhealth_core::{
    BackendHealth, BackendRecord, Certainty, Context, Coverage, Document, Error, Operation, Parent, ParentKind, Place, Pointer,
    ReportBuilder, Scope, Traffic, TrafficReason, WarningCode, Words, prefer_payload,
};

use super::completeness;
use crate::ID;
use crate::vocabulary::VOCABULARY;
use crate::wire::{StatusTreeReply, TreeMember, TreePool};

/// Turns a reply of `ShowLoadBalancerStatus` into a health report.
///
/// The tree repeats a pool below every listener that uses it and below the load balancer. A member is observed at its listeners; only one
/// that stands below none of them is observed in its pool.
pub(crate) fn tree<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply: StatusTreeReply<'a> = wire::read(payload)?;
    let completeness = completeness(&reply, true, None);
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::All, context)
        .request_id(reply.request_id.take().map(Id::into_text))
        .page(completeness, None);
    report.warnings.unread(&reply, &Pointer::ROOT);
    let at = Pointer::at("/statuses/loadbalancer", []);
    let missing = || Error::unexpected_shape(at.clone(), "the load balancer, an object,", "something else");
    let statuses = reply.statuses.unwrap_or_default();
    report.warnings.unread(&statuses, &Pointer::at("/statuses", []));
    let mut balancer = statuses.load_balancer.ok_or_else(missing)?;
    report.warnings.unread(&balancer, &at);
    let has_lost_listeners = balancer.is_unreadable("listeners")
        || balancer.listeners.as_ref().is_some_and(|listeners| listeners.reading().has_lost_elements());
    let mut parent = Parent::new(ParentKind::LoadBalancer, at.clone());
    parent.id = balancer.id.take().map(Id::into_text);
    parent.name = balancer.name.take();
    let mut place = Place::new(Scope::Pool);
    let path = || at.join("id");
    place.load_balancer_id =
        prefer_payload(parent.id.clone(), context.load_balancer_id.as_ref(), "load balancer", path, &mut report.warnings);
    let in_service = above(parent, balancer.operating_status, balancer.provisioning_status, true, &mut report);

    let mut walk = Walk { report: &mut report, observed: HashMap::new(), has_lost_listeners };
    for (index, mut listener) in balancer.listeners.into_iter().flat_map(List::into_iter_indexed) {
        let at = Pointer::at("/statuses/loadbalancer/listeners/#", [index]);
        walk.report.warnings.unread(&listener, &at);
        let mut parent = Parent::new(ParentKind::Listener, at);
        parent.id = listener.id.take().map(Id::into_text);
        parent.name = listener.name.take();
        let mut place = place.clone();
        place.scope = Scope::Listener;
        place.listener_id.clone_from(&parent.id);
        let in_service = above(parent, listener.operating_status, listener.provisioning_status, in_service, walk.report);
        for (number, pool) in listener.pools.into_iter().flat_map(List::into_iter_indexed) {
            let pool_at = Pointer::at("/statuses/loadbalancer/listeners/#/pools/#", [index, number]);
            let member_at = |member| Pointer::at("/statuses/loadbalancer/listeners/#/pools/#/members/#", [index, number, member]);
            walk.pool(pool, &place, pool_at, member_at, in_service);
        }
    }
    for (number, pool) in balancer.pools.into_iter().flat_map(List::into_iter_indexed) {
        let pool_at = Pointer::at("/statuses/loadbalancer/pools/#", [number]);
        let member_at = |member| Pointer::at("/statuses/loadbalancer/pools/#/members/#", [number, member]);
        walk.pool(pool, &place, pool_at, member_at, in_service);
    }
    Ok(Document::Health(report.finish()))
}

/// Notes what is said of something above backends, and whether it and all above it are in service.
fn above<'a>(
    mut parent: Parent<'a>,
    status: Option<Text<'a>>,
    provisioning_status: Option<Text<'a>>,
    above_is_in_service: bool,
    report: &mut ReportBuilder<'a>,
) -> bool {
    let in_service = status.as_deref().map(|word| VOCABULARY.is_in_service(report.operation(), word));
    if let (Some(word), Some(None)) = (&status, in_service) {
        let message = format!("`{}` is not a status of a whole that this version knows", word.trim());
        report.warnings.push(WarningCode::UnrecognizedValue, parent.path.join("operating_status"), Some(word.clone()), message);
    }
    parent.status = status;
    parent.provisioning_status = provisioning_status;
    report.parent(parent);
    above_is_in_service && in_service.flatten() != Some(false)
}

struct Walk<'r, 'a> {
    report: &'r mut ReportBuilder<'a>,
    /// Pools and members that were observed at a listener, with the numbers of their records.
    observed: HashMap<(Option<String>, Option<String>), Vec<usize>>,
    /// Whether something at the listeners could not be read.
    has_lost_listeners: bool,
}

impl<'a> Walk<'_, 'a> {
    fn pool(
        &mut self,
        mut pool: TreePool<'a>,
        place: &Place<'a>,
        at: Pointer,
        member_at: impl Fn(u32) -> Pointer,
        above_is_in_service: bool,
    ) {
        self.report.warnings.unread(&pool, &at);
        let mut parent = Parent::new(ParentKind::Pool, at);
        parent.id = pool.id.take().map(Id::into_text);
        parent.name = pool.name.take();
        let mut place = place.clone();
        place.pool_id.clone_from(&parent.id);
        let in_service = above(parent, pool.operating_status, pool.provisioning_status, above_is_in_service, self.report);
        for (index, member) in pool.members.into_iter().flat_map(List::into_iter_indexed) {
            let key = (place.pool_id.as_deref().map(str::to_owned), member.id.as_deref().map(str::to_owned));
            if place.scope == Scope::Listener {
                self.observed.entry(key).or_default().push(self.report.len());
            } else if let Some(records) = self.observed.get(&key) {
                repeated(&member, &member_at(index), records, self.report);
                continue;
            }
            self.member(member, &place, member_at(index), in_service);
        }
    }

    fn member(&mut self, member: TreeMember<'a>, place: &Place<'a>, at: Pointer, in_service: bool) {
        let report = &mut *self.report;
        let start = report.warnings.len();
        report.warnings.unread(&member, &at);
        let words = Words::maybe(member.operating_status).operation(report.operation()).at(at);
        let mut verdict = VOCABULARY.judge(words, &mut report.warnings);
        if self.has_lost_listeners && place.scope == Scope::Pool && verdict.health == BackendHealth::Healthy {
            // What could not be read may say otherwise of the member at a listener.
            verdict.health = BackendHealth::Unknown;
            verdict.certainty = Certainty::Ambiguous;
            verdict.traffic = verdict.traffic.narrowed_by(Traffic::Unknown);
        }
        if !in_service {
            verdict.traffic = Traffic::Excluded;
            verdict.traffic_reason = Some(TrafficReason::ParentNotInService);
        }
        let mut record = BackendRecord::new(place);
        record.backend_id = member.id.map(Id::into_text);
        record.address = member.address.map(Id::into_text);
        record.port = member.port.filter(|port| *port != 0);
        report.record(record, verdict, start);
    }
}

/// Warns of a status in the pool that the member has at none of its listeners.
fn repeated<'a>(member: &TreeMember<'a>, at: &Pointer, observed: &[usize], report: &mut ReportBuilder<'a>) {
    report.warnings.unread(member, at);
    let Some(word) = &member.operating_status else { return };
    let is_said = |record: &BackendRecord<'_>| {
        record.evidence.status.as_deref().is_some_and(|status| status.trim().eq_ignore_ascii_case(word.trim()))
    };
    let records = report.records_from(0);
    if observed.iter().filter_map(|number| records.get(*number)).any(is_said) {
        return;
    }
    for number in observed {
        if let Some(record) = records.get_mut(*number) {
            record.warn(WarningCode::OuterStatusUnplaced);
        }
    }
    let message = format!("the status `{}` that the member has in its pool is none of those at its listeners", word.trim());
    report.warnings.push(WarningCode::OuterStatusUnplaced, at.join("operating_status"), Some(word.clone()), message);
}
