//! Rows say the same as JSON and as Arrow.

use anyhow::{Context as _, Result};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int32Type, TimestampMillisecondType};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use lbhealth::{BackendRow, Document, HealthReport, PoolRow, Timestamp};
use lbhealth_arrow::{BackendBatch, PoolBatch, backend_schema, concat_rows};
use lbhealth_tests::Fixture;
use proptest::prelude::*;
use serde_json::{Map, Value};

/// A cell as rows of JSON have it; none where it is absent.
fn cell(column: &dyn Array, row: usize) -> Result<Option<Value>> {
    if column.is_null(row) {
        return Ok(None);
    }
    Ok(Some(match column.data_type() {
        DataType::Boolean => column.as_boolean().value(row).into(),
        DataType::Float64 => {
            let number = column.as_primitive::<Float64Type>().value(row);
            // Rows of JSON write whole weights without a fraction.
            #[expect(clippy::cast_possible_truncation, reason = "compared with the number it is from")]
            let whole = number as i64;
            #[expect(clippy::cast_precision_loss, clippy::float_cmp, reason = "exactly whole, or not")]
            let is_whole = whole as f64 == number && whole.abs() < 1 << 53;
            if is_whole { whole.into() } else { number.into() }
        }
        DataType::Int32 => column.as_primitive::<Int32Type>().value(row).into(),
        DataType::Timestamp(..) => {
            let time = column.as_primitive::<TimestampMillisecondType>().value(row);
            Timestamp::from_millisecond(time).context("a time of the calendar")?.to_string().into()
        }
        DataType::Utf8 => column.as_string::<i32>().value(row).into(),
        DataType::Dictionary(..) => {
            let column = column.as_dictionary::<Int32Type>();
            let key = column.key(row).context("a key")?;
            column.values().as_string::<i32>().value(key).into()
        }
        other => anyhow::bail!("no column has the type {other}"),
    }))
}

/// The rows of a batch as JSON has them.
fn lines(batch: &RecordBatch) -> Result<Vec<Value>> {
    let schema = batch.schema();
    let row = |row| -> Result<Value> {
        let mut cells = Map::new();
        for (field, column) in schema.fields().iter().zip(batch.columns()) {
            if let Some(value) = cell(column, row)? {
                cells.insert(field.name().clone(), value);
            }
        }
        Ok(Value::Object(cells))
    };
    (0..batch.num_rows()).map(row).collect()
}

fn json(text: &[u8]) -> Result<Vec<Value>> {
    Ok(serde_json::Deserializer::from_slice(text).into_iter().collect::<Result<_, _>>()?)
}

/// Adds the rows of a report to the batches, and what they are as JSON to the texts.
fn add(report: &HealthReport<'_>, backends: &mut BackendBatch, pools: &mut PoolBatch, texts: &mut [Vec<u8>; 2]) {
    let [rows, pool_rows] = texts;
    report.write_rows(rows);
    report.write_pool_rows(pool_rows);
    report.rows().for_each(|row| backends.append(&row));
    report.pool_rows().for_each(|row| pools.append(&row));
}

#[test]
fn every_fixture_of_every_adapter_gives_the_rows_that_it_gives_as_json() -> Result<()> {
    let (mut backends, mut pools, mut texts) = (BackendBatch::new(), PoolBatch::new(), [Vec::new(), Vec::new()]);
    for fixture in Fixture::all()? {
        if let Ok(Document::Health(mut report)) = fixture.outcome()? {
            // Some reports have what none of the fixtures does.
            if report.records.len() % 2 == 0 {
                report.producer = Some("lbhealth 0.1.0".into());
            }
            add(&report, &mut backends, &mut pools, &mut texts);
        }
    }
    assert!(backends.len() > 500 && pools.len() > 100, "{} and {}", backends.len(), pools.len());
    let [rows, pool_rows] = texts;
    assert_eq!(lines(&backends.finish()?)?, json(&rows)?);
    assert_eq!(lines(&pools.finish()?)?, json(&pool_rows)?);
    Ok(())
}

#[test]
fn a_batch_is_empty_again_once_it_is_finished() -> Result<()> {
    let mut batch = BackendBatch::new();
    assert_eq!(batch.finish()?, RecordBatch::new_empty(backend_schema()));
    for fixture in Fixture::all()?.iter().take(20) {
        let outcome = fixture.outcome()?;
        let Ok(Document::Health(report)) = outcome else { continue };
        report.rows().for_each(|row| batch.append(&row));
        assert_eq!((batch.len(), batch.is_empty()), (report.records.len(), report.records.is_empty()));
        let rows = batch.finish()?;
        assert_eq!((rows.num_rows(), batch.len(), batch.is_full()), (report.records.len(), 0, false));
        let mut text = Vec::new();
        report.write_rows(&mut text);
        assert_eq!(lines(&rows)?, json(&text)?);
    }
    Ok(())
}

#[test]
fn what_does_not_fit_a_column_is_absent_from_it() -> Result<()> {
    // No payload gives such a number: its reader takes it for unreadable.
    let mut row: PoolRow<'_> = serde_json::from_value(pool_row())?;
    row.server_count = Some(u32::MAX);
    row.listed_count = Some(0x7FFF_FFFF);
    let mut batch = PoolBatch::new();
    batch.append(&row);
    let line = lines(&batch.finish()?)?.remove(0);
    assert_eq!((line.get("server_count"), line["listed_count"].as_i64()), (None, Some(2_147_483_647)));
    Ok(())
}

fn pool_row() -> Value {
    serde_json::json!({
        "schema_id": "urn:lbhealth:v1:pool-row", "adapter": "acme-lb", "operation": "ListTargets", "coverage": "ALL",
        "completeness": "COMPLETE", "pool_key": "k", "scope": "POOL", "path": "",
    })
}

fn backend_row() -> Value {
    serde_json::json!({
        "schema_id": "urn:lbhealth:v1:backend-row", "adapter": "acme-lb", "operation": "ListTargets", "coverage": "ALL",
        "completeness": "COMPLETE", "record_key": "k", "backend_key": "k", "pool_key": "k", "scope": "POOL", "health": "HEALTHY",
        "traffic": "ELIGIBLE", "certainty": "EXACT", "evidence_path": "",
    })
}

/// Any value that the schema allows for a column.
fn value(column: &'static lbhealth::Column) -> BoxedStrategy<Value> {
    use lbhealth::{ColumnKind, Variety};
    match (column.kind, column.variety) {
        (_, Variety::Words(words)) => prop::sample::select(words).prop_map(Value::from).boxed(),
        (_, Variety::Few) => prop::sample::select(vec!["one", "two", "three"]).prop_map(Value::from).boxed(),
        (ColumnKind::Bool, _) => any::<bool>().prop_map(Value::from).boxed(),
        (ColumnKind::Float64, _) => prop_oneof![(0..1000).prop_map(Value::from), (0.0..1000.0).prop_map(Value::from)].boxed(),
        (ColumnKind::Int32, _) if column.name.ends_with("port") => any::<u16>().prop_map(Value::from).boxed(),
        (ColumnKind::Int32, _) => (0..=i32::MAX).prop_map(Value::from).boxed(),
        (ColumnKind::Timestamp, _) => {
            (0..1_i64 << 42).prop_filter_map("a time", |time| Some(Timestamp::from_millisecond(time)?.to_string().into())).boxed()
        }
        _ => any::<String>().prop_map(Value::from).boxed(),
    }
}

/// Any row: the required columns of this one, and any of the others.
fn row(columns: &'static [lbhealth::Column], least: &Value) -> impl Strategy<Value = Value> {
    let least = least.as_object().cloned().unwrap_or_default();
    let cells: Vec<_> = columns
        .iter()
        .map(|column| if column.required { value(column).prop_map(Some).boxed() } else { prop::option::of(value(column)).boxed() })
        .collect();
    cells.prop_map(move |cells| {
        let mut row = least.clone();
        let cells = columns.iter().zip(cells).filter_map(|(column, cell)| Some((column.name.to_owned(), cell?)));
        row.extend(cells);
        Value::Object(row)
    })
}

proptest! {
    #[test]
    fn any_backend_rows_are_those_of_json(rows in prop::collection::vec(row(BackendRow::COLUMNS, &backend_row()), 0..20)) {
        let mut batch = BackendBatch::new();
        for row in &rows {
            let row: BackendRow<'static> = serde_json::from_value(row.clone()).unwrap();
            batch.append(&row);
        }
        prop_assert_eq!(lines(&batch.finish().unwrap()).unwrap(), rows);
    }

    #[test]
    fn any_pool_rows_are_those_of_json(rows in prop::collection::vec(row(PoolRow::COLUMNS, &pool_row()), 0..20)) {
        let mut batch = PoolBatch::new();
        for row in &rows {
            let row: PoolRow<'static> = serde_json::from_value(row.clone()).unwrap();
            batch.append(&row);
        }
        prop_assert_eq!(lines(&batch.finish().unwrap()).unwrap(), rows);
    }
}

#[test]
fn batches_become_one_whose_dictionaries_hold_each_text_once() -> Result<()> {
    let (mut whole, mut parts) = (BackendBatch::new(), Vec::new());
    for fixture in Fixture::all()? {
        let outcome = fixture.outcome()?;
        let Ok(Document::Health(report)) = outcome else { continue };
        // Batches of threads do not share what they hold.
        let mut batch = BackendBatch::new();
        report.rows().for_each(|row| batch.append(&row));
        report.rows().for_each(|row| whole.append(&row));
        parts.push(batch.finish()?);
    }
    let joined = concat_rows(&backend_schema(), &parts)?;
    assert_eq!(lines(&joined)?, lines(&whole.finish()?)?);
    for name in ["adapter", "operation", "health", "schema_id"] {
        let column = joined.column_by_name(name).context(name)?.as_dictionary::<Int32Type>();
        let texts: Vec<_> = column.values().as_string::<i32>().iter().flatten().collect();
        let different: std::collections::BTreeSet<_> = texts.iter().collect();
        assert_eq!(different.len(), texts.len(), "{name}");
    }
    assert_eq!(concat_rows(&backend_schema(), &[])?, RecordBatch::new_empty(backend_schema()));
    assert!(concat_rows(&lbhealth_arrow::pool_schema(), &parts).is_err());
    Ok(())
}
