//! From the payload to the document: a module per kind of reply.

mod group;
mod health;
mod listener;

pub(crate) use group::group;
pub(crate) use health::health;
pub(crate) use listener::{http, https, tcp, udp};
