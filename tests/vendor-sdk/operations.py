"""The operations that are checked. A further one of a client that is here is one line; a further client is a module like these."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import alibaba
import huawei
from vendor import Vendor

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Operation:
    """An operation of a vendor's API, under the name that the vendor, the client and the adapter all use."""

    vendor: Vendor
    name: str
    has_example: bool = False
    """Whether the vendor's page has a reply that is a fixture of ours."""

    def __str__(self) -> str:
        return f"{self.vendor.adapter} {self.name}"


OPERATIONS = (
    Operation(alibaba.CLIENT, "GetListenerHealthStatus", has_example=True),
    Operation(alibaba.CLIENT, "GetHealthCheckTemplateAttribute", has_example=True),
    Operation(alibaba.CLIENT, "ListHealthCheckTemplates"),
    Operation(alibaba.CLIENT, "ListServerGroups"),
    Operation(alibaba.CLIENT, "ListServerGroupServers"),
    Operation(huawei.CLIENT, "ShowMember", has_example=True),
    Operation(huawei.CLIENT, "BatchCreateMembers"),
    Operation(huawei.CLIENT, "ListAllMembers"),
    Operation(huawei.CLIENT, "ListMembers"),
    Operation(huawei.CLIENT, "ShowMasterSlavePool"),
    Operation(huawei.CLIENT, "ShowLoadBalancerStatus"),
    Operation(huawei.CLIENT, "ShowPool"),
    Operation(huawei.CLIENT, "ListPools"),
    Operation(huawei.CLIENT, "ShowHealthMonitor"),
    Operation(huawei.CLIENT, "ListHealthMonitors"),
)
