//! What documents are made of: their types, and the words in them.

pub(crate) mod backend_name;
pub(crate) mod context;
pub(crate) mod document;
pub(crate) mod evidence;
pub(crate) mod health;
pub(crate) mod health_check;
pub(crate) mod inventory;
pub(crate) mod key;
pub(crate) mod order;
pub(crate) mod owned;
pub(crate) mod parent;
pub(crate) mod place;
pub(crate) mod pointer;
pub(crate) mod pool;
pub(crate) mod reason;
pub(crate) mod record;
pub(crate) mod report;
pub(crate) mod report_builder;
pub(crate) mod schema_id;
pub(crate) mod source;
pub(crate) mod spare;
pub(crate) mod status_codes;
pub(crate) mod timestamp;
pub(crate) mod warning;
pub(crate) mod word;

/// A number of elements, as documents tell it.
pub(crate) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
