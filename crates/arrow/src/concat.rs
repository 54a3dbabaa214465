//! Several batches as one.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, SchemaRef};

use crate::texts::Texts;

/// Several batches of rows as one, in their order, each text of a dictionary once.
///
/// # Errors
///
/// Where a batch does not have this schema, or the texts of a column are longer than 2 GiB together.
pub fn concat_rows(schema: &SchemaRef, batches: &[RecordBatch]) -> Result<RecordBatch, ArrowError> {
    if let [only] = batches {
        return Ok(only.clone());
    }
    let columns = schema.fields().iter().enumerate().map(|(index, field)| {
        let arrays = batches.iter().map(|batch| batch.columns().get(index).ok_or_else(|| missing(field.name())));
        let arrays = arrays.collect::<Result<Vec<_>, _>>()?;
        match field.data_type() {
            DataType::Dictionary(..) if !has_one_dictionary(&arrays) => texts(&arrays),
            _ if arrays.is_empty() => Ok(arrow_array::new_empty_array(field.data_type())),
            _ => arrow_select::concat::concat(&arrays.iter().map(AsRef::as_ref).collect::<Vec<_>>()),
        }
    });
    RecordBatch::try_new(Arc::clone(schema), columns.collect::<Result<_, _>>()?)
}

/// Whether the arrays share their dictionary, as those of words do.
fn has_one_dictionary(arrays: &[&ArrayRef]) -> bool {
    let mut dictionaries = arrays.iter().map(|array| Some(array.as_dictionary_opt::<Int32Type>()?.values()));
    let first = dictionaries.next().flatten();
    dictionaries.all(|dictionary| dictionary.zip(first).is_some_and(|(dictionary, first)| Arc::ptr_eq(dictionary, first)))
}

/// The same texts with one dictionary. Putting the dictionaries one behind the other would give it texts twice, which not every reader takes.
fn texts(arrays: &[&ArrayRef]) -> Result<ArrayRef, ArrowError> {
    let mut texts = Texts::default();
    for array in arrays {
        let column = array.as_dictionary_opt::<Int32Type>().and_then(DictionaryArray::downcast_dict::<StringArray>);
        let column = column.ok_or_else(|| ArrowError::SchemaError("a dictionary of other than texts".to_owned()))?;
        for text in column {
            match text {
                Some(text) => texts.append(text),
                None => texts.append_null(),
            }
        }
    }
    texts.finish()
}

fn missing(name: &str) -> ArrowError {
    ArrowError::SchemaError(format!("a batch without the column {name}"))
}
