//! The operations whose replies are read, and what tells them from others.

use lbhealth_core::wire::shape;
use lbhealth_core::{DocumentKind, Operation, Signature};

use crate::{normalize, vocabulary, wire};

const GATEWAY_PAGE: &str = "https://learn.microsoft.com/en-us/rest/api/application-gateway/application-gateways/get";

const KEY_PARTS: &[&str] = &["rule_id", "pool_id", "backend_id"];

pub(crate) static OPERATIONS: [Operation; 3] = [
    Operation::new(
        "ApplicationGateways_BackendHealth",
        DocumentKind::Health,
        // Gateways and load balancers have a list of this name too, and ids.
        Signature::any(&["/backendAddressPools", "/BackendAddressPools"]).never(&["/id", "/name", "/Id", "/Name"]),
        vocabulary::HEALTH_PAGE,
        shape::<wire::BackendHealth<'_>>(),
        normalize::health,
    )
    .keyed_by(KEY_PARTS, &[]),
    Operation::new(
        "ApplicationGateways_BackendHealthOnDemand",
        DocumentKind::Health,
        Signature::any(&["/backendHealthHttpSettings", "/BackendHealthHttpSettings"]),
        vocabulary::ON_DEMAND_PAGE,
        shape::<wire::BackendHealthOnDemand<'_>>(),
        normalize::on_demand,
    )
    .keyed_by(KEY_PARTS, &[]),
    Operation::new(
        "ApplicationGateways_Get",
        DocumentKind::HealthChecks,
        Signature::any(&["/properties/gatewayIPConfigurations", "/gatewayIPConfigurations", "/GatewayIPConfigurations"]),
        GATEWAY_PAGE,
        shape::<wire::ApplicationGateway<'_>>(),
        normalize::gateway,
    ),
];
