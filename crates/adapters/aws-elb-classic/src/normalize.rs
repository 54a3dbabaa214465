//! From the payload to the document: a module per kind of reply.

mod health;
mod load_balancers;

pub(crate) use health::health;
pub(crate) use load_balancers::load_balancers;
