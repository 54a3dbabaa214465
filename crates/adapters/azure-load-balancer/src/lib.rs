#![doc = include_str!("../README.md")]

mod normalize;
mod vocabulary;
mod wire;

use lbhealth_core::wire::Wire;
use lbhealth_core::{Adapter, CheckProfile, DocumentKind, ErrorReplies, Operation, Signature, Vocabulary};

/// Reads replies of Azure Load Balancer, API version 2026-03-01.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct AzureLoadBalancer;

impl AzureLoadBalancer {
    /// The adapter.
    pub const fn new() -> Self {
        Self
    }
}

impl Adapter for AzureLoadBalancer {
    fn id(&self) -> &'static str {
        ID
    }

    fn vendor(&self) -> &'static str {
        "Microsoft Azure"
    }

    fn product(&self) -> &'static str {
        "Load Balancer"
    }

    fn operations(&self) -> &'static [Operation] {
        &OPERATIONS
    }

    fn vocabulary(&self) -> &'static Vocabulary {
        &vocabulary::VOCABULARY
    }

    fn error_replies(&self) -> &'static ErrorReplies {
        &lbhealth_azure::ERROR_REPLIES
    }

    fn check_profile(&self) -> &'static CheckProfile {
        &vocabulary::CHECK_PROFILE
    }
}

const ID: &str = "azure-load-balancer";

static OPERATIONS: [Operation; 3] = [
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
