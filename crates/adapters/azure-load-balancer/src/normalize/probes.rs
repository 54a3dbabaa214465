//! `LoadBalancers_Get` and `LoadBalancerProbes_Get`.

use lbhealth_core::wire::{self, Id, Value};
use lbhealth_core::{Context, Document, Error, HealthCheck, HealthCheckReport, Operation, Pointer, Settings, Warnings};

use crate::ID;
use crate::checks::{INTERVAL, PROTOCOLS, REQUEST};
use crate::wire::{LoadBalancer, LoadBalancerProperties, Probe};

/// Turns the probes of a load balancer into a report of health checks.
pub(crate) fn load_balancer<'a>(
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
) -> Result<Document<'a>, Error> {
    let take = |reply: &mut LoadBalancer<'a>| (reply.probes.take(), reply.properties.take());
    let take_below = |properties: &mut LoadBalancerProperties<'a>| properties.probes.take();
    lbhealth_azure::probes(ID, take, take_below, check, operation, payload, context)
}

/// Turns a probe into a report of one health check.
pub(crate) fn probe<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut probe = Probe::default();
    wire::read(payload, &mut probe)?;
    let mut warnings = Warnings::new();
    let root = Pointer::ROOT.capitalized(probe.reading().is_capitalized());
    let mut report = HealthCheckReport::new(ID, operation.name, context);
    report.health_checks.push(check(probe, &root, &mut warnings));
    Ok(report.finish(warnings))
}

fn check<'a>(mut probe: Probe<'a>, at: &Pointer, warnings: &mut Warnings<'a>) -> HealthCheck<'a> {
    let (properties, at) = lbhealth_azure::properties(&mut probe, Probe::take_properties, at, warnings);
    let mut settings = Settings::new(at.clone(), warnings);
    let mut check = HealthCheck::new(at);
    check.id = probe.id.map(Id::into_text);
    check.name = probe.name;
    check.protocol = properties.protocol.map(|word| settings.known_word(word, PROTOCOLS, "protocol"));
    settings.set_protocol(check.protocol.as_deref(), PROTOCOLS.iter().copied());
    check.port = properties.port;
    check.path = properties.path.and_then(|path| settings.applicable(path.into_text(), REQUEST, "requestPath"));
    check.interval_ms = properties.interval.map(|value| settings.duration(value, &INTERVAL));
    check.healthy_threshold = properties.threshold;
    check.unhealthy_threshold = properties.threshold;
    if let (None, Some(number)) = (properties.threshold, properties.number) {
        let message = "the vendor does not heed it: how many probes count, `probeThreshold` says alone";
        settings.not_applicable(number.to_string().into(), "numberOfProbes", message.to_owned());
    }
    check
}
