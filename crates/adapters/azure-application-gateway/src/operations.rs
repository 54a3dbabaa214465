//! The operations whose replies are read, and what tells them from others.

use lbhealth_core::wire::Wire;
use lbhealth_core::{DocumentKind, Operation, Signature};

use crate::{normalize, vocabulary, wire};

pub(crate) static OPERATIONS: [Operation; 3] = [
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
