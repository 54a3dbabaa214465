//! Several documents as one: pages of an answer, and a report completed by an inventory.

pub(crate) mod answers;
pub(crate) mod complete;
pub(crate) mod merge;
mod pages;
mod replaced;
