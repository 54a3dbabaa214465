//! Columns of payloads to tables of rows.

use lbhealth::Adapter;
use lbhealth_arrow::{backend_schema, pool_schema};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::capsule::{ArrowSchema, ArrowTable};
use crate::failures;
use crate::payload::{adapter, context};
use crate::sweep::Sweep;
use crate::texts::Texts;

/// The rows of many payloads, and which of them failed.
#[pyfunction]
pub(crate) fn normalize_arrow(
    py: Python<'_>,
    payloads: &Bound<'_, PyAny>,
    adapter: Option<&Bound<'_, PyAny>>,
    threads: usize,
    batch_size: usize,
    payload_index: bool,
    known: &Bound<'_, PyDict>,
) -> PyResult<(ArrowTable, ArrowTable)> {
    if threads == 0 || batch_size == 0 {
        return Err(PyValueError::new_err("threads and batch_size are at least 1"));
    }
    let context = context(known)?;
    let (adapter, adapters) = named(py, adapter)?;
    let Some(payloads) = Texts::of(payloads, "payloads")? else {
        let kind = payloads.get_type();
        let message = format!("payloads are an Arrow array or stream, and this is {kind}; make one, such as `pyarrow.array(…)`");
        return Err(PyTypeError::new_err(message));
    };
    let sweep = Sweep { adapter, context, batch_size, payload_index };
    let (rows, failures) = py.detach(|| sweep.run(payloads, adapters, threads))?;
    Ok((ArrowTable::new(sweep.schema(), rows), ArrowTable::new(failures::schema(), failures)))
}

/// The adapter of all payloads, or a column with one for each.
fn named(py: Python<'_>, named: Option<&Bound<'_, PyAny>>) -> PyResult<(Option<&'static dyn Adapter>, Option<Texts>)> {
    let Some(named) = named else { return Ok((None, None)) };
    if let Ok(id) = named.cast::<PyString>() {
        return Ok((adapter(py, Some(id.to_str()?))?, None));
    }
    match Texts::of(named, "adapters")? {
        Some(column) => Ok((None, Some(column))),
        None => {
            Err(PyTypeError::new_err(format!("an adapter is text or an Arrow column of text, and this is {}", named.get_type())))
        }
    }
}

/// The published columns of backend rows.
#[pyfunction]
pub(crate) fn backend_row_schema() -> ArrowSchema {
    ArrowSchema::new(backend_schema())
}

/// The published columns of pool rows.
#[pyfunction]
pub(crate) fn pool_row_schema() -> ArrowSchema {
    ArrowSchema::new(pool_schema())
}
