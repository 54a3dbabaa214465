//! From the payload to the document: a module per kind of reply.

mod groups;
mod health;

pub(crate) use groups::groups;
pub(crate) use health::health;
