//! The tree of statuses: everything below one load balancer, with a word for each of them.

mod walk;

use lbhealth_core::wire;
use lbhealth_core::wire::{Id, List, Text};

pub use walk::walk;

wire! {
    /// The root of the tree.
    pub struct Statuses<'a> {
        /// The load balancer.
        "loadbalancer" load_balancer: TreeLoadBalancer<'a>,
    }
}

wire! {
    /// A load balancer, and what is below it.
    pub struct TreeLoadBalancer<'a> {
        /// Id of the load balancer.
        "id" id: Id<'a>,
        /// Name of the load balancer.
        "name" name: Text<'a>,
        /// Status word for the whole.
        "operating_status" operating_status: Text<'a>,
        /// State of its configuration.
        "provisioning_status" provisioning_status: Text<'a>,
        /// Its listeners.
        "listeners" listeners: List<'a, TreeListener<'a>>,
        /// Its pools, those that stand below listeners included.
        "pools" pools: List<'a, TreePool<'a>>,
    }
}

wire! {
    /// A listener, and what is below it.
    pub struct TreeListener<'a> {
        /// Id of the listener.
        "id" id: Id<'a>,
        /// Name of the listener.
        "name" name: Text<'a>,
        /// Status word for the whole.
        "operating_status" operating_status: Text<'a>,
        /// State of its configuration.
        "provisioning_status" provisioning_status: Text<'a>,
        /// The pools that it uses.
        "pools" pools: List<'a, TreePool<'a>>,
    }
    unread {
        "l7policies": "forwarding policies have no members",
    }
}

wire! {
    /// A pool, and its members.
    pub struct TreePool<'a> {
        /// Id of the pool.
        "id" id: Id<'a>,
        /// Name of the pool.
        "name" name: Text<'a>,
        /// Status word for the whole.
        "operating_status" operating_status: Text<'a>,
        /// State of its configuration.
        "provisioning_status" provisioning_status: Text<'a>,
        /// The members.
        "members" members: List<'a, TreeMember<'a>>,
    }
    unread {
        "health_monitor": "the health monitor operations describe it",
        "healthmonitor": "the health monitor operations describe it",
    }
}

wire! {
    /// A member in the tree.
    pub struct TreeMember<'a> {
        /// Id of the member.
        "id" id: Id<'a>,
        /// Name of the member; not the server's. Not every product gives it.
        "name" name: Text<'a>,
        /// Address of the backend.
        "address" address: Id<'a>,
        /// Port of the backend.
        "protocol_port" port: u16,
        /// Status word.
        "operating_status" operating_status: Text<'a>,
        /// State of its configuration, which is not health.
        "provisioning_status" provisioning_status: Text<'a>,
    }
}

/// The state of the configuration of a member or a whole.
pub const PROVISIONING: &str = "provisioning_status";
/// The status of a member's pool, a fact where the pool and all above it are in service.
pub const POOL_STATUS: &str = "2/operating_status";

/// Where the things of a tree stand, as templates of pointers.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Places {
    /// The load balancer.
    pub load_balancer: &'static str,
    listener: &'static str,
    listeners_pool: &'static str,
    listeners_member: &'static str,
    pool: &'static str,
    member: &'static str,
}

macro_rules! places {
    ($root:literal) => {
        Places {
            load_balancer: $root,
            listener: concat!($root, "/listeners/#"),
            listeners_pool: concat!($root, "/listeners/#/pools/#"),
            listeners_member: concat!($root, "/listeners/#/pools/#/members/#"),
            pool: concat!($root, "/pools/#"),
            member: concat!($root, "/pools/#/members/#"),
        }
    };
}

/// A tree as the API sends it.
pub static UNDER_STATUSES: Places = places!("/statuses/loadbalancer");
/// A tree without its root.
pub static AT_ROOT: Places = places!("/loadbalancer");
