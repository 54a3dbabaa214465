#![doc = include_str!("../README.md")]

mod check;
mod error_reply;
mod listener;
mod server;
mod words;

pub use check::{CHECK_PROFILE, CheckDialect, CheckSettings, HEALTHY_THRESHOLD, HTTP, INTERVAL, UNHEALTHY_THRESHOLD, timeout};
pub use error_reply::ERROR_REPLIES;
pub use listener::listener;
pub use server::{ListServerGroupServers, RegisteredServer, registrations, servers};
pub use words::{CHECK_OFF, CHECK_ON, CLIENT, NORMAL, NOT_FOUND, SKILL, STALE};
