//! `ApplicationGateways_BackendHealth` and `ApplicationGateways_BackendHealthOnDemand`.

use std::net::IpAddr;

use lbhealth_azure::{SubResource, enclosing};
use lbhealth_core::wire::{self, Id, List, Text, Value};
use lbhealth_core::{
    BackendKind, Context, Coverage, Document, Error, Operation, Parent, ParentKind, Place, Pointer, PoolSummary, ReportBuilder,
    Scope, Words, prefer_payload,
};

use crate::ID;
use crate::vocabulary::VOCABULARY;
use crate::wire::{BackendHealth, BackendHealthHttpSettings, BackendHealthOnDemand, BackendHealthPool, BackendHealthServer};

/// Turns the health of all pools into a health report.
pub(crate) fn health<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = BackendHealth::default();
    wire::read(payload, &mut reply)?;
    let root = Pointer::ROOT.capitalized(reply.reading().is_capitalized());
    let (completeness, _) = wire::page(&reply, reply.pools.is_some(), &[]);
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::All, context);
    report.page(completeness, None);
    report.warnings.unread(&reply, &root);
    report.warnings.missing_list(&reply, "backendAddressPools", reply.pools.as_ref(), &root);
    let is_unused = |pool: &BackendHealthPool<'_>| pool.settings.as_ref().is_some_and(List::is_empty);
    if reply.pools.as_ref().is_some_and(|pools| pools.iter().all(|(_, pool)| is_unused(pool))) {
        // Servers are listed for each of the settings that their pool is used with, so nobody is where nothing is in use.
        report.set_undetermined();
    }
    for (index, mut pool) in reply.pools.into_iter().flat_map(List::into_iter_indexed) {
        let at = root.join(&format!("backendAddressPools/{index}"));
        report.warnings.unread(&pool, &at);
        report.missing_list(&pool, "backendHttpSettingsCollection", pool.settings.as_ref(), &at);
        let place = place(pool.pool.take(), &at, context, &mut report);
        if is_unused(&pool) {
            // That it is there is all that is said of it.
            let mut parent = Parent::new(ParentKind::Pool, at.clone());
            parent.id.clone_from(&place.pool_id);
            report.parent(parent);
        }
        for (index, settings) in pool.settings.into_iter().flat_map(List::into_iter_indexed) {
            servers(settings, &place, &at.join(&format!("backendHttpSettingsCollection/{index}")), &mut report);
        }
    }
    Ok(Document::Health(report.finish()))
}

/// Turns the health of one pool, which was just probed, into a health report.
pub(crate) fn on_demand<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = BackendHealthOnDemand::default();
    wire::read(payload, &mut reply)?;
    let root = Pointer::ROOT.capitalized(reply.reading().is_capitalized());
    let (completeness, _) = wire::page(&reply, reply.settings.is_some(), &[]);
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::All, context);
    report.of_one_pool().page(completeness, None);
    report.warnings.unread(&reply, &root);
    report.warnings.missing_list(&reply, "backendHealthHttpSettings", reply.settings.as_ref(), &root);
    let place = place(reply.pool.take(), &root, context, &mut report);
    if let Some(settings) = reply.settings {
        servers(settings, &place, &root.join("backendHealthHttpSettings"), &mut report);
    }
    Ok(Document::Health(report.finish()))
}

/// The pool, and the gateway that its id lies in.
fn place<'a>(pool: Option<SubResource<'a>>, at: &Pointer, context: &Context<'a>, report: &mut ReportBuilder<'a>) -> Place<'a> {
    let pool = pool.unwrap_or_default();
    let at = at.join("backendAddressPool");
    report.warnings.unread(&pool, &at);
    let mut place = Place::new(Scope::Rule);
    place.pool_id = pool.id.map(Id::into_text).or_else(|| context.pool_id.clone());
    let gateway = place.pool_id.as_ref().and_then(|id| enclosing(id, "applicationGateways"));
    let known = context.load_balancer_id.as_ref();
    place.load_balancer_id = prefer_payload(gateway, known, "load balancer", || at.join("id"), &mut report.warnings);
    place
}

/// The servers of a pool, reached with these settings.
fn servers<'a>(mut reached: BackendHealthHttpSettings<'a>, place: &Place<'a>, at: &Pointer, report: &mut ReportBuilder<'a>) {
    report.warnings.unread(&reached, at);
    report.missing_list(&reached, "servers", reached.servers.as_ref(), at);
    let settings = reached.settings.take().unwrap_or_default();
    report.warnings.unread_in(&settings, at, "backendHttpSettings");
    let mut place = place.clone();
    place.rule_id = settings.id.map(Id::into_text);
    let mut pool = PoolSummary::new(&place, at.clone());
    pool.listed_count = reached.servers.as_ref().map(List::count);
    let first = report.len();
    for (index, server) in reached.servers.into_iter().flat_map(List::into_iter_indexed) {
        observe(server, &place, &at.join(&format!("servers/{index}")), report);
    }
    report.pool(pool, first);
}

fn observe<'a>(mut server: BackendHealthServer<'a>, place: &Place<'a>, at: &Pointer, report: &mut ReportBuilder<'a>) {
    let start = report.warnings.len();
    report.warnings.unread(&server, at);
    let ip_configuration = server.ip_configuration.take().unwrap_or_default();
    report.warnings.unread_in(&ip_configuration, at, "ipConfiguration");
    let mut words = Words::maybe(server.health).operation(report.operation()).at(at.clone());
    words.reason = server.error_name;
    words.message = server.log;
    let verdict = VOCABULARY.judge(words, &mut report.warnings);

    let interface = ip_configuration.id.map(Id::into_text);
    report.record(place, verdict, start, |record| {
        record.address = server.address.map(Id::into_text);
        record.backend_kind = kind(interface.as_ref(), record.address.as_ref());
        record.instance_id = interface.and_then(|id| enclosing(&id, "virtualMachines"));
    });
}

/// What kind of thing a server is; of one that is known by name only, that is not told.
fn kind(interface: Option<&Text<'_>>, address: Option<&Text<'_>>) -> Option<BackendKind> {
    let is_ip = || address.is_some_and(|address| address.parse::<IpAddr>().is_ok());
    interface.map(|_| BackendKind::NetworkInterface).or_else(|| is_ip().then_some(BackendKind::Ip))
}
