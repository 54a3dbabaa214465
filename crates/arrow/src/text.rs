//! Columns of text that others made, whichever type they gave them.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_schema::{ArrowError, DataType};
use arrow_select::take::{TakeOptions, take};

/// Whether a column of this type holds text or bytes, as they are or in a dictionary.
pub fn is_text(kind: &DataType) -> bool {
    use DataType::{Binary, BinaryView, Dictionary, LargeBinary, LargeUtf8, Utf8, Utf8View};
    match kind {
        Binary | BinaryView | LargeBinary | LargeUtf8 | Utf8 | Utf8View => true,
        Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

/// The values themselves, where the column holds keys of a dictionary.
///
/// # Errors
///
/// Where a key is none of the dictionary's.
pub fn plain(column: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    match column.as_any_dictionary_opt() {
        Some(dictionary) => plain(&take(dictionary.values(), dictionary.keys(), Some(TakeOptions { check_bounds: true }))?),
        None => Ok(ArrayRef::clone(column)),
    }
}

/// The text of a row of a [plain](plain) column; none where it is null, or the column is not one of text.
pub fn text(column: &dyn Array, row: usize) -> Option<&[u8]> {
    if column.is_null(row) {
        return None;
    }
    Some(match column.data_type() {
        DataType::Binary => column.as_binary::<i32>().value(row),
        DataType::BinaryView => column.as_binary_view().value(row),
        DataType::LargeBinary => column.as_binary::<i64>().value(row),
        DataType::LargeUtf8 => column.as_string::<i64>().value(row).as_bytes(),
        DataType::Utf8 => column.as_string::<i32>().value(row).as_bytes(),
        DataType::Utf8View => column.as_string_view().value(row).as_bytes(),
        _ => return None,
    })
}
