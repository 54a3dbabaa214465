"""The schemas name no field that the client does not have."""

from __future__ import annotations

from collections.abc import Iterator

from check import Check
from client import OPERATIONS, only_known_fields

# What the command line adds, and what replies have that the client does not know yet.
ADDED = {"backendCertificateChainMetadata", "healthProbeErrorName", "resourceGroup"}


def checks() -> Iterator[Check]:
    """The checks."""
    for operation in OPERATIONS:
        yield from only_known_fields(operation, ADDED)
