//! The operations whose replies are read, and what tells them from others.

use lbhealth_core::wire::shape;
use lbhealth_core::{DocumentKind, Operation, Signature};

use crate::{normalize, wire};

const HEALTH_PAGE: &str = "https://learn.microsoft.com/en-us/rest/api/load-balancer/load-balancer-load-balancing-rules/health";
const LOAD_BALANCER_PAGE: &str = "https://learn.microsoft.com/en-us/rest/api/load-balancer/load-balancers/get";
const PROBE_PAGE: &str = "https://learn.microsoft.com/en-us/rest/api/load-balancer/load-balancer-probes/get";

pub(crate) static OPERATIONS: [Operation; 3] = [
    Operation::new(
        "LoadBalancerLoadBalancingRules_Health",
        DocumentKind::Health,
        // Pools have a list of this name too, but not beside these figures.
        Signature::any(&["/up", "/down", "/loadBalancerBackendAddresses"]).never(&[
            "/id",
            "/load_balancer_backend_addresses",
            "/name",
            "/properties",
        ]),
        HEALTH_PAGE,
        shape::<wire::LoadBalancerHealthPerRule<'_>>(),
        normalize::health,
    )
    .keyed_by(&["rule_id", "pool_id", "backend_id"], &["rule_id", "pool_id"]),
    Operation::new(
        "LoadBalancers_Get",
        DocumentKind::HealthChecks,
        // Probes name their rules too.
        Signature::any(&["/properties/loadBalancingRules", "/loadBalancingRules", "/LoadBalancingRules"]).never(&[
            "/properties/protocol",
            "/protocol",
            "/Protocol",
        ]),
        LOAD_BALANCER_PAGE,
        shape::<wire::LoadBalancer<'_>>(),
        normalize::load_balancer,
    ),
    Operation::new(
        "LoadBalancerProbes_Get",
        DocumentKind::HealthChecks,
        Signature::any(&["/properties/intervalInSeconds", "/intervalInSeconds", "/IntervalInSeconds"]),
        PROBE_PAGE,
        shape::<wire::Probe<'_>>(),
        normalize::probe,
    ),
];
