//! Input that is not a reply: every message says what was read, where, and what to do.

#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use anyhow::Result;
use lbhealth::{ADAPTERS, Context, Error, ErrorKind};
use lbhealth_tests::Fixture;

const MEMBER: &str = r#"{"member":{"id":"m-1","subnet_cidr_id":"s-1","operating_status":"ONLINE"},"request_id":"r-1"}"#;

/// The error without a named adapter.
fn detected(payload: &[u8]) -> Error {
    lbhealth::normalize(payload, &Context::default()).map(|document| panic!("{document:?}")).unwrap_err()
}

/// The error of this adapter.
fn named(id: &str, payload: &[u8]) -> Error {
    let adapter = lbhealth::adapter(id).unwrap();
    adapter.normalize(payload, &Context::default()).map(|document| panic!("{document:?}")).unwrap_err()
}

fn text(payload: &[u8]) -> String {
    detected(payload).to_string()
}

#[test]
fn text_that_is_not_json() {
    assert_eq!(text(b""), "the payload is not JSON: EOF while parsing a value; the text is empty or cut off (line 1, column 0)");
    assert_eq!(
        text(b" \n\n"),
        "the payload is not JSON: EOF while parsing a value; the text is empty or cut off (line 3, column 0)"
    );
    assert_eq!(
        text(b"\nAn error occurred (ExpiredToken) when calling the operation\nsecond line"),
        "the payload is not JSON: expected value; the text begins with `An error occurred (ExpiredToken) when calling the operation / \
         second line` (line 2, column 1)"
    );
    assert!(text("é".repeat(300).as_bytes()).contains(&format!("begins with `{}…`", "é".repeat(240))));
    // What failed stands behind the first line.
    for (payload, beginning) in [
        (
            "ERROR: SDK.ServerError\nErrorCode: Throttling.User\nRecommend: \nRequestId: r-1\nMessage: slow down",
            "ERROR: SDK.ServerError / ErrorCode: Throttling.User / Recommend:",
        ),
        (
            "ERROR: (gcloud.compute.backend-services.get-health) Could not fetch resource:\r\n\r\n - The resource 'b-1' was not found\r\n",
            "ERROR: (gcloud.compute.backend-services.get-health) Could not fetch resource: / - The resource 'b-1' was not found",
        ),
        // What is a number, a text or the beginning of an array, and then something else.
        ("2026-03-01 09:30:00,123 INFO reply: {}", "2026-03-01 09:30:00,123 INFO reply: {}"),
        ("\"id\",\"name\"\n\"m-1\",\"web\"\n", "\"id\",\"name\" / \"m-1\",\"web\""),
        ("[ERROR]no such pool: p-1", "[ERROR]no such pool: p-1"),
    ] {
        assert!(
            text(payload.as_bytes()).contains(&format!("; the text begins with `{beginning}` (line")),
            "{}",
            text(payload.as_bytes())
        );
    }
    assert_eq!(
        text(b"{'ListenerHealthStatus': [], 'RequestId': 'r-1'}"),
        "the payload is not JSON: key must be a string; this looks like Python's print of a dictionary; write it with `json.dumps` \
         (line 1, column 2)"
    );
    assert!(text(b"[{'State': 'healthy'}]").contains("write it with `json.dumps`"));
    assert!(text(b"---\nState: healthy").contains("YAML or a table; ask for JSON"));
    assert!(text(b"+------+\n| id   |").contains("YAML or a table; ask for JSON"));
    assert!(text(b"\x1B[1;39m{}").contains("ask for it without colours"));
    assert_eq!(
        text(b"<html><body>502</body></html>"),
        "the payload is not JSON: expected value; this looks like HTML or XML, as a proxy or gateway answers (line 1, column 1)"
    );
    let cut = &MEMBER.as_bytes()[..40];
    assert_eq!(text(cut), "the payload is not JSON: EOF while parsing a string; the text is empty or cut off (line 1, column 40)");
    let two = format!("{MEMBER}\n{MEMBER}");
    assert_eq!(text(two.as_bytes()), "the payload is not JSON: trailing characters; pass one reply at a time (line 2, column 1)");
    assert_eq!(text(b"{\"member\": {\"id\": \"\xC3\x28\"}}"), "the payload is not JSON: the text is not UTF-8 (line 1, column 20)");
}

#[test]
fn a_cut_reply_is_an_error_at_every_byte() {
    for end in 0..MEMBER.len() {
        let error = detected(&MEMBER.as_bytes()[..end]);
        assert!(matches!(error.kind(), ErrorKind::NotJson { .. }), "cut at {end}: {error}");
    }
}

#[test]
fn json_of_another_shape() {
    assert_eq!(text(b"null"), "expected the reply of one call, an object, found null");
    assert_eq!(
        text(b"17"),
        "expected the reply of one call, an object, found a number; pass the whole reply, not values chosen from it"
    );
    assert_eq!(
        text(br#""ONLINE""#),
        "expected the reply of one call, an object, found text; pass the whole reply, not values chosen from it; JSON \
         within a text is taken out by `jq fromjson`"
    );
    let array = format!("[{MEMBER},{MEMBER}]");
    assert_eq!(
        text(array.as_bytes()),
        "expected the reply of one call, an object, found an array; pass its elements one at a time"
    );
    assert_eq!(text(b"{}"), "expected the reply of one call, found an empty object");
    let ids: Vec<String> = ADAPTERS.iter().map(|adapter| format!("`{}`", adapter.id())).collect();
    let (last, others) = ids.split_last().unwrap();
    assert_eq!(
        text(br#"{"kind":"Pod","metadata":{}}"#),
        format!(
            "no operation that is read replies with the fields `kind`, `metadata`; pass the whole reply of an operation of {} or {last}",
            others.join(", ")
        )
    );
}

#[test]
fn a_member_that_is_none() {
    for (payload, found) in
        [(r#"{"member":null}"#, "nothing"), (r#"{"member":[]}"#, "something else"), (r#"{"member":"x"}"#, "something else")]
    {
        let error = named("huawei-elb", payload.as_bytes());
        assert_eq!(error.to_string(), format!("huawei-elb: expected the member, an object, at `/member`, found {found}"));
        assert_eq!(error.path().unwrap().to_string(), "/member");
    }
}

#[test]
fn nesting_of_any_depth() -> Result<()> {
    for depth in [200, 100_000] {
        let deep = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(matches!(detected(deep.as_bytes()).kind(), ErrorKind::UnexpectedShape { .. }));
        // In a field that is read, in one that is not, and in one that is not known.
        for field in ["operating_status", "project_id", "something_new", "status"] {
            let payload = format!(r#"{{"member":{{"id":"m-1","subnet_cidr_id":"s-1","{field}":{deep}}},"request_id":"r-1"}}"#);
            let report = lbhealth::normalize(payload.as_bytes(), &Context::default())?.into_health()?;
            assert_eq!(report.records.len(), 1);
            assert_eq!(report.records[0].health, lbhealth::BackendHealth::Unknown);
        }
    }
    Ok(())
}

#[test]
fn a_byte_order_mark_is_passed_over() -> Result<()> {
    let payload = format!("\u{FEFF}{MEMBER}");
    assert_eq!(lbhealth::normalize(payload.as_bytes(), &Context::default())?.into_health()?.records.len(), 1);
    Ok(())
}

#[test]
fn utf_16_is_named() {
    let utf_16: Vec<u8> = std::iter::once(0xFEFF).chain(MEMBER.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(
        text(&utf_16),
        "the payload is not JSON: the text is UTF-16, as a redirect in PowerShell writes it; save it as UTF-8 (line 1, column 1)"
    );
}

#[test]
fn a_reply_given_to_the_wrong_adapter() {
    let error = named("alibaba-alb", MEMBER.as_bytes());
    assert!(
        error
            .to_string()
            .starts_with("alibaba-alb: no operation that is read replies with the fields `member`, `request_id`; pass the whole"),
        "{error}"
    );
    assert_eq!(error.adapter(), Some("alibaba-alb"));
}

#[test]
fn a_reply_of_a_relative_is_never_read_as_ones_own() {
    let theirs = [
        r#"{"member":{"id":"m-1","operating_status":"OFFLINE","backup":false,"subnet_id":null}}"#,
        r#"{"members":[],"members_links":[]}"#,
        r#"{"statuses":{"loadbalancer":{"listeners":[{"pools":[{"members":[{"name":"","operating_status":"OFFLINE"}]}]}]}}}"#,
        r#"{"pool":{"id":"p-1","operating_status":"OFFLINE"}}"#,
        r#"{"healthmonitors":[],"healthmonitors_links":[]}"#,
    ];
    let ours = [
        MEMBER,
        r#"{"member":{"id":"m-1","operating_status":"OFFLINE","tenant_id":"t-1"}}"#,
        r#"{"members":[{"id":"m-1","operating_status":"OFFLINE","reason":null}]}"#,
        r#"{"statuses":{"loadbalancer":{"listeners":[]}},"request_id":"r-1"}"#,
        r#"{"pool":{"id":"p-1"},"request_id":"r-1"}"#,
        r#"{"healthmonitors":[],"request_id":"r-1"}"#,
    ];
    for (id, payloads) in [("huawei-elb", &theirs[..]), ("openstack-octavia", &ours[..])] {
        for payload in payloads {
            let error = named(id, payload.as_bytes());
            let text = error.to_string();
            assert!(text.contains("which looks alike and means something else; pass the whole reply"), "{text}");
        }
    }
}

#[test]
fn a_reply_that_could_be_another_products() {
    let error = detected(br#"{"member":{"id":"m-1","operating_status":"OFFLINE","weight":1}}"#);
    assert_eq!(
        error.to_string(),
        "the payload can be from `huawei-elb` or `openstack-octavia` and would mean different things; name the adapter"
    );
    // Nobody else of the family is known here, and there are others all the same.
    let only = [lbhealth::adapter("huawei-elb").unwrap()];
    let error = lbhealth::detect(&only, br#"{"member":{"id":"m-1","operating_status":"OFFLINE","weight":1}}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the payload can be from `huawei-elb` or another product with its API and would mean different things; name the adapter"
    );
    let error = detected(br#"{"ListenerHealthStatus":[],"RequestId":"r-1"}"#);
    assert_eq!(
        error.to_string(),
        "the payload can be from `alibaba-alb`, `alibaba-gwlb` or `alibaba-nlb` and would mean different things; name the adapter"
    );
    // A key that only other products have.
    let error = named("alibaba-alb", br#"{"ListenerHealthStatus":[{"ServerGroupInfos":[{"HeathCheckEnabled":true}]}]}"#);
    assert_eq!(
        error.to_string(),
        "alibaba-alb: expected the reply of `GetListenerHealthStatus`, found a reply of another product or operation, which looks \
         alike and means something else; pass the whole reply, or name the adapter whose reply it is"
    );
}

#[test]
fn a_part_of_a_reply_that_looks_like_another_products() {
    let error = detected(br#"{"id":"m-1","protocol_port":80,"subnet_cidr_id":"s-1","operating_status":"OFFLINE"}"#);
    assert_eq!(
        error.to_string(),
        "expected the reply of `member_list/cli` of `openstack-octavia`, found a reply of another product or operation, which looks \
         alike and means something else; pass the whole reply, such as an object with `member`, or name the adapter whose reply it is"
    );
}

#[test]
fn what_a_vendors_client_makes_of_a_reply() {
    let unknown = |names: &str, advice: &str| format!("no operation that is read replies with the fields {names}; {advice}");
    let renamed = |key: &str| format!("an SDK seems to have renamed the fields; pass the reply as the API sent it, with `{key}`");
    assert_eq!(
        text(br#"{"headers":{},"statusCode":200,"body":{"ListenerHealthStatus":[],"RequestId":"r-1"}}"#),
        unknown("`headers`, `statusCode`, `body`", "the reply seems to stand in `body`; pass that")
    );
    assert_eq!(
        text(br#"{"listener_health_status":[],"request_id":"r-1"}"#),
        unknown("`listener_health_status`, `request_id`", &renamed("ListenerHealthStatus"))
    );
    assert_eq!(
        text(br#"{"targetHealthDescriptions":[]}"#),
        unknown("`targetHealthDescriptions`", &renamed("TargetHealthDescriptions"))
    );
    assert_eq!(text(br#"{"health_status":[]}"#), unknown("`health_status`", &renamed("healthStatus")));
    // Where the caller names the operation, and where the reply says by another field what it is.
    let mut context = Context::default();
    context.operation = Some("DescribeTargetHealth".into());
    let error = lbhealth::adapter("aws-elbv2").unwrap().normalize(br#"{"targetHealthDescriptions":[]}"#, &context).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "aws-elbv2: expected the reply of `DescribeTargetHealth`, an object with `TargetHealthDescriptions`, found an object without; \
             {}",
            renamed("TargetHealthDescriptions")
        )
    );
    assert_eq!(
        text(br#"{"kind":"compute#healthCheck","check_interval_sec":5}"#),
        format!(
            "expected the reply of `healthChecks.get` of `gcp-backend-service`, found an object with `check_interval_sec`; {}",
            renamed("checkIntervalSec")
        )
    );
    // Fields that anybody may have tell nothing.
    for payload in [r#"{"servers":[]}"#, r#"{"body":null}"#, r#"{"Up":[]}"#] {
        assert!(text(payload.as_bytes()).contains("; pass the whole reply of an operation of `alibaba-alb`"), "{payload}");
    }
}

#[test]
fn of_several_readings_of_an_error_one_that_knows_more_than_a_number_decides() {
    let class = |reasons: &str| {
        let reply = format!(r#"{{"error":{{"code":403,"message":"Rate Limit Exceeded","errors":[{reasons}]}}}}"#);
        lbhealth::normalize(reply.as_bytes(), &Context::default()).err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert!(class(r#"{"reason":"rateLimitExceeded"}"#).contains("(THROTTLED): rateLimitExceeded"));
    assert!(class("").contains("(FORBIDDEN): 403"), "the number alone is common ground");
}

/// Operations of several products have one name and replies that look alike.
#[test]
fn replies_of_products_of_one_vendor_are_never_taken_for_each_other() {
    let at_listener =
        |group: &str| format!(r#"{{"ListenerHealthStatus":[{{"ListenerId":"lsn-1","ServerGroupInfos":[{group}]}}]}}"#);
    let product = |payload: &str| match lbhealth::detect(ADAPTERS, payload.as_bytes()) {
        Ok(found) => found.adapter.id().to_owned(),
        Err(error) => error.kind().as_str().to_owned(),
    };
    for (payload, expected) in [
        (at_listener(r#"{"HealthCheckEnabled":"on","NonNormalServers":[]}"#), "alibaba-alb"),
        (at_listener(r#"{"HeathCheckEnabled":true,"NonNormalServers":[]}"#), "alibaba-nlb"),
        (at_listener(r#"{"AbnormalServers":[]}"#), "alibaba-nlb"),
        (at_listener(r#"{"HeathCheckEnabled":true,"ServerCount":2,"NonNormalServers":[]}"#), "alibaba-nlb"),
        (at_listener(r#"{"ServerGroupId":"sgp-1","NonNormalServers":[]}"#), "AMBIGUOUS_ADAPTER"),
        (at_listener(r#"{"HeathCheckEnabled":true,"HealthCheckEnabled":"on"}"#), "UNEXPECTED_SHAPE"),
        // The gateway load balancer lists healthy servers too.
        (at_listener(r#"{"HealthCheckEnabled":true,"Servers":[]}"#), "UNEXPECTED_SHAPE"),
        (r#"{"ServerGroups":[{"HealthCheckConfig":{"HealthCheckCodes":[]}}]}"#.to_owned(), "alibaba-alb"),
        (r#"{"ServerGroups":[{"HealthCheck":{"HealthCheckEnabled":true}}]}"#.to_owned(), "alibaba-nlb"),
        (r#"{"ServerGroups":[{"HealthCheckConfig":{"HealthCheckConnectTimeout":5}}]}"#.to_owned(), "UNEXPECTED_SHAPE"),
        (r#"{"ServerGroups":[{"ServerGroupId":"sgp-1"}]}"#.to_owned(), "AMBIGUOUS_ADAPTER"),
        (r#"{"Servers":[{"ServerId":"i-1","ZoneId":"cn-hangzhou-h"}]}"#.to_owned(), "AMBIGUOUS_ADAPTER"),
        (r#"{"BackendServers":{"BackendServer":[]}}"#.to_owned(), "alibaba-clb"),
        (r#"{"LoadBalancerId":"lb-1","HealthCheck":"on","EstablishedTimeout":500}"#.to_owned(), "alibaba-clb"),
        (r#"{"HealthCheck":"on","EstablishedTimeout":500}"#.to_owned(), "AMBIGUOUS_ADAPTER"),
        (r#"{"LoadBalancerId":"lb-1","HealthCheck":"on"}"#.to_owned(), "UNEXPECTED_SHAPE"),
    ] {
        assert_eq!(product(&payload), expected, "{payload}");
    }
}

#[test]
fn an_operation_that_the_payload_is_not_of() {
    let mut context = Context::default();
    context.operation = Some("GetListenerHealthStatus".into());
    let adapter = lbhealth::adapter("alibaba-alb").unwrap();
    let error = adapter.normalize(br#"{"HealthCheckTemplateId":"hct-1"}"#, &context).unwrap_err();
    assert_eq!(
        error.to_string(),
        "alibaba-alb: expected the reply of `GetListenerHealthStatus`, an object with `ListenerHealthStatus` or `RuleHealthStatus`, \
         found an object without"
    );
    context.operation = Some("DescribeEverything".into());
    let error = adapter.normalize(br#"{"HealthCheckTemplateId":"hct-1"}"#, &context).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("alibaba-alb: no operation is called `DescribeEverything`; read are `GetListenerHealthStatus`, "),
        "{error}"
    );
    // Nor is it read as another where its shape tells of which.
    let payload = br#"{"LoadBalancerDescriptions":[]}"#;
    let found = lbhealth::detect(ADAPTERS, payload).unwrap();
    assert_eq!(found.normalize(payload, &Context::default()).unwrap().operation(), "DescribeLoadBalancers");
    context.operation = Some("DescribeInstanceHealth".into());
    let error = found.normalize(payload, &context).unwrap_err();
    assert_eq!(error.to_string(), found.adapter.normalize(payload, &context).unwrap_err().to_string());
}

#[test]
fn an_error_reply_that_every_vendor_writes_is_nobodys() {
    let error = detected(br#"{"code":"404","message":"no such thing"}"#);
    assert_eq!(error.to_string(), "the payload is an error reply (NOT_FOUND): 404: no such thing");
    assert_eq!(error.adapter(), None);
    let error = detected(br#"{"Code":"Throttling.User","Message":"slow down","RequestId":"r-1"}"#);
    // Several products of one vendor write it alike.
    assert_eq!(error.to_string(), "the payload is an error reply (THROTTLED): Throttling.User: slow down (request r-1)");
    let error = detected(br#"{"error_code":"ELB.8904","error_msg":"gone","request_id":"r-1"}"#);
    assert_eq!(error.to_string(), "huawei-elb: the payload is an error reply (NOT_FOUND): ELB.8904: gone (request r-1)");
}

#[test]
fn an_adapter_that_does_not_exist() {
    let error = lbhealth::adapter("acme-lb").map(|adapter| panic!("{}", adapter.id())).unwrap_err();
    let ids: Vec<String> = ADAPTERS.iter().map(|adapter| format!("`{}`", adapter.id())).collect();
    let (last, others) = ids.split_last().unwrap();
    assert_eq!(error.to_string(), format!("no adapter is called `acme-lb`; there are {} and {last}", others.join(", ")));
}

#[test]
fn strictness_turns_the_first_warning_into_an_error() {
    let payload = br#"{"member":{"id":"m-1","subnet_cidr_id":"s-1","operating_status":"PAUSED"}}"#;
    let error = lbhealth::normalize(payload, &Context::default()).and_then(lbhealth::Document::into_strict).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the document has a warning: UNRECOGNIZED_STATUS: `PAUSED` is not a status that this version knows, so the health is UNKNOWN"
    );
    assert_eq!(error.path().unwrap().to_string(), "/member/operating_status");
}

#[test]
fn a_document_that_is_none() {
    let error = "{}".parse::<lbhealth::Document<'static>>().unwrap_err();
    assert!(error.to_string().contains("is not the schema_id of a document of this version"), "{error}");
    let error = "{".parse::<lbhealth::Document<'static>>().unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NotJson { .. }), "{error}");
}

#[test]
fn a_document_of_ours_is_no_reply() -> Result<()> {
    // As it was written, and with its keys in another order, as `jq -S` writes it.
    let mut documents = 0;
    for fixture in Fixture::all()? {
        let Ok(document) = fixture.outcome()? else { continue };
        let sorted = serde_json::to_value(&document)?.to_string();
        assert!(!sorted.starts_with("{\"schema_id\""));
        for payload in [serde_json::to_string(&document)?, sorted] {
            let errors =
                ADAPTERS.iter().map(|adapter| named(adapter.id(), payload.as_bytes())).chain([detected(payload.as_bytes())]);
            for error in errors {
                assert!(error.to_string().ends_with(", a document of lbhealth"), "{}: {error}", fixture.folder.display());
                assert_eq!(error.path().unwrap().to_string(), "/schema_id");
            }
            documents += 1;
        }
    }
    assert!(documents > 100);
    let error = detected(br#"{"pools":[],"schema_id":"urn:lbhealth:v1:inventory"}"#);
    let expected = "expected a reply of a vendor at `/schema_id`, found `urn:lbhealth:v1:inventory`, a document of lbhealth";
    assert_eq!(error.to_string(), expected);
    assert!(matches!(error.kind(), ErrorKind::OwnDocument { schema_id, .. } if schema_id == "urn:lbhealth:v1:inventory"));
    assert_eq!(error.kind().as_str(), "UNEXPECTED_SHAPE");
    // Somebody else's key of this name changes nothing, in a stream of such replies neither.
    for id in ["1", "\"urn:example\"", "null"] {
        let reply = MEMBER.replacen('{', &format!("{{\"schema_id\":{id},"), 1);
        let stream = format!("{MEMBER}\n{reply}\n{reply}\n{}", r#"{"schema_id":"urn:lbhealth:v1:inventory","member":{}}"#);
        let read: Vec<bool> = lbhealth::stream::slice(stream.as_bytes()).map(|item| item.document.is_ok()).collect();
        assert_eq!(read, [true, true, true, false], "{id}");
    }
    Ok(())
}
