//! What `normalize` is given and gives.

use serde_json::Value;

use crate::run::{Result, Scratch, fixture, health, lbhealth, project, template, unread};

fn member() -> String {
    fixture("huawei-elb/vendor-example-member")
}

#[test]
fn a_file_gives_an_indented_document_that_names_its_producer() -> Result {
    let run = lbhealth(&["normalize", &health()], b"")?;
    assert_eq!((run.status, &*run.err), (0, ""));
    let document: Value = serde_json::from_str(&run.out)?;
    assert_eq!(document["producer"], format!("lbhealth {}", env!("CARGO_PKG_VERSION")));
    assert_eq!(document["records"].as_array().map(Vec::len), Some(2));
    assert!(run.out.starts_with("{\n  \"schema_id\": \"urn:lbhealth:v1:health-report\",\n  \"producer\""), "{}", run.out);
    assert!(run.out.ends_with("}\n"));
    Ok(())
}

#[test]
fn standard_input_is_read_where_no_file_or_a_dash_is_given() -> Result {
    let payload = std::fs::read(member())?;
    let named = lbhealth(&["normalize", &member()], b"")?;
    for arguments in [&["normalize"][..], &["normalize", "-"]] {
        let run = lbhealth(arguments, &payload)?;
        assert_eq!((run.status, run.out, &*run.err), (0, named.out.clone(), ""));
    }
    Ok(())
}

#[test]
fn ndjson_is_a_document_a_line_in_the_order_of_the_files() -> Result {
    let run = lbhealth(&["normalize", "--format", "ndjson", &health(), &template(), &member()], b"")?;
    assert_eq!((run.status, &*run.err), (0, "lbhealth: 3 documents, 3 records, 3 warnings, 0 failures\n"));
    let operations: Vec<String> =
        run.out.lines().map(|line| Ok(serde_json::from_str::<Value>(line)?["operation"].to_string())).collect::<Result<_>>()?;
    assert_eq!(operations, ["\"GetListenerHealthStatus\"", "\"GetHealthCheckTemplateAttribute\"", "\"ShowMember\""]);
    Ok(())
}

#[test]
fn records_are_flat_rows_and_pools_go_to_their_file() -> Result {
    let scratch = Scratch::new()?;
    let pools = scratch.file("pools.ndjson", b"")?;
    let run = lbhealth(&["normalize", "--format", "records", "--pools", &pools, &health(), &member()], b"")?;
    assert_eq!((run.status, &*run.err), (0, "lbhealth: 2 documents, 3 records, 3 warnings, 0 failures\n"));
    let rows: Vec<Value> = run.out.lines().map(serde_json::from_str).collect::<std::result::Result<_, _>>()?;
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0]["schema_id"], "urn:lbhealth:v1:backend-row");
    assert_eq!(rows[0]["cause_reason"], "RESPONSE_MISMATCH");
    assert_eq!(rows[0]["probe_expected"], "200-299");
    assert_eq!(rows[0]["probe_observed"], "302");
    assert_eq!(rows[2]["warnings"], "BACKEND_MISSING");
    assert!(
        rows.iter().all(|row| row.as_object().is_some_and(|row| row.values().all(|cell| !cell.is_array() && !cell.is_object())))
    );
    let pools: Vec<Value> =
        std::fs::read_to_string(pools)?.lines().map(serde_json::from_str).collect::<std::result::Result<_, _>>()?;
    assert_eq!(pools.len(), 2);
    assert_eq!(pools[0]["pool_key"], rows[0]["pool_key"]);
    Ok(())
}

#[test]
fn warnings_that_rows_cannot_carry_go_to_standard_error() -> Result {
    let payload = br#"{"RuleHealthStatus":[],"ListenerHealthStatus":null}"#;
    let text = "lbhealth: standard input: LIST_MISSING at `/ListenerHealthStatus`: `ListenerHealthStatus` is absent or null, so nothing \
                can be concluded from it\n";
    // CSV has its header.
    for (format, lines) in [("records", 0), ("csv", 1)] {
        let run = lbhealth(&["normalize", "--format", format], payload)?;
        assert_eq!((run.status, run.out.lines().count(), &*run.err), (0, lines, text));
    }
    Ok(())
}

#[test]
fn one_bad_file_does_not_lose_the_others() -> Result {
    let scratch = Scratch::new()?;
    let bad = scratch.file("bad.json", b"<html>")?;
    let run = lbhealth(&["normalize", "--format", "ndjson", &member(), &bad, "/does/not/exist.json", &health()], b"")?;
    assert_eq!((run.status, run.out.lines().count()), (1, 2));
    let complaints: Vec<&str> = run.err.lines().collect();
    assert_eq!(complaints.len(), 3, "{}", run.err);
    assert!(complaints[0].starts_with(&format!("lbhealth: {bad}: the payload is not JSON: ")), "{}", complaints[0]);
    assert!(complaints[1].starts_with("lbhealth: /does/not/exist.json: cannot be read: "), "{}", complaints[1]);
    assert_eq!(complaints[2], "lbhealth: 2 documents, 3 records, 3 warnings, 2 failures");
    Ok(())
}

#[test]
fn the_context_comes_from_the_command_line() -> Result {
    let arguments = [
        "normalize",
        "--format",
        "ndjson",
        "--adapter",
        "huawei-elb",
        "--observed-at",
        "2026-03-01T10:30:00+01:00",
        "--load-balancer-id",
        "lb-1",
        "--pool-id",
        "p-1",
        "--bound-listener",
        "p-1=l-1",
        "--bound-listener",
        "l-2",
        "--bound-listener",
        "p-2=l-3",
    ];
    let run = lbhealth(&arguments, &std::fs::read(member())?)?;
    assert_eq!((run.status, &*run.err), (0, ""));
    let document: Value = serde_json::from_str(&run.out)?;
    assert_eq!(document["observed_at"], "2026-03-01T09:30:00.000Z");
    let listeners: Vec<&Value> =
        document["records"].as_array().into_iter().flatten().map(|record| &record["listener_id"]).collect();
    assert_eq!(listeners, ["l-1", "l-2"]);
    let idle = br#"{"member":{"id":"m-1","operating_status":"ONLINE","member_type":"ip","weight":0},"request_id":"r-1"}"#;
    let page =
        br#"{"members":[{"id":"m-1","subnet_cidr_id":"s-1","operating_status":"ONLINE"}],"page_info":{"next_marker":"m-1"}}"#;
    for (limit, completeness) in [("1", "UNDETERMINED"), ("2", "COMPLETE")] {
        let run = lbhealth(&["normalize", "--format", "ndjson", "--page-limit", limit], page)?;
        let document: Value = serde_json::from_str(&run.out)?;
        assert_eq!(document["completeness"], completeness, "{}", run.err);
    }
    for (algorithm, traffic) in [("ROUND_ROBIN", "EXISTING_ONLY"), ("SOURCE_IP", "UNKNOWN"), ("p-2=SOURCE_IP", "EXISTING_ONLY")] {
        let run = lbhealth(&["normalize", "--format", "records", "--pool-id", "p-1", "--algorithm", algorithm], idle)?;
        let row: Value = serde_json::from_str(&run.out)?;
        assert_eq!(row["traffic"], traffic, "{algorithm}: {}", run.err);
    }
    let run = lbhealth(&["normalize", "--format", "ndjson", "--listener-id", "lsn-9", &health()], b"")?;
    assert!(run.out.contains("CONTEXT_CONTRADICTS_PAYLOAD"), "{}", run.out);
    let reply =
        br#"{"up":1,"down":0,"loadBalancerBackendAddresses":[{"ipAddress":"10.0.0.4","state":"Up","reason":"Up_Probe_Success"}]}"#;
    let run = lbhealth(&["normalize", "--format", "records", "--rule-id", "web"], reply)?;
    let row: Value = serde_json::from_str(&run.out)?;
    assert_eq!((&row["rule_id"], &row["scope"]), (&"web".into(), &"RULE".into()), "{}", run.err);
    Ok(())
}

#[test]
fn inventories_complete_a_report_in_any_order() -> Result {
    let folder = "alibaba-alb/completed-check-flag-from-the-server-group";
    let with = |number: u32| fixture(folder).replace("input.json", &format!("with-{number}.json"));
    let expected: Value = serde_json::from_slice(&std::fs::read(fixture(folder).replace("input.json", "expected.json"))?)?;
    let verdicts = |document: &Value| -> Vec<String> {
        let of = |record: &Value| format!("{} {} {}", record["record_key"], record["health"], record["traffic"]);
        let mut all: Vec<String> = document["records"].as_array().into_iter().flatten().map(of).collect();
        all.sort();
        all
    };
    for order in [[1, 2, 3], [3, 2, 1]] {
        let with = order.map(with);
        let arguments = [
            "normalize",
            "--adapter",
            "alibaba-alb",
            "--format",
            "ndjson",
            &fixture(folder),
            "--with",
            &with[0],
            &with[1],
            &with[2],
        ];
        let run = lbhealth(&arguments, b"")?;
        assert_eq!((run.status, &*run.err), (0, ""));
        let document: Value = serde_json::from_str(&run.out)?;
        assert_eq!(verdicts(&document), verdicts(&expected), "{order:?}");
        assert_eq!(document["sources"].as_array().map(Vec::len), Some(4));
    }
    Ok(())
}

#[test]
fn an_operation_that_is_named_beside_inventories_is_that_of_the_files_of_its_kind() -> Result {
    let reply = fixture("huawei-elb/completed-all-members-fail-in-a-pool-that-does-not-fail-open");
    let with = reply.replace("input.json", "with-1.json");
    let completed = |named: &[&str]| {
        let arguments = ["normalize", "--adapter", "huawei-elb", "--format", "records", &reply, "--with", &with];
        lbhealth(&[&arguments[..], named].concat(), b"")
    };
    let unnamed = completed(&[])?;
    assert_eq!((unnamed.status, &*unnamed.err), (0, ""));
    for operation in ["ListMembers", "ShowPool"] {
        let run = completed(&["--operation", operation])?;
        assert_eq!((run.status, &*run.err, run.out), (0, "", unnamed.out.clone()), "{operation}");
    }
    let wrong = completed(&["--operation", "ShowMember"])?;
    assert!(wrong.status == 1 && wrong.err.contains("expected the reply of `ShowMember`"), "{}", wrong.err);
    Ok(())
}

#[test]
fn a_file_given_as_inventory_that_is_none_is_an_error() -> Result {
    let run = lbhealth(&["normalize", &health(), "--with", &template()], b"")?;
    assert_eq!(run.status, 1);
    assert!(run.err.contains("which is about the configuration of health checks"), "{}", run.err);
    Ok(())
}

/// A server group of which the inventory has members.
const GROUP: &str = "sgp-bp1d9h3j1s6u0y7p2z";

#[test]
fn an_inventory_that_completes_nothing_is_said() -> Result {
    let folder = "alibaba-alb/completed-with-the-inventory-of-another-group";
    let with = fixture(folder).replace("input.json", "with-1.json");
    let reply = std::fs::read_to_string(fixture(folder))?;
    let of =
        |group: &str| lbhealth(&["normalize", "--adapter", "alibaba-alb", "--with", &with], reply.replace(GROUP, group).as_bytes());
    assert_eq!(of(GROUP)?.err, "", "one of its two groups is in the inventory");
    let run = of("sgp-of-nobody")?;
    assert_eq!(run.status, 0, "{}", run.err);
    let problem = "the inventory of alibaba-alb has none of the pools of the health report, so it completes nothing";
    assert!(run.err.contains(problem), "{}", run.err);
    Ok(())
}

#[test]
fn a_failure_is_not_forgotten_when_the_pipe_is_closed() -> Result {
    let health = health();
    let many = [&["normalize", "/does/not/exist.json"][..], &[&*health; 500]].concat();
    assert_eq!(unread(&many)?.status, 1);
    Ok(())
}

#[test]
fn strict_takes_a_warning_for_an_error() -> Result {
    let run = lbhealth(&["normalize", "--strict", &member()], b"")?;
    assert_eq!((run.status, &*run.out), (1, ""));
    assert!(run.err.ends_with(": the document has a warning: BACKEND_MISSING: the vendor says that the cloud server behind the backend does not exist\n"), "{}", run.err);
    Ok(())
}

#[test]
fn a_reply_that_could_be_anothers_asks_for_the_adapter() -> Result {
    let payload = br#"{"member":{"id":"m-1","operating_status":"OFFLINE"}}"#;
    let run = lbhealth(&["normalize"], payload)?;
    let text = "lbhealth: standard input: the payload can be from `huawei-elb` or `openstack-octavia` and would mean different things; name \
                the adapter with `--adapter ID`, one of huawei-elb, openstack-octavia\n";
    assert_eq!((run.status, &*run.out, &*run.err), (1, "", text));
    assert_eq!(lbhealth(&["normalize", "--adapter", "huawei-elb"], payload)?.status, 0);
    Ok(())
}

#[test]
fn a_reply_given_to_the_wrong_adapter_is_told_whose_it_is() -> Result {
    let run = lbhealth(&["normalize", "--adapter", "alibaba-alb", &member()], b"")?;
    assert_eq!((run.status, &*run.out), (1, ""));
    assert!(run.err.ends_with("; this looks like a reply of ShowMember for `--adapter huawei-elb`\n"), "{}", run.err);
    // So is one that has the very keys of a reply of the adapter, and more.
    let run = lbhealth(&["normalize", "--adapter", "alibaba-alb", &fixture("alibaba-nlb/vendor-example-listener-health")], b"")?;
    assert!(run.err.ends_with("; this looks like a reply of GetListenerHealthStatus for `--adapter alibaba-nlb`\n"), "{}", run.err);
    Ok(())
}

#[test]
fn an_error_reply_of_the_vendor_is_an_error() -> Result {
    // Several products of the vendor write it alike, so it is no adapter's.
    let payload = br#"{"Code":"ResourceNotFound.Listener","Message":"gone","RequestId":"r-1"}"#;
    let run = lbhealth(&["normalize"], payload)?;
    let text =
        "lbhealth: standard input: the payload is an error reply (NOT_FOUND): ResourceNotFound.Listener: gone (request r-1)\n";
    assert_eq!((run.status, &*run.out, &*run.err), (1, "", text));
    Ok(())
}

#[test]
fn wrong_usage_has_its_own_status() -> Result {
    for arguments in [
        &[][..],
        &["normalize", "--format", "xml"],
        &["normalize", "--observed-at", "yesterday"],
        &["normalize", "--bound-listener", "=l-1"],
        &["normalize", "--algorithm", "p-1="],
        &["normalize", "--adapter", "acme-lb"],
        &["schema", "nonsense"],
        &["frobnicate"],
    ] {
        let run = lbhealth(arguments, b"{}")?;
        assert_eq!((run.status, &*run.out), (2, ""), "{arguments:?}");
        assert!(!run.err.is_empty(), "{arguments:?}");
    }
    let run = lbhealth(&["normalize", "--adapter", "acme-lb"], b"")?;
    let names: Vec<String> = lbhealth::ADAPTERS.iter().map(|adapter| format!("`{}`", adapter.id())).collect();
    let (last, others) = names.split_last().ok_or("there are no adapters")?;
    let text = format!("lbhealth: no adapter is called `acme-lb`; there are {} and {last}\n", others.join(", "));
    assert_eq!(run.err, text);
    Ok(())
}

#[test]
fn an_operation_that_nobody_reads_is_wrong_usage_and_no_failure_of_each_file() -> Result {
    let many = [member(), health()];
    let run = |options: &[&str]| lbhealth(&[&["normalize"], options, &[&*many[0], &many[1]]].concat(), b"");
    for (options, text) in [
        (
            &["--operation", "ListServers"][..],
            "lbhealth: no operation is called `ListServers`; spelled alike: `ListMembers`, `ListServerGroups`; `lbhealth adapters` lists those \
             that are read\n",
        ),
        (
            &["--operation", "getlistenerhealth"],
            "lbhealth: no operation is called `getlistenerhealth`; spelled alike: `GetListenerHealthStatus`; `lbhealth adapters` lists \
             those that are read\n",
        ),
        (
            &["--operation", "ShowMember", "--adapter", "alibaba-nlb"],
            "lbhealth: alibaba-nlb: no operation is called `ShowMember`; read are `GetListenerHealthStatus`, \
             `ListServerGroupServers`, `ListServerGroups`\n",
        ),
    ] {
        let run = run(options)?;
        assert_eq!((run.status, &*run.out, &*run.err), (2, "", text), "{options:?}");
    }
    let run = run(&["--operation", "showmember", "--format", "ndjson"])?;
    assert_eq!((run.status, run.out.lines().count()), (1, 1), "the one is its reply, and the other is not: {}", run.err);
    let envelope = br#"{"context":{"operation":"ListServers"},"payload":{"member":{"id":"m-1","member_type":"ip"}}}"#;
    let run = lbhealth(&["normalize"], envelope)?;
    assert_eq!(run.status, 1, "it is the envelope's: {}", run.err);
    Ok(())
}

#[test]
fn what_the_command_line_says_of_the_replies_is_not_blank() -> Result {
    let context = ["operation", "load-balancer-id", "listener-id", "rule-id", "pool-id", "bound-listener", "algorithm"];
    for option in context.map(|name| format!("--{name}")) {
        for blank in ["", " \r\n"] {
            let run = lbhealth(&["normalize", &option, blank, &member()], b"")?;
            assert_eq!((run.status, &*run.out), (2, ""), "{option}");
            assert!(run.err.contains("it is blank; is the variable set that it comes from?"), "{option}: {}", run.err);
        }
    }
    let run = lbhealth(&["normalize", "--format", "records", "--pool-id", " p-1\r\n", &member()], b"")?;
    assert!(run.status == 0 && run.out.contains(r#""pool_id":"p-1""#), "{}{}", run.out, run.err);
    Ok(())
}

#[test]
fn a_number_that_is_none_is_answered_with_what_to_write() -> Result {
    let digits = "write a whole number in digits alone, such as 4096\n";
    for (option, text, told) in [
        ("--limit", "1k", digits),
        ("--page-limit", "-1", digits),
        ("--threads", "0", "write a whole number from 1, or leave the option out for one thread per core\n"),
    ] {
        let run = lbhealth(&["normalize", &format!("{option}={text}"), &member()], b"")?;
        assert_eq!((run.status, run.err.contains(told)), (2, true), "{}", run.err);
    }
    Ok(())
}

#[test]
fn adapters_lists_operations_with_links() -> Result {
    let run = lbhealth(&["adapters"], b"")?;
    assert_eq!((run.status, &*run.err), (0, ""));
    for adapter in lbhealth::ADAPTERS {
        assert!(run.out.contains(&format!("{}  {}", adapter.id(), adapter.vendor())));
        for operation in adapter.operations() {
            assert!(run.out.contains(&format!("    {}  {}\n", operation.name, operation.documentation)));
        }
    }
    Ok(())
}

#[test]
fn schema_prints_what_is_published() -> Result {
    let folder = project().join("schemas/v1");
    let list = lbhealth(&["schema", "--list"], b"")?;
    assert!(list.out.lines().count() >= 10);
    for name in list.out.lines() {
        assert_eq!(lbhealth(&["schema", name], b"")?.out, std::fs::read_to_string(folder.join(name))?, "{name}");
    }
    let whole = lbhealth(&["schema"], b"")?;
    assert_eq!(whole.out, std::fs::read_to_string(folder.join("document.schema.json"))?);
    assert_eq!(
        lbhealth(&["schema", "health-report"], b"")?.out,
        std::fs::read_to_string(folder.join("health-report.schema.json"))?
    );
    Ok(())
}
