"""What a check is, and how it fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


class Failure(Exception):
    """The program and the vendor's client do not agree."""


@dataclass(frozen=True)
class Check:
    """One thing that is checked; `run` raises `Failure` where it does not hold."""

    name: str
    run: Callable[[], None]


def expect(holds: bool, message: str) -> None:
    """Fails with the message unless it holds."""
    if not holds:
        raise Failure(message)
