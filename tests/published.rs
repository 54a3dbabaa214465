//! The published files are what readers in other languages can use, and every golden document is valid by them.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use jsonschema::Validator;
use lbhealth::{Document, FailureReason};
use lbhealth_tests::{Fixture, assert_valid, published, validator};
use serde_json::{Value, json};

fn schemas() -> Result<BTreeMap<String, Value>> {
    let files = lbhealth::schema::documents(lbhealth::ADAPTERS).into_iter();
    let schemas = files.filter_map(|file| Some((file.path.strip_suffix(".schema.json")?.to_owned(), file.text)));
    schemas.map(|(name, text)| Ok((name, serde_json::from_str(&text)?))).collect()
}

#[test]
fn every_golden_document_and_row_is_valid() -> Result<()> {
    let (any, health, checks) = (validator("document")?, validator("health-report")?, validator("health-check-report")?);
    let inventory = validator("inventory")?;
    let (row, pool_row) = (validator("backend-row")?, validator("pool-row")?);
    let mut seen = 0;
    for fixture in Fixture::all()? {
        let name = fixture.folder.display().to_string();
        let Ok(document) = fixture.outcome()? else { continue };
        assert_valid(&any, &fixture.expected, &name)?;
        match &document {
            Document::Health(report) => {
                assert_valid(&health, &fixture.expected, &name)?;
                ensure!(!checks.is_valid(&fixture.expected), "{name} is two documents at once");
                for line in report.rows() {
                    assert_valid(&row, &line, &name)?;
                }
                for line in report.pool_rows() {
                    assert_valid(&pool_row, &line, &name)?;
                }
            }
            Document::Inventory(_) => assert_valid(&inventory, &fixture.expected, &name)?,
            _ => assert_valid(&checks, &fixture.expected, &name)?,
        }
        seen += 1;
    }
    ensure!(seen > 100, "only {seen} documents");
    Ok(())
}

/// Validators by the names of their schemas: making one takes longer than validating with it.
#[derive(Default)]
struct Validators(BTreeMap<String, Validator>);

impl Validators {
    fn of(&mut self, name: &str) -> Result<&Validator> {
        if !self.0.contains_key(name) {
            self.0.insert(name.to_owned(), validator(name)?);
        }
        self.0.get(name).with_context(|| name.to_owned())
    }
}

#[test]
fn every_payload_that_is_read_is_valid_by_its_payload_schema() -> Result<()> {
    let (mut seen, mut validators) = (0, Validators::default());
    for fixture in Fixture::all()? {
        let Ok(document) = fixture.outcome()? else { continue };
        // What the adapter warns of as unreadable is what the schema refuses.
        let refused =
            document.warnings().iter().any(|warning| matches!(warning.code.as_str(), "FIELD_UNREADABLE" | "ELEMENT_SKIPPED"));
        let Ok(input) = serde_json::from_slice::<Value>(&fixture.input) else { continue };
        if refused {
            continue;
        }
        let operation = fixture.expected["operation"].as_str().context("no operation")?;
        let validator = validators.of(&format!("payloads/{}/{operation}", fixture.adapter))?;
        assert_valid(validator, &input, &fixture.folder.display().to_string())?;
        seen += 1;
    }
    ensure!(seen > 80, "only {seen} payloads");
    Ok(())
}

#[test]
fn blank_text_is_nothing_in_every_payload_schema_as_it_is_when_read() -> Result<()> {
    let (mut seen, mut validators) = (BTreeMap::new(), Validators::default());
    for fixture in Fixture::all()? {
        let Ok(payload) = serde_json::from_slice::<Value>(&fixture.input) else { continue };
        let Some(operation) = fixture.expected["operation"].as_str() else { continue };
        let key = format!("payloads/{}/{operation}", fixture.adapter);
        let count: &mut usize = seen.entry(key.clone()).or_default();
        if *count > 10 || !fixture.with.is_empty() {
            continue;
        }
        let validator = validators.of(&key)?;
        let is_read = |payload: &Value| -> Result<bool> {
            let text = payload.to_string();
            let Ok(document) = fixture.outcome_of(text.as_bytes(), &[])? else { return Ok(false) };
            let is_unread = |code: &str| matches!(code, "FIELD_UNREADABLE" | "ELEMENT_SKIPPED");
            let document_operation = serde_json::to_value(&document)?["operation"].clone();
            Ok(document_operation == operation && !document.warnings().iter().any(|warning| is_unread(warning.code.as_str())))
        };
        for place in lbhealth_tests::places(&payload) {
            let is_whole = payload.pointer(&place).is_some_and(|value| value.is_object() || value.is_array());
            for blank in ["", " \t\n"].iter().filter(|_| is_whole) {
                let mut changed = payload.clone();
                if let Some(value) = changed.pointer_mut(&place) {
                    *value = json!(blank);
                }
                if is_read(&changed)? {
                    assert_valid(validator, &changed, &format!("{} with {place} blank", fixture.folder.display()))?;
                    *count += 1;
                }
            }
        }
        assert!(!validator.is_valid(&Value::Null), "{key}: null is no reply");
    }
    ensure!(seen.values().sum::<usize>() > 300, "{seen:?}");
    let member = validator("payloads/huawei-elb/ShowMember")?;
    assert!(member.is_valid(&json!({ "member": { "status": "", "reason": " " } })));
    assert!(!member.is_valid(&json!({ "member": { "status": "ONLINE" } })), "text in the place of a list");
    Ok(())
}

#[test]
fn broken_documents_are_refused() -> Result<()> {
    let validator = validator("health-report")?;
    let fixture = Fixture::named("vendor-example-listener-health")?;
    let broken = |pointer: &str, value: Value| -> Result<bool> {
        let mut document = fixture.expected.clone();
        *document.pointer_mut(pointer).with_context(|| format!("nothing at {pointer}"))? = value;
        Ok(!validator.is_valid(&document))
    };
    assert!(validator.is_valid(&fixture.expected));
    assert!(broken("/schema_id", json!("urn:lbhealth:v2:health-report"))?);
    assert!(broken("/records/0/health", json!("UP"))?, "a closed list");
    assert!(broken("/records/0/listener_port", json!("80"))?);
    assert!(broken("/records/0/listener_id", Value::Null)?, "absent is left out, never null");
    assert!(broken("/records/0/cause", json!({ "reason": "RESPONSE_MISMATCH" }))?);
    assert!(broken("/records", Value::Null)?);
    assert!(!broken("/records/0/cause/reason", json!("OF_A_NEWER_VERSION"))?, "an open list");
    Ok(())
}

#[test]
fn a_document_of_a_newer_version_is_read() -> Result<()> {
    let fixture = Fixture::named("vendor-example-listener-health")?;
    let mut document = fixture.expected.clone();
    document["a_new_field"] = json!({ "with": ["anything"] });
    document["coverage"] = json!("A_NEW_COVERAGE");
    document["records"][0]["cause"]["reason"] = json!("A_NEW_REASON");
    document["records"][0]["warnings"][0] = json!("A_NEW_CODE");
    let report = document.to_string().parse::<Document<'static>>()?.into_health()?;
    let cause = report.records[0].cause.context("no cause")?;
    assert_eq!(cause.reason, FailureReason::Unrecognized);
    assert_eq!(cause.phase, lbhealth::Phase::Response, "the phase stays the answer");
    assert_eq!(report.records[0].evidence.reason.as_deref(), Some("RESPONSE_MISMATCH"));
    assert_eq!(report.coverage, lbhealth::Coverage::Unrecognized);
    Ok(())
}

#[test]
fn every_schema_is_a_schema_in_the_published_style() -> Result<()> {
    const KEYWORDS: &[&str] = &[
        "$defs",
        "$id",
        "$ref",
        "$schema",
        "additionalProperties",
        "allOf",
        "anyOf",
        "const",
        "description",
        "enum",
        "examples",
        "format",
        "items",
        "maximum",
        "minimum",
        "pattern",
        "properties",
        "required",
        "title",
        "type",
    ];
    const INPUTS: &[&str] = &["Context", "BoundListener", "PoolAlgorithm", "Envelope"];
    type Check<'c> = dyn FnMut(&str, &str, &serde_json::Map<String, Value>) + 'c;
    /// `holder` is the keyword that the schema stands below, which `at` does not tell: a property can be called like a keyword.
    fn walk(schema: &Value, at: &str, holder: &str, check: &mut Check<'_>) {
        let Some(object) = schema.as_object() else { return };
        check(at, holder, object);
        for key in ["properties", "$defs"] {
            for (name, inner) in object.get(key).and_then(Value::as_object).into_iter().flatten() {
                walk(inner, &format!("{at}/{key}/{name}"), key, check);
            }
        }
        for key in ["allOf", "anyOf"] {
            for inner in object.get(key).and_then(Value::as_array).into_iter().flatten() {
                walk(inner, &format!("{at}/{key}"), key, check);
            }
        }
        if let Some(items) = object.get("items") {
            walk(items, &format!("{at}/items"), "items", check);
        }
    }
    for (name, schema) in schemas()? {
        jsonschema::meta::validate(&schema).map_err(|error| anyhow::anyhow!("{name}: {error}"))?;
        assert!(schema["$id"].as_str().is_some_and(|id| id.starts_with("urn:lbhealth:v1:")), "{name}");
        let is_payload = name.starts_with("payloads/");
        // Type generators make a type of everything that has a title, and `document` is the file they read.
        let has_titles = name != "document";
        walk(&schema, &name, "", &mut |at, holder, object| {
            for key in object.keys() {
                assert!(KEYWORDS.contains(&&**key), "{at} uses {key}");
            }
            // What others write, and this library reads.
            let is_input = at == "envelope" || at.split('/').any(|part| INPUTS.contains(&part));
            if let Some(further) = object.get("additionalProperties") {
                assert!(is_input && *further == json!(false), "{at}: readers must expect further fields");
            }
            if object.contains_key("$ref") {
                assert_eq!(object.len(), 1, "{at}: a $ref with siblings");
            }
            let is_definition = holder == "$defs";
            if is_definition || holder == "properties" {
                assert!(object.contains_key("description"), "{at} has no description");
                assert_eq!(object.contains_key("title"), is_definition || has_titles, "{at}");
            }
            if is_definition {
                assert_eq!(object["title"].as_str(), at.rsplit('/').next(), "{at}");
            }
            if !is_payload && !is_input {
                assert!(!object.get("type").is_some_and(|kind| kind.to_string().contains("\"null\"")), "{at} allows null");
            }
        });
    }
    Ok(())
}

#[test]
fn columns_are_the_properties_of_the_row() -> Result<()> {
    for (name, columns) in [("backend-row", lbhealth::BackendRow::COLUMNS), ("pool-row", lbhealth::PoolRow::COLUMNS)] {
        let schema = schemas()?.remove(name).context("no such schema")?;
        let properties = schema["properties"].as_object().context("no properties")?;
        let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert_eq!(properties.len(), columns.len(), "{name}");
        for column in columns {
            assert!(properties.contains_key(column.name), "{name}.{}", column.name);
            assert_eq!(required.contains(&column.name), column.required, "{name}.{}", column.name);
        }
    }
    Ok(())
}

/// A published table.
fn table(path: &str) -> Result<Vec<BTreeMap<String, String>>> {
    csv::Reader::from_reader(published(path)?.as_bytes()).deserialize().map(|line| Ok(line?)).collect()
}

#[test]
fn every_list_of_words_is_in_the_table_of_values() -> Result<()> {
    let values = table("vocabulary/values.csv")?;
    let schema = schemas()?.remove("document").context("no such schema")?;
    let definitions = schema["$defs"].as_object().context("no definitions")?;
    let mut lists = 0;
    for (name, definition) in definitions {
        let Some(words) = definition.get("enum").or(definition.get("examples")).and_then(Value::as_array) else { continue };
        let listed: Vec<&str> = values.iter().filter(|line| line["type"] == *name).map(|line| line["value"].as_str()).collect();
        assert_eq!(listed, words.iter().filter_map(Value::as_str).collect::<Vec<_>>(), "{name}");
        lists += 1;
    }
    assert!(lists > 10, "only {lists} lists");
    for line in &values {
        assert!(line["description"].ends_with('.') && !line["title"].is_empty() && !line["since"].is_empty(), "{line:?}");
        assert_eq!(line["type"] == "BackendHealth", !line["severity"].is_empty(), "{line:?}");
        assert_eq!(line["type"] == "FailureReason", !line["phase"].is_empty(), "{line:?}");
    }
    let title = |value: &str| values.iter().find(|line| line["value"] == value).map(|line| line["title"].as_str());
    assert_eq!(title("SSL_HANDSHAKE_ERROR"), Some("SSL handshake error"));
    Ok(())
}

#[test]
fn the_table_of_words_has_the_columns_of_the_published_rows() -> Result<()> {
    let schema = schemas()?.remove("vocabulary").context("no such schema")?;
    let row = schema["$defs"]["VocabularyRow"]["properties"].as_object().context("no properties")?;
    let words = table("vocabulary/all.csv")?;
    let first = words.first().context("no words")?;
    assert_eq!(first.keys().collect::<Vec<_>>(), row.keys().collect::<Vec<_>>());
    for line in &words {
        assert_eq!(line["word_key"], line["word"].to_lowercase());
    }
    Ok(())
}

#[test]
fn published_vocabularies_are_valid() -> Result<()> {
    let validator = validator("vocabulary")?;
    for adapter in lbhealth::ADAPTERS {
        let path = format!("vocabulary/{}.json", adapter.id());
        let vocabulary: Value = serde_json::from_str(&published(&path)?)?;
        assert_valid(&validator, &vocabulary, &path)?;
    }
    Ok(())
}

#[test]
fn the_contexts_of_fixtures_are_valid_in_an_envelope() -> Result<()> {
    let validator = validator("envelope")?;
    for fixture in Fixture::all()? {
        let Ok(payload) = serde_json::from_slice::<Value>(&fixture.input) else { continue };
        let context: Value = serde_json::from_str(&fixture.context)?;
        assert_valid(&validator, &json!({ "context": context, "payload": payload }), &fixture.folder.display().to_string())?;
    }
    assert!(!validator.is_valid(&json!({ "context": { "pool": "p-1" }, "payload": {} })), "a name that nothing reads");
    assert!(!validator.is_valid(&json!({ "context": {} })), "no payload");
    assert!(validator.is_valid(&json!({ "payload": {} })));
    assert!(validator.is_valid(&json!({ "context": { "pool_id": null, "observed_at": null, "page_limit": null }, "payload": {} })));
    assert!(!validator.is_valid(&json!({ "context": { "bound_listeners": null }, "payload": {} })), "a list that is null");
    assert!(!validator.is_valid(&json!({ "payload": {}, "adapter": "huawei-elb" })), "a field beside them");
    Ok(())
}
