"""What is checked of every product of AWS: the schemas name no field that the client does not have, and every error has a class. And a
server that others wrote (moto) to ask."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.model import Shape
from moto.server import ThreadedMotoServer

from aws import Aws
from check import Check, expect
from operation import ROOT, Operation
from program import normalize

# What the client and the command line add to a reply of the API.
ADDED = {"ResponseMetadata", "NextToken"}


def checks(operations: tuple[Operation, ...], classes: dict[str, str]) -> Iterator[Check]:
    """The checks of these operations, whose errors have these classes."""
    for operation in operations:
        aws = operation.vendor
        yield Check(f"{operation}, the client has every field of the schema", lambda aws=aws, name=operation.name: _has_all_fields(aws, name))
        for shape in aws.model.operation_model(operation.name).error_shapes:
            code = shape.metadata["error"]["code"]
            yield Check(f"{operation}, class of {code}", lambda aws=aws, code=code: _has_a_class(aws, code, classes[code]))


def document(aws: Aws, reply: dict[str, Any]) -> dict[str, Any]:
    """What becomes of a reply, which has to be told from others by its shape."""
    return normalize(aws.adapter, aws.written(reply)["json"]).document()


@contextmanager
def server() -> Iterator[int]:
    """A server of the vendor's API on a free port of the local host."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    try:
        yield running.get_host_and_port()[1]
    finally:
        running.stop()


def _has_all_fields(aws: Aws, operation: str) -> None:
    path = ROOT / "schemas/v1/payloads" / aws.adapter / f"{operation}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    invented = list(_invented(schema, schema, aws.model.operation_model(operation).output_shape, ""))
    expect(not invented, f"not in the client's data: {', '.join(invented)}")


def _invented(schema: dict[str, Any], definition: dict[str, Any], shape: Shape, path: str) -> Iterator[str]:
    """The fields of a definition that a structure of the client's data does not have."""
    for name, field in definition["properties"].items():
        member = shape.members.get(name)
        if member is None:
            if path or name not in ADDED:
                yield f"{path}/{name}"
            continue
        element = member.member if member.type_name == "list" else member
        inner = field.get("items", field.get("allOf", [{}])[0])
        # A field that is not read has no definition.
        if element.type_name == "structure" and "$ref" in inner:
            target = schema["$defs"][inner["$ref"].removeprefix("#/$defs/")]
            yield from _invented(schema, target, element, f"{path}/{name}")


def _has_a_class(aws: Aws, code: str, wanted: str) -> None:
    outcome = normalize(aws.adapter, json.dumps({"Error": {"Code": code, "Message": "gone"}, "ResponseMetadata": {}}))
    expect(outcome.status == 1 and f"({wanted}): {code}: gone" in outcome.message, outcome.message)
