//! Members of active-standby pools.

use lbhealth_core::wire::{self, Id, List};
use lbhealth_core::{
    BackendRecord, BoundListener, Context, Coverage, Document, Error, Operation, Pointer, PoolAlgorithm, ReportBuilder, Scope,
    Traffic, prefer_payload,
};
use lbhealth_octavia::ids;

use super::member::{MemberAt, observe};
use super::members::note_empty;
use super::{Marker, only, page};
use crate::ID;
use crate::vocabulary::MASTER;
use crate::wire::{MasterSlavePool, MasterSlaveReply, MasterSlavesReply};

/// Turns a reply of `ShowMasterSlavePool` into a health report.
pub(crate) fn master_slave<'a>(
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
) -> Result<Document<'a>, Error> {
    let mut reply = MasterSlaveReply::default();
    wire::read(payload, &mut reply)?;
    let at = Pointer::at("/pool", []);
    let pool = wire::take(&mut reply, |reply| &mut reply.pool, "pool", "the pool", &at)?;
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::All, context);
    report.request_id(reply.request_id.take().map(Id::into_text));
    report.warnings.unread(&reply, &Pointer::ROOT);
    observe_pool(pool, &at, MemberAt::InPool, context.clone(), &mut report);
    Ok(Document::Health(report.finish()))
}

/// Turns a reply of `ListMasterSlavePools` into a health report.
pub(crate) fn master_slaves<'a>(
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
) -> Result<Document<'a>, Error> {
    let mut reply = MasterSlavesReply::default();
    wire::read(payload, &mut reply)?;
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::All, context);
    let marker = Marker::In(reply.page_info.as_ref());
    let (completeness, next_page) = page(&reply, "pools", reply.pools.as_ref(), marker, context, &mut report.warnings);
    report.request_id(reply.request_id.take().map(Id::into_text)).page(completeness, next_page);
    for (index, pool) in reply.pools.into_iter().flat_map(List::into_iter_indexed) {
        let at = Pointer::at("/pools/#", [index]);
        observe_pool(pool, &at, |member| MemberAt::InPools(index, member), context.clone(), &mut report);
    }
    Ok(Document::Health(report.finish()))
}

/// Adds the members of a pool, which says itself which listeners it is bound to.
fn observe_pool<'a>(
    mut pool: MasterSlavePool<'a>,
    at: &Pointer,
    member_at: impl Fn(u32) -> MemberAt,
    mut context: Context<'a>,
    report: &mut ReportBuilder<'a>,
) {
    report.warnings.unread(&pool, at);
    report.missing_list(&pool, "members", pool.members.as_ref(), at);
    let pool_id = pool.id.take().map(Id::into_text);
    context.pool_id = prefer_payload(pool_id, context.pool_id.as_ref(), "pool", || at.join("id"), &mut report.warnings);
    let listeners = ids(pool.listeners.take());
    if !listeners.is_empty() {
        let bound = listeners.into_iter().map(|listener| BoundListener::new(context.pool_id.clone(), listener));
        context.bound_listeners = bound.collect();
    }
    if let Some(algorithm) = pool.algorithm.take() {
        context.algorithms = vec![PoolAlgorithm::new(None, algorithm.into_text())];
    }
    let load_balancer_id = only(pool.load_balancers.take()).map(Id::into_text);
    let path = || at.join("loadbalancers");
    context.load_balancer_id =
        prefer_payload(load_balancer_id, context.load_balancer_id.as_ref(), "load balancer", path, &mut report.warnings);
    note_empty(pool.members.as_ref(), &context, at, report);
    let first = report.len();
    let mut masters_from = Vec::new();
    for (index, member) in pool.members.iter_mut().flat_map(List::iter_mut) {
        let is_master = member.role.as_deref().is_some_and(|role| wire::is_word(role, MASTER));
        let start = report.len() - first;
        observe(member, member_at(index), &context, report);
        if is_master {
            masters_from.push(start..report.len() - first);
        }
    }
    takeover(&masters_from, report.records_from(first));
}

/// A standby stands by for a master that is well. Of another, or of none that is known, nobody says whether the standby has taken over.
fn takeover(masters: &[std::ops::Range<usize>], records: &mut [BackendRecord<'_>]) {
    let masters: Vec<_> = masters
        .iter()
        .filter_map(|range| records.get(range.clone()))
        .flatten()
        .map(|record| (record.scope, record.listener_id.clone(), record.health.is_well()))
        .collect();
    for record in records.iter_mut().filter(|record| record.traffic == Traffic::Standby) {
        // What is not told apart by listener is so at each of them.
        let is_here = |scope: Scope, listener: &Option<_>| {
            scope == Scope::Pool || record.scope == Scope::Pool || (scope, listener) == (record.scope, &record.listener_id)
        };
        let mut here = masters.iter().filter(|(scope, listener, _)| is_here(*scope, listener)).peekable();
        if here.peek().is_none() || here.any(|(_, _, is_well)| !is_well) {
            record.traffic = Traffic::Unknown;
            record.traffic_reason = None;
        }
    }
}
