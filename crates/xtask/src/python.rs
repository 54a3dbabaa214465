//! The classes of the Python package, written from the published schema.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value};

/// Where the classes stand.
pub(crate) const FILE: &str = "crates/python/python/lbhealth/model.py";

/// What the package returns; a class is written for each, and for whatever they are made of.
const ROOTS: &[&str] = &[
    "HealthReport",
    "HealthCheckReport",
    "Inventory",
    "Summary",
    "Diff",
    "Explanation",
    "ReportExplanation",
    "PublishedVocabulary",
];

/// Classes with methods of their own, which people write, and the module they stand in.
const BASES: &[(&str, &str)] = &[("HealthReport", "HealthReportMethods"), ("Inventory", "InventoryMethods")];

const HEAD: &str = r#""""The types of the published documents, under the names that they have in Rust and in the schema.

Objects are immutable. What a document does not tell is `None`, and a list that was left out is empty. This file is generated from the
schema: run `cargo xtask generate`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import ClassVar, Literal

from lbhealth.methods import HealthReportMethods, InventoryMethods, Model
from lbhealth.word import OpenWord
"#;

/// The text of the module.
pub(crate) fn module(root: &Path) -> Result<String> {
    let files = lbhealth::schema::documents(lbhealth::ADAPTERS);
    let schema = files.iter().find(|file| file.path == "document.schema.json").context("no schema of all documents")?;
    let schema: Value = serde_json::from_str(&schema.text)?;
    let definitions = schema.get("$defs").and_then(Value::as_object).context("the schema has no definitions")?;
    let declared = declared(&root.join("crates/core/src"))?;
    let mut classes = BTreeMap::new();
    let mut waiting: Vec<String> = ROOTS.iter().map(|&name| name.to_owned()).collect();
    while let Some(name) = waiting.pop() {
        if !classes.contains_key(&name) {
            let definition =
                definitions.get(&name).and_then(Value::as_object).with_context(|| format!("no type is called {name}"))?;
            collect(&Value::Object(definition.clone()), &mut waiting);
            classes.insert(name.clone(), class(&name, definition, &declared).with_context(|| name.clone())?);
        }
    }
    let names: Vec<String> = classes.keys().map(|name| format!("    \"{name}\",\n")).collect();
    let classes: Vec<String> = classes.into_values().collect();
    Ok([HEAD, "\n__all__ = [\n", &names.concat(), "]\n", &classes.concat()].concat())
}

/// The names of the types that a schema refers to.
fn collect(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        Value::Object(object) => {
            names.extend(target(object).map(str::to_owned));
            object.values().for_each(|value| collect(value, names));
        }
        _ => {}
    }
}

fn target(object: &Map<String, Value>) -> Option<&str> {
    object.get("$ref")?.as_str()?.strip_prefix("#/$defs/")
}

fn class(name: &str, definition: &Map<String, Value>, declared: &BTreeMap<String, Vec<String>>) -> Result<String> {
    let words = |keyword| definition.get(keyword).and_then(Value::as_array).map(|words| words.iter().filter_map(Value::as_str));
    match (words("enum"), words("examples"), definition.get("properties")) {
        (Some(words), ..) => closed(name, definition, words),
        (_, Some(words), None) => open(name, definition, words),
        (_, _, Some(Value::Object(properties))) => structure(name, definition, properties, declared),
        _ => anyhow::bail!("the type is neither a list of words nor an object"),
    }
}

/// A closed list: an enum whose members are text.
fn closed<'w>(name: &str, definition: &Map<String, Value>, words: impl Iterator<Item = &'w str>) -> Result<String> {
    let (documentation, meanings) = documented_words(definition);
    let mut text = format!("\n\nclass {name}(str, Enum):\n{}\n    __str__ = str.__str__\n", docstring(documentation));
    for word in words {
        let meaning = meanings.get(word).context("a word is not documented")?;
        write!(text, "\n    {word} = \"{word}\"\n{}", docstring(meaning))?;
    }
    Ok(text)
}

/// An open list: text, with the words that this version knows as constants.
fn open<'w>(name: &str, definition: &Map<String, Value>, words: impl Iterator<Item = &'w str>) -> Result<String> {
    let (documentation, meanings) = documented_words(definition);
    let mut text = format!("\n\nclass {name}(OpenWord):\n{}\n    __slots__ = ()\n", docstring(documentation));
    write!(text, "\n    known: ClassVar[tuple[{name}, ...]]\n{}", docstring("The words that this version knows."))?;
    let mut values = format!("\n\n{name}.known = (\n");
    let mut constants = String::new();
    for (number, word) in words.enumerate() {
        let meaning = meanings.get(word).context("a word is not documented")?;
        write!(text, "\n    {word}: ClassVar[{name}]\n{}", docstring(meaning))?;
        writeln!(values, "    {name}(\"{word}\"),")?;
        writeln!(constants, "{name}.{word} = {name}.known[{number}]")?;
    }
    Ok(text + &values + ")\n" + &constants)
}

/// What the list is about, and what each of its words means.
fn documented_words(definition: &Map<String, Value>) -> (&str, BTreeMap<&str, &str>) {
    let description = definition.get("description").and_then(Value::as_str).unwrap_or_default();
    let (documentation, list) = description.split_once("\n\n- `").unwrap_or((description, ""));
    (documentation, list.split("\n- `").filter_map(|line| line.split_once("`: ")).collect())
}

fn structure(
    name: &str,
    definition: &Map<String, Value>,
    properties: &Map<String, Value>,
    declared: &BTreeMap<String, Vec<String>>,
) -> Result<String> {
    let fields = declared.get(name).context("the type is not declared in the core")?;
    let known = fields.len() == properties.len() && fields.iter().all(|field| properties.contains_key(field));
    ensure!(known, "the type has the fields {fields:?}, and its schema others");
    let required: Vec<&str> =
        definition.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let base = BASES.iter().find(|(of, _)| *of == name).map_or("Model", |(_, base)| base);
    let description = definition.get("description").and_then(Value::as_str).unwrap_or_default();
    let head = "\n\n@dataclass(frozen=True, kw_only=True, slots=True)\n";
    let mut text = format!("{head}class {name}({base}):\n{}", docstring(description));
    for field in fields {
        let schema = properties.get(field).and_then(Value::as_object).context("a field has no schema")?;
        let (kind, is_list) = (kind(schema).with_context(|| field.clone())?, schema.contains_key("items"));
        let declaration = match (schema.get("const"), required.contains(&field.as_str()), is_list) {
            (Some(value), ..) => format!("{kind} = {value}"),
            (None, true, _) => kind,
            (None, false, true) => format!("{kind} = ()"),
            (None, false, false) => format!("{kind} | None = None"),
        };
        let meaning = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        write!(text, "\n    {field}: {declaration}\n{}", docstring(meaning))?;
    }
    Ok(text)
}

/// A schema as a type of Python.
fn kind(schema: &Map<String, Value>) -> Result<String> {
    let inner = schema.get("allOf").and_then(|choices| choices.get(0)).and_then(Value::as_object).unwrap_or(schema);
    if let Some(name) = target(inner) {
        return Ok(name.to_owned());
    }
    if let Some(value) = schema.get("const") {
        return Ok(format!("Literal[{value}]"));
    }
    let text = |keyword| schema.get(keyword).and_then(Value::as_str);
    Ok(match (text("type").context("a field has no type")?, text("format")) {
        ("string", Some("date-time")) => "datetime".to_owned(),
        ("string", _) => "str".to_owned(),
        ("integer", _) => "int".to_owned(),
        ("number", _) => "float".to_owned(),
        ("boolean", _) => "bool".to_owned(),
        ("array", _) => {
            let items = schema.get("items").and_then(Value::as_object).context("a list has no items")?;
            format!("tuple[{}, ...]", self::kind(items)?)
        }
        (other, _) => anyhow::bail!("Python has no type for `{other}`"),
    })
}

/// A text as the documentation of what stands above it.
fn docstring(text: &str) -> String {
    const WIDTH: usize = 132;
    const INDENT: usize = 4;
    let margin = " ".repeat(INDENT);
    let mut lines = Vec::new();
    for paragraph in lbhealth::schema::paragraph(text).replace('\\', "\\\\").split("\n\n") {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && INDENT + 3 + line.len() + 1 + word.len() + 3 > WIDTH {
                lines.push(std::mem::take(&mut line));
            }
            line = if line.is_empty() { word.to_owned() } else { line + " " + word };
        }
        lines.push(line);
    }
    let end = if lines.len() > 1 { format!("\n{margin}") } else { String::new() };
    let text = lines.join(&format!("\n{margin}")).replace(&format!("\n{margin}\n"), "\n\n");
    format!("{margin}\"\"\"{text}{end}\"\"\"\n")
}

/// The fields of every struct below a folder, in the order in which they are declared: a schema has them in alphabetical order.
fn declared(folder: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(declared(&path)?);
            continue;
        }
        let source = fs::read_to_string(&path)?;
        for part in source.split("\npub struct ").skip(1) {
            let name: String = part.chars().take_while(|character| character.is_alphanumeric()).collect();
            let body = part.split("\n}").next().unwrap_or_default();
            let fields = body.lines().filter_map(|line| Some(line.strip_prefix("    pub ")?.split_once(':')?.0.to_owned()));
            found.insert(name, fields.collect());
        }
    }
    Ok(found)
}
