"""Google's client. It has no models: the discovery document that comes with it describes the structures, and a reply is a dictionary."""

from __future__ import annotations

import json
from typing import Any

from google.auth.credentials import AnonymousCredentials
from googleapiclient.discovery import build
from googleapiclient.discovery_cache import get_static_doc

from operation import Operation
from vendor import Field, Vendor

DOCUMENT = json.loads(get_static_doc("compute", "v1"))
TYPES = {"boolean": bool, "integer": int, "string": str}
# What the command line prints is not in the document; it puts the structures of the API together.
PRINTED_BY_COMMAND = {
    "backendServices.getHealth/gcloud": {
        "backend": {"type": "string"},
        "status": {"$ref": "BackendServiceGroupHealth"},
    },
    "networkEndpointGroups.listNetworkEndpoints/gcloud": DOCUMENT["schemas"]["NetworkEndpointWithHealthStatus"]["properties"],
}


class Structure:
    """A structure of the document; called with values, it makes the dictionary that a reply would be."""

    def __init__(self, properties: dict[str, Any]) -> None:
        self.properties = properties

    def __call__(self, **values: Any) -> dict[str, Any]:
        # Every reply says what it is.
        kind = self.properties.get("kind", {}).get("default")
        known = {"kind": kind} if kind else {}
        return {name: value for name, value in values.items() if value is not None} | known


class Google(Vendor):
    """The client of the Compute Engine API."""

    adapter = "gcp-backend-service"

    def reply(self, operation: str) -> Structure:
        if operation in PRINTED_BY_COMMAND:
            return Structure(PRINTED_BY_COMMAND[operation])
        return Structure(DOCUMENT["schemas"][method(operation)["response"]["$ref"]]["properties"])

    def request(self, operation: str) -> Structure:
        parameters = method(operation)["parameters"]
        return Structure({name: {"type": "string"} for name, parameter in parameters.items() if parameter.get("required")})

    def fields(self, model: Structure) -> list[Field]:
        found = []
        for name, field in model.properties.items():
            is_list = field.get("type") == "array"
            kind = field["items"] if is_list else field
            words = frozenset(kind.get("enum", ())) | _absence(field)
            found.append(Field(name, _kind(kind), is_list, words))
        return found

    def written(self, reply: dict[str, Any]) -> dict[str, str]:
        return {"json": json.dumps(reply)}

    def fetch(self, operation: str, request: dict[str, Any], port: int) -> dict[str, Any]:
        return call(operation, request, port).execute()


def method(operation: str) -> dict[str, Any]:
    """What the document says of a method of the API."""
    resource, name = operation.split(".")
    return DOCUMENT["resources"][resource]["methods"][name]


def call(operation: str, request: dict[str, Any], port: int) -> Any:
    """A call of the client to a server at this port of the local host, not made yet."""
    options = {"api_endpoint": f"http://127.0.0.1:{port}/"}
    client = build("compute", "v1", credentials=AnonymousCredentials(), client_options=options, static_discovery=True)
    resource, name = operation.split(".")
    body = {"body": {}} if "request" in method(operation) else {}
    return getattr(getattr(client, resource)(), name)(**request, **body)


def _absence(field: dict[str, Any]) -> frozenset[str]:
    """The word for a field that is left out, where the document says that this means something."""
    return frozenset({"null"} if "Displayed only if" in field.get("description", "") else ())


def _kind(field: dict[str, Any]) -> Any:
    if "$ref" in field:
        return Structure(DOCUMENT["schemas"][field["$ref"]]["properties"])
    if field["type"] == "object":
        # A map has no fields of its own.
        return Structure(field.get("properties", {}))
    return TYPES[field["type"]]


CLIENT = Google()

OPERATIONS = (
    Operation(CLIENT, "backendServices.getHealth"),
    Operation(CLIENT, "backendServices.getHealth/gcloud"),
    Operation(CLIENT, "targetPools.getHealth"),
    Operation(CLIENT, "networkEndpointGroups.listNetworkEndpoints"),
    Operation(CLIENT, "networkEndpointGroups.listNetworkEndpoints/gcloud"),
    Operation(CLIENT, "healthChecks.get"),
    Operation(CLIENT, "healthChecks.list"),
    Operation(CLIENT, "httpHealthChecks.get"),
    Operation(CLIENT, "httpsHealthChecks.get"),
)
