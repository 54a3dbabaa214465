"""What the checks need of a vendor's client, and models of it with every field set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

SAMPLES: dict[type, Any] = {str: "text", int: 1, bool: True}


@dataclass(frozen=True)
class Field:
    """A field of a client's model."""

    name: str
    """Its name in Python."""
    kind: type
    """The model that it holds, or a type of `SAMPLES`."""
    is_list: bool
    documentation: str

    @property
    def is_model(self) -> bool:
        """Whether it holds a model, which has fields of its own."""
        return self.kind not in SAMPLES


class Vendor(Protocol):
    """A vendor's client. Models are the client's own classes; nothing more is known of them."""

    adapter: str

    def reply(self, operation: str) -> type:
        """The model of an operation's reply."""

    def request(self, operation: str) -> type:
        """The model of an operation's request."""

    def fields(self, model: type) -> list[Field]:
        """The fields of a model."""

    def written(self, reply: Any) -> dict[str, str]:
        """A reply as JSON in each of the ways that the client offers, by the name of the way."""

    def fetch(self, operation: str, request: Any, port: int) -> Any:
        """The reply that the client makes of what a server at this port of the local host answers."""


def snake_case(name: str) -> str:
    """`ServerIp` as the clients write it in Python, `server_ip`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def filled(vendor: Vendor, model: type) -> Any:
    """A model with every field set, all the way down; every list has one element."""
    return _built(vendor, model, SAMPLES)


def hollow(vendor: Vendor, model: type) -> Any:
    """A model in which every model below is there, and nothing else is."""
    return _built(vendor, model, {})


def _built(vendor: Vendor, model: type, samples: dict[type, Any]) -> Any:
    values = {}
    for field in vendor.fields(model):
        value = _built(vendor, field.kind, samples) if field.is_model else samples.get(field.kind)
        values[field.name] = [value] if field.is_list and value is not None else value
    return model(**values)


def walked(vendor: Vendor, model: type) -> Iterator[Field]:
    """The fields of a model, and of every model below."""
    for field in vendor.fields(model):
        yield field
        if field.is_model:
            yield from walked(vendor, field.kind)
