//! Laws that hold for every adapter, whatever its vendor says.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use lbhealth::{ADAPTERS, Adapter, BackendHealth, Certainty, Document, HealthReport, Row, Traffic, WarningCode, Warnings, Words};
use lbhealth_tests::{Fixture, places, written};
use serde_json::Value;

/// The health reports of all fixtures, each with its fixture.
fn reports(check: impl Fn(&Fixture, &HealthReport<'_>) -> Result<()>) -> Result<()> {
    for fixture in Fixture::all()? {
        if let Ok(Document::Health(report)) = fixture.outcome()? {
            check(&fixture, &report)?;
        }
    }
    Ok(())
}

fn judged<'a>(adapter: &dyn Adapter, words: Words<'_, 'a>) -> lbhealth::Verdict<'a> {
    adapter.vocabulary().judge(words, &mut Warnings::new())
}

#[test]
fn an_unknown_status_is_unknown_and_said_to_be() {
    for adapter in ADAPTERS {
        let verdict = judged(*adapter, Words::new("SOMETHING_NEW"));
        assert_eq!((verdict.health, verdict.certainty), (BackendHealth::Unknown, Certainty::Ambiguous), "{}", adapter.id());
        assert_eq!(verdict.warnings, [WarningCode::UnrecognizedStatus]);
        assert_eq!(verdict.evidence.status.as_deref(), Some("SOMETHING_NEW"));
    }
}

#[test]
fn a_missing_status_is_unknown_and_has_no_evidence() {
    for adapter in ADAPTERS {
        for words in [Words::maybe(None), Words::new(""), Words::new("  \t")] {
            let verdict = judged(*adapter, words);
            assert_eq!((verdict.health, verdict.certainty), (BackendHealth::Unknown, Certainty::Inferred), "{}", adapter.id());
            assert_eq!(verdict.warnings, [WarningCode::StatusMissing]);
            assert_eq!(verdict.evidence.status, None);
        }
    }
}

#[test]
fn an_unknown_reason_is_unrecognized_and_never_changes_the_health() {
    for adapter in ADAPTERS {
        for row in adapter.vocabulary().statuses.iter().filter(|row| row.when.is_none()) {
            let plain = judged(*adapter, Words::new(row.word));
            let verdict = judged(*adapter, Words::new(row.word).reason("SOMETHING_NEW"));
            assert_eq!(plain.health, verdict.health, "{} {}", adapter.id(), row.word);
            assert!(verdict.warnings.contains(&WarningCode::UnrecognizedReason), "{} {}", adapter.id(), row.word);
        }
    }
}

#[test]
fn a_fact_that_nobody_asks_for_leaves_the_traffic_open() -> Result<()> {
    let traffic = |field: &str, word: &str| {
        let facts = [(field, word)];
        let verdict = lbhealth::judge("huawei-elb", Words::new("ONLINE").facts(&facts))?;
        Ok::<_, lbhealth::Error>((verdict.traffic, verdict.warnings))
    };
    for zero in ["0", "0.0", "00", " 0 "] {
        assert_eq!(traffic("weight", zero)?, (Traffic::ExistingOnly, vec![]), "{zero}");
    }
    assert_eq!(traffic("weight", "10")?.0, Traffic::Eligible);
    for field in ["Weight", "wieght", "member/weight"] {
        assert_eq!(traffic(field, "0")?, (Traffic::Unknown, vec![WarningCode::UnrecognizedValue]), "{field}");
        assert_eq!(traffic(field, " ")?.0, Traffic::Eligible, "a blank word counts as absent");
    }
    Ok(())
}

#[test]
fn words_match_in_any_case_and_with_blanks_around() {
    for adapter in ADAPTERS {
        for row in adapter.vocabulary().statuses {
            let plain = judged(*adapter, Words::new(row.word));
            let spelled = format!("  {} ", row.word.to_ascii_lowercase());
            let verdict = judged(*adapter, Words::new(spelled.clone()));
            assert_eq!((plain.health, plain.traffic), (verdict.health, verdict.traffic), "{} {}", adapter.id(), row.word);
            assert_eq!(verdict.evidence.status.as_deref(), Some(&*spelled), "evidence is untouched");
        }
    }
}

#[test]
fn every_row_says_what_it_means_and_where_that_is_written() {
    for adapter in ADAPTERS {
        let mut seen = BTreeSet::new();
        let operations: Vec<&str> = adapter.operations().iter().map(|operation| operation.name).collect();
        for row in adapter.vocabulary().rows() {
            let name = format!("{} {:?} {}", adapter.id(), row.role, row.word);
            assert!(row.meaning.ends_with('.'), "{name}");
            assert!(row.source.starts_with("https://") || (row.source.is_empty() && !row.documented), "{name} has no source");
            for operation in row.operations {
                assert!(operations.contains(operation), "{name} is of an operation that does not exist");
                let when = row.when.map(|when| (when.field, when.word.to_ascii_lowercase()));
                let key = (operation, row.role, row.field, row.word.to_ascii_lowercase(), when);
                assert!(seen.insert(key), "{name} stands twice");
            }
        }
    }
}

#[test]
fn rows_without_a_second_field_are_unique_per_word() {
    for adapter in ADAPTERS {
        let mut seen = BTreeSet::new();
        for row in adapter.vocabulary().rows().filter(|row| row.when.is_none()) {
            for operation in row.operations {
                let key = (operation, row.role, row.word.to_lowercase());
                assert!(seen.insert(key), "{} {operation} {} {}: a join would give two answers", adapter.id(), row.role, row.word);
            }
        }
    }
}

/// The parts of a key, by name, that are not empty.
fn named_parts<'n>(key: &str, names: &[&'n str]) -> BTreeSet<&'n str> {
    let key = key.rsplit_once('#').map_or(key, |(key, _)| key);
    key.split('|').zip(names).filter(|(part, _)| !part.is_empty()).map(|(_, name)| *name).collect()
}

#[test]
fn keys_are_made_of_the_parts_that_are_published() -> Result<()> {
    let mut used: BTreeMap<(String, String), BTreeSet<&str>> = BTreeMap::new();
    for fixture in Fixture::all()? {
        let Ok(document) = fixture.outcome()? else { continue };
        let of_operation = used.entry((fixture.adapter.clone(), document.operation().to_owned())).or_default();
        match &document {
            Document::Health(report) => {
                for record in report.records.iter().filter(|record| record.evidence.source.is_none()) {
                    let place = match record.scope.as_str() {
                        "LISTENER" => "listener_id",
                        "LOAD_BALANCER" => "load_balancer_id",
                        "RULE" => "rule_id",
                        _ => "",
                    };
                    of_operation
                        .extend(named_parts(&record.record_key, &["", "", place, "pool_id", "backend_id", "port", "observer"]));
                }
            }
            Document::Inventory(inventory) => {
                for member in &inventory.members {
                    of_operation.extend(named_parts(&member.backend_key, &["", "pool_id", "backend_id", "port"]));
                }
            }
            _ => {}
        }
        of_operation.remove("");
    }
    for adapter in ADAPTERS {
        let (mut published, mut seen) = (BTreeSet::new(), BTreeSet::new());
        for operation in adapter.operations() {
            let parts: BTreeSet<&str> = operation.key_parts.iter().copied().collect();
            let found = used.remove(&(adapter.id().to_owned(), operation.name.to_owned())).unwrap_or_default();
            ensure!(found.is_subset(&parts), "{} {}: published {parts:?}, used {found:?}", adapter.id(), operation.name);
            ensure!(operation.context_parts.iter().all(|part| parts.contains(part)), "{} {}", adapter.id(), operation.name);
            published.extend(parts);
            seen.extend(found);
        }
        ensure!(published == seen, "{}: published {published:?}, used {seen:?}", adapter.id());
    }
    Ok(())
}

#[test]
fn rows_with_a_second_field_stand_before_the_row_without() {
    for adapter in ADAPTERS {
        let rows: Vec<&Row> = adapter.vocabulary().rows().collect();
        for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.when.is_none()) {
            let shares = |other: &Row| other.operations.iter().any(|operation| row.operations.contains(operation));
            let same = |other: &&Row| other.role == row.role && other.field == row.field && other.word == row.word && shares(other);
            assert!(!rows[index + 1..].iter().any(same), "a row after `{}` is never reached", row.word);
        }
    }
}

#[test]
fn every_row_of_every_vocabulary_is_reached_by_a_fixture() -> Result<()> {
    let fixtures = Fixture::all()?;
    for adapter in ADAPTERS {
        let mut fields_of_fixtures = Vec::new();
        for fixture in fixtures.iter().filter(|fixture| fixture.adapter == adapter.id()) {
            let mut fields = BTreeSet::new();
            if let Ok(input) = serde_json::from_slice::<Value>(&fixture.input) {
                collect(&input, "", &mut fields);
            }
            // What the caller knows bears names of its own.
            let mut known = BTreeSet::new();
            collect(&serde_json::from_str(&fixture.context)?, "", &mut known);
            fields.extend(known.into_iter().map(|(name, word)| (format!("context.{name}"), word)));
            fields_of_fixtures.push(fields);
        }
        for row in adapter.vocabulary().rows() {
            let has = |fields: &BTreeSet<(String, String)>, field: &str, is_word: &dyn Fn(&str) -> bool| {
                let name = field.rsplit('/').next().unwrap_or(field);
                let is_named =
                    |other: &str| other == name || other.strip_prefix("context.").is_some_and(|known| name.ends_with(known));
                let fits = |(other, value): &(String, String)| is_named(other) && is_word(value);
                fields.iter().any(fits)
            };
            let reached = fields_of_fixtures.iter().any(|fields| {
                has(fields, row.field, &|word| row.matches(word))
                    && row.when.is_none_or(|when| has(fields, when.field, &|word| when.matches(word)))
            });
            ensure!(reached, "no fixture of {} has `{}` = `{}` {:?}", adapter.id(), row.field, row.word, row.when);
        }
    }
    Ok(())
}

/// The fields of a payload that hold scalars, as name and word in lower case.
fn collect(value: &Value, name: &str, fields: &mut BTreeSet<(String, String)>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(name, inner)| collect(inner, name, fields)),
        Value::Array(elements) => elements.iter().for_each(|inner| collect(inner, name, fields)),
        Value::String(text) => drop(fields.insert((name.to_owned(), text.trim().to_ascii_lowercase()))),
        other => drop(fields.insert((name.to_owned(), other.to_string()))),
    }
}

#[test]
fn a_healthy_record_has_no_cause() -> Result<()> {
    reports(|fixture, report| {
        for record in report.records.iter().filter(|record| record.health == BackendHealth::Healthy) {
            ensure!(record.cause.is_none(), "{}: {}", fixture.folder.display(), record.record_key);
        }
        Ok(())
    })
}

#[test]
fn keys_are_unique_and_name_the_pool() -> Result<()> {
    reports(|fixture, report| {
        let keys: BTreeSet<&str> = report.records.iter().map(|record| &*record.record_key).collect();
        ensure!(keys.len() == report.records.len(), "{}", fixture.folder.display());
        for record in &report.records {
            // A pool that stands there a second time has a number at the end of its key.
            let pool = record.pool_key.split_once('#').map_or(&*record.pool_key, |(pool, _)| pool);
            ensure!(record.record_key.starts_with(&format!("{pool}|")), "{}", record.record_key);
            let known = report.pools.is_empty() || report.pools.iter().any(|pool| pool.pool_key == record.pool_key);
            ensure!(known, "{} is in no pool", record.record_key);
        }
        Ok(())
    })
}

#[test]
fn counts_add_up_or_are_absent() -> Result<()> {
    reports(|fixture, report| {
        for pool in &report.pools {
            let known: Vec<u32> = BackendHealth::ALL.iter().filter_map(|health| pool.count_of(*health)).collect();
            let total: u32 = known.iter().sum();
            let is_whole = known.len() == BackendHealth::ALL.len();
            let adds_up = known.is_empty() || (is_whole && pool.server_count.is_none_or(|count| count == total));
            ensure!(adds_up, "{}: {}", fixture.folder.display(), pool.pool_key);
        }
        Ok(())
    })
}

#[test]
fn evidence_is_what_stands_at_its_path() -> Result<()> {
    reports(|fixture, report| {
        let payload = fixture.input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&fixture.input);
        let input: Value = serde_json::from_slice(payload)?;
        // Records that come from an inventory have their place there.
        for record in report.records.iter().filter(|record| record.evidence.source.is_none()) {
            let path = record.evidence.path.to_string();
            let Some(Value::Object(object)) = input.pointer(&path) else {
                anyhow::bail!("{}: `{path}` is no object", fixture.folder.display());
            };
            if let Some(status) = &record.evidence.status {
                let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let stands_there = object.values().map(text).any(|text| text == *status);
                ensure!(stands_there, "{}: `{status}` is not at `{path}`", fixture.folder.display());
            }
        }
        Ok(())
    })
}

#[test]
fn every_warning_of_a_record_is_in_the_report_and_back() -> Result<()> {
    reports(|fixture, report| {
        for record in &report.records {
            for code in &record.warnings {
                let known = report.warnings.iter().any(|warning| warning.code == *code);
                ensure!(known, "{}: {code}", fixture.folder.display());
            }
        }
        for warning in &report.warnings {
            let Some(key) = &warning.record_key else { continue };
            let its = report.records.iter().any(|record| record.record_key == *key && record.warnings.contains(&warning.code));
            ensure!(its, "{}: {} of {key}", fixture.folder.display(), warning.code);
        }
        Ok(())
    })
}

#[test]
fn the_same_payload_gives_the_same_document() -> Result<()> {
    for fixture in Fixture::all()? {
        ensure!(written(&fixture.outcome()?)? == written(&fixture.outcome()?)?, "{}", fixture.folder.display());
    }
    Ok(())
}

#[test]
fn detection_names_the_adapter_of_a_fixture_or_says_that_it_cannot_tell() -> Result<()> {
    for fixture in Fixture::all()? {
        let Ok(document) = fixture.outcome()? else { continue };
        if fixture.context()?.operation.is_some() {
            continue;
        }
        match lbhealth::detect(ADAPTERS, &fixture.input) {
            Ok(found) => {
                ensure!(found.adapter.id() == fixture.adapter, "{} is taken for {found:?}", fixture.folder.display());
                ensure!(found.operation.name == document.operation(), "{}", fixture.folder.display());
            }
            Err(error) => match error.kind() {
                lbhealth::ErrorKind::AmbiguousAdapter { candidates, .. } => {
                    ensure!(candidates.contains(&&*fixture.adapter) && candidates.len() > 1, "{}", fixture.folder.display());
                }
                _ => anyhow::bail!("{}: {error}", fixture.folder.display()),
            },
        }
    }
    Ok(())
}

/// The payload with a value of the wrong kind in the place of each of its values, one at a time; and where.
fn of_another_kind(input: Value) -> impl Iterator<Item = (String, String)> {
    places(&input).into_iter().filter_map(move |place| {
        let mut changed = input.clone();
        let value = changed.pointer_mut(&place)?;
        *value = if value.is_array() { "not a list".into() } else { serde_json::json!([[]]) };
        Some((place, changed.to_string()))
    })
}

#[test]
fn a_value_of_the_wrong_kind_never_makes_a_backend_healthy() -> Result<()> {
    for fixture in Fixture::all()? {
        let Ok(Document::Health(before)) = fixture.outcome()? else { continue };
        if !fixture.with.is_empty() {
            continue;
        }
        let Ok(input) = serde_json::from_slice::<Value>(&fixture.input) else { continue };
        for (place, payload) in of_another_kind(input) {
            let context = fixture.context()?;
            let Ok(document) = fixture.adapter()?.normalize(payload.as_bytes(), &context) else { continue };
            // Without what told it apart, a reply can become one of another operation.
            let Document::Health(after) = document else { continue };
            let name = format!("{} with {place} of another kind", fixture.folder.display());
            for record in after.records.iter().filter(|record| record.health == BackendHealth::Healthy) {
                let path = record.evidence.path.to_string();
                // A tree says the same of a member in several places.
                let is_it = |other: &lbhealth::BackendRecord<'_>| {
                    other.evidence.path.to_string() == path || (other.address.is_some() && other.address == record.address)
                };
                let was = before.records.iter().any(|other| other.health == BackendHealth::Healthy && is_it(other));
                ensure!(was, "{name}: {} is healthy now", record.record_key);
            }
        }
    }
    Ok(())
}

/// The same for documents of every kind: what is made of the other values stays, or a warning at the place, or around it, says why not.
#[test]
fn a_value_of_the_wrong_kind_changes_nothing_in_silence() -> Result<()> {
    let parts = |document: &Document<'_>| -> Result<(Value, BTreeSet<(String, String)>)> {
        let mut value = serde_json::to_value(document)?;
        let warnings = value.as_object_mut().and_then(|fields| fields.remove("warnings"));
        let told = |warning: &Value| (warning["code"].to_string(), warning["path"].as_str().unwrap_or_default().to_owned());
        Ok((value, warnings.iter().filter_map(Value::as_array).flatten().map(told).collect()))
    };
    let mut changed = 0;
    for fixture in Fixture::all()?.iter().filter(|fixture| fixture.with.is_empty()) {
        let Ok(before) = fixture.outcome()? else { continue };
        let Ok(input) = serde_json::from_slice::<Value>(&fixture.input) else { continue };
        let (kept, told) = parts(&before)?;
        for (place, payload) in of_another_kind(input) {
            let Ok(after) = fixture.adapter()?.normalize(payload.as_bytes(), &fixture.context()?) else { continue };
            let (now, warnings) = parts(&after)?;
            if now["operation"] != kept["operation"] || now == kept {
                continue;
            }
            changed += 1;
            let is_there = |path: &str| path.starts_with(&place) || place.starts_with(path);
            let is_told = warnings.difference(&told).any(|(_, path)| is_there(path));
            let had = told.iter().any(|(_, path)| is_there(path) && !path.is_empty());
            ensure!(is_told || had, "{} with {place} of another kind", fixture.folder.display());
        }
    }
    ensure!(changed > 10_000, "{changed}");
    Ok(())
}
