"""The conformance kit is enough to tell an adapter that is right from one that is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from program import Json, context_arguments
from program import run as program

HERE = Path(__file__).parent
KIT = Path(os.environ["KIT"])
RIGHT = [sys.executable, str(HERE / "lbhealth_adapter.py")]

# What a wrong adapter does with the right answer.
WRONG = {
    "a backend that fails is healthy": "for record in answer.get('records', []): record['health'] = 'HEALTHY'",
    "a record is lost": "answer.get('records', [])[:1] = []",
    "records are in another order": "answer.get('records', []).reverse()",
    "an unknown count is 0": "for pool in answer.get('pools', []): pool.setdefault('healthy_count', 0)",
    "an absent field is null": "answer.setdefault('next_page', None)",
    "a switch is a number": "for pool in answer.get('pools', []): pool['check_enabled'] = int(pool.get('check_enabled', 0))",
    "warnings are kept back": "answer['warnings'] = []",
}


def run(kit: Path, command: list[str]) -> tuple[int, list[str]]:
    """Exit status and what was printed."""
    runner = [sys.executable, str(HERE / "conformance.py"), str(kit), *command]
    done = subprocess.run(runner, capture_output=True, encoding="utf-8", timeout=300, check=False)
    return done.returncode, done.stdout.splitlines() or [done.stderr]


def context(case: Json) -> Json:
    """What the caller knows in a case."""
    found: Json = json.loads((KIT / case["context"]).read_text(encoding="utf-8")) if "context" in case else {}
    return found


def can_be_asked(case: Json) -> bool:
    """Whether the program can be asked: it takes neither an array nor nothing for a reply."""
    return (KIT / case["input"]).read_bytes().strip()[:1] not in (b"[", b"")


def part(folder: Path, step: int) -> Path:
    """A kit with some of the cases, which stay where they are."""
    manifest = json.loads((KIT / "manifest.json").read_text(encoding="utf-8"))
    cases = [case for case in manifest["cases"] if can_be_asked(case)][::step]
    for case in cases:
        for name in ("input", "context", "expected"):
            if name in case:
                case[name] = str(KIT / case[name])
        case["with"] = [str(KIT / path) for path in case.get("with", [])]
    (folder / "manifest.json").write_text(json.dumps({**manifest, "cases": cases}), encoding="utf-8")
    return folder


def test_the_library_passes_every_case(tmp_path: Path) -> None:
    status, printed = run(part(tmp_path, 1), RIGHT)
    assert status == 0, printed
    assert int(printed[-1].split()[0]) > 250, printed


def test_the_library_fails_with_the_error_that_is_expected() -> None:
    """The runner sees only that the program failed; why stands on standard error."""
    cases = [case for case in json.loads((KIT / "manifest.json").read_text(encoding="utf-8"))["cases"] if case["outcome"] == "ERROR"]
    assert len(cases) > 40
    for case in filter(can_be_asked, cases):
        done = program(["normalize", "--adapter", case["adapter"], *context_arguments(context(case))], (KIT / case["input"]).read_bytes())
        expected = json.loads((KIT / case["expected"]).read_text(encoding="utf-8"))["error"]["text"]
        assert done.returncode == 1 and expected in done.stderr.decode(), case["name"]


@pytest.mark.parametrize("mistake", [*WRONG.values(), "pass"], ids=[*WRONG, "a failed call is an empty report"])
def test_a_wrong_adapter_fails(mistake: str, tmp_path: Path) -> None:
    program = tmp_path / "wrong.py"
    program.write_text(
        "import json, subprocess, sys\n"
        f"done = subprocess.run({RIGHT!r} + sys.argv[1:], capture_output=True)\n"
        "answer = json.loads(done.stdout or '{}')\n"
        f"if answer:\n    {mistake}\n"
        "print(json.dumps(answer))\n",
        encoding="utf-8",
    )
    status, printed = run(part(tmp_path, 20), [sys.executable, str(program)])
    assert status == 1, printed
    # Each of them also hides failed calls; a mistake in documents fails further cases.
    documents = [line for line in printed[:-1] if "/error is missing" not in line]
    assert bool(documents) == (mistake != "pass"), printed


def test_a_program_that_does_not_run_fails(tmp_path: Path) -> None:
    status, printed = run(part(tmp_path, 20), [str(tmp_path / "no-such-program")])
    assert status == 1
    assert all("no outcome" in line for line in printed[:-1])


def test_without_a_command_the_usage_is_shown() -> None:
    status, printed = run(KIT, [])
    assert status == 2
    assert "conformance.py KIT COMMAND" in printed[0]
