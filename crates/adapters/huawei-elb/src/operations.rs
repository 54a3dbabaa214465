//! The operations whose replies are read, and what tells them from others. Names such as `operatingStatus` are of replies whose fields an SDK
//! renamed: of those, only the fields of one word would be read.

use lbhealth_core::wire::{Shape, shape};
use lbhealth_core::{DocumentKind, Operation, Signature};
use lbhealth_octavia::shared;

use crate::{normalize, vocabulary, wire};

const CREATE_PAGE: &str = "https://support.huaweicloud.com/api-elb/CreateMember.html";
const UPDATE_PAGE: &str = "https://support.huaweicloud.com/api-elb/UpdateMember.html";
const BATCH_PAGE: &str = "https://support.huaweicloud.com/api-elb/BatchCreateMembers.html";
const BATCH_UPDATE_PAGE: &str = "https://support.huaweicloud.com/api-elb/BatchUpdateMembers.html";
const MASTER_SLAVE_PAGE: &str = "https://support.huaweicloud.com/api-elb/ShowMasterSlavePool.html";
const MASTER_SLAVES_PAGE: &str = "https://support.huaweicloud.com/api-elb/ListMasterSlavePools.html";
const TREE_PAGE: &str = "https://support.huaweicloud.com/api-elb/ShowLoadBalancerStatus.html";
const V2_PAGE: &str = "https://github.com/huaweicloud/huaweicloud-sdk-python-v3";
const POOL_PAGE: &str = "https://support.huaweicloud.com/api-elb/ShowPool.html";
const POOLS_PAGE: &str = "https://support.huaweicloud.com/api-elb/ListPools.html";
const MONITOR_PAGE: &str = "https://support.huaweicloud.com/api-elb/ShowHealthMonitor.html";
const MONITORS_PAGE: &str = "https://support.huaweicloud.com/api-elb/ListHealthMonitors.html";
const LIST_PAGE: &str = "https://support.huaweicloud.com/api-elb/ListMembers.html";
const LIST_ALL_PAGE: &str = "https://support.huaweicloud.com/api-elb/ListAllMembers.html";

const MEMBER: Signature = shared(
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
    "/member/operatingStatus",
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
    "/members/#/operatingStatus",
    "/members/#/provisioning_status",
    "/members/#/subnet_id",
    "/members/#/tenant_id",
    "/members/#/vnic_type",
    "/members_links",
];
const MEMBERS_NEVER: &[&str] = NEVER_IN_LISTS.split_at(1).1;

const MEMBER_SHAPE: &Shape = shape::<wire::MemberReply<'_>>();
const MEMBERS_SHAPE: &Shape = shape::<wire::MembersReply<'_>>();

const AT_LISTENER: &[&str] = &["listener_id", "pool_id", "backend_id", "port"];
const AT_POOL: &[&str] = &["pool_id", "backend_id", "port"];
const POOL: &[&str] = &["pool_id"];

/// The more special ones first: where several fit, the first is taken. Replies of `CreateMember` and `UpdateMember` cannot be told from
/// those of `ShowMember`, and have to be named where it matters.
pub(crate) static OPERATIONS: [Operation; 16] = [
    Operation::new("ShowMember", DocumentKind::Health, MEMBER, vocabulary::MEMBER_PAGE, MEMBER_SHAPE, normalize::member)
        .keyed_by(AT_LISTENER, POOL),
    Operation::new("CreateMember", DocumentKind::Health, MEMBER, CREATE_PAGE, MEMBER_SHAPE, normalize::member)
        .keyed_by(AT_LISTENER, POOL),
    Operation::new("UpdateMember", DocumentKind::Health, MEMBER, UPDATE_PAGE, MEMBER_SHAPE, normalize::member)
        .keyed_by(AT_LISTENER, POOL),
    Operation::new(
        "BatchCreateMembers",
        DocumentKind::Health,
        // The reply to a deletion has nothing but ids and outcomes.
        shared(&["/members/#/ret_status"], MEMBERS_DECISIVE)
            .with(&["/members/#/address", "/members/#/operating_status"])
            .never(MEMBERS_NEVER),
        BATCH_PAGE,
        MEMBERS_SHAPE,
        normalize::some_members,
    )
    .keyed_by(AT_LISTENER, POOL),
    Operation::new(
        "BatchUpdateMembers",
        DocumentKind::Health,
        // Only what was changed in a batch has it.
        shared(&["/members/#/port_id"], MEMBERS_DECISIVE).never(NEVER_IN_LISTS),
        BATCH_UPDATE_PAGE,
        MEMBERS_SHAPE,
        normalize::some_members,
    )
    .keyed_by(AT_LISTENER, POOL),
    Operation::new(
        "ListAllMembers",
        DocumentKind::Health,
        shared(&["/members"], MEMBERS_DECISIVE)
            .with(&["/members/#/loadbalancer_id", "/members/#/loadbalancers", "/members/#/pool_id"])
            .never(NEVER_IN_LISTS),
        LIST_ALL_PAGE,
        MEMBERS_SHAPE,
        normalize::members,
    )
    .keyed_by(AT_LISTENER, &[]),
    Operation::new(
        "ListMembers",
        DocumentKind::Health,
        shared(&["/members"], MEMBERS_DECISIVE).never(NEVER_IN_LISTS),
        LIST_PAGE,
        MEMBERS_SHAPE,
        normalize::members,
    )
    .keyed_by(AT_LISTENER, POOL),
    Operation::new(
        "ShowMember/v2",
        DocumentKind::Health,
        shared(&["/member/subnet_id", "/member/tenant_id"], &[]).never(&[
            "/member/backup",
            "/member/monitor_address",
            "/member/provisioning_status",
            "/member/vnic_type",
        ]),
        V2_PAGE,
        shape::<wire::MemberReplyV2<'_>>(),
        normalize::member_v2,
    )
    .keyed_by(AT_LISTENER, POOL),
    Operation::new(
        "ListMembers/v2",
        DocumentKind::Health,
        shared(MEMBERS_V2, &[]).never(MEMBERS_OF_OTHERS),
        V2_PAGE,
        shape::<wire::MembersReplyV2<'_>>(),
        normalize::members_v2,
    )
    .keyed_by(AT_LISTENER, POOL),
    Operation::new(
        "ShowMasterSlavePool",
        DocumentKind::Health,
        Signature::any(&["/pool/members/#/role", "/pool/healthmonitor"]).never(&[
            "/pool/lbAlgorithm",
            "/pool/operating_status",
            "/pool/tenant_id",
        ]),
        MASTER_SLAVE_PAGE,
        shape::<wire::MasterSlaveReply<'_>>(),
        normalize::master_slave,
    )
    .keyed_by(AT_LISTENER, &[]),
    Operation::new(
        "ListMasterSlavePools",
        DocumentKind::Health,
        Signature::any(&["/pools/#/members/#/role", "/pools/#/healthmonitor"]).never(&[
            "/pools/#/lbAlgorithm",
            "/pools/#/operating_status",
            "/pools/#/tenant_id",
        ]),
        MASTER_SLAVES_PAGE,
        shape::<wire::MasterSlavesReply<'_>>(),
        normalize::master_slaves,
    )
    .keyed_by(AT_LISTENER, &[]),
    Operation::new(
        "ShowLoadBalancerStatus",
        DocumentKind::Health,
        shared(&["/statuses"], &["/request_id"]).never(&[
            "/statuses/loadbalancer/listeners/#/pools/#/health_monitor",
            "/statuses/loadbalancer/listeners/#/pools/#/members/#/name",
            "/statuses/loadbalancer/operatingStatus",
            "/statuses/loadbalancer/pools/#/health_monitor",
            "/statuses/loadbalancer/pools/#/members/#/name",
        ]),
        TREE_PAGE,
        shape::<wire::StatusTreeReply<'_>>(),
        normalize::tree,
    )
    .keyed_by(AT_LISTENER, &[]),
    Operation::new(
        "ShowPool",
        DocumentKind::Inventory,
        shared(&["/pool"], &["/request_id"]).never(&[
            // An active-standby pool has its members and its health monitor in it.
            "/pool/healthmonitor",
            "/pool/lbAlgorithm",
            "/pool/members/#/operating_status",
            "/pool/operating_status",
            "/pool/tenant_id",
        ]),
        POOL_PAGE,
        shape::<wire::PoolReply<'_>>(),
        normalize::pool,
    )
    .keyed_by(AT_POOL, &[]),
    Operation::new(
        "ListPools",
        DocumentKind::Inventory,
        shared(&["/pools"], &["/request_id"])
            // A health monitor or a load balancer alone has a list of this name too.
            .never(&[
                "/delay",
                "/listeners",
                "/max_retries",
                // A list of active-standby pools, and the reply to a deletion.
                "/pools/#/healthmonitor",
                "/pools/#/lbAlgorithm",
                "/pools/#/members/#/operating_status",
                "/pools/#/operating_status",
                "/pools/#/ret_status",
                "/pools/#/tenant_id",
                "/pools_links",
            ]),
        POOLS_PAGE,
        shape::<wire::PoolsReply<'_>>(),
        normalize::pools,
    )
    .keyed_by(AT_POOL, &[]),
    Operation::new(
        "ShowHealthMonitor",
        DocumentKind::HealthChecks,
        shared(&["/healthmonitor"], &["/request_id"]).never(&[
            "/healthmonitor/maxRetries",
            "/healthmonitor/operating_status",
            "/healthmonitor/tenant_id",
        ]),
        MONITOR_PAGE,
        shape::<wire::HealthMonitorReply<'_>>(),
        normalize::monitor,
    ),
    Operation::new(
        "ListHealthMonitors",
        DocumentKind::HealthChecks,
        shared(&["/healthmonitors"], &["/request_id"]).never(&[
            "/healthmonitors/#/maxRetries",
            "/healthmonitors/#/operating_status",
            "/healthmonitors/#/tenant_id",
            "/healthmonitors_links",
        ]),
        MONITORS_PAGE,
        shape::<wire::HealthMonitorsReply<'_>>(),
        normalize::monitors,
    ),
];
