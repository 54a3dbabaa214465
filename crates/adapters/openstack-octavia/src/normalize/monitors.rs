//! Health monitors: one, or a list of them.

use lbhealth_core::wire::{self, List};
use lbhealth_core::{Context, Document, Error, HealthCheckReport, Operation, Pointer, Warnings};
use lbhealth_octavia::HealthMonitor;

use super::page;
use crate::ID;
use crate::checks::DIALECT;
use crate::wire::{HealthMonitorReply, HealthMonitorsReply};

/// Turns a reply that holds one health monitor into a health check report.
pub(crate) fn monitor<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = HealthMonitorReply::default();
    wire::read(payload, &mut reply)?;
    let at = Pointer::at("/healthmonitor", []);
    let mut warnings = Warnings::new();
    warnings.unread(&reply, &Pointer::ROOT);
    let monitor = wire::take(&mut reply, |reply| &mut reply.monitor, "healthmonitor", "the health monitor", &at)?;
    Ok(one(operation, monitor, &at, warnings, context))
}

/// Turns a health monitor as the command line prints it into a health check report.
pub(crate) fn printed_monitor<'a>(
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
) -> Result<Document<'a>, Error> {
    let mut monitor = HealthMonitor::default();
    wire::read(payload, &mut monitor)?;
    Ok(one(operation, monitor, &Pointer::ROOT, Warnings::new(), context))
}

fn one<'a>(
    operation: &'static Operation,
    monitor: HealthMonitor<'a>,
    at: &Pointer,
    mut warnings: Warnings<'a>,
    context: &Context<'a>,
) -> Document<'a> {
    let mut report = HealthCheckReport::new(ID, operation.name, context);
    report.health_checks.push(monitor.check(at, &DIALECT, &mut warnings));
    report.finish(warnings)
}

/// Turns a reply that holds health monitors into a health check report.
pub(crate) fn monitors<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = HealthMonitorsReply::default();
    wire::read(payload, &mut reply)?;
    let mut warnings = Warnings::new();
    let mut report = HealthCheckReport::new(ID, operation.name, context);
    (report.completeness, report.next_page) =
        page(&reply, "healthmonitors", reply.monitors.as_ref(), reply.links.as_ref(), &mut warnings);
    for (index, monitor) in reply.monitors.into_iter().flat_map(List::into_iter_indexed) {
        report.health_checks.push(monitor.check(&Pointer::at("/healthmonitors/#", [index]), &DIALECT, &mut warnings));
    }
    Ok(report.finish(warnings))
}
