//! Errors of the library as exceptions.

use lbhealth::{Error, ErrorKind, Pointer};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};

/// The exception for an error; `operation` is the one that the caller named.
pub(crate) fn exception(py: Python<'_>, error: &Error, operation: Option<&str>) -> PyErr {
    raised(py, error, operation).unwrap_or_else(|other| other)
}

fn raised(py: Python<'_>, error: &Error, operation: Option<&str>) -> PyResult<PyErr> {
    let errors = py.import("lbhealth.errors")?;
    let kind = error.kind().as_str();
    let class = match errors.getattr("OF_KIND")?.cast_into::<PyDict>()?.get_item(kind)? {
        Some(class) => class,
        None => errors.getattr("Error")?,
    };
    let exception = class.cast_into::<PyType>()?.call1((error.to_string(),))?;
    exception.setattr("kind", kind)?;
    exception.setattr("adapter", error.adapter())?;
    exception.setattr("operation", operation)?;
    exception.setattr("path", error.path().map(Pointer::text))?;
    details(error.kind(), &exception)?;
    Ok(PyErr::from_value(exception))
}

/// What there is to say of one kind only.
fn details(kind: &ErrorKind, exception: &Bound<'_, PyAny>) -> PyResult<()> {
    let texts = |texts: &[&str]| PyTuple::new(exception.py(), texts);
    match kind {
        ErrorKind::AmbiguousAdapter { candidates, .. } => exception.setattr("candidates", texts(candidates)?),
        ErrorKind::NotJson { line, column, problem, .. } => {
            exception.setattr("line", line)?;
            exception.setattr("column", column)?;
            exception.setattr("problem", problem)
        }
        ErrorKind::OwnDocument { schema_id, .. } => {
            exception.setattr("expected", "a reply of a vendor")?;
            exception.setattr("found", format!("`{schema_id}`, a document of lbhealth"))
        }
        ErrorKind::TooLarge { limit, .. } => exception.setattr("limit", limit),
        ErrorKind::UnexpectedShape { expected, found, .. } => {
            exception.setattr("expected", expected)?;
            exception.setattr("found", found)
        }
        ErrorKind::UnknownAdapter { known, .. } => exception.setattr("known", texts(known)?),
        ErrorKind::UnknownOperation { found, known, .. } => {
            exception.setattr("found", PyTuple::new(exception.py(), found)?)?;
            exception.setattr("known", texts(known)?)
        }
        ErrorKind::VendorError { code, message, request_id, class, .. } => {
            exception.setattr("code", code)?;
            exception.setattr("vendor_message", message)?;
            exception.setattr("request_id", request_id)?;
            exception.setattr("vendor_class", class.to_string())
        }
        _ => Ok(()),
    }
}

/// The exception for a context that cannot be read: a name that there is none of is an error of the call.
pub(crate) fn of_context(error: &serde_json::Error) -> PyErr {
    let text = error.to_string();
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    let message = format!("context: {message}");
    if message.contains("unknown field") { PyTypeError::new_err(message) } else { PyValueError::new_err(message) }
}
