"""What a client makes of a vendor's example gives the same answers as the example itself."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from check import Check, Failure, expect
from operation import ROOT, Operation
from program import normalize
from vendor import filled

COMPARED = ("record_key", "health", "traffic", "cause", "warnings")


def checks(operation: Operation) -> Iterator[Check]:
    """The checks of one operation: one for each of the vendor's examples."""
    fixtures = ROOT / "crates/adapters" / operation.vendor.adapter / "fixtures"
    examples = [
        folder
        for folder in sorted(fixtures.glob("vendor-example-*"))
        if json.loads((folder / "expected.json").read_text(encoding="utf-8")).get("operation") == operation.name
    ]
    if not operation.has_example:
        return
    yield Check(f"{operation} has an example", lambda: expect(bool(examples), f"none in {fixtures.relative_to(ROOT)}"))
    for folder in examples:
        yield Check(f"{operation}, {folder.name}, through the client", lambda folder=folder: _is_the_same(operation, folder))


def _is_the_same(operation: Operation, folder: Path) -> None:
    vendor = operation.vendor
    expected = _answers(json.loads((folder / "expected.json").read_text(encoding="utf-8")))
    request = filled(vendor, vendor.request(operation.name))
    content = vendor.served(operation.name, (folder / "input.json").read_bytes())
    with _served(*content) as (port, calls):
        reply = vendor.fetch(operation.name, request, port)
    expect(len(calls) == 1, f"the client made {len(calls)} calls: {calls}")
    for way, payload in vendor.written(reply).items():
        actual = _answers(normalize(vendor.adapter, payload).document())
        if actual != expected:
            raise Failure(f"{way} gives {json.dumps(actual)} and the example {json.dumps(expected)}")


def _answers(document: dict[str, Any]) -> list[dict[str, Any]]:
    """What a document says of each backend, of each check, or of each pool and member."""
    if "records" in document:
        return [{name: record.get(name) for name in COMPARED} for record in document["records"]]
    return document["health_checks"] if "health_checks" in document else document["pools"] + document["members"]


@contextmanager
def _served(content_type: str, body: bytes) -> Iterator[tuple[int, list[str]]]:
    """A server on a free port of the local host that answers every call with one body; gives its port and the calls it got."""
    calls: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        """Answers every call alike."""

        timeout = 5

        def do_GET(self) -> None:  # The name that the server looks for.
            calls.append(f"{self.command} {self.path}")
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(200)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Keeps the output to the checks."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_port, calls
        finally:
            server.shutdown()
            thread.join()


def _only_loopback(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuses every connection that leaves the local host, so that no check depends on a vendor's servers."""
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] not in ("127.0.0.1", "::1"):
        raise Failure(f"the client connects to {arguments[1]}")


sys.addaudithook(_only_loopback)
