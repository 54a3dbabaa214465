//! `ShowHealthMonitor` and `ListHealthMonitors`.

use lbhealth_core::wire::{self, Id, List};
use lbhealth_core::{Context, Document, Error, HealthCheckReport, Operation, Pointer, Warnings};

use super::{Marker, page};
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
    let mut report = HealthCheckReport::new(ID, operation.name, context);
    report.request_id = reply.request_id.map(Id::into_text);
    report.health_checks.push(monitor.check(&at, &DIALECT, &mut warnings));
    Ok(report.finish(warnings))
}

/// Turns a reply that holds health monitors into a health check report.
pub(crate) fn monitors<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = HealthMonitorsReply::default();
    wire::read(payload, &mut reply)?;
    let mut warnings = Warnings::new();
    let mut report = HealthCheckReport::new(ID, operation.name, context);
    let marker = Marker::In(reply.page_info.as_ref());
    (report.completeness, report.next_page) =
        page(&reply, "healthmonitors", reply.monitors.as_ref(), marker, context, &mut warnings);
    report.request_id = reply.request_id.take().map(Id::into_text);
    for (index, monitor) in reply.monitors.into_iter().flat_map(List::into_iter_indexed) {
        report.health_checks.push(monitor.check(&Pointer::at("/healthmonitors/#", [index]), &DIALECT, &mut warnings));
    }
    Ok(report.finish(warnings))
}
