//! What is explained, found in and made of the documents of every fixture.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, bail, ensure};
use lbhealth::{
    ADAPTERS, BackendHealth, CheckSetting, Context, Conversion, Document, FailureReason, FindingCode, HealthCheck, Role,
    StatusCodes, TrafficReason, WarningCode,
};
use lbhealth_tests::{Fixture, assert_valid, validator};
use serde_json::{Value, json};

/// Every health check of every fixture, each with the name of its fixture and whether its document has warnings.
fn checks(mut each: impl FnMut(&str, &HealthCheck<'_>, bool) -> Result<()>) -> Result<()> {
    let mut seen = 0;
    for fixture in Fixture::all()? {
        let Ok(document) = fixture.outcome()? else { continue };
        let is_clean = document.warnings().is_empty();
        for (check, _) in document.checks() {
            each(&fixture.folder.display().to_string(), check, is_clean)?;
            seen += 1;
        }
    }
    ensure!(seen > 40, "only {seen} checks");
    Ok(())
}

/// The check that the vendor would show after the request: the body as a reply, read again.
fn read_back(conversion: &Conversion) -> Result<HealthCheck<'static>> {
    let mut body = conversion.body.as_object().context("the body is no object")?.clone();
    let mut set = |name: &str, value: Value| drop(body.insert(name.to_owned(), value));
    let (operation, reply) = match conversion.operation {
        "UpdateServerGroupAttribute" => {
            set("ServerGroupId", json!("sgp-1"));
            ("ListServerGroups", json!({ "ServerGroups": [body] }))
        }
        "CreateHealthCheckTemplate" => {
            set("HealthCheckTemplateId", json!("hct-1"));
            let labels = body.remove("Tag").unwrap_or_default();
            body.insert("Tags".to_owned(), labels);
            ("GetHealthCheckTemplateAttribute", Value::Object(body))
        }
        "CreateHealthMonitor" => ("ShowHealthMonitor", Value::Object(body)),
        other => bail!("how is a check of {other} shown?"),
    };
    let mut context = Context::default();
    context.operation = Some(operation.into());
    let text = reply.to_string();
    let document = lbhealth::adapter(&conversion.to)?.normalize(text.as_bytes(), &context)?;
    ensure!(document.warnings().is_empty(), "{text}: {:?}", document.warnings());
    let check = match document.into_owned() {
        Document::HealthChecks(report) => report.health_checks.into_iter().next(),
        Document::Inventory(inventory) => inventory.pools.into_iter().find_map(|pool| pool.check),
        _ => None,
    };
    check.context("no check came back")
}

fn same_codes(one: &StatusCodes, other: &StatusCodes) -> bool {
    one.kind == other.kind && (0..=999).all(|code| one.contains(code) == other.contains(code))
}

#[test]
fn a_check_in_any_vendors_words_is_the_same_check_or_says_what_it_lost() -> Result<()> {
    let schema = validator("conversion")?;
    checks(|name, check, _| {
        for adapter in ADAPTERS {
            let Some(conversion) = lbhealth::convert(check, &[], *adapter) else { continue };
            let name = format!("{name} to {}: {}", adapter.id(), conversion.body);
            assert_valid(&schema, &conversion, &name)?;
            let back = read_back(&conversion).context(name.clone())?;
            let lost: Vec<&str> = conversion.lost.iter().map(|lost| lost.field).collect();
            for setting in CheckSetting::ALL {
                let (before, after) = (setting.of(check), setting.of(&back));
                let is_same = match (setting, &check.expected, &back.expected) {
                    (CheckSetting::Expected, Some(before), Some(after)) => same_codes(before, after),
                    // A vendor shows what it asks for where there is no name.
                    (CheckSetting::Host, ..) if before.is_none() => back.host.is_none(),
                    _ => before == after,
                };
                let is_lost = lost.contains(&setting.as_str());
                ensure!(is_same != is_lost, "{name}: {} was {before:?} and is {after:?}", setting.as_str());
                ensure!(before.is_some() || !is_lost, "{name}: {} was never there", setting.as_str());
            }
        }
        Ok(())
    })
}

#[test]
fn a_sound_check_loses_nothing_but_ids_at_its_own_vendor() -> Result<()> {
    let mut seen = BTreeSet::new();
    for fixture in Fixture::all()? {
        let Ok(Document::HealthChecks(report)) = fixture.outcome()? else { continue };
        if !report.warnings.is_empty() {
            continue;
        }
        for check in &report.health_checks {
            // Not every adapter says how its vendor writes a check.
            let Some(conversion) = lbhealth::convert(check, &[], fixture.adapter()?) else { continue };
            let ids = ["pool_ids", "resource_group_id"];
            let others: Vec<_> = conversion.lost.iter().filter(|lost| !ids.contains(&lost.field)).collect();
            ensure!(others.is_empty(), "{}: {others:?}", fixture.folder.display());
            seen.insert(fixture.adapter.clone());
        }
    }
    let able = ADAPTERS.iter().filter(|adapter| !adapter.check_requests().is_empty()).count();
    ensure!(seen.len() == able, "only {seen:?}");
    Ok(())
}

fn check_of(fixture: &str) -> Result<HealthCheck<'static>> {
    let report = Fixture::named(fixture)?.outcome()??.into_health_checks()?.into_owned();
    report.health_checks.into_iter().next().context("no check")
}

/// The first check of the document as a request to Huawei Cloud.
fn at_huawei(document: Document<'_>) -> Result<Conversion> {
    let report = document.into_health_checks()?;
    let check = report.health_checks.first().context("no check")?;
    lbhealth::convert(check, &report.warnings, lbhealth::adapter("huawei-elb")?).context("none")
}

#[test]
fn the_vendors_example_as_the_other_vendors_request() -> Result<()> {
    let conversion =
        lbhealth::convert(&check_of("vendor-example-template")?, &[], lbhealth::adapter("huawei-elb")?).context("none")?;
    assert_eq!(
        conversion.body,
        json!({ "healthmonitor": {
            "name": "HealthCheckTemplate1", "type": "HTTP", "monitor_port": 80, "url_path": "/test/index.html", "http_method": "GET",
            "expected_codes": "200-299,300-399", "delay": 3, "max_retries": 5, "max_retries_down": 5,
        } })
    );
    let lost: Vec<(&str, &str)> = conversion.lost.iter().map(|lost| (lost.field, &*lost.value)).collect();
    let expected = [
        ("host", "BACKEND_ADDRESS"),
        ("http_version", "1.0"),
        ("labels", "env=product"),
        ("resource_group_id", "rg-atstuj3rtop****"),
        ("timeout_ms", "200000"),
    ];
    assert_eq!(lost, expected);
    let unset: Vec<(&str, bool)> = conversion.unset.iter().map(|unset| (unset.field, unset.required)).collect();
    assert_eq!(unset, [("admin_state_up", false), ("pool_id", true), ("timeout", true)]);
    Ok(())
}

#[test]
fn what_could_not_be_read_is_told_of_a_conversion() -> Result<()> {
    let conversion = at_huawei(Fixture::named("template-with-unreadable-fields")?.outcome()??)?;
    assert_valid(&validator("conversion")?, &conversion, "template-with-unreadable-fields")?;
    let unread: Vec<(String, Option<&str>)> =
        conversion.unread.iter().map(|unread| (unread.path.to_string(), unread.value.as_deref())).collect();
    let expected = [("/HealthCheckConnectPort".to_owned(), None), ("/HealthCheckCodes".to_owned(), Some("http_2xx,14"))];
    assert_eq!(unread, expected);

    // Codes that cannot be read look like a number of probes that can, and one of several that is no text leaves out all.
    let read = |adapter: &str, payload: serde_json::Value| -> Result<_> {
        let payload = payload.to_string();
        let document = lbhealth::adapter(adapter)?.normalize(payload.as_bytes(), &lbhealth::Context::default())?;
        Ok::<_, anyhow::Error>(at_huawei(document)?.unread.iter().map(|unread| unread.path.to_string()).collect::<Vec<_>>())
    };
    let monitor = json!({ "healthmonitor": { "id": "hm-1", "type": "HTTP", "expected_codes": "3", "delay": 5, "timeout": 3,
        "max_retries": 3, "max_retries_down": 3, "admin_state_up": true, "domain_name": "a.example.com", "url_path": "/" } });
    assert_eq!(read("huawei-elb", monitor)?, ["/healthmonitor/expected_codes"]);
    let template = json!({ "HealthCheckTemplateId": "hct-1", "HealthCheckProtocol": "HTTP", "HealthCheckCodes": ["http_4xx", {}] });
    assert_eq!(read("alibaba-alb", template)?, ["/HealthCheckCodes"]);

    // A word that is not known is carried as far as it goes, and is no second time unread.
    let conversion = at_huawei(Fixture::named("template-with-words-not-known")?.outcome()??)?;
    let lost: Vec<&str> = conversion.lost.iter().map(|lost| lost.field).collect();
    assert!(lost.contains(&"protocol") && lost.contains(&"method"), "{lost:?}");
    assert!(conversion.unread.iter().all(|unread| !unread.path.to_string().contains("Protocol")), "{:?}", conversion.unread);
    Ok(())
}

#[test]
fn what_a_vendor_cannot_express_is_left_out_and_never_changed() -> Result<()> {
    let alibaba = lbhealth::adapter("alibaba-alb")?;
    let mut check = check_of("monitor-for-http")?;
    let lost = |check: &HealthCheck<'_>, field: &str| {
        let conversion = lbhealth::convert(check, &[], alibaba)?;
        conversion.lost.into_iter().find(|lost| lost.field == field).map(|lost| lost.why)
    };
    check.interval_ms = Some(1_500);
    assert_eq!(
        lost(&check, "interval_ms").as_deref(),
        Some("`HealthCheckInterval` holds whole seconds; without it the vendor takes 2")
    );
    check.interval_ms = Some(51_000);
    assert_eq!(
        lost(&check, "interval_ms").as_deref(),
        Some("`HealthCheckInterval` is 1 to 50 seconds; without it the vendor takes 2")
    );
    check.healthy_threshold = Some(1);
    assert_eq!(lost(&check, "healthy_threshold").as_deref(), Some("`HealthyThreshold` is 2 to 10; without it the vendor takes 3"));
    check.expected = Some(StatusCodes::parse("200-299,404", None)?);
    assert!(lost(&check, "expected").is_some());
    check.expected = Some(StatusCodes::parse("200-250,251-399", None)?);
    assert_eq!(lost(&check, "expected"), None, "whole classes, however they are written");
    check.path = Some(format!("/{}", "a".repeat(80)).into());
    assert!(lost(&check, "path").is_some());
    check.path = Some(format!("/{}", "é".repeat(79)).into());
    assert_eq!(lost(&check, "path"), None, "80 characters, not bytes");
    check.protocol = Some("UDP".into());
    let why = "`HealthCheckProtocol` is one of HTTP, HTTPS, TCP, gRPC; without it the vendor takes HTTP";
    assert_eq!(lost(&check, "protocol").as_deref(), Some(why));
    assert_eq!(lost(&check, "path").as_deref(), Some("`HealthCheckPath` means nothing without the protocol"));
    check.protocol = Some("GRPCS".into());
    assert_eq!(lost(&check, "protocol").as_deref(), Some(why), "gRPC that is not encrypted is another probe");

    check.protocol = Some("HTTP".into());
    check.host = Some("127.0.0.1".into());
    assert_eq!(
        lost(&check, "host").as_deref(),
        Some("`HealthCheckHost` takes an address for that of each server; without it the vendor takes the server's own address"),
        "the vendor would ask for another name"
    );
    for host in ["app.example.com:8080", "$_ip", "2001:db8::1"] {
        check.host = Some(host.into());
        assert!(lost(&check, "host").is_some(), "{host}");
    }
    check.protocol = Some("GRPCS".into());
    check.host = None;

    let huawei = lbhealth::adapter("huawei-elb")?;
    let mut conversion = |codes: &str| -> Result<_> {
        check.expected = Some(StatusCodes::parse(codes, check.protocol.as_deref())?);
        lbhealth::convert(&check, &[], huawei).context("none")
    };
    let five = conversion("0,2,4-6,8,10")?;
    assert_eq!(five.body["healthmonitor"]["type"], "GRPCS");
    assert_eq!(five.body["healthmonitor"]["expected_codes"], "0,2,4-6,8,10");
    let six = conversion("0,2,4-6,8,10,12")?;
    let lost: Vec<_> = six.lost.iter().filter(|lost| lost.field == "expected").map(|lost| &*lost.why).collect();
    assert_eq!(lost, ["`expected_codes` holds at most 5 codes and ranges; without it the vendor takes 200, or 0 for GRPC"]);
    Ok(())
}

#[test]
fn lint_reports_are_valid_and_point_into_the_payload() -> Result<()> {
    let schema = validator("lint-report")?;
    let mut codes = BTreeSet::new();
    for fixture in Fixture::all()? {
        let Ok(document) = fixture.outcome()? else { continue };
        let name = fixture.folder.display().to_string();
        let report = lbhealth::lint(&[document.into_owned()], ADAPTERS);
        assert_valid(&schema, &report, &name)?;
        let payload: Value = serde_json::from_slice(&fixture.input).unwrap_or_default();
        for finding in &report.findings {
            ensure!(payload.pointer(&finding.path.to_string()).is_some(), "{name}: nothing at {}", finding.path);
            ensure!(usize::try_from(finding.check)? < report.checks.len(), "{name}: finding of no check");
            codes.insert(finding.code);
        }
    }
    // The fixtures were not made for these.
    let not_met = [
        FindingCode::AcceptsEveryAnswer,
        FindingCode::AcceptsRedirectsOnly,
        FindingCode::PlainProbeOfTlsPool,
        FindingCode::PlainProbeOnTlsPort,
        FindingCode::PortMissing,
        FindingCode::TlsProbeOfPlainPool,
        FindingCode::TlsProbeOnPlainPort,
        FindingCode::Unrecognized,
    ];
    let unmet: Vec<FindingCode> =
        FindingCode::ALL.iter().filter(|code| !codes.contains(code) && !not_met.contains(code)).copied().collect();
    ensure!(unmet.is_empty(), "no fixture has {unmet:?}");
    Ok(())
}

#[test]
fn values_out_of_range_are_found_where_they_are_warned_of() -> Result<()> {
    for fixture in Fixture::all()? {
        let Ok(document) = fixture.outcome()? else { continue };
        if matches!(document, Document::Health(_)) {
            continue;
        }
        // Of a check that is off nothing but that is found.
        let off = document.checks().map(|(check, _)| check).filter(|check| check.enabled == Some(false));
        let off: Vec<String> = off.map(|check| format!("{}/", check.evidence.path)).collect();
        let warned = document.warnings().iter().filter(|warning| warning.code == WarningCode::ValueOutOfRange);
        let warned = warned.map(|warning| warning.path.to_string());
        let warned: BTreeSet<String> = warned.filter(|path| !off.iter().any(|check| path.starts_with(check))).collect();
        let report = lbhealth::lint(&[document.into_owned()], ADAPTERS);
        let findings = report.findings.iter().filter(|finding| finding.code == FindingCode::ValueOutOfRange);
        let found: BTreeSet<String> = findings.map(|finding| finding.path.to_string()).collect();
        assert_eq!(found, warned, "{}", fixture.folder.display());
    }
    Ok(())
}

#[test]
fn every_word_of_every_vocabulary_is_explained() -> Result<()> {
    let schema = validator("explanation")?;
    for adapter in ADAPTERS {
        for row in adapter.vocabulary().rows().filter(|row| row.word != "*") {
            let explanation = lbhealth::explain(ADAPTERS, Some(adapter.id()), &format!(" {} ", row.word.to_lowercase()));
            assert_valid(&schema, &explanation, row.word)?;
            ensure!(explanation.vendor_meanings.iter().any(|one| one.meaning == row.meaning), "{} {}", adapter.id(), row.word);
            ensure!(explanation.vendor_meanings.iter().all(|one| one.adapter == adapter.id()), "{}", row.word);
            for alike in explanation.vendor_meanings.iter().flat_map(|one| &one.alike) {
                ensure!(alike.adapter != adapter.id(), "{} is alike itself", row.word);
            }
        }
    }
    for word in FailureReason::ALL.iter().map(|word| word.as_str()).chain(BackendHealth::ALL.iter().map(|word| word.as_str())) {
        let explanation = lbhealth::explain(ADAPTERS, None, word);
        assert_valid(&schema, &explanation, word)?;
        ensure!(explanation.own_meanings.iter().any(|own| own.word == word && own.first_look.is_some()), "{word}");
    }
    Ok(())
}

#[test]
fn what_to_look_at_first_is_a_sentence() {
    let reasons = FailureReason::ALL.iter().map(|reason| reason.first_look());
    let healths = BackendHealth::ALL.iter().map(|health| health.first_look());
    let traffic = TrafficReason::ALL.iter().map(|reason| reason.first_look());
    for text in reasons.chain(healths).chain(traffic) {
        assert!(text.ends_with('.') && text.len() > 10, "{text}");
    }
}

#[test]
fn a_word_of_one_vendor_is_found_at_the_other() -> Result<()> {
    let explanation = lbhealth::explain(ADAPTERS, Some("alibaba-alb"), "CONNECT_REFUSED");
    let [meaning] = explanation.vendor_meanings.as_slice() else { bail!("{:?}", explanation.vendor_meanings) };
    assert!(!meaning.documented);
    let alike: Vec<(&str, &str)> = meaning.alike.iter().map(|word| (word.adapter, word.word)).collect();
    assert!(alike.contains(&("huawei-elb", "CONNECT_REFUSED")), "{alike:?}");
    let unhealthy = lbhealth::explain(ADAPTERS, Some("alibaba-alb"), "Unhealthy");
    let alike = unhealthy.vendor_meanings.iter().flat_map(|meaning| &meaning.alike);
    assert!(alike.into_iter().any(|word| (word.adapter, word.word, word.same) == ("huawei-elb", "OFFLINE", "UNHEALTHY")));
    Ok(())
}

#[test]
fn a_word_in_a_field_is_explained_there_and_as_a_second_field() {
    let weight = lbhealth::explain(ADAPTERS, Some("huawei-elb"), "weight=0");
    assert!(weight.vendor_meanings.iter().any(|meaning| meaning.role == Role::Traffic));
    let pair = weight.vendor_meanings.iter().find(|meaning| meaning.word == "OFFLINE");
    assert_eq!(pair.and_then(|meaning| meaning.health), Some(BackendHealth::Inactive));
    assert!(!lbhealth::explain(ADAPTERS, Some("huawei-elb"), "role=0").is_known());
    // What says something of servers only tells that it does.
    let admin = lbhealth::explain(ADAPTERS, Some("huawei-elb"), "admin_state_up=false").vendor_meanings;
    assert!(
        admin.len() > 1 && admin.iter().all(|meaning| meaning.meaning.contains("not said of members of type `ip`")),
        "{admin:?}"
    );
}

#[test]
fn a_text_for_people_is_explained_by_the_pattern_that_it_fits() {
    let words = |adapter, text: &str| {
        let explanation = lbhealth::explain(ADAPTERS, Some(adapter), text);
        let mut words: Vec<String> = explanation
            .vendor_meanings
            .iter()
            .map(|meaning| format!("{} {}", meaning.word, meaning.and_word.unwrap_or_default()).trim().to_owned())
            .collect();
        words.dedup();
        words
    };
    let stopped = "Instance is in stopped state.";
    assert_eq!(words("aws-elb-classic", stopped), ["OutOfService *in stopped state*"]);
    assert_eq!(words("aws-elb-classic", &format!("Description={stopped}")), ["OutOfService *in stopped state*"]);
    assert!(words("aws-elb-classic", &format!("State={stopped}")).is_empty());
    let codes = "Health checks failed with these codes: [503]";
    assert_eq!(words("aws-elbv2", codes), ["Target.FailedHealthChecks *with these codes: [*"]);
    let log = "Cannot connect to backend server. Check whether any NSG/UDR/Firewall is blocking access to the server.";
    for text in [log, &format!("healthProbeLog={log}")] {
        assert_eq!(words("azure-application-gateway", text), ["cannot connect to backend server*"]);
    }
    // A row about the word itself tells; a pair in which it contradicts the status does not. Any word is none.
    assert!(!words("azure-load-balancer", "Down_Admin").iter().any(|word| word.ends_with('*')));
    assert!(words("huawei-elb", "role=observer").is_empty());
}

#[test]
fn a_word_that_is_not_known_says_so_and_names_near_ones() {
    let explanation = lbhealth::explain(ADAPTERS, Some("huawei-elb"), "OFLINE");
    assert!(!explanation.is_known());
    assert_eq!(explanation.near.first().map(String::as_str), Some("OFFLINE"));
    for word in ["", "   ", "=", "ﬀ", &"x".repeat(1_000_000)] {
        let explanation = lbhealth::explain(ADAPTERS, None, word);
        assert!(!explanation.is_known() && explanation.near.len() <= 5, "{word}");
    }
}

#[test]
fn every_record_is_explained_by_rows_that_give_its_answers() -> Result<()> {
    let schema = validator("report-explanation")?;
    let mut seen = 0;
    for fixture in Fixture::all()? {
        let Ok(Document::Health(report)) = fixture.outcome()? else { continue };
        for record in &report.records {
            let name = format!("{} {}", fixture.folder.display(), record.record_key);
            let explanation = lbhealth::explain_backend(&report, ADAPTERS, &record.record_key);
            assert_valid(&schema, &explanation, &name)?;
            let own = explanation.records.iter().find(|one| one.record_key == record.record_key).context(name.clone())?;
            ensure!(own.warnings.iter().map(|warning| warning.code).eq(record.warnings.iter().copied()), "{name}");
            if record.evidence.status.is_none() || record.warnings.contains(&WarningCode::UnrecognizedStatus) {
                continue;
            }
            let rows = || own.rows.iter().map(|row| &row.meaning);
            let words = || rows().filter(|row| matches!(row.role, Role::Status | Role::Registration));
            let word = record.evidence.status.as_deref().unwrap_or_default();
            let is_registration = own.source.operation != report.operation;
            let vocabulary = fixture.adapter()?.vocabulary();
            let is_word = !is_registration || vocabulary.registrations.iter().any(|row| row.word.eq_ignore_ascii_case(word));
            ensure!((words().count() > 0) == is_word, "{name}: rows for the status");
            for row in words().filter(|row| row.role == Role::Status) {
                // An outer status beside an entry that could not be read proves nothing.
                let is_kept_from = own.why.iter().any(|why| why.contains("keep from being concluded"));
                ensure!((row.health == Some(record.health)) != is_kept_from, "{name}: {row:?}");
                ensure!(!is_kept_from || record.health == BackendHealth::Unknown, "{name}: {row:?}");
            }
            let has_reason_row = rows().any(|row| row.role == Role::Reason);
            let is_known = record.evidence.reason.is_some() && !record.warnings.contains(&WarningCode::UnrecognizedReason);
            ensure!(has_reason_row == is_known, "{name}: reason rows");
            let is_weight = record.traffic_reason == Some(TrafficReason::ZeroWeight) && own.source.operation.contains("Member");
            ensure!(!is_weight || rows().any(|row| row.traffic_reason == record.traffic_reason), "{name}: no row for the weight");
            // A reply that has nothing above its backends was completed with what says so.
            let tells_parents = vocabulary.parents.iter().any(|row| row.operations.contains(&&*own.source.operation));
            if tells_parents && record.traffic_reason == Some(TrafficReason::ParentNotInService) {
                ensure!(rows().any(|row| row.role == Role::Parent), "{name}: no row for what is above");
            }
            seen += 1;
        }
    }
    ensure!(seen > 200, "only {seen} records");
    Ok(())
}

#[test]
fn what_comes_first_for_a_backend_is_what_explains_it_best() -> Result<()> {
    let look_at = |adapter: &str, reply: &str| -> Result<(&'static str, Vec<String>)> {
        let report = lbhealth::adapter(adapter)?.normalize(reply.as_bytes(), &Context::default())?.into_health()?;
        let last = report.records.last().context("a record")?;
        let explanation = lbhealth::explain_backend(&report, ADAPTERS, &last.record_key);
        let [record] = explanation.records.as_slice() else { bail!("{explanation:?}") };
        let rows = record.rows.iter().filter(|row| row.meaning.role == Role::Traffic);
        Ok((record.first_look, rows.map(|row| format!("{} = {}", row.meaning.field, row.meaning.word)).collect()))
    };
    // A server that is gone explains whatever its member shows, and no field says that the server of another is.
    for (status, weight) in [("ONLINE", 1), ("ONLINE", 0), ("NO_MONITOR", 1), ("OFFLINE", 1)] {
        let reply = format!(
            r#"{{"member":{{"id":"m","address":"10.0.0.1","member_type":"instance","operating_status":"{status}","weight":{weight},
            "admin_state_up":false}}}}"#
        );
        assert_eq!(look_at("huawei-elb", &reply)?.0, FailureReason::BackendMissing.first_look(), "{reply}");
    }
    // A status that is at none of the listeners that are named is at one that is not.
    let (first, _) = look_at("huawei-elb", &outer_mismatch(&["l1"]))?;
    assert!(first.contains("OUTER_STATUS_UNPLACED") && !first.contains("Nothing to do"), "{first}");
    // The standby of a master that fails.
    let member = |id: &str, role: &str, status: &str| {
        format!(
            r#"{{"id":"{id}","role":"{role}","operating_status":"{status}","admin_state_up":true,"member_type":"instance","weight":1}}"#
        )
    };
    let members = [member("a", "master", "OFFLINE"), member("b", "slave", "ONLINE")].join(",");
    let (first, rows) = look_at("huawei-elb", &format!(r#"{{"pool":{{"id":"p","members":[{members}]}}}}"#))?;
    assert!(first.contains("active backend") && first != BackendHealth::Healthy.first_look(), "{first}");
    assert_eq!(rows, Vec::<String>::new(), "no row says so");
    // A backup that may have taken over is no longer one that only waits; in a pool that is being deleted nobody knows either.
    let member = |backup: bool, status: &str| {
        format!(r#"{{"id":"m","protocol_port":80,"backup":{backup},"weight":1,"operating_status":"{status}"}}"#)
    };
    let (first, rows) =
        look_at("openstack-octavia", &format!(r#"{{"members":[{},{}]}}"#, member(false, "ERROR"), member(true, "ONLINE")))?;
    assert!(first.contains("active backend") && first != TrafficReason::StandbyRole.first_look(), "{first}");
    assert_eq!(rows, ["backup = true"]);
    // What is above the backend comes before what its probe says.
    let tree = r#"{"statuses":{"loadbalancer":{"id":"lb","operating_status":"FROZEN","listeners":[],"pools":[{"id":"p",
        "operating_status":"ONLINE","members":[{"id":"m","operating_status":"OFFLINE"}]}]}}}"#;
    assert_eq!(look_at("huawei-elb", tree)?.0, TrafficReason::ParentNotInService.first_look());
    Ok(())
}

/// A member that fails where nobody knows, and is well at these listeners.
fn outer_mismatch(listeners: &[&str]) -> String {
    let entries = listeners.iter().map(|id| json!({ "listener_id": id, "operating_status": "ONLINE" })).collect::<Vec<_>>();
    let reason = json!({ "reason_code": "RESPONSE_MISMATCH", "expected_response": "200,202", "healthcheck_response": "503" });
    let member = json!({ "id": "m", "weight": 10, "operating_status": "OFFLINE", "reason": reason, "status": entries });
    json!({ "member": member }).to_string()
}

#[test]
fn a_warning_of_an_outer_status_is_told_at_every_record_that_it_concerns() -> Result<()> {
    for listeners in [&["l1"][..], &["l1", "l2"]] {
        let reply = outer_mismatch(listeners);
        let report = lbhealth::adapter("huawei-elb")?.normalize(reply.as_bytes(), &Context::default())?.into_health()?;
        let [warning] = report.warnings.as_slice() else { bail!("{:?}", report.warnings) };
        assert_eq!(warning.record_key.is_some(), listeners.len() == 1, "{warning:?}");
        let explanation = lbhealth::explain_backend(&report, ADAPTERS, "m");
        assert_eq!(explanation.records.len(), listeners.len());
        for told in explanation.records.iter().flat_map(|record| &record.warnings) {
            assert_eq!(told.path.as_ref(), Some(&warning.path));
            let message = told.message.as_deref().unwrap_or_default();
            assert!(message.contains("`OFFLINE RESPONSE_MISMATCH` (expected 200,202, met 503)"), "{message}");
        }
    }
    Ok(())
}
