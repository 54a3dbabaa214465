#![doc = include_str!("../README.md")]

mod normalize;
mod vocabulary;
mod wire;

use lbhealth_core::wire::Wire;
use lbhealth_core::{Adapter, CheckProfile, DocumentKind, ErrorReplies, Operation, Signature, Vocabulary};

/// Reads replies of Azure Application Gateway, API version 2026-03-01.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct AzureApplicationGateway;

impl AzureApplicationGateway {
    /// The adapter.
    pub const fn new() -> Self {
        Self
    }
}

impl Adapter for AzureApplicationGateway {
    fn id(&self) -> &'static str {
        ID
    }

    fn vendor(&self) -> &'static str {
        "Microsoft Azure"
    }

    fn product(&self) -> &'static str {
        "Application Gateway"
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

const ID: &str = "azure-application-gateway";

static OPERATIONS: [Operation; 3] = [
    Operation::new(
        "ApplicationGateways_BackendHealth",
        DocumentKind::Health,
        // Gateways and load balancers have a list of this name too, and ids.
        Signature::any(&["/backendAddressPools", "/BackendAddressPools"]).never(&["/id", "/name", "/Id", "/Name"]),
        vocabulary::HEALTH_PAGE,
        &<wire::BackendHealth<'_> as Wire<'_>>::SHAPE,
        normalize::health,
    )
    .keyed_by(KEY_PARTS, &[]),
    Operation::new(
        "ApplicationGateways_BackendHealthOnDemand",
        DocumentKind::Health,
        Signature::any(&["/backendHealthHttpSettings", "/BackendHealthHttpSettings"]),
        vocabulary::ON_DEMAND_PAGE,
        &<wire::BackendHealthOnDemand<'_> as Wire<'_>>::SHAPE,
        normalize::on_demand,
    )
    .keyed_by(KEY_PARTS, &[]),
    Operation::new(
        "ApplicationGateways_Get",
        DocumentKind::HealthChecks,
        Signature::any(&["/properties/gatewayIPConfigurations", "/gatewayIPConfigurations", "/GatewayIPConfigurations"]),
        vocabulary::GATEWAY_PAGE,
        &<wire::ApplicationGateway<'_> as Wire<'_>>::SHAPE,
        normalize::gateway,
    ),
];

const KEY_PARTS: &[&str] = &["rule_id", "pool_id", "backend_id"];
