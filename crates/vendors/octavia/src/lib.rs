#![doc = include_str!("../README.md")]

mod monitor;
mod reference;
mod tree;

pub use monitor::{Dialect, HTTP, HealthMonitor, MAX_RETRIES, MAX_RETRIES_DOWN, REQUEST};
pub use reference::{References, Referred, ids};
pub use tree::{
    AT_ROOT, POOL_STATUS, PROVISIONING, Places, Statuses, TreeListener, TreeLoadBalancer, TreeMember, TreePool, UNDER_STATUSES,
    walk,
};

/// Name of the API, by which signatures say that replies of other products can look the same.
pub const FAMILY: &str = "OpenStack Octavia";
