#![doc = include_str!("../README.md")]

mod error_reply;
mod probes;
mod resource;

pub use error_reply::ERROR_REPLIES;
pub use probes::{probes, properties};
pub use resource::{SubResource, enclosing};
