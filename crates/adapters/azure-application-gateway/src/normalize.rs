//! From the payload to the document: a module per kind of reply.

mod health;
mod probes;

pub(crate) use health::{health, on_demand};
pub(crate) use probes::gateway;
