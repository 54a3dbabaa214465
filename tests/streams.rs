//! What a stream remembers never changes what a payload is taken for.

use anyhow::Result;
use lbhealth::{ADAPTERS, Document, Normalizer};
use lbhealth_tests::{Fixture, written};
use serde_json::Value;

/// The payload, and the payload with every key that a signature asks for, wherever there is an object for it.
fn variants(fixture: &Fixture) -> Vec<Vec<u8>> {
    let mut variants = vec![fixture.input.clone()];
    let Ok(payload) = serde_json::from_slice::<Value>(&fixture.input) else { return variants };
    let signatures = ADAPTERS.iter().flat_map(|adapter| adapter.operations()).map(|operation| operation.signature);
    let mut pointers: Vec<&str> =
        signatures.flat_map(|signature| signature.any.iter().chain(signature.decisive).chain(signature.never).copied()).collect();
    pointers.extend(ADAPTERS.iter().flat_map(|adapter| adapter.error_replies().code));
    pointers.sort_unstable();
    pointers.dedup();
    for pointer in pointers {
        let mut changed = payload.clone();
        if insert(&mut changed, pointer.trim_start_matches('/')) {
            variants.push(changed.to_string().into_bytes());
        }
    }
    variants
}

/// Adds the key if there is an object for it; whether there is.
fn insert(value: &mut Value, path: &str) -> bool {
    match (path.split_once('/'), value) {
        (Some(("#", rest)), Value::Array(list)) => list.first_mut().is_some_and(|first| insert(first, rest)),
        (Some((name, rest)), Value::Object(object)) => object.get_mut(name).is_some_and(|inner| insert(inner, rest)),
        (None, Value::Object(object)) if !object.contains_key(path) => object.insert(path.to_owned(), Value::Null).is_none(),
        _ => false,
    }
}

#[test]
fn a_payload_is_taken_for_the_same_whatever_came_before() -> Result<()> {
    let fixtures = Fixture::all()?;
    let mut payloads = Vec::new();
    for fixture in &fixtures {
        for variant in variants(fixture) {
            payloads.push((fixture, variant));
        }
    }
    assert!(payloads.len() > 5 * fixtures.len(), "{} payloads", payloads.len());
    let mut detecting = Normalizer::new(ADAPTERS);
    let mut named: Vec<Normalizer<'_>> = ADAPTERS.iter().map(|adapter| Normalizer::of(*adapter)).collect();
    // Every second time backwards, so that each payload meets what others left behind.
    let (forwards, backwards) = (payloads.iter(), payloads.iter().rev());
    for (fixture, payload) in forwards.chain(backwards) {
        let context = fixture.context()?;
        let place = fixture.folder.display();
        let alone = written(&lbhealth::normalize(payload, &context))?;
        assert_eq!(written(&detecting.normalize(payload, &context))?, alone, "{place}: {}", String::from_utf8_lossy(payload));
        for (adapter, normalizer) in ADAPTERS.iter().zip(&mut named).filter(|(adapter, _)| adapter.id() == fixture.adapter) {
            let alone = written(&adapter.normalize(payload, &context))?;
            assert_eq!(written(&normalizer.normalize(payload, &context))?, alone, "{place}: {}", String::from_utf8_lossy(payload));
        }
    }
    Ok(())
}

#[test]
fn an_octavia_member_behind_those_of_huawei_is_not_taken_for_one() {
    let huawei = br#"{"member":{"id":"m-1","member_type":"ip","operating_status":"ONLINE"},"request_id":"r-1"}"#;
    let shared = br#"{"member":{"id":"m-1","operating_status":"ONLINE","weight":1}}"#;
    let plain = br#"{"member":{"id":"m-1","operating_status":"ONLINE","monitor_address":null}}"#;
    let sweep = [&huawei[..], huawei, shared, huawei, plain, huawei, shared].join(&b'\n');
    let read = |document: Result<lbhealth::Document<'_>, lbhealth::Error>| match document {
        Ok(document) => document.into_health().unwrap().adapter.into_owned(),
        Err(error) => error.kind().as_str().to_owned(),
    };
    let found: Vec<String> = lbhealth::stream::slice(&sweep).map(|item| read(item.document)).collect();
    let (huawei, octavia, doubt) = ("huawei-elb", "openstack-octavia", "AMBIGUOUS_ADAPTER");
    assert_eq!(found, [huawei, huawei, doubt, huawei, octavia, huawei, doubt]);
}

#[test]
fn every_fixture_reads_in_a_stream_as_alone() -> Result<()> {
    for fixture in Fixture::all()? {
        let context = fixture.context()?;
        let alone = written(&lbhealth::normalize(&fixture.input, &context))?;
        let items: Vec<String> =
            lbhealth::stream::slice(&fixture.input).context(context).map(|item| written(&item.document)).collect::<Result<_>>()?;
        // An array is one stream of payloads, and cut into them; a stream of nothing but blanks has none.
        if !fixture.input.trim_ascii().is_empty() && fixture.input.trim_ascii_start().first() != Some(&b'[') {
            assert_eq!(items, [alone], "{}", fixture.folder.display());
        }
    }
    Ok(())
}

#[test]
fn a_document_is_the_same_in_memory_that_others_left() -> Result<()> {
    let fixtures = Fixture::all()?;
    let alone: Vec<String> = fixtures.iter().map(|fixture| written(&fixture.outcome()?)).collect::<Result<_>>()?;
    let mut recycled = 0;
    // Backwards too, so that short texts and lists come into the place of long ones and the other way round.
    for (fixture, alone) in fixtures.iter().zip(&alone).chain(fixtures.iter().zip(&alone).rev()) {
        let outcome = fixture.outcome()?;
        assert_eq!(written(&outcome)?, *alone, "{}", fixture.folder.display());
        if let Ok(Document::Health(report)) = outcome {
            recycled += report.records.len();
            report.recycle();
        }
    }
    assert!(recycled > fixtures.len());
    Ok(())
}
