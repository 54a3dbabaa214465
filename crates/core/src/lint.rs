//! What is questionable about the configuration of health checks: the rules.

use crate::check_time::seconds;
use crate::schema_id::SchemaId;
use crate::{
    Adapter, CheckField, CheckRequest, CheckSetting, CodeKind, Document, Finding, FindingCode, HealthCheck, InventoryPool,
    LintReport, LintedCheck, Warning, WarningCode,
};

/// Detection that takes longer is slow.
const SLOW_MS: u64 = 60_000;
/// Ports that are known for TLS.
const TLS_PORTS: &[u16] = &[443, 8443];
/// The port that is known for plain HTTP.
const PLAIN_PORT: u16 = 80;
/// The status codes that gRPC defines.
const LAST_GRPC_CODE: u16 = 16;

/// Looks for what is questionable in the checks of these documents: health check reports, and the checks in inventories.
///
/// A check is held against the pools that it is for, also where another of the documents describes them. Ranges and names of fields
/// come from the adapters; without that of a document only what holds for every vendor is looked for.
pub fn lint(documents: &[Document<'_>], adapters: &[&dyn Adapter]) -> LintReport {
    let mut report = LintReport { schema_id: SchemaId::new(), producer: None, checks: Vec::new(), findings: Vec::new() };
    for (source, document) in documents.iter().enumerate() {
        let (adapter, operation) = match document {
            Document::HealthChecks(report) => (&report.adapter, &report.operation),
            Document::Inventory(inventory) => (&inventory.adapter, &inventory.operation),
            Document::Health(_) => continue,
        };
        let known = adapters.iter().find(|known| known.id() == adapter);
        for (check, own_pool) in checks_of(document) {
            let pools = match own_pool {
                Some(pool) => vec![pool],
                None => pools_of(check, adapter, documents),
            };
            let mut pool_ids: Vec<String> = check.pool_ids.iter().map(ToString::to_string).collect();
            for pool_id in pools.iter().filter_map(|pool| pool.pool_id.as_deref()) {
                if !pool_ids.iter().any(|known| known == pool_id) {
                    pool_ids.push(pool_id.to_owned());
                }
            }
            let mut rules = Rules {
                check,
                requests: known.map(|adapter| adapter.check_requests()).unwrap_or_default(),
                number: u32::try_from(report.checks.len()).unwrap_or(u32::MAX),
                findings: &mut report.findings,
            };
            rules.settings();
            rules.times();
            rules.transport(&pools);
            rules.answers();
            rules.warnings(document.warnings());
            report.checks.push(LintedCheck {
                source: u32::try_from(source).unwrap_or(u32::MAX),
                adapter: adapter.to_string(),
                operation: operation.to_string(),
                check_id: check.id.as_deref().map(str::to_owned),
                check_name: check.name.as_deref().map(str::to_owned),
                pool_ids,
                path: check.evidence.path.clone(),
                time_to_detect: check.time_to_detect(),
                time_to_recover: check.time_to_recover(),
            });
        }
    }
    report
}

/// The checks of a document, each with the pool that it stands in.
fn checks_of<'d>(document: &'d Document<'_>) -> Vec<(&'d HealthCheck<'d>, Option<&'d InventoryPool<'d>>)> {
    match document {
        Document::HealthChecks(report) => report.health_checks.iter().map(|check| (check, None)).collect(),
        Document::Inventory(inventory) => {
            inventory.pools.iter().filter_map(|pool| Some((pool.check.as_ref()?, Some(pool)))).collect()
        }
        Document::Health(_) => Vec::new(),
    }
}

/// The pools that name the check, or are named by it, in any document of the adapter.
fn pools_of<'d>(check: &HealthCheck<'_>, adapter: &str, documents: &'d [Document<'_>]) -> Vec<&'d InventoryPool<'d>> {
    let inventories = documents.iter().filter_map(|document| match document {
        Document::Inventory(inventory) if inventory.adapter == adapter => Some(inventory),
        _ => None,
    });
    let is_for = |pool: &&InventoryPool<'_>| {
        let by_pool = pool.check_id.is_some() && pool.check_id == check.id;
        by_pool || pool.pool_id.as_ref().is_some_and(|id| check.pool_ids.contains(id))
    };
    inventories.flat_map(|inventory| &inventory.pools).filter(is_for).collect()
}

/// The rules, on one check.
struct Rules<'r> {
    check: &'r HealthCheck<'r>,
    requests: &'static [CheckRequest],
    number: u32,
    findings: &'r mut Vec<Finding>,
}

impl Rules<'_> {
    /// Single settings.
    fn settings(&mut self) {
        if self.check.enabled == Some(false) {
            let message = "the check is switched off, so failing backends keep their traffic".to_owned();
            self.find(FindingCode::CheckDisabled, CheckSetting::Enabled, message);
        }
        let inputs =
            [CheckSetting::IntervalMs, CheckSetting::TimeoutMs, CheckSetting::HealthyThreshold, CheckSetting::UnhealthyThreshold];
        for setting in inputs {
            let Some(text) = setting.of(self.check) else {
                let default = self.field(setting).and_then(|field| field.default);
                let applies = default.map_or_else(
                    || "the vendor's default applies".to_owned(),
                    |default| format!("the vendor's default, {default}, applies"),
                );
                self.find(FindingCode::SettingMissing, setting, format!("`{}` is not told; {applies}", setting.as_str()));
                continue;
            };
            let value = text.parse().unwrap_or(u64::MAX);
            if let Some((field, unit, (least, most))) = self.range(setting)
                && !(u64::from(least) * unit..=u64::from(most) * unit).contains(&value)
            {
                let message = format!("`{}` is outside {least} to {most}, the range that the vendor documents", field.name);
                self.find(FindingCode::ValueOutOfRange, setting, message);
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
            && timeout >= interval
        {
            let message = format!("the timeout of {} is not below the interval of {}", seconds(timeout), seconds(interval));
            self.find(FindingCode::TimeoutNotBelowInterval, CheckSetting::TimeoutMs, message);
        }
        if let Some(time) = self.check.time_to_detect()
            && time.worst_ms > SLOW_MS
        {
            let message = format!("a failing backend can keep its traffic for {}", seconds(time.worst_ms));
            self.find(FindingCode::SlowDetection, CheckSetting::UnhealthyThreshold, message);
        }
    }

    /// How the backend is reached.
    fn transport(&mut self, pools: &[&InventoryPool<'_>]) {
        let Some(protocol) = self.check.protocol.as_deref() else { return };
        let plain = matches!(protocol, "HTTP" | "GRPC");
        let encrypted = matches!(protocol, "HTTPS" | "TLS" | "GRPCS");
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
        if protocol == "UDP" {
            let message = "silence counts as passed, so a backend that answers nothing can be healthy".to_owned();
            self.find(FindingCode::SilencePasses, CheckSetting::Protocol, message);
        }
        for pool in pools {
            let speaks = pool.protocol.as_deref().unwrap_or_default();
            let own_port = self.check.port.is_none();
            let code = match speaks {
                "HTTPS" | "TLS" | "GRPCS" if plain && own_port => FindingCode::PlainProbeOfTlsPool,
                "HTTP" if encrypted && own_port => FindingCode::TlsProbeOfPlainPool,
                "HTTP" | "HTTPS" | "GRPC" | "GRPCS" if matches!(protocol, "TCP" | "TLS") => FindingCode::ConnectOnlyProbe,
                _ => FindingCode::Unrecognized,
            };
            if code != FindingCode::Unrecognized {
                let message = format!("the probe speaks {protocol} and the pool {speaks}");
                self.find_in_pool(code, CheckSetting::Protocol, pool, message);
            }
            if own_port && pool.any_port == Some(true) {
                let message = "the pool takes the listener's port, and the check names none".to_owned();
                self.find_in_pool(FindingCode::PortMissing, CheckSetting::Port, pool, message);
            }
        }
    }

    /// What is asked for, and which answers count as passed.
    fn answers(&mut self) {
        if matches!(self.check.protocol.as_deref(), Some("HTTP" | "HTTPS")) {
            if self.check.host.is_none() {
                self.find(
                    FindingCode::HostMissing,
                    CheckSetting::Host,
                    "the probe asks for an IP address, not for a name".to_owned(),
                );
            }
            if self.check.path.is_none() {
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
        if codes.kind == CodeKind::Http && codes.ranges.iter().all(|range| range.first >= 300 && range.last <= 399) {
            let message = format!("only redirects pass: {}", codes.text);
            self.find(FindingCode::AcceptsRedirectsOnly, CheckSetting::Expected, message);
        }
    }

    /// What the reader of the payload warned of in this check.
    fn warnings(&mut self, warnings: &[Warning<'_>]) {
        let check = format!("{}/", self.check.evidence.path);
        for warning in warnings.iter().filter(|warning| warning.path.text().starts_with(&check)) {
            let code = match warning.code {
                WarningCode::FieldNotApplicable => FindingCode::SettingWithoutEffect,
                WarningCode::FieldUnreadable | WarningCode::UnreadableStatusCodes | WarningCode::UnrecognizedValue => {
                    FindingCode::SettingUnreadable
                }
                _ => continue,
            };
            self.findings.push(Finding {
                code,
                severity: code.severity(),
                check: self.number,
                pool_id: None,
                field: None,
                path: warning.path.clone(),
                value: warning.value.as_deref().map(str::to_owned),
                message: warning.message.to_string(),
            });
        }
    }

    /// The vendor's field for a setting.
    fn field(&self, setting: CheckSetting) -> Option<&'static CheckField> {
        self.requests.iter().find_map(|request| request.field(setting))
    }

    /// The vendor's field for a number, how much of our unit one of the vendor's is, and the documented range.
    fn range(&self, setting: CheckSetting) -> Option<(&'static CheckField, u64, (u32, u32))> {
        let field = self.field(setting)?;
        Some((field, field.unit(), field.range()?))
    }

    fn find(&mut self, code: FindingCode, setting: CheckSetting, message: String) {
        let at = &self.check.evidence.path;
        let value = setting.of(self.check);
        // A field that is not there has no place of its own.
        let is_there = value.is_some() && (setting != CheckSetting::Host || self.check.host.is_some());
        let name = self.field(setting).filter(|_| is_there).map(|field| field.name);
        let path = name.map_or_else(|| at.clone(), |name| at.join(name));
        let (severity, check) = (code.severity(), self.number);
        self.findings.push(Finding { code, severity, check, pool_id: None, field: Some(setting.as_str()), path, value, message });
    }

    fn find_in_pool(&mut self, code: FindingCode, setting: CheckSetting, pool: &InventoryPool<'_>, message: String) {
        self.find(code, setting, message);
        if let Some(finding) = self.findings.last_mut() {
            finding.pool_id = pool.pool_id.as_deref().map(str::to_owned);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Context, HealthCheckReport, Inventory, Pointer, StatusCodes, Warnings};

    fn sound() -> HealthCheck<'static> {
        let mut check = HealthCheck::new(Pointer::at("/check", []));
        check.id = Some("c-1".into());
        check.protocol = Some("HTTP".into());
        check.host = Some("www.example.com".into());
        check.path = Some("/health".into());
        (check.interval_ms, check.timeout_ms) = (Some(5_000), Some(2_000));
        (check.healthy_threshold, check.unhealthy_threshold) = (Some(2), Some(3));
        check.expected = StatusCodes::parse("200-299", None).ok();
        check
    }

    fn report(check: HealthCheck<'static>) -> Document<'static> {
        Document::HealthChecks(HealthCheckReport::new("a", "b", &Context::default(), vec![check], Warnings::new()))
    }

    fn codes(change: impl Fn(&mut HealthCheck<'static>)) -> Vec<FindingCode> {
        let mut check = sound();
        change(&mut check);
        lint(&[report(check)], &[]).findings.iter().map(|finding| finding.code).collect()
    }

    fn in_pool(protocol: &str, any_port: bool, change: impl Fn(&mut HealthCheck<'static>)) -> Vec<FindingCode> {
        let mut pool = InventoryPool::new(Pointer::ROOT);
        pool.pool_id = Some("p-1".into());
        pool.check_id = Some("c-1".into());
        pool.protocol = Some(protocol.to_owned().into());
        pool.any_port = Some(any_port);
        let mut inventory = Inventory::new("a", "b", &Context::default());
        inventory.pools.push(pool);
        let mut check = sound();
        change(&mut check);
        let found = lint(&[report(check), Document::Inventory(inventory)], &[]);
        assert_eq!(found.checks[0].pool_ids, ["p-1"]);
        assert!(found.findings.iter().all(|finding| finding.pool_id.as_deref() == Some("p-1")));
        found.findings.iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn a_sound_check_has_no_findings() {
        assert_eq!(codes(|_| ()), []);
        assert_eq!(in_pool("HTTP", false, |_| ()), []);
        assert_eq!(lint(&[], &[]).checks, []);
    }

    #[test]
    fn each_rule_of_single_settings() {
        assert_eq!(codes(|check| check.enabled = Some(false)), [FindingCode::CheckDisabled]);
        assert_eq!(codes(|check| check.healthy_threshold = Some(1)), [FindingCode::ThresholdOfOne]);
        assert_eq!(codes(|check| check.unhealthy_threshold = Some(1)), [FindingCode::ThresholdOfOne]);
        assert_eq!(codes(|check| check.healthy_threshold = None), [FindingCode::SettingMissing]);
        assert_eq!(codes(|check| check.host = None), [FindingCode::HostMissing]);
        assert_eq!(codes(|check| check.path = None), [FindingCode::PathMissing]);
    }

    #[test]
    fn times_at_their_limits() {
        assert_eq!(codes(|check| check.timeout_ms = Some(5_000)), [FindingCode::TimeoutNotBelowInterval]);
        assert_eq!(codes(|check| check.timeout_ms = Some(4_999)), []);
        // 3 × (18 s + 2 s) is a minute, which is not yet slow.
        assert_eq!(codes(|check| check.interval_ms = Some(18_000)), []);
        assert_eq!(codes(|check| check.interval_ms = Some(18_001)), [FindingCode::SlowDetection]);
    }

    #[test]
    fn probes_and_ports() {
        assert_eq!(codes(|check| check.port = Some(443)), [FindingCode::PlainProbeOnTlsPort]);
        assert_eq!(codes(|check| check.port = Some(8443)), [FindingCode::PlainProbeOnTlsPort]);
        assert_eq!(codes(|check| check.port = Some(8080)), []);
        let https = |port| move |check: &mut HealthCheck<'static>| (check.protocol, check.port) = (Some("HTTPS".into()), port);
        assert_eq!(codes(https(Some(80))), [FindingCode::TlsProbeOnPlainPort]);
        assert_eq!(codes(https(Some(443))), []);
        let udp = |check: &mut HealthCheck<'static>| check.protocol = Some("UDP".into());
        assert_eq!(codes(udp), [FindingCode::SilencePasses]);
    }

    #[test]
    fn probes_and_pools() {
        assert_eq!(in_pool("HTTPS", false, |_| ()), [FindingCode::PlainProbeOfTlsPool]);
        assert_eq!(in_pool("HTTPS", false, |check| check.port = Some(8080)), [], "another port can speak another protocol");
        assert_eq!(in_pool("HTTP", true, |_| ()), [FindingCode::PortMissing]);
        let speaks = |word: &'static str| move |check: &mut HealthCheck<'static>| check.protocol = Some(word.into());
        assert_eq!(in_pool("HTTP", false, speaks("HTTPS")), [FindingCode::TlsProbeOfPlainPool]);
        assert_eq!(in_pool("HTTP", false, speaks("TCP")), [FindingCode::ConnectOnlyProbe]);
        assert_eq!(in_pool("TCP", false, speaks("TCP")), []);
        assert_eq!(in_pool("TLS", false, speaks("TCP")), []);
    }

    #[test]
    fn answers_that_pass() {
        let accepts = |text: &str| codes(|check| check.expected = StatusCodes::parse(text, None).ok());
        assert_eq!(accepts("http_2xx,http_3xx,http_4xx,http_5xx"), [FindingCode::AcceptsEveryAnswer]);
        assert_eq!(accepts("200-499,500-599"), [FindingCode::AcceptsEveryAnswer]);
        assert_eq!(accepts("200,503"), [FindingCode::AcceptsServerErrors]);
        assert_eq!(accepts("http_3xx"), [FindingCode::AcceptsRedirectsOnly]);
        assert_eq!(accepts("301,302"), [FindingCode::AcceptsRedirectsOnly]);
        assert_eq!(accepts("200-399"), []);
        assert_eq!(accepts("0-99"), [FindingCode::AcceptsEveryAnswer]);
        assert_eq!(accepts("0,12"), []);
    }
}
