//! What is questionable about one health check.

use crate::health_checks::time::seconds;
use crate::{
    BackendKind, CheckField, CheckProfile, CheckRequest, CheckSetting, CodeKind, DefaultTimes, Finding, FindingCode,
    FindingSeverity, HealthCheck, HostDefault, InventoryPool, TimeoutBound, Warning, WarningCode,
};

/// Detection that takes longer is slow.
const SLOW_MS: u64 = 60_000;
/// Ports that are known for TLS.
const TLS_PORTS: &[u16] = &[443, 8443];
/// The port that is known for plain HTTP.
const PLAIN_PORT: u16 = 80;
/// What pools speak whose backends have no port.
const PORTLESS: &str = "IP";
/// Protocols that are not encrypted although a backend could ask for it, and those that are. A load balancer speaks HTTP/2 over TLS only.
const PLAIN: &[&str] = &["GRPC", "HTTP"];
const ENCRYPTED: &[&str] = &["GRPCS", "HTTP2", "HTTPS", "TLS"];
/// Those that ask for a name and a path, and those that ask for anything.
const PAGES: &[&str] = &["HTTP", "HTTP2", "HTTPS"];
const REQUESTS: &[&str] = &["GRPC", "GRPCS", "HTTP", "HTTP2", "HTTPS"];
/// The status codes that gRPC defines.
const LAST_GRPC_CODE: u16 = 16;

/// The rules, on one check.
pub(super) struct Rules<'r> {
    pub(super) check: &'r HealthCheck<'r>,
    /// The pools that it is for.
    pub(super) pools: &'r [&'r InventoryPool<'r>],
    /// What was odd about it in the payload.
    pub(super) warnings: &'r [&'r Warning<'r>],
    pub(super) requests: &'static [CheckRequest],
    pub(super) profile: &'static CheckProfile,
    /// The check's number in the report.
    pub(super) number: u32,
    pub(super) findings: &'r mut Vec<Finding>,
}

impl Rules<'_> {
    /// Applies all of them.
    pub(super) fn apply(mut self) {
        // The settings of a check that does not run have no effect, so nothing else is wrong with it.
        if self.check.enabled == Some(false) {
            let message = "the check is switched off, so failing backends keep their traffic".to_owned();
            self.find(FindingCode::CheckDisabled, CheckSetting::Enabled, message);
            // Functions are not checked unless somebody asks for it.
            let has_functions = |pool: &&InventoryPool<'_>| pool.backend_kind == Some(BackendKind::Function);
            if !self.pools.is_empty() && self.pools.iter().all(has_functions) {
                self.excuse();
            }
            return;
        }
        self.settings();
        self.times();
        self.silence();
        self.transport();
        self.answers();
        self.warned();
    }

    /// Single settings.
    fn settings(&mut self) {
        let inputs =
            [CheckSetting::IntervalMs, CheckSetting::TimeoutMs, CheckSetting::HealthyThreshold, CheckSetting::UnhealthyThreshold];
        for setting in inputs {
            let is_told = setting.of(self.check).is_some() || self.is_unread(setting);
            if !is_told && !self.profile.without.contains(&setting) {
                let default = self.field(setting).and_then(|field| field.default);
                let applies = default.map_or_else(
                    || "the vendor's default applies".to_owned(),
                    |default| format!("the vendor's default, {default}, applies"),
                );
                self.find(FindingCode::SettingMissing, setting, format!("`{}` is not told; {applies}", setting.as_str()));
            }
        }
        if self.check.unhealthy_threshold == Some(1) {
            let message = "one failed probe takes a backend out of service, so a lost packet does".to_owned();
            self.find(FindingCode::ThresholdOfOne, CheckSetting::UnhealthyThreshold, message);
        }
        if self.check.healthy_threshold == Some(1) {
            let message = "one passed probe brings a backend back, so one that hardly works flaps".to_owned();
            self.find(FindingCode::ThresholdOfOne, CheckSetting::HealthyThreshold, message);
        }
    }

    /// Settings that make a time together.
    fn times(&mut self) {
        if let (Some(interval), Some(timeout)) = (self.check.interval_ms, self.check.timeout_ms)
            && !self.profile.timeout.allows(timeout, interval)
        {
            let relation = if self.profile.timeout == TimeoutBound::UpToInterval { "above" } else { "not below" };
            let message = format!("the timeout of {} is {relation} the interval of {}", seconds(timeout), seconds(interval));
            self.find(FindingCode::TimeoutNotBelowInterval, CheckSetting::TimeoutMs, message);
            if self.is_default(DefaultTimes::are_times_of) {
                self.excuse();
            }
        }
        let slowly = match self.check.time_to_detect() {
            Some(time) => (time.worst_ms > SLOW_MS).then(|| format!("for {}", seconds(time.worst_ms))),
            // What a probe may take is not told, or nothing of the kind: the probes alone can take too long.
            None => {
                self.check.worst_of_intervals().filter(|time| *time > SLOW_MS).map(|time| format!("for {} and more", seconds(time)))
            }
        };
        if let Some(slowly) = slowly {
            let message = format!("a failing backend can keep its traffic {slowly}");
            self.find(FindingCode::SlowDetection, CheckSetting::UnhealthyThreshold, message);
            if self.is_default(DefaultTimes::are_detection_of) {
                self.excuse();
            }
        }
    }

    /// Whether an answer is asked for at all. What the check demands and a health check has no place for may be one.
    fn silence(&mut self) {
        let demands_more = self.warnings.iter().any(|warning| warning.code == WarningCode::SettingNotKept);
        if self.check.protocol.as_deref() == Some("UDP") && !demands_more {
            let message = "silence counts as passed, so a backend that answers nothing can be healthy".to_owned();
            self.find(FindingCode::SilencePasses, CheckSetting::Protocol, message);
        }
    }

    /// How the backend is reached.
    fn transport(&mut self) {
        let own_port = self.check.port.is_none() && !self.is_unread(CheckSetting::Port);
        for pool in self.pools.iter().filter(|_| own_port) {
            let takes = match pool.protocol.as_deref() {
                _ if pool.any_port == Some(true) => "takes the listener's port",
                Some(PORTLESS) => "passes on whole packets, so that its backends have no port",
                _ => continue,
            };
            let message = format!("the pool {takes}, and the check names none");
            self.find_in_pool(FindingCode::PortMissing, CheckSetting::Port, pool, message);
        }
        let Some(protocol) = self.check.protocol.as_deref() else { return };
        let (plain, encrypted) = (PLAIN.contains(&protocol), ENCRYPTED.contains(&protocol));
        match self.check.port {
            Some(port) if plain && TLS_PORTS.contains(&port) => {
                let message = format!("the {protocol} probe is not encrypted and goes to port {port}, which is known for TLS");
                self.find(FindingCode::PlainProbeOnTlsPort, CheckSetting::Port, message);
            }
            Some(PLAIN_PORT) if encrypted => {
                let message =
                    format!("the {protocol} probe is encrypted and goes to port {PLAIN_PORT}, which is known for plain HTTP");
                self.find(FindingCode::TlsProbeOnPlainPort, CheckSetting::Port, message);
            }
            _ => {}
        }
        for pool in self.pools {
            let speaks = pool.protocol.as_deref().unwrap_or_default();
            let code = match speaks {
                _ if plain && own_port && ENCRYPTED.contains(&speaks) => FindingCode::PlainProbeOfTlsPool,
                "HTTP" if encrypted && own_port => FindingCode::TlsProbeOfPlainPool,
                _ if REQUESTS.contains(&speaks) && matches!(protocol, "TCP" | "TLS") => FindingCode::ConnectOnlyProbe,
                _ => continue,
            };
            let message = format!("the probe speaks {protocol} and the pool {speaks}");
            self.find_in_pool(code, CheckSetting::Protocol, pool, message);
        }
    }

    /// What is asked for, and which answers count as passed.
    fn answers(&mut self) {
        if self.check.protocol.as_deref().is_some_and(|protocol| PAGES.contains(&protocol)) {
            let is_named = self.check.host.is_some()
                || self.check.host_default == Some(HostDefault::BackendSettings)
                || self.is_unread(CheckSetting::Host);
            if !is_named && !self.profile.without.contains(&CheckSetting::Host) {
                self.find(
                    FindingCode::HostMissing,
                    CheckSetting::Host,
                    "the probe asks for an IP address, not for a name".to_owned(),
                );
            }
            if self.check.path.is_none() && !self.is_unread(CheckSetting::Path) {
                let message = "no path is told, so the probe asks for the vendor's default".to_owned();
                self.find(FindingCode::PathMissing, CheckSetting::Path, message);
            }
        }
        let Some(codes) = &self.check.expected else { return };
        let accepts_all = match codes.kind {
            CodeKind::Grpc => codes.contains_all(0, LAST_GRPC_CODE),
            CodeKind::Http => codes.contains_all(200, 599),
            CodeKind::Unrecognized => false,
        };
        if accepts_all {
            let message = format!("every answer passes: {}", codes.text);
            self.find(FindingCode::AcceptsEveryAnswer, CheckSetting::Expected, message);
        } else if codes.kind == CodeKind::Http && (500..=599).any(|code| codes.contains(code)) {
            let message = format!("a failure of the server passes: {}", codes.text);
            self.find(FindingCode::AcceptsServerErrors, CheckSetting::Expected, message);
        }
        if codes.kind == CodeKind::Http && codes.are_within(300, 399) {
            let message = format!("only redirects pass: {}", codes.text);
            self.find(FindingCode::AcceptsRedirectsOnly, CheckSetting::Expected, message);
        }
    }

    /// What the reader of the payload warned of in this check.
    fn warned(&mut self) {
        for warning in self.warnings {
            let code = match warning.code {
                WarningCode::FieldNotApplicable => FindingCode::SettingWithoutEffect,
                code if code.is_about_unread() => FindingCode::SettingUnreadable,
                WarningCode::ValueOutOfRange => FindingCode::ValueOutOfRange,
                _ => continue,
            };
            let value = warning.value.as_deref().map(str::to_owned);
            let finding = Finding::new(code, self.number, warning.path.clone(), warning.message.to_string());
            self.findings.push(Finding { value, ..finding });
        }
    }

    /// The vendor's field for a setting.
    fn field(&self, setting: CheckSetting) -> Option<&'static CheckField> {
        self.requests.iter().find_map(|request| request.field(setting))
    }

    /// Whether the setting is told and could not be read: then nothing else applies in its place, and nobody knows what does.
    ///
    /// Where the adapter names no fields, or is not known here, what could not be read may be any setting: one that is indeed missing is then
    /// not found beside it, and none is called missing that is there.
    fn is_unread(&self, setting: CheckSetting) -> bool {
        let fields = self.profile.fields;
        self.warnings.iter().filter(|warning| warning.code.is_about_unread()).any(|warning| {
            let path = warning.path.text();
            let field = path.rsplit('/').next().unwrap_or_default();
            // Some clients write the vendor's names with capitals.
            fields.is_empty() || fields.iter().any(|(name, of)| *of == setting && name.eq_ignore_ascii_case(field))
        })
    }

    fn find(&mut self, code: FindingCode, setting: CheckSetting, message: String) {
        let at = &self.check.evidence.path;
        let value = setting.of(self.check);
        // A field that is not there has no place of its own.
        let is_there = value.is_some() && (setting != CheckSetting::Host || self.check.host.is_some());
        let name = self.field(setting).filter(|_| is_there).map(|field| field.name);
        let path = name.map_or_else(|| at.clone(), |name| at.join(name));
        let field = Some(setting.as_str());
        self.findings.push(Finding { field, value, ..Finding::new(code, self.number, path, message) });
    }

    /// Whether the vendor takes these times by itself.
    fn is_default(&self, are_default: impl Fn(&DefaultTimes, &HealthCheck<'_>) -> bool) -> bool {
        self.profile.defaults.iter().any(|times| are_default(times, self.check))
    }

    /// Makes a notice of the last finding where nobody chose what it is about.
    fn excuse(&mut self) {
        if let Some(finding) = self.findings.last_mut() {
            finding.severity = FindingSeverity::Notice;
        }
    }

    fn find_in_pool(&mut self, code: FindingCode, setting: CheckSetting, pool: &InventoryPool<'_>, message: String) {
        self.find(code, setting, message);
        if let Some(finding) = self.findings.last_mut() {
            finding.pool_id = pool.pool_id.as_deref().map(str::to_owned);
        }
    }
}
