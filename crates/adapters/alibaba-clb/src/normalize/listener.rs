//! `DescribeLoadBalancerHTTPListenerAttribute` and its siblings, and what identifies a listener.

use std::borrow::Cow;

use lbhealth_alibaba::{CheckDialect, CheckSettings};
use lbhealth_core::wire::{self, Id, Text};
use lbhealth_core::{Context, Document, Error, HealthCheckReport, Operation, Pointer, Settings, Warnings, prefer_payload};

use crate::ID;
use crate::vocabulary::{CHECK, SERVERS_OWN_PORT, TRANSPORT_CHECKS, VOCABULARY, WEB_CHECKS};
use crate::wire::ListenerAttribute;

/// What the listeners of one operation have in common.
struct Listeners {
    /// Protocol of the listeners.
    protocol: &'static str,
    /// Protocol of their probes, where the vendor leaves no choice.
    probe: Option<&'static str>,
    checks: &'static CheckDialect,
}

/// The vendor speaks HTTP to the servers of both kinds of listeners, and probes them so.
const PROBE: Option<&str> = Some("HTTP");

/// Turns a reply of `DescribeLoadBalancerHTTPListenerAttribute` into a health check report.
pub(crate) fn http<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    check(operation, payload, context, &Listeners { protocol: "http", probe: PROBE, checks: &WEB_CHECKS })
}

/// Turns a reply of `DescribeLoadBalancerHTTPSListenerAttribute` into a health check report.
pub(crate) fn https<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    check(operation, payload, context, &Listeners { protocol: "https", probe: PROBE, checks: &WEB_CHECKS })
}

/// Turns a reply of `DescribeLoadBalancerTCPListenerAttribute` into a health check report.
pub(crate) fn tcp<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    check(operation, payload, context, &Listeners { protocol: "tcp", probe: None, checks: &TRANSPORT_CHECKS })
}

/// Turns a reply of `DescribeLoadBalancerUDPListenerAttribute` into a health check report.
pub(crate) fn udp<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    check(operation, payload, context, &Listeners { protocol: "udp", probe: None, checks: &TRANSPORT_CHECKS })
}

fn check<'a>(
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
    listeners: &Listeners,
) -> Result<Document<'a>, Error> {
    let listener: ListenerAttribute<'a> = wire::read(payload)?;
    let at = Pointer::ROOT;
    let mut warnings = Warnings::new();
    warnings.unread(&listener, &at);
    let load_balancer_id = listener.load_balancer_id.map(Id::into_text);
    let path = || at.join("LoadBalancerId");
    let load_balancer_id =
        prefer_payload(load_balancer_id, context.load_balancer_id.as_ref(), "load balancer", path, &mut warnings);
    let settings = CheckSettings {
        enabled: listener
            .enabled
            .and_then(|word| VOCABULARY.is_checked(operation.name, CHECK, word, at.join(CHECK), &mut warnings)),
        port: listener
            .port
            .and_then(|port| Settings::new(at.clone(), &mut warnings).port(port, SERVERS_OWN_PORT, "HealthCheckConnectPort")),
        protocol: listeners.probe.map(|protocol| Cow::Borrowed(protocol).into()).or(listener.protocol),
        host: listener.host,
        path: listener.path,
        method: listener.method,
        codes: listener.codes,
        interval: listener.interval,
        timeout: listener.timeout.or(listener.connect_timeout),
        healthy_threshold: listener.healthy_threshold,
        unhealthy_threshold: listener.unhealthy_threshold,
        ..CheckSettings::default()
    };
    let mut check = settings.read(listeners.checks, &at, &mut warnings);
    check.id = listener_id(load_balancer_id.as_deref(), Some(listeners.protocol), listener.listener_port);
    check.name = listener.name.map(Id::into_text);
    check.pool_ids = [listener.group_id, listener.primary_group_id].into_iter().flatten().map(Id::into_text).collect();
    let mut report = HealthCheckReport::new(ID, operation.name, context, vec![check], warnings);
    report.request_id = listener.request_id.map(Id::into_text);
    Ok(Document::HealthChecks(report))
}

/// What stands for the id that listeners do not have, as the vendor's Terraform provider writes it: `lb-1:tcp:80`. Without a load balancer
/// it is the rest.
pub(super) fn listener_id<'a>(load_balancer_id: Option<&str>, protocol: Option<&str>, port: Option<u16>) -> Option<Text<'a>> {
    let own = format!("{}:{}", protocol?.to_ascii_lowercase(), port.filter(|port| *port != 0)?);
    Some(load_balancer_id.map_or_else(|| own.clone(), |id| format!("{id}:{own}")).into())
}
