//! `ShowHealthMonitor` and `ListHealthMonitors`.

use lbhealth_core::wire::{self, Id, List};
use lbhealth_core::{
    Context, Document, Error, HealthCheck, HealthCheckReport, HostDefault, Operation, Pointer, Settings, Warnings,
};

use super::completeness;
use crate::ID;
use crate::vocabulary::{HTTP, METHODS, PROTOCOLS, REQUEST, UDP};
use crate::wire::{HealthMonitor, HealthMonitorReply, HealthMonitorsReply};

/// Turns a reply that holds one health monitor into a health check report.
pub(crate) fn monitor<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply: HealthMonitorReply<'a> = wire::read(payload)?;
    let at = Pointer::at("/healthmonitor", []);
    let mut warnings = Warnings::new();
    warnings.unread(&reply, &Pointer::ROOT);
    let completeness = completeness(&reply, true, None);
    let missing = || Error::unexpected_shape(at.clone(), "the health monitor, an object,", "something else");
    let check = check(reply.monitor.take().ok_or_else(missing)?, &at, &mut warnings);
    let mut report = HealthCheckReport::new(ID, operation.name, context, vec![check], warnings);
    report.request_id = reply.request_id.map(Id::into_text);
    report.completeness = completeness;
    Ok(Document::HealthChecks(report))
}

/// Turns a reply that holds health monitors into a health check report.
pub(crate) fn monitors<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply: HealthMonitorsReply<'a> = wire::read(payload)?;
    let mut warnings = Warnings::new();
    warnings.unread(&reply, &Pointer::ROOT);
    warnings.missing_list(&reply, "healthmonitors", reply.monitors.as_ref(), &Pointer::ROOT);
    let marker = reply.page_info.as_mut().and_then(|page| page.next_marker.take()).map(Id::into_text);
    let completeness = completeness(&reply, reply.monitors.is_some(), marker.as_deref());
    let mut checks = Vec::new();
    for (index, monitor) in reply.monitors.into_iter().flat_map(List::into_iter_indexed) {
        checks.push(check(monitor, &Pointer::at("/healthmonitors/#", [index]), &mut warnings));
    }
    let mut report = HealthCheckReport::new(ID, operation.name, context, checks, warnings);
    report.request_id = reply.request_id.map(Id::into_text);
    (report.completeness, report.next_page) = (completeness, marker);
    Ok(Document::HealthChecks(report))
}

fn check<'a>(monitor: HealthMonitor<'a>, at: &Pointer, warnings: &mut Warnings<'a>) -> HealthCheck<'a> {
    warnings.unread(&monitor, at);
    let mut settings = Settings::new(at.clone(), warnings);
    let mut check = HealthCheck::new(at.clone());
    check.id = monitor.id.map(Id::into_text);
    check.name = monitor.name.map(Id::into_text);
    check.enabled = monitor.enabled;
    check.protocol = monitor.protocol.map(|word| {
        let (vendors, ours) = UDP;
        if word.eq_ignore_ascii_case(vendors) { ours.into() } else { settings.known_word(word, PROTOCOLS, "type") }
    });
    settings.set_protocol(check.protocol.as_deref(), PROTOCOLS);
    check.port = monitor.port.filter(|port| *port != 0);
    check.host = monitor.domain_name.and_then(|host| settings.applicable(host.into_text(), HTTP, "domain_name"));
    if check.host.is_none() && settings.is_for(HTTP) {
        check.host_default = Some(HostDefault::LoadBalancerAddress);
    }
    check.path = monitor.url_path.and_then(|path| settings.applicable(path.into_text(), HTTP, "url_path"));
    let method = monitor.http_method.and_then(|method| settings.applicable(method.into_text(), HTTP, "http_method"));
    check.method = method.map(|method| settings.known_word(method.into(), METHODS, "http_method"));
    check.evidence.expected = monitor.expected_codes;
    let codes = check.evidence.expected.clone().and_then(|codes| settings.applicable(codes, REQUEST, "expected_codes"));
    check.expected = codes.and_then(|codes| settings.codes(codes, check.protocol.as_deref(), "expected_codes"));
    check.interval_ms = monitor.delay.map(|value| settings.milliseconds(value, 1, 50, "delay"));
    check.timeout_ms = monitor.timeout.map(|value| settings.milliseconds(value, 1, 50, "timeout"));
    // `max_retries` counts passed probes, not failed ones.
    check.healthy_threshold = monitor.max_retries.map(|value| settings.in_range(value, 1, 10, "max_retries"));
    check.unhealthy_threshold = monitor.max_retries_down.map(|value| settings.in_range(value, 1, 10, "max_retries_down"));
    let pools = monitor.pools.into_iter().flat_map(List::into_values);
    check.pool_ids = pools.filter_map(|pool| pool.id).map(Id::into_text).collect();
    check
}
