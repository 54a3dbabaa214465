#![doc = include_str!("../README.md")]

mod error_reply;
mod reply;

pub use error_reply::ERROR_REPLIES;
pub use reply::{Head, ResponseMetadata, conclude_coverage, head};
