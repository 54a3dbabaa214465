"""Azure's client for networks. Its models are classes with annotated attributes, which know their names in JSON."""

from __future__ import annotations

import json
import typing
from collections.abc import Iterator
from enum import Enum
from typing import Any

from azure.core.credentials import AccessToken
from azure.mgmt.network import NetworkManagementClient, models
from azure.mgmt.network._utils.model_base import SdkJSONEncoder

from check import Check, expect
from operation import ROOT, Operation
from vendor import Field, Vendor

# Resources that replies only refer to: what else they are stands in them where the caller asked for it.
REFERENCES = {"id", "name", "type", "etag"}


class Azure(Vendor):
    """The client of one product: for each operation the client's group, method and model; of some models only these parts."""

    def __init__(self, adapter: str, calls: dict[str, tuple[str, str, str]], parts: dict[str, set[str]], unlisted: set[str]) -> None:
        self.adapter = adapter
        self.calls = calls
        self.parts = parts
        self.unlisted = frozenset(unlisted)

    def reply(self, operation: str) -> type:
        return getattr(models, self.calls[operation][2])

    def request(self, operation: str) -> type:
        return dict

    def fields(self, model: type) -> list[Field]:
        if model is dict:
            return []
        hints = typing.get_type_hints(model, localns={"_models": models})
        parts = self.parts.get(model.__name__, hints.keys())
        return [_field(name, hint) for name, hint in hints.items() if name in parts and not name.startswith("_")]

    def names(self, model: type) -> set[str]:
        """The names in JSON of all fields of a model, and of the models below those that are read."""
        model()  # The client makes the table of names with the first of its kind.
        found = {field._rest_name for field in model._attr_to_rest_field.values()}
        return found.union(*(self.names(field.kind) for field in self.fields(model) if field.is_model))

    def written(self, reply: Any) -> dict[str, str]:
        return {"as_dict": json.dumps(reply.as_dict()), "SdkJSONEncoder": json.dumps(reply, cls=SdkJSONEncoder)}

    def fetch(self, operation: str, request: Any, port: int) -> Any:
        group, method, _ = self.calls[operation]
        client = NetworkManagementClient(_Credential(), "s", base_url=f"http://127.0.0.1:{port}", retry_total=0, polling_interval=0)
        call = getattr(getattr(client, group), method)
        # What lies in a load balancer is asked for by a name more.
        names = ("group", "name", "part") if group.startswith("load_balancer_") else ("group", "name")
        body = {"probe_request": request} if method.endswith("on_demand") else {}
        reply = call(*names, **body, enforce_https=False)
        return reply.result() if method.startswith("begin_") else reply


def only_known_fields(operation: Operation, added: set[str]) -> Iterator[Check]:
    """The schema names no field that the client does not have, except those that others add."""

    def check() -> None:
        path = ROOT / "schemas/v1/payloads" / operation.vendor.adapter / f"{operation.name}.schema.json"
        schema = json.loads(path.read_text(encoding="utf-8"))
        named = {name for holder in [schema, *schema.get("$defs", {}).values()] for name in holder["properties"]}
        unknown = sorted(named - added - operation.vendor.names(operation.vendor.reply(operation.name)))
        expect(not unknown, f"the client has no field {', '.join(unknown)}")

    yield Check(f"{operation}, the client has every field of the schema", check)


def _field(name: str, hint: Any) -> Field:
    """A field by its annotation: optional, a list or not, and of a model, a simple type, or text with words of an enum."""
    kinds = [kind for kind in typing.get_args(hint) or (hint,) if kind is not type(None)]
    is_list = typing.get_origin(kinds[0]) is list
    if is_list:
        kinds = [typing.get_args(kinds[0])[0]]
    words = frozenset(word.value for kind in kinds if isinstance(kind, type) and issubclass(kind, Enum) for word in kind)
    return Field(name, kinds[0], is_list, words)


class _Credential:
    """A credential that asks nobody."""

    def get_token(self, *_: str, **__: Any) -> AccessToken:
        return AccessToken("token", 4102444800)
