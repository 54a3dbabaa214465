//! Transcripts of `summarize`, `check` and `diff`, those of the documentation among them.

use lbhealth::{CheckResult, Diff, Summary};
use serde_json::Value;

use crate::run::{Result, Run, examples, lbhealth, on_full_disk, unread};

fn documents(files: &[&str]) -> Result<String> {
    let run = lbhealth(&[&["normalize", "--format", "ndjson"], files].concat(), b"")?;
    assert_eq!((run.status, &*run.err), (0, ""));
    Ok(run.out)
}

/// The line for monitoring: what stands before the bar, and the performance data.
fn line(run: &Run) -> Result<(&str, &str)> {
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    Ok(run.out.trim_end().split_once(" | ").ok_or("no performance data")?)
}

#[test]
fn documents_and_replies_are_read_alike_from_files_and_standard_input() -> Result {
    let direct = lbhealth(&["summarize", "after.json"], b"")?;
    assert_eq!((direct.status, &*direct.err), (0, ""));
    let reply = std::fs::read(examples().join("after.json"))?;
    let ndjson = documents(&["after.json"])?;
    let indented = lbhealth(&["normalize", "after.json"], b"")?.out;
    for input in [&reply[..], ndjson.as_bytes(), indented.as_bytes(), format!("\u{FEFF}{ndjson}").as_bytes()] {
        for arguments in [&["summarize"][..], &["summarize", "-"]] {
            assert_eq!(lbhealth(arguments, input)?.out, direct.out);
        }
    }
    Ok(())
}

#[test]
fn documents_stand_one_after_the_other_in_any_form() -> Result {
    let member = r#"{"member":{"id":"m-1","subnet_cidr_id":"s-1","protocol_port":80,"weight":1,"operating_status":"ONLINE"},"request_id":"r-1"}"#;
    let input = format!("{}\n\n{member} {member}", documents(&["after.json"])?);
    let run = lbhealth(&["summarize", "--format", "json"], input.as_bytes())?;
    assert_eq!((run.status, &*run.err), (0, ""));
    let summary: Summary = serde_json::from_str(&run.out)?;
    assert_eq!((summary.reports.len(), summary.pools.len(), summary.counts.backend_count), (3, 3, Some(8)));
    assert_eq!(summary.producer, Some(format!("lbhealth {}", env!("CARGO_PKG_VERSION"))));
    Ok(())
}

#[test]
fn a_bad_document_is_an_error_that_says_where() -> Result {
    let good = documents(&["after.json"])?;
    let typo = good.replacen("\"health\":\"INITIALIZING\"", "\"health\":\"UP\"", 1);
    let run = lbhealth(&["summarize"], typo.as_bytes())?;
    assert_eq!((run.status, &*run.out), (1, ""));
    assert!(
        run.err.starts_with("lbhealth: standard input: expected a document of lbhealth, found unknown variant `UP`"),
        "{}",
        run.err
    );
    assert!(run.err.contains(" at line 1 column "), "{}", run.err);
    let run = lbhealth(&["summarize"], format!("{good}{typo}").as_bytes())?;
    assert!(run.err.starts_with("lbhealth: standard input: document at line 2: expected a document of lbhealth"), "{}", run.err);
    let run = lbhealth(&["summarize"], format!("{good}{}", &good[..100]).as_bytes())?;
    assert!(run.err.starts_with("lbhealth: standard input: document at line 2: the payload is not JSON: EOF"), "{}", run.err);
    assert!(run.err.contains("(line 1, column 100)"), "{}", run.err);
    let future = good.replace("urn:lbhealth:v1:health-report", "urn:lbhealth:v2:health-report");
    let run = lbhealth(&["summarize"], future.as_bytes())?;
    let text = "lbhealth: standard input: expected a reply of a vendor at `/schema_id`, found `urn:lbhealth:v2:health-report`, a document \
                of lbhealth; this version does not read those\n";
    assert_eq!(run.err, text);
    for (input, text) in [
        (&b""[..], "the input is empty; there is no document in it"),
        (b" \n", "the input is empty; there is no document in it"),
        (b"\xFF\xFE{", "the text is UTF-16"),
        (b"<html>", "this looks like HTML"),
        (b"{\"Code\":\"Throttling\",\"Message\":\"slow down\",\"RequestId\":\"r\"}", "the payload is an error reply (THROTTLED)"),
    ] {
        let run = lbhealth(&["summarize"], input)?;
        assert_eq!((run.status, &*run.out), (1, ""));
        assert!(run.err.contains(text), "{}", run.err);
    }
    Ok(())
}

#[test]
fn a_bad_reply_does_not_lose_its_neighbours() -> Result {
    let member = |id: &str, status: &str| {
        format!(
            r#"{{"member":{{"id":"{id}","subnet_cidr_id":"s-1","weight":1,"operating_status":"{status}"}},"request_id":"r-1"}}"#
        )
    };
    let (good, down) = (member("m-1", "ONLINE"), member("m-2", "OFFLINE"));
    let refused = r#"{"Code":"Throttling","Message":"slow down","RequestId":"r"}"#;
    for (input, place) in [
        (format!("{good}\n{refused}\n{down}\n"), "document at line 2"),
        (format!("[{good},{refused},{down}]"), &*format!("document at byte {}", good.len() + 2)),
        (
            format!(r#"{good} {refused} {{"context":{{"pool_id":"p-1"}},"payload":{down}}}"#),
            &*format!("document at byte {}", good.len() + 1),
        ),
    ] {
        let told = format!("standard input: {place}: the payload is an error reply (THROTTLED)");
        let run = lbhealth(&["summarize", "--format", "json"], input.as_bytes())?;
        let summary: Summary = serde_json::from_str(&run.out)?;
        assert_eq!((run.status, summary.reports.len(), summary.counts.known_count), (1, 2, 2), "{input}");
        assert!(run.err.starts_with(&format!("lbhealth: {told}")), "{}", run.err);
        let run = lbhealth(&["explain", "--report", "-", "--backend", "m-2"], input.as_bytes())?;
        assert_eq!(run.status, 1, "{}", run.err);
        assert!(run.out.contains("UNHEALTHY") && run.err.starts_with(&format!("lbhealth: {told}")), "{}{}", run.out, run.err);
        // Whoever asks whether all is well must not read the rest as an answer, unless it is bad enough by itself.
        let run = lbhealth(&["check", "--backend", "m-1"], input.as_bytes())?;
        assert_eq!((run.status, run.out.starts_with(&format!("LBHEALTH UNKNOWN - input: {told}"))), (3, true), "{}", run.out);
        let run = lbhealth(&["check", "--require", "all"], input.as_bytes())?;
        assert_eq!(run.status, 2, "{}", run.out);
        // What is missing would read as gone.
        let run = lbhealth(&["diff", "-", "after.json"], input.as_bytes())?;
        assert_eq!((run.status, &*run.out), (2, ""));
        assert!(run.err.starts_with(&format!("lbhealth: {told}")), "{}", run.err);
    }
    let many = format!("{}{good}", format!("{refused}\n").repeat(25));
    let run = lbhealth(&["summarize"], many.as_bytes())?;
    assert_eq!((run.status, run.err.lines().count()), (1, 21));
    assert!(run.err.ends_with("lbhealth: 5 more failures are not shown\n"), "{}", run.err);
    let run = lbhealth(&["check"], many.as_bytes())?;
    assert!(run.status == 3 && run.out.contains("; and 24 other failures"), "{}", run.out);
    // What the vendor answered is told, however much before it could not be read.
    let late = format!("{}{refused}\n{good}", "{}\n".repeat(25));
    let run = lbhealth(&["check"], late.as_bytes())?;
    assert!(run.out.contains("(THROTTLED)") && run.out.contains("; and 25 other failures"), "{}", run.out);
    Ok(())
}

#[test]
fn what_is_no_health_report_is_an_error_with_a_remedy() -> Result {
    let run = lbhealth(&["summarize", "--adapter", "alibaba-alb", "servers.json"], b"")?;
    assert_eq!(
        (run.status, &*run.err),
        (
            1,
            "lbhealth: servers.json: an inventory is no health report; complete one with it: `lbhealth normalize HEALTH --with INVENTORY`\n"
        )
    );
    Ok(())
}

#[test]
fn one_bad_file_does_not_lose_the_others() -> Result {
    let run = lbhealth(&["summarize", "nowhere.json", "after.json"], b"")?;
    assert_eq!(run.status, 1);
    assert!(run.out.starts_with("CRITICAL by halves"), "{}", run.out);
    assert!(run.err.starts_with("lbhealth: nowhere.json: cannot be read: "), "{}", run.err);
    Ok(())
}

#[test]
fn a_policy_that_does_not_exist_is_wrong_usage() -> Result {
    for (command, status) in [("summarize", 2), ("check", 3)] {
        let run = lbhealth(&[command, "--policy", "most", "after.json"], b"")?;
        assert_eq!((run.status, run.out.is_empty()), (status, command == "summarize"));
        assert!(run.err.contains("`most` is not a policy; write halves, worst, any-eligible, quorum:N"), "{}", run.err);
    }
    Ok(())
}

#[test]
fn the_line_for_monitoring_has_figures_and_a_status() -> Result {
    let run = lbhealth(&["check", "before.json", "--policy", "any-eligible"], b"")?;
    assert_eq!((run.status, &*run.err), (0, ""));
    let (text, data) = line(&run)?;
    assert_eq!(text, "LBHEALTH OK - any-eligible: 6 of 7 in service up, 1 down; in 2 pools");
    assert_eq!(
        data,
        "healthy=6;;;0;7 unmonitored=0;;;0;7 inactive=0;;;0;7 draining=0;;;0;7 initializing=0;;;0;7 unknown=0;;;0;7 degraded=0;;;0;7 \
         unhealthy=1;;;0;7 mixed=0;;;0;7 eligible=6;;;0;7"
    );
    for (arguments, status, word) in [
        (&["check", "before.json"][..], 1, "WARNING"),
        (&["check", "after.json"], 2, "CRITICAL"),
        (&["check", "after.json", "--pool", "sgp-web"], 1, "WARNING"),
        (&["check", "after.json", "--pool", "sgp-web", "--require", "75%"], 0, "OK"),
        (&["check", "after.json", "--pool", "sgp-web", "--require", "75%", "--no-initializing"], 2, "CRITICAL"),
        (&["check", "after.json", "--listener", "lsn-other"], 3, "UNKNOWN"),
    ] {
        let run = lbhealth(arguments, b"")?;
        assert_eq!(run.status, status, "{arguments:?}");
        assert!(run.out.starts_with(&format!("LBHEALTH {word} - ")), "{arguments:?} {}", run.out);
    }
    Ok(())
}

#[test]
fn what_cannot_be_found_out_is_unknown_and_says_so_on_standard_output() -> Result {
    for (input, text) in [
        (&b""[..], "LBHEALTH UNKNOWN - input: standard input: the input is empty; there is no document in it"),
        (b"{", "LBHEALTH UNKNOWN - input: standard input: the payload is not JSON: "),
        (
            b"{\"Code\":\"Throttling\",\"Message\":\"a | b\",\"RequestId\":\"r\"}",
            "LBHEALTH UNKNOWN - input: standard input: the payload is an error reply (THROTTLED): Throttling: a / b",
        ),
    ] {
        let run = lbhealth(&["check"], input)?;
        assert_eq!((run.status, run.out.lines().count()), (3, 1), "{}", run.out);
        assert!(run.out.starts_with(text), "{}", run.out);
        assert!(!run.out.contains('|'), "no figures are known: {}", run.out);
    }
    let run = lbhealth(&["check", "nowhere.json", "after.json"], b"")?;
    assert_eq!(run.status, 2, "what is known to be wrong comes first");
    assert!(run.out.contains("input: nowhere.json: cannot be read"), "{}", run.out);
    for (arguments, why) in [
        (&["check", "--require", "8O%|"][..], "invalid value '8O%/' for '--require <N/P%/all/gone>': `8O%/` is not a requirement"),
        (&["check", "--nonsense"], "unexpected argument '--nonsense' found\n"),
        (&["check", "--adapter", "acme-lb", "after.json"], "no adapter is called `acme-lb`; there are "),
    ] {
        let run = lbhealth(arguments, b"")?;
        assert_eq!((run.status, run.out.lines().count()), (3, 1), "{arguments:?}");
        assert!(run.out.starts_with(&format!("LBHEALTH UNKNOWN - {why}")), "{}", run.out);
        assert!(!run.out.contains('|') && !run.err.is_empty(), "{}", run.out);
    }
    let run = lbhealth(&["check", "--help"], b"")?;
    assert_eq!((run.status, run.out.contains("LBHEALTH UNKNOWN")), (0, false));
    // Other commands have no such line, and it is no document.
    for arguments in [&["summarize", "--nonsense"][..], &["check", "--format", "json", "--nonsense"]] {
        assert_eq!(lbhealth(arguments, b"")?.out, "", "{arguments:?}");
    }
    Ok(())
}

#[test]
fn ids_of_the_vendor_cannot_break_the_line_or_move_the_cursor() -> Result {
    let reply = std::fs::read_to_string(examples().join("after.json"))?.replace("i-api-1", "i|1\\n\\u001b[31m");
    let run = lbhealth(&["check"], reply.as_bytes())?;
    assert_eq!((run.status, run.out.lines().count(), run.out.matches('|').count()), (2, 1, 1), "{}", run.out);
    for arguments in [&["summarize"][..], &["diff", "before.json", "-"]] {
        let run = lbhealth(arguments, reply.as_bytes())?;
        assert!(!run.out.contains('\u{1b}'), "{}", run.out);
    }
    Ok(())
}

#[test]
fn answers_are_written_as_documents_on_request() -> Result {
    let run = lbhealth(&["check", "after.json", "--format", "json"], b"")?;
    assert_eq!((run.status, &*run.err), (2, ""));
    let result: CheckResult = serde_json::from_str(&run.out)?;
    assert_eq!(result.demands[0].deciding_records.len(), 2);
    let run = lbhealth(&["diff", "before.json", "after.json", "--format", "json"], b"")?;
    assert_eq!((run.status, &*run.err), (1, ""));
    let diff: Diff = serde_json::from_str(&run.out)?;
    assert_eq!((diff.counts.recovered_count, diff.counts.health_changed_count), (1, 3));
    let value: Value = serde_json::from_str(&run.out)?;
    assert_eq!(value["schema_id"], "urn:lbhealth:v1:diff");
    Ok(())
}

#[test]
fn nothing_changed_is_0_something_changed_is_1_and_trouble_is_2() -> Result {
    let run = lbhealth(&["diff", "before.json", "before.json"], b"")?;
    assert_eq!((run.status, &*run.out, &*run.err), (0, "nothing changed\n", ""));
    let after = documents(&["after.json"])?;
    for arguments in [&["diff", "before.json", "-"][..], &["diff", "-", "before.json"]] {
        assert_eq!(lbhealth(arguments, after.as_bytes())?.status, 1);
    }
    for arguments in [
        &["diff"][..],
        &["diff", "before.json"],
        &["diff", "before.json", "nowhere.json"],
        &["diff", "-", "-"],
        &["diff", "before.json", "servers.json"],
        &["diff", "--adapter", "aws-elbv2", "before.json", "after.json"],
    ] {
        let run = lbhealth(arguments, b"{}")?;
        assert_eq!((run.status, &*run.out), (2, ""), "{arguments:?}");
        assert!(!run.err.is_empty(), "{arguments:?}");
    }
    Ok(())
}

#[test]
fn weak_comparisons_are_complained_of() -> Result {
    let pending = std::fs::read_to_string(examples().join("after.json"))?.replacen('{', "{\"NextToken\": \"t\",", 1);
    let run = lbhealth(&["diff", "before.json", "-"], pending.as_bytes())?;
    assert_eq!(run.status, 1);
    assert_eq!(run.err, "lbhealth: NOT_COMPLETE: the snapshot does not hold everything, or it is not known whether it does\n");
    // The one that was failing may stand on the page that is missing.
    assert!(run.out.contains("GONE") && run.out.contains("AMBIGUOUS") && !run.out.contains("RECOVERED"), "{}", run.out);
    Ok(())
}

#[test]
fn a_closed_pipe_does_not_change_the_answer() -> Result {
    for (arguments, status) in
        [(&["check", "after.json"][..], 2), (&["diff", "before.json", "after.json"], 1), (&["summarize", "after.json"], 0)]
    {
        let run = unread(arguments)?;
        assert_eq!((run.status, &*run.err), (status, ""), "{arguments:?}");
    }
    Ok(())
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_no_verdict() -> Result {
    for (arguments, status) in
        [(&["check", "before.json"][..], 3), (&["diff", "before.json", "after.json"], 2), (&["summarize", "after.json"], 1)]
    {
        let run = on_full_disk(arguments)?;
        assert_eq!(run.status, status, "{arguments:?}");
        assert!(run.err.contains("No space left on device"));
    }
    Ok(())
}
