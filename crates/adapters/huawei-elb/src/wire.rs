//! The payloads as the vendor documents them.

use lbhealth_core::wire;
use lbhealth_core::wire::{Id, List, Text};

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
    /// Reply of `ListMembers`, `ListAllMembers` and `BatchCreateMembers`.
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
        "loadbalancers" load_balancers: List<'a, Reference<'a>>,
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
    /// A reference to something by its id.
    pub(crate) struct Reference<'a> {
        /// Id of it.
        "id" id: Id<'a>,
    }
}
