//! The Arrow schemas are those that are published.

use anyhow::{Context as _, Result};
use arrow_schema::{DataType, Schema, TimeUnit};
use lbhealth_arrow::{backend_schema, pool_schema};
use lbhealth_tests::root;
use serde_json::{Value, json};

/// A type in the JSON form of Arrow's own integration tests. A dictionary says how values are stored, and not what they are.
fn written(data_type: &DataType) -> Result<Value> {
    Ok(match data_type {
        DataType::Boolean => json!({ "name": "bool" }),
        DataType::Float64 => json!({ "name": "floatingpoint", "precision": "DOUBLE" }),
        DataType::Int32 => json!({ "name": "int", "bitWidth": 32, "isSigned": true }),
        DataType::Timestamp(TimeUnit::Millisecond, Some(zone)) => {
            json!({ "name": "timestamp", "unit": "MILLISECOND", "timezone": zone.as_ref() })
        }
        DataType::Utf8 => json!({ "name": "utf8" }),
        DataType::Dictionary(key, value) if **key == DataType::Int32 => written(value)?,
        other => anyhow::bail!("no published column has the type {other}"),
    })
}

fn is_published(schema: &Schema, name: &str) -> Result<()> {
    let file = root().join("schemas/v1").join(format!("{name}.arrow.json"));
    let published: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let published = published.pointer("/schema/fields").and_then(Value::as_array).context("a schema has fields")?;
    assert_eq!(schema.fields().len(), published.len());
    for (field, published) in schema.fields().iter().zip(published) {
        let own = json!({
            "name": field.name(), "nullable": field.is_nullable(), "type": written(field.data_type())?, "children": [],
        });
        assert_eq!(own, *published);
    }
    Ok(())
}

#[test]
fn the_schemas_are_the_published_ones() -> Result<()> {
    is_published(&backend_schema(), "backend-row")?;
    is_published(&pool_schema(), "pool-row")
}

#[test]
fn words_and_what_a_report_repeats_are_dictionaries() {
    let is_dictionary = |name: &str| {
        let schema = backend_schema();
        matches!(schema.field_with_name(name).map(|field| field.data_type().clone()), Ok(DataType::Dictionary(..)))
    };
    for name in ["schema_id", "producer", "adapter", "operation", "coverage", "scope", "health", "cause_reason", "trend"] {
        assert!(is_dictionary(name), "{name}");
    }
    for name in ["request_id", "record_key", "address", "port", "evidence_status", "observed_at"] {
        assert!(!is_dictionary(name), "{name}");
    }
}
