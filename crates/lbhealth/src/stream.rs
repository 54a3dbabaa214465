//! Many payloads, one after the other: as lines (NDJSON), as JSON texts one behind the other, or as an array.
//!
//! ```
//! let sweep = br#"{"member":{"id":"m-1","member_type":"ip","operating_status":"ONLINE"},"request_id":"r-1"}
//! {"member":{"id":"m-2","member_type":"ip","operating_sta
//! {"context":{"pool_id":"p-1"},"payload":{"member":{"id":"m-3","member_type":"ip","operating_status":"OFFLINE"}}}
//! "#;
//! let mut pools = Vec::new();
//! for item in lbhealth::stream::slice(sweep) {
//!     match item.document {
//!         Ok(document) => pools.extend(document.into_health()?.records.into_iter().map(|record| record.pool_id)),
//!         Err(error) => assert_eq!((item.line, error.kind().as_str()), (2, "NOT_JSON")),
//!     }
//! }
//! assert_eq!(pools, [None, Some("p-1".into())]);
//! # Ok::<(), lbhealth::Error>(())
//! ```
//!
//! See [`lbhealth_core::stream`] for what does not break a stream, and for adapters of your own.

use std::io::Read;

pub use lbhealth_core::stream::{Item, LIMIT, Reader, Slice, in_order};

use crate::ADAPTERS;

/// The payloads in these bytes.
pub fn slice(bytes: &[u8]) -> Slice<'_> {
    lbhealth_core::stream::slice(ADAPTERS, bytes)
}

/// The payloads that come from a source.
///
/// ```
/// use std::num::NonZero;
///
/// let sweep = std::io::Cursor::new("{}\n".repeat(1000));
/// let mut failed = 0;
/// lbhealth::stream::reader(sweep).for_each(
///     NonZero::new(2).unwrap(),
///     |batch: &mut u64, item| *batch += u64::from(item.document.is_err()),
///     |batch| {
///         failed += std::mem::take(batch);
///         Ok(())
///     },
/// )?;
/// assert_eq!(failed, 1000);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn reader<'a, R: Read>(source: R) -> Reader<'a, R> {
    lbhealth_core::stream::reader(ADAPTERS, source)
}
