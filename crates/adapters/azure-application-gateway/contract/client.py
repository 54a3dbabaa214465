"""The part of Azure's client that is for application gateways. It does not have the field for the reason, and lists no texts."""

from __future__ import annotations

import sys

from operation import ROOT, Operation

sys.path.append(str(ROOT / "crates/vendors/azure/contract"))
from arm import REFERENCES, Azure, only_known_fields  # The path has to be there first.

CLIENT = Azure(
    "azure-application-gateway",
    calls={
        "ApplicationGateways_BackendHealth": ("application_gateways", "begin_backend_health", "ApplicationGatewayBackendHealth"),
        "ApplicationGateways_BackendHealthOnDemand": (
            "application_gateways",
            "begin_backend_health_on_demand",
            "ApplicationGatewayBackendHealthOnDemand",
        ),
        "ApplicationGateways_Get": ("application_gateways", "get", "ApplicationGateway"),
    },
    parts={
        "ApplicationGateway": {"id", "name", "properties"},
        "ApplicationGatewayBackendAddressPool": REFERENCES,
        "ApplicationGatewayBackendHttpSettings": REFERENCES,
        "ApplicationGatewayIPConfiguration": {"id"},
        "ApplicationGatewayPropertiesFormat": {"gateway_ip_configurations", "probes"},
        "NetworkInterfaceIPConfiguration": REFERENCES,
    },
    unlisted={"health_probe_error_name", "health_probe_log"},
)

__all__ = ["CLIENT", "OPERATIONS", "only_known_fields"]

OPERATIONS = (
    Operation(CLIENT, "ApplicationGateways_BackendHealth", has_example=True),
    Operation(CLIENT, "ApplicationGateways_BackendHealthOnDemand", has_example=True),
    Operation(CLIENT, "ApplicationGateways_Get"),
)
