"""Huawei Cloud's client. Its models list their types as text; the vendor's text is the documentation of each property."""

from __future__ import annotations

import json
import re
from typing import Any

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.http.http_config import HttpConfig
from huaweicloudsdkelb import v3

from operation import Operation
from vendor import SAMPLES, Field, Vendor, listed, snake_case

KINDS = {kind.__name__: kind for kind in SAMPLES}


class Huawei(Vendor):
    """The client of Elastic Load Balance."""

    adapter = "huawei-elb"

    def reply(self, operation: str) -> type:
        return getattr(v3, f"{operation}Response")

    def request(self, operation: str) -> type:
        return getattr(v3, f"{operation}Request")

    def fields(self, model: type) -> list[Field]:
        found = []
        for name, text in model.openapi_types.items():
            element = re.fullmatch(r"list\[(.+)\]", text)
            kind = element[1] if element else text
            found.append(Field(name, KINDS.get(kind) or getattr(v3, kind), bool(element), listed(getattr(model, name).__doc__ or "")))
        return found

    def written(self, reply: Any) -> dict[str, str]:
        ways = {"to_dict": json.dumps(reply.to_dict()), "str": str(reply)}
        if reply.raw_content:
            ways["to_json_object"] = json.dumps(reply.to_json_object())
        return ways

    def fetch(self, operation: str, request: Any, port: int) -> Any:
        # With a project's id the client asks no other service for one.
        credentials = BasicCredentials("key", "secret", "project")
        config = HttpConfig(timeout=(5, 5), retry_times=0)
        builder = v3.ElbClient.new_builder().with_credentials(credentials).with_http_config(config)
        client = builder.with_endpoint(f"http://127.0.0.1:{port}").build()
        return getattr(client, snake_case(operation))(request)


CLIENT = Huawei()

OPERATIONS = (
    Operation(CLIENT, "ShowMember", has_example=True),
    Operation(CLIENT, "BatchCreateMembers"),
    Operation(CLIENT, "BatchUpdateMembers"),
    Operation(CLIENT, "ListAllMembers"),
    Operation(CLIENT, "ListMembers"),
    Operation(CLIENT, "ShowMasterSlavePool"),
    Operation(CLIENT, "ListMasterSlavePools"),
    Operation(CLIENT, "ShowLoadBalancerStatus"),
    Operation(CLIENT, "ShowPool"),
    Operation(CLIENT, "ListPools"),
    Operation(CLIENT, "ShowHealthMonitor"),
    Operation(CLIENT, "ListHealthMonitors"),
)
