//! Many payloads into rows, on one thread or several.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use arrow_array::builder::Int64Builder;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use lbhealth::{ADAPTERS, Adapter, Context, Error, HealthReport, NormalizerSet};
use lbhealth_arrow::{BackendBatch, backend_schema, text};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::capsule::exception;
use crate::document::PRODUCER;
use crate::failures::Failures;
use crate::texts::Texts;

/// What is asked for.
pub(crate) struct Sweep {
    /// The adapter that reads what has no adapter of its own.
    pub(crate) adapter: Option<&'static dyn Adapter>,
    /// What the caller knows of all payloads.
    pub(crate) context: Context<'static>,
    /// How many payloads are worked on at a time.
    pub(crate) batch_size: usize,
    /// Whether rows begin with the number of their payload.
    pub(crate) payload_index: bool,
}

/// What is still to be read.
struct Source {
    payloads: Texts,
    adapters: Option<Texts>,
    /// How many payloads were taken so far.
    taken: usize,
    has_failed: bool,
}

/// Neighbouring payloads.
struct Chunk {
    /// The index of the first.
    first: i64,
    payloads: Vec<ArrayRef>,
    adapters: Option<Vec<ArrayRef>>,
}

/// What neighbouring payloads became.
struct Outcome {
    /// The index of the first.
    first: i64,
    rows: Vec<RecordBatch>,
    failures: Option<RecordBatch>,
}

/// Rows and failures, each in the order of their payloads.
type Tables = (Vec<RecordBatch>, Vec<RecordBatch>);

impl Source {
    /// The next payloads; `None` at the end.
    fn next(&mut self, most: usize) -> PyResult<Option<Chunk>> {
        let count = |arrays: &[ArrayRef]| arrays.iter().map(Array::len).sum::<usize>();
        let payloads = self.payloads.take(most)?;
        let length = count(&payloads);
        let wanted = if length == most { most } else { length + 1 };
        let adapters = match &mut self.adapters {
            Some(column) => {
                let adapters = column.take(wanted)?;
                if count(&adapters) != length {
                    let (name, than) = (column.name(), self.payloads.name());
                    return Err(PyValueError::new_err(format!("{name} and {than} are columns of the same length; these are not")));
                }
                Some(adapters)
            }
            None => None,
        };
        if length == 0 {
            return Ok(None);
        }
        let chunk = Chunk { first: i64::try_from(self.taken)?, payloads, adapters };
        self.taken += length;
        Ok(Some(chunk))
    }
}

impl Sweep {
    /// The schema of the rows.
    pub(crate) fn schema(&self) -> SchemaRef {
        if !self.payload_index {
            return backend_schema();
        }
        let index = Arc::new(Field::new("payload_index", DataType::Int64, false));
        Arc::new(Schema::new(std::iter::once(index).chain(backend_schema().fields().iter().cloned()).collect::<Vec<_>>()))
    }

    /// Works through all payloads, on as many threads: this one, and others. Not to be called while attached to Python.
    pub(crate) fn run(&self, payloads: Texts, adapters: Option<Texts>, threads: usize) -> PyResult<Tables> {
        let source = Mutex::new(Source { payloads, adapters, taken: 0, has_failed: false });
        let outcomes = thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(|| self.work(&source, || Ok(())))).collect();
            // A signal, such as that of Ctrl+C, comes to the thread that called.
            let signals = |py: Python<'_>| py.check_signals();
            let mut outcomes = self.work(&source, || Python::attach(signals))?;
            for other in others {
                let worked = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                outcomes.extend(worked?);
            }
            Ok::<_, PyErr>(outcomes)
        });
        let mut outcomes = outcomes?;
        outcomes.sort_unstable_by_key(|outcome| outcome.first);
        let (mut rows, mut failures) = Tables::default();
        for outcome in outcomes {
            rows.extend(outcome.rows);
            failures.extend(outcome.failures);
        }
        Ok((rows, failures))
    }

    /// Takes and works on payloads until there are none, or one of the threads failed.
    fn work(&self, source: &Mutex<Source>, go_on: impl Fn() -> PyResult<()>) -> PyResult<Vec<Outcome>> {
        let mut normalizers = NormalizerSet::new(ADAPTERS);
        let mut outcomes = Vec::new();
        loop {
            let chunk = {
                let mut source = source.lock().unwrap_or_else(PoisonError::into_inner);
                if source.has_failed {
                    return Ok(outcomes);
                }
                source.next(self.batch_size)
            };
            let outcome = chunk.and_then(|chunk| {
                go_on()?;
                chunk.map(|chunk| self.outcome(&chunk, &mut normalizers).map_err(|error| exception(&error))).transpose()
            });
            match outcome {
                Ok(Some(outcome)) => outcomes.push(outcome),
                Ok(None) => return Ok(outcomes),
                Err(error) => {
                    source.lock().unwrap_or_else(PoisonError::into_inner).has_failed = true;
                    return Err(error);
                }
            }
        }
    }

    fn outcome(&self, chunk: &Chunk, normalizers: &mut NormalizerSet<'static>) -> Result<Outcome, ArrowError> {
        let payloads = chunk.payloads.iter().flat_map(texts);
        let mut adapters = chunk.adapters.iter().flatten().flat_map(texts);
        let mut rows =
            Rows { schema: self.schema(), index: self.payload_index.then(Int64Builder::new), batch: BackendBatch::new() };
        let (mut batches, mut failures) = (Vec::new(), Failures::default());
        for (index, payload) in (chunk.first..).zip(payloads) {
            let adapter = adapters.next().flatten();
            let report = self.report(payload, adapter, normalizers);
            match report {
                Ok(report) => {
                    for row in report.rows() {
                        rows.append(index, &row);
                    }
                    report.recycle();
                }
                Err(error) => failures.append(index, &error, self.context.operation.as_deref()),
            }
            if rows.batch.is_full() {
                batches.push(rows.finish()?);
            }
        }
        if !rows.batch.is_empty() {
            batches.push(rows.finish()?);
        }
        Ok(Outcome { first: chunk.first, rows: batches, failures: failures.finish()? })
    }

    fn report<'p>(
        &'p self,
        payload: Option<&'p [u8]>,
        adapter: Option<&[u8]>,
        normalizers: &mut NormalizerSet<'static>,
    ) -> Result<HealthReport<'p>, Error> {
        // As for the program, blank is none.
        let id = String::from_utf8_lossy(adapter.unwrap_or_default());
        let adapter = if id.trim().is_empty() { self.adapter } else { Some(lbhealth::adapter(id.trim())?) };
        // What is null reads as JSON's null does: it is no reply.
        let item = normalizers.of(adapter).item(payload.unwrap_or(b"null"), &self.context);
        item.document?.produced_by(PRODUCER).into_health()
    }
}

/// The texts of an array.
fn texts(array: &ArrayRef) -> impl Iterator<Item = Option<&[u8]>> {
    (0..array.len()).map(|row| text(array, row))
}

/// Rows in the making.
struct Rows {
    schema: SchemaRef,
    index: Option<Int64Builder>,
    batch: BackendBatch,
}

impl Rows {
    fn append(&mut self, index: i64, row: &lbhealth::BackendRow<'_>) {
        self.batch.append(row);
        if let Some(indices) = &mut self.index {
            indices.append_value(index);
        }
    }

    fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        let batch = self.batch.finish()?;
        let Some(index) = &mut self.index else { return Ok(batch) };
        let index: ArrayRef = Arc::new(index.finish());
        let columns = std::iter::once(index).chain(batch.columns().iter().cloned()).collect();
        RecordBatch::try_new(SchemaRef::clone(&self.schema), columns)
    }
}
