//! From the payload to the document: a module per kind of reply.

mod check;
mod health;
mod inventory;
mod templates;

pub(crate) use health::{conclude, health};
pub(crate) use inventory::{groups, servers};
pub(crate) use templates::{template, templates};
