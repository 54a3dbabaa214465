"""Runs every check of every operation of one adapter, says which failed and why, and ends with `N passed, M failed`.

The adapter's folder `contract` has `client.py` with the client and its `OPERATIONS`, and may have `further.py` with `checks()` of its own.
What the clients of one vendor share stands in the folder `contract` of the vendor's crate.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator

import fields
import round_trip
import words
from check import Check, Failure
from operation import ROOT


def checks(adapter: str) -> Iterator[Check]:
    """Every check. A client in which an operation cannot be found is a check that fails."""
    shared = sorted((ROOT / "crates/vendors").glob("*/contract"))
    sys.path.extend(map(str, [ROOT / "crates/adapters" / adapter / "contract", *shared]))
    for operation in importlib.import_module("client").OPERATIONS:
        for module in (fields, words, round_trip):
            try:
                yield from list(module.checks(operation))
            except Exception as error:
                yield Check(f"{operation}, {module.__name__}", lambda error=error: _fail(error))
    if importlib.util.find_spec("further"):
        yield from importlib.import_module("further").checks()


def main(adapter: str) -> int:
    """Runs the checks of an adapter; 0 if all passed."""
    passed = failed = 0
    for check in checks(adapter):
        try:
            check.run()
        except Exception as error:  # A client that breaks fails its own check and no other.
            failed += 1
            print(f"FAILED {check.name}: {error if isinstance(error, Failure) else repr(error)}")
        else:
            passed += 1
            print(f"ok {check.name}")
    print(f"{adapter}: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def _fail(error: Exception) -> None:
    raise error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
