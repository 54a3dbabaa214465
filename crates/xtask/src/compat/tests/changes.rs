//! Changes as the library makes them: in all the files at once.

use serde_json::{Value, json};

use super::super::{deprecation, words};
use super::{Files, told};

/// Changes the definition of a type in every schema that has it.
fn change_type(files: &mut Files, name: &str, change: impl Fn(&mut Value)) {
    for (_, text) in files.iter_mut().filter(|(path, _)| path.ends_with(".schema.json") && !path.starts_with("payloads/")) {
        let mut schema: Value = serde_json::from_str(text).unwrap();
        if schema["title"] == name {
            change(&mut schema);
        } else if let Some(definition) = schema.pointer_mut(&format!("/$defs/{name}")) {
            change(definition);
        } else {
            continue;
        }
        *text = serde_json::to_string_pretty(&schema).unwrap();
    }
}

/// Changes a type of every schema by adding a definition to those that have another.
fn add_type(files: &mut Files, beside: &str, name: &str, definition: &Value) {
    for (_, text) in files.iter_mut().filter(|(path, _)| path.ends_with(".schema.json")) {
        let mut schema: Value = serde_json::from_str(text).unwrap();
        if schema["$defs"].get(beside).is_some() {
            schema["$defs"][name] = definition.clone();
            *text = serde_json::to_string_pretty(&schema).unwrap();
        }
    }
}

fn replace(files: &mut Files, path: &str, old: &str, new: &str) {
    let text = files.get_mut(path).unwrap();
    assert!(text.contains(old), "{path} has no {old}");
    *text = text.replace(old, new);
}

#[test]
fn a_doc_comment_is_documentation() {
    let lines =
        told(|files| change_type(files, "PoolSummary", |pool| pool["properties"]["path"]["description"] = "Elsewhere.".into()));
    assert_eq!(lines, ["documentation    document.schema.json#/$defs/PoolSummary/properties/path: other text"]);
}

#[test]
fn a_field_is_additive_and_so_is_its_column_at_the_end() {
    let lines = told(|files| {
        let field = json!({ "description": "Rack of the server.", "type": "string" });
        change_type(files, "BackendRecord", |record| record["properties"]["rack"] = field.clone());
        change_type(files, "BackendRow", |row| row["properties"]["rack"] = field.clone());
        *files.get_mut("backend-row.columns.csv").unwrap() += "rack,utf8,false,,Rack of the server.,0.2.0\n";
        let last = "warnings: 'VARCHAR'";
        replace(files, "backend-row.duckdb.sql", last, &format!("{last},\n        rack: 'VARCHAR'"));
        let last = "warnings STRING";
        replace(files, "backend-row.spark.ddl", last, &format!("{last},\nrack STRING"));
        for (path, pointer, field) in [
            ("backend-row.bigquery.json", "", json!({ "mode": "NULLABLE", "name": "rack", "type": "STRING" })),
            ("backend-row.arrow.json", "/schema/fields", json!({ "name": "rack", "nullable": true, "type": { "name": "utf8" } })),
        ] {
            let text = files.get_mut(path).unwrap();
            let mut value: Value = serde_json::from_str(text).unwrap();
            value.pointer_mut(pointer).unwrap().as_array_mut().unwrap().push(field);
            *text = value.to_string();
        }
    });
    assert!(lines.iter().all(|line| line.starts_with("additive ")), "{lines:#?}");
    let expected = [
        "additive         document.schema.json#/$defs/BackendRecord/properties/rack: a new property",
        "additive         document.schema.json#/$defs/BackendRow/properties/rack: a new property",
        "additive         backend-row.columns.csv#/rack: a new row",
        "additive         backend-row.duckdb.sql: a new line `rack: 'VARCHAR'`",
        "additive         backend-row.spark.ddl: a new line `rack STRING`",
    ];
    for line in expected {
        assert!(lines.iter().any(|found| found == line), "{line} is not in {lines:#?}");
    }
}

#[test]
fn a_reason_is_additive() {
    let lines = told(|files| {
        change_type(files, "FailureReason", |reason| {
            reason["examples"].as_array_mut().unwrap().insert(3, "CONNECT_RESET".into());
            let text = reason["description"].as_str().unwrap().to_owned() + "\n- `CONNECT_RESET`: The connection was reset.";
            reason["description"] = text.into();
        });
        *files.get_mut("vocabulary/values.csv").unwrap() +=
            "FailureReason,CONNECT_RESET,Connect reset,The connection was reset.,,CONNECT,true,0.2.0,\n";
    });
    assert_eq!(
        lines,
        [
            "additive         document.schema.json#/$defs/FailureReason: a new value `CONNECT_RESET`",
            "additive         vocabulary/values.csv#/FailureReason CONNECT_RESET: a new row",
        ]
    );
}

#[test]
fn a_renamed_value_is_breaking() {
    let lines = told(|files| {
        for text in files.values_mut() {
            *text = text.replace("NO_HEALTHY_CHILDREN", "NO_CHILD_IS_HEALTHY");
        }
    });
    let line = "breaking         document.schema.json#/$defs/FailureReason: the value `NO_HEALTHY_CHILDREN` is now \
                called `NO_CHILD_IS_HEALTHY`";
    assert!(lines.iter().any(|found| found == line), "{lines:#?}");
    assert!(
        lines.contains(&"breaking         vocabulary/values.csv#/FailureReason NO_HEALTHY_CHILDREN: the row is gone".to_owned())
    );
}

#[test]
fn a_field_with_a_closed_list_of_its_own_is_source_breaking() {
    let lines = told(|files| {
        let list = json!({ "title": "Tier", "description": "How good.", "type": "string", "enum": ["GOLD", "HEALTHY"] });
        add_type(files, "BackendRecord", "Tier", &list);
        let field = json!({ "description": "How good.", "allOf": [{ "$ref": "#/$defs/Tier" }] });
        change_type(files, "BackendRecord", |record| record["properties"]["tier"] = field.clone());
    });
    assert_eq!(
        lines,
        [
            "source-breaking  document.schema.json#/$defs/BackendHealth: the new value `HEALTHY` of `Tier` renames the \
             constant that generated Go has for `HEALTHY`",
            "source-breaking  document.schema.json#/$defs/Tier: a new closed list; inside a version only open ones are \
             added",
            "additive         document.schema.json#/$defs/BackendRecord/properties/tier: a new property",
        ]
    );
}

#[test]
fn a_changed_mapping_is_vocabulary() {
    let lines = told(|files| {
        let text = files.get_mut(&format!("vocabulary/{}.json", lbhealth::ADAPTERS[0].id())).unwrap();
        let mut vocabulary: Value = serde_json::from_str(text).unwrap();
        vocabulary["rows"][0]["health"] = "A_NEW_ANSWER".into();
        *text = vocabulary.to_string();
    });
    let [line] = &lines[..] else { panic!("{lines:#?}") };
    assert!(line.starts_with("vocabulary       vocabulary/") && line.ends_with(" and is `A_NEW_ANSWER`"), "{line}");
}

#[test]
fn a_deprecated_field_and_a_deprecated_value_are_additive() {
    let lines = told(|files| {
        change_type(files, "PoolSummary", |pool| {
            pool["properties"]["path"]["description"] = "Deprecated since 1.4: use `evidence`. Where it stood.".into();
        });
        change_type(files, "FailureReason", |reason| {
            let text = reason["description"].as_str().unwrap();
            assert!(text.contains("- `TIMEOUT`: "));
            reason["description"] =
                text.replace("- `TIMEOUT`: ", "- `TIMEOUT`: Deprecated since 1.4: use `CONNECT_TIMEOUT`. ").into();
        });
    });
    assert_eq!(
        lines,
        [
            "additive         document.schema.json#/$defs/FailureReason: `TIMEOUT`: deprecated: \"Deprecated since 1.4: \
             use `CONNECT_TIMEOUT`.\"",
            "additive         document.schema.json#/$defs/PoolSummary/properties/path: deprecated: \"Deprecated since \
             1.4: use `evidence`.\"",
        ]
    );
}

#[test]
fn a_renamed_type_is_source_breaking_and_nothing_else() {
    let lines = told(|files| {
        for (_, text) in files.iter_mut().filter(|(path, _)| path.ends_with(".schema.json") && !path.starts_with("payloads/")) {
            *text = text.replace("#/$defs/Probe\"", "#/$defs/ProbeResult\"").replace("\"Probe\": {", "\"ProbeResult\": {");
            let mut schema: Value = serde_json::from_str(text).unwrap();
            if schema["$defs"].get("ProbeResult").is_some() {
                schema["$defs"]["ProbeResult"]["title"] = "ProbeResult".into();
                *text = schema.to_string();
            }
        }
    });
    assert_eq!(lines, ["source-breaking  document.schema.json#/$defs/Probe: the type is now called `ProbeResult`"]);
}

#[test]
fn a_removed_column_is_breaking_in_every_form() {
    let lines = told(|files| {
        let text = files.get_mut("backend-row.columns.csv").unwrap();
        *text = text.lines().filter(|line| !line.starts_with("zone,")).map(|line| line.to_owned() + "\n").collect();
        replace(files, "backend-row.spark.ddl", "zone STRING,\n", "");
    });
    assert_eq!(
        lines,
        [
            "breaking         backend-row.columns.csv#/zone: the row is gone",
            "breaking         backend-row.spark.ddl: the line `zone STRING` is gone or has another place",
        ]
    );
}

#[test]
fn a_file_that_is_gone_is_breaking_and_a_new_one_is_additive() {
    let lines = told(|files| {
        files.remove("envelope.schema.json").unwrap();
        files.insert("vocabulary/acme-lb.json".to_owned(), "{}".to_owned());
    });
    assert!(lines.contains(&"breaking         envelope.schema.json: the file is gone".to_owned()), "{lines:#?}");
    assert!(lines.contains(&"additive         vocabulary/acme-lb.json: a new file".to_owned()), "{lines:#?}");
}

#[test]
fn every_deprecation_that_is_published_is_well_formed() {
    fn walk(value: &Value, texts: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                texts.extend(members.get("description").and_then(Value::as_str).map(str::to_owned));
                members.values().for_each(|inner| walk(inner, texts));
            }
            Value::Array(elements) => elements.iter().for_each(|inner| walk(inner, texts)),
            _ => {}
        }
    }
    for (path, text) in super::Release::today().unwrap().files.iter().filter(|(path, _)| path.ends_with(".schema.json")) {
        let mut texts = Vec::new();
        walk(&serde_json::from_str(text).unwrap(), &mut texts);
        for text in texts {
            let values = words::entries(&text).map(|(_, text)| text.to_owned());
            for text in values.chain([text.clone()]) {
                let begins_so = text.to_lowercase().starts_with("deprecated");
                assert_eq!(deprecation::notice(&text).is_some(), begins_so, "{path}: {text}");
            }
        }
    }
}

#[test]
fn a_notice_names_a_version_and_what_to_use() {
    let notice = deprecation::notice;
    assert_eq!(notice("Deprecated since 1.4: use `a`. More."), Some("Deprecated since 1.4: use `a`."));
    assert_eq!(notice("Deprecated since 1.4.0: use `a`"), Some("Deprecated since 1.4.0: use `a`"));
    for text in [
        "Deprecated.",
        "Deprecated since then: use `a`.",
        "Deprecated since 1.4: `a` is better.",
        "Use it. Deprecated since 1.4: use `a`.",
    ] {
        assert_eq!(notice(text), None, "{text}");
    }
}
