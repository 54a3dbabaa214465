//! Parquet and Arrow, out and in.

use std::fs::{self, File};
use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BinaryArray, DictionaryArray, Int64Array, LargeStringArray, RecordBatch, StringArray, StringViewArray,
};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::{FileWriter, StreamWriter};
use arrow_schema::SchemaRef;
use lbhealth::{BackendRow, PoolRow};
use lbhealth_arrow::{BackendBatch, PoolBatch, backend_schema, concat_rows, pool_schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::{Value, json};
use tempfile::tempfile;

use crate::run::{Result, Scratch, lbhealth, on_full_disk, program, sample, unread};

/// Runs `normalize`; status, standard output, standard error.
fn normalize(arguments: &[&str]) -> Result<(Option<i32>, Vec<u8>, String)> {
    let output = program(&["normalize"]).args(arguments).output()?;
    Ok((output.status.code(), output.stdout, String::from_utf8(output.stderr)?))
}

fn parquet(bytes: &[u8]) -> Result<(SchemaRef, Vec<RecordBatch>)> {
    let mut file = tempfile()?;
    file.write_all(bytes)?;
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)?;
    let schema = Arc::clone(reader.schema());
    Ok((schema, reader.build()?.collect::<std::result::Result<_, _>>()?))
}

fn arrow(bytes: &[u8]) -> Result<(SchemaRef, Vec<RecordBatch>)> {
    let reader = StreamReader::try_new(Cursor::new(bytes), None)?;
    Ok((reader.schema(), reader.collect::<std::result::Result<_, _>>()?))
}

#[test]
fn rows_are_those_of_records() -> Result {
    let scratch = Scratch::new()?;
    // So many that they become several batches, with the adapters of the two samples in turn.
    let one = [fs::read(sample("listener.json"))?, fs::read(sample("members.json"))?].concat();
    let sweep = scratch.file("sweep.json", one.repeat(6000))?;
    let pools = scratch.path("pools.ndjson");
    let (_, text, _) = normalize(&["--format", "records", "--pools", &pools, &sweep])?;
    let (mut rows, mut pool_rows) = (BackendBatch::new(), PoolBatch::new());
    for line in String::from_utf8(text)?.lines() {
        rows.append(&serde_json::from_str::<BackendRow<'_>>(line)?);
    }
    for line in fs::read_to_string(pools)?.lines() {
        pool_rows.append(&serde_json::from_str::<PoolRow<'_>>(line)?);
    }
    let (rows, pool_rows) = (rows.finish()?, pool_rows.finish()?);
    assert!(rows.num_rows() > 1 << 15 && pool_rows.num_rows() > 0);
    for (format, ending, read) in [("parquet", "parquet", parquet as fn(&[u8]) -> _), ("arrow", "arrows", arrow)] {
        let pools = scratch.path(&format!("pools.{ending}"));
        let (status, out, complaints) = normalize(&["--format", format, "--pools", &pools, &sweep])?;
        assert_eq!((status, complaints.lines().count()), (Some(0), 1), "{complaints}");
        let (schema, batches) = read(&out)?;
        assert_eq!(schema, backend_schema(), "{format}");
        assert_eq!(concat_rows(&schema, &batches)?, rows, "{format}");
        let (schema, batches) = read(&fs::read(pools)?)?;
        assert_eq!(schema, pool_schema(), "{format}");
        assert_eq!(concat_rows(&schema, &batches)?, pool_rows, "{format}");
    }
    Ok(())
}

#[test]
fn no_rows_are_a_table_without_rows() -> Result {
    let scratch = Scratch::new()?;
    let input = scratch.file("input.json", "{\"members\": [], \"request_id\": \"r-1\"}")?;
    for (format, read) in [("parquet", parquet as fn(&[u8]) -> _), ("arrow", arrow)] {
        for (adapter, expected) in [("huawei-elb", Some(0)), ("alibaba-alb", Some(1))] {
            let (status, out, _) = normalize(&["--adapter", adapter, "--format", format, &input])?;
            let (schema, batches) = read(&out)?;
            let rows: usize = batches.iter().map(RecordBatch::num_rows).sum();
            assert_eq!((status, rows, schema), (expected, 0, backend_schema()), "{format} {adapter}");
        }
    }
    Ok(())
}

#[test]
fn what_has_no_rows_or_no_stream_is_refused() -> Result {
    let scratch = Scratch::new()?;
    let pools = scratch.path("pools.arrow");
    let (status, _, complaints) = normalize(&["--format", "parquet", "--pools", &pools, &sample("members.json")])?;
    assert_eq!(
        (status, complaints),
        (Some(2), format!("lbhealth: {pools}: Arrow is written as a stream, whose name ends in `.arrows`\n"))
    );
    assert!(!Path::new(&pools).exists());
    Ok(())
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_a_closed_pipe_is_none() -> Result {
    for format in ["parquet", "arrow"] {
        let command = ["normalize", "--format", format, &sample("members.json")];
        let complaint = "lbhealth: writing standard output: No space left on device (os error 28)
";
        let run = on_full_disk(&command)?;
        assert_eq!((run.status, &*run.err), (1, complaint), "{format}");
        let run = unread(&command)?;
        assert_eq!((run.status, &*run.err), (0, ""), "{format}");
    }
    Ok(())
}

/// A reply with one member of this id.
fn member(id: &str) -> String {
    json!({ "member": { "id": id, "operating_status": "ONLINE", "address": "10.0.0.1", "protocol_port": 80, "member_type": "ip" } })
        .to_string()
}

/// The payloads of a table: good, broken, null, in an envelope, and named by an adapter that does not exist.
fn payloads() -> Vec<Option<String>> {
    vec![
        Some(member("m-0")),
        Some("{\"member\": ".to_owned()),
        None,
        Some(format!("{{\"context\": {{\"pool_id\": \"p-3\"}}, \"payload\": {}}}", member("m-3"))),
        Some(member("m-4")),
        Some(format!("{}\n{}", member("m-5"), member("m-6"))),
    ]
}

fn write(path: &str, batch: &RecordBatch) -> Result {
    let (file, schema) = (File::create(path)?, batch.schema());
    if path.ends_with(".parquet") {
        let mut writer = ArrowWriter::try_new(file, schema, None)?;
        writer.write(batch)?;
        writer.close()?;
    } else if path.ends_with(".arrows") {
        let mut writer = StreamWriter::try_new(file, &schema)?;
        writer.write(batch)?;
        writer.finish()?;
    } else {
        let mut writer = FileWriter::try_new(file, &schema)?;
        writer.write(batch)?;
        writer.finish()?;
    }
    Ok(())
}

#[test]
fn a_column_of_any_text_is_read_from_any_file() -> Result {
    let scratch = Scratch::new()?;
    let adapters: DictionaryArray<Int32Type> =
        [Some("huawei-elb"), None, Some(" "), Some("huawei-elb"), Some("acme"), None].into_iter().collect();
    let texts = payloads();
    let texts: [ArrayRef; 4] = [
        Arc::new(StringArray::from(texts.clone())),
        Arc::new(LargeStringArray::from(texts.clone())),
        Arc::new(texts.iter().map(Option::as_deref).collect::<StringViewArray>()),
        Arc::new(texts.iter().map(Option::as_deref).collect::<BinaryArray>()),
    ];
    for (number, payload) in texts.into_iter().enumerate() {
        let other: ArrayRef = Arc::new(Int64Array::from_iter_values(0..6));
        let columns = [("other", other), ("reply", payload), ("vendor", Arc::new(adapters.clone()) as ArrayRef)];
        let batch = RecordBatch::try_from_iter_with_nullable(columns.map(|(name, column)| (name, column, true)))?;
        for ending in ["parquet", "arrow", "arrows", "feather"] {
            let (file, failures) = (scratch.path(&format!("{number}.{ending}")), scratch.path("failures.ndjson"));
            write(&file, &batch)?;
            let options = ["--payload-column", "reply", "--adapter-column", "vendor", "--format", "records"];
            let (status, out, _) = normalize(&[&options[..], &["--failures", &failures, &file]].concat())?;
            assert_eq!(status, Some(1), "{file}");
            let rows: Vec<Value> = serde_json::Deserializer::from_slice(&out).into_iter().collect::<std::result::Result<_, _>>()?;
            let named = |row: &Value| (row["backend_id"].clone(), row["pool_id"].clone());
            let expected = [(json!("m-0"), Value::Null), (json!("m-3"), json!("p-3"))];
            assert_eq!(rows.iter().map(named).collect::<Vec<_>>(), expected, "{file}");
            let text = fs::read_to_string(&failures)?;
            let failed: Vec<Value> = text.lines().map(serde_json::from_str).collect::<std::result::Result<_, _>>()?;
            let said = |failure: &Value| (failure["row"].as_u64(), failure["kind"].as_str().map(str::to_owned));
            let expected = [(1, "NOT_JSON"), (2, "UNEXPECTED_SHAPE"), (4, "UNKNOWN_ADAPTER"), (5, "NOT_JSON")];
            let expected = expected.map(|(row, kind)| (Some(row), Some(kind.to_owned())));
            assert_eq!(failed.iter().map(said).collect::<Vec<_>>(), expected, "{file}");
            assert_eq!(
                failed[2]["text"].as_str(),
                payloads()[4].as_deref(),
                "{file}: nothing is lost of what could be read elsewhere"
            );
            assert!(failed.iter().all(|failure| failure.get("line").is_none() && failure["file"] == *file));
        }
    }
    Ok(())
}

#[test]
fn many_rows_keep_their_order_on_many_threads() -> Result {
    let scratch = Scratch::new()?;
    let file = scratch.path("sweep.parquet");
    let payloads = StringArray::from_iter_values((0..20_000).map(|number| member(&format!("m-{number}"))));
    write(&file, &RecordBatch::try_from_iter([("payload", Arc::new(payloads) as ArrayRef)])?)?;
    let (status, out, _) = normalize(&["--threads", "4", "--adapter", "huawei-elb", "--format", "parquet", &file])?;
    let (schema, batches) = parquet(&out)?;
    let rows = concat_rows(&schema, &batches)?;
    let ids = rows.column_by_name("backend_id").ok_or("no column")?;
    let expected: ArrayRef = Arc::new(StringArray::from_iter_values((0..20_000).map(|number| format!("m-{number}"))));
    assert_eq!((status, ids), (Some(0), &expected));
    Ok(())
}

#[test]
fn a_file_that_cannot_be_read_says_why_and_does_not_lose_the_others() -> Result {
    let scratch = Scratch::new()?;
    let (garbage, empty) = (scratch.file("garbage.parquet", "not a table")?, scratch.file("empty.arrows", "")?);
    let (numbers, cut) = (scratch.path("numbers.parquet"), scratch.path("cut.arrows"));
    let payload = Arc::new(Int64Array::from_iter_values(0..3)) as ArrayRef;
    write(&numbers, &RecordBatch::try_from_iter([("payload", payload)])?)?;
    let good = Arc::new(StringArray::from_iter_values((0..100).map(|number| member(&number.to_string())))) as ArrayRef;
    write(&cut, &RecordBatch::try_from_iter([("payload", good)])?)?;
    let whole = fs::read(&cut)?;
    fs::write(&cut, whole.get(..whole.len() / 2).ok_or("too short")?)?;
    let other = sample("members.json");
    let (status, out, complaints) = normalize(&["--format", "records", &garbage, &empty, &numbers, &cut, &other])?;
    assert_eq!((status, out.is_empty()), (Some(1), false));
    let lines: Vec<&str> = complaints.lines().collect();
    assert_eq!(lines.len(), 5, "{complaints}");
    for (line, file) in lines.iter().zip([&garbage, &empty, &numbers, &cut]) {
        assert!(line.starts_with(&format!("lbhealth: {file}: cannot be read: ")), "{line}");
    }
    assert!(
        complaints.contains("the column `payload` holds Int64, and not text; name another with --payload-column"),
        "{complaints}"
    );
    let (_, _, complaints) = normalize(&["--payload-column", "reply", &numbers])?;
    assert!(complaints.contains("there is no column `reply`, only payload; name one with --payload-column"), "{complaints}");
    Ok(())
}

#[test]
fn a_table_without_rows_is_not_all_well() -> Result {
    let scratch = Scratch::new()?;
    let other = sample("members.json");
    for ending in ["parquet", "arrow", "arrows"] {
        let (file, failures) = (scratch.path(&format!("none.{ending}")), scratch.path("failures.ndjson"));
        let none = Arc::new(StringArray::from(Vec::<&str>::new())) as ArrayRef;
        write(&file, &RecordBatch::try_from_iter([("payload", none)])?)?;
        for format in ["ndjson", "openmetrics"] {
            let (status, _, complaints) = normalize(&["--format", format, "--failures", &failures, &file])?;
            let expected = format!("lbhealth: {file}: expected a row with a reply, found a table without rows\n");
            assert_eq!((status, complaints), (Some(1), expected), "{format}");
            let failure: Value = serde_json::from_str(&fs::read_to_string(&failures)?)?;
            assert_eq!((&failure["kind"], &failure["file"]), (&json!("UNEXPECTED_SHAPE"), &json!(file)));
            assert!(failure.get("row").is_none() && failure.get("text").is_none(), "{failure}");
        }
        let (status, out, _) = normalize(&["--format", "records", &file, &other])?;
        assert_eq!((status, out.is_empty()), (Some(1), false));
    }
    Ok(())
}

#[test]
fn other_commands_say_how_to_pass_columns_on() -> Result {
    let scratch = Scratch::new()?;
    let file = scratch.path("sweep.parquet");
    write(&file, &RecordBatch::try_from_iter([("payload", Arc::new(StringArray::from(vec!["{}"])) as ArrayRef)])?)?;
    let complaint = lbhealth(&["summarize", &file], "")?.err;
    let advice = format!("only, without `--with`; read the file that `--format ndjson {file} > FILE` gives");
    assert!(complaint.contains(&format!("Parquet is read by `lbhealth normalize` {advice}")), "{complaint}");
    // The advice stands whole in a line of monitoring too, in which a bar would be none.
    let line = lbhealth(&["check", &file], "")?;
    assert!(line.status == 3 && line.out.contains(&advice), "{}", line.out);
    Ok(())
}
