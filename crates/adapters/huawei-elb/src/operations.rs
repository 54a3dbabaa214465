//! The operations whose replies are read, and how they are told from each other.

use lbhealth_core::wire::{Shape, Wire};
use lbhealth_core::{DocumentKind, Operation, Signature};

use crate::{normalize, vocabulary, wire};

/// What only this product's members have, and those of OpenStack Octavia do not.
const fn member(any: &'static [&'static str], decisive: &'static [&'static str]) -> Signature {
    Signature::any(any).unlike(&["openstack-octavia"], decisive)
}

const MEMBER: Signature = member(
    &["/member"],
    &[
        "/member/availability_zone",
        "/member/instance_id",
        "/member/ip_version",
        "/member/member_type",
        "/member/reason",
        "/member/status",
        "/member/subnet_cidr_id",
    ],
)
.never(&["/member/subnet_id", "/member/tenant_id"]);

const MEMBERS_DECISIVE: &[&str] = &[
    "/members/#/availability_zone",
    "/members/#/instance_id",
    "/members/#/ip_version",
    "/members/#/member_type",
    "/members/#/reason",
    "/members/#/ret_status",
    "/members/#/status",
    "/members/#/subnet_cidr_id",
    "/page_info",
];
const MEMBERS_NEVER: &[&str] = &["/members/#/subnet_id", "/members/#/tenant_id"];

const MEMBER_SHAPE: &Shape = &<wire::MemberReply<'_> as Wire<'_>>::SHAPE;
const MEMBERS_SHAPE: &Shape = &<wire::MembersReply<'_> as Wire<'_>>::SHAPE;

const AT_LISTENER: &[&str] = &["listener_id", "pool_id", "backend_id", "port"];
const AT_POOL: &[&str] = &["pool_id", "backend_id", "port"];
const POOL: &[&str] = &["pool_id"];

/// The more special ones first: where several fit, the first is taken. Replies of `CreateMember` and `UpdateMember` cannot be told from
/// those of `ShowMember`, and have to be named where it matters.
pub(crate) static OPERATIONS: [Operation; 14] = [
    Operation::new("ShowMember", DocumentKind::Health, MEMBER, vocabulary::MEMBER_PAGE, MEMBER_SHAPE, normalize::member)
        .keyed_by(AT_LISTENER, POOL),
    Operation::new("CreateMember", DocumentKind::Health, MEMBER, vocabulary::CREATE_PAGE, MEMBER_SHAPE, normalize::member)
        .keyed_by(AT_LISTENER, POOL),
    Operation::new("UpdateMember", DocumentKind::Health, MEMBER, vocabulary::UPDATE_PAGE, MEMBER_SHAPE, normalize::member)
        .keyed_by(AT_LISTENER, POOL),
    Operation::new(
        "BatchCreateMembers",
        DocumentKind::Health,
        member(&["/members/#/ret_status"], MEMBERS_DECISIVE).never(MEMBERS_NEVER),
        vocabulary::BATCH_PAGE,
        MEMBERS_SHAPE,
        normalize::created,
    )
    .keyed_by(AT_LISTENER, POOL),
    Operation::new(
        "ListAllMembers",
        DocumentKind::Health,
        member(&["/members/#/loadbalancer_id", "/members/#/loadbalancers", "/members/#/pool_id"], MEMBERS_DECISIVE)
            .never(MEMBERS_NEVER),
        vocabulary::LIST_ALL_PAGE,
        MEMBERS_SHAPE,
        normalize::members,
    )
    .keyed_by(AT_LISTENER, &[]),
    Operation::new(
        "ListMembers",
        DocumentKind::Health,
        member(&["/members"], MEMBERS_DECISIVE).never(MEMBERS_NEVER),
        vocabulary::LIST_PAGE,
        MEMBERS_SHAPE,
        normalize::members,
    )
    .keyed_by(AT_LISTENER, POOL),
    Operation::new(
        "ShowMember/v2",
        DocumentKind::Health,
        member(&["/member/subnet_id", "/member/tenant_id"], &[]),
        vocabulary::V2_PAGE,
        &<wire::MemberReplyV2<'_> as Wire<'_>>::SHAPE,
        normalize::member_v2,
    )
    .keyed_by(AT_POOL, POOL),
    Operation::new(
        "ListMembers/v2",
        DocumentKind::Health,
        member(MEMBERS_NEVER, &[]),
        vocabulary::V2_PAGE,
        &<wire::MembersReplyV2<'_> as Wire<'_>>::SHAPE,
        normalize::members_v2,
    )
    .keyed_by(AT_POOL, POOL),
    Operation::new(
        "ShowMasterSlavePool",
        DocumentKind::Health,
        Signature::any(&["/pool/members/#/role"]),
        vocabulary::MASTER_SLAVE_PAGE,
        &<wire::MasterSlaveReply<'_> as Wire<'_>>::SHAPE,
        normalize::master_slave,
    )
    .keyed_by(AT_LISTENER, &[]),
    Operation::new(
        "ShowLoadBalancerStatus",
        DocumentKind::Health,
        member(&["/statuses"], &["/request_id"]),
        vocabulary::TREE_PAGE,
        &<wire::StatusTreeReply<'_> as Wire<'_>>::SHAPE,
        normalize::tree,
    )
    .keyed_by(AT_LISTENER, &[]),
    Operation::new(
        "ShowPool",
        DocumentKind::Inventory,
        member(&["/pool"], &["/request_id"]).never(&["/pool/tenant_id"]),
        vocabulary::POOL_PAGE,
        &<wire::PoolReply<'_> as Wire<'_>>::SHAPE,
        normalize::pool,
    )
    .keyed_by(AT_POOL, &[]),
    Operation::new(
        "ListPools",
        DocumentKind::Inventory,
        member(&["/pools"], &["/request_id"]).never(&["/pools/#/tenant_id"]),
        vocabulary::POOLS_PAGE,
        &<wire::PoolsReply<'_> as Wire<'_>>::SHAPE,
        normalize::pools,
    )
    .keyed_by(AT_POOL, &[]),
    Operation::new(
        "ShowHealthMonitor",
        DocumentKind::HealthChecks,
        member(&["/healthmonitor"], &["/request_id"]).never(&["/healthmonitor/tenant_id"]),
        vocabulary::MONITOR_PAGE,
        &<wire::HealthMonitorReply<'_> as Wire<'_>>::SHAPE,
        normalize::monitor,
    ),
    Operation::new(
        "ListHealthMonitors",
        DocumentKind::HealthChecks,
        member(&["/healthmonitors"], &["/request_id"]).never(&["/healthmonitors/#/tenant_id"]),
        vocabulary::MONITORS_PAGE,
        &<wire::HealthMonitorsReply<'_> as Wire<'_>>::SHAPE,
        normalize::monitors,
    ),
];
