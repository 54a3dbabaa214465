//! What is found in checks that are as their vendors make them.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};
use lbhealth::{ADAPTERS, Document, Finding, FindingCode, FindingSeverity};
use lbhealth_tests::{Fixture, places};
use serde_json::{Value, json};

/// Severity and code of what is found in this reply.
fn findings(adapter: &str, reply: &Value) -> Result<Vec<(FindingSeverity, &'static str)>> {
    let text = reply.to_string();
    let document = lbhealth::adapter(adapter)?.normalize(text.as_bytes(), &lbhealth::Context::default())?.into_owned();
    let report = lbhealth::lint(&[document], ADAPTERS);
    Ok(report.findings.iter().map(|finding| (finding.severity, finding.code.as_str())).collect())
}

/// The reply with other values in these fields of the object at the pointer.
fn with(mut reply: Value, at: &str, fields: &[(&str, Value)]) -> Result<Value> {
    let settings = reply.pointer_mut(at).and_then(Value::as_object_mut).context("no object there")?;
    settings.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    Ok(reply)
}

const NOTICE: FindingSeverity = FindingSeverity::Notice;
const WARNING: FindingSeverity = FindingSeverity::Warning;

#[test]
fn an_interval_that_is_counted_from_the_end_of_a_probe_may_be_shorter_than_the_timeout() -> Result<()> {
    let template = json!({
        "HealthCheckTemplateId": "hct-1", "HealthCheckTemplateName": "defaults", "HealthCheckProtocol": "HTTP",
        "HealthCheckHost": "app.example.com", "HealthCheckPath": "/health", "HealthCheckMethod": "HEAD",
        "HealthCheckCodes": ["http_2xx"], "HealthCheckInterval": 2, "HealthCheckTimeout": 5, "HealthyThreshold": 3,
        "UnhealthyThreshold": 3,
    });
    assert_eq!(findings("alibaba-alb", &template)?, []);
    // What is slow stays slow.
    assert_eq!(findings("alibaba-alb", &with(template, "", &[("HealthCheckTimeout", json!(20))])?)?, [(WARNING, "SLOW_DETECTION")]);
    let group = json!({ "ServerGroups": [{ "ServerGroupId": "sgp-1", "HealthCheck": {
        "HealthCheckEnabled": true, "HealthCheckType": "TCP", "HealthCheckInterval": 5, "HealthCheckConnectTimeout": 5,
        "HealthyThreshold": 2, "UnhealthyThreshold": 2,
    } }] });
    assert_eq!(findings("alibaba-nlb", &group)?, []);
    Ok(())
}

#[test]
fn a_probe_may_take_as_long_as_the_interval_where_the_vendor_says_so() -> Result<()> {
    let check = json!({
        "kind": "compute#healthCheck", "id": "1", "name": "defaults", "type": "TCP", "checkIntervalSec": 5, "timeoutSec": 5,
        "healthyThreshold": 2, "unhealthyThreshold": 2, "tcpHealthCheck": { "port": 80 },
    });
    assert_eq!(findings("gcp-backend-service", &check)?, []);
    let longer = with(check, "", &[("timeoutSec", json!(6))])?;
    let expected = [(WARNING, "TIMEOUT_NOT_BELOW_INTERVAL"), (WARNING, "VALUE_OUT_OF_RANGE")];
    assert_eq!(findings("gcp-backend-service", &longer)?, expected);
    Ok(())
}

#[test]
fn what_a_vendor_takes_by_itself_is_at_most_a_notice() -> Result<()> {
    let groups = json!({ "TargetGroups": [{
        "TargetGroupArn": "tg-1", "Protocol": "HTTP", "HealthCheckProtocol": "HTTP", "HealthCheckPort": "traffic-port",
        "HealthCheckEnabled": true, "HealthCheckPath": "/", "HealthCheckIntervalSeconds": 30, "HealthCheckTimeoutSeconds": 5,
        "HealthyThresholdCount": 5, "UnhealthyThresholdCount": 2, "Matcher": { "HttpCode": "200" },
    }] });
    assert_eq!(findings("aws-elbv2", &groups)?, [(NOTICE, "SLOW_DETECTION")]);
    // A user chose this.
    let slower = with(groups, "/TargetGroups/0", &[("UnhealthyThresholdCount", json!(3))])?;
    assert_eq!(findings("aws-elbv2", &slower)?, [(WARNING, "SLOW_DETECTION")]);

    let balancers = json!({ "LoadBalancerDescriptions": [{ "LoadBalancerName": "lb", "HealthCheck": {
        "Target": "HTTP:80/index.html", "Interval": 30, "Timeout": 5, "UnhealthyThreshold": 2, "HealthyThreshold": 10,
    } }] });
    assert_eq!(findings("aws-elb-classic", &balancers)?, [(NOTICE, "SLOW_DETECTION")]);

    let gateway = gateway(&json!({ "protocol": "Http", "host": "a.example.com", "path": "/", "interval": 30, "timeout": 30 }));
    let gateway = with(gateway, "/properties/probes/0/properties", &[("unhealthyThreshold", json!(3))])?;
    let expected = [(NOTICE, "TIMEOUT_NOT_BELOW_INTERVAL"), (NOTICE, "SLOW_DETECTION")];
    assert_eq!(findings("azure-application-gateway", &gateway)?, expected);
    let slower = with(gateway, "/properties/probes/0/properties", &[("unhealthyThreshold", json!(4))])?;
    let expected = [(NOTICE, "TIMEOUT_NOT_BELOW_INTERVAL"), (WARNING, "SLOW_DETECTION")];
    assert_eq!(findings("azure-application-gateway", &slower)?, expected);
    Ok(())
}

fn gateway(probe: &Value) -> Value {
    json!({ "properties": { "gatewayIPConfigurations": [], "probes": [{ "id": "p-1", "properties": probe }] } })
}

#[test]
fn nobody_is_asked_for_a_setting_that_the_vendor_does_not_have() -> Result<()> {
    let probe = json!({ "protocol": "Tcp", "interval": 10, "timeout": 5, "unhealthyThreshold": 3 });
    assert_eq!(findings("azure-application-gateway", &gateway(&probe))?, []);
    let probe = json!({ "protocol": "Http", "path": "/", "interval": 10 });
    let expected = [(NOTICE, "SETTING_MISSING"), (NOTICE, "SETTING_MISSING"), (NOTICE, "HOST_MISSING")];
    assert_eq!(findings("azure-application-gateway", &gateway(&probe))?, expected, "the timeout, the threshold and the name");

    // The name then stands in the backend settings.
    let probe = json!({
        "protocol": "Http", "path": "/", "interval": 10, "timeout": 5, "unhealthyThreshold": 3,
        "pickHostNameFromBackendHttpSettings": true,
    });
    assert_eq!(findings("azure-application-gateway", &gateway(&probe))?, []);

    let probe = json!({ "id": "p-1", "properties": {
        "protocol": "Http", "port": 80, "requestPath": "/", "intervalInSeconds": 5, "probeThreshold": 2,
    } });
    assert_eq!(findings("azure-load-balancer", &probe)?, []);
    Ok(())
}

#[test]
fn an_encrypted_probe_by_grpc_suits_an_encrypted_pool() -> Result<()> {
    let groups = json!({ "TargetGroups": [{
        "TargetGroupArn": "tg-1", "Protocol": "HTTPS", "ProtocolVersion": "GRPC", "HealthCheckProtocol": "HTTPS",
        "HealthCheckPort": "traffic-port", "HealthCheckEnabled": true, "HealthCheckPath": "/grpc.health.v1.Health/Check",
        "HealthCheckIntervalSeconds": 10, "HealthCheckTimeoutSeconds": 5, "HealthyThresholdCount": 3, "UnhealthyThresholdCount": 3,
        "Matcher": { "GrpcCode": "0" },
    }] });
    assert_eq!(findings("aws-elbv2", &groups)?, []);
    let plain = with(groups, "/TargetGroups/0", &[("HealthCheckProtocol", json!("HTTP"))])?;
    assert_eq!(findings("aws-elbv2", &plain)?, [(FindingSeverity::Error, "PLAIN_PROBE_OF_TLS_POOL")]);
    Ok(())
}

#[test]
fn the_settings_of_a_check_that_is_off_are_not_looked_at() -> Result<()> {
    let listener = json!({ "ListenerPort": 80, "BackendServerPort": 80, "HealthCheck": "off" });
    let mut context = lbhealth::Context::default();
    context.operation = Some("DescribeLoadBalancerHTTPListenerAttribute".into());
    let document = lbhealth::adapter("alibaba-clb")?.normalize(listener.to_string().as_bytes(), &context)?.into_owned();
    let report = lbhealth::lint(&[document], ADAPTERS);
    let codes: Vec<&str> = report.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["CHECK_DISABLED"]);

    let monitor =
        json!({ "healthmonitor": { "id": "hm-1", "admin_state_up": false, "type": "HTTP", "delay": 51, "max_retries": 1 } });
    assert_eq!(findings("huawei-elb", &monitor)?, [(FindingSeverity::Error, "CHECK_DISABLED")]);

    // The check of functions is off unless somebody asks for it.
    let groups = json!({ "TargetGroups": [{ "TargetGroupArn": "tg-1", "TargetType": "lambda", "HealthCheckEnabled": false }] });
    assert_eq!(findings("aws-elbv2", &groups)?, [(NOTICE, "CHECK_DISABLED")]);
    let of_servers = with(groups, "/TargetGroups/0", &[("TargetType", json!("instance"))])?;
    assert_eq!(findings("aws-elbv2", &of_servers)?, [(FindingSeverity::Error, "CHECK_DISABLED")]);
    Ok(())
}

#[test]
fn a_pool_without_a_check_is_found() -> Result<()> {
    for adapter in ["huawei-elb", "openstack-octavia"] {
        let pool = |id: &str, monitor: Value| json!({ "id": id, "protocol": "HTTP", "healthmonitor_id": monitor });
        let pools = json!({ "pools": [pool("p-1", json!("hm-1")), pool("p-2", json!("")), pool("p-3", json!(null)),
            { "id": "p-4", "protocol": "HTTP" }, pool("p-5", json!(["hm-1"]))] });
        let document =
            lbhealth::adapter(adapter)?.normalize(pools.to_string().as_bytes(), &lbhealth::Context::default())?.into_owned();
        let report = lbhealth::lint(&[document], ADAPTERS);
        let found: Vec<_> =
            report.findings.iter().map(|finding| (finding.code.as_str(), finding.severity, finding.pool_id.as_deref())).collect();
        let missing = |pool| ("CHECK_MISSING", FindingSeverity::Error, Some(pool));
        assert_eq!(found, [missing("p-2"), missing("p-3")], "{adapter}: of the others nobody says that they have none");
        assert_eq!(report.findings[1].path.to_string(), "/pools/2");
        assert_eq!(report.checks[1].pool_ids, ["p-3"]);
    }
    Ok(())
}

/// Whatever the probe speaks, it has no port to go to.
#[test]
fn a_check_without_a_port_of_a_pool_without_ports_is_found() -> Result<()> {
    for check in [json!({ "HealthCheckEnabled": true }), json!({ "HealthCheckEnabled": true, "HealthCheckType": "TCP" })] {
        let groups = json!({ "ServerGroups": [{ "ServerGroupId": "sgp-1", "Protocol": "TCP", "AnyPortEnabled": true,
            "HealthCheck": check }] });
        let found = findings("alibaba-nlb", &groups)?;
        assert!(found.contains(&(FindingSeverity::Error, "PORT_MISSING")), "{found:?}");
    }
    // Backends that whole packets are passed on to have no port.
    let of_packets = |protocol: &str, port: Value| -> Result<bool> {
        let pool = json!({ "pool": { "id": "p-1", "protocol": protocol, "healthmonitor_id": "hm-1" } });
        let monitor = json!({ "healthmonitor": { "id": "hm-1", "type": "TCP", "delay": 5, "timeout": 3, "max_retries": 3,
            "max_retries_down": 3, "monitor_port": port, "pools": [{ "id": "p-1" }] } });
        let read = |reply: &Value| -> Result<_> {
            let text = reply.to_string();
            let document = lbhealth::adapter("huawei-elb")?.normalize(text.as_bytes(), &lbhealth::Context::default())?;
            Ok(document.into_owned())
        };
        let report = lbhealth::lint(&[read(&pool)?, read(&monitor)?], ADAPTERS);
        Ok(report.findings.iter().any(|finding| finding.code == FindingCode::PortMissing))
    };
    assert!(of_packets("IP", json!(null))? && of_packets("IP", json!(0))? && of_packets("ip", json!(0))?);
    assert!(!of_packets("IP", json!(8080))? && !of_packets("TCP", json!(null))?);
    // One that cannot be read is not missing.
    let groups = json!({ "ServerGroups": [{ "ServerGroupId": "sgp-1", "Protocol": "TCP", "AnyPortEnabled": true,
        "HealthCheck": { "HealthCheckEnabled": true, "HealthCheckConnectPort": "abc" } }] });
    let found = findings("alibaba-nlb", &groups)?;
    let has = |wanted: &str| found.iter().any(|(_, code)| *code == wanted);
    assert!(has("SETTING_UNREADABLE") && !has("PORT_MISSING"), "{found:?}");
    Ok(())
}

/// What is told and cannot be read is not what applies where nothing is told.
#[test]
fn a_setting_that_cannot_be_read_is_not_missing() -> Result<()> {
    let lint = |replies: &[Value], adapter: &str| -> Result<Vec<&'static str>> {
        let read = |reply: &Value| -> Result<_> {
            let text = reply.to_string();
            Ok(lbhealth::adapter(adapter)?.normalize(text.as_bytes(), &lbhealth::Context::default())?.into_owned())
        };
        let documents = replies.iter().map(read).collect::<Result<Vec<_>>>()?;
        let mut codes: Vec<_> = lbhealth::lint(&documents, ADAPTERS).findings.iter().map(|finding| finding.code.as_str()).collect();
        codes.sort_unstable();
        Ok(codes)
    };
    let pool = |protocol: &str| json!({ "pool": { "id": "p-1", "protocol": protocol, "healthmonitor_id": "hm-1" } });
    let monitor = json!({ "healthmonitor": { "id": "hm-1", "type": "HTTP", "delay": 5, "timeout": 3, "max_retries": 3,
        "max_retries_down": 3, "domain_name": "a.example.com", "url_path": "/", "pools": [{ "id": "p-1" }] } });
    let port = |of: &str, port: Value| with(monitor.clone(), "/healthmonitor", &[("type", json!(of)), ("monitor_port", port)]);
    // Of another port it is not known whether it is encrypted.
    for (probe, speaks, code) in [("HTTP", "HTTPS", "PLAIN_PROBE_OF_TLS_POOL"), ("HTTPS", "HTTP", "TLS_PROBE_OF_PLAIN_POOL")] {
        assert_eq!(lint(&[pool(speaks), port(probe, json!(null))?], "huawei-elb")?, [code]);
        assert_eq!(lint(&[pool(speaks), port(probe, json!(8080))?], "huawei-elb")?, [""; 0]);
        assert_eq!(lint(&[pool(speaks), port(probe, json!("http"))?], "huawei-elb")?, ["SETTING_UNREADABLE"]);
    }
    for (field, code) in [
        ("domain_name", "HOST_MISSING"),
        ("url_path", "PATH_MISSING"),
        ("delay", "SETTING_MISSING"),
        ("timeout", "SETTING_MISSING"),
        ("max_retries", "SETTING_MISSING"),
        ("max_retries_down", "SETTING_MISSING"),
    ] {
        let unread = with(monitor.clone(), "/healthmonitor", &[(field, json!({}))])?;
        assert_eq!(lint(&[unread], "huawei-elb")?, ["SETTING_UNREADABLE"], "{field}");
        let missing = with(monitor.clone(), "/healthmonitor", &[(field, json!(null))])?;
        assert!(lint(&[missing], "huawei-elb")?.contains(&code), "{field}");
    }
    for field in ["HealthCheckPath", "HealthCheckIntervalSeconds", "HealthCheckTimeoutSeconds", "HealthyThresholdCount"] {
        let groups = json!({ "TargetGroups": [{
            "TargetGroupArn": "tg-1", "Protocol": "HTTP", "HealthCheckProtocol": "HTTP", "HealthCheckPort": "traffic-port",
            "HealthCheckEnabled": true, "HealthCheckPath": "/", "HealthCheckIntervalSeconds": 10, "HealthCheckTimeoutSeconds": 5,
            "HealthyThresholdCount": 5, "UnhealthyThresholdCount": 2, "Matcher": { "HttpCode": "200" },
        }] });
        assert_eq!(lint(std::slice::from_ref(&groups), "aws-elbv2")?, [""; 0]);
        let unread = with(groups, "/TargetGroups/0", &[(field, json!({}))])?;
        assert_eq!(lint(&[unread], "aws-elbv2")?, ["SETTING_UNREADABLE"], "{field}");
    }
    // One field can hold several settings.
    for target in ["HTTP", "HTTP:abc"] {
        let check = json!({ "Target": target, "Interval": 10, "Timeout": 5, "UnhealthyThreshold": 2, "HealthyThreshold": 2 });
        let load_balancer = json!({ "LoadBalancerName": "web", "Instances": [], "HealthCheck": check });
        let reply = json!({ "LoadBalancerDescriptions": [load_balancer] });
        assert_eq!(lint(&[reply], "aws-elb-classic")?, ["SETTING_UNREADABLE"], "{target}");
    }
    Ok(())
}

/// What adapters call the settings of checks is what they are called in replies, and is what keeps them from being missing.
#[test]
fn every_field_that_an_adapter_names_is_used() -> Result<()> {
    let mut used = BTreeSet::new();
    for fixture in Fixture::all()?.iter().filter(|fixture| fixture.with.is_empty()) {
        let (adapter, context) = (fixture.adapter()?, fixture.context()?);
        let Ok(input) = serde_json::from_slice::<Value>(&fixture.input) else { continue };
        for place in places(&input) {
            let is_it = |name: &str| place.rsplit('/').next().is_some_and(|field| field.eq_ignore_ascii_case(name));
            let held: Vec<_> = adapter.check_profile().fields.iter().filter(|(name, _)| is_it(name)).collect();
            if held.is_empty() {
                continue;
            }
            let mut changed = input.clone();
            *changed.pointer_mut(&place).context("nothing there")? = json!([[]]);
            let Ok(document) = adapter.normalize(changed.to_string().as_bytes(), &context).map(Document::into_owned) else {
                continue;
            };
            let report = lbhealth::lint(&[document], ADAPTERS);
            let is_unread = |finding: &&Finding| {
                finding.code == FindingCode::SettingUnreadable && finding.path.to_string().eq_ignore_ascii_case(&place)
            };
            for unread in report.findings.iter().filter(is_unread) {
                for (name, setting) in &held {
                    used.insert((std::ptr::from_ref(adapter.check_profile()), *name));
                    let of_it = |other: &&Finding| other.check == unread.check && other.field == Some(setting.as_str());
                    let missing = report.findings.iter().filter(of_it).find(|other| other.code.as_str().ends_with("_MISSING"));
                    ensure!(missing.is_none(), "{} with {place} of another kind: {missing:?}", fixture.folder.display());
                }
            }
        }
    }
    // Products that share a profile use it together.
    let profiles = ADAPTERS.iter().map(|adapter| adapter.check_profile());
    let named = profiles.flat_map(|profile| profile.fields.iter().map(move |(name, _)| (std::ptr::from_ref(profile), *name)));
    assert_eq!(used, named.collect());
    Ok(())
}

#[test]
fn the_probes_alone_can_be_too_slow() -> Result<()> {
    let probe = |interval: u32| {
        json!({ "id": "p-1", "properties": { "protocol": "Http", "port": 80, "requestPath": "/", "intervalInSeconds": interval,
            "probeThreshold": 2 } })
    };
    assert_eq!(findings("azure-load-balancer", &probe(30))?, []);
    assert_eq!(findings("azure-load-balancer", &probe(31))?, [(WARNING, "SLOW_DETECTION")]);
    Ok(())
}
