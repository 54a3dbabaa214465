//! `DescribeTargetHealth`.

use std::net::IpAddr;

use lbhealth_core::wire::{self, Id, List, Text, Wire};
use lbhealth_core::{
    BackendKind, Context, Coverage, Document, Error, Operation, Place, Pointer, ReportBuilder, Scope, Settings, WarningCode, Words,
};

use crate::ID;
use crate::checks::TRAFFIC_PORT;
use crate::vocabulary::{ANOMALY, EVERY_ZONE, MITIGATION, NO_OVERRIDE, OVERRIDE, OVERRIDE_UNKNOWN, VOCABULARY};
use crate::wire::{DescribeTargetHealth, TargetHealthDescription};

/// Turns a reply of `DescribeTargetHealth` into a health report.
pub(crate) fn health<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = DescribeTargetHealth::default();
    wire::read(payload, &mut reply)?;
    let mut report = ReportBuilder::new(ID, operation.name, Coverage::All, context);
    let list = ("TargetHealthDescriptions", reply.targets.as_ref());
    let head = lbhealth_aws::head(&reply, reply.metadata.as_ref(), list, &[], &mut report.warnings);
    report.page(head.completeness, head.next_page).request_id(head.request_id);

    let place = Place::of_pool(Scope::Pool, context);
    report.of_one_pool().note_empty(reply.targets.as_ref(), &place, &Pointer::ROOT);
    for (index, description) in reply.targets.into_iter().flat_map(List::into_iter_indexed) {
        observe(description, &place, index, &mut report);
    }
    lbhealth_aws::conclude_coverage(&mut report);
    Ok(Document::Health(report.finish()))
}

fn observe<'a>(mut description: TargetHealthDescription<'a>, place: &Place<'a>, index: u32, report: &mut ReportBuilder<'a>) {
    let start = report.warnings.len();
    let at = Pointer::at("/TargetHealthDescriptions/#", [index]);
    report.warnings.unread(&description, &at);
    let target = description.target.take().unwrap_or_default();
    report.warnings.unread_in(&target, &at, "Target");
    let held_at = Pointer::at("/TargetHealthDescriptions/#/TargetHealth", [index]);
    let is_held = description.health.is_some();
    let health = description.health.take().unwrap_or_default();
    report.warnings.unread(&health, &held_at);

    let facts = facts(&mut description, &at, report);
    let facts: Vec<(&str, &str)> = facts.iter().map(|(field, word)| (*field, &**word)).collect();
    let mut words = Words::maybe(health.state).operation(report.operation()).facts(&facts).at(held_at);
    words.reason = health.reason;
    words.message = health.description;
    words.probe_port = description
        .check_port
        .and_then(|port| Settings::new(at.clone(), &mut report.warnings).port(port, TRAFFIC_PORT, "HealthCheckPort"));
    let mut verdict = VOCABULARY.judge(words, &mut report.warnings);
    if !is_held {
        // Without the object that holds the status, the place is that of the target.
        verdict.evidence.path = at;
    }

    report.record(place, verdict, start, |record| {
        record.backend_kind = target.id.as_deref().and_then(kind);
        record.backend_id = target.id.map(Id::into_text);
        record.address = record.backend_id.clone().filter(|_| record.backend_kind == Some(BackendKind::Ip));
        record.port = target.port;
        record.zone = target.zone.map(Id::into_text).filter(|zone| !zone.eq_ignore_ascii_case(EVERY_ZONE));
    });
}

/// What is said of the traffic, as field and word.
fn facts<'a>(
    description: &mut TargetHealthDescription<'a>,
    at: &Pointer,
    report: &mut ReportBuilder<'a>,
) -> Vec<(&'static str, Text<'a>)> {
    let anomaly = description.anomaly.take().unwrap_or_default();
    let mut shift = description.override_.take().unwrap_or_default();
    let is_lost = description.is_unreadable("AdministrativeOverride") || shift.is_unreadable("State");
    let reason = shift.reason.as_deref().filter(|reason| !wire::is_word(reason, NO_OVERRIDE));
    let is_missing = shift.state.is_none() && !is_lost && reason.is_some();
    if is_missing {
        let message = "an override without a state, so it is not known whether the traffic is moved away";
        report.warnings.push(WarningCode::StatusMissing, at.join("AdministrativeOverride/State"), None, message);
    }
    let state = if is_lost || is_missing { Some(OVERRIDE_UNKNOWN.into()) } else { shift.state.take() };
    report.warnings.unread_in(&anomaly, at, "AnomalyDetection");
    report.warnings.unread_in(&shift, at, "AdministrativeOverride");
    let operation = report.operation();
    let said = [(OVERRIDE, state), (MITIGATION, anomaly.mitigation), (ANOMALY, anomaly.result)];
    let mut facts: Vec<(&str, Text<'a>)> = said.into_iter().filter_map(|(field, word)| Some((field, word?))).collect();
    for (field, word) in &mut facts {
        let place = || at.join(field.trim_start_matches("1/"));
        let is_known = VOCABULARY.knows_traffic(operation, field, word.clone(), place, &mut report.warnings);
        // Whether it moves the traffic away is told no more than by the vendor's own word for that.
        if !is_known && *field == OVERRIDE {
            *word = OVERRIDE_UNKNOWN.into();
        }
    }
    facts
}

/// What kind of thing a target is. The reply does not say it, but ids of different kinds never look alike.
fn kind(id: &str) -> Option<BackendKind> {
    if id.parse::<IpAddr>().is_ok() {
        Some(BackendKind::Ip)
    } else if id.starts_with("i-") {
        Some(BackendKind::Instance)
    } else if id.starts_with("arn:") && id.contains(":lambda:") {
        Some(BackendKind::Function)
    } else if id.starts_with("arn:") && id.contains(":loadbalancer/") {
        Some(BackendKind::LoadBalancer)
    } else {
        None
    }
}
