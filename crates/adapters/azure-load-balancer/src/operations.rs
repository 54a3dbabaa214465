//! The operations whose replies are read, and what tells them from others.

use lbhealth_core::wire::Wire;
use lbhealth_core::{DocumentKind, Operation, Signature};

use crate::{normalize, vocabulary, wire};

pub(crate) static OPERATIONS: [Operation; 3] = [
    Operation::new(
        "LoadBalancerLoadBalancingRules_Health",
        DocumentKind::Health,
        // Pools have a list of this name too, but not beside these figures.
        Signature::any(&["/up", "/down", "/loadBalancerBackendAddresses"]).never(&["/id", "/name", "/properties"]),
        vocabulary::HEALTH_PAGE,
        &<wire::LoadBalancerHealthPerRule<'_> as Wire<'_>>::SHAPE,
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
        vocabulary::LOAD_BALANCER_PAGE,
        &<wire::LoadBalancer<'_> as Wire<'_>>::SHAPE,
        normalize::load_balancer,
    ),
    Operation::new(
        "LoadBalancerProbes_Get",
        DocumentKind::HealthChecks,
        Signature::any(&["/properties/intervalInSeconds", "/intervalInSeconds", "/IntervalInSeconds"]),
        vocabulary::PROBE_PAGE,
        &<wire::Probe<'_> as Wire<'_>>::SHAPE,
        normalize::probe,
    ),
];
