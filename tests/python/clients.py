"""Replies of one vendor's own client: the object that it returns gives the same document as its JSON.

Run in the environment of that client, with the package beside it. Ends with status 1 where one does not.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import lbhealth

ROOT = Path(__file__).resolve().parents[2]


def main(adapter: str) -> int:
    """Compares every operation of the client, with every field set and with none."""
    sys.path.append(str(ROOT / "tests/vendor-sdk"))
    sys.path.append(str(ROOT / "crates/adapters" / adapter / "contract"))
    sys.path.extend(map(str, (ROOT / "crates/vendors").glob("*/contract")))
    vendor = importlib.import_module("vendor")
    compared = 0
    for operation in importlib.import_module("client").OPERATIONS:
        client = operation.vendor
        model = client.reply(operation.name)
        for reply in (vendor.filled(client, model), vendor.hollow(client, model)):
            given = outcome(reply, adapter, operation.name)
            for way, payload in client.written(reply).items():
                if way != "str" and given != outcome(payload, adapter, operation.name):
                    print(f"{operation}: {given} is not that of {way}: {payload}")
                    return 1
            compared += 1
    print(f"{adapter}: {compared} replies")
    return 0 if compared else 1


def outcome(payload: object, adapter: str, operation: str) -> object:
    """The document, or what went wrong."""
    try:
        return lbhealth.normalize(payload, adapter, operation=operation)
    except lbhealth.Error as error:
        return error.kind, error.message


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
