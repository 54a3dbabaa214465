//! Properties that hold for any input.

use std::collections::BTreeSet;

use anyhow::Result;
use lbhealth::wire::Kind;
use lbhealth::{
    ADAPTERS, Adapter, BackendRow, Context, Document, HealthReport, PoolRow, Row, StatusCodes, Vocabulary, Warnings, Words,
};
use lbhealth_tests::Fixture;
use proptest::prelude::*;
use serde_json::Value;

/// Any JSON, made of the names and words that the adapters look for.
fn json() -> impl Strategy<Value = Value> {
    let mut names = vec!["error".to_owned(), "Success".to_owned(), "code".to_owned()];
    let mut words = vec![String::new(), "  ".to_owned(), "0".to_owned(), "65536".to_owned(), "-1".to_owned(), "on".to_owned()];
    for adapter in ADAPTERS {
        for operation in adapter.operations() {
            collect(operation.payload, &mut names);
        }
        words.extend(adapter.vocabulary().rows().map(|row| row.word.to_owned()));
    }
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(words).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(8, 128, 6, move |inner| {
        let name = prop::sample::select(names.clone());
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((name, inner), 0..6).prop_map(Value::from_iter),
        ]
    })
}

fn collect(shape: &lbhealth::wire::Shape, names: &mut Vec<String>) {
    for field in shape.fields {
        names.push(field.name.to_owned());
        let mut kind = field.kind;
        while let Kind::List(element) = kind {
            kind = *element;
        }
        if let Kind::Object(inner) | Kind::Reference(inner) | Kind::Wrapped(inner) = kind {
            collect(inner, names);
        }
    }
}

/// No adapter panics on it, and what comes out survives being written and read.
fn holds(payload: &[u8]) -> Result<(), TestCaseError> {
    let _ = lbhealth::normalize(payload, &Context::default());
    for adapter in ADAPTERS {
        if let Ok(document) = adapter.normalize(payload, &Context::default()) {
            round_trips(&document)?;
        }
    }
    Ok(())
}

fn round_trips(document: &Document<'_>) -> Result<(), TestCaseError> {
    let failed = |error: &dyn std::fmt::Display| TestCaseError::fail(error.to_string());
    let text = serde_json::to_string(document).map_err(|error| failed(&error))?;
    let read: Document<'static> = text.parse().map_err(|error| failed(&error))?;
    prop_assert_eq!(serde_json::to_string(&read).map_err(|error| failed(&error))?, text);
    prop_assert_eq!(document.clone().into_owned(), read);
    if let Document::Health(report) = document {
        rows_are_those_of_serde(report)?;
    }
    Ok(())
}

/// The faster way of writing rows gives the same text.
fn rows_are_those_of_serde(report: &HealthReport<'_>) -> Result<(), TestCaseError> {
    let failed = |error: serde_json::Error| TestCaseError::fail(error.to_string());
    let (mut fast, mut slow) = (Vec::new(), String::new());
    report.write_rows(&mut fast);
    report.write_pool_rows(&mut fast);
    for row in report.rows() {
        slow += &(serde_json::to_string(&row).map_err(failed)? + "\n");
    }
    for row in report.pool_rows() {
        slow += &(serde_json::to_string(&row).map_err(failed)? + "\n");
    }
    prop_assert_eq!(String::from_utf8_lossy(&fast), slow);
    Ok(())
}

proptest! {
    #[test]
    fn no_bytes_panic(payload in prop::collection::vec(any::<u8>(), 0..512)) {
        holds(&payload)?;
    }

    #[test]
    fn no_json_panics(payload in json()) {
        holds(payload.to_string().as_bytes())?;
    }

    #[test]
    fn no_damaged_fixture_panics(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let fixtures = Fixture::all().map_err(|error| TestCaseError::fail(error.to_string()))?;
        let mut payload = which.get(&fixtures).input.clone();
        let place = at.index(payload.len());
        if cut {
            payload.truncate(place);
        } else {
            payload[place] = byte;
        }
        holds(&payload)?;
    }

    #[test]
    fn any_cell_is_written_as_serde_writes_it(text in any::<String>(), weight in prop::option::of(any::<f64>()), number in any::<u16>()) {
        let fixtures = Fixture::all().map_err(|error| TestCaseError::fail(error.to_string()))?;
        for fixture in fixtures.iter().step_by(17) {
            let Ok(Ok(Document::Health(mut report))) = fixture.outcome() else { continue };
            report.producer = Some((&*text).into());
            report.observed_at = lbhealth::Timestamp::from_millisecond(i64::from(number) * 1_000_003);
            for record in &mut report.records {
                (record.backend_name, record.zone, record.port) = (Some((&*text).into()), Some((&*text).into()), Some(number));
                record.weight = weight.filter(|weight| weight.is_finite());
                record.evidence.path = lbhealth::Pointer::from(text.clone());
            }
            rows_are_those_of_serde(&report)?;
        }
    }

    #[test]
    fn canonical_codes_read_as_themselves(parts in prop::collection::vec((100u16..1000, 0u16..200), 1..6)) {
        let ranges: Vec<String> = parts.iter().map(|(first, more)| format!("{first}-{}", (first + more).min(999))).collect();
        let codes = StatusCodes::parse(&ranges.join(","), None).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let again = StatusCodes::parse(&codes.text, Some("HTTP")).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(&again, &codes);
        prop_assert!(parts.iter().all(|(first, _)| codes.contains(*first)));
    }

    #[test]
    fn no_text_panics_as_codes(text in any::<String>()) {
        let _ = StatusCodes::parse(&text, None);
    }
}

#[test]
fn every_golden_document_and_row_round_trips() -> Result<()> {
    for fixture in Fixture::all()? {
        let Ok(document) = fixture.outcome()? else { continue };
        round_trips(&document).map_err(|error| anyhow::anyhow!("{}: {error}", fixture.folder.display()))?;
        if let Document::Health(report) = &document {
            rows_round_trip(report)?;
        }
    }
    Ok(())
}

#[test]
fn the_report_of_one_payload_is_concluded() -> Result<()> {
    for fixture in Fixture::all()? {
        let Ok(Document::Health(mut report)) = fixture.outcome()? else { continue };
        let before = report.clone();
        report.conclude(ADAPTERS);
        assert!(report == before, "{}", fixture.folder.display());
    }
    Ok(())
}

fn rows_round_trip(report: &HealthReport<'_>) -> Result<()> {
    for row in report.rows() {
        let text = serde_json::to_string(&row)?;
        assert_eq!(serde_json::from_str::<BackendRow<'_>>(&text)?, row);
    }
    for row in report.pool_rows() {
        let text = serde_json::to_string(&row)?;
        assert_eq!(serde_json::from_str::<PoolRow<'_>>(&text)?, row);
    }
    assert_eq!(report.rows().count(), report.records.len());
    // The place that a row names is in the reply that it names.
    for (row, record) in report.rows().zip(&report.records) {
        let reply = report.sources.get(usize::try_from(record.evidence.source.unwrap_or_default())?);
        let own = reply.map_or((&report.operation, &report.request_id), |reply| (&reply.operation, &reply.request_id));
        assert_eq!((&row.operation, &row.request_id), own);
    }
    Ok(())
}

/// Many words of one vocabulary: every status with every reason, fact and several codes, and with every other thing that can tell words
/// from others.
fn words_of<'w>(adapter: &dyn Adapter, facts: &'w [(&'static str, &'static str)]) -> Vec<Words<'w, 'static>> {
    let words = |rows: &[Row]| rows.iter().map(|row| row.word).chain([""]).collect::<BTreeSet<_>>();
    let vocabulary = adapter.vocabulary();
    let mut all = Vec::new();
    for status in words(vocabulary.statuses) {
        for reason in words(vocabulary.reasons) {
            let said = Words::new(status).reason(reason);
            for fact in facts {
                for (expected, observed) in [("", ""), ("2xx", ""), ("2xx", "502"), ("3xx", "502"), ("2xx", "503"), ("", "2xx")] {
                    all.push(said.clone().expected(expected).observed(observed).facts(std::slice::from_ref(fact)));
                }
            }
            all.extend(adapter.operations().iter().map(|operation| said.clone().operation(operation.name)));
            all.extend(words(vocabulary.reasons).into_iter().map(|text| said.clone().message(text)));
            all.push(said.clone().status_field("elsewhere"));
            for port in [1, 2] {
                let mut probed = said.clone();
                probed.probe_port = Some(port);
                all.push(probed);
            }
        }
    }
    all
}

#[test]
fn a_verdict_does_not_depend_on_those_before() {
    // Threads remember what words gave. Words that were taken for others would take the verdict of whichever came first.
    let facts_of = |adapter: &&dyn Adapter| {
        let rows = adapter.vocabulary().flags.iter().chain(adapter.vocabulary().traffic);
        rows.map(|row| (row.field, row.word)).chain([("", "")]).collect::<Vec<_>>()
    };
    let facts: Vec<_> = ADAPTERS.iter().map(facts_of).collect();
    let all: Vec<_> = ADAPTERS
        .iter()
        .zip(&facts)
        .flat_map(|(adapter, facts)| words_of(*adapter, facts).into_iter().map(|words| (adapter.vocabulary(), words)))
        .collect();
    let judge =
        |(vocabulary, words): &(&'static Vocabulary, Words<'_, 'static>)| vocabulary.judge(words.clone(), &mut Warnings::new());
    let (one, mut other): (Vec<_>, Vec<_>) = std::thread::scope(|scope| {
        let one = scope.spawn(|| all.iter().map(judge).collect());
        let other = scope.spawn(|| all.iter().rev().map(judge).collect());
        (one.join().unwrap(), other.join().unwrap())
    });
    other.reverse();
    for ((one, other), (_, words)) in one.iter().zip(&other).zip(&all) {
        assert!(one == other, "{words:?}");
    }
}
