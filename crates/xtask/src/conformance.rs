//! The conformance kit: every fixture of every adapter, for adapters in other languages.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use lbhealth_tests::Fixture;
use serde::Serialize;

use crate::tree::Tree;

const MANIFEST_SCHEMA: &str = include_str!("../conformance/manifest.schema.json");

/// What stands in a kit, as `manifest.schema.json` describes it.
#[derive(Debug, Serialize)]
struct Manifest {
    schema_id: &'static str,
    version: String,
    not_compared: &'static [&'static str],
    cases: Vec<Case>,
}

#[derive(Debug, Serialize)]
struct Case {
    adapter: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<String>,
    outcome: &'static str,
    input: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    with: Vec<String>,
    expected: String,
}

/// Writes the kit into a folder that is new or empty.
pub(crate) fn write(root: &Path, folder: &Path) -> Result<()> {
    kit(root)?.write(folder)
}

/// The kit: the manifest, its schema, how to use them, and the files of the fixtures as they are.
pub(crate) fn kit(root: &Path) -> Result<Tree> {
    let mut tree = Tree::default();
    let mut cases = Vec::new();
    for fixture in Fixture::all()? {
        cases.push(case(&fixture, &mut tree)?);
    }
    cases.sort_by(|one, other| (&one.adapter, &one.name).cmp(&(&other.adapter, &other.name)));
    let manifest = Manifest {
        schema_id: "urn:lbhealth:v1:conformance",
        version: crate::version()?.to_string(),
        not_compared: &["/error/text", "/warnings/*/message"],
        cases,
    };
    tree.add("manifest.json", serde_json::to_string_pretty(&manifest)? + "\n");
    tree.add("manifest.schema.json", MANIFEST_SCHEMA);
    tree.add("README.md", fs::read(root.join("docs/conformance-kit.md")).context("reading docs/conformance-kit.md")?);
    Ok(tree)
}

/// Adds the files of a fixture, and says where they are.
fn case(fixture: &Fixture, tree: &mut Tree) -> Result<Case> {
    let name = fixture.case();
    let mut place = |file: &str| -> Result<String> {
        let path = format!("fixtures/{}/{name}/{file}", fixture.adapter);
        let from = fixture.folder.join(file);
        tree.add(path.as_str(), fs::read(&from).with_context(|| format!("reading {}", from.display()))?);
        Ok(path)
    };
    let is_error = fixture.expected.get("error").is_some();
    Ok(Case {
        input: place("input.json")?,
        context: fixture.folder.join("context.json").exists().then(|| place("context.json")).transpose()?,
        with: (1..=fixture.with.len()).map(|number| place(&format!("with-{number}.json"))).collect::<Result<_>>()?,
        expected: place("expected.json")?,
        operation: fixture.expected.get("operation").and_then(|name| name.as_str()).map(str::to_owned),
        outcome: if is_error { "ERROR" } else { "DOCUMENT" },
        adapter: fixture.adapter.clone(),
        name,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::*;

    fn files() -> BTreeMap<String, Vec<u8>> {
        kit(&crate::root()).unwrap().into_files().collect()
    }

    fn value(files: &BTreeMap<String, Vec<u8>>, path: &str) -> Value {
        serde_json::from_slice(&files[path]).unwrap()
    }

    #[test]
    fn the_manifest_is_valid_by_its_schema_and_what_is_not_is_refused() {
        let files = files();
        let (schema, manifest) = (value(&files, "manifest.schema.json"), value(&files, "manifest.json"));
        jsonschema::meta::validate(&schema).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        assert!(validator.is_valid(&manifest));
        for (pointer, wrong) in
            [("/schema_id", json!("urn:lbhealth:v2:conformance")), ("/cases/0/input", json!(1)), ("/version", json!(1))]
        {
            let mut broken = manifest.clone();
            *broken.pointer_mut(pointer).unwrap() = wrong;
            assert!(!validator.is_valid(&broken), "{pointer}");
        }
    }

    #[test]
    fn expected_errors_are_as_the_schema_describes_them() {
        let files = files();
        let mut schema = value(&files, "manifest.schema.json");
        let error = schema["$defs"]["ExpectedError"].clone();
        let known: Vec<&String> = error["properties"].as_object().unwrap().keys().collect();
        schema["$ref"] = json!("#/$defs/ExpectedError");
        for key in ["type", "properties", "required"] {
            schema.as_object_mut().unwrap().remove(key);
        }
        let validator = jsonschema::validator_for(&schema).unwrap();
        let manifest = value(&files, "manifest.json");
        let errors = manifest["cases"].as_array().unwrap().iter().filter(|case| case["outcome"] == "ERROR");
        let mut seen = 0;
        for case in errors {
            let expected = value(&files, case["expected"].as_str().unwrap());
            let error = &expected["error"];
            assert!(validator.is_valid(error), "{case}");
            assert!(error.as_object().unwrap().keys().all(|key| known.contains(&key)), "{case}");
            seen += 1;
        }
        assert!(seen > 5, "only {seen} errors");
    }

    #[test]
    fn every_file_of_every_fixture_is_in_the_kit_and_in_its_manifest() {
        let files = files();
        let manifest = value(&files, "manifest.json");
        let mut named: Vec<String> = Vec::new();
        for case in manifest["cases"].as_array().unwrap() {
            let paths = ["input", "context", "expected"].iter().filter_map(|key| case[*key].as_str());
            let with = case["with"].as_array().into_iter().flatten().filter_map(Value::as_str);
            named.extend(paths.chain(with).map(str::to_owned));
        }
        named.sort();
        let in_kit: Vec<String> = files.keys().filter(|path| path.starts_with("fixtures/")).cloned().collect();
        assert_eq!(named, in_kit);
        let adapters = crate::root().join("crates/adapters");
        let mut in_tree = 0;
        for adapter in lbhealth::ADAPTERS {
            let fixtures = Tree::read(&adapters.join(adapter.id()).join("fixtures")).unwrap();
            for (path, bytes) in fixtures.into_files() {
                assert_eq!(files.get(&format!("fixtures/{}/{path}", adapter.id())), Some(&bytes), "{path}");
                in_tree += 1;
            }
        }
        assert_eq!(in_tree, in_kit.len());
    }
}
