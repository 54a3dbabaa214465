//! Schemas of the vendors' payloads: what of each is read.

use schemars::{Schema, json_schema};
use serde_json::{Map, Value, json};

use super::{File, paragraph};
use crate::wire::{Field, Kind, Shape};
use crate::{Adapter, Operation};

/// Text that counts as null wherever it stands.
const BLANK: &str = r"^[ \t\n\f\r]*$";

/// One schema per operation of the adapter.
pub(super) fn files(adapter: &dyn Adapter) -> Vec<File> {
    let schema = |operation: &Operation| {
        let (name, root) = (operation.name, operation.payload);
        let mut definitions = Map::new();
        define(root, &mut definitions);
        let mut schema = object(root);
        // A reply is there, or there is nothing to read.
        schema.insert("type".to_owned(), if operation.listed { json!(["array", "object"]) } else { json!("object") });
        schema.remove("pattern");
        schema.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
        schema.insert("$id".to_owned(), format!("urn:lbhealth:v1:payload:{}:{name}", adapter.id()).into());
        if operation.listed {
            schema.insert("items".to_owned(), of(Kind::Object(root)));
        } else {
            definitions.remove(root.name);
        }
        if !definitions.is_empty() {
            schema.insert("$defs".to_owned(), definitions.into());
        }
        schema
    };
    let file = |operation: &Operation| File::schema(&format!("payloads/{}/{}", adapter.id(), operation.name), &schema(operation));
    adapter.operations().iter().map(file).collect()
}

fn define(shape: &Shape, definitions: &mut Map<String, Value>) {
    if definitions.contains_key(shape.name) {
        return;
    }
    definitions.insert(shape.name.to_owned(), object(shape).into());
    for field in shape.fields {
        if let Some(inner) = shape_of(field.kind) {
            define(inner, definitions);
        }
    }
}

fn shape_of(kind: Kind) -> Option<&'static Shape> {
    match kind {
        Kind::Object(shape) => Some(shape),
        Kind::List(element) => shape_of(*element),
        Kind::Wrapped(shape) => shape.fields.first().and_then(|field| shape_of(field.kind)),
        _ => None,
    }
}

/// The object as the vendor documents it. The reader takes more: see its description.
fn object(shape: &Shape) -> Schema {
    let mut properties = properties(shape);
    for (name, why) in shape.unread {
        properties.insert((*name).to_owned(), json!({ "title": name, "description": format!("Not read: {why}.") }));
    }
    let description = format!(
        "{} Every field may be absent, null or blank text; numbers and booleans may be written as text, and text as numbers or booleans; a \
         value of another kind counts as absent and is warned of; fields that are not named here are passed over.",
        paragraph(shape.documentation)
    );
    json_schema!({
        "title": shape.name, "description": description, "type": ["object", "string", "null"], "pattern": BLANK, "properties": properties
    })
}

fn properties(shape: &Shape) -> Map<String, Value> {
    shape.fields.iter().map(|field| (field.name.to_owned(), property(field, &paragraph(field.documentation)))).collect()
}

fn property(field: &Field, description: &str) -> Value {
    let mut schema = of(field.kind);
    if let Some(object) = schema.as_object_mut() {
        if let Some(target) = object.remove("$ref") {
            object.insert("allOf".to_owned(), json!([{ "$ref": target }]));
        }
        object.insert("title".to_owned(), field.name.into());
        object.insert("description".to_owned(), description.into());
    }
    schema
}

fn of(kind: Kind) -> Value {
    match kind {
        Kind::Object(shape) => json!({ "$ref": format!("#/$defs/{}", shape.name) }),
        Kind::List(element) => json!({ "type": ["array", "string", "null"], "pattern": BLANK, "items": of(*element) }),
        Kind::Boolean => json!({ "type": ["boolean", "string", "null"] }),
        Kind::Integer(most) => json!({ "type": ["integer", "string", "null"], "minimum": 0, "maximum": most }),
        Kind::Number => json!({ "type": ["number", "string", "null"] }),
        Kind::Text => json!({ "type": ["string", "number", "boolean", "null"] }),
        Kind::Reference(shape) => {
            json!({ "type": ["string", "number", "boolean", "object", "null"], "properties": properties(shape) })
        }
        Kind::Wrapped(shape) => {
            let types = ["object", "array", "string", "null"];
            let mut schema = json!({ "type": types, "pattern": BLANK, "properties": properties(shape) });
            if let (Some(Field { kind: Kind::List(element), .. }), Some(object)) = (shape.fields.first(), schema.as_object_mut()) {
                object.insert("items".to_owned(), of(**element));
            }
            schema
        }
    }
}
