"""What the checks need of a vendor's client, and models of it with every field set. An adapter's `contract/client.py` builds on this."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

SAMPLES: dict[type, Any] = {str: "text", int: 1, bool: True}

LISTED = re.compile(
    r"\*\*(\w+)\*\*(?: \([^)]*\))?:"  # **Initial**: text
    r"|(?:^|\s)- (\w+)\s*[:：]",  # - INITIAL：text
    re.MULTILINE,
)


@dataclass(frozen=True)
class Field:
    """A field of a client's model."""

    name: str
    """Its name in Python."""
    kind: type
    """The model that it holds, or a type of `SAMPLES`."""
    is_list: bool
    words: frozenset[str]
    """The words that the client lists for it; none where it lists none."""

    @property
    def is_model(self) -> bool:
        """Whether it holds a model, which has fields of its own."""
        return self.kind not in SAMPLES


class Vendor(ABC):
    """A vendor's client. Models are whatever it has that makes a reply of named values; nothing more is known of them."""

    adapter: str
    unlisted: frozenset[str] = frozenset()
    """The fields of the vocabulary whose words the client does not list; names joined by `/`, in the spelling of Python."""

    @abstractmethod
    def reply(self, operation: str) -> type:
        """The model of an operation's reply."""

    @abstractmethod
    def request(self, operation: str) -> type:
        """The model of an operation's request."""

    @abstractmethod
    def fields(self, model: type) -> list[Field]:
        """The fields of a model."""

    @abstractmethod
    def written(self, reply: Any) -> dict[str, str]:
        """A reply as JSON in each of the ways that the client offers, by the name of the way."""

    @abstractmethod
    def fetch(self, operation: str, request: Any, port: int) -> Any:
        """The reply that the client makes of what a server at this port of the local host answers."""

    def served(self, operation: str, example: bytes) -> tuple[str, bytes]:
        """What the vendor's server sends for a reply that our fixture has as JSON: content type and body."""
        return "application/json; charset=utf-8", example


def listed(documentation: str) -> frozenset[str]:
    """The words that a documentation text lists."""
    return frozenset(found[1] or found[2] for found in LISTED.finditer(documentation))


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


def walked(vendor: Vendor, model: type, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Field]]:
    """The fields of a model, and of every model below, each with the names that lead to it."""
    for field in vendor.fields(model):
        path = (*above, field.name)
        yield path, field
        if field.is_model:
            yield from walked(vendor, field.kind, path)
