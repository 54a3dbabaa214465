//! The Rust types that columns have, and how their values are written.

use std::borrow::Cow;

use super::ColumnKind;
use crate::json::{push_integer, push_text};
use crate::{
    BackendHealth, BackendKind, Certainty, CodeKind, Completeness, Coverage, FailureReason, Phase, Pointer, Scope, Timestamp,
    Traffic, TrafficReason, Trend,
};

/// A Rust type that a column can have.
pub(super) trait Cell {
    const KIND: ColumnKind;
    const REQUIRED: bool = true;

    /// Writes the cell after its column's name, which ends with the quotation mark that text begins with: `,"name":"`.
    fn write(&self, name: &str, out: &mut Vec<u8>);
}

impl<T: Cell> Cell for Option<T> {
    const KIND: ColumnKind = T::KIND;
    const REQUIRED: bool = false;

    #[inline]
    fn write(&self, name: &str, out: &mut Vec<u8>) {
        if let Some(cell) = self {
            cell.write(name, out);
        }
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
}

impl Cell for Pointer {
    const KIND: ColumnKind = ColumnKind::Utf8;

    fn write(&self, name: &str, out: &mut Vec<u8>) {
        out.extend_from_slice(name.as_bytes());
        self.write_text(out);
        out.push(b'"');
    }
}

impl Cell for Timestamp {
    const KIND: ColumnKind = ColumnKind::Timestamp;

    fn write(&self, name: &str, out: &mut Vec<u8>) {
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(self.to_string().as_bytes());
        out.push(b'"');
    }
}

impl Cell for bool {
    const KIND: ColumnKind = ColumnKind::Bool;

    fn write(&self, name: &str, out: &mut Vec<u8>) {
        push_bare(name, out);
        out.extend_from_slice(if *self { b"true" } else { b"false" });
    }
}

impl Cell for f64 {
    const KIND: ColumnKind = ColumnKind::Float64;

    fn write(&self, name: &str, out: &mut Vec<u8>) {
        push_bare(name, out);
        if let Some(whole) = crate::record::whole(*self) {
            push_integer(out, whole);
        } else {
            // Writing to a `Vec` cannot fail.
            let _ = serde_json::to_writer(out, self);
        }
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
        })+
    };
}
integers! {
    Int32: u16;
    Int32: u32;
}

macro_rules! words {
    ($($type:ty),+) => {
        $(impl Cell for $type {
            const KIND: ColumnKind = ColumnKind::Utf8;

            #[inline]
            fn write(&self, name: &str, out: &mut Vec<u8>) {
                out.extend_from_slice(name.as_bytes());
                out.extend_from_slice(self.as_str().as_bytes());
                out.push(b'"');
            }
        })+
    };
}
words!(
    BackendHealth,
    BackendKind,
    Certainty,
    CodeKind,
    Completeness,
    Coverage,
    FailureReason,
    Phase,
    Scope,
    Traffic,
    TrafficReason,
    Trend
);

/// Writes the name of a column whose values stand without quotation marks.
fn push_bare(name: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(name.strip_suffix('"').unwrap_or(name).as_bytes());
}
