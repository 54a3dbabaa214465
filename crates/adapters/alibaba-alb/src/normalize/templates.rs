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
    let request_id = template.request_id.take().map(Id::into_text);
    let check = blueprint(template, &Pointer::ROOT, &mut warnings);
    let mut report = HealthCheckReport::new(ID, operation.name, context, vec![check], warnings);
    report.request_id = request_id;
    Ok(Document::HealthChecks(report.into()))
}

/// Turns a reply of `ListHealthCheckTemplates` into a health check report.
pub(crate) fn templates<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = ListHealthCheckTemplates::default();
    wire::read(payload, &mut reply)?;
    let mut warnings = Warnings::new();
    warnings.unread(&reply, &Pointer::ROOT);
    warnings.missing_list(&reply, "HealthCheckTemplates", reply.templates.as_ref(), &Pointer::ROOT);
    let (completeness, next_page) = wire::page(&reply, reply.templates.is_some(), &[("NextToken", reply.next_token.as_ref())]);
    let mut checks = Vec::new();
    for (index, template) in reply.templates.into_iter().flat_map(List::into_iter_indexed) {
        checks.push(blueprint(template, &Pointer::at("/HealthCheckTemplates/#", [index]), &mut warnings));
    }
    let mut report = HealthCheckReport::new(ID, operation.name, context, checks, warnings);
    report.request_id = reply.request_id.map(Id::into_text);
    (report.completeness, report.next_page) = (completeness, next_page);
    Ok(Document::HealthChecks(report.into()))
}

fn blueprint<'a>(template: HealthCheckConfig<'a>, at: &Pointer, warnings: &mut Warnings<'a>) -> HealthCheck<'a> {
    let mut check = check(template, &CHECKS, at, warnings);
    check.template = true;
    check
}
