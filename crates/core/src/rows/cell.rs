//! The Rust types that columns have, how their values are written, and how they are shown.

use std::borrow::Cow;

use strum::VariantNames;

use super::{ColumnKind, Variety};
use crate::json::{push_integer, push_text};
use crate::model::schema_id::{Published, SchemaId};
use crate::{Pointer, Timestamp, Word};

/// Is shown the cells of a row, each by the method of its column's [`kind`](super::Column::kind), in the order of the columns.
pub trait CellVisitor {
    /// The row has no value in this column.
    fn absent(&mut self);

    /// A value of a column of [`ColumnKind::Bool`].
    fn bool(&mut self, value: bool);

    /// A value of a column of [`ColumnKind::Float64`].
    fn float64(&mut self, value: f64);

    /// A value of a column of [`ColumnKind::Int32`], from 0.
    fn int32(&mut self, value: i32);

    /// A place in a payload, in a column of [`ColumnKind::Utf8`]. Text, unless a visitor has a way to save making it.
    fn pointer(&mut self, pointer: &Pointer) {
        self.text(&pointer.text());
    }

    /// A value of a column of [`ColumnKind::Utf8`] that is not one of [`Variety::Words`].
    fn text(&mut self, text: &str);

    /// A value of a column of [`ColumnKind::Timestamp`].
    fn timestamp(&mut self, time: Timestamp);

    /// A value of a column of [`Variety::Words`]: the index of the word in them.
    fn word(&mut self, index: usize);
}

/// A Rust type that a column can have.
pub(super) trait Cell {
    const KIND: ColumnKind;
    const VARIETY: Variety = Variety::Many;
    const REQUIRED: bool = true;

    /// Writes the cell after its column's name, which ends with the quotation mark that text begins with: `,"name":"`.
    fn write(&self, name: &str, out: &mut Vec<u8>);

    fn visit(&self, visitor: &mut impl CellVisitor);
}

impl<T: Cell> Cell for Option<T> {
    const KIND: ColumnKind = T::KIND;
    const VARIETY: Variety = T::VARIETY;
    const REQUIRED: bool = false;

    #[inline]
    fn write(&self, name: &str, out: &mut Vec<u8>) {
        if let Some(cell) = self {
            cell.write(name, out);
        }
    }

    #[inline]
    fn visit(&self, visitor: &mut impl CellVisitor) {
        match self {
            Some(cell) => cell.visit(visitor),
            None => visitor.absent(),
        }
    }
}

impl<T: Published> Cell for SchemaId<T> {
    const KIND: ColumnKind = ColumnKind::Utf8;
    const VARIETY: Variety = Variety::Words(&[T::SCHEMA_ID]);

    #[inline]
    fn write(&self, name: &str, out: &mut Vec<u8>) {
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(T::SCHEMA_ID.as_bytes());
        out.push(b'"');
    }

    #[inline]
    fn visit(&self, visitor: &mut impl CellVisitor) {
        visitor.word(0);
    }
}

impl Cell for Cow<'_, str> {
    const KIND: ColumnKind = ColumnKind::Utf8;

    #[inline]
    fn write(&self, name: &str, out: &mut Vec<u8>) {
        out.extend_from_slice(name.as_bytes());
        push_text(out, self);
        out.push(b'"');
    }

    #[inline]
    fn visit(&self, visitor: &mut impl CellVisitor) {
        visitor.text(self);
    }
}

impl Cell for Pointer {
    const KIND: ColumnKind = ColumnKind::Utf8;

    fn write(&self, name: &str, out: &mut Vec<u8>) {
        out.extend_from_slice(name.as_bytes());
        self.write_text(out);
        out.push(b'"');
    }

    fn visit(&self, visitor: &mut impl CellVisitor) {
        visitor.pointer(self);
    }
}

impl Cell for Timestamp {
    const KIND: ColumnKind = ColumnKind::Timestamp;

    fn write(&self, name: &str, out: &mut Vec<u8>) {
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(self.to_string().as_bytes());
        out.push(b'"');
    }

    fn visit(&self, visitor: &mut impl CellVisitor) {
        visitor.timestamp(*self);
    }
}

impl Cell for bool {
    const KIND: ColumnKind = ColumnKind::Bool;

    fn write(&self, name: &str, out: &mut Vec<u8>) {
        push_bare(name, out);
        out.extend_from_slice(if *self { b"true" } else { b"false" });
    }

    fn visit(&self, visitor: &mut impl CellVisitor) {
        visitor.bool(*self);
    }
}

impl Cell for f64 {
    const KIND: ColumnKind = ColumnKind::Float64;

    fn write(&self, name: &str, out: &mut Vec<u8>) {
        push_bare(name, out);
        if let Some(whole) = crate::model::record::without_fraction(*self) {
            push_integer(out, whole);
        } else {
            // Writing to a `Vec` cannot fail.
            let _ = serde_json::to_writer(out, self);
        }
    }

    fn visit(&self, visitor: &mut impl CellVisitor) {
        visitor.float64(*self);
    }
}

macro_rules! integers {
    ($($kind:ident: $type:ty;)+) => {
        $(impl Cell for $type {
            const KIND: ColumnKind = ColumnKind::$kind;

            fn write(&self, name: &str, out: &mut Vec<u8>) {
                push_bare(name, out);
                push_integer(out, *self);
            }

            #[inline]
            fn visit(&self, visitor: &mut impl CellVisitor) {
                // Payloads have no larger numbers: what reads them takes those for unreadable.
                match i32::try_from(*self) {
                    Ok(number) => visitor.int32(number),
                    Err(_) => visitor.absent(),
                }
            }
        })+
    };
}
integers! {
    Int32: u16;
    Int32: u32;
}

impl<W: Word + VariantNames> Cell for W {
    const KIND: ColumnKind = ColumnKind::Utf8;
    const VARIETY: Variety = Variety::Words(<W as VariantNames>::VARIANTS);

    #[inline]
    fn write(&self, name: &str, out: &mut Vec<u8>) {
        let word: &'static str = (*self).into();
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(word.as_bytes());
        out.push(b'"');
    }

    #[inline]
    fn visit(&self, visitor: &mut impl CellVisitor) {
        visitor.word(self.index());
    }
}

/// Writes the name of a column whose values stand without quotation marks.
fn push_bare(name: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(name.strip_suffix('"').unwrap_or(name).as_bytes());
}
