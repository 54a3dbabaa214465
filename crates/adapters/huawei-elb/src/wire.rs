//! The payloads as the vendor documents them.

use lbhealth_core::wire;
use lbhealth_core::wire::{Id, List, Text};
use lbhealth_octavia::{HealthMonitor, References, Statuses};

wire! {
    /// Reply of `ShowMember`, `CreateMember` and `UpdateMember`.
    pub(crate) struct MemberReply<'a> {
        /// Id of the call.
        "request_id" request_id: Id<'a>,
        /// The member.
        "member" member: Member<'a>,
    }
}

wire! {
    /// Reply of `ListMembers`, `ListAllMembers`, `BatchCreateMembers` and `BatchUpdateMembers`.
    pub(crate) struct MembersReply<'a> {
        /// Id of the call.
        "request_id" request_id: Id<'a>,
        /// The members.
        "members" members: List<'a, Member<'a>>,
        /// Where the next page starts.
        "page_info" page_info: PageInfo<'a>,
    }
}

wire! {
    /// Where the next page starts.
    pub(crate) struct PageInfo<'a> {
        /// Id of the last record of this page. Its absence means the end; its presence does not prove another page.
        "next_marker" next_marker: Id<'a>,
    }
    unread {
        "previous_marker": "leads back",
        "current_count": "the list tells",
    }
}

wire! {
    /// A backend in a pool.
    pub(crate) struct Member<'a> {
        /// Id of the member; not the cloud server's.
        "id" id: Id<'a>,
        /// Name of the member; not the cloud server's.
        "name" name: Text<'a>,
        /// Zone of the backend. Newer replies only.
        "availability_zone" zone: Id<'a>,
        /// Whether the cloud server behind the member exists. What users write here is ignored.
        "admin_state_up" admin_state_up: bool,
        /// Subnet of the cloud server; empty for members that are only an address.
        "subnet_cidr_id" subnet_id: Id<'a>,
        /// Port of the backend; 0 or absent where the pool passes every port through.
        "protocol_port" port: u16,
        /// Share of new requests, 0 to 100; 0: none.
        "weight" weight: f64,
        /// Address of the backend.
        "address" address: Id<'a>,
        /// Status word that holds for every listener that `status` does not name.
        "operating_status" operating_status: Text<'a>,
        /// Status per listener.
        "status" listeners: List<'a, MemberStatus<'a>>,
        /// Why `operating_status` is as it is.
        "reason" reason: Reason<'a>,
        /// `instance` for cloud servers, `ip` for addresses. Newer replies only.
        "member_type" member_type: Text<'a>,
        /// Id of the cloud server; empty for addresses.
        "instance_id" instance_id: Id<'a>,
        /// Id of the pool. Lists over all pools only.
        "pool_id" pool_id: Id<'a>,
        /// Id of the load balancer. Lists over all pools only.
        "loadbalancer_id" load_balancer_id: Id<'a>,
        /// The load balancers of the pool. Lists over all pools only.
        "loadbalancers" load_balancers: References<'a>,
        /// `master` or `slave`. Active-standby pools only.
        "role" role: Text<'a>,
    }
    unread {
        "project_id": "who owns the member says nothing about its health",
        "ip_version": "the address tells",
        "created_at": "the time of the record, not of the verdict",
        "updated_at": "the time of the record, not of the verdict",
        "device_owner": "the vendor calls it unsupported",
        "device_id": "the vendor calls it unsupported",
        "port_id": "the network port says nothing about health",
        "ret_status": "the outcome of the request, not health",
    }
}

wire! {
    /// Status of a member at one listener.
    pub(crate) struct MemberStatus<'a> {
        /// Id of the listener.
        "listener_id" listener_id: Id<'a>,
        /// Status word.
        "operating_status" operating_status: Text<'a>,
        /// Why the status is as it is.
        "reason" reason: Reason<'a>,
    }
    unread {
        "created_at": "the vendor does not say that it is the time of the verdict",
        "updated_at": "the vendor does not say that it is the time of the verdict",
    }
}

wire! {
    /// Why a status is as it is.
    pub(crate) struct Reason<'a> {
        /// Reason word.
        "reason_code" code: Text<'a>,
        /// The status codes that the check accepts.
        "expected_response" expected: Text<'a>,
        /// The status code that the backend answered with.
        "healthcheck_response" actual: Text<'a>,
    }
}

wire! {
    /// Reply of `ShowMasterSlavePool`.
    pub(crate) struct MasterSlaveReply<'a> {
        /// Id of the call.
        "request_id" request_id: Id<'a>,
        /// The pool.
        "pool" pool: MasterSlavePool<'a>,
    }
}

wire! {
    /// Reply of `ListMasterSlavePools`.
    pub(crate) struct MasterSlavesReply<'a> {
        /// Id of the call.
        "request_id" request_id: Id<'a>,
        /// The pools.
        "pools" pools: List<'a, MasterSlavePool<'a>>,
        /// Where the next page starts.
        "page_info" page_info: PageInfo<'a>,
    }
}

wire! {
    /// An active-standby pool, and its members.
    pub(crate) struct MasterSlavePool<'a> {
        /// Id of the pool.
        "id" id: Id<'a>,
        /// How requests are distributed.
        "lb_algorithm" algorithm: Id<'a>,
        /// The listeners that the pool is bound to.
        "listeners" listeners: References<'a>,
        /// The load balancers that use the pool.
        "loadbalancers" load_balancers: References<'a>,
        /// The members.
        "members" members: List<'a, Member<'a>>,
    }
    unread {
        "name": "a name of the user's",
        "description": "a text of the user's",
        "project_id": "who owns the pool",
        "protocol": "says nothing about health",
        "session_persistence": "which member gets a request, not whether one does",
        "enterprise_project_id": "who owns the pool",
        "ip_version": "the addresses tell",
        "created_at": "the time of the record",
        "updated_at": "the time of the record",
        "vpc_id": "the network says nothing about health",
        "type": "the members' own type tells",
        "public_border_group": "the network says nothing about health",
        "healthmonitor": "the health monitor operations describe it",
        "any_port_enable": "the members' port tells",
        "connection_drain": "how long connections of a leaving member last",
        "quic_cid_hash_strategy": "how requests are distributed",
    }
}

wire! {
    /// Reply of `ShowPool`.
    pub(crate) struct PoolReply<'a> {
        /// Id of the call.
        "request_id" request_id: Id<'a>,
        /// The pool.
        "pool" pool: Pool<'a>,
    }
}

wire! {
    /// Reply of `ListPools`.
    pub(crate) struct PoolsReply<'a> {
        /// Id of the call.
        "request_id" request_id: Id<'a>,
        /// The pools.
        "pools" pools: List<'a, Pool<'a>>,
        /// Where the next page starts.
        "page_info" page_info: PageInfo<'a>,
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
        /// How requests are distributed.
        "lb_algorithm" algorithm: Id<'a>,
        /// The load balancers that use the pool.
        "loadbalancers" load_balancers: References<'a>,
        /// The listeners that the pool is bound to.
        "listeners" listeners: References<'a>,
        /// The members, by their ids; the member operations describe them.
        "members" members: References<'a>,
        /// Whether the backends' port is that of the listener.
        "any_port_enable" any_port: bool,
        /// When all members get requests although they fail.
        "pool_health" pool_health: PoolHealth<'a>,
        /// Which zones get the requests. Where it is on, `pool_health` has no effect.
        "az_affinity" az_affinity: AzAffinity<'a>,
        /// Id of the pool's health monitor; empty where there is none.
        "healthmonitor_id" health_monitor_id: Id<'a>,
    }
    unread {
        "admin_state_up": "only true is supported",
        "description": "a text of the user's",
        "project_id": "who owns the pool",
        "session_persistence": "which member gets a request, not whether one does",
        "ip_version": "the addresses tell",
        "slow_start": "how fast a new member gets its share",
        "member_deletion_protection_enable": "who may remove members",
        "created_at": "the time of the record",
        "updated_at": "the time of the record",
        "vpc_id": "the network says nothing about health",
        "type": "the members' own type tells",
        "protection_status": "who may change the pool",
        "protection_reason": "who may change the pool",
        "connection_drain": "how long connections of a leaving member last",
        "public_border_group": "the network says nothing about health",
        "quic_cid_hash_strategy": "how requests are distributed",
        "quic_cid_len": "how requests are distributed",
        "quic_cid_offset": "how requests are distributed",
        "enterprise_project_id": "who owns the pool",
    }
}

wire! {
    /// When all members get requests although they fail.
    pub(crate) struct PoolHealth<'a> {
        /// 1: when all are offline; 0: never.
        "minimum_healthy_member_count" minimum_healthy_member_count: u32,
    }
}

wire! {
    /// Which zones get the requests.
    pub(crate) struct AzAffinity<'a> {
        /// Whether backends of some zones are preferred.
        "enable" enabled: bool,
    }
    unread {
        "az_minimum_healthy_member_percentage": "when other zones get requests",
        "az_minimum_healthy_member_count": "when other zones get requests",
        "az_unhealthy_fallback_strategy": "which zones get requests then",
    }
}

wire! {
    /// Reply of `ShowHealthMonitor`.
    pub(crate) struct HealthMonitorReply<'a> {
        /// Id of the call.
        "request_id" request_id: Id<'a>,
        /// The health monitor.
        "healthmonitor" monitor: HealthMonitor<'a>,
    }
}

wire! {
    /// Reply of `ListHealthMonitors`.
    pub(crate) struct HealthMonitorsReply<'a> {
        /// Id of the call.
        "request_id" request_id: Id<'a>,
        /// The health monitors.
        "healthmonitors" monitors: List<'a, HealthMonitor<'a>>,
        /// Where the next page starts.
        "page_info" page_info: PageInfo<'a>,
    }
}

wire! {
    /// Reply of `ShowLoadBalancerStatus`.
    pub(crate) struct StatusTreeReply<'a> {
        /// Id of the call.
        "request_id" request_id: Id<'a>,
        /// The tree.
        "statuses" statuses: Statuses<'a>,
    }
}

wire! {
    /// Reply of version 2 that holds one member.
    pub(crate) struct MemberReplyV2<'a> {
        /// The member.
        "member" member: MemberV2<'a>,
    }
}

wire! {
    /// Reply of version 2 that holds the members of a pool.
    pub(crate) struct MembersReplyV2<'a> {
        /// The members.
        "members" members: List<'a, MemberV2<'a>>,
    }
}

wire! {
    /// A backend in a pool, as version 2 describes it.
    pub(crate) struct MemberV2<'a> {
        /// Id of the member.
        "id" id: Id<'a>,
        /// Name of the member.
        "name" name: Text<'a>,
        /// Whether the cloud server behind the member exists. What users write here is ignored.
        "admin_state_up" admin_state_up: bool,
        /// Subnet of the cloud server.
        "subnet_id" subnet_id: Id<'a>,
        /// Port of the backend.
        "protocol_port" port: u16,
        /// Share of new requests; 0: none.
        "weight" weight: f64,
        /// Address of the backend.
        "address" address: Id<'a>,
        /// Status word.
        "operating_status" operating_status: Text<'a>,
    }
    unread {
        "project_id": "who owns the member",
        "tenant_id": "who owns the member",
    }
}
