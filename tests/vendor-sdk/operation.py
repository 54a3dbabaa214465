"""What is checked: the operations that the folder `contract` of an adapter lists."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vendor import Vendor

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Operation:
    """An operation of a vendor's API, under the name that the vendor, the client and the adapter all use."""

    vendor: Vendor
    name: str
    has_example: bool = False
    """Whether the vendor's page has a reply that is a fixture of ours."""
    elsewhere: frozenset[str] | None = None
    """Fields of our schema that only other versions of the client, or other documentation, have; without it they are not compared."""

    def __str__(self) -> str:
        return f"{self.vendor.adapter} {self.name}"
