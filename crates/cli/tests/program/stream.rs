//! Transcripts of the program with many replies in one input.

use serde_json::Value;
use std::io::Write;

use crate::run::{Result, Run, Scratch, fixture, lbhealth, unread};

fn normalize(arguments: &[&str]) -> Result<Run> {
    lbhealth(&[&["normalize"], arguments].concat(), "")
}

fn member(id: &str) -> String {
    format!(r#"{{"member":{{"id":"{id}","member_type":"ip","weight":1,"operating_status":"ONLINE"}},"request_id":"r-{id}"}}"#)
}

fn column(rows: &str, name: &str) -> Result<Vec<String>> {
    let cell = |row: &str| -> Result<String> {
        let row: Value = serde_json::from_str(row)?;
        Ok(row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned())
    };
    rows.lines().map(cell).collect()
}

#[test]
fn every_form_of_a_stream_gives_the_same_rows() -> Result {
    let scratch = Scratch::new()?;
    let health = std::fs::read_to_string(fixture("alibaba-alb/vendor-example-listener-health"))?;
    let compact = serde_json::to_string(&serde_json::from_str::<Value>(&health)?)?;
    let forms = [
        format!("{}\n{compact}\n{}\n", member("a"), member("b")),
        format!("{}{health}{}", member("a"), member("b")),
        format!("[{},\n{health},\n{}]\n", member("a"), member("b")),
        format!("{{\"payload\":{}}}\n{{\"context\":{{}},\"payload\":{health}}}\n{}", member("a"), member("b")),
    ];
    let mut outputs = Vec::new();
    for (number, form) in forms.iter().enumerate() {
        let file = scratch.file(&format!("{number}.json"), form.as_bytes())?;
        let run = normalize(&["--format", "records", &file])?;
        assert_eq!((run.status, &*run.err), (0, "lbhealth: 3 documents, 4 records, 2 warnings, 0 failures\n"), "{form}");
        outputs.push(run.out);
    }
    assert!(outputs.iter().all(|output| *output == outputs[0]), "{outputs:?}");
    assert_eq!(column(&outputs[0], "request_id")?[..1], ["r-a"]);
    Ok(())
}

#[test]
fn an_envelope_names_what_its_payload_does_not() -> Result {
    let scratch = Scratch::new()?;
    let text = format!("{{\"context\":{{\"pool_id\":\"p-1\"}},\"payload\":{}}}\n{}\n", member("a"), member("b"));
    let run = normalize(&["--format", "records", "--pool-id", "p-0", &scratch.file("sweep.ndjson", text.as_bytes())?])?;
    assert_eq!(column(&run.out, "pool_id")?, ["p-1", "p-0"]);
    Ok(())
}

#[test]
fn what_fails_goes_to_its_file_and_the_rest_is_written() -> Result {
    let scratch = Scratch::new()?;
    let throttled = r#"{"error_code":"APIGW.0308","error_msg":"slow down","request_id":"r-1"}"#;
    let text = format!("{}\n{{\"member\":{{\n{throttled}\n{}\n", member("a"), member("b"));
    let file = scratch.file("sweep.ndjson", text.as_bytes())?;
    let failures = scratch.file("failures.ndjson", b"")?;
    let run = normalize(&["--format", "records", "--failures", &failures, &file, "/does/not/exist"])?;
    assert_eq!((run.status, run.err.lines().count()), (1, 4), "{}", run.err);
    assert!(run.err.ends_with("lbhealth: 2 documents, 2 records, 0 warnings, 3 failures\n"), "{}", run.err);
    assert_eq!(column(&run.out, "backend_id")?, ["a", "b"]);
    let failed = std::fs::read_to_string(&failures)?;
    let failed: Vec<Value> = failed.lines().map(serde_json::from_str).collect::<std::result::Result<_, _>>()?;
    assert_eq!(failed[0]["kind"], "NOT_JSON");
    assert_eq!((failed[0]["line"].as_u64(), &failed[0]["text"]), (Some(2), &Value::from("{\"member\":{")));
    assert_eq!(
        (failed[1]["line"].as_u64(), failed[1]["offset"].as_u64()),
        (Some(3), Some(u64::try_from(text.find(throttled).unwrap_or(0))?))
    );
    assert_eq!((&failed[1]["kind"], &failed[1]["adapter"]), (&Value::from("VENDOR_ERROR"), &Value::from("huawei-elb")));
    assert_eq!((&failed[1]["class"], &failed[0]["class"]), (&Value::from("THROTTLED"), &Value::Null));
    assert_eq!((&failed[1]["file"], &failed[1]["text"]), (&Value::from(file), &Value::from(throttled)));
    assert_eq!((&failed[2]["kind"], &failed[2]["line"]), (&Value::from("UNREADABLE_FILE"), &Value::Null));
    Ok(())
}

#[test]
fn without_a_file_failures_are_said_with_their_line_up_to_a_point() -> Result {
    let scratch = Scratch::new()?;
    let file = scratch.file("sweep.ndjson", format!("{}\n{}", member("a"), "{}\n".repeat(50)).as_bytes())?;
    let run = normalize(&["--format", "records", &file])?;
    let lines: Vec<&str> = run.err.lines().collect();
    assert_eq!((run.status, lines.len()), (1, 22));
    assert_eq!(lines[0], format!("lbhealth: {file}: reply at line 2: expected the reply of one call, found an empty object"));
    assert_eq!(lines[20], "lbhealth: 30 more failures are not shown; `--failures FILE` keeps them all");
    assert_eq!(lines[21], "lbhealth: 1 document, 1 record, 0 warnings, 50 failures");
    Ok(())
}

#[test]
fn compressed_files_are_read_by_their_name() -> Result {
    let scratch = Scratch::new()?;
    let lines: Vec<String> = (0..5000).map(|number| member(&number.to_string()) + "\n").collect();
    let (one, two) = lines.split_at(2500);
    // Files that were put one behind the other hold several compressed parts.
    let (mut gzip, mut zstandard) = (Vec::new(), Vec::new());
    for part in [one.concat(), two.concat()] {
        let mut encoder = flate2::write::GzEncoder::new(&mut gzip, flate2::Compression::fast());
        encoder.write_all(part.as_bytes())?;
        encoder.finish()?;
        zstandard.extend(zstd::encode_all(part.as_bytes(), 1)?);
    }
    let plain = normalize(&["--format", "records", &scratch.file("a.ndjson", lines.concat().as_bytes())?])?;
    assert_eq!(plain.out.lines().count(), 5000);
    for (name, bytes) in [("a.ndjson.gz", &gzip), ("a.ndjson.zst", &zstandard)] {
        let run = normalize(&["--format", "records", &scratch.file(name, bytes)?])?;
        assert_eq!((run.status, run.out == plain.out), (0, true), "{name}");
        let cut = normalize(&["--format", "records", &scratch.file(name, &bytes[..bytes.len() - 100])?])?;
        assert_eq!(cut.status, 1, "{name}");
        assert!(cut.err.contains("cannot be read"), "{name}: {}", cut.err);
        assert!(plain.out.starts_with(&cut.out) && !cut.out.is_empty(), "{name}");
    }
    Ok(())
}

#[test]
fn the_number_of_threads_changes_nothing() -> Result {
    let scratch = Scratch::new()?;
    let text: String =
        (0..20_000).map(|number| if number % 777 == 5 { "{\n".to_owned() } else { member(&number.to_string()) + "\n" }).collect();
    let file = scratch.file("sweep.ndjson", text.as_bytes())?;
    let one = normalize(&["--format", "records", "--threads", "1", &file])?;
    assert_eq!(one.status, 1);
    for threads in ["2", "7"] {
        let run = normalize(&["--format", "records", "--threads", threads, &file])?;
        assert!(run.out == one.out && run.err == one.err, "{threads}");
    }
    assert_eq!(normalize(&["--threads", "0", &file])?.status, 2);
    Ok(())
}

#[test]
fn an_empty_array_and_empty_input_are_errors() -> Result {
    let scratch = Scratch::new()?;
    let run = normalize(&[&scratch.file("array.json", b" [ ]\n")?])?;
    assert_eq!((run.status, &*run.out), (1, ""));
    assert!(run.err.ends_with("array.json: reply at byte 1: the array is empty; there is no reply in it\n"), "{}", run.err);
    for run in [normalize(&[&scratch.file("empty.json", b" \n")?])?, normalize(&[])?] {
        assert_eq!((run.status, &*run.out), (1, ""));
        assert!(run.err.contains("the text is empty or cut off"), "{}", run.err);
    }
    Ok(())
}

#[test]
fn an_empty_array_among_replies_is_an_error_as_well() -> Result {
    let scratch = Scratch::new()?;
    let failures = scratch.file("failures.ndjson", b"")?;
    let text = format!("{}\n[\n]\n{}\n", member("a"), member("b"));
    let run = normalize(&["--format", "records", "--failures", &failures, &scratch.file("replies.json", text.as_bytes())?])?;
    assert_eq!((run.status, column(&run.out, "request_id")?), (1, vec!["r-a".to_owned(), "r-b".to_owned()]), "{}", run.err);
    let failure: Value = serde_json::from_str(&std::fs::read_to_string(&failures)?)?;
    let offset = text.find('[').ok_or("no array")?;
    assert_eq!(
        (&failure["line"], &failure["offset"], &failure["kind"], &failure["text"]),
        (&2.into(), &offset.into(), &"UNEXPECTED_SHAPE".into(), &"[\n]".into())
    );
    // As two files they are no answer.
    let reply = r#"{"TargetHealthDescriptions":[{"Target":{"Id":"i-1","Port":80},"TargetHealth":{"State":"healthy"}}]}"#;
    let run = lbhealth(&["check", "--require", "1"], format!("{reply}\n[]\n").as_bytes())?;
    assert_eq!((run.status, run.out.contains("document at line 2: the array is empty")), (3, true), "{}", run.out);
    Ok(())
}

/// Nobody else can tell what it is the list of.
#[test]
fn an_empty_array_is_a_list_of_nobody_where_adapter_and_operation_are_named() -> Result {
    let scratch = Scratch::new()?;
    let array = scratch.file("array.json", b" [ ]\n")?;
    let envelope = scratch.file("envelope.json", br#"{"context":{"operation":"member_list/cli"},"payload":[]}"#)?;
    let adapter = ["--adapter", "openstack-octavia", "--format", "ndjson"];
    for (named, file) in [(&["--operation", "member_list/cli"][..], &array), (&[], &envelope)] {
        let run = normalize(&[&adapter, named, &[file]].concat())?;
        let document: Value = serde_json::from_str(&run.out)?;
        assert_eq!(
            (run.status, &document["operation"], &document["records"]),
            (0, &"member_list/cli".into(), &Value::Array(Vec::new()))
        );
    }
    let two = scratch.file("two.json", b"[]\n[ ]\n")?;
    let run = normalize(&[&adapter[..], &["--operation", "member_list/cli", &*two]].concat())?;
    assert_eq!((run.status, run.out.lines().count()), (0, 2), "{}", run.err);
    for unnamed in [&["--operation", "member_list/cli"][..], &adapter, &[&adapter[..], &["--operation", "member_list"]].concat()] {
        let run = normalize(&[unnamed, &[&*array]].concat())?;
        assert_eq!((run.status, &*run.out), (1, ""), "{unnamed:?}");
    }
    Ok(())
}

#[test]
fn a_file_of_a_byte_order_mark_is_empty() -> Result {
    let scratch = Scratch::new()?;
    let run = normalize(&[&scratch.file("mark.json", b"\xEF\xBB\xBF")?])?;
    assert_eq!((run.status, &*run.out), (1, ""));
    assert!(run.err.contains("the text is empty"), "{}", run.err);
    Ok(())
}

#[test]
fn a_document_is_not_taken_for_a_reply() -> Result {
    let scratch = Scratch::new()?;
    let inventory = r#"{"pools":[{"id":"p-1","name":"web"}],"request_id":"r-1"}"#;
    let saved = normalize(&["--adapter", "huawei-elb", &scratch.file("pools.json", inventory.as_bytes())?])?;
    for adapter in [&["--format", "ndjson"][..], &["--adapter", "huawei-elb"]] {
        let run = normalize(&[adapter, &[&scratch.file("saved.json", saved.out.as_bytes())?]].concat())?;
        assert_eq!((run.status, &*run.out), (1, ""));
        assert!(run.err.contains("found `urn:lbhealth:v1:inventory`, a document of lbhealth; `lbhealth lint`"), "{}", run.err);
    }
    Ok(())
}

#[test]
fn every_kind_of_document_says_what_reads_it() -> Result {
    let rows = "a row says too little to be read again; write documents with `--format ndjson` or `json`";
    let reads = "expected a document of lbhealth";
    // What `normalize` says, and the commands that read documents.
    for (kind, normalize, others) in [
        ("v1:health-report", "`lbhealth summarize`, `check`, `diff` and `explain --report` read those", reads),
        ("v1:health-check-report", "`lbhealth lint` and `convert` read those", reads),
        ("v1:inventory", "`lbhealth lint`, `convert` and `normalize --with` read those", reads),
        ("v1:backend-row", rows, rows),
        ("v1:pool-row", rows, rows),
        ("v1:summary", "no command reads those", "no command reads those"),
        ("v1:diff", "no command reads those", "no command reads those"),
        ("v2:health-report", "this version does not read those", "this version does not read those"),
    ] {
        let document = format!("{{\"schema_id\":\"urn:lbhealth:{kind}\"}}");
        let run = lbhealth(&["normalize"], document.as_bytes())?;
        let found = "lbhealth: standard input: expected a reply of a vendor at `/schema_id`, found";
        assert_eq!(run.err, format!("{found} `urn:lbhealth:{kind}`, a document of lbhealth; {normalize}\n"));
        for command in [&["summarize"][..], &["check"], &["lint"]] {
            let run = lbhealth(command, document.as_bytes())?;
            assert!(format!("{}{}", run.out, run.err).contains(others), "{command:?}: {}{}", run.out, run.err);
        }
    }
    Ok(())
}

#[test]
fn a_saved_inventory_completes_as_a_reply_does() -> Result {
    let scratch = Scratch::new()?;
    let health = scratch.file(
        "health.json",
        br#"{"ListenerHealthStatus":[{"ListenerId":"l","ServerGroupInfos":[{"ServerGroupId":"g","HealthCheckEnabled":"on","ActionType":"ForwardGroup",
        "ServerCount":1,"NonNormalServers":[]}]}],"RuleHealthStatus":[],"RequestId":"r"}"#,
    )?;
    let reply = scratch.file(
        "servers.json",
        br#"{"Servers":[{"ServerGroupId":"g","ServerId":"i-1","Port":80,"Status":"Available","Weight":100}],"RequestId":"s"}"#,
    )?;
    let adapter = ["--adapter", "alibaba-alb", "--format", "records"];
    let saved = normalize(&["--adapter", "alibaba-alb", "--format", "json", &reply])?;
    let saved = scratch.file("saved.json", saved.out.as_bytes())?;
    let of_reply = normalize(&[&adapter[..], &[&health, "--with", &reply]].concat())?;
    let of_saved = normalize(&[&adapter[..], &[&health, "--with", &saved]].concat())?;
    assert_eq!(column(&of_reply.out, "health")?, ["HEALTHY"]);
    assert_eq!((of_saved.status, &of_saved.out), (0, &of_reply.out), "{}", of_saved.err);

    let nothing = normalize(&[&adapter[..], &[&reply, "--with", &saved]].concat())?;
    assert_eq!((nothing.status, &*nothing.out), (1, ""));
    assert!(nothing.err.contains("there is no health report to complete"), "{}", nothing.err);
    Ok(())
}

#[test]
fn documents_of_an_adapter_that_is_not_known_here_are_completed_too() -> Result {
    let scratch = Scratch::new()?;
    let of_acme = |reply: &str| -> Result<String> {
        let own = lbhealth(&["normalize", "--adapter", "alibaba-alb", "--format", "ndjson"], reply)?;
        Ok(own.out.replace("alibaba-alb", "acme-lb"))
    };
    let health = of_acme(
        r#"{"ListenerHealthStatus":[{"ListenerId":"l","ServerGroupInfos":[{"ServerGroupId":"g","HealthCheckEnabled":"on","ServerCount":2,
        "ActionType":"ForwardGroup","NonNormalServers":[{"ServerId":"i-2","Port":80,"Status":"Unhealthy"}]}]}],"RequestId":"r"}"#,
    )?;
    let servers = of_acme(
        r#"{"Servers":[{"ServerGroupId":"g","ServerId":"i-1","Port":80,"Status":"Available","Weight":100},
        {"ServerGroupId":"g","ServerId":"i-2","Port":80,"Status":"Available","Weight":100}],"RequestId":"s"}"#,
    )?;
    let (health, servers) = (scratch.file("health.json", health)?, scratch.file("servers.json", servers)?);
    let run = normalize(&["--format", "records", &health, "--with", &servers])?;
    assert_eq!((run.status, &*run.err), (0, ""));
    assert_eq!(column(&run.out, "health")?, ["UNHEALTHY", "HEALTHY"]);
    Ok(())
}

#[test]
fn what_is_wrong_with_a_completed_report_names_all_files_that_it_is_of() -> Result {
    let scratch = Scratch::new()?;
    let reply = |group: &str, list: &str| {
        format!(
            r#"{{"ListenerHealthStatus":[{{"ListenerId":"l-{group}","ServerGroupInfos":[{{"ServerGroupId":"{group}","HealthCheckEnabled":"on",
            "ActionType":"ForwardGroup","ServerCount":0{list}}}]}}],"RequestId":"r"}}"#
        )
    };
    let one = scratch.file("one.json", reply("g-1", r#","NonNormalServers":[]"#))?;
    let other = scratch.file("other.json", reply("g-2", ""))?;
    let servers = scratch.file("servers.json", r#"{"Servers":[],"RequestId":"s"}"#)?;
    let run = normalize(&["--adapter", "alibaba-alb", "--format", "csv", &one, &other, "--with", &servers])?;
    assert!(run.err.contains(&format!("lbhealth: {one}, {other}: LIST_MISSING")), "{}", run.err);
    Ok(())
}

#[test]
fn a_reply_about_one_instance_leaves_the_lists_of_other_load_balancers_whole_in_any_order() -> Result {
    let scratch = Scratch::new()?;
    let reply = |load_balancer: &str, states: &str| {
        format!(r#"{{"context":{{"load_balancer_id":"{load_balancer}"}},"payload":{{"InstanceStates":[{states}]}}}}"#)
    };
    let in_service = |id: &str| format!(r#"{{"InstanceId":"{id}","State":"InService","ReasonCode":"N/A","Description":"N/A"}}"#);
    // That an instance is not registered is said only to who asks for it.
    let unknown = r#"{"InstanceId":"i-9","State":"OutOfService","ReasonCode":"Instance",
        "Description":"Instance is not currently registered with the LoadBalancer."}"#;
    let list = scratch.file("list.json", reply("lb-1", &in_service("i-1")))?;
    let asked = scratch.file("asked.json", reply("lb-2", &format!("{},{unknown}", in_service("i-7"))))?;
    let known = scratch.file(
        "known.json",
        r#"{"LoadBalancerDescriptions":[{"LoadBalancerName":"lb-1","Instances":[{"InstanceId":"i-1"},{"InstanceId":"i-2"}]},
            {"LoadBalancerName":"lb-2","Instances":[{"InstanceId":"i-7"}]}]}"#,
    )?;
    for files in [[&list, &asked], [&asked, &list]] {
        let run = normalize(&["--adapter", "aws-elb-classic", "--format", "records", files[0], files[1], "--with", &known])?;
        assert_eq!((run.status, &*run.err), (0, "lbhealth: 2 documents, 4 records, 2 warnings, 0 failures\n"), "{files:?}");
        assert_eq!(column(&run.out, "backend_id")?, ["i-1", "i-2", "i-7", "i-9"], "{files:?}");
        assert_eq!(column(&run.out, "health")?, ["HEALTHY", "UNKNOWN", "HEALTHY", "INACTIVE"], "{files:?}");
    }
    Ok(())
}

#[test]
fn an_inventory_beside_a_reply_that_names_no_pool_is_told_to_complete_nothing() -> Result {
    let scratch = Scratch::new()?;
    let member = r#"{"id":"m-1","address":"10.0.0.1","protocol_port":80,"weight":1,"backup":false,"operating_status":"ONLINE"}"#;
    let members = scratch.file("members.json", format!(r#"{{"members":[{member}]}}"#))?;
    let off = r#"{"pool":{"id":"p-1","operating_status":"OFFLINE","admin_state_up":false,"provisioning_status":"ACTIVE"}}"#;
    let pool = scratch.file("pool.json", off)?;
    let arguments = ["--adapter", "openstack-octavia", "--format", "records", &members, "--with", &pool];
    let run = normalize(&arguments)?;
    assert!(run.err.contains("nothing says which pool 1 health report of ") && run.err.contains("`--pool-id`"), "{}", run.err);
    assert_eq!(column(&run.out, "traffic")?, ["ELIGIBLE"]);
    let run = normalize(&[&arguments[..], &["--pool-id", "p-1"]].concat())?;
    assert_eq!((run.status, &*run.err), (0, ""));
    assert_eq!(column(&run.out, "traffic")?, ["EXCLUDED"]);
    Ok(())
}

#[test]
fn what_is_read_is_not_written_over() -> Result {
    let scratch = Scratch::new()?;
    let text = format!("{}\n", member("a"));
    let file = scratch.file("sweep.ndjson", text.as_bytes())?;
    for option in ["--pools", "--failures"] {
        let run = normalize(&["--format", "ndjson", option, &file, &file])?;
        assert_eq!((run.status, &*run.out), (2, ""));
        assert!(run.err.contains("would overwrite what is read"), "{}", run.err);
        let run = normalize(&["--format", "ndjson", option, "-", &file])?;
        assert_eq!((run.status, &*run.out), (2, ""));
        assert!(run.err.contains("standard output is for the documents; name a file"), "{}", run.err);
        assert_eq!(std::fs::read_to_string(&file)?, text);
    }
    let both = scratch.file("both.ndjson", b"")?;
    let run = normalize(&["--format", "ndjson", "--pools", &both, "--failures", &both, &file])?;
    assert_eq!(run.status, 2);
    assert_eq!(normalize(&["--format", "ndjson", "--pools", "/dev/null", "--failures", "/dev/null", &file])?.status, 0);
    Ok(())
}

#[test]
fn names_of_compressed_files_are_not_written_to() -> Result {
    let scratch = Scratch::new()?;
    let file = scratch.file("sweep.ndjson", member("a"))?;
    for (option, name, endings) in [
        ("--pools", "p.csv.gz", "`.csv`, `.parquet` or `.arrows`"),
        ("--pools", "p.ZST", "`.arrows`, or in another way for a flat row a line"),
        ("--failures", "f.ndjson.xz", "`.ndjson`"),
    ] {
        let path = scratch.path(name);
        let run = normalize(&["--format", "ndjson", option, &path, &file])?;
        assert_eq!((run.status, &*run.out), (2, ""));
        let told = format!("`{option} {path}`: nothing is compressed that is written; name a file that ends in ");
        assert!(run.err.contains(&told) && run.err.contains(endings), "{}", run.err);
        assert!(!std::path::Path::new(&path).exists());
    }
    Ok(())
}

#[test]
fn a_closed_pipe_ends_a_stream_quietly() -> Result {
    let scratch = Scratch::new()?;
    let file = scratch.file("sweep.ndjson", (member("a") + "\n").repeat(50_000).as_bytes())?;
    let run = unread(&["normalize", "--threads", "3", &file])?;
    assert_eq!((run.status, &*run.err), (0, ""));
    Ok(())
}
