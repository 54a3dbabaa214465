//! Columns of text, whichever type a library gives them.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_schema::{ArrowError, DataType};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::capsule::{Arrays, arrays, exception};

/// A column of texts that is read from its beginning to its end.
pub(crate) struct Texts {
    name: &'static str,
    arrays: Arrays,
    /// What is left of the last array.
    rest: Option<ArrayRef>,
}

impl Texts {
    /// The column that an object holds; `None` where it holds no Arrow data at all.
    pub(crate) fn of(object: &Bound<'_, PyAny>, name: &'static str) -> PyResult<Option<Self>> {
        let Some(arrays) = arrays(object)? else { return Ok(None) };
        let inner = match &arrays.data_type {
            // A table or batch with one column.
            DataType::Struct(fields) if fields.len() == 1 => fields.first().map(|field| field.data_type()),
            other => Some(other),
        };
        match inner {
            Some(kind) if is_text(kind) => Ok(Some(Self { name, arrays, rest: None })),
            _ => {
                let kind = &arrays.data_type;
                Err(PyTypeError::new_err(format!("{name} are a column of text or binary, and this one is {kind}")))
            }
        }
    }

    /// The next values, at most so many, in as many arrays as it takes; fewer only at the end.
    pub(crate) fn take(&mut self, most: usize) -> PyResult<Vec<ArrayRef>> {
        let (mut taken, mut count) = (Vec::new(), 0);
        while count < most {
            let array = match self.rest.take() {
                Some(array) => array,
                None => match self.arrays.next() {
                    Some(array) => column(array.map_err(|error| exception(&error))?)?,
                    None => break,
                },
            };
            let length = array.len().min(most - count);
            if length < array.len() {
                self.rest = Some(array.slice(length, array.len() - length));
            }
            count += length;
            taken.push(array.slice(0, length));
        }
        Ok(taken)
    }

    /// What the column is.
    pub(crate) const fn name(&self) -> &'static str {
        self.name
    }
}

/// The only column of a table or batch, or the array itself.
fn column(array: ArrayRef) -> PyResult<ArrayRef> {
    let Some(table) = array.as_struct_opt() else { return Ok(array) };
    match table.columns() {
        [only] if table.null_count() == 0 => Ok(ArrayRef::clone(only)),
        _ => Err(exception(&ArrowError::CDataInterface("a row of a table is null".to_owned()))),
    }
}

fn is_text(kind: &DataType) -> bool {
    use DataType::{Binary, BinaryView, Dictionary, LargeBinary, LargeUtf8, Utf8, Utf8View};
    match kind {
        Binary | BinaryView | LargeBinary | LargeUtf8 | Utf8 | Utf8View => true,
        Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

/// The values of an array of text.
pub(crate) fn texts(array: &dyn Array) -> Box<dyn Iterator<Item = Option<&[u8]>> + '_> {
    fn bytes(text: Option<&str>) -> Option<&[u8]> {
        text.map(str::as_bytes)
    }
    match array.data_type() {
        DataType::Binary => Box::new(array.as_binary::<i32>().iter()),
        DataType::BinaryView => Box::new(array.as_binary_view().iter()),
        DataType::LargeBinary => Box::new(array.as_binary::<i64>().iter()),
        DataType::LargeUtf8 => Box::new(array.as_string::<i64>().iter().map(bytes)),
        DataType::Utf8 => Box::new(array.as_string::<i32>().iter().map(bytes)),
        DataType::Utf8View => Box::new(array.as_string_view().iter().map(bytes)),
        DataType::Dictionary(..) => {
            let dictionary = array.as_any_dictionary();
            let values: Vec<_> = texts(dictionary.values()).collect();
            // Without values every key is null.
            let keys = if values.is_empty() { vec![0; array.len()] } else { dictionary.normalized_keys() };
            Box::new(keys.into_iter().enumerate().map(move |(index, key)| {
                let is_null = dictionary.keys().is_null(index);
                values.get(key).copied().flatten().filter(|_| !is_null)
            }))
        }
        _ => Box::new(std::iter::repeat_n(None, array.len())),
    }
}
