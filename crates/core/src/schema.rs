//! Everything that is published for readers in other languages: JSON Schemas, columns, vocabularies. All of it is generated from the
//! types and tables of this library and of the adapters.

mod engine;
mod envelope;
mod payload;
mod style;
mod table;
mod value;
mod vocabulary;

use std::fmt::Write;

pub use vocabulary::{PublishedVocabulary, VocabularyRow};

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::Value;

use crate::{
    Adapter, BackendRow, CheckResult, Conversion, Diff, Document, Explanation, HealthCheckReport, HealthReport, Inventory,
    LintReport, PoolRow, Published, ReportExplanation, Summary, Word,
};

/// A published file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct File {
    /// Path below `schemas/v1/`.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

impl File {
    fn new(path: impl Into<String>, text: String) -> Self {
        Self { path: path.into(), text }
    }

    /// Of plain data, which can always be written as JSON.
    fn json(path: impl Into<String>, value: &impl Serialize) -> Self {
        Self::new(path, serde_json::to_string_pretty(value).unwrap_or_default() + "\n")
    }

    fn schema(name: &str, schema: &Schema) -> Self {
        Self::json(format!("{name}.schema.json"), schema)
    }
}

/// How a document or row is published: a file of its own, and a place in the schema of all of them.
struct Publication {
    file: fn() -> File,
    reference: fn(&mut SchemaGenerator) -> Schema,
}

impl Publication {
    const fn of<T: JsonSchema + Published>() -> Self {
        Self { file: published::<T>, reference: SchemaGenerator::subschema_for::<T> }
    }
}

/// What is written or read beside the documents that payloads become.
const OTHERS: &[Publication] = &[
    Publication::of::<BackendRow<'static>>(),
    Publication::of::<PoolRow<'static>>(),
    Publication::of::<PublishedVocabulary>(),
    Publication::of::<envelope::Envelope>(),
    Publication::of::<Summary>(),
    Publication::of::<CheckResult>(),
    Publication::of::<Diff>(),
    Publication::of::<Explanation>(),
    Publication::of::<ReportExplanation>(),
    Publication::of::<LintReport>(),
    Publication::of::<Conversion>(),
];

/// Every published file, by path.
pub fn documents(adapters: &[&dyn Adapter]) -> Vec<File> {
    let mut files = vec![
        File::schema("document", &document()),
        published::<HealthReport<'static>>(),
        published::<HealthCheckReport<'static>>(),
        published::<Inventory<'static>>(),
        File::new("vocabulary/values.csv", value::table()),
    ];
    files.extend(OTHERS.iter().map(|other| (other.file)()));
    files.extend(engine::files("backend-row", BackendRow::COLUMNS));
    files.extend(engine::files("pool-row", PoolRow::COLUMNS));
    files.extend(adapters.iter().flat_map(|adapter| payload::files(*adapter)));
    files.extend(vocabulary::files(adapters));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

/// The schema of one document or row.
fn published<T: JsonSchema + Published>() -> File {
    let mut schema = generator().into_root_schema_for::<T>();
    schema.insert("$id".to_owned(), T::SCHEMA_ID.into());
    style::apply(&mut schema);
    // Only here: type generators, which read the schema of all documents, make a type of everything that has a title.
    style::give_titles(&mut schema);
    File::schema(T::SCHEMA_ID.rsplit(':').next().unwrap_or_default(), &schema)
}

/// One schema with every definition, from which type generators make one type each.
///
/// Its root leads to every definition, because some generators leave out what it does not lead to.
fn document() -> Schema {
    let mut generator = generator();
    let others: Vec<Schema> = OTHERS.iter().map(|other| (other.reference)(&mut generator)).collect();
    let mut schema = generator.into_root_schema_for::<Document<'static>>();
    let documents =
        ["title", "description", "anyOf"].map(|keyword| (keyword.to_owned(), schema.remove(keyword).unwrap_or_default()));
    let documents = Value::Object(documents.into_iter().collect());
    schema.insert("$id".to_owned(), "urn:lbhealth:v1:document".into());
    schema.insert("title".to_owned(), "Published".into());
    schema.insert(
        "description".to_owned(),
        "Anything that is written or read as JSON: a document, a row, a vocabulary, an envelope.".into(),
    );
    schema.insert("anyOf".to_owned(), std::iter::once(documents).chain(others.into_iter().map(Schema::to_value)).collect());
    style::apply(&mut schema);
    schema
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12().for_serialize().into_generator()
}

/// The schema of a list of words. A closed list is an `enum`; an open one is text with the known words as examples.
pub(crate) fn words<T: Word>() -> Schema {
    let values: Vec<&'static str> = T::VARIANTS.iter().map(|word| (*word).into()).collect();
    let mut description = format!("{}\n\n", paragraph(T::DOCUMENTATION));
    for word in T::VARIANTS {
        let name: &'static str = (*word).into();
        // Writing to a `String` cannot fail.
        let _ = writeln!(description, "- `{name}`: {}", paragraph(word.documentation()));
    }
    let description = description.trim_end();
    if T::OPEN {
        json_schema!({ "type": "string", "description": description, "examples": values })
    } else {
        json_schema!({ "type": "string", "description": description, "enum": values })
    }
}

/// Documentation as it stands in the source, as running text.
pub fn paragraph(documentation: &str) -> String {
    let paragraphs = documentation.trim().split("\n\n").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    paragraphs.collect::<Vec<_>>().join("\n\n")
}
