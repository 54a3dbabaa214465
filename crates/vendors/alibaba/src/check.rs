//! The configuration of a health check: every product has the same settings, under names of its own.

use std::borrow::Cow;
use std::net::IpAddr;

use lbhealth_core::wire::{Id, List, Text};
use lbhealth_core::{
    Bounds, CheckField, CheckForm, CheckProfile, CheckSetting, HealthCheck, HostDefault, Pointer, Settings, TimeoutBound, Warnings,
};

/// What stands for the server's own address in place of a name.
const HOST_PLACEHOLDERS: &[&str] = &["$SERVER_IP", "$_ip"];
/// The protocols whose probes name a host and have a version.
pub const HTTP: &[&str] = &["HTTP", "HTTPS"];
/// The protocol whose probes send a text and expect one.
const UDP: &[&str] = &["UDP"];
/// The HTTP versions as the vendor writes them, without blanks, and as we do.
const HTTP_VERSIONS: &[(&str, &str)] = &[("HTTP1.0", "1.0"), ("HTTP1.1", "1.1")];

/// Seconds from one probe to the next.
pub const INTERVAL: CheckField =
    CheckField::new("HealthCheckInterval", CheckSetting::IntervalMs, CheckForm::Seconds(Bounds::between(1, 50)));
/// The same where a product also takes long ones.
const LONG_INTERVAL: CheckField =
    CheckField::new("HealthCheckInterval", CheckSetting::IntervalMs, CheckForm::Seconds(Bounds::between(1, 300)));
/// Passed probes in a row that make a server healthy.
pub const HEALTHY_THRESHOLD: CheckField =
    CheckField::new("HealthyThreshold", CheckSetting::HealthyThreshold, CheckForm::Count(Bounds::between(2, 10)));
/// Failed probes in a row that make a server unhealthy.
pub const UNHEALTHY_THRESHOLD: CheckField =
    CheckField::new("UnhealthyThreshold", CheckSetting::UnhealthyThreshold, CheckForm::Count(Bounds::between(2, 10)));

/// The vendor counts the interval from the end of a probe, and its own timeouts are as long as the interval or longer.
///
/// The fields are those of all products, none of which means another setting in one than in the others.
pub static CHECK_PROFILE: CheckProfile = CheckProfile::EMPTY.timeout(TimeoutBound::Any).fields(&[
    ("HealthCheckConnectPort", CheckSetting::Port),
    ("HealthCheckConnectTimeout", CheckSetting::TimeoutMs),
    ("HealthCheckDomain", CheckSetting::Host),
    ("HealthCheckHost", CheckSetting::Host),
    ("HealthCheckPath", CheckSetting::Path),
    ("HealthCheckTimeout", CheckSetting::TimeoutMs),
    ("HealthCheckURI", CheckSetting::Path),
    ("HealthCheckUrl", CheckSetting::Path),
    (HEALTHY_THRESHOLD.name, HEALTHY_THRESHOLD.setting),
    (INTERVAL.name, INTERVAL.setting),
    (UNHEALTHY_THRESHOLD.name, UNHEALTHY_THRESHOLD.setting),
]);

/// Seconds after which a probe has failed.
pub const fn timeout(name: &'static str) -> CheckField {
    CheckField::new(name, CheckSetting::TimeoutMs, CheckForm::Seconds(Bounds::between(1, 300)))
}

/// What a product calls the settings of a health check, and what it takes there.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a table that only the vendor's adapters write")]
pub struct CheckDialect {
    /// Field of the protocol.
    pub protocol: &'static str,
    /// The protocols, in upper case.
    pub protocols: &'static [&'static str],
    /// The protocols whose probes have a path, a method and a status code.
    pub request: &'static [&'static str],
    /// Field of the name that the probe asks for.
    pub host: &'static str,
    /// The protocols whose probes ask for a name.
    pub named: &'static [&'static str],
    /// Field of the path.
    pub path: &'static str,
    /// Field of the method.
    pub method: &'static str,
    /// The methods, in upper case.
    pub methods: &'static [&'static str],
    /// Field of the HTTP version.
    pub http_version: &'static str,
    /// Field of the status codes.
    pub codes: CheckField,
    /// Field of the seconds after which a probe has failed.
    pub timeout: CheckField,
    /// The protocols with intervals of up to 300 seconds; those of the others go up to 50.
    pub slow: &'static [&'static str],
}

/// The settings of a health check, as they stood in the payload.
#[derive(Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "a table that only the vendor's adapters fill")]
pub struct CheckSettings<'a> {
    /// Whether the check is on.
    pub enabled: Option<bool>,
    /// Port that is probed; absent: the server's own.
    pub port: Option<u16>,
    /// Protocol of the probe.
    pub protocol: Option<Id<'a>>,
    /// Name that the probe asks for, or a placeholder for the server's own address.
    pub host: Option<Id<'a>>,
    /// Path that the probe asks for.
    pub path: Option<Id<'a>>,
    /// Method of the probe.
    pub method: Option<Id<'a>>,
    /// HTTP version of the probe.
    pub http_version: Option<Id<'a>>,
    /// The status codes that count as passed, joined by commas.
    pub codes: Option<Text<'a>>,
    /// The same in a list, of which one element can hold several.
    pub code_list: Option<List<'a, Text<'a>>>,
    /// Text that a UDP probe sends.
    pub request: Option<Text<'a>>,
    /// Text that a UDP probe expects; without one, silence passes.
    pub response: Option<Text<'a>>,
    /// Seconds from one probe to the next.
    pub interval: Option<u32>,
    /// Seconds after which a probe has failed.
    pub timeout: Option<u32>,
    /// Passed probes in a row that make a server healthy.
    pub healthy_threshold: Option<u32>,
    /// Failed probes in a row that make a server unhealthy.
    pub unhealthy_threshold: Option<u32>,
}

impl<'a> CheckSettings<'a> {
    /// The configuration at this place.
    pub fn read(self, dialect: &CheckDialect, at: &Pointer, warnings: &mut Warnings<'a>) -> HealthCheck<'a> {
        let CheckDialect { protocols, request, methods, .. } = dialect;
        let mut settings = Settings::new(at.clone(), warnings);
        let mut check = HealthCheck::new(at.clone());
        check.enabled = self.enabled;
        check.port = self.port;
        check.protocol = self.protocol.map(|protocol| settings.known_word(protocol, protocols, dialect.protocol));
        settings.set_protocol(check.protocol.as_deref(), protocols.iter().copied());
        (check.host, check.host_default) = host(self.host, dialect, &mut settings);
        check.path = self.path.and_then(|path| settings.applicable(path.into_text(), request, dialect.path));
        let method = self.method.and_then(|method| settings.applicable(method.into_text(), request, dialect.method));
        check.method = method.map(|method| settings.known_word(method.into(), methods, dialect.method));
        let version = self.http_version.and_then(|version| settings.applicable(version.into_text(), HTTP, dialect.http_version));
        check.http_version = version.and_then(|version| http_version(version, dialect.http_version, &mut settings));
        match self.code_list {
            Some(codes) => settings.expect_list(&mut check, Some(codes), request, &dialect.codes),
            None => settings.expect(&mut check, self.codes, request, &dialect.codes),
        }
        for (text, field) in [(self.request, "HealthCheckReq"), (self.response, "HealthCheckExp")] {
            let text = text.and_then(|text| settings.applicable(text, UDP, field));
            settings.not_kept(text, field);
        }
        let interval = if settings.is_for(dialect.slow) { &LONG_INTERVAL } else { &INTERVAL };
        check.interval_ms = self.interval.map(|value| settings.duration(value, interval));
        check.timeout_ms = self.timeout.map(|value| settings.duration(value, &dialect.timeout));
        check.healthy_threshold = self.healthy_threshold.map(|value| settings.number(value, &HEALTHY_THRESHOLD));
        check.unhealthy_threshold = self.unhealthy_threshold.map(|value| settings.number(value, &UNHEALTHY_THRESHOLD));
        check
    }
}

/// A real name, or what stands for it: a placeholder, an address and (for HTTP) nothing mean the server's own address.
fn host<'a>(
    host: Option<Id<'a>>,
    &CheckDialect { host: field, named, .. }: &CheckDialect,
    settings: &mut Settings<'a, '_>,
) -> (Option<Text<'a>>, Option<HostDefault>) {
    let default = Some(HostDefault::BackendAddress).filter(|_| settings.is_for(named));
    let Some(host) = host else {
        return (None, default);
    };
    if HOST_PLACEHOLDERS.iter().any(|placeholder| placeholder.eq_ignore_ascii_case(&host)) {
        // Other protocols have no name to ask for; the placeholder is only the vendor's default.
        return (None, default.or(Some(HostDefault::BackendAddress).filter(|_| !settings.has_protocol())));
    }
    if host.starts_with('$') {
        // What it stands for is not known, nor whether that is a name.
        let known = format!("a domain name, {}", HOST_PLACEHOLDERS.join(", "));
        settings.unrecognized(host.into_text(), &known, field);
        return (None, None);
    }
    let Some(host) = settings.applicable(host.into_text(), named, field) else {
        return (None, None);
    };
    if host.parse::<IpAddr>().is_ok() {
        let message = "with an address as the name, the load balancer asks each server by its own address";
        settings.not_applicable(host, field, message.to_owned());
        return (None, Some(HostDefault::BackendAddress));
    }
    (Some(host), None)
}

fn http_version<'a>(version: Text<'a>, field: &str, settings: &mut Settings<'a, '_>) -> Option<Text<'a>> {
    let compact: String = version.chars().filter(|character| !character.is_whitespace()).collect();
    let known = HTTP_VERSIONS.iter().find(|(word, _)| word.eq_ignore_ascii_case(&compact));
    if known.is_none() {
        settings.unrecognized(version, "HTTP1.0, HTTP1.1", field);
    }
    known.map(|(_, ours)| Cow::Borrowed(*ours))
}
