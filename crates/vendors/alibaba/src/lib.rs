#![doc = include_str!("../README.md")]

mod check;
mod error_reply;
mod server;

pub use check::{CheckDialect, CheckSettings};
pub use error_reply::ERROR_REPLIES;
pub use server::{ListServerGroupServers, RegisteredServer, servers};
