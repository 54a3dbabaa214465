//! From the types of Rust to objects of Python: each struct becomes an object of the class that has its name.

use std::fmt::{self, Display};

use lbhealth::Timestamp;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDateTime, PyFloat, PyInt, PyNone, PyString, PyTuple, PyTzInfo};
use serde::Serialize;
use serde::ser::{self, Impossible, SerializeSeq, SerializeStruct, Serializer};

use crate::classes::{Classes, Structure};

/// The object that a document, or a part of one, becomes.
pub(crate) fn object<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    let objects = Objects { py, classes: Classes::of(py)? };
    value.serialize(objects).map_err(|failure| failure.0)
}

/// Makes objects.
#[derive(Clone, Copy)]
struct Objects<'py> {
    py: Python<'py>,
    classes: &'py Classes,
}

/// Why there is no object.
#[derive(Debug)]
struct Failure(PyErr);

impl From<PyErr> for Failure {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

impl Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl std::error::Error for Failure {}

impl ser::Error for Failure {
    fn custom<T: Display>(message: T) -> Self {
        Self(PyValueError::new_err(message.to_string()))
    }
}

/// Documents hold none of these.
fn none_of<T>(what: &str) -> Result<T, Failure> {
    Err(ser::Error::custom(format_args!("a document has no {what}")))
}

type Object<'py> = Bound<'py, PyAny>;
type None<'py> = Impossible<Object<'py>, Failure>;

macro_rules! numbers {
    ($($method:ident: $type:ty => $python:ident;)+) => {
        $(fn $method(self, value: $type) -> Result<Self::Ok, Failure> {
            Ok($python::new(self.py, value).into_any())
        })+
    };
}

impl<'py> Serializer for Objects<'py> {
    type Ok = Object<'py>;
    type Error = Failure;
    type SerializeSeq = Items<'py>;
    type SerializeTuple = None<'py>;
    type SerializeTupleStruct = None<'py>;
    type SerializeTupleVariant = None<'py>;
    type SerializeMap = None<'py>;
    type SerializeStruct = Fields<'py>;
    type SerializeStructVariant = None<'py>;

    numbers! {
        serialize_i8: i8 => PyInt;
        serialize_i16: i16 => PyInt;
        serialize_i32: i32 => PyInt;
        serialize_i64: i64 => PyInt;
        serialize_u8: u8 => PyInt;
        serialize_u16: u16 => PyInt;
        serialize_u32: u32 => PyInt;
        serialize_u64: u64 => PyInt;
        serialize_f64: f64 => PyFloat;
    }

    fn serialize_f32(self, value: f32) -> Result<Self::Ok, Failure> {
        self.serialize_f64(value.into())
    }

    fn serialize_bool(self, value: bool) -> Result<Self::Ok, Failure> {
        Ok(PyBool::new(self.py, value).to_owned().into_any())
    }

    fn serialize_char(self, value: char) -> Result<Self::Ok, Failure> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<Self::Ok, Failure> {
        Ok(PyString::new(self.py, value).into_any())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Self::Ok, Failure> {
        none_of("bytes")
    }

    fn serialize_none(self) -> Result<Self::Ok, Failure> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Self::Ok, Failure> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Self::Ok, Failure> {
        Ok(PyNone::get(self.py).to_owned().into_any())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Self::Ok, Failure> {
        self.serialize_unit()
    }

    /// A word of a list.
    fn serialize_unit_variant(self, name: &'static str, index: u32, word: &'static str) -> Result<Self::Ok, Failure> {
        match self.classes.words(name).and_then(|words| words.get(index, word)) {
            Some(known) => Ok(known.bind(self.py).clone()),
            None => self.serialize_str(word),
        }
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Self::Ok, Failure> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Self::Ok, Failure> {
        none_of("variants with values")
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items<'py>, Failure> {
        Ok(Items { to: self, items: Vec::with_capacity(length.unwrap_or_default()) })
    }

    fn serialize_tuple(self, _: usize) -> Result<None<'py>, Failure> {
        none_of("tuples")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<None<'py>, Failure> {
        none_of("tuples")
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<None<'py>, Failure> {
        none_of("variants with values")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<None<'py>, Failure> {
        none_of("maps")
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<'py>, Failure> {
        let structure = self.classes.structure(name)?;
        Ok(Fields { to: self, structure, object: structure.object(self.py)?, next: 0 })
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<None<'py>, Failure> {
        none_of("variants with values")
    }
}

/// A list in the making.
struct Items<'py> {
    to: Objects<'py>,
    items: Vec<Object<'py>>,
}

impl<'py> SerializeSeq for Items<'py> {
    type Ok = Object<'py>;
    type Error = Failure;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        self.items.push(value.serialize(self.to)?);
        Ok(())
    }

    fn end(self) -> Result<Object<'py>, Failure> {
        Ok(PyTuple::new(self.to.py, self.items)?.into_any())
    }
}

/// An object in the making.
struct Fields<'py> {
    to: Objects<'py>,
    structure: &'py Structure,
    object: Object<'py>,
    /// Which field comes next: those of the class stand in the order of those of the struct.
    next: usize,
}

impl<'py> Fields<'py> {
    fn next(&mut self, name: &str) -> Result<&'py crate::classes::Field, Failure> {
        let field = self.structure.fields.get(self.next).filter(|field| field.is_called(name));
        self.next += 1;
        field.ok_or_else(|| ser::Error::custom(format_args!("the class of {} does not have `{name}` here", self.object.get_type())))
    }
}

impl<'py> SerializeStruct for Fields<'py> {
    type Ok = Object<'py>;
    type Error = Failure;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Failure> {
        let field = self.next(name)?;
        let mut value = value.serialize(self.to)?;
        if field.is_time {
            value = time(&value)?;
        }
        Ok(field.set(&self.object, &value)?)
    }

    fn skip_field(&mut self, name: &'static str) -> Result<(), Failure> {
        let field = self.next(name)?;
        let Some(default) = &field.default else {
            return Err(ser::Error::custom(format_args!("`{name}` is required and was left out")));
        };
        Ok(field.set(&self.object, default.bind(self.to.py))?)
    }

    fn end(self) -> Result<Object<'py>, Failure> {
        if self.next == self.structure.fields.len() {
            return Ok(self.object);
        }
        Err(ser::Error::custom(format_args!("{} has further fields", self.object.get_type())))
    }
}

/// The time that a text says, in UTC.
fn time<'py>(text: &Object<'py>) -> Result<Object<'py>, Failure> {
    let time: Timestamp =
        text.cast::<PyString>().map_err(PyErr::from)?.to_str()?.parse().map_err(<Failure as ser::Error>::custom)?;
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of the years that Python has are exact")]
    let seconds = time.as_millisecond() as f64 / 1000.0;
    let utc = PyTzInfo::utc(text.py())?.to_owned();
    Ok(PyDateTime::from_timestamp(text.py(), seconds, Some(&utc))?.into_any())
}
