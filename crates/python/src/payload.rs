//! What a caller may pass as a payload, and what the caller knows of it.

use lbhealth::{Adapter, Context};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyMemoryView, PyString};

use crate::error::{exception, of_context};
use crate::json::json;

/// The text of a payload.
pub(crate) enum Payload<'py> {
    /// Bytes, which nobody changes.
    Bytes(Bound<'py, PyBytes>),
    /// What had to be copied or written.
    Owned(Vec<u8>),
    /// Text.
    Text(Bound<'py, PyString>),
}

impl<'py> Payload<'py> {
    /// The payload that an object is, or is written as.
    pub(crate) fn of(object: &Bound<'py, PyAny>) -> PyResult<Self> {
        if let Ok(bytes) = object.cast::<PyBytes>() {
            return Ok(Self::Bytes(bytes.clone()));
        }
        if let Ok(text) = object.cast::<PyString>() {
            if text.to_str().is_ok() {
                return Ok(Self::Text(text.clone()));
            }
            // Half a character is no text; the library says where it stands, as in bytes.
            return Ok(Self::Bytes(text.call_method1("encode", ("utf-8", "surrogatepass"))?.cast_into()?));
        }
        if let Ok(bytes) = object.cast::<PyByteArray>() {
            return Ok(Self::Owned(bytes.to_vec()));
        }
        if object.cast::<PyMemoryView>().is_ok() {
            return Ok(Self::Bytes(object.call_method0("tobytes")?.cast_into()?));
        }
        json(object).map(Self::Owned)
    }

    /// The payload as bytes.
    pub(crate) fn bytes(&self) -> PyResult<&[u8]> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.as_bytes()),
            Self::Owned(bytes) => Ok(bytes),
            Self::Text(text) => Ok(text.to_str()?.as_bytes()),
        }
    }
}

/// What the caller knows, by the names that [`Context`] has. What is `None` is not known.
pub(crate) fn context(known: &Bound<'_, PyDict>) -> PyResult<Context<'static>> {
    let told = PyDict::new(known.py());
    for (name, value) in known {
        if !value.is_none() {
            told.set_item(name, value)?;
        }
    }
    serde_json::from_slice(&json(&told)?).map_err(|error| of_context(&error))
}

/// The adapter of this name.
pub(crate) fn adapter(py: Python<'_>, id: Option<&str>) -> PyResult<Option<&'static dyn Adapter>> {
    id.map(lbhealth::adapter).transpose().map_err(|error| exception(py, &error, None))
}
