//! Differences between two versions of a JSON Schema.
//!
//! A document that others read has to be read in both directions: by a reader of the last release that meets a document of today, and
//! by a reader of today that meets a document stored by the last release. So whatever narrows or widens it breaks one of them. What
//! others write and this library reads may be widened.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::finding::{Class, Findings, Place};
use super::words::Words;
use super::{deprecation, identifiers};

/// The file that types are generated from: the only one in which a title is a name in somebody's program.
pub(super) const TYPES: &str = "document.schema.json";

/// Who writes what a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Others write it, and this library reads it.
    Input,
    /// This library writes it, and others read it.
    Output,
}

/// Compares a schema file of then and now.
pub(super) fn compare(file: &str, old: &Value, new: &Value, direction: &dyn Fn(&str) -> Direction, findings: &mut Findings) {
    let title = title(old);
    let at = Place::file(file, title);
    let mut comparison = Comparison { old, new, direction: direction(title), generates: file == TYPES, path: Vec::new(), findings };
    comparison.name(&at, old, new);
    comparison.node(&at, old, new);
    let (before, now) = (definitions(old), definitions(new));
    for (name, definition) in &before {
        comparison.direction = direction(name);
        let at = at.definition(name);
        if let Some(other) = now.get(name) {
            comparison.name(&at, definition, other);
            comparison.node(&at, definition, other);
        } else {
            let renamed = now.iter().find(|(other, body)| !before.contains_key(*other) && same_but_title(definition, body));
            let what = match renamed {
                Some((other, _)) => format!("the type is now called `{other}`"),
                None => "the type is gone".to_owned(),
            };
            comparison.findings.add(Class::SourceBreaking, &at, what);
        }
    }
    for (name, what) in identifiers::renamed(&before, &now) {
        comparison.findings.add(Class::SourceBreaking, &at.definition(&name), what);
    }
    let gone: Vec<&Value> = before.iter().filter(|(name, _)| !now.contains_key(*name)).map(|(_, body)| body).collect();
    for (name, definition) in now.iter().filter(|(name, _)| !before.contains_key(*name)) {
        if !gone.iter().any(|old| same_but_title(old, definition)) {
            let (class, what) = if definition.get("enum").is_some() {
                (Class::SourceBreaking, "a new closed list; inside a version only open ones are added")
            } else {
                (Class::Additive, "a new type")
            };
            comparison.findings.add(class, &at.definition(name), what);
        }
    }
}

fn definitions(schema: &Value) -> Map<String, Value> {
    schema.get("$defs").and_then(Value::as_object).cloned().unwrap_or_default()
}

fn title(schema: &Value) -> &str {
    schema.get("title").and_then(Value::as_str).unwrap_or_default()
}

fn same_but_title(one: &Value, other: &Value) -> bool {
    let without = |schema: &Value| {
        let mut schema = schema.clone();
        if let Some(object) = schema.as_object_mut() {
            object.remove("title");
        }
        schema
    };
    without(one) == without(other)
}

/// The name of the definition that a schema stands for.
fn reference(schema: &Value) -> Option<&str> {
    let wrapped = schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice);
    let target = match wrapped {
        Some([only]) => only.get("$ref"),
        _ => schema.get("$ref"),
    };
    target?.as_str()?.strip_prefix("#/$defs/")
}

/// Whether generators make a type of their own of it.
fn has_type(schema: &Value) -> bool {
    schema.get("enum").is_some() || schema.get("properties").is_some()
}

/// The types that the keyword of this value takes.
fn kinds(value: Option<&Value>) -> BTreeSet<String> {
    let list = value.and_then(Value::as_array).map(Vec::as_slice);
    let all = list.map_or_else(|| value.into_iter().collect::<Vec<_>>(), |list| list.iter().collect());
    all.into_iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

struct Comparison<'a> {
    old: &'a Value,
    new: &'a Value,
    direction: Direction,
    /// Whether types are generated from the file.
    generates: bool,
    /// The pairs of definitions that are being compared, because definitions may contain themselves.
    path: Vec<(String, String)>,
    findings: &'a mut Findings,
}

impl Comparison<'_> {
    fn add(&mut self, class: Class, at: &Place, what: impl Into<String>) {
        self.findings.add(class, at, what);
    }

    /// Generators name types by titles.
    fn name(&mut self, at: &Place, old: &Value, new: &Value) {
        let (before, now) = (title(old), title(new));
        if before != now {
            self.add(Class::SourceBreaking, at, format!("the type `{before}` is now called `{now}`"));
        }
    }

    /// Where types are generated from, the title of a property is the name of a type.
    fn class_of_title(&self) -> Class {
        if self.generates { Class::SourceBreaking } else { Class::Documentation }
    }

    /// A schema in its place: its text, and what it allows.
    fn node(&mut self, at: &Place, old: &Value, new: &Value) {
        self.text(at, old, new);
        match (reference(old), reference(new)) {
            // The definition is compared once, in its own place.
            (Some(before), Some(now)) if before == now => {}
            (None, None) => self.shape(at, old, new),
            (before, now) => {
                let pair = (before.unwrap_or_default().to_owned(), now.unwrap_or_default().to_owned());
                if self.path.contains(&pair) {
                    return;
                }
                let definition = |root: &Value, name: &str| root.pointer(&format!("/$defs/{name}")).cloned().unwrap_or_default();
                let is_renamed = before.zip(now).is_some_and(|(name, _)| definition(self.new, name).is_null());
                let old = before.map_or_else(|| old.clone(), |name| definition(self.old, name));
                let new = now.map_or_else(|| new.clone(), |name| definition(self.new, name));
                // In programs, text is text whatever it is called. A type that is renamed is told of in its own place.
                if !is_renamed && (has_type(&old) || has_type(&new)) {
                    let named =
                        |name: Option<&str>| name.map_or_else(|| "one without a name".to_owned(), |name| format!("`{name}`"));
                    self.add(Class::SourceBreaking, at, format!("the type was {} and is {}", named(before), named(now)));
                }
                self.path.push(pair);
                self.shape(at, &old, &new);
                self.path.pop();
            }
        }
    }

    /// Text for people, and the deprecations in it.
    fn text(&mut self, at: &Place, old: &Value, new: &Value) {
        let prose = |schema: &Value| {
            let description = schema.get("description").and_then(Value::as_str).unwrap_or_default();
            // Words are compared one by one.
            if Words::of(schema).is_some() { Words::prose(description) } else { description.to_owned() }
        };
        deprecation::compare(at, "", &prose(old), &prose(new), self.findings);
        if old.get("examples") != new.get("examples") && Words::of(old).is_none() && Words::of(new).is_none() {
            self.add(Class::Documentation, at, "other examples");
        }
    }

    /// What a schema allows.
    fn shape(&mut self, at: &Place, old: &Value, new: &Value) {
        let empty = Map::new();
        let (before, now) = (old.as_object().unwrap_or(&empty), new.as_object().unwrap_or(&empty));
        self.words(at, old, new);
        self.properties(at, before, now);
        let keys: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
        for key in keys {
            let (one, other) = (before.get(key), now.get(key));
            match key.as_str() {
                "title" | "description" | "examples" | "enum" | "properties" | "required" | "$defs" => {}
                "type" => self.kind(at, one, other),
                "items" => match (one, other) {
                    (Some(one), Some(other)) => self.node(&at.child("items"), one, other),
                    _ => self.changed(at, key, one, other, Class::Breaking),
                },
                "anyOf" if at.is_file() => self.choices(at, one, other),
                "minimum" | "maximum" => {
                    let number = |value: Option<&Value>| value.and_then(Value::as_f64);
                    let wider = match (number(one), number(other)) {
                        (_, None) => true,
                        (None, Some(_)) => false,
                        (Some(one), Some(other)) if key == "minimum" => other <= one,
                        (Some(one), Some(other)) => other >= one,
                    };
                    let class = if wider && self.direction == Direction::Input { Class::Additive } else { Class::Breaking };
                    self.changed(at, key, one, other, class);
                }
                "additionalProperties" if other.is_none() && self.direction == Direction::Input => {
                    self.changed(at, key, one, other, Class::Additive);
                }
                // Text that was not taken at all is told of as a further type.
                "pattern" if one.is_none() && !kinds(before.get("type")).contains("string") => {}
                _ => self.changed(at, key, one, other, Class::Breaking),
            }
        }
    }

    /// A keyword whose value is all there is to it.
    fn changed(&mut self, at: &Place, key: &str, old: Option<&Value>, new: Option<&Value>, class: Class) {
        let what = match (old, new) {
            (Some(old), Some(new)) if old != new => format!("`{key}` was {old} and is {new}"),
            (Some(old), None) => format!("`{key}` was {old} and is gone"),
            (None, Some(new)) => format!("`{key}` is now {new}"),
            _ => return,
        };
        self.add(class, at, what);
    }

    fn kind(&mut self, at: &Place, old: Option<&Value>, new: Option<&Value>) {
        let (before, now) = (kinds(old), kinds(new));
        if before == now {
            return;
        }
        let takes = |kind: &String| now.contains(kind) || (kind == "integer" && now.contains("number"));
        let wider = new.is_none() || (old.is_some() && before.iter().all(takes));
        let class = if wider && self.direction == Direction::Input { Class::Additive } else { Class::Breaking };
        self.changed(at, "type", old, new, class);
    }

    fn words(&mut self, at: &Place, old: &Value, new: &Value) {
        match (Words::of(old), Words::of(new)) {
            (Some(before), Some(now)) => before.compare(&now, at, self.direction, self.findings),
            (None, Some(now)) if now.open => self.add(Class::Additive, at, "known values are now listed"),
            (None, Some(_)) => self.add(Class::Breaking, at, "the values are now a closed list"),
            (Some(_), None) => self.add(Class::Breaking, at, "values are no longer listed"),
            (None, None) => {}
        }
    }

    fn properties(&mut self, at: &Place, old: &Map<String, Value>, new: &Map<String, Value>) {
        let properties =
            |schema: &Map<String, Value>| schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
        let required = |schema: &Map<String, Value>| -> BTreeSet<String> {
            let names = schema.get("required").and_then(Value::as_array).into_iter().flatten();
            names.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let (before, now) = (properties(old), properties(new));
        let (needed, needs) = (required(old), required(new));
        let mut successors = BTreeSet::new();
        for (name, schema) in &before {
            let at = at.below(&["properties", name]);
            let Some(other) = now.get(name) else {
                let is_successor = |other: &str, body: &Value| !before.contains_key(other) && body == schema;
                let successor = now.iter().find(|(other, body)| is_successor(other, body)).map(|(other, _)| other.clone());
                self.gone(&at, schema, successor.as_deref());
                successors.extend(successor);
                continue;
            };
            self.node(&at, schema, other);
            if title(schema) != title(other) {
                self.add(self.class_of_title(), &at, format!("the title was `{}` and is `{}`", title(schema), title(other)));
            }
            match (needed.contains(name), needs.contains(name), self.direction) {
                (true, false, Direction::Input) => self.add(Class::Additive, &at, "may now be left out"),
                (true, false, Direction::Output) => self.add(Class::Breaking, &at, "may now be left out; readers count on it"),
                (false, true, _) => self.add(Class::Breaking, &at, "is now required; what was written before may lack it"),
                _ => {}
            }
        }
        for (name, schema) in now.iter().filter(|(name, _)| !before.contains_key(*name) && !successors.contains(*name)) {
            let at = at.below(&["properties", name]);
            if needs.contains(name) {
                self.add(Class::Breaking, &at, "a new property that is required; what was written before lacks it");
            } else if schema.get("enum").is_some() {
                self.add(Class::SourceBreaking, &at, "a new property with a closed list of its own");
            } else {
                self.add(Class::Additive, &at, "a new property");
            }
        }
    }

    fn gone(&mut self, at: &Place, schema: &Value, successor: Option<&str>) {
        // A vendor's field that is named only to say why it is not read.
        let was_read = self.direction == Direction::Output || schema.get("type").is_some() || reference(schema).is_some();
        match (successor, was_read) {
            (Some(name), _) => self.add(Class::Breaking, at, format!("the property is now called `{name}`")),
            (None, true) => self.add(Class::Breaking, at, "the property is gone"),
            (None, false) => self.add(Class::SourceBreaking, at, "the property, which was not read, is gone"),
        }
    }

    /// The documents that a file with all of them knows.
    fn choices(&mut self, at: &Place, old: Option<&Value>, new: Option<&Value>) {
        fn names(value: Option<&Value>) -> BTreeSet<String> {
            let choices = value.and_then(Value::as_array).into_iter().flatten();
            let name = |choice: &Value| match choice.get("anyOf") {
                // A choice of its own with a name: `Document` among all that is published.
                Some(inner) => names(Some(inner)),
                None => BTreeSet::from([reference(choice).map_or_else(|| choice.to_string(), str::to_owned)]),
            };
            choices.flat_map(name).collect()
        }
        let (before, now) = (names(old), names(new));
        for name in before.difference(&now) {
            self.add(Class::Breaking, at, format!("`{name}` is no longer one of the documents"));
        }
        for name in now.difference(&before) {
            self.add(Class::Additive, at, format!("`{name}` is a new kind of document"));
        }
    }
}
