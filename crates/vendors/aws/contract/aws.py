"""AWS's client. It has no models: its data describes the structures, and a reply is a dictionary."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.sax.saxutils import escape

import boto3
import botocore.session
from botocore.config import Config
from botocore.model import ServiceModel, Shape

from vendor import Field, Vendor, snake_case

TYPES = {"boolean": bool, "integer": int, "long": int, "string": str, "timestamp": str}
LISTED = re.compile(r"<code>([^<]+)</code>")


class Structure:
    """A structure of the client's data; called with values, it makes the dictionary that a reply would be."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def __call__(self, **values: Any) -> dict[str, Any]:
        return {name: value for name, value in values.items() if value is not None}


class Aws(Vendor):
    """The client of one service."""

    def __init__(self, adapter: str, service: str, unread_words: frozenset[str] = frozenset()) -> None:
        self.adapter = adapter
        self.service = service
        self.model: ServiceModel = botocore.session.get_session().get_service_model(service)
        # Lists of words of fields that the adapter does not read, because others say the same.
        self.unread_words = unread_words

    def reply(self, operation: str) -> Structure:
        return Structure(self.model.operation_model(operation).output_shape)

    def request(self, operation: str) -> Structure:
        return Structure(self.model.operation_model(operation).input_shape)

    def fields(self, model: Structure) -> list[Field]:
        found = []
        for name, shape in model.shape.members.items():
            is_list = shape.type_name == "list"
            kind = shape.member if is_list else shape
            words = (getattr(kind, "enum", ()) or valid_values(shape)) if kind.name not in self.unread_words else ()
            found.append(Field(name, TYPES.get(kind.type_name) or Structure(kind), is_list, frozenset(words)))
        return found

    def written(self, reply: dict[str, Any]) -> dict[str, str]:
        # Times become the text that the command line writes.
        return {"json": json.dumps(reply, default=lambda time: time.isoformat())}

    def fetch(self, operation: str, request: dict[str, Any], port: int) -> dict[str, Any]:
        return getattr(client(self.service, port), snake_case(operation))(**request)

    def served(self, operation: str, example: bytes) -> tuple[str, bytes]:
        described = self.model.operation_model(operation).output_shape
        result = f"<{operation}Result>{_xml(described, json.loads(example))}</{operation}Result>"
        metadata = "<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>"
        return "text/xml", f"<{operation}Response>{result}{metadata}</{operation}Response>".encode()


def client(service: str, port: int) -> Any:
    """A client of a service at this port of the local host."""
    config = Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 1})
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    return boto3.client(service, region_name="eu-central-1", endpoint_url=f"http://127.0.0.1:{port}", config=config, **keys)


def valid_values(shape: Shape) -> list[str]:
    """The words that the documentation of a field lists, where the client's data has no list of them."""
    _, found, listed = shape.documentation.partition("Valid values:")
    return LISTED.findall(listed) if found else []


def _xml(shape: Shape, value: Any) -> str:
    """A value in the form in which the API sends it."""
    if shape.type_name == "structure":
        known = ((name, member) for name, member in shape.members.items() if value.get(name) is not None)
        return "".join(f"<{name}>{_xml(member, value[name])}</{name}>" for name, member in known)
    if shape.type_name == "list":
        return "".join(f"<member>{_xml(shape.member, element)}</member>" for element in value)
    return escape(str(value).lower() if shape.type_name == "boolean" else str(value))
