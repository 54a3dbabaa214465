//! From the payload to the document: a module per kind of reply.

mod backend;
mod checks;
mod endpoints;
mod groups;
mod list;
mod resource;

pub(crate) use checks::{health_check_list, health_checks, legacy_health_checks};
pub(crate) use endpoints::{endpoints, listed_endpoints};
pub(crate) use groups::{group_health, groups_health};
