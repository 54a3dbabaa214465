//! What is different between what a release published and what is published now, and what that means for its readers.
//!
//! The rules stand in `docs/versioning.md`.

mod deprecation;
mod derived;
mod finding;
mod gate;
mod goldens;
mod identifiers;
mod release;
mod schema;
mod table;
#[cfg(test)]
mod tests;
mod vocabulary;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::Value;

use finding::{Class, Finding, Findings, Place};
pub(crate) use gate::{check, snapshot};
pub(crate) use release::Release;
use schema::Direction;

/// Published files by their path below the folder of the version.
type Files = BTreeMap<String, String>;

/// Every difference between published files of then and now, and between what the payloads of then gave and give.
fn compare(old: &Release, new: &Files) -> Result<Vec<Finding>> {
    let mut findings = Findings::default();
    files(&old.files, new, &mut findings)?;
    let known = properties(&old.files)?;
    for (file, text) in &old.goldens {
        goldens::compare(&format!("goldens/{file}"), text, &known, &mut findings)?;
    }
    Ok(findings.sorted())
}

/// Every difference between published files of then and now.
fn files(old: &Files, new: &Files, findings: &mut Findings) -> Result<()> {
    let inputs = inputs(old)?;
    let columns = columns(old, new)?;
    for file in new.keys().filter(|file| !old.contains_key(*file)) {
        findings.add(Class::Additive, &Place::file(file, file), "a new file");
    }
    // The file that types are generated from comes first: what several files have is told of it.
    let types_first =
        old.iter().filter(|(file, _)| *file == schema::TYPES).chain(old.iter().filter(|(file, _)| *file != schema::TYPES));
    for (file, before) in types_first {
        let Some(now) = new.get(file) else {
            findings.add(Class::Breaking, &Place::file(file, file), "the file is gone");
            continue;
        };
        if before == now {
            continue;
        }
        let told = findings.len();
        let ending = file.rsplit('/').next().unwrap_or(file).split_once('.').map_or("", |(_, ending)| ending);
        match ending {
            "schema.json" => {
                let is_input = |name: &str| file.starts_with("payloads/") || inputs.contains(name);
                let direction = |name: &str| if is_input(name) { Direction::Input } else { Direction::Output };
                schema::compare(file, &json(file, before)?, &json(file, now)?, &direction, findings);
            }
            "json" if file.starts_with("vocabulary/") => vocabulary::compare(file, before, now, &columns, findings)?,
            _ if ending.ends_with("json") => derived::json(file, &json(file, before)?, &json(file, now)?, findings),
            _ if ending.ends_with("csv") => table::compare(file, before, now, findings)?,
            _ => derived::text(file, before, now, findings),
        }
        // The rows of this table stand in the files of the adapters too, and are told of there.
        if findings.len() == told && file != "vocabulary/all.csv" {
            findings.add(Class::Documentation, &Place::file(file, file), "differs in form or text only");
        }
    }
    Ok(())
}

fn json(file: &str, text: &str) -> Result<Value> {
    serde_json::from_str(text).with_context(|| format!("reading {file}"))
}

/// The types of what others write and this library reads: those of the envelope, unless a document has them too.
fn inputs(files: &Files) -> Result<BTreeSet<String>> {
    let (mut inputs, mut outputs) = (BTreeSet::new(), BTreeSet::new());
    for (file, text) in files.iter().filter(|(file, _)| file.ends_with(".schema.json") && !file.contains('/')) {
        let schema = json(file, text)?;
        let names = schema.get("$defs").and_then(Value::as_object).into_iter().flat_map(|definitions| definitions.keys().cloned());
        let title = schema.get("title").and_then(Value::as_str).map(str::to_owned);
        match file.as_str() {
            schema::TYPES => {}
            "envelope.schema.json" => inputs.extend(names.chain(title)),
            _ => outputs.extend(names.chain(title)),
        }
    }
    Ok(&inputs - &outputs)
}

/// The columns of the vocabularies that both have. What the tables lost or gained is told of the tables.
fn columns(old: &Files, new: &Files) -> Result<BTreeSet<String>> {
    let header = |files: &Files| -> Result<BTreeSet<String>> {
        let Some(text) = files.get("vocabulary/all.csv") else { return Ok(BTreeSet::new()) };
        Ok(csv::Reader::from_reader(text.as_bytes()).headers()?.iter().map(str::to_owned).collect())
    };
    Ok(&header(old)? & &header(new)?)
}

/// The names of all properties that documents can have.
fn properties(files: &Files) -> Result<BTreeSet<String>> {
    let Some(text) = files.get(schema::TYPES) else { return Ok(BTreeSet::new()) };
    let schema = json(schema::TYPES, text)?;
    let definitions = schema.get("$defs").and_then(Value::as_object).into_iter().flat_map(|definitions| definitions.values());
    let properties = definitions.filter_map(|definition| definition.get("properties")?.as_object());
    Ok(properties.flat_map(|properties| properties.keys().cloned()).collect())
}
