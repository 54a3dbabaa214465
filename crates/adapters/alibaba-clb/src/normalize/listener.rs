//! `DescribeLoadBalancerHTTPListenerAttribute` and its siblings, and what identifies a listener.

use std::borrow::Cow;

use lbhealth_alibaba::CheckSettings;
use lbhealth_core::wire::{self, Id, Text};
use lbhealth_core::{
    Context, Document, Error, HealthCheck, HealthCheckReport, Operation, Pointer, Settings, Warnings, prefer_payload,
};

use crate::ID;
use crate::checks::{SERVERS_OWN_PORT, TRANSPORT_CHECKS, WEB_CHECKS};
use crate::vocabulary::{CHECK, VOCABULARY};
use crate::wire::{TransportListener, WebListener};

/// What the vendor probes the servers of HTTP and HTTPS listeners by: it speaks HTTP to them in both cases.
const PROBE: &str = "HTTP";
/// What it probes those of UDP listeners by, where the reply does not say so: the vendor's own client has no field for anything else.
const UDP_PROBE: &str = "UDP";

/// Turns a reply of `DescribeLoadBalancerHTTPListenerAttribute` into a health check report.
pub(crate) fn http<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    web("http", operation, payload, context)
}

/// Turns a reply of `DescribeLoadBalancerHTTPSListenerAttribute` into a health check report.
pub(crate) fn https<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    web("https", operation, payload, context)
}

/// Turns a reply of `DescribeLoadBalancerTCPListenerAttribute` into a health check report.
pub(crate) fn tcp<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    transport("tcp", None, operation, payload, context)
}

/// Turns a reply of `DescribeLoadBalancerUDPListenerAttribute` into a health check report.
pub(crate) fn udp<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    transport("udp", Some(UDP_PROBE), operation, payload, context)
}

fn web<'a>(protocol: &str, operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut listener = WebListener::default();
    wire::read(payload, &mut listener)?;
    let mut warnings = Warnings::new();
    warnings.unread(&listener, &Pointer::ROOT);
    let settings = CheckSettings {
        enabled: listener.enabled.and_then(|word| enabled(word, operation, &mut warnings)),
        port: listener.port.and_then(|word| port(word, &mut warnings)),
        protocol: Some(Cow::Borrowed(PROBE).into()),
        host: listener.host,
        path: listener.path,
        method: listener.method,
        codes: listener.codes,
        interval: listener.interval,
        timeout: listener.timeout,
        healthy_threshold: listener.healthy_threshold,
        unhealthy_threshold: listener.unhealthy_threshold,
        ..CheckSettings::default()
    };
    let load_balancer_id = load_balancer_id(listener.load_balancer_id, context, &mut warnings);
    let mut check = settings.read(&WEB_CHECKS, &Pointer::ROOT, &mut warnings);
    check.id = listener_id(load_balancer_id.as_deref(), Some(protocol), listener.listener_port);
    check.name = listener.name.map(Id::into_text);
    check.pool_ids = listener.group_id.map(Id::into_text).into_iter().collect();
    Ok(report(check, listener.request_id, operation, context, warnings))
}

fn transport<'a>(
    protocol: &str,
    probe: Option<&'static str>,
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
) -> Result<Document<'a>, Error> {
    let mut listener = TransportListener::default();
    wire::read(payload, &mut listener)?;
    let mut warnings = Warnings::new();
    warnings.unread(&listener, &Pointer::ROOT);
    let settings = CheckSettings {
        enabled: listener.enabled.and_then(|word| enabled(word, operation, &mut warnings)),
        port: listener.port.and_then(|word| port(word, &mut warnings)),
        protocol: listener.protocol.or_else(|| probe.map(|word| Cow::Borrowed(word).into())),
        host: listener.host,
        path: listener.path,
        method: listener.method,
        codes: listener.codes,
        request: listener.request,
        response: listener.response,
        interval: listener.interval,
        timeout: listener.timeout,
        healthy_threshold: listener.healthy_threshold,
        unhealthy_threshold: listener.unhealthy_threshold,
        ..CheckSettings::default()
    };
    let load_balancer_id = load_balancer_id(listener.load_balancer_id, context, &mut warnings);
    let mut check = settings.read(&TRANSPORT_CHECKS, &Pointer::ROOT, &mut warnings);
    check.id = listener_id(load_balancer_id.as_deref(), Some(protocol), listener.listener_port);
    check.name = listener.name.map(Id::into_text);
    check.pool_ids = [listener.group_id, listener.primary_group_id].into_iter().flatten().map(Id::into_text).collect();
    Ok(report(check, listener.request_id, operation, context, warnings))
}

fn enabled<'a>(word: Text<'a>, operation: &Operation, warnings: &mut Warnings<'a>) -> Option<bool> {
    VOCABULARY.is_checked(operation.name, CHECK, word, || Pointer::ROOT.join(CHECK), warnings)
}

fn port<'a>(word: Id<'a>, warnings: &mut Warnings<'a>) -> Option<u16> {
    Settings::new(Pointer::ROOT, warnings).port(word, SERVERS_OWN_PORT, "HealthCheckConnectPort")
}

/// The load balancer that the reply names, or else the context.
pub(super) fn load_balancer_id<'a>(said: Option<Id<'a>>, context: &Context<'a>, warnings: &mut Warnings<'a>) -> Option<Text<'a>> {
    let path = || Pointer::ROOT.join("LoadBalancerId");
    prefer_payload(said.map(Id::into_text), context.load_balancer_id.as_ref(), "load balancer", path, warnings)
}

fn report<'a>(
    check: HealthCheck<'a>,
    request_id: Option<Id<'a>>,
    operation: &'static Operation,
    context: &Context<'a>,
    warnings: Warnings<'a>,
) -> Document<'a> {
    let mut report = HealthCheckReport::new(ID, operation.name, context);
    report.request_id = request_id.map(Id::into_text);
    report.health_checks.push(check);
    report.finish(warnings)
}

/// What stands for the id that listeners do not have, as the vendor's Terraform provider writes it: `lb-1:tcp:80`. Without a load balancer
/// it is the rest.
pub(super) fn listener_id<'a>(load_balancer_id: Option<&str>, protocol: Option<&str>, port: Option<u16>) -> Option<Text<'a>> {
    let own = format!("{}:{}", protocol?.to_ascii_lowercase(), port?);
    let whole = match load_balancer_id {
        Some(id) => format!("{id}:{own}"),
        None => own,
    };
    Some(whole.into())
}
