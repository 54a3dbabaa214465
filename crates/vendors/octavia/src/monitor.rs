//! Health monitors.

use lbhealth_core::wire::{Id, Text};
use lbhealth_core::{
    Bounds, CheckField, CheckForm, CheckProfile, CheckSetting, HealthCheck, HostDefault, Pointer, Settings, Warnings, wire,
};

use crate::{References, ids};

wire! {
    /// How the members of a pool are checked.
    pub struct HealthMonitor<'a> {
        /// Id of the health monitor.
        "id" id: Id<'a>,
        /// Name of the health monitor.
        "name" name: Id<'a>,
        /// Whether the check is on.
        "admin_state_up" enabled: bool,
        /// Protocol of the probe.
        "type" protocol: Id<'a>,
        /// Port that is probed; null or absent: the member's own.
        "monitor_port" port: u16,
        /// Name that the probe asks for.
        "domain_name" domain_name: Id<'a>,
        /// Path that the probe asks for. HTTP and HTTPS only.
        "url_path" url_path: Id<'a>,
        /// Method of the probe. HTTP and HTTPS only.
        "http_method" http_method: Id<'a>,
        /// HTTP version of the probe, a number. HTTP and HTTPS only.
        "http_version" http_version: f64,
        /// The status codes that count as passed. HTTP, HTTPS and gRPC only.
        "expected_codes" expected_codes: Text<'a>,
        /// Seconds from one probe to the next.
        "delay" delay: u32,
        /// Seconds after which a probe has failed.
        "timeout" timeout: u32,
        /// Passed probes in a row that make a member healthy.
        "max_retries" max_retries: u32,
        /// Failed probes in a row that make a member unhealthy.
        "max_retries_down" max_retries_down: u32,
        /// Whether the answer is compared with a text. Open Telekom Cloud only.
        "content_check_enable" compares_content: bool,
        /// What a probe sends for that.
        "send_content" send_content: Text<'a>,
        /// What it has to get.
        "receive_content" receive_content: Text<'a>,
        /// The pool that is checked so.
        "pools" pools: References<'a>,
    }
    unread {
        "pool_id": "the list of pools tells it",
        "content_format": "how the texts of a content check are written",
        "sni_enable": "whether the handshake of an encrypted probe names the host",
        "project_id": "who owns the health monitor",
        "created_at": "the time of the record",
        "updated_at": "the time of the record",
        "tags": "texts of the user's",
        "operating_status": "whether the check itself is in operation, not what it says of members",
        "provisioning_status": "the state of its configuration, not health",
    }
}

/// In what the health monitors of a product are their own.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "every adapter says all of it")]
pub struct Dialect {
    /// All protocols of probes, our word and the vendor's.
    pub protocols: &'static [(&'static str, &'static str)],
    /// The methods of a probe.
    pub methods: &'static [&'static str],
    /// Which name the probe asks for where none is configured, where the vendor says it.
    pub host_default: Option<HostDefault>,
    /// The seconds from one probe to the next.
    pub delay: CheckField,
    /// The seconds for one probe.
    pub timeout: CheckField,
    /// The status codes that count as passed.
    pub codes: CheckField,
}

/// The protocols whose probes have a name, a path and a method.
pub const HTTP: &[&str] = &["HTTP", "HTTPS"];
/// The protocols whose probes have a status code.
pub const REQUEST: &[&str] = &["HTTP", "HTTPS", "GRPC", "GRPCS"];
const HTTP_VERSIONS: &[&str] = &["1.0", "1.1"];

/// The passed probes in a row that make a member healthy; not failed ones.
pub const MAX_RETRIES: CheckField =
    CheckField::new("max_retries", CheckSetting::HealthyThreshold, CheckForm::Count(Bounds::between(1, 10))).required();
/// The failed probes in a row that make a member unhealthy.
pub const MAX_RETRIES_DOWN: CheckField =
    CheckField::new("max_retries_down", CheckSetting::UnhealthyThreshold, CheckForm::Count(Bounds::between(1, 10))).default("3");

/// What is the API's own about health monitors.
pub static CHECK_PROFILE: CheckProfile = CheckProfile::EMPTY.fields(&[
    ("delay", CheckSetting::IntervalMs),
    ("domain_name", CheckSetting::Host),
    (MAX_RETRIES.name, MAX_RETRIES.setting),
    (MAX_RETRIES_DOWN.name, MAX_RETRIES_DOWN.setting),
    ("monitor_port", CheckSetting::Port),
    ("timeout", CheckSetting::TimeoutMs),
    ("url_path", CheckSetting::Path),
]);

impl<'a> HealthMonitor<'a> {
    /// The health check that it is.
    pub fn check(self, at: &Pointer, dialect: &Dialect, warnings: &mut Warnings<'a>) -> HealthCheck<'a> {
        warnings.unread(&self, at);
        let mut settings = Settings::new(at.clone(), warnings);
        let mut check = HealthCheck::new(at.clone());
        check.id = self.id.map(Id::into_text);
        check.name = self.name.map(Id::into_text);
        check.enabled = self.enabled;
        check.protocol = self.protocol.map(|word| settings.our_word(word, dialect.protocols, "type"));
        settings.set_protocol(check.protocol.as_deref(), dialect.protocols.iter().map(|(ours, _)| *ours));
        check.port = self.port;
        check.host = self.domain_name.and_then(|host| settings.applicable(host.into_text(), HTTP, "domain_name"));
        if check.host.is_none() && settings.is_for(HTTP) {
            check.host_default = dialect.host_default;
        }
        check.path = self.url_path.and_then(|path| settings.applicable(path.into_text(), HTTP, "url_path"));
        let method = self.http_method.and_then(|method| settings.applicable(method.into_text(), HTTP, "http_method"));
        check.method = method.map(|method| settings.known_word(method.into(), dialect.methods, "http_method"));
        let version = self.http_version.map(|version| format!("{version:.1}").into());
        let version = version.and_then(|version| settings.applicable(version, HTTP, "http_version"));
        check.http_version = version.map(|version| settings.known_word(version.into(), HTTP_VERSIONS, "http_version"));
        settings.expect(&mut check, self.expected_codes, REQUEST, &dialect.codes);
        check.interval_ms = self.delay.map(|value| settings.duration(value, &dialect.delay));
        check.timeout_ms = self.timeout.map(|value| settings.duration(value, &dialect.timeout));
        check.healthy_threshold = self.max_retries.map(|value| settings.number(value, &MAX_RETRIES));
        check.unhealthy_threshold = self.max_retries_down.map(|value| settings.number(value, &MAX_RETRIES_DOWN));
        if self.compares_content != Some(false) {
            settings.not_kept(self.send_content.filter(|text| !text.is_empty()), "send_content");
            settings.not_kept(self.receive_content.filter(|text| !text.is_empty()), "receive_content");
        }
        check.pool_ids = ids(self.pools);
        check
    }
}
