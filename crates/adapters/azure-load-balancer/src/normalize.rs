//! From the payload to the document: a module per kind of reply.

mod health;
mod probes;

pub(crate) use health::health;
pub(crate) use probes::{load_balancer, probe};
