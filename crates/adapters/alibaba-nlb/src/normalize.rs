//! From the payload to the document: a module per kind of reply.

mod health;
mod inventory;

pub(crate) use health::health;
pub(crate) use inventory::{groups, servers};
