"""The part of Azure's client that is for load balancers. It does not list the words of health."""

from __future__ import annotations

import sys

from operation import ROOT, Operation

sys.path.append(str(ROOT / "crates/vendors/azure/contract"))
from arm import Azure, only_known_fields  # The path has to be there first.

CLIENT = Azure(
    "azure-load-balancer",
    calls={
        "LoadBalancerLoadBalancingRules_Health": ("load_balancer_load_balancing_rules", "begin_health", "LoadBalancerHealthPerRule"),
        "LoadBalancers_Get": ("load_balancers", "get", "LoadBalancer"),
        "LoadBalancerProbes_Get": ("load_balancer_probes", "get", "Probe"),
    },
    parts={
        "LoadBalancer": {"id", "name", "properties"},
        "LoadBalancerPropertiesFormat": {"load_balancing_rules", "probes"},
        "LoadBalancingRule": {"id"},
    },
    unlisted={"state", "reason"},
)

__all__ = ["CLIENT", "OPERATIONS", "only_known_fields"]

OPERATIONS = (
    Operation(CLIENT, "LoadBalancerLoadBalancingRules_Health", has_example=True),
    Operation(CLIENT, "LoadBalancers_Get"),
    Operation(CLIENT, "LoadBalancerProbes_Get"),
)
