//! The payloads as the vendor documents them.

use lbhealth_core::wire;
use lbhealth_core::wire::{Id, List, Text};
use lbhealth_octavia::{HealthMonitor, References, Statuses};

wire! {
    /// Reply that holds the members of a pool.
    pub(crate) struct MembersReply<'a> {
        /// The members.
        "members" members: List<'a, Member<'a>>,
        /// Where other pages are.
        "members_links" links: List<'a, Link<'a>>,
    }
}

wire! {
    /// Reply that holds one member.
    pub(crate) struct MemberReply<'a> {
        /// The member.
        "member" member: Member<'a>,
    }
}

wire! {
    /// Where another page is.
    pub(crate) struct Link<'a> {
        /// Which page it is: `next` or `previous`.
        "rel" rel: Text<'a>,
        /// Address of the page.
        "href" href: Id<'a>,
    }
}

wire! {
    /// A backend in a pool.
    pub(crate) struct Member<'a> {
        /// Id of the member.
        "id" id: Id<'a>,
        /// Name of the member; not the server's.
        "name" name: Text<'a>,
        /// Address of the backend.
        "address" address: Id<'a>,
        /// Port of the backend.
        "protocol_port" port: u16,
        /// Share of new connections, 0 to 256; 0: none.
        "weight" weight: f64,
        /// Whether it gets traffic only while all others of the pool are down.
        "backup" backup: bool,
        /// Whether the member is switched on.
        "admin_state_up" admin_state_up: bool,
        /// Status word.
        "operating_status" operating_status: Text<'a>,
        /// State of its configuration, which is not health.
        "provisioning_status" provisioning_status: Text<'a>,
        /// Port that is probed; null: the member's own.
        "monitor_port" monitor_port: u16,
    }
    unread {
        "monitor_address": "where the probe goes, which has no place in the model",
        "subnet_id": "the network says nothing about health",
        "project_id": "who owns the member",
        "created_at": "the time of the record, not of the verdict",
        "updated_at": "the time of the record, not of the verdict",
        "tags": "texts of the user's",
        "vnic_type": "the network says nothing about health",
    }
}

wire! {
    /// Reply that holds the tree of statuses.
    pub(crate) struct StatusTreeReply<'a> {
        /// The tree.
        "statuses" statuses: Statuses<'a>,
    }
}

wire! {
    /// Reply that holds pools.
    pub(crate) struct PoolsReply<'a> {
        /// The pools.
        "pools" pools: List<'a, Pool<'a>>,
        /// Where other pages are.
        "pools_links" links: List<'a, Link<'a>>,
    }
}

wire! {
    /// Reply that holds one pool.
    pub(crate) struct PoolReply<'a> {
        /// The pool.
        "pool" pool: Pool<'a>,
    }
}

wire! {
    /// A pool.
    pub(crate) struct Pool<'a> {
        /// Id of the pool.
        "id" id: Id<'a>,
        /// Name of the pool.
        "name" name: Id<'a>,
        /// Protocol in which the load balancer speaks to the backends.
        "protocol" protocol: Id<'a>,
        /// How connections are distributed.
        "lb_algorithm" algorithm: Id<'a>,
        /// The load balancers that use the pool.
        "loadbalancers" load_balancers: References<'a>,
        /// The listeners that the pool is bound to.
        "listeners" listeners: References<'a>,
        /// Id of the pool's health monitor; null where there is none.
        "healthmonitor_id" health_monitor_id: Id<'a>,
        /// State of its configuration, which is not health.
        "provisioning_status" provisioning_status: Id<'a>,
        /// Status word for the whole.
        "operating_status" operating_status: Id<'a>,
        /// Whether it is switched on.
        "admin_state_up" admin_state_up: bool,
    }
    unread {
        "members": "ids only; the member operations describe them",
        "description": "a text of the user's",
        "project_id": "who owns the pool",
        "session_persistence": "which member gets a connection, not whether one does",
        "created_at": "the time of the record",
        "updated_at": "the time of the record",
        "listener_id": "a filter of the call",
        "loadbalancer_id": "a filter of the call",
        "tags": "texts of the user's",
        "tls_container_ref": "how connections are made",
        "ca_tls_container_ref": "how connections are made",
        "crl_container_ref": "how connections are made",
        "tls_enabled": "how connections are made",
        "tls_ciphers": "how connections are made",
        "tls_versions": "how connections are made",
        "alpn_protocols": "how connections are made",
    }
}

wire! {
    /// Reply that holds health monitors.
    pub(crate) struct HealthMonitorsReply<'a> {
        /// The health monitors.
        "healthmonitors" monitors: List<'a, HealthMonitor<'a>>,
        /// Where other pages are.
        "healthmonitors_links" links: List<'a, Link<'a>>,
    }
}

wire! {
    /// Reply that holds one health monitor.
    pub(crate) struct HealthMonitorReply<'a> {
        /// The health monitor.
        "healthmonitor" monitor: HealthMonitor<'a>,
    }
}
