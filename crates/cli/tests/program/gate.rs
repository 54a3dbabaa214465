//! Gates that must not be talked into `OK`: by lists that are taken apart, names that prove nothing, and replies that name no pool.

use lbhealth::Summary;
use serde_json::{Value, json};

use crate::run::{Result, Scratch, examples, lbhealth};

/// The endpoints of a group, as a command line prints them: two fail, and the last is well.
fn endpoints() -> String {
    let endpoint = |(address, state): &(&str, &str)| {
        let service = "https://www.googleapis.com/compute/v1/projects/p/global/backendServices/b";
        let health = json!({ "backendService": { "backendService": service }, "healthState": state });
        json!({ "networkEndpoint": { "ipAddress": address, "port": 80 }, "healths": [health] })
    };
    let states = [("10.0.0.1", "UNHEALTHY"), ("10.0.0.2", "UNHEALTHY"), ("10.0.0.3", "HEALTHY")];
    states.iter().map(endpoint).collect::<Value>().to_string()
}

#[test]
fn an_array_that_is_one_reply_is_read_as_one() -> Result {
    let endpoints = endpoints();
    let run = lbhealth(&["check"], endpoints.as_bytes())?;
    assert_eq!(run.status, 2, "{}", run.out);
    assert!(run.out.contains("1 of 3 in service up, 2 down"), "{}", run.out);
    for (backend, status) in [("10.0.0.1", 2), ("10.0.0.9", 0)] {
        let run = lbhealth(&["check", "--require", "gone", "--backend", backend], endpoints.as_bytes())?;
        assert_eq!(run.status, status, "{}", run.out);
    }
    // One by one, they hide neither each other nor what is not among them.
    let documents = lbhealth(&["normalize", "--format", "ndjson"], endpoints.as_bytes())?.out;
    assert_eq!(documents.lines().count(), 3);
    let run = lbhealth(&["check"], documents.as_bytes())?;
    assert!(run.status == 2 && run.out.contains("1 of 3"), "{}", run.out);
    let run = lbhealth(&["check", "--require", "gone", "--backend", "10.0.0.9"], documents.as_bytes())?;
    assert_eq!(run.status, 3, "{}", run.out);
    // An array of replies is none: two pools of one, and the endpoints.
    let reply = std::fs::read_to_string(examples().join("after.json"))?;
    let run = lbhealth(&["summarize", "--format", "json"], format!("[{reply},{endpoints}]").as_bytes())?;
    assert_eq!(serde_json::from_str::<Summary>(&run.out)?.pools.len(), 3, "{}", run.err);
    // The list of nobody is not nothing.
    let run = lbhealth(&["check", "--adapter", "openstack-octavia"], b"[]")?;
    assert_eq!((run.status, run.out.contains("the array is empty")), (3, true), "{}", run.out);
    Ok(())
}

#[test]
fn names_in_a_gate_are_trimmed_and_none_is_blank() -> Result {
    let reply = br#"{"TargetHealthDescriptions":[{"Target":{"Id":"i-1","Port":80},"TargetHealth":{"State":"healthy"}}]}"#;
    for option in ["--pool", "--listener", "--backend"] {
        for blank in ["", " \r\n"] {
            let run = lbhealth(&["check", "--require", "gone", option, blank], reply)?;
            assert_eq!((run.status, run.out.starts_with("LBHEALTH UNKNOWN - invalid value")), (3, true), "{option}");
            assert!(run.err.contains("it is blank"), "{}", run.err);
        }
    }
    let run = lbhealth(&["check", "--require", "gone", "--backend", "i-1\r"], reply)?;
    assert_eq!((run.status, run.out.contains("1 still registered")), (2, true), "{}", run.out);
    let run = lbhealth(&["check", "--require", "gone", "--backend", "i-2 i-1"], reply)?;
    assert_eq!((run.status, run.out.contains("may be several names")), (3, true), "{}", run.out);
    Ok(())
}

#[test]
fn groups_that_are_not_told_apart_are_not_merged_by_a_completion() -> Result {
    let group = |name: &str, count: usize, state: &str| {
        let target = |number| format!(r#"{{"Target":{{"Id":"i-{name}{number}","Port":80}},"TargetHealth":{{"State":"{state}"}}}}"#);
        format!(r#"{{"TargetHealthDescriptions":[{}]}}"#, (0..count).map(target).collect::<Vec<_>>().join(","))
    };
    let replies = format!("{}\n{}\n", group("a", 2, "unhealthy"), group("b", 10, "healthy"));
    let scratch = Scratch::new()?;
    let groups = scratch
        .file("groups.json", r#"{"TargetGroups":[{"TargetGroupArn":"tg","Protocol":"HTTP","Port":80,"TargetType":"instance"}]}"#)?;
    for with in [&[][..], &["--with", &groups]] {
        let documents = lbhealth(&[&["normalize", "--format", "ndjson"][..], with].concat(), replies.as_bytes())?.out;
        assert_eq!(documents.lines().count(), 2, "{documents}");
        let run = lbhealth(&["check", "--require", "80%"], documents.as_bytes())?;
        assert_eq!((run.status, run.out.contains("may be about several")), (3, true), "{}", run.out);
    }
    Ok(())
}
