//! Transcripts of `lint`.

use serde_json::{Value, json};

use crate::run::{Result, Run, health, lbhealth, monitors, template};

#[test]
fn findings_with_their_place() -> Result {
    let Run { status, out, err } = lbhealth(&["lint", &template()], b"")?;
    assert_eq!((status, &*err), (1, ""));
    let text = format!(
        "{}: alibaba-alb GetHealthCheckTemplateAttribute (hct-x4jazoyi6tvsq9****, HealthCheckTemplate1)
    time to detect: at best (5 - 1) × 3 s = 12 s, where it fails right before a probe and answers every probe with a failure at once; at worst 5 × (3 s + 200 s) = 1015 s, where it fails right after a probe and lets every probe run into its timeout
    time to recover: at best (5 - 1) × 3 s = 12 s, where it recovers right before a probe and answers every probe at once; at worst 5 × (3 s + 200 s) + 200 s = 1215 s, where it recovers while a probe runs into its timeout and answers the others only just in time
    WARNING  SLOW_DETECTION at `/UnhealthyThreshold`
             a failing backend can keep its traffic for 1015 s
    NOTICE   HOST_MISSING
             the probe asks for an IP address, not for a name
1 check, 2 findings
",
        template()
    );
    assert_eq!(out, text);
    Ok(())
}

#[test]
fn lint_reads_several_files_and_several_documents_in_one() -> Result {
    let Run { out: documents, .. } = lbhealth(&["normalize", "--format", "ndjson", &template(), &monitors()], b"")?;
    let Run { status, out, err } = lbhealth(&["lint", "--format", "json"], documents.as_bytes())?;
    assert_eq!((status, &*err), (1, ""));
    let report: Value = serde_json::from_str(&out)?;
    assert_eq!(report["schema_id"], "urn:lbhealth:v1:lint-report");
    let sources: Vec<u64> =
        report["checks"].as_array().into_iter().flatten().filter_map(|check| check["source"].as_u64()).collect();
    assert_eq!(sources, [0, 1, 1, 1, 1, 1]);
    let from_replies = lbhealth(&["lint", "--format", "json", &template(), &monitors()], b"")?;
    assert_eq!(from_replies.out, out);
    Ok(())
}

#[test]
fn less_grave_findings_are_left_out() -> Result {
    let codes = |severity: &str| -> Result<(i32, Vec<Value>)> {
        let Run { status, out, .. } = lbhealth(&["lint", "--severity", severity, "--format", "json", &template()], b"")?;
        let report: Value = serde_json::from_str(&out)?;
        let findings = report["findings"].as_array().into_iter().flatten();
        Ok((status, findings.map(|finding| finding["code"].clone()).collect()))
    };
    assert_eq!(codes("warning")?, (1, vec![json!("SLOW_DETECTION")]));
    assert_eq!(codes("error")?, (0, Vec::new()));
    Ok(())
}

#[test]
fn a_check_is_held_against_the_pool_of_another_file() -> Result {
    let monitor = br#"{"healthmonitor":{"id":"hm-1","type":"HTTP","delay":5,"timeout":3,"max_retries":2,"max_retries_down":2,
        "domain_name":"a.example.com","url_path":"/health","pools":[{"id":"p-1"}]}}"#;
    let pool = br#"{"pool":{"id":"p-1","protocol":"HTTPS","healthmonitor_id":"hm-1","lb_algorithm":"ROUND_ROBIN"}}"#;
    let both = [&monitor[..], b"\n", pool].concat();
    let Run { status, out, err } = lbhealth(&["lint", "--adapter", "huawei-elb", "--format", "json"], &both)?;
    assert_eq!((status, &*err), (1, ""));
    let report: Value = serde_json::from_str(&out)?;
    let expected = json!([{
        "code": "PLAIN_PROBE_OF_TLS_POOL", "severity": "ERROR", "check": 0, "pool_id": "p-1", "field": "protocol",
        "path": "/healthmonitor/type", "value": "HTTP", "message": "the probe speaks HTTP and the pool HTTPS",
    }]);
    assert_eq!(report["findings"], expected);
    let Run { status, out, .. } = lbhealth(&["lint", "--adapter", "huawei-elb"], monitor)?;
    assert_eq!(status, 0);
    assert!(out.ends_with("1 check, 0 findings\n"), "{out}");
    Ok(())
}

#[test]
fn what_cannot_be_linted_is_neither_clean_nor_unclean() -> Result {
    let Run { status, out, err } = lbhealth(&["lint", &health(), &template()], b"")?;
    assert_eq!(status, 2);
    assert!(out.contains("SLOW_DETECTION"), "the other file is looked at: {out}");
    let text = "this is about the health of backends; lint reads the configuration of health checks\n";
    assert_eq!(err, format!("lbhealth: {}: {text}", health()));
    for input in [&b""[..], b"{", b"[]", b"{} {", b"\xFF\xFE{\0}\0"] {
        let Run { status, err, .. } = lbhealth(&["lint"], input)?;
        assert_eq!(status, 2, "{err}");
        assert!(err.starts_with("lbhealth: standard input: "), "{err}");
    }
    Ok(())
}

#[test]
fn a_pool_without_a_check_is_not_counted_as_one() -> Result {
    let pools = r#"{"pools":[{"id":"p-1","healthmonitor_id":null},{"id":"p-2","healthmonitor_id":null}],"request_id":"r-1"}"#;
    let run = lbhealth(&["lint", "--adapter", "huawei-elb"], pools.as_bytes())?;
    assert!(run.out.contains("CHECK_MISSING") && run.out.ends_with("\n0 checks, 2 findings\n"), "{}", run.out);
    Ok(())
}

#[test]
fn where_no_check_was_seen_nothing_is_clean() -> Result {
    let pools = r#"{"pools":[{"id":"p-1","lb_algorithm":"ROUND_ROBIN","healthmonitor_id":"hm-1"}],"request_id":"r-1","page_info":{"current_count":1}}"#;
    let servers = r#"{"Servers":[{"ServerGroupId":"sgp-1","ServerId":"i-1","Port":80,"Status":"Available"}],"TotalCount":1}"#;
    // An empty list of checks says that there are none.
    let none = r#"{"healthmonitors":[],"request_id":"r-1","page_info":{"current_count":0}}"#;
    for (adapter, replies, status) in [
        ("huawei-elb", pools.to_owned(), 2),
        ("alibaba-alb", servers.to_owned(), 2),
        ("huawei-elb", none.to_owned(), 0),
        // Pools have their checks in them here, and there are none.
        ("aws-elbv2", r#"{"TargetGroups":[]}"#.to_owned(), 0),
    ] {
        let run = lbhealth(&["lint", "--adapter", adapter], &replies)?;
        assert_eq!((run.status, &*run.out), (status, "0 checks, 0 findings\n"), "{replies} {}", run.err);
        assert_eq!(run.err, "lbhealth: there is no health check in the input, so nothing was looked at\n");
    }
    Ok(())
}

#[test]
fn a_check_that_a_pool_names_and_no_list_has_was_not_looked_at() -> Result {
    let pool = |id: &str| format!(r#"{{"pools":[{{"id":"p-1","protocol":"TCP","healthmonitor_id":"{id}"}}],"request_id":"r-1"}}"#);
    let monitors = |ids: &[&str]| {
        let monitor =
            |id: &&str| format!(r#"{{"id":"{id}","type":"TCP","delay":9,"timeout":3,"max_retries":3,"max_retries_down":3}}"#);
        let list = ids.iter().map(monitor).collect::<Vec<_>>().join(",");
        format!(r#"{{"healthmonitors":[{list}],"request_id":"r-2","page_info":{{"current_count":1}}}}"#)
    };
    for (replies, status, told) in [
        (format!("{}\n{}", pool("hm-1"), monitors(&["hm-1"])), 0, ""),
        (format!("{}\n{}\n{}", pool("hm-1"), pool("hm-2"), monitors(&["hm-2"])), 2, "hm-1\n"),
        (format!("{}\n{}", monitors(&[]), pool("hm-1")), 2, "hm-1\n"),
    ] {
        let run = lbhealth(&["lint", "--adapter", "huawei-elb", "--severity", "error"], &replies)?;
        assert_eq!(run.status, status, "{replies} {}", run.err);
        let text = "lbhealth: pools name health checks that no list has, which were not looked at: ";
        assert_eq!(run.err, if told.is_empty() { String::new() } else { format!("{text}{told}") }, "{replies}");
    }
    Ok(())
}

#[test]
fn a_list_that_is_not_whole_is_neither_clean_nor_unclean() -> Result {
    let group = r#"{"TargetGroupArn":"tg-1","Protocol":"HTTP","Port":80,"TargetType":"ip","HealthCheckEnabled":true,"HealthCheckProtocol":"HTTP",
        "HealthCheckPort":"traffic-port","HealthCheckPath":"/up","HealthCheckIntervalSeconds":10,"HealthCheckTimeoutSeconds":5,
        "HealthyThresholdCount":3,"UnhealthyThresholdCount":3,"Matcher":{"HttpCode":"200"}}"#;
    let page = format!(r#"{{"TargetGroups":[{}],"NextMarker":"more"}}"#, group.replace("tg-1", "tg-0"));
    let last = format!(r#"{{"TargetGroups":[{group}]}}"#);
    let pending = "a further page is pending, which was not looked at\n";
    let skipped = "ELEMENT_SKIPPED at `/TargetGroups/1`: ";
    for (reply, status, told) in [
        (last.clone(), 0, ""),
        (page.clone(), 2, pending),
        (format!("{page}\n{last}"), 0, ""),
        (format!("{last}\n{page}"), 0, ""),
        // The last page given twice, two lists of which one goes on, and two pages without the last.
        (format!("{last}\n{page}\n{last}"), 0, ""),
        (format!("{last}\n{page}\n{}", last.replace("tg-1", "tg-2")), 2, pending),
        (format!("{page}\n{page}"), 2, pending),
        // A list that was begun anew, because it has an element of the other once more.
        (format!("{last}\n{}", page.replace("tg-0", "tg-1")), 2, pending),
        (format!("{{\"TargetGroups\":[{group}],\"NextMarker\":{{}}}}\n{last}"), 2, "it does not hold everything\n"),
        (format!(r#"{{"TargetGroups":[{group},7]}}"#), 2, skipped),
        (format!("{page}\n{{\"TargetGroups\":[{group},7]}}"), 2, skipped),
        (r#"{"TargetGroups":null,"NextMarker":"more"}"#.to_owned(), 2, "LIST_MISSING at `/TargetGroups`: "),
    ] {
        let run = lbhealth(&["lint", "--severity", "warning"], &reply)?;
        assert_eq!(run.status, status, "{reply} {}{}", run.out, run.err);
        assert!(run.err.contains(told) && run.err.is_empty() == told.is_empty(), "{reply} {}", run.err);
    }
    // Which instances there are says nothing of how they are checked.
    let check = r#"{"Target":"HTTP:80/up","Interval":10,"Timeout":5,"UnhealthyThreshold":3,"HealthyThreshold":3}"#;
    let of_classic = format!(r#"{{"LoadBalancerDescriptions":[{{"LoadBalancerName":"web","HealthCheck":{check}}}]}}"#);
    let run = lbhealth(&["lint", "--adapter", "aws-elb-classic", "--severity", "error"], &of_classic)?;
    assert_eq!((run.status, &*run.err), (0, ""));
    // A vendor whose last page tells how many there are in all.
    let server = |id: &str| format!(r#"{{"ServerGroupId":"sgp-1","ServerId":"{id}","Port":80,"Status":"Available"}}"#);
    let first = format!(r#"{{"Servers":[{},{}],"TotalCount":3,"NextToken":"more"}}"#, server("i-1"), server("i-2"));
    let last = format!(r#"{{"Servers":[{}],"TotalCount":3}}"#, server("i-3"));
    for (replies, whole) in [(format!("{first}\n{last}"), true), (format!("{last}\n{first}"), true), (last, false), (first, false)]
    {
        let run = lbhealth(&["lint", "--adapter", "alibaba-alb"], &replies)?;
        assert_eq!(run.err.contains("nothing was looked at"), whole, "{replies} {}", run.err);
    }
    // A vendor whose last page tells that it is not the first.
    let first = r#"{"healthmonitors":[],"healthmonitors_links":[{"rel":"next","href":"https://lb/?marker=1"}]}"#;
    let last = r#"{"healthmonitors":[],"healthmonitors_links":[{"rel":"previous","href":"https://lb/?page_reverse=True"}]}"#;
    let middle = r#"{"healthmonitors":[],"healthmonitors_links":[{"rel":"next","href":"https://lb/?marker=2"},
        {"rel":"previous","href":"https://lb/?page_reverse=True"}]}"#;
    let whole = "there is no health check in the input, so nothing was looked at\n";
    for (replies, status, told) in [
        (last.to_owned(), 2, "PAGE_NOT_FIRST at `/healthmonitors_links/0/rel`: "),
        (format!("{first}\n{last}"), 0, whole),
        (format!("{last}\n{last}"), 2, "PAGE_NOT_FIRST at "),
        (format!("{middle}\n{last}"), 2, "standard input: PAGE_NOT_FIRST at `/healthmonitors_links/1/rel`: "),
    ] {
        let run = lbhealth(&["lint", "--adapter", "openstack-octavia"], &replies)?;
        assert_eq!(run.status, status, "{replies} {}{}", run.out, run.err);
        assert!(run.err.contains(told), "{replies} {}", run.err);
    }
    // Where the vendor leaves it open, nobody can say that something is missing.
    let monitors = r#"{"healthmonitors":[{"id":"hm-1","type":"TCP","delay":5,"timeout":3,"max_retries":3,"max_retries_down":3,
        "pools":[{"id":"p-1"}]}],"page_info":{"next_marker":"hm-1","current_count":1}}"#;
    let run = lbhealth(&["lint", "--adapter", "huawei-elb", "--severity", "error"], monitors)?;
    assert_eq!((run.status, &*run.err), (0, ""));
    Ok(())
}
