//! `ApplicationGateways_Get`.

use lbhealth_core::wire::{Id, List, Value};
use lbhealth_core::{Context, Document, Error, HealthCheck, HostDefault, Operation, Pointer, Settings, Warnings};

use crate::ID;
use crate::checks::{CODES, INTERVAL, NAMED, PROTOCOLS, REQUEST, TIMEOUT, UNHEALTHY};
use crate::wire::{ApplicationGateway, ApplicationGatewayProperties, Probe};

/// Turns the probes of a gateway into a report of health checks.
pub(crate) fn gateway<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let take = |reply: &mut ApplicationGateway<'a>| (reply.probes.take(), reply.properties.take());
    let take_below = |properties: &mut ApplicationGatewayProperties<'a>| properties.probes.take();
    lbhealth_azure::probes(ID, (take, take_below), check, operation, payload, context)
}

fn check<'a>(mut probe: Probe<'a>, at: &Pointer, warnings: &mut Warnings<'a>) -> HealthCheck<'a> {
    let (set, at) = lbhealth_azure::settings(&mut probe, Probe::take_settings, at, warnings);
    let accepted = set.match_.unwrap_or_default();
    warnings.unread(&accepted, &at.join("match"));
    let mut settings = Settings::new(at.clone(), warnings);
    let mut check = HealthCheck::new(at);
    check.id = probe.id.map(Id::into_text);
    check.name = probe.name;
    check.protocol = set.protocol.map(|word| settings.known_word(word, PROTOCOLS, "protocol"));
    settings.set_protocol(check.protocol.as_deref(), PROTOCOLS);
    check.host = set.host.map(Id::into_text);
    let is_in_settings = [set.name_from_http_settings, set.name_from_settings].contains(&Some(true));
    if is_in_settings && check.host.is_none() && (settings.is_for(NAMED) || !settings.has_protocol()) {
        check.host_default = Some(HostDefault::BackendSettings);
    }
    check.path = set.path.and_then(|path| settings.applicable(path.into_text(), REQUEST, "path"));
    check.port = set.port;
    check.interval_ms = set.interval.map(|value| settings.duration(value, &INTERVAL));
    check.timeout_ms = set.timeout.map(|value| settings.duration(value, &TIMEOUT));
    check.unhealthy_threshold = set.unhealthy_threshold.map(|value| settings.number(value, &UNHEALTHY));
    // Of a list that was read in part, the check accepts more than what was read.
    let is_whole = accepted.codes.as_ref().is_none_or(|codes| !codes.reading().has_lost_elements());
    check.evidence.expected = accepted.codes.and_then(List::into_joined);
    if !is_whole {
        settings.part_of_codes(check.evidence.expected.clone(), &CODES);
    }
    let codes = check.evidence.expected.clone().filter(|_| is_whole);
    let codes = codes.and_then(|codes| settings.applicable(codes, REQUEST, CODES.name));
    settings.not_kept(accepted.body, "match/body");
    settings.not_kept(set.min_servers.filter(|count| *count > 0).map(|count| count.to_string().into()), "minServers");
    check.expected = codes.and_then(|codes| settings.codes(codes, check.protocol.as_deref(), &CODES));
    check
}
