//! The style of the published schemas: what type generators and validators in other languages take well.

use schemars::Schema;
use schemars::transform::{RestrictFormats, Transform, transform_subschemas};
use serde_json::{Map, Value, json};

/// Brings a root schema into the published style.
pub(super) fn apply(schema: &mut Schema) {
    RestrictFormats::default().transform(schema);
    Style.transform(schema);
    if let Some(Value::Object(definitions)) = schema.get_mut("$defs") {
        for (name, definition) in definitions.iter_mut() {
            if let Value::Object(definition) = definition {
                definition.insert("title".to_owned(), name.clone().into());
            }
        }
    }
}

/// Gives every field a title: its name as words.
pub(super) fn give_titles(schema: &mut Schema) {
    Titles.transform(schema);
}

struct Titles;

impl Transform for Titles {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        let Some(Value::Object(properties)) = schema.get_mut("properties") else { return };
        for (name, property) in properties.iter_mut() {
            if let Value::Object(property) = property {
                property.insert("title".to_owned(), title(name).into());
            }
        }
    }
}

/// A name such as `listener_id` or `SSL_HANDSHAKE_ERROR` as people write it: "Listener ID", "SSL handshake error".
pub(super) fn title(name: &str) -> String {
    const ABBREVIATIONS: &[&str] = &["dns", "grpc", "http", "id", "ids", "ip", "lb", "ssl", "tls", "url"];
    let mut title = String::with_capacity(name.len());
    for word in name.split('_') {
        let word = word.to_ascii_lowercase();
        let word = match &*word {
            "ids" => "IDs".to_owned(),
            "grpc" => "gRPC".to_owned(),
            _ if ABBREVIATIONS.contains(&&*word) => word.to_ascii_uppercase(),
            _ if title.is_empty() => {
                word.chars().take(1).map(|first| first.to_ascii_uppercase()).chain(word.chars().skip(1)).collect()
            }
            _ => word,
        };
        if !title.is_empty() {
            title.push(' ');
        }
        title += &word;
    }
    title
}

struct Style;

impl Transform for Style {
    fn transform(&mut self, schema: &mut Schema) {
        let nullable = nullable(schema);
        transform_subschemas(self, schema);
        let Some(object) = schema.as_object_mut() else { return };
        without_null(object);
        for name in nullable {
            if let Some(kind) = object.get_mut("properties").and_then(|properties| properties.get_mut(&name)?.get_mut("type")) {
                *kind = json!([kind.take(), "null"]);
            }
        }
        without_bounds_of_elements(object);
        if let Some(text) = object.get("description").and_then(Value::as_str) {
            // Link targets of the library's own documentation mean nothing outside it.
            let text = without_links(text);
            object.insert("description".to_owned(), text.into());
        }
        if object.len() > 1
            && let Some(target) = object.remove("$ref")
        {
            object.insert("allOf".to_owned(), json!([{ "$ref": target }]));
        }
    }
}

/// The fields that may be null: those of what others write, which alone is closed.
fn nullable(schema: &Schema) -> Vec<String> {
    let is_closed = schema.get("additionalProperties") == Some(&json!(false));
    let properties = schema.get("properties").and_then(Value::as_object).filter(|_| is_closed);
    let is_nullable =
        |property: &Value| property.get("type").and_then(Value::as_array).is_some_and(|kinds| kinds.contains(&json!("null")));
    properties.into_iter().flatten().filter(|(_, property)| is_nullable(property)).map(|(name, _)| name.clone()).collect()
}

/// An absent field is left out and never null, so no property of what is written here may be.
fn without_null(object: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            object.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(choices)) = object.get_mut("anyOf") {
        choices.retain(|choice| choice.get("type").is_none_or(|kind| kind != "null"));
        if let [only] = choices.as_slice()
            && let Some(target) = only.get("$ref").cloned()
        {
            object.remove("anyOf");
            object.insert("$ref".to_owned(), target);
        }
    }
}

/// Bounds on the elements of a list would make generators invent a type for them, such as `ObservedItem`.
fn without_bounds_of_elements(object: &mut Map<String, Value>) {
    if let Some(Value::Object(items)) = object.get_mut("items") {
        items.retain(|keyword, _| !matches!(keyword.as_str(), "minimum" | "maximum"));
    }
}

/// `[text](target)` as `text`.
fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        plain.push_str(before);
        match link.split_once("](").and_then(|(name, after)| Some((name, after.split_once(')')?.1))) {
            Some((name, after)) if !name.contains(['[', '\n']) => {
                plain.push_str(name);
                rest = after;
            }
            _ => {
                plain.push('[');
                rest = link;
            }
        }
    }
    plain + rest
}
