#![doc = include_str!("../README.md")]

mod batch;
mod column;
mod schema;
mod texts;

pub use batch::{BackendBatch, PoolBatch};
pub use schema::{backend_schema, pool_schema};
