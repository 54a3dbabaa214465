//! Transcripts of `explain` and `convert`.

use serde_json::{Value, json};

use crate::run::{Result, Run, health, lbhealth, monitors, template};

#[test]
fn a_vendors_word() -> Result {
    let Run { status, out, err } = lbhealth(&["explain", "alibaba-alb", "unused"], b"")?;
    assert_eq!((status, &*err), (0, ""));
    let text = "alibaba-alb  STATUS  Status = Unused
    means       The server's weight is 0, or cross-zone balancing is off and the server is in a zone where the load balancer is not. Which of the two the word does not say.
    read as     health INACTIVE (EXACT), traffic EXCLUDED
    reason      NOT_IN_USE (AMBIGUOUS, phase CONFIGURATION)
    look first  Look at the backend's weight, then whether its zone is one that the load balancer serves.
    replies of  GetListenerHealthStatus
    source      https://github.com/aliyun/alibabacloud-python-sdk
";
    assert!(out.starts_with(text), "{out}");
    assert!(out.contains("huawei-elb operating_status = OFFLINE with weight = 0 (INACTIVE)"), "{out}");
    Ok(())
}

#[test]
fn a_word_that_is_not_in_the_reference_says_so() -> Result {
    let Run { status, out, .. } = lbhealth(&["explain", "alibaba-alb", "CONNECT_REFUSED"], b"")?;
    assert_eq!(status, 0);
    let told = " (the word is not in the vendor's reference)\n";
    assert!(out.contains(&format!("    source      https://github.com/aliyun/alibabacloud-aiops-skills{told}")), "{out}");
    assert!(out.contains("    look first  Look whether the service runs and listens on the probed port"), "{out}");
    Ok(())
}

#[test]
fn a_word_that_no_page_has_says_so() -> Result {
    let Run { status, out, .. } = lbhealth(&["explain", "alibaba-alb", "Status=Normal"], b"")?;
    assert_eq!(status, 0);
    assert!(out.contains("    source      no public page (the word is not in the vendor's reference)\n"), "{out}");
    Ok(())
}

#[test]
fn our_own_word_and_the_vendors_that_say_it() -> Result {
    let Run { status, out, err } = lbhealth(&["explain", "ZERO_WEIGHT"], b"")?;
    assert_eq!((status, &*err), (0, ""));
    assert!(out.starts_with("lbhealth  TrafficReason  ZERO_WEIGHT\n    means       The backend's weight is 0.\n"), "{out}");
    assert!(out.contains("\nlbhealth  FailureReason  ZERO_WEIGHT\n"), "{out}");
    assert!(out.contains("huawei-elb operating_status = OFFLINE with weight = 0 (ZERO_WEIGHT)"), "{out}");
    let Run { out, .. } = lbhealth(&["explain", "TIMEOUT_NOT_BELOW_INTERVAL"], b"")?;
    assert!(out.starts_with("lbhealth  FindingCode  TIMEOUT_NOT_BELOW_INTERVAL\n"), "{out}");
    Ok(())
}

#[test]
fn of_many_rows_of_a_word_the_first_tells_who_says_the_same() -> Result {
    let Run { status, out, .. } = lbhealth(&["explain", "huawei-elb", "OFFLINE"], b"")?;
    assert_eq!((status, out.matches("aws-elbv2 State = unhealthy (UNHEALTHY)").count()), (0, 1), "{out}");
    assert!(out.ends_with("    alike       those above that say UNHEALTHY\n"), "{out}");
    Ok(())
}

#[test]
fn a_word_that_is_not_known() -> Result {
    let Run { status, out, err } = lbhealth(&["explain", "huawei-elb", "OFLINE"], b"")?;
    assert_eq!((status, &*out), (1, ""));
    assert_eq!(err, "lbhealth: no word of huawei-elb is `OFLINE`; spelled alike: `OFFLINE`, `ONLINE`\n");
    let Run { status, out, err } = lbhealth(&["explain", "--format", "json", "qwertyuiop"], b"")?;
    assert_eq!((status, &*err), (1, "lbhealth: no word is `qwertyuiop`\n"));
    let document: Value = serde_json::from_str(&out)?;
    assert_eq!(document["schema_id"], "urn:lbhealth:v1:explanation");
    assert_eq!((&document["vendor_meanings"], &document["own_meanings"]), (&json!([]), &json!([])));
    Ok(())
}

#[test]
fn the_records_of_a_backend() -> Result {
    let Run { status, out, err } = lbhealth(&["explain", "--report", &health(), "--backend", "i-uf62h8v******"], b"")?;
    assert_eq!((status, &*err), (0, ""));
    let text = "alibaba-alb|LISTENER|lsn-o4u54y73wq7b******|sgp-8ilqs4axp6******|i-uf62h8v******|90
    why         the status at `/ListenerHealthStatus/0/ServerGroupInfos/0/NonNormalServers/0` is `Initial`, so the health is INITIALIZING, EXACT
    why         the reason beside it is `RESPONSE_MISMATCH`, so the cause is RESPONSE_MISMATCH, EXACT, of the phase RESPONSE
    why         the check expects HTTP_2xx and met 302
    why         new traffic is MIRRORED, because of MIRROR: The pool gets copies of the requests.
    look first  Send the probe's request yourself, with its method and name: a redirect, a login or a missing page gives another status code, and so does a gRPC service that does not know the call or is not serving.
    reply of    GetListenerHealthStatus, request CEF72CEB-54B6-4AE8-B225-F876F******
    row         STATUS Status = Initial: A check is configured and has not given a result yet.
    row         REASON Reason/ReasonCode = RESPONSE_MISMATCH: The status code of the answer is not among the expected ones.
    assumed     TRAFFIC 2/ActionType = TrafficMirror: The pool gets copies of requests and is not serving capacity.
    warning     REASON_CONTRADICTS_STATUS: The reason of a failed probe stands beside a status that is not a failure, or any reason beside a healthy one. Both are kept.
                the reason `RESPONSE_MISMATCH` stands beside a status that is read as INITIALIZING; the status decides and both are kept

alibaba-alb|RULE|";
    assert!(out.starts_with(text), "{out}");
    Ok(())
}

#[test]
fn a_document_on_standard_input_is_explained_as_the_reply_is() -> Result {
    let Run { out: document, .. } = lbhealth(&["normalize", &health()], b"")?;
    let ask = ["explain", "--format", "json", "--backend", "i-uf62h8v******", "--report"];
    let named = lbhealth(&[&ask[..], &[&health()]].concat(), b"")?;
    assert_eq!(lbhealth(&[&ask[..], &["-"]].concat(), document)?.out, named.out);
    let explanation: Value = serde_json::from_str(&named.out)?;
    assert_eq!(explanation["schema_id"], "urn:lbhealth:v1:report-explanation");
    assert_eq!(explanation["records"].as_array().map(Vec::len), Some(2));
    Ok(())
}

#[test]
fn a_backend_of_an_adapter_that_is_not_known_here() -> Result {
    let Run { out: document, .. } = lbhealth(&["normalize", &health()], b"")?;
    let document = document.replace("alibaba-alb", "acme-lb");
    let Run { status, out, .. } = lbhealth(&["explain", "--report", "-", "--backend", "i-uf62h8v******"], document)?;
    assert_eq!(status, 0);
    assert!(out.contains("is of an adapter that is not known here; the report says INITIALIZING, EXACT"), "{out}");
    Ok(())
}

#[test]
fn a_backend_that_is_not_in_the_report() -> Result {
    let Run { status, out, err } = lbhealth(&["explain", "--report", &health(), "--backend", "i-9"], b"")?;
    assert_eq!((status, &*out), (1, ""));
    let text = "no record is of a backend `i-9`; there are i-uf62h8v******; the vendor lists only backends that are not plainly normal, \
                `lbhealth normalize --with` adds the others\n";
    assert_eq!(err, format!("lbhealth: {}: {text}", health()));
    let nameless = br#"{"TargetHealthDescriptions":[{"Target":{"Port":80},"TargetHealth":{"State":"healthy"}}]}"#;
    let Run { err, .. } = lbhealth(&["explain", "--report", "-", "--backend", "i-9"], nameless)?;
    assert_eq!(
        err,
        "lbhealth: standard input: no record is of a backend `i-9`; those that there are have neither id nor address\n"
    );
    let Run { status, err, .. } = lbhealth(&["explain", "--report", &template(), "--backend", "i-9"], b"")?;
    assert_eq!(status, 1);
    assert!(err.contains("which is about the configuration of health checks"), "{err}");
    Ok(())
}

#[test]
fn a_check_as_another_vendors_request() -> Result {
    let Run { status, out, err } = lbhealth(&["convert", "--to", "huawei-elb", &template()], b"")?;
    assert_eq!(status, 0);
    let body: Value = serde_json::from_str(&out)?;
    assert_eq!(body["healthmonitor"]["delay"], 3);
    let start = format!("lbhealth: {}: hct-x4jazoyi6tvsq9****: ", template());
    let told: Vec<&str> = err.lines().filter_map(|line| line.strip_prefix(&*start)).collect();
    let expected = [
        "`host` = `BACKEND_ADDRESS` is lost: `domain_name` has no word for it; without it the vendor takes the load balancer's address",
        "`http_version` = `1.0` is lost: `CreateHealthMonitor` has no field for it",
        "`labels` = `env=product` is lost: `CreateHealthMonitor` has no field for it",
        "`resource_group_id` = `rg-atstuj3rtop****` is lost: `CreateHealthMonitor` has no field for it",
        "`timeout_ms` = `200000` is lost: `timeout` is 1 to 50 seconds",
        "`admin_state_up` is not told: the vendor takes true",
        "`pool_id` has to be set: the request fails without it",
        "`timeout` has to be set: the request fails without it",
    ];
    assert_eq!(told, expected);
    Ok(())
}

#[test]
fn a_conversion_as_a_document() -> Result {
    let Run { status, out, err } = lbhealth(&["convert", "--to", "alibaba-alb", "--format", "json", &template()], b"")?;
    assert_eq!((status, &*err), (0, ""));
    let document: Value = serde_json::from_str(&out)?;
    assert_eq!((&document["schema_id"], &document["to"]), (&json!("urn:lbhealth:v1:conversion"), &json!("alibaba-alb")));
    assert_eq!(document["operation"], "CreateHealthCheckTemplate");
    assert_eq!(document["body"]["HealthCheckCodes"], json!(["http_2xx", "http_3xx"]));
    assert_eq!(document["lost"].as_array().map(Vec::len), Some(1), "{}", document["lost"]);
    Ok(())
}

#[test]
fn one_check_of_many_can_be_named() -> Result {
    let all = lbhealth(&["convert", "--to", "alibaba-alb", &monitors()], b"")?;
    let bodies = serde_json::Deserializer::from_str(&all.out).into_iter::<Value>().count();
    assert_eq!((all.status, bodies), (0, 5));
    let grpc = "5a7d0c93-e6b1-4826-9f4d-c3b2a1e08d75";
    let Run { status, out, .. } = lbhealth(&["convert", "--to", "alibaba-alb", "--check", grpc, &monitors()], b"")?;
    let body: Value = serde_json::from_str(&out)?;
    assert_eq!((status, &body["HealthCheckConfig"]["HealthCheckProtocol"]), (0, &json!("gRPC")));
    let Run { status, err, .. } = lbhealth(&["convert", "--to", "alibaba-alb", "--check", "hm-9", &monitors()], b"")?;
    let ids = format!("e2a95f70-4b8c-4d13-9f6e-57c0d1b3a842, 61c8d40b-7f3e-4a95-b2d8-0e9f4c6a1b73, {grpc} and 2 more");
    assert_eq!((status, err), (1, format!("lbhealth: {}: no check has the id `hm-9`; there are {ids}\n", monitors())));
    let nameless = br#"{"healthmonitor":{"type":"TCP","delay":5,"timeout":3,"max_retries":2,"max_retries_down":3}}"#;
    let one = ["convert", "--adapter", "huawei-elb", "--to", "huawei-elb", "--check", "hm-9"];
    let Run { status, err, .. } = lbhealth(&one, nameless)?;
    assert_eq!((status, &*err), (1, "lbhealth: standard input: no check has the id `hm-9`; none has one\n"));
    Ok(())
}

#[test]
fn strict_takes_a_lost_setting_for_an_error() -> Result {
    let Run { status, out, err } = lbhealth(&["convert", "--to", "huawei-elb", "--strict", &template()], b"")?;
    assert_eq!((status, &*out), (1, ""));
    assert!(err.contains("is lost"), "{err}");
    // The pool is named in another account's ids, and the check judges the same without it.
    let monitor = br#"{"healthmonitor":{"id":"hm-1","type":"TCP","delay":5,"timeout":3,"max_retries":2,"max_retries_down":3,
        "admin_state_up":true,"pools":[{"id":"p-1"}]}}"#;
    let Run { status, out, err } = lbhealth(&["convert", "--adapter", "huawei-elb", "--to", "huawei-elb", "--strict"], monitor)?;
    assert_eq!(status, 0, "{err}");
    assert!(out.contains("\"delay\": 5") && err.contains("`pool_ids` = `p-1` is lost"), "{out}{err}");
    Ok(())
}

#[test]
fn what_is_no_check_is_an_error() -> Result {
    let Run { status, out, err } = lbhealth(&["convert", "--to", "huawei-elb", &health()], b"")?;
    assert_eq!((status, &*out), (1, ""));
    assert!(err.contains("this is about the health of backends"), "{err}");
    let empty = br#"{"HealthCheckTemplates":[],"RequestId":"r-1"}"#;
    let Run { status, err, .. } = lbhealth(&["convert", "--to", "huawei-elb"], empty)?;
    assert_eq!((status, &*err), (1, "lbhealth: standard input: no health check is configured in it\n"));
    let text = format!("{{\"schema_id\":\"urn:lbhealth:v9:inventory\",\"x\":{}1{}}}", "[".repeat(50), "]".repeat(50));
    let Run { status, err, .. } = lbhealth(&["convert", "--to", "huawei-elb"], text.as_bytes())?;
    assert_eq!(status, 1);
    assert!(err.contains("`urn:lbhealth:v9:inventory`, a document of lbhealth; this version does not read those"), "{err}");
    Ok(())
}

#[test]
fn what_a_payload_says_does_not_reach_the_terminal_as_it_is() -> Result {
    let evil = br#"{"member":{"id":"m-1","ip_version":"v4","operating_status":"\u001b[2J\nOK","protocol_port":80,"weight":1}}"#;
    let Run { status, out, .. } = lbhealth(&["explain", "--report", "-", "--backend", "m-1"], evil)?;
    assert_eq!(status, 0);
    assert!(!out.contains('\u{1b}') && out.contains("\\u{1b}[2J\\nOK"), "{out}");
    let Run { err, .. } = lbhealth(&["explain", "\u{1b}[2J"], b"")?;
    assert_eq!(err, "lbhealth: no word is `\\u{1b}[2J`\n");
    Ok(())
}

#[test]
fn wrong_usage_has_its_own_status() -> Result {
    for arguments in [
        &["explain"][..],
        &["explain", "alibaba-alb"],
        &["explain", "acme-lb", "Unused"],
        &["explain", "alibaba-alb", "Unused", "Initial"],
        &["explain", "--report", "-"],
        &["explain", "--backend", "i-1"],
        &["explain", "Unused", "--report", "-", "--backend", "i-1"],
        &["lint", "--severity", "fatal"],
        &["lint", "--adapter", "acme-lb"],
        &["convert"],
        &["convert", "--to", "acme-lb"],
    ] {
        let Run { status, out, err } = lbhealth(arguments, b"{}")?;
        assert_eq!((status, &*out), (2, ""), "{arguments:?}");
        assert!(!err.is_empty(), "{arguments:?}");
    }
    let Run { err, .. } = lbhealth(&["explain", "alibaba-alb"], b"")?;
    assert_eq!(err, "lbhealth: `alibaba-alb` is an adapter; write a word after it, such as a status or a reason\n");
    Ok(())
}
