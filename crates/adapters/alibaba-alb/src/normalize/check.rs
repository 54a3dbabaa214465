//! The configuration of a health check.

use std::borrow::Cow;
use std::net::IpAddr;

use lbhealth_core::wire::{Id, List, Text, Value};
use lbhealth_core::{HealthCheck, HostDefault, Label, Pointer, Settings, WarningCode, Warnings};

use crate::vocabulary::{HOST_PLACEHOLDERS, HTTP, HTTP_VERSIONS, METHODS, PROTOCOLS, REQUEST};
use crate::wire::{HealthCheckConfig, Tag};

/// The configuration at this place.
pub(super) fn check<'a>(config: HealthCheckConfig<'a>, at: &Pointer, warnings: &mut Warnings<'a>) -> HealthCheck<'a> {
    warnings.unread(&config, at);
    let mut settings = Settings::new(at.clone(), warnings);
    let mut check = HealthCheck::new(at.clone());
    check.enabled = config.enabled;
    check.id = config.id.map(Id::into_text);
    check.name = config.name.map(Id::into_text);
    check.port = config.port.filter(|port| *port != 0);
    check.protocol = config.protocol.map(|protocol| settings.known_word(protocol, PROTOCOLS, "HealthCheckProtocol"));
    settings.set_protocol(check.protocol.as_deref(), PROTOCOLS);
    (check.host, check.host_default) = host(config.host, &mut settings);
    check.path = config.path.and_then(|path| settings.applicable(path.into_text(), REQUEST, "HealthCheckPath"));
    let method = config.method.and_then(|method| settings.applicable(method.into_text(), REQUEST, "HealthCheckMethod"));
    check.method = method.map(|method| settings.known_word(method.into(), METHODS, "HealthCheckMethod"));
    let version = config.http_version.and_then(|version| settings.applicable(version.into_text(), HTTP, "HealthCheckHttpVersion"));
    check.http_version = version.and_then(|version| http_version(version, &mut settings));
    // Of a list that was read in part, the check accepts more than what was read.
    let codes_are_whole = config.codes.as_ref().is_none_or(|codes| !codes.reading().has_lost_elements());
    check.evidence.expected = config.codes.and_then(|codes| lbhealth_core::joined(codes.into_values().collect()));
    let codes = check
        .evidence
        .expected
        .clone()
        .filter(|_| codes_are_whole)
        .and_then(|codes| settings.applicable(codes, REQUEST, "HealthCheckCodes"));
    check.expected = codes.and_then(|codes| settings.codes(codes, check.protocol.as_deref(), "HealthCheckCodes"));
    check.interval_ms = config.interval.map(|value| settings.milliseconds(value, 1, 50, "HealthCheckInterval"));
    check.timeout_ms = config.timeout.map(|value| settings.milliseconds(value, 1, 300, "HealthCheckTimeout"));
    check.healthy_threshold = config.healthy_threshold.map(|value| settings.in_range(value, 2, 10, "HealthyThreshold"));
    check.unhealthy_threshold = config.unhealthy_threshold.map(|value| settings.in_range(value, 2, 10, "UnhealthyThreshold"));
    let tags = config.tags.into_iter().flat_map(List::into_iter_indexed);
    check.labels = tags.filter_map(|(index, tag)| label(tag, at.join(&format!("Tags/{index}")), settings.warnings())).collect();
    check.resource_group_id = config.resource_group_id.map(Id::into_text);
    check
}

/// A real name, or what stands for it: a placeholder, an address and (for HTTP) nothing mean the server's own address.
fn host<'a>(host: Option<Id<'a>>, settings: &mut Settings<'a, '_>) -> (Option<Text<'a>>, Option<HostDefault>) {
    let default = Some(HostDefault::BackendAddress).filter(|_| settings.is_for(HTTP));
    let Some(host) = host else {
        return (None, default);
    };
    if HOST_PLACEHOLDERS.iter().any(|placeholder| placeholder.eq_ignore_ascii_case(&host)) {
        // Other protocols have no name to ask for; the placeholder is only the vendor's default.
        return (None, default.or(Some(HostDefault::BackendAddress).filter(|_| !settings.has_protocol())));
    }
    let Some(host) = settings.applicable(host.into_text(), HTTP, "HealthCheckHost") else {
        return (None, None);
    };
    if host.parse::<IpAddr>().is_ok() {
        let message = "with an address as the name, the load balancer asks each server by its own address";
        settings.not_applicable(host, "HealthCheckHost", message.to_owned());
        return (None, Some(HostDefault::BackendAddress));
    }
    (Some(host), None)
}

fn http_version<'a>(version: Text<'a>, settings: &mut Settings<'a, '_>) -> Option<Text<'a>> {
    let compact: String = version.chars().filter(|character| !character.is_whitespace()).collect();
    let known = HTTP_VERSIONS.iter().find(|(word, _)| word.eq_ignore_ascii_case(&compact));
    if known.is_none() {
        settings.unrecognized(version, "HTTP1.0, HTTP1.1", "HealthCheckHttpVersion");
    }
    known.map(|(_, ours)| Cow::Borrowed(*ours))
}

fn label<'a>(tag: Tag<'a>, at: Pointer, warnings: &mut Warnings<'a>) -> Option<Label<'a>> {
    warnings.unread(&tag, &at);
    let Some(key) = tag.key else {
        warnings.push(WarningCode::ElementSkipped, at, None, "a label without a name was left out");
        return None;
    };
    Some(Label::new(key.into_text(), tag.value.unwrap_or_default()))
}
