//! The columns of a batch that is being filled.

use std::fmt::Write;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int32Builder, StringBuilder, TimestampMillisecondBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray};
use arrow_schema::ArrowError;
use lbhealth_core::{CellVisitor, Column, ColumnKind, Pointer, Timestamp, Variety};

use crate::schema::Layout;
use crate::texts::Texts;

/// How much text a column can hold, in bytes: its offsets are signed numbers of 32 bits.
const MOST_TEXT: usize = i32::MAX as usize;

/// The values of a column so far.
#[derive(Debug)]
enum ColumnBuilder {
    Bool(BooleanBuilder),
    Few(Texts),
    Float64(Float64Builder),
    Int32(Int32Builder),
    Text(StringBuilder),
    Timestamp(TimestampMillisecondBuilder),
    Words { keys: Int32Builder, words: ArrayRef },
}

impl ColumnBuilder {
    fn new((column, words): (&Column, &Option<ArrayRef>)) -> Self {
        match (column.kind, column.variety, words) {
            (ColumnKind::Bool, ..) => Self::Bool(BooleanBuilder::new()),
            (ColumnKind::Float64, ..) => Self::Float64(Float64Builder::new()),
            (ColumnKind::Int32, ..) => Self::Int32(Int32Builder::new()),
            (ColumnKind::Timestamp, ..) => Self::Timestamp(TimestampMillisecondBuilder::new().with_timezone("UTC")),
            (_, Variety::Few, _) => Self::Few(Texts::default()),
            (_, _, Some(words)) => Self::Words { keys: Int32Builder::new(), words: Arc::clone(words) },
            _ => Self::Text(StringBuilder::new()),
        }
    }

    fn append_null(&mut self) {
        match self {
            Self::Bool(values) => values.append_null(),
            Self::Few(values) => values.append_null(),
            Self::Float64(values) => values.append_null(),
            Self::Int32(values) => values.append_null(),
            Self::Text(values) => values.append_null(),
            Self::Timestamp(values) => values.append_null(),
            Self::Words { keys, .. } => keys.append_null(),
        }
    }

    fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Self::Bool(values) => Arc::new(values.finish()),
            Self::Few(values) => values.finish()?,
            Self::Float64(values) => Arc::new(values.finish()),
            Self::Int32(values) => Arc::new(values.finish()),
            Self::Text(values) => Arc::new(values.finish()),
            Self::Timestamp(values) => Arc::new(values.finish()),
            Self::Words { keys, words } => Arc::new(DictionaryArray::<Int32Type>::try_new(keys.finish(), Arc::clone(words))?),
        })
    }
}

/// All columns of a batch.
#[derive(Debug)]
pub(crate) struct Columns {
    builders: Vec<ColumnBuilder>,
    text: Text,
}

/// What is known of all text in a batch.
#[derive(Debug, Default)]
struct Text {
    /// How long it is, in bytes.
    length: usize,
    /// Whether a text had no room.
    is_too_long: bool,
    /// Room to write a place in.
    place: String,
}

impl Columns {
    pub(crate) fn new(layout: &Layout) -> Self {
        let builders = layout.columns.iter().zip(&layout.words).map(ColumnBuilder::new).collect();
        Self { builders, text: Text::default() }
    }

    /// How much text the columns hold, in bytes.
    pub(crate) const fn text_length(&self) -> usize {
        self.text.length
    }

    /// What the cells of the next row are shown to.
    pub(crate) fn row(&mut self) -> Row<'_> {
        Row { builders: self.builders.iter_mut(), text: &mut self.text }
    }

    /// The values of all columns, which then hold nothing.
    pub(crate) fn finish(&mut self) -> Result<Vec<ArrayRef>, ArrowError> {
        let arrays: Vec<_> = self.builders.iter_mut().map(ColumnBuilder::finish).collect::<Result<_, _>>()?;
        let text = std::mem::take(&mut self.text);
        if text.is_too_long { Err(ArrowError::OffsetOverflowError(MOST_TEXT)) } else { Ok(arrays) }
    }
}

/// The columns that the next cells of a row belong to.
pub(crate) struct Row<'c> {
    builders: std::slice::IterMut<'c, ColumnBuilder>,
    text: &'c mut Text,
}

/// A row shows its cells in the order in which the builders were made, and to each the kind of its column, so that nothing is passed over.
impl CellVisitor for Row<'_> {
    #[inline]
    fn absent(&mut self) {
        if let Some(column) = self.builders.next() {
            column.append_null();
        }
    }

    #[inline]
    fn bool(&mut self, value: bool) {
        if let Some(ColumnBuilder::Bool(values)) = self.builders.next() {
            values.append_value(value);
        }
    }

    #[inline]
    fn float64(&mut self, value: f64) {
        if let Some(ColumnBuilder::Float64(values)) = self.builders.next() {
            values.append_value(value);
        }
    }

    #[inline]
    fn int32(&mut self, value: i32) {
        if let Some(ColumnBuilder::Int32(values)) = self.builders.next() {
            values.append_value(value);
        }
    }

    #[inline]
    fn pointer(&mut self, pointer: &Pointer) {
        let mut place = std::mem::take(&mut self.text.place);
        place.clear();
        // Writing to a `String` cannot fail.
        let _ = write!(place, "{pointer}");
        self.text(&place);
        self.text.place = place;
    }

    #[inline]
    fn text(&mut self, text: &str) {
        match self.builders.next() {
            Some(ColumnBuilder::Text(values)) if values.values_slice().len() + text.len() <= MOST_TEXT => {
                self.text.length += text.len();
                values.append_value(text);
            }
            Some(ColumnBuilder::Text(values)) => {
                self.text.is_too_long = true;
                values.append_value("");
            }
            Some(ColumnBuilder::Few(values)) => values.append(text),
            _ => {}
        }
    }

    #[inline]
    fn timestamp(&mut self, time: Timestamp) {
        if let Some(ColumnBuilder::Timestamp(values)) = self.builders.next() {
            values.append_value(time.as_millisecond());
        }
    }

    #[inline]
    fn word(&mut self, index: usize) {
        if let Some(ColumnBuilder::Words { keys, .. }) = self.builders.next() {
            // Lists of words are short.
            keys.append_value(i32::try_from(index).unwrap_or(i32::MAX));
        }
    }
}
