//! Rows as Parquet, or as a stream of Arrow.

use std::fmt;
use std::io::{self, BufWriter, Write};

use anyhow::Result;
use arrow_array::RecordBatch;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{ArrowError, SchemaRef};
use lbhealth_arrow::concat_rows;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use crate::PRODUCER;
use crate::container::Container;

/// How many rows are written at a time. What threads hand over is smaller, and readers are slow with many small batches.
const BATCH: usize = 1 << 14;
/// How many bytes are written at a time, however few rows they are.
const BATCH_BYTES: usize = 1 << 27;
/// Rows of a row group: what DuckDB and Spark read on one thread.
const ROW_GROUP: usize = 1 << 17;
/// Bytes of a row group, which stays in memory until it is whole.
const ROW_GROUP_BYTES: usize = 1 << 27;

/// Rows on their way to a file.
pub(crate) struct Writer<W: Write + Send> {
    schema: SchemaRef,
    waiting: Vec<RecordBatch>,
    rows: usize,
    bytes: usize,
    file: File<W>,
}

enum File<W: Write + Send> {
    Arrow(Box<StreamWriter<BufWriter<W>>>),
    Parquet(Box<ArrowWriter<W>>),
}

impl<W: Write + Send> Writer<W> {
    /// A table of rows with this schema.
    pub(crate) fn new(container: Container, schema: SchemaRef, out: W) -> Result<Self> {
        let file = match container {
            Container::Arrow => File::Arrow(Box::new(StreamWriter::try_new_buffered(out, &schema).map_err(of_arrow)?)),
            Container::Parquet => {
                let properties = WriterProperties::builder()
                    .set_compression(Compression::ZSTD(ZstdLevel::default()))
                    .set_created_by(PRODUCER.to_owned())
                    .set_max_row_group_row_count(Some(ROW_GROUP))
                    .set_max_row_group_bytes(Some(ROW_GROUP_BYTES))
                    .build();
                File::Parquet(Box::new(ArrowWriter::try_new(out, schema.clone(), Some(properties)).map_err(of_parquet)?))
            }
        };
        Ok(Self { schema, waiting: Vec::new(), rows: 0, bytes: 0, file })
    }

    /// Takes the rows of a thread.
    pub(crate) fn write(&mut self, batches: Vec<RecordBatch>) -> Result<()> {
        for batch in batches {
            self.rows += batch.num_rows();
            self.bytes += batch.get_array_memory_size();
            self.waiting.push(batch);
            if self.rows >= BATCH || self.bytes >= BATCH_BYTES {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        if self.rows > 0 {
            let rows = concat_rows(&self.schema, &std::mem::take(&mut self.waiting))?;
            match &mut self.file {
                File::Arrow(stream) => stream.write(&rows).map_err(of_arrow)?,
                File::Parquet(file) => file.write(&rows).map_err(of_parquet)?,
            }
        }
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }

    /// Writes what is left, and the end, without which a file of Parquet cannot be read.
    pub(crate) fn finish(&mut self) -> Result<()> {
        self.flush()?;
        match &mut self.file {
            File::Arrow(stream) => stream.finish().map_err(of_arrow)?,
            File::Parquet(file) => {
                file.finish().map_err(of_parquet)?;
                file.inner_mut().flush()?;
            }
        }
        Ok(())
    }
}

/// What the system said, where that is all there is to say.
fn of_arrow(error: ArrowError) -> anyhow::Error {
    match error {
        ArrowError::IoError(_, error) => error.into(),
        other => other.into(),
    }
}

fn of_parquet(error: ParquetError) -> anyhow::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => anyhow::Error::from(*error),
            Err(other) => anyhow::anyhow!(other),
        },
        other => other.into(),
    }
}

impl<W: Write + Send> fmt::Debug for Writer<W> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Writer").field("rows", &self.rows).finish_non_exhaustive()
    }
}
