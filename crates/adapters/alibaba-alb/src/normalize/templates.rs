//! `GetHealthCheckTemplateAttribute` and `ListHealthCheckTemplates`.

use lbhealth_core::wire::{self, Id, List};
use lbhealth_core::{Context, Document, Error, HealthCheck, HealthCheckReport, Operation, Pointer, Warnings};

use super::check::check;
use crate::ID;
use crate::checks::CHECKS;
use crate::wire::{HealthCheckConfig, ListHealthCheckTemplates};

/// Turns a reply of `GetHealthCheckTemplateAttribute` into a health check report.
pub(crate) fn template<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut template = HealthCheckConfig::default();
    wire::read(payload, &mut template)?;
    let mut warnings = Warnings::new();
    let mut report = HealthCheckReport::new(ID, operation.name, context);
    report.request_id = template.request_id.take().map(Id::into_text);
    report.health_checks.push(blueprint(template, &Pointer::ROOT, &mut warnings));
    Ok(report.finish(warnings))
}

/// Turns a reply of `ListHealthCheckTemplates` into a health check report.
pub(crate) fn templates<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = ListHealthCheckTemplates::default();
    wire::read(payload, &mut reply)?;
    let mut warnings = Warnings::new();
    let mut report = HealthCheckReport::new(ID, operation.name, context);
    let tokens = [("NextToken", reply.next_token.as_ref())];
    (report.completeness, report.next_page) =
        wire::list_page(&reply, "HealthCheckTemplates", reply.templates.as_ref(), &tokens, &mut warnings);
    report.request_id = reply.request_id.take().map(Id::into_text);
    for (index, template) in reply.templates.into_iter().flat_map(List::into_iter_indexed) {
        report.health_checks.push(blueprint(template, &Pointer::at("/HealthCheckTemplates/#", [index]), &mut warnings));
    }
    Ok(report.finish(warnings))
}

fn blueprint<'a>(template: HealthCheckConfig<'a>, at: &Pointer, warnings: &mut Warnings<'a>) -> HealthCheck<'a> {
    let mut check = check(template, &CHECKS, at, warnings);
    check.template = true;
    check
}
