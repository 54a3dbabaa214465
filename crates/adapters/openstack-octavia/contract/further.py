"""Every word that the library of the service's drivers lists is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from octavia_lib.common import constants

from check import Check, expect
from client import CLIENT
from program import normalize


def checks() -> Iterator[Check]:
    """The checks."""
    for word in constants.SUPPORTED_HEALTH_MONITOR_TYPES:
        yield Check(f"{CLIENT.adapter}, health monitor of type {word}", lambda word=word: _is_known_monitor(type=word))
    for word in constants.SUPPORTED_HEALTH_MONITOR_HTTP_METHODS:
        yield Check(f"{CLIENT.adapter}, method {word}", lambda word=word: _is_known_monitor(type="HTTP", http_method=word))
    # Of wholes, this one is said of their members only.
    for word in set(constants.SUPPORTED_OPERATING_STATUSES) - {constants.DRAINING}:
        yield Check(f"{CLIENT.adapter}, load balancer that is {word}", lambda word=word: _is_known_whole(word))


def _is_known_monitor(**settings: Any) -> None:
    monitor = {"id": "h-1", "operating_status": constants.ONLINE, **settings}
    document = normalize(CLIENT.adapter, json.dumps({"healthmonitor": monitor})).document()
    expect(not document["warnings"], f"{document['warnings']}")


def _is_known_whole(word: str) -> None:
    tree = {"statuses": {"loadbalancer": {"id": "l-1", "operating_status": word, "listeners": []}}}
    document = normalize(CLIENT.adapter, json.dumps(tree)).document()
    expect(not document["warnings"] and document["parents"][0]["status"] == word, f"{document}")
