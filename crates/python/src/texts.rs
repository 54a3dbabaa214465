//! Columns of text, whichever type a library gives them.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_schema::{ArrowError, DataType};
use lbhealth_arrow::{is_text, plain};
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
                    Some(array) => column(&array.map_err(|error| exception(&error))?)?,
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

/// The only column of a table or batch, or the array itself, without a dictionary.
fn column(array: &ArrayRef) -> PyResult<ArrayRef> {
    let column = match array.as_struct_opt() {
        None => Ok(array),
        Some(table) => match table.columns() {
            [only] if table.null_count() == 0 => Ok(only),
            _ => Err(ArrowError::CDataInterface("a row of a table is null".to_owned())),
        },
    };
    column.and_then(plain).map_err(|error| exception(&error))
}
