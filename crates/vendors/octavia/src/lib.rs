#![doc = include_str!("../README.md")]

mod monitor;
mod reference;
mod status;
mod tree;

use lbhealth_core::Signature;

pub use monitor::{CHECK_PROFILE, Dialect, HTTP, HealthMonitor, MAX_RETRIES, MAX_RETRIES_DOWN, REQUEST};
pub use reference::{References, Referred, ids};
pub use status::{STATUS, left_by_status};
pub use tree::{
    AT_ROOT, POOL_STATUS, PROVISIONING, Places, Statuses, TreeListener, TreeLoadBalancer, TreeMember, TreePool, UNDER_STATUSES,
    walk,
};

/// A reply with one of these keys, which other products with the API can have too unless one of the `decisive` keys is there.
pub const fn shared(any: &'static [&'static str], decisive: &'static [&'static str]) -> Signature {
    Signature::any(any).of_family("OpenStack Octavia", decisive)
}
