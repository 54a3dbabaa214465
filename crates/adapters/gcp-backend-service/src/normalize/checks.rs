//! Health checks.

use lbhealth_core::wire::{self, Id, List, Text};
use lbhealth_core::{
    Context, Document, Error, HealthCheck, HealthCheckReport, HostDefault, Operation, Pointer, Settings, WarningCode, Warnings,
};

use super::{list, resource};
use crate::ID;
use crate::checks::{self, FIXED_PORT, INTERVAL, LEGACY_PROTOCOLS, NO_PROXY_HEADER, PORT_SPECIFICATIONS, PROTOCOLS, REQUEST};
use crate::wire::{HealthCheckList, HealthCheckResource, LegacyHealthCheck, Probe};

/// Turns a health check, or a list of them as the command line prints it, into a health check report.
pub(crate) fn health_checks<'a>(
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
) -> Result<Document<'a>, Error> {
    let replies = wire::read_each::<HealthCheckResource<'a>>(payload)?;
    let mut warnings = Warnings::new();
    let mut report = HealthCheckReport::new(ID, operation.name, context);
    for (at, reply) in replies.into_placed(&mut warnings) {
        report.health_checks.push(check(reply, &at, &mut warnings));
    }
    Ok(report.finish(warnings))
}

/// Turns a legacy health check, or a list of them as the command line prints it, into a health check report.
pub(crate) fn legacy_health_checks<'a>(
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
) -> Result<Document<'a>, Error> {
    let replies = wire::read_each::<LegacyHealthCheck<'a>>(payload)?;
    let protocol = LEGACY_PROTOCOLS.iter().find(|(name, _)| *name == operation.name).map(|(_, protocol)| Text::from(*protocol));
    let mut warnings = Warnings::new();
    let mut report = HealthCheckReport::new(ID, operation.name, context);
    for (at, reply) in replies.into_placed(&mut warnings) {
        report.health_checks.push(legacy_check(reply, protocol.clone(), &at, &mut warnings));
    }
    Ok(report.finish(warnings))
}

/// Turns a reply of `healthChecks.list` into a health check report.
pub(crate) fn health_check_list<'a>(
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
) -> Result<Document<'a>, Error> {
    let mut reply = HealthCheckList::default();
    wire::read(payload, &mut reply)?;
    let mut warnings = Warnings::new();
    warnings.unread(&reply, &Pointer::ROOT);
    let note = reply.warning.take();
    let mut report = HealthCheckReport::new(ID, operation.name, context);
    (report.completeness, report.next_page) = list::page(&reply, reply.next_page_token.as_ref(), note, &mut warnings);
    for (index, reply) in reply.checks.into_iter().flat_map(List::into_iter_indexed) {
        report.health_checks.push(check(reply, &Pointer::at("/items/#", [index]), &mut warnings));
    }
    Ok(report.finish(warnings))
}

fn check<'a>(mut reply: HealthCheckResource<'a>, at: &Pointer, warnings: &mut Warnings<'a>) -> HealthCheck<'a> {
    warnings.unread(&reply, at);
    let mut check = HealthCheck::new(at.clone());
    check.id = id(reply.self_link.take(), reply.id.take());
    check.name = reply.name.take();
    let mut settings = Settings::new(at.clone(), warnings);
    let said = reply.protocol.take().map(|word| settings.our_word(word, PROTOCOLS, "type"));
    let probes = [
        ("GRPC", "grpcHealthCheck", reply.grpc.take()),
        ("GRPCS", "grpcTlsHealthCheck", reply.grpc_tls.take()),
        ("HTTP", "httpHealthCheck", reply.http.take()),
        ("HTTP2", "http2HealthCheck", reply.http2.take()),
        ("HTTPS", "httpsHealthCheck", reply.https.take()),
        ("TCP", "tcpHealthCheck", reply.tcp.take()),
        ("TLS", "sslHealthCheck", reply.ssl.take()),
    ];
    let mut probes: Vec<_> = probes.into_iter().filter_map(|(protocol, field, probe)| Some((protocol, field, probe?))).collect();
    // Only one is meant to be there, so it tells the protocol too.
    let only = if let [(protocol, ..)] = probes.as_slice() { Some(Text::from(*protocol)) } else { None };
    check.protocol = said.or(only);
    settings.set_protocol(check.protocol.as_deref(), PROTOCOLS.iter().map(|(ours, _)| *ours));
    for (_, field, _) in probes.extract_if(.., |(protocol, ..)| check.protocol.as_deref() != Some(*protocol)) {
        let message = format!("`{field}` is not the probe of the check's protocol and was left out");
        settings.warnings().push(WarningCode::FieldNotApplicable, at.join(field), None, message);
    }
    set_times(&mut check, (reply.interval, reply.timeout), (reply.healthy_threshold, reply.unhealthy_threshold), &mut settings);
    for (_, field, probe) in probes {
        set_probe(&mut check, probe, &at.join(field), warnings);
    }
    check
}

fn legacy_check<'a>(
    reply: LegacyHealthCheck<'a>,
    protocol: Option<Text<'a>>,
    at: &Pointer,
    warnings: &mut Warnings<'a>,
) -> HealthCheck<'a> {
    warnings.unread(&reply, at);
    let mut check = HealthCheck::new(at.clone());
    check.id = id(reply.self_link, reply.id);
    check.name = reply.name;
    check.protocol = protocol;
    check.port = reply.port;
    check.host = reply.host.map(Id::into_text);
    check.host_default = check.host.is_none().then_some(HostDefault::LoadBalancerAddress);
    check.path = reply.path.map(Id::into_text);
    let thresholds = (reply.healthy_threshold, reply.unhealthy_threshold);
    set_times(&mut check, (reply.interval, reply.timeout), thresholds, &mut Settings::new(at.clone(), warnings));
    check
}

/// The name by which others refer to the health check, or else its number.
fn id<'a>(self_link: Option<Id<'a>>, number: Option<Id<'a>>) -> Option<Text<'a>> {
    self_link.map(|url| resource::path(url.into_text())).or(number.map(Id::into_text))
}

/// Sets interval and timeout, which are given in seconds, and how many probes decide.
fn set_times(
    check: &mut HealthCheck<'_>,
    (interval, timeout): (Option<u32>, Option<u32>),
    (healthy, unhealthy): (Option<u32>, Option<u32>),
    settings: &mut Settings<'_, '_>,
) {
    check.interval_ms = interval.map(|seconds| settings.duration(seconds, &INTERVAL));
    check.timeout_ms = timeout.map(|seconds| settings.duration(seconds, &checks::timeout(interval.filter(|seconds| *seconds > 0))));
    (check.healthy_threshold, check.unhealthy_threshold) = (healthy, unhealthy);
}

fn set_probe<'a>(check: &mut HealthCheck<'a>, probe: Probe<'a>, at: &Pointer, warnings: &mut Warnings<'a>) {
    warnings.unread(&probe, at);
    let mut settings = Settings::new(at.clone(), warnings);
    settings.set_protocol(check.protocol.as_deref(), PROTOCOLS.iter().map(|(ours, _)| *ours));
    let specification = probe.port_specification.map(|word| settings.known_word(word, PORT_SPECIFICATIONS, "portSpecification"));
    match (probe.port, specification) {
        (Some(port), Some(word)) if PORT_SPECIFICATIONS.contains(&&*word) && word != FIXED_PORT => {
            let message = format!("`port` means nothing beside {word} and was left out");
            settings.not_applicable(port.to_string().into(), "port", message);
        }
        (port, _) => check.port = port,
    }
    let mut of_request = |value: Option<Id<'a>>, field| settings.applicable(value?.into_text(), REQUEST, field);
    check.host = of_request(probe.host, "host");
    check.path = of_request(probe.path, "requestPath");
    settings.not_kept(probe.service, "grpcServiceName");
    settings.not_kept(probe.proxy_header.filter(|word| !wire::is_word(word, NO_PROXY_HEADER)), "proxyHeader");
    settings.not_kept(probe.request, "request");
    settings.not_kept(probe.response, "response");
}
