//! Arrow data in and out of Python, by the Arrow `PyCapsule` interface: no copy, and no library in common.

#![expect(unsafe_code, reason = "the interface between Arrow libraries is one of pointers")]

use std::ffi::CStr;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{ArrayReader, ArrayRef, RecordBatch, RecordBatchIterator, make_array};
use arrow_schema::{ArrowError, DataType, Schema, SchemaRef};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyCapsuleMethods, PyTuple};

const ARRAY: &CStr = c"arrow_array";
const SCHEMA: &CStr = c"arrow_schema";
const STREAM: &CStr = c"arrow_array_stream";

/// Arrays of one type, one after the other.
pub(crate) struct Arrays {
    pub(crate) data_type: DataType,
    next: Box<dyn Iterator<Item = Result<ArrayRef, ArrowError>> + Send>,
}

impl Iterator for Arrays {
    type Item = Result<ArrayRef, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next.next()
    }
}

/// The arrays that an object of any Arrow library holds; `None` where it is no such object.
pub(crate) fn arrays(object: &Bound<'_, PyAny>) -> PyResult<Option<Arrays>> {
    if let Some(method) = object.getattr_opt("__arrow_c_stream__")? {
        let capsule = method.call0()?.cast_into::<PyCapsule>()?;
        let pointer = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
        // SAFETY: a capsule of this name holds a pointer to such a structure, which may be moved out of it.
        let reader = unsafe { ArrayStreamReader::from_raw(pointer.as_ptr()) }.map_err(|error| exception(&error))?;
        return Ok(Some(Arrays { data_type: reader.field().data_type().clone(), next: Box::new(reader) }));
    }
    let Some(method) = object.getattr_opt("__arrow_c_array__")? else { return Ok(None) };
    let capsules = method.call0()?.cast_into::<PyTuple>()?;
    let (schema, array): (Bound<'_, PyCapsule>, Bound<'_, PyCapsule>) = capsules.extract()?;
    let schema = schema.pointer_checked(Some(SCHEMA))?.cast::<FFI_ArrowSchema>();
    let array = array.pointer_checked(Some(ARRAY))?.cast::<FFI_ArrowArray>();
    // SAFETY: capsules of these names hold pointers to such structures; the array may be moved out of its capsule, the schema stays.
    let data = unsafe { from_ffi(FFI_ArrowArray::from_raw(array.as_ptr()), schema.as_ref()) };
    let array = make_array(data.map_err(|error| exception(&error))?);
    Ok(Some(Arrays { data_type: array.data_type().clone(), next: Box::new(std::iter::once(Ok(array))) }))
}

/// What is wrong with data of another library.
pub(crate) fn exception(error: &ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// Record batches that any Arrow library reads, as often as it likes: `pyarrow.table(…)`, `polars.DataFrame(…)`, or a name in a query of
/// DuckDB.
#[pyclass(frozen, module = "lbhealth")]
pub(crate) struct ArrowTable {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl ArrowTable {
    pub(crate) fn new(schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        Self { schema, batches }
    }
}

#[pymethods]
impl ArrowTable {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A wish that a producer may leave to the consumer.
        let _ = requested_schema;
        let batches = RecordBatchIterator::new(self.batches.clone().into_iter().map(Ok), SchemaRef::clone(&self.schema));
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), STREAM)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule(py, &self.schema)
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self) -> String {
        format!("<lbhealth.ArrowTable: {} rows of {} columns>", self.__len__(), self.schema.fields().len())
    }
}

/// The schema of a table that any Arrow library reads, such as `pyarrow.schema(…)`.
#[pyclass(frozen, module = "lbhealth")]
pub(crate) struct ArrowSchema(SchemaRef);

impl ArrowSchema {
    pub(crate) fn new(schema: SchemaRef) -> Self {
        Self(schema)
    }
}

#[pymethods]
impl ArrowSchema {
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule(py, &self.0)
    }

    fn __repr__(&self) -> String {
        let fields: Vec<String> = self.0.fields().iter().map(|field| format!("{}: {}", field.name(), field.data_type())).collect();
        format!("<lbhealth.ArrowSchema: {}>", fields.join(", "))
    }
}

fn capsule<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema).map_err(|error| PyTypeError::new_err(error.to_string()))?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}
