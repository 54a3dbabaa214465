//! Payloads that are the values of a column.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::num::NonZero;

use anyhow::{Result, bail};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::{ArrowError, DataType, SchemaRef};
use lbhealth::stream::{Item, in_order};
use lbhealth::{ADAPTERS, Adapter, Error, NormalizerSet};
use lbhealth_arrow::{is_text, plain, text};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::metadata::RowGroupMetaData;

use crate::container::{Container, Source};
use crate::names::first_few;

/// How much text is handed to a thread at a time, in bytes.
const PART: usize = 1 << 18;
/// How many rows are read at a time at most.
const MOST_ROWS: usize = 1 << 12;
/// How many columns are named where one is not found.
const MOST_NAMES: usize = 8;
/// What a file of Arrow begins with; a stream of Arrow does not.
const ARROW_FILE: &[u8; 6] = b"ARROW1";

const PAYLOAD: &str = "--payload-column";
const ADAPTER: &str = "--adapter-column";

/// Neighbouring rows.
struct Part {
    /// The number of the first row.
    first: u64,
    payloads: ArrayRef,
    adapters: Option<ArrayRef>,
}

type Batches = Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>> + Send>;

/// Normalizes the values of a column on several threads. `work` gets the number of a row, from 0, its payload, and what became of
/// that; `sink` gets the batches in the order of the rows.
pub(crate) fn stream<B: Default + Send>(
    source: &Source<'_>,
    threads: NonZero<usize>,
    work: impl Fn(&mut B, u64, &[u8], Result<Item<'_>, Error>) + Sync,
    sink: impl FnMut(&mut B) -> io::Result<()> + Send,
) -> Result<()> {
    let mut parts = Parts::open(source)?;
    in_order(
        threads,
        || (None, NormalizerSet::new(ADAPTERS)),
        |(part, _): &mut (Option<Part>, NormalizerSet<'static>)| {
            *part = parts.next().map_err(io::Error::other)?;
            if let Some(part) = part {
                source.progress.advance(part.size());
            }
            Ok(part.is_some())
        },
        |(part, normalizers), batch| {
            let Some(part) = part else { return };
            for (row, number) in (0..part.payloads.len()).zip(part.first..) {
                // What is null reads as JSON's null does: it is no reply.
                let payload = text(&part.payloads, row).unwrap_or(b"null");
                let adapter = named(part.adapters.as_ref().and_then(|adapters| text(adapters, row)));
                let outcome = adapter.map(|adapter| normalizers.of(adapter.or(source.adapter)).item(payload, source.context));
                work(batch, number, payload, outcome);
            }
        },
        sink,
    )?;
    Ok(())
}

/// The rows of a file in parts that are worth a thread's while.
struct Parts {
    batches: Batches,
    payload: usize,
    adapter: Option<usize>,
    /// The rows that were read and not handed out.
    rest: Option<Part>,
    /// The number of the next row that is read.
    row: u64,
}

impl Parts {
    fn open(source: &Source<'_>) -> Result<Self> {
        let file = File::open(source.path)?;
        let (schema, batches) = match Container::of(source.path) {
            Some(Container::Parquet) => parquet(file, source)?,
            _ => arrow(file)?,
        };
        let payload = index(&schema, source.payloads, PAYLOAD)?;
        let adapter = source.adapters.map(|name| index(&schema, name, ADAPTER)).transpose()?;
        Ok(Self { batches, payload, adapter, rest: None, row: 0 })
    }

    fn next(&mut self) -> Result<Option<Part>, ArrowError> {
        let Some(all) = self.rest.take().map_or_else(|| self.read(), |rest| Ok(Some(rest)))? else { return Ok(None) };
        let (mut rows, mut size) = (0, 0);
        while rows < all.payloads.len() && size < PART {
            size += text(&all.payloads, rows).map_or(0, <[u8]>::len);
            rows += 1;
        }
        if rows < all.payloads.len() {
            self.rest = Some(all.slice(rows, all.payloads.len() - rows));
        }
        Ok(Some(all.slice(0, rows)))
    }

    /// The rows that the file has next.
    fn read(&mut self) -> Result<Option<Part>, ArrowError> {
        for batch in &mut self.batches {
            let batch = batch?;
            let first = self.row;
            self.row += batch.num_rows() as u64;
            if batch.num_rows() > 0 {
                let adapters = self.adapter.map(|adapter| plain(batch.column(adapter))).transpose()?;
                return Ok(Some(Part { first, payloads: plain(batch.column(self.payload))?, adapters }));
            }
        }
        Ok(None)
    }
}

impl Part {
    fn slice(&self, offset: usize, length: usize) -> Self {
        Self {
            first: self.first + offset as u64,
            payloads: self.payloads.slice(offset, length),
            adapters: self.adapters.as_ref().map(|adapters| adapters.slice(offset, length)),
        }
    }

    /// How many bytes its payloads have.
    fn size(&self) -> usize {
        (0..self.payloads.len()).filter_map(|row| text(&self.payloads, row)).map(<[u8]>::len).sum()
    }
}

/// The columns of a file of Parquet, and no others.
fn parquet(file: File, source: &Source<'_>) -> Result<(SchemaRef, Batches)> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(file)?;
    let schema = builder.schema();
    let mut roots = vec![index(schema, source.payloads, PAYLOAD)?];
    if let Some(adapter) = source.adapters {
        roots.push(index(schema, adapter, ADAPTER)?);
    }
    let mask = ProjectionMask::roots(builder.parquet_schema(), roots);
    // Payloads are large: as many rows as make a few parts.
    let metadata = builder.metadata();
    let rows = usize::try_from(metadata.file_metadata().num_rows()).unwrap_or(usize::MAX).max(1);
    let size: i64 = metadata.row_groups().iter().map(RowGroupMetaData::total_byte_size).sum();
    let each = usize::try_from(size).unwrap_or(usize::MAX) / rows;
    let reader = builder.with_projection(mask).with_batch_size((4 * PART / each.max(1)).clamp(1, MOST_ROWS)).build()?;
    Ok((arrow_array::RecordBatchReader::schema(&reader), Box::new(reader)))
}

/// The columns of a stream of Arrow, or of a file, which begins with a name of its own.
fn arrow(mut file: File) -> Result<(SchemaRef, Batches)> {
    let mut start = [0; ARROW_FILE.len()];
    let is_file = file.read_exact(&mut start).is_ok() && start == *ARROW_FILE;
    file.rewind()?;
    let file = BufReader::new(file);
    Ok(if is_file {
        let reader = FileReader::try_new(file, None)?;
        (reader.schema(), Box::new(reader))
    } else {
        let reader = StreamReader::try_new(file, None)?;
        (reader.schema(), Box::new(reader))
    })
}

/// Where the column is that has this name and holds text.
fn index(schema: &SchemaRef, name: &str, option: &str) -> Result<usize> {
    let Some((index, field)) = schema.column_with_name(name) else {
        let names = first_few(schema.fields().iter().map(|field| field.name().clone()), MOST_NAMES, " and ");
        bail!("there is no column `{name}`, only {names}; name one with {option}");
    };
    let values = match field.data_type() {
        DataType::Dictionary(_, values) => values.as_ref(),
        other => other,
    };
    if !is_text(values) {
        bail!("the column `{name}` holds {values}, and not text; name another with {option}");
    }
    Ok(index)
}

/// The adapter with this id; blank is none.
fn named(id: Option<&[u8]>) -> Result<Option<&'static dyn Adapter>, Error> {
    let id = String::from_utf8_lossy(id.unwrap_or_default());
    let id = id.trim();
    if id.is_empty() { Ok(None) } else { lbhealth::adapter(id).map(Some) }
}
