//! What the payloads of a release gave, against what they give.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::finding::Place;
use super::super::{compare, goldens};
use super::{Findings, Release};

/// What is told of two outcomes of the same payload. `cause` and `health` are properties that the release knew.
fn told(old: &Value, new: &Value) -> Vec<String> {
    let known: BTreeSet<String> = ["cause", "health", "records"].map(str::to_owned).into();
    let mut findings = Findings::default();
    goldens::outcomes(&Place::file("goldens", "goldens"), old, new, &known, &mut findings);
    findings.sorted().iter().map(|finding| finding.to_string().split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn today_gives_what_today_gives() {
    let today = Release::today().unwrap();
    assert_eq!(compare(&today, &today.files).unwrap(), []);
}

#[test]
fn a_release_that_gave_another_verdict_is_told() {
    let mut release = Release::today().unwrap();
    let text = release.goldens.values_mut().next().unwrap();
    let was = text.clone();
    *text = text.replacen("\"health\":\"UNHEALTHY\"", "\"health\":\"DEGRADED\"", 1);
    assert_ne!(*text, was);
    let findings = compare(&release, &release.files).unwrap();
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(lines[0].starts_with("vocabulary       goldens/"), "{lines:?}");
    assert!(lines[0].ends_with("/health: was \"DEGRADED\" and is \"UNHEALTHY\"") && lines.len() == 1, "{lines:?}");
}

#[test]
fn answers_are_vocabulary_also_where_they_come_and_go() {
    let record = |members: Value| json!({ "records": [members] });
    let of = |old: Value, new: Value| told(&record(old), &record(new));
    assert_eq!(
        of(json!({ "health": "UNHEALTHY" }), json!({ "health": "UNKNOWN" })),
        ["vocabulary goldens#/records/0/health: was \"UNHEALTHY\" and is \"UNKNOWN\""]
    );
    assert_eq!(of(json!({ "cause": {} }), json!({})), ["vocabulary goldens#/records/0/cause: it is no longer there"]);
    assert_eq!(of(json!({}), json!({ "cause": {} })), ["vocabulary goldens#/records/0/cause: it is there now"]);
    assert_eq!(
        told(&json!({ "records": [1] }), &json!({ "records": [] })),
        ["vocabulary goldens#/records: had 1 elements and has 0"]
    );
}

#[test]
fn a_property_that_the_release_did_not_know_is_additive() {
    assert_eq!(told(&json!({}), &json!({ "rack": "r7" })), ["additive goldens#/rack: \"r7\" is there now"]);
}

#[test]
fn a_warning_more_is_additive_and_one_less_is_not() {
    let (one, two) = (json!({ "warnings": ["A"] }), json!({ "warnings": ["B", "A"] }));
    assert_eq!(told(&one, &two), ["additive goldens#/warnings: had 1 elements and has 2"]);
    assert_eq!(told(&two, &one), ["vocabulary goldens#/warnings: had 2 elements and has 1"]);
}

#[test]
fn the_wording_of_messages_is_documentation() {
    let warning = |text: &str| json!({ "warnings": [{ "code": "LIST_MISSING", "message": text }] });
    assert_eq!(told(&warning("a"), &warning("b")), ["documentation goldens#/warnings/0/message: was \"a\" and is \"b\""]);
    // The vendor's own message is evidence.
    let record = |text: &str| json!({ "records": [{ "evidence": { "message": text } }] });
    assert_eq!(told(&record("a"), &record("b")), ["vocabulary goldens#/records/0/evidence/message: was \"a\" and is \"b\""]);
}

#[test]
fn keys_stay_for_as_long_as_the_version_lasts() {
    let record = |key: &str| json!({ "records": [{ "record_key": key }] });
    assert_eq!(told(&record("a|b"), &record("a||b")), ["breaking goldens#/records/0/record_key: was \"a|b\" and is \"a||b\""]);
}

#[test]
fn what_was_read_is_read() {
    let error = json!({ "error": { "kind": "NOT_JSON", "text": "not JSON" } });
    assert_eq!(told(&json!({ "records": [] }), &error), ["breaking goldens: a payload that was read is an error now: not JSON"]);
    assert_eq!(told(&error, &json!({ "records": [] })), ["additive goldens: what was an error is read now"]);
}

#[test]
fn of_many_places_in_one_document_some_are_told() {
    let records = |health: &str| json!({ "records": vec![json!({ "health": health }); 9] });
    let lines = told(&records("HEALTHY"), &records("UNKNOWN"));
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0], "vocabulary goldens: and 6 more in the same document");
}
