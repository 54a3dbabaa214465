#![doc = include_str!("../README.md")]

mod batch;
mod column;
mod concat;
mod schema;
mod text;
mod texts;

pub use batch::{BackendBatch, PoolBatch};
pub use concat::concat_rows;
pub use schema::{backend_schema, pool_schema};
pub use text::{is_text, plain, text};
