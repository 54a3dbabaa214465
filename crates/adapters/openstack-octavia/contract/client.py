"""OpenStack's client. Its resources are what stands inside a reply; the words for them are in a library that the service's drivers use."""

from __future__ import annotations

import json
from typing import Any

from keystoneauth1.noauth import NoAuth
from keystoneauth1.session import Session
from octavia_lib.common import constants
from openstack import fields, resource
from openstack.connection import Connection
from openstack.load_balancer.v2.health_monitor import HealthMonitor
from openstack.load_balancer.v2._proxy import Proxy
from openstack.load_balancer.v2.member import Member
from openstack.load_balancer.v2.pool import Pool

from operation import Operation
from vendor import SAMPLES, Field, Vendor

RESOURCES = {"member": Member, "pool": Pool, "health_monitor": HealthMonitor}
# Lists of references, which the client does not type.
REFERENCES = {"listeners", "loadbalancers", "members", "pools"}
# The library lists the words of all kinds of things; this one is never said of a member, and that one of members only.
OF_WHOLES = {"DEGRADED"}
OF_MEMBERS = {"DRAINING"}


class Model:
    """Something with fields that is written as an object."""

    def __init__(self, fields: list[Field]) -> None:
        self.fields = fields

    def __call__(self, **values: Any) -> dict[str, Any]:
        return {field.name: values.get(field.name) for field in self.fields}


class Body(Model):
    """A resource of the client, which writes itself."""

    def __init__(self, kind: type[resource.Resource]) -> None:
        super().__init__([_field(kind, body) for body in _bodies(kind)])
        self.kind = kind

    def __call__(self, **values: Any) -> resource.Resource:
        return self.kind.existing(**values)


class OpenStack(Vendor):
    """The client of load balancing."""

    adapter = "openstack-octavia"

    def reply(self, operation: str) -> Model:
        kind, is_list = _of(operation)
        name = kind.resources_key if is_list else kind.resource_key
        return Model([Field(name, Body(kind), is_list, frozenset())])

    def request(self, operation: str) -> Model:
        return Model([Field(name, str, False, frozenset()) for name in ("id", "pool_id")])

    def fields(self, model: Model) -> list[Field]:
        return model.fields

    def written(self, reply: dict[str, Any]) -> dict[str, str]:
        return {"to_dict": json.dumps({name: _written(value) for name, value in reply.items()})}

    def fetch(self, operation: str, request: dict[str, Any], port: int) -> dict[str, Any]:
        kind, _ = _of(operation)
        session = Session(auth=NoAuth())
        # As the client's own tests do it: the connection's way to the service would first ask which versions there are.
        session._sdk_connection = Connection(session=session)
        proxy = Proxy(session, service_type="load-balancer", endpoint_override=f"http://127.0.0.1:{port}/v2")
        return {kind.resource_key: kind.new(**request).fetch(proxy)}


def _of(operation: str) -> tuple[type[resource.Resource], bool]:
    """The resource that an operation is about, and whether its reply has a list of them."""
    name, _, call = operation.rpartition("_")
    return RESOURCES[name], call == "list"


def _bodies(kind: type[resource.Resource]) -> list[Any]:
    """What the client reads of the object in a reply."""
    parts = {name: part for base in reversed(kind.__mro__) for name, part in vars(base).items()}
    return [part for part in parts.values() if isinstance(part, fields.Body)]


def _field(of: type[resource.Resource], body: Any) -> Field:
    if body.name in REFERENCES:
        return Field(body.name, Model([Field("id", str, False, frozenset())]), True, frozenset())
    never = OF_WHOLES if of is Member else OF_MEMBERS
    words = set(constants.SUPPORTED_OPERATING_STATUSES) - never if body.name == "operating_status" else ()
    kind = body.type if body.type in SAMPLES else str
    return Field(body.name, kind, body.type is list, frozenset(words))


def _written(value: Any) -> Any:
    if isinstance(value, list):
        return [_written(element) for element in value]
    return value.to_dict(headers=False, computed=False, original_names=True) if isinstance(value, resource.Resource) else value


CLIENT = OpenStack()

# The client lacks some settings of health monitors that the service has, so the vendor's example of one is not the same after it.
OPERATIONS = (
    Operation(CLIENT, "member_list"),
    Operation(CLIENT, "member_show", has_example=True),
    Operation(CLIENT, "pool_list"),
    Operation(CLIENT, "pool_show", has_example=True),
    Operation(CLIENT, "health_monitor_list"),
    Operation(CLIENT, "health_monitor_show"),
)
