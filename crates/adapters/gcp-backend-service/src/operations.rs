//! The operations whose replies are read, and what tells them from others. Every reply says in `kind` what it is; what the command line
//! prints of a single group or endpoint does not.

use lbhealth_core::wire::shape;
use lbhealth_core::{DocumentKind, Operation, Signature};

use crate::{normalize, vocabulary, wire};

const TARGET_POOL_PAGE: &str = "https://cloud.google.com/compute/docs/reference/rest/v1/targetPools/getHealth";
const COMMAND_PAGE: &str = "https://cloud.google.com/sdk/gcloud/reference/compute/backend-services/get-health";
const CHECK_PAGE: &str = "https://cloud.google.com/compute/docs/reference/rest/v1/healthChecks/get";
const CHECKS_PAGE: &str = "https://cloud.google.com/compute/docs/reference/rest/v1/healthChecks/list";
const HTTP_CHECK_PAGE: &str = "https://cloud.google.com/compute/docs/reference/rest/v1/httpHealthChecks/get";
const HTTPS_CHECK_PAGE: &str = "https://cloud.google.com/compute/docs/reference/rest/v1/httpsHealthChecks/get";

/// Names with underscores, as a client of the vendor's makes them, and in lower case, as tables do. By its `kind` such a reply would pass for one
/// that holds nothing.
const RENAMED_CHECK: &[&str] = &[
    "/check_interval_sec",
    "/checkintervalsec",
    "/timeout_sec",
    "/timeoutsec",
    "/healthy_threshold",
    "/healthythreshold",
    "/unhealthy_threshold",
    "/unhealthythreshold",
    "/self_link",
    "/selflink",
];

pub(crate) static OPERATIONS: [Operation; 9] = [
    Operation::new(
        vocabulary::GET_HEALTH,
        DocumentKind::Health,
        Signature::any(&[
            "/kind=compute#backendServiceGroupHealth",
            "/healthStatus/#/healthState",
            "/healthStatus/#/ipv6HealthState",
            "/healthStatus/#/instance",
        ])
        .never(&["/kind=compute#targetPoolInstanceHealth", "/health_status", "/healthstatus"]),
        vocabulary::HEALTH_PAGE,
        shape::<wire::GroupHealth<'_>>(),
        normalize::group_health,
    )
    .keyed_by(&["rule_id", "pool_id", "backend_id", "port", "observer"], &["pool_id"]),
    Operation::new(
        vocabulary::GET_HEALTH_COMMAND,
        DocumentKind::Health,
        Signature::any(&["/status/kind=compute#backendServiceGroupHealth", "/status/healthStatus"])
            .never(&["/status/health_status", "/status/healthstatus"]),
        COMMAND_PAGE,
        shape::<wire::Backend<'_>>(),
        normalize::groups_health,
    )
    .keyed_by(&["rule_id", "pool_id", "backend_id", "port", "observer"], &[])
    .listed(),
    Operation::new(
        vocabulary::TARGET_POOL_HEALTH,
        DocumentKind::Health,
        Signature::any(&["/kind=compute#targetPoolInstanceHealth"]).never(&["/health_status", "/healthstatus"]),
        TARGET_POOL_PAGE,
        shape::<wire::GroupHealth<'_>>(),
        normalize::group_health,
    )
    .keyed_by(&["rule_id", "pool_id", "backend_id", "port", "observer"], &["pool_id"])
    .listed(),
    Operation::new(
        vocabulary::LIST_ENDPOINTS,
        DocumentKind::Health,
        Signature::any(&["/kind=compute#networkEndpointGroupsListNetworkEndpoints", "/items/#/networkEndpoint"]).never(&[
            "/items/#/network_endpoint",
            "/items/#/networkendpoint",
            "/next_page_token",
            "/nextpagetoken",
        ]),
        vocabulary::ENDPOINTS_PAGE,
        shape::<wire::ListNetworkEndpoints<'_>>(),
        normalize::endpoints,
    )
    .keyed_by(&["load_balancer_id", "rule_id", "pool_id", "backend_id", "port", "observer"], &["pool_id"]),
    Operation::new(
        vocabulary::LIST_ENDPOINTS_COMMAND,
        DocumentKind::Health,
        Signature::any(&["/networkEndpoint"]),
        vocabulary::ENDPOINTS_COMMAND_PAGE,
        shape::<wire::EndpointHealth<'_>>(),
        normalize::listed_endpoints,
    )
    .keyed_by(&["load_balancer_id", "rule_id", "pool_id", "backend_id", "port", "observer"], &["pool_id"])
    .listed(),
    Operation::new(
        "healthChecks.get",
        DocumentKind::HealthChecks,
        Signature::any(&[
            "/kind=compute#healthCheck",
            "/grpcHealthCheck",
            "/grpcTlsHealthCheck",
            "/http2HealthCheck",
            "/httpHealthCheck",
            "/httpsHealthCheck",
            "/sslHealthCheck",
            "/tcpHealthCheck",
        ])
        .never(RENAMED_CHECK),
        CHECK_PAGE,
        shape::<wire::HealthCheckResource<'_>>(),
        normalize::health_checks,
    )
    .listed(),
    Operation::new(
        "healthChecks.list",
        DocumentKind::HealthChecks,
        Signature::any(&["/kind=compute#healthCheckList"]).never(&[
            "/items/#/check_interval_sec",
            "/items/#/checkintervalsec",
            "/items/#/self_link",
            "/items/#/selflink",
            "/next_page_token",
            "/nextpagetoken",
        ]),
        CHECKS_PAGE,
        shape::<wire::HealthCheckList<'_>>(),
        normalize::health_check_list,
    ),
    Operation::new(
        vocabulary::HTTP_CHECK,
        DocumentKind::HealthChecks,
        Signature::any(&["/kind=compute#httpHealthCheck"]).never(RENAMED_CHECK),
        HTTP_CHECK_PAGE,
        shape::<wire::LegacyHealthCheck<'_>>(),
        normalize::legacy_health_checks,
    )
    .listed(),
    Operation::new(
        vocabulary::HTTPS_CHECK,
        DocumentKind::HealthChecks,
        Signature::any(&["/kind=compute#httpsHealthCheck"]).never(RENAMED_CHECK),
        HTTPS_CHECK_PAGE,
        shape::<wire::LegacyHealthCheck<'_>>(),
        normalize::legacy_health_checks,
    )
    .listed(),
];
