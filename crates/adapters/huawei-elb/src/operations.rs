//! The operations whose replies are read, and how they are told from each other.

use lbhealth_core::wire::{Shape, Wire};
use lbhealth_core::{DocumentKind, Operation, Signature};
use lbhealth_octavia::FAMILY;

use crate::{normalize, vocabulary, wire};

/// A reply that other products of the family do not have: one of the `decisive` keys is this product's own.
const fn member(any: &'static [&'static str], decisive: &'static [&'static str]) -> Signature {
    Signature::any(any).of_family(FAMILY, decisive)
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
.never(&[
    "/member/backup",
    "/member/monitor_address",
    "/member/provisioning_status",
    "/member/subnet_id",
    "/member/tenant_id",
    "/member/vnic_type",
]);

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
/// What only version 2 has.
const MEMBERS_V2: &[&str] = &["/members/#/subnet_id", "/members/#/tenant_id"];
/// What only other products of the family have.
const MEMBERS_OF_OTHERS: &[&str] = &[
    "/members/#/backup",
    "/members/#/monitor_address",
    "/members/#/provisioning_status",
    "/members/#/vnic_type",
    "/members_links",
];

/// What lists never have: an outcome, which replies to changes of several members have, comes first.
const NEVER_IN_LISTS: &[&str] = &[
    "/members/#/ret_status",
    "/members/#/backup",
    "/members/#/monitor_address",
    "/members/#/provisioning_status",
    "/members/#/subnet_id",
    "/members/#/tenant_id",
    "/members/#/vnic_type",
    "/members_links",
];
const MEMBERS_NEVER: &[&str] = NEVER_IN_LISTS.split_at(1).1;

const MEMBER_SHAPE: &Shape = &<wire::MemberReply<'_> as Wire<'_>>::SHAPE;
const MEMBERS_SHAPE: &Shape = &<wire::MembersReply<'_> as Wire<'_>>::SHAPE;

const AT_LISTENER: &[&str] = &["listener_id", "pool_id", "backend_id", "port"];
const AT_POOL: &[&str] = &["pool_id", "backend_id", "port"];
const POOL: &[&str] = &["pool_id"];

/// The more special ones first: where several fit, the first is taken. Replies of `CreateMember` and `UpdateMember` cannot be told from
/// those of `ShowMember`, and have to be named where it matters.
pub(crate) static OPERATIONS: [Operation; 16] = [
    Operation::new("ShowMember", DocumentKind::Health, MEMBER, vocabulary::MEMBER_PAGE, MEMBER_SHAPE, normalize::member)
        .keyed_by(AT_LISTENER, POOL),
    Operation::new("CreateMember", DocumentKind::Health, MEMBER, vocabulary::CREATE_PAGE, MEMBER_SHAPE, normalize::member)
        .keyed_by(AT_LISTENER, POOL),
    Operation::new("UpdateMember", DocumentKind::Health, MEMBER, vocabulary::UPDATE_PAGE, MEMBER_SHAPE, normalize::member)
        .keyed_by(AT_LISTENER, POOL),
    Operation::new(
        "BatchCreateMembers",
        DocumentKind::Health,
        // The reply to a deletion has nothing but ids and outcomes.
        member(&["/members/#/ret_status"], MEMBERS_DECISIVE)
            .with(&["/members/#/address", "/members/#/operating_status"])
            .never(MEMBERS_NEVER),
        vocabulary::BATCH_PAGE,
        MEMBERS_SHAPE,
        normalize::some_members,
    )
    .keyed_by(AT_LISTENER, POOL),
    Operation::new(
        "BatchUpdateMembers",
        DocumentKind::Health,
        // Only what was changed in a batch has it.
        member(&["/members/#/port_id"], MEMBERS_DECISIVE).never(NEVER_IN_LISTS),
        vocabulary::BATCH_UPDATE_PAGE,
        MEMBERS_SHAPE,
        normalize::some_members,
    )
    .keyed_by(AT_LISTENER, POOL),
    Operation::new(
        "ListAllMembers",
        DocumentKind::Health,
        member(&["/members/#/loadbalancer_id", "/members/#/loadbalancers", "/members/#/pool_id"], MEMBERS_DECISIVE)
            .never(NEVER_IN_LISTS),
        vocabulary::LIST_ALL_PAGE,
        MEMBERS_SHAPE,
        normalize::members,
    )
    .keyed_by(AT_LISTENER, &[]),
    Operation::new(
        "ListMembers",
        DocumentKind::Health,
        member(&["/members"], MEMBERS_DECISIVE).never(NEVER_IN_LISTS),
        vocabulary::LIST_PAGE,
        MEMBERS_SHAPE,
        normalize::members,
    )
    .keyed_by(AT_LISTENER, POOL),
    Operation::new(
        "ShowMember/v2",
        DocumentKind::Health,
        member(&["/member/subnet_id", "/member/tenant_id"], &[]).never(&[
            "/member/backup",
            "/member/monitor_address",
            "/member/provisioning_status",
            "/member/vnic_type",
        ]),
        vocabulary::V2_PAGE,
        &<wire::MemberReplyV2<'_> as Wire<'_>>::SHAPE,
        normalize::member_v2,
    )
    .keyed_by(AT_LISTENER, POOL),
    Operation::new(
        "ListMembers/v2",
        DocumentKind::Health,
        member(MEMBERS_V2, &[]).never(MEMBERS_OF_OTHERS),
        vocabulary::V2_PAGE,
        &<wire::MembersReplyV2<'_> as Wire<'_>>::SHAPE,
        normalize::members_v2,
    )
    .keyed_by(AT_LISTENER, POOL),
    Operation::new(
        "ShowMasterSlavePool",
        DocumentKind::Health,
        Signature::any(&["/pool/members/#/role", "/pool/healthmonitor"]).never(&["/pool/operating_status", "/pool/tenant_id"]),
        vocabulary::MASTER_SLAVE_PAGE,
        &<wire::MasterSlaveReply<'_> as Wire<'_>>::SHAPE,
        normalize::master_slave,
    )
    .keyed_by(AT_LISTENER, &[]),
    Operation::new(
        "ListMasterSlavePools",
        DocumentKind::Health,
        Signature::any(&["/pools/#/members/#/role", "/pools/#/healthmonitor"])
            .never(&["/pools/#/operating_status", "/pools/#/tenant_id"]),
        vocabulary::MASTER_SLAVES_PAGE,
        &<wire::MasterSlavesReply<'_> as Wire<'_>>::SHAPE,
        normalize::master_slaves,
    )
    .keyed_by(AT_LISTENER, &[]),
    Operation::new(
        "ShowLoadBalancerStatus",
        DocumentKind::Health,
        member(&["/statuses"], &["/request_id"]).never(&[
            "/statuses/loadbalancer/listeners/#/pools/#/health_monitor",
            "/statuses/loadbalancer/listeners/#/pools/#/members/#/name",
            "/statuses/loadbalancer/pools/#/health_monitor",
            "/statuses/loadbalancer/pools/#/members/#/name",
        ]),
        vocabulary::TREE_PAGE,
        &<wire::StatusTreeReply<'_> as Wire<'_>>::SHAPE,
        normalize::tree,
    )
    .keyed_by(AT_LISTENER, &[]),
    Operation::new(
        "ShowPool",
        DocumentKind::Inventory,
        member(&["/pool"], &["/request_id"]).never(&[
            // An active-standby pool has its members and its health monitor in it.
            "/pool/healthmonitor",
            "/pool/members/#/operating_status",
            "/pool/operating_status",
            "/pool/tenant_id",
        ]),
        vocabulary::POOL_PAGE,
        &<wire::PoolReply<'_> as Wire<'_>>::SHAPE,
        normalize::pool,
    )
    .keyed_by(AT_POOL, &[]),
    Operation::new(
        "ListPools",
        DocumentKind::Inventory,
        member(&["/pools"], &["/request_id"])
            // A health monitor alone has a list of this name too.
            .never(&[
                "/max_retries",
                // A list of active-standby pools, and the reply to a deletion.
                "/pools/#/healthmonitor",
                "/pools/#/members/#/operating_status",
                "/pools/#/operating_status",
                "/pools/#/ret_status",
                "/pools/#/tenant_id",
                "/pools_links",
            ]),
        vocabulary::POOLS_PAGE,
        &<wire::PoolsReply<'_> as Wire<'_>>::SHAPE,
        normalize::pools,
    )
    .keyed_by(AT_POOL, &[]),
    Operation::new(
        "ShowHealthMonitor",
        DocumentKind::HealthChecks,
        member(&["/healthmonitor"], &["/request_id"]).never(&["/healthmonitor/operating_status", "/healthmonitor/tenant_id"]),
        vocabulary::MONITOR_PAGE,
        &<wire::HealthMonitorReply<'_> as Wire<'_>>::SHAPE,
        normalize::monitor,
    ),
    Operation::new(
        "ListHealthMonitors",
        DocumentKind::HealthChecks,
        member(&["/healthmonitors"], &["/request_id"]).never(&[
            "/healthmonitors/#/operating_status",
            "/healthmonitors/#/tenant_id",
            "/healthmonitors_links",
        ]),
        vocabulary::MONITORS_PAGE,
        &<wire::HealthMonitorsReply<'_> as Wire<'_>>::SHAPE,
        normalize::monitors,
    ),
];
