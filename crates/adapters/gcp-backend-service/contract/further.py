"""The schemas name no field that the client does not have, the methods for regions and for the globe answer as the others do, and a failed
call is read from what the client says of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from googleapiclient.errors import HttpError

from check import Check, expect
from client import CLIENT, DOCUMENT, OPERATIONS, Structure, call, method
from operation import ROOT
from program import normalize
from vendor import filled

SAME_REPLY = {
    "backendServices.getHealth": ("regionBackendServices.getHealth",),
    "networkEndpointGroups.listNetworkEndpoints": (
        "regionNetworkEndpointGroups.listNetworkEndpoints",
        "globalNetworkEndpointGroups.listNetworkEndpoints",
    ),
    "healthChecks.get": ("regionHealthChecks.get",),
    "healthChecks.list": ("regionHealthChecks.list",),
}
# One table reads several structures, which do not all have its fields.
SHARED = {
    "targetPools.getHealth": ("/annotations",),
    "healthChecks.get": ("/grpc", "/http", "/ssl", "/tcp"),
    "healthChecks.list": ("/items/grpc", "/items/http", "/items/ssl", "/items/tcp"),
}
FAILURE = {
    "error": {
        "code": 403,
        "message": "Quota exceeded",
        "errors": [{"message": "Quota exceeded", "domain": "usageLimits", "reason": "rateLimitExceeded"}],
        "status": "PERMISSION_DENIED",
    }
}


def checks() -> Iterator[Check]:
    """The checks."""
    for operation in OPERATIONS:
        yield Check(f"{operation}, the client has every field of the schema", lambda name=operation.name: _has_all_fields(name))
        for other in SAME_REPLY.get(operation.name, ()):
            yield Check(f"{operation}, {other} replies alike", lambda name=operation.name, other=other: _reply_alike(name, other))
    for name in ("HealthStatus", "HealthStatusForNetworkEndpoint"):
        yield Check(f"{CLIENT.adapter}, words of both families in {name}", lambda name=name: _has_the_same_words(name))
    yield Check(f"{CLIENT.adapter}, a failed call", _reads_a_failure)


def _has_all_fields(operation: str) -> None:
    path = ROOT / "schemas/v1/payloads" / CLIENT.adapter / f"{operation}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    invented = list(_invented(schema, schema, CLIENT.reply(operation), ""))
    invented = [path for path in invented if not path.startswith(SHARED.get(operation, ()))]
    expect(not invented, f"not in the client's document: {', '.join(invented)}")


def _invented(schema: dict[str, Any], definition: dict[str, Any], model: Structure, path: str) -> Iterator[str]:
    """The fields of a definition that a structure of the client does not have."""
    known = {field.name: field for field in CLIENT.fields(model)}
    for name, field in definition["properties"].items():
        if name not in known:
            yield f"{path}/{name}"
            continue
        inner = field.get("items", field.get("allOf", [{}])[0])
        if known[name].is_model and "$ref" in inner:
            target = schema["$defs"][inner["$ref"].removeprefix("#/$defs/")]
            yield from _invented(schema, target, known[name].kind, f"{path}/{name}")


def _reply_alike(operation: str, other: str) -> None:
    expect(method(operation)["response"] == method(other)["response"], f"{other} replies {method(other)['response']}")


def _has_the_same_words(structure: str) -> None:
    properties = DOCUMENT["schemas"][structure]["properties"]
    words = [set(properties[name]["enum"]) for name in ("healthState", "ipv6HealthState")]
    expect(words[0] == words[1], f"{words}")


def _reads_a_failure() -> None:
    class Handler(BaseHTTPRequestHandler):
        """Refuses every call."""

        def do_POST(self) -> None:  # The name that the server looks for.
            body = json.dumps(FAILURE).encode()
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(403)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keeps the output to the checks."""

    operation = "backendServices.getHealth"
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            call(operation, filled(CLIENT, CLIENT.request(operation)), server.server_port).execute()
            said = None
        except HttpError as error:
            said = normalize(CLIENT.adapter, error.content.decode())
        finally:
            server.shutdown()
    expect(said is not None and "(THROTTLED): rateLimitExceeded: Quota exceeded" in said.message, f"{said}")
