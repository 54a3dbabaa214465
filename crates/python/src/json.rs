//! From objects of Python to JSON: what a caller has in place of a payload's text, and documents.

use lbhealth::Timestamp;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyDict, PyFloat, PyInt, PyMapping, PySequence, PyString};
use serde::Serialize;
use serde::ser::{Error as _, SerializeMap, SerializeSeq, Serializer};
use serde_json::value::RawValue;

use crate::classes::Classes;

/// How deep objects may be nested; no vendor comes near it, and an object that holds itself does not end the program.
const DEPTH: usize = 256;

/// The methods by which the vendors' clients give a reply as a dictionary.
const METHODS: [&str; 3] = ["to_map", "to_dict", "as_dict"];

/// What a client that has names of its own for fields calls those of the API.
const ORIGINAL_NAMES: &str = "original_names";

/// The object as JSON.
pub(crate) fn json(object: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    let written = Written { object, classes: Classes::of(object.py())?, depth: 0 };
    serde_json::to_vec(&written).map_err(|error| match PyErr::take(object.py()) {
        // What went wrong in Python is told by Python.
        Some(error) => error,
        None => PyTypeError::new_err(error.to_string()),
    })
}

/// The dictionary that an object of a vendor's client gives: of a reply with a `body`, that of its body.
pub(crate) fn dictionary<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let Some(method) = method(object)? else { return Ok(None) };
    if let Some(body) = object.getattr_opt(intern!(object.py(), "body"))?
        && let Some(method) = self::method(&body)?
    {
        return called(&method).map(Some);
    }
    called(&method).map(Some)
}

/// What the method returns, with the names of the API where it can be asked for them.
fn called<'py>(method: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = method.py();
    let code = method.getattr_opt(intern!(py, "__code__"))?;
    let parameters = code.map(|code| code.getattr(intern!(py, "co_varnames"))).transpose()?;
    if parameters.is_some_and(|parameters| parameters.contains(ORIGINAL_NAMES).unwrap_or(false)) {
        let asked = PyDict::new(py);
        asked.set_item(ORIGINAL_NAMES, true)?;
        return method.call((), Some(&asked));
    }
    method.call0()
}

fn method<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    for name in METHODS {
        if let Some(method) = object.getattr_opt(name)? {
            return Ok(Some(method));
        }
    }
    Ok(None)
}

struct Written<'o, 'py> {
    object: &'o Bound<'py, PyAny>,
    classes: &'py Classes,
    depth: usize,
}

impl<'py> Written<'_, 'py> {
    fn below<'o>(&self, object: &'o Bound<'py, PyAny>) -> Written<'o, 'py> {
        Written { object, classes: self.classes, depth: self.depth + 1 }
    }

    fn map<S: Serializer>(&self, map: &Bound<'py, PyMapping>, serializer: S) -> Result<S::Ok, S::Error> {
        let py = map.py();
        let items = raised(map.items(), py)?;
        let mut written = serializer.serialize_map(Some(items.len()))?;
        for item in items {
            let (key, value) = raised(item.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>(), py)?;
            let Ok(key) = key.cast::<PyString>() else {
                let kind = key.get_type();
                return Err(S::Error::custom(format_args!("the names in a payload are text, and one is {kind}")));
            };
            written.serialize_entry(raised(key.to_str(), py)?, &self.below(&value))?;
        }
        written.end()
    }

    fn list<S: Serializer>(&self, list: &Bound<'py, PyAny>, serializer: S) -> Result<S::Ok, S::Error> {
        let mut written = serializer.serialize_seq(None)?;
        for item in raised(list.try_iter(), list.py())? {
            written.serialize_element(&self.below(&raised(item, list.py())?))?;
        }
        written.end()
    }
}

/// A whole number, however large.
fn whole<S: Serializer>(number: &Bound<'_, PyInt>, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(number) = number.extract::<i64>() {
        return serializer.serialize_i64(number);
    }
    // The digits of a number that is too large for Rust.
    let digits = number.call_method0(intern!(number.py(), "__repr__")).map(|digits| digits.to_string());
    let digits = raised(digits, number.py())?;
    RawValue::from_string(digits).map_err(S::Error::custom)?.serialize(serializer)
}

/// A time of Python as documents have it.
fn time<E: serde::ser::Error>(time: &Bound<'_, PyAny>) -> Result<Timestamp, E> {
    let text = raised(time.call_method0(intern!(time.py(), "isoformat")), time.py())?;
    text.to_string().parse().map_err(E::custom)
}

/// Leaves an exception with Python, where [`json`] finds it.
fn raised<T, E: serde::ser::Error>(result: PyResult<T>, py: Python<'_>) -> Result<T, E> {
    result.map_err(|error| {
        let text = E::custom(&error);
        error.restore(py);
        text
    })
}

impl Serialize for Written<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (object, py) = (self.object, self.object.py());
        if self.depth > DEPTH {
            return raised(Err(PyValueError::new_err(format!("the payload is nested deeper than {DEPTH} levels"))), py);
        }
        if object.is_none() {
            return serializer.serialize_unit();
        }
        if let Ok(text) = object.cast::<PyString>() {
            return serializer.serialize_str(raised(text.to_str(), py)?);
        }
        if let Ok(value) = object.cast::<PyBool>() {
            return serializer.serialize_bool(value.is_true());
        }
        if let Ok(number) = object.cast::<PyInt>() {
            return whole(number, serializer);
        }
        if let Ok(number) = object.cast::<PyFloat>() {
            // What is not a number is what data frames have in place of an absent value; `serde_json` writes null.
            return serializer.serialize_f64(number.value());
        }
        if let Ok(mapping) = object.cast::<PyMapping>() {
            // A client's objects can be dictionaries too, with names of the client's own.
            if !object.is_exact_instance_of::<PyDict>()
                && let Some(dictionary) = raised(dictionary(object), py)?
            {
                return self.below(&dictionary).serialize(serializer);
            }
            return self.map(mapping, serializer);
        }
        let is_bytes = || object.is_exact_instance_of::<PyBytes>() || object.is_exact_instance_of::<PyByteArray>();
        if object.cast::<PySequence>().is_ok() && !is_bytes() {
            return self.list(object, serializer);
        }
        if let Some(structure) = self.classes.of_object(object) {
            let mut written = serializer.serialize_map(None)?;
            for field in &structure.fields {
                let value = raised(object.getattr(&field.name), py)?;
                let name = raised(field.name.to_str(py), py)?;
                if field.is_left_out(&value) {
                    continue;
                }
                if field.is_time {
                    written.serialize_entry(name, &time(&value)?)?;
                } else {
                    written.serialize_entry(name, &self.below(&value))?;
                }
            }
            return written.end();
        }
        if let Some(dictionary) = raised(dictionary(object), py)? {
            return self.below(&dictionary).serialize(serializer);
        }
        if let Some(method) = raised(object.getattr_opt(intern!(py, "isoformat")), py)? {
            return serializer.serialize_str(&raised(method.call0(), py)?.to_string());
        }
        if let Some(value) = raised(object.getattr_opt(intern!(py, "value")), py)? {
            // A member of an enum.
            return self.below(&value).serialize(serializer);
        }
        let kind = object.get_type();
        Err(S::Error::custom(format_args!(
            "a payload cannot hold {kind}; pass bytes, str, a dict, or a reply of the vendor's client"
        )))
    }
}
