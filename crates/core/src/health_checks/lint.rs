//! What is questionable about the configuration of health checks: which checks, and what they are held against.

mod rules;

use std::collections::HashMap;

use rules::Rules;

use crate::model::count;
use crate::model::schema_id::SchemaId;
use crate::{
    Adapter, CheckProfile, Document, Finding, FindingCode, HealthCheck, InventoryPool, LintReport, LintedCheck, Pointer, Warning,
};

/// Looks for what is questionable in the checks of these documents: health check reports, and the checks in inventories.
///
/// A check is held against the pools that it is for, also where another of the documents describes them; a pool that has none is found too.
/// Ranges and names of fields come from the adapters; without that of a document only what holds for every vendor is looked for,
/// and nothing is missing from a check of which something could not be read.
pub fn lint(documents: &[Document<'_>], adapters: &[&dyn Adapter]) -> LintReport {
    let mut report = LintReport { schema_id: SchemaId::new(), producer: None, checks: Vec::new(), findings: Vec::new() };
    let all_pools = Pools::of(documents);
    for (source, document) in documents.iter().enumerate() {
        let adapter = document.adapter();
        let known = adapters.iter().find(|known| known.id() == adapter);
        let has_checks = document.checks().next().is_some();
        let warnings = if has_checks { by_place(document.warnings()) } else { HashMap::new() };
        for (check, own_pool) in document.checks() {
            let pools = match own_pool {
                Some(pool) => vec![pool],
                None => all_pools.checked_by(check, adapter),
            };
            let mut pool_ids: Vec<String> = check.pool_ids.iter().map(ToString::to_string).collect();
            for pool_id in pools.iter().filter_map(|pool| pool.pool_id.as_deref()) {
                if !pool_ids.iter().any(|known| known == pool_id) {
                    pool_ids.push(pool_id.to_owned());
                }
            }
            let number = count(report.checks.len());
            let requests = known.map(|adapter| adapter.check_requests()).unwrap_or_default();
            let profile = known.map_or(&CheckProfile::EMPTY, |adapter| adapter.check_profile());
            let own_warnings = warnings.get(&*check.evidence.path.text()).map(Vec::as_slice).unwrap_or_default();
            Rules { check, pools: &pools, warnings: own_warnings, requests, profile, number, findings: &mut report.findings }
                .apply();
            report.checks.push(LintedCheck {
                check_id: check.id.as_deref().map(str::to_owned),
                check_name: check.name.as_deref().map(str::to_owned),
                pool_ids,
                time_to_detect: check.time_to_detect(),
                time_to_recover: check.time_to_recover(),
                ..linted(source, document, check.evidence.path.clone())
            });
        }
        for pool in unchecked_pools(document) {
            let pool_id = pool.pool_id.as_deref().map(str::to_owned);
            let number = count(report.checks.len());
            let message = "the pool has no health check, so failing backends keep their traffic".to_owned();
            let finding = Finding::new(FindingCode::CheckMissing, number, pool.path.clone(), message);
            report.findings.push(Finding { pool_id: pool_id.clone(), ..finding });
            let pool_ids = pool_id.into_iter().collect();
            report.checks.push(LintedCheck { pool_ids, ..linted(source, document, pool.path.clone()) });
        }
    }
    report
}

/// What stands at this place of a document, of which nothing else is known yet.
fn linted(source: usize, document: &Document<'_>, path: Pointer) -> LintedCheck {
    LintedCheck {
        source: count(source),
        adapter: document.adapter().to_owned(),
        operation: document.operation().to_owned(),
        check_id: None,
        check_name: None,
        pool_ids: Vec::new(),
        path,
        time_to_detect: None,
        time_to_recover: None,
    }
}

/// The pools of which the document says that they have no health check.
fn unchecked_pools<'d>(document: &'d Document<'_>) -> impl Iterator<Item = &'d InventoryPool<'d>> {
    let pools = if let Document::Inventory(inventory) = document { inventory.pools.as_slice() } else { &[] };
    pools.iter().filter(|pool| pool.has_check == Some(false))
}

/// The pools of all documents, by what names them.
struct Pools<'d> {
    by_check: HashMap<(&'d str, &'d str), Vec<&'d InventoryPool<'d>>>,
    by_id: HashMap<(&'d str, &'d str), Vec<&'d InventoryPool<'d>>>,
}

impl<'d> Pools<'d> {
    fn of(documents: &'d [Document<'d>]) -> Self {
        let mut pools = Self { by_check: HashMap::new(), by_id: HashMap::new() };
        for document in documents {
            let Document::Inventory(inventory) = document else { continue };
            for pool in &inventory.pools {
                let key = |id: &'d str| (&*inventory.adapter, id);
                if let Some(id) = pool.check_id.as_deref() {
                    pools.by_check.entry(key(id)).or_default().push(pool);
                }
                if let Some(id) = pool.pool_id.as_deref() {
                    pools.by_id.entry(key(id)).or_default().push(pool);
                }
            }
        }
        pools
    }

    /// The pools that name the check, or are named by it, in any document of the adapter.
    fn checked_by(&self, check: &'d HealthCheck<'d>, adapter: &'d str) -> Vec<&'d InventoryPool<'d>> {
        let by_check = check.id.as_deref().and_then(|id| self.by_check.get(&(adapter, id)));
        let by_id = check.pool_ids.iter().filter_map(|id| self.by_id.get(&(adapter, &**id)));
        let mut found: Vec<&InventoryPool<'_>> = Vec::new();
        for pool in by_check.into_iter().chain(by_id).flatten() {
            if !found.iter().any(|known| std::ptr::eq(*known, *pool)) {
                found.push(pool);
            }
        }
        found
    }
}

/// The warnings of a document by every place that they lie in.
fn by_place<'d>(warnings: &'d [Warning<'d>]) -> HashMap<String, Vec<&'d Warning<'d>>> {
    let mut places: HashMap<String, Vec<_>> = HashMap::new();
    for warning in warnings {
        let path = warning.path.to_string();
        let mut place = path.as_str();
        while let Some((parent, _)) = place.rsplit_once('/') {
            places.entry(parent.to_owned()).or_default().push(warning);
            place = parent;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Context, FindingCode, HealthCheckReport, Inventory, Pointer, Settings, StatusCodes, Warnings};

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

    fn report(check: HealthCheck<'static>, warnings: Warnings<'static>) -> Document<'static> {
        let mut report = HealthCheckReport::new("a", "b", &Context::default());
        report.health_checks.push(check);
        report.finish(warnings)
    }

    fn codes(change: impl Fn(&mut HealthCheck<'static>)) -> Vec<FindingCode> {
        let mut check = sound();
        change(&mut check);
        lint(&[report(check, Warnings::new())], &[]).findings.iter().map(|finding| finding.code).collect()
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
        let found = lint(&[report(check, Warnings::new()), Document::Inventory(inventory.into())], &[]);
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
        let off = |check: &mut HealthCheck<'static>| (check.enabled, check.interval_ms, check.host) = (Some(false), None, None);
        assert_eq!(codes(off), [FindingCode::CheckDisabled], "nothing else of it matters");
        assert_eq!(codes(|check| check.healthy_threshold = Some(1)), [FindingCode::ThresholdOfOne]);
        assert_eq!(codes(|check| check.unhealthy_threshold = Some(1)), [FindingCode::ThresholdOfOne]);
        assert_eq!(codes(|check| check.healthy_threshold = None), [FindingCode::SettingMissing]);
        assert_eq!(codes(|check| check.host = None), [FindingCode::HostMissing]);
        assert_eq!(codes(|check| check.path = None), [FindingCode::PathMissing]);
    }

    #[test]
    fn what_could_not_be_read_may_be_any_setting_where_the_vendor_names_none() {
        let mut check = sound();
        (check.interval_ms, check.host, check.path) = (None, None, None);
        let mut warnings = Warnings::new();
        Settings::new(check.evidence.path.clone(), &mut warnings).unrecognized("soon".into(), "a number", "period");
        let found = lint(&[report(check, warnings)], &[]).findings;
        assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), [FindingCode::SettingUnreadable]);
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
        let multiplexed =
            |check: &mut HealthCheck<'static>| (check.protocol, check.port, check.path) = (Some("HTTP2".into()), Some(80), None);
        assert_eq!(codes(multiplexed), [FindingCode::TlsProbeOnPlainPort, FindingCode::PathMissing]);
        let udp = |check: &mut HealthCheck<'static>| check.protocol = Some("UDP".into());
        assert_eq!(codes(udp), [FindingCode::SilencePasses]);
        let mut check = sound();
        udp(&mut check);
        let mut warnings = Warnings::new();
        Settings::new(check.evidence.path.clone(), &mut warnings).not_kept(Some("pong".into()), "answer");
        assert_eq!(lint(&[report(check, warnings)], &[]).findings, [], "an answer is asked for");
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
        assert_eq!(in_pool("HTTPS", false, speaks("GRPCS")), []);
        assert_eq!(in_pool("GRPCS", false, speaks("GRPC")), [FindingCode::PlainProbeOfTlsPool]);
        assert_eq!(in_pool("HTTP", false, speaks("GRPCS")), [FindingCode::TlsProbeOfPlainPool]);
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
