"""Holds an adapter, written in any language, against a conformance kit.

    conformance.py KIT COMMAND [ARGUMENT…]

The command is run once for each case, in the folder of the kit, with these arguments after its own:

    ADAPTER [--context FILE] [--with FILE]…

The payload is on its standard input. On its standard output it writes the document, or `{"error": {…}}`. A program that writes nothing
and ends with another status than 0 has failed too; of that only the failure itself is compared. Exit status: 0 all cases passed, 1 some
did not, 2 wrong usage. Needs nothing but Python's standard library.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

Case = dict[str, Any]


def differences(actual: Any, expected: Any, at: str, not_compared: list[list[str]]) -> Iterator[str]:
    """Where the two differ as JSON values: members in any order, elements in theirs, numbers by value."""
    if any(fits(at.split("/")[1:], pattern) for pattern in not_compared):
        return
    if isinstance(actual, dict) and isinstance(expected, dict):
        for name in [*expected, *(name for name in actual if name not in expected)]:
            if name not in actual:
                yield f"{at}/{name} is missing, wanted {json.dumps(expected[name])}"
            elif name not in expected:
                yield f"{at}/{name} is {json.dumps(actual[name])}, wanted nothing"
            else:
                yield from differences(actual[name], expected[name], f"{at}/{name}", not_compared)
    elif isinstance(actual, list) and isinstance(expected, list):
        if len(actual) != len(expected):
            yield f"{at} has {len(actual)} elements, wanted {len(expected)}"
        for index, pair in enumerate(zip(actual, expected)):
            yield from differences(*pair, f"{at}/{index}", not_compared)
    elif isinstance(actual, bool) != isinstance(expected, bool) or actual != expected:
        yield f"{at} is {json.dumps(actual)}, wanted {json.dumps(expected)}"


def fits(parts: list[str], pattern: list[str]) -> bool:
    """Whether a place is one of those that a pattern names; `*` is any element of a list."""
    return len(parts) == len(pattern) and all(wanted in ("*", part) for part, wanted in zip(parts, pattern))


def outcome(case: Case, kit: Path, command: list[str]) -> Any:
    """What the command makes of the case."""
    arguments = [case["adapter"], *(["--context", case["context"]] if "context" in case else [])]
    for path in case.get("with", []):
        arguments += ["--with", path]
    payload = (kit / case["input"]).read_bytes()
    done = subprocess.run([*command, *arguments], cwd=kit, input=payload, capture_output=True, timeout=60, check=False)
    if not done.stdout.strip() and done.returncode:
        return {"error": None, "text": done.stderr.decode(errors="replace").strip()}
    return json.loads(done.stdout)


def failure(case: Case, kit: Path, command: list[str], not_compared: list[list[str]]) -> str | None:
    """Why the case failed; `None` where it passed."""
    expected = json.loads((kit / case["expected"]).read_text(encoding="utf-8"))
    try:
        actual = outcome(case, kit, command)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return f"no outcome: {error}"
    if isinstance(actual, dict) and actual.get("error", 0) is None:
        return None if case["outcome"] == "ERROR" else f"failed: {actual['text']}"
    if isinstance(actual, dict) and "producer" not in expected:
        actual.pop("producer", None)  # The program's own name.
    found = list(differences(actual, expected, "", not_compared))
    return f"{found[0]} ({len(found)} differences)" if found else None


def main(arguments: list[str]) -> int:
    """Runs every case and says which failed and why."""
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    kit, command = Path(arguments[0]).resolve(), arguments[1:]
    manifest = json.loads((kit / "manifest.json").read_text(encoding="utf-8"))
    not_compared = [pattern.split("/")[1:] for pattern in manifest["not_compared"]]
    cases = [case for case in manifest["cases"] if case["outcome"] in ("DOCUMENT", "ERROR")]
    with ThreadPoolExecutor(max_workers=4) as pool:
        failures = list(pool.map(lambda case: failure(case, kit, command, not_compared), cases))
    for case, why in zip(cases, failures):
        if why is not None:
            print(f"FAILED {case['adapter']}/{case['name']}: {why}")
    failed = sum(why is not None for why in failures)
    print(f"{len(cases) - failed} passed, {failed} failed, {len(manifest['cases']) - len(cases)} skipped")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
