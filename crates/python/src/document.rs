//! Documents: made of a payload, merged, completed, counted, compared, explained.

use std::cell::RefCell;

use lbhealth::schema::PublishedVocabulary;
use lbhealth::{ADAPTERS, Diff, Document, Error, HealthReport, Inventory, NormalizerSet, Policy, Summary};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyMapping, PyString};

use crate::classes::Classes;
use crate::error::exception;
use crate::json::json;
use crate::object::object;
use crate::payload::{Payload, adapter, context};

/// Program and version, as documents name it: the mapping is the same as the program's.
pub(crate) const PRODUCER: &str = concat!("lbhealth ", env!("CARGO_PKG_VERSION"));

thread_local! {
    static NORMALIZERS: RefCell<NormalizerSet<'static>> = RefCell::new(NormalizerSet::new(ADAPTERS));
}

/// The document that a payload becomes.
#[pyfunction]
pub(crate) fn normalize<'py>(
    py: Python<'py>,
    payload: &Bound<'py, PyAny>,
    adapter: Option<&str>,
    known: &Bound<'py, PyDict>,
) -> PyResult<Bound<'py, PyAny>> {
    let adapter = self::adapter(py, adapter)?;
    let context = context(known)?;
    let payload = Payload::of(payload)?;
    let bytes = payload.bytes()?;
    let document = py.detach(|| {
        let document = NORMALIZERS.with_borrow_mut(|normalizers| normalizers.of(adapter).normalize(bytes, &context));
        document.map(|document| document.produced_by(PRODUCER))
    });
    object(py, &document.map_err(|error| exception(py, &error, context.operation.as_deref()))?)
}

/// The published JSON of a document, or of a part of one.
#[pyfunction]
pub(crate) fn to_json<'py>(document: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
    let json = json(document)?;
    PyString::from_bytes(document.py(), &json)
}

/// One report of several.
#[pyfunction]
pub(crate) fn merge_reports<'py>(py: Python<'py>, pages: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let pages = reports(pages)?;
    made(py, py.detach(|| lbhealth::merge(pages)))
}

/// One inventory of several.
#[pyfunction]
pub(crate) fn merge_inventories<'py>(py: Python<'py>, pages: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let pages = pages.try_iter()?.map(|page| document(&page?, Document::into_inventory)).collect::<PyResult<Vec<_>>>()?;
    made(py, py.detach(|| Inventory::merge(pages)))
}

/// A report with the members of an inventory that it does not list.
#[pyfunction]
pub(crate) fn complete<'py>(
    py: Python<'py>,
    report: &Bound<'py, PyAny>,
    inventory: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let report = document(report, Document::into_health)?;
    let inventory = document(inventory, Document::into_inventory)?;
    object(py, &py.detach(|| lbhealth::complete(report, &inventory)))
}

/// What reports come to under a policy.
#[pyfunction]
pub(crate) fn summarize<'py>(py: Python<'py>, reports: &Bound<'py, PyAny>, policy: &str) -> PyResult<Bound<'py, PyAny>> {
    let policy: Policy = policy.parse().map_err(|error| PyValueError::new_err(format!("{error}")))?;
    let reports = self::reports(reports)?;
    let mut summary = py.detach(|| Summary::of(&lbhealth::join_pages(reports), policy));
    summary.producer = Some(PRODUCER.to_owned());
    object(py, &summary)
}

/// What changed from each snapshot to the next.
#[pyfunction]
pub(crate) fn diff<'py>(py: Python<'py>, snapshots: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let snapshots = snapshots.try_iter()?.map(|snapshot| reports(&snapshot?)).collect::<PyResult<Vec<_>>>()?;
    let mut diff = py.detach(|| {
        let snapshots: Vec<_> = snapshots.into_iter().map(lbhealth::join_pages).collect();
        Diff::across(&snapshots)
    });
    diff.producer = Some(PRODUCER.to_owned());
    object(py, &diff)
}

/// What a word means.
#[pyfunction]
pub(crate) fn explain<'py>(py: Python<'py>, word: &str, adapter: Option<&str>) -> PyResult<Bound<'py, PyAny>> {
    let adapter = self::adapter(py, adapter)?;
    let mut explanation = py.detach(|| lbhealth::explain(ADAPTERS, adapter.map(lbhealth::Adapter::id), word));
    explanation.producer = Some(PRODUCER.into());
    object(py, &explanation)
}

/// Why the records of a backend say what they say.
#[pyfunction]
pub(crate) fn explain_backend<'py>(py: Python<'py>, report: &Bound<'py, PyAny>, backend: &str) -> PyResult<Bound<'py, PyAny>> {
    let report = document(report, Document::into_health)?;
    let mut explanation = py.detach(|| lbhealth::explain_backend(&report, ADAPTERS, backend));
    explanation.producer = Some(PRODUCER.into());
    object(py, &explanation)
}

/// The words of an adapter's vendor.
#[pyfunction]
pub(crate) fn vocabulary<'py>(py: Python<'py>, adapter: &str) -> PyResult<Bound<'py, PyAny>> {
    let adapter = lbhealth::adapter(adapter).map_err(|error| exception(py, &error, None))?;
    object(py, &PublishedVocabulary::of(adapter))
}

/// One report, or several.
fn reports(object: &Bound<'_, PyAny>) -> PyResult<Vec<HealthReport<'static>>> {
    let is_text = Classes::of(object.py())?.of_object(object).is_some()
        || object.cast::<PyString>().is_ok()
        || object.cast::<PyBytes>().is_ok()
        || object.cast::<PyMapping>().is_ok();
    if is_text {
        return Ok(vec![document(object, Document::into_health)?]);
    }
    object.try_iter()?.map(|report| document(&report?, Document::into_health)).collect()
}

/// The document that an object is, or that its JSON is.
fn document<T>(object: &Bound<'_, PyAny>, kind: fn(Document<'static>) -> Result<T, Error>) -> PyResult<T> {
    let payload = Payload::of(object)?;
    let text = str::from_utf8(payload.bytes()?).map_err(|error| PyValueError::new_err(error.to_string()))?;
    text.parse().and_then(kind).map_err(|error| exception(object.py(), &error, None))
}

/// What was made, or why nothing was.
fn made(py: Python<'_>, made: Result<impl serde::Serialize, Error>) -> PyResult<Bound<'_, PyAny>> {
    object(py, &made.map_err(|error| exception(py, &error, None))?)
}
