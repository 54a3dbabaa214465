//! Whether everything in a payload came out: as something in the document, or as a warning.

use std::collections::{BTreeMap, BTreeSet};

use lbhealth::{Document, WarningCode};
use serde_json::Value;

use crate::allowances::Repeats;

/// The lists whose elements become something in a document, as pointers with `#` for indices, by adapter and operation.
///
/// They are what the paths in the documents of all fixtures go through, so no list of a vendor's has to be named.
#[derive(Debug, Default)]
pub(crate) struct Lists(BTreeMap<(String, String), BTreeSet<String>>);

impl Lists {
    /// Learns the lists that this document was made from.
    pub(crate) fn learn(&mut self, adapter: &str, document: &Document<'_>) {
        let lists = self.0.entry((adapter.to_owned(), document.operation().to_owned())).or_default();
        for path in paths(document) {
            let template = template(&path);
            lists.extend(template.match_indices("/#").map(|(index, _)| template[..index].to_owned()));
        }
    }

    /// The elements of these lists in a payload.
    pub(crate) fn elements(&self, adapter: &str, operation: &str, payload: &Value) -> Vec<String> {
        let lists = self.0.get(&(adapter.to_owned(), operation.to_owned()));
        lists.into_iter().flatten().flat_map(|list| elements(payload, list)).collect()
    }
}

/// A pointer with `#` for every index.
pub(crate) fn template(path: &str) -> String {
    let parts =
        path.split('/').map(|part| if !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) { "#" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// The elements of a list, which can stand in other lists.
fn elements(payload: &Value, list: &str) -> Vec<String> {
    let mut holders = vec![String::new()];
    for part in list.split('/').skip(1) {
        holders = holders.into_iter().flat_map(|holder| inner(payload, &holder, part)).collect();
    }
    holders.into_iter().flat_map(|holder| inner(payload, &holder, "#")).collect()
}

fn inner(payload: &Value, holder: &str, part: &str) -> Vec<String> {
    match payload.pointer(holder) {
        Some(Value::Array(elements)) if part == "#" => (0..elements.len()).map(|index| format!("{holder}/{index}")).collect(),
        Some(Value::Object(fields)) if fields.contains_key(part) => vec![format!("{holder}/{part}")],
        _ => Vec::new(),
    }
}

/// Where in the payload the things in a document come from.
fn paths(document: &Document<'_>) -> Vec<String> {
    match document {
        Document::Health(report) => {
            let records =
                report.records.iter().filter(|record| record.evidence.source.is_none()).map(|record| &record.evidence.path);
            let pools = report.pools.iter().map(|pool| &pool.path);
            let parents = report.parents.iter().map(|parent| &parent.path);
            records.chain(pools).chain(parents).map(ToString::to_string).collect()
        }
        Document::HealthChecks(report) => report.health_checks.iter().map(|check| check.evidence.path.to_string()).collect(),
        Document::Inventory(inventory) => {
            let members = inventory.members.iter().map(|member| &member.evidence.path);
            members.chain(inventory.pools.iter().map(|pool| &pool.path)).map(ToString::to_string).collect()
        }
        _ => Vec::new(),
    }
}

/// The elements that neither the document nor its warnings tell of.
pub(crate) fn lost(elements: &[String], payload: &Value, document: &Document<'_>, repeats: &[Repeats]) -> Vec<String> {
    let mut told = paths(document);
    for warning in document.warnings() {
        let path = warning.path.to_string();
        if matches!(warning.code, WarningCode::ElementSkipped | WarningCode::FieldUnreadable) {
            // What could not be read took everything below it along.
            told.extend(elements.iter().filter(|element| is_at_or_below(element, &path)).cloned());
        }
        told.push(path);
    }
    let is_told = |element: &&String| told.iter().any(|path| is_at_or_below(path, element));
    let is_repeat = |element: &&String| {
        let of_list = |repeats: &&Repeats| template(element).strip_suffix("/#") == Some(&repeats.list);
        repeats.iter().find(of_list).is_some_and(|repeats| {
            // What says nothing repeats anything.
            let same_field = |other: &String, field: &String| {
                field_of(payload, element, field).is_none_or(|value| Some(value) == field_of(payload, other, field))
            };
            let same = |other: &String| repeats.fields.iter().all(|field| same_field(other, field));
            elements.iter().any(|other| other != *element && is_told(&other) && same(other))
        })
    };
    elements
        .iter()
        .filter(|element| !is_told(element) && !holds_nothing(payload, element) && !is_repeat(element))
        .cloned()
        .collect()
}

fn is_at_or_below(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn field_of<'p>(payload: &'p Value, element: &str, field: &str) -> Option<&'p Value> {
    payload.pointer(element)?.get(field).filter(|value| !value.is_null())
}

/// Whether the element is there only for a list, and that is empty.
fn holds_nothing(payload: &Value, element: &str) -> bool {
    let fields = payload.pointer(element).and_then(Value::as_object);
    fields.is_some_and(|fields| fields.values().any(|value| value.as_array().is_some_and(Vec::is_empty)))
}
