//! `ApplicationGateways_Get`.

use lbhealth_core::wire::Id;
use lbhealth_core::{Context, Document, Error, HealthCheck, HostDefault, Operation, Pointer, Settings, Warnings};

use crate::ID;
use crate::checks::{CODES, INTERVAL, NAMED, PROTOCOLS, REQUEST, TIMEOUT, UNHEALTHY};
use crate::wire::{ApplicationGateway, ApplicationGatewayProperties, Probe};

/// Turns the probes of a gateway into a report of health checks.
pub(crate) fn gateway<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let take = |reply: &mut ApplicationGateway<'a>| (reply.probes.take(), reply.properties.take());
    let take_below = |properties: &mut ApplicationGatewayProperties<'a>| properties.probes.take();
    lbhealth_azure::probes(ID, take, take_below, check, operation, payload, context)
}

fn check<'a>(mut probe: Probe<'a>, at: &Pointer, warnings: &mut Warnings<'a>) -> HealthCheck<'a> {
    let (properties, at) = lbhealth_azure::properties(&mut probe, Probe::take_properties, at, warnings);
    let accepted = properties.match_.unwrap_or_default();
    warnings.unread_in(&accepted, &at, "match");
    let mut settings = Settings::new(at.clone(), warnings);
    let mut check = HealthCheck::new(at);
    check.id = probe.id.map(Id::into_text);
    check.name = probe.name;
    check.protocol = properties.protocol.map(|word| settings.known_word(word, PROTOCOLS, "protocol"));
    settings.set_protocol(check.protocol.as_deref(), PROTOCOLS.iter().copied());
    check.host = properties.host.map(Id::into_text);
    let is_in_settings = [properties.name_from_http_settings, properties.name_from_settings].contains(&Some(true));
    if is_in_settings && check.host.is_none() && (settings.is_for(NAMED) || !settings.has_protocol()) {
        check.host_default = Some(HostDefault::BackendSettings);
    }
    check.path = properties.path.and_then(|path| settings.applicable(path.into_text(), REQUEST, "path"));
    check.port = properties.port;
    check.interval_ms = properties.interval.map(|value| settings.duration(value, &INTERVAL));
    check.timeout_ms = properties.timeout.map(|value| settings.duration(value, &TIMEOUT));
    check.unhealthy_threshold = properties.unhealthy_threshold.map(|value| settings.number(value, &UNHEALTHY));
    settings.expect_list(&mut check, accepted.codes, REQUEST, &CODES);
    settings.not_kept(accepted.body, "match/body");
    settings.not_kept(properties.min_servers.filter(|count| *count > 0).map(|count| count.to_string().into()), "minServers");
    check
}
