"""Runs every check of every operation, says which failed and why, and ends with `N passed, M failed`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import fields
import round_trip
import words
from check import Check, Failure
from operations import OPERATIONS


def checks() -> Iterator[Check]:
    """Every check. A client in which an operation cannot be found is a check that fails."""
    for operation in OPERATIONS:
        for module in (fields, words, round_trip):
            try:
                yield from list(module.checks(operation))
            except Exception as error:
                yield Check(f"{operation}, {module.__name__}", lambda error=error: _fail(error))


def main() -> int:
    """Runs the checks; 0 if all passed."""
    passed = failed = 0
    for check in checks():
        try:
            check.run()
        except Exception as error:  # A client that breaks fails its own check and no other.
            failed += 1
            print(f"FAILED {check.name}: {error if isinstance(error, Failure) else repr(error)}")
        else:
            passed += 1
            print(f"ok {check.name}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def _fail(error: Exception) -> None:
    raise error


if __name__ == "__main__":
    sys.exit(main())
