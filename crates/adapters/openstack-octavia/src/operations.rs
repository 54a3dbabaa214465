//! The operations whose replies are read, and what tells them from others.

use lbhealth_core::wire::shape;
use lbhealth_core::{DocumentKind, Operation, Signature};
use lbhealth_octavia::shared;

use crate::{normalize, wire};

const MEMBERS_PAGE: &str = "https://docs.openstack.org/api-ref/load-balancer/v2/index.html#list-members";
const MEMBER_PAGE: &str = "https://docs.openstack.org/api-ref/load-balancer/v2/index.html#show-member-details";
const STATUS_PAGE: &str = "https://docs.openstack.org/api-ref/load-balancer/v2/index.html#get-the-load-balancer-status-tree";
const POOLS_PAGE: &str = "https://docs.openstack.org/api-ref/load-balancer/v2/index.html#list-pools";
const POOL_PAGE: &str = "https://docs.openstack.org/api-ref/load-balancer/v2/index.html#show-pool-details";
const MONITORS_PAGE: &str = "https://docs.openstack.org/api-ref/load-balancer/v2/index.html#list-health-monitors";
const MONITOR_PAGE: &str = "https://docs.openstack.org/api-ref/load-balancer/v2/index.html#show-health-monitor-details";
/// The command line.
const CLIENT_PAGE: &str = "https://docs.openstack.org/python-octaviaclient/latest/cli/index.html";

const AT_LISTENER: &[&str] = &["listener_id", "pool_id", "backend_id", "port"];
const POOL: &[&str] = &["pool_id"];

/// The names are those of the vendor's Python client; `/cli` is what its command line prints of the same reply: for members a list of
/// them (`member list`) or one alone (`member show`).
pub(crate) static OPERATIONS: [Operation; 10] = [
    Operation::new(
        "member_list",
        DocumentKind::Health,
        shared(
            &["/members"],
            &[
                "/members/#/backup",
                "/members/#/monitor_address",
                "/members/#/provisioning_status",
                "/members/#/vnic_type",
                "/members_links",
            ],
        )
        .never(&[
            "/members/#/instance_id",
            "/members/#/ip_version",
            "/members/#/is_admin_state_up",
            "/members/#/member_type",
            "/members/#/operatingStatus",
            "/members/#/reason",
            "/members/#/ret_status",
            "/members/#/status",
            "/members/#/subnet_cidr_id",
            "/members/#/tenant_id",
            "/page_info",
            "/request_id",
        ]),
        MEMBERS_PAGE,
        shape::<wire::MembersReply<'_>>(),
        normalize::members,
    )
    .keyed_by(AT_LISTENER, POOL),
    Operation::new(
        "member_show",
        DocumentKind::Health,
        shared(&["/member"], &["/member/backup", "/member/monitor_address", "/member/provisioning_status", "/member/vnic_type"])
            .never(&[
                "/member/instance_id",
                "/member/ip_version",
                "/member/is_admin_state_up",
                "/member/member_type",
                "/member/operatingStatus",
                "/member/reason",
                "/member/status",
                "/member/subnet_cidr_id",
                "/member/tenant_id",
                "/request_id",
            ]),
        MEMBER_PAGE,
        shape::<wire::MemberReply<'_>>(),
        normalize::member,
    )
    .keyed_by(AT_LISTENER, POOL),
    Operation::new(
        "member_list/cli",
        DocumentKind::Health,
        shared(&["/protocol_port"], &["/backup", "/monitor_address", "/provisioning_status", "/vnic_type"])
            // A member of another product alone, or a listener, which has a port of this name too.
            .never(&[
                "/connection_limit",
                "/default_pool_id",
                "/instance_id",
                "/ip_version",
                "/is_admin_state_up",
                "/loadbalancers",
                "/member_type",
                "/protocol",
                "/reason",
                "/status",
                "/subnet_cidr_id",
                "/tenant_id",
            ]),
        CLIENT_PAGE,
        shape::<wire::Member<'_>>(),
        normalize::printed_members,
    )
    .keyed_by(AT_LISTENER, POOL)
    .listed(),
    Operation::new(
        "load_balancer_status_show",
        DocumentKind::Health,
        shared(
            &["/statuses"],
            &[
                "/statuses/loadbalancer/listeners/#/pools/#/health_monitor",
                "/statuses/loadbalancer/listeners/#/pools/#/members/#/name",
                "/statuses/loadbalancer/pools/#/health_monitor",
                "/statuses/loadbalancer/pools/#/members/#/name",
            ],
        )
        .never(&["/request_id", "/statuses/loadbalancer/operatingStatus"]),
        STATUS_PAGE,
        shape::<wire::StatusTreeReply<'_>>(),
        normalize::tree,
    )
    .keyed_by(AT_LISTENER, &[]),
    Operation::new(
        "load_balancer_status_show/cli",
        DocumentKind::Health,
        shared(
            &["/loadbalancer"],
            &[
                "/loadbalancer/listeners/#/pools/#/health_monitor",
                "/loadbalancer/listeners/#/pools/#/members/#/name",
                "/loadbalancer/pools/#/health_monitor",
                "/loadbalancer/pools/#/members/#/name",
            ],
        )
        // The load balancer itself, and not its tree.
        .never(&["/loadbalancer/admin_state_up", "/loadbalancer/provider", "/loadbalancer/vip_address", "/request_id"]),
        CLIENT_PAGE,
        shape::<lbhealth_octavia::Statuses<'_>>(),
        normalize::printed_tree,
    )
    .keyed_by(AT_LISTENER, &[]),
    Operation::new(
        "pool_list",
        DocumentKind::Inventory,
        shared(&["/pools"], &["/pools/#/operating_status", "/pools/#/provisioning_status", "/pools_links"])
            // A health monitor or a load balancer alone names its pools too.
            .never(&[
                "/delay",
                "/listeners",
                "/max_retries_down",
                "/pools/#/is_admin_state_up",
                "/pools/#/lbAlgorithm",
                "/pools/#/tenant_id",
                "/request_id",
            ]),
        POOLS_PAGE,
        shape::<wire::PoolsReply<'_>>(),
        normalize::pools,
    ),
    Operation::new(
        "pool_show",
        DocumentKind::Inventory,
        shared(&["/pool"], &["/pool/operating_status", "/pool/provisioning_status"]).never(&[
            "/pool/is_admin_state_up",
            "/pool/lbAlgorithm",
            "/pool/tenant_id",
            "/request_id",
        ]),
        POOL_PAGE,
        shape::<wire::PoolReply<'_>>(),
        normalize::pool,
    ),
    Operation::new(
        "health_monitor_list",
        DocumentKind::HealthChecks,
        shared(
            &["/healthmonitors"],
            &["/healthmonitors/#/operating_status", "/healthmonitors/#/provisioning_status", "/healthmonitors_links"],
        )
        .never(&[
            "/healthmonitors/#/is_admin_state_up",
            "/healthmonitors/#/maxRetries",
            "/healthmonitors/#/tenant_id",
            "/request_id",
        ]),
        MONITORS_PAGE,
        shape::<wire::HealthMonitorsReply<'_>>(),
        normalize::monitors,
    ),
    Operation::new(
        "health_monitor_show",
        DocumentKind::HealthChecks,
        shared(&["/healthmonitor"], &["/healthmonitor/operating_status", "/healthmonitor/provisioning_status"]).never(&[
            "/healthmonitor/is_admin_state_up",
            "/healthmonitor/maxRetries",
            "/healthmonitor/tenant_id",
            "/request_id",
        ]),
        MONITOR_PAGE,
        shape::<wire::HealthMonitorReply<'_>>(),
        normalize::monitor,
    ),
    Operation::new(
        "health_monitor_show/cli",
        DocumentKind::HealthChecks,
        Signature::any(&["/max_retries_down"]).never(&["/is_admin_state_up"]),
        CLIENT_PAGE,
        shape::<lbhealth_octavia::HealthMonitor<'_>>(),
        normalize::printed_monitor,
    ),
];
