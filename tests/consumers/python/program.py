"""The program under test and the fixtures that it is given."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
SCHEMAS = ROOT / "schemas/v1"
LBHEALTH = os.environ.get("LBHEALTH", str(ROOT / "target/release/lbhealth"))

Json = dict[str, Any]


@dataclass(frozen=True)
class Fixture:
    """One situation of one adapter."""

    folder: Path

    @property
    def name(self) -> str:
        """Adapter and situation."""
        return f"{self.adapter}/{self.folder.name}"

    @property
    def adapter(self) -> str:
        """Id of the adapter."""
        return self.folder.parents[1].name

    @property
    def expected(self) -> Json:
        """The golden document, or `{"error": …}`."""
        golden: Json = json.loads((self.folder / "expected.json").read_text(encoding="utf-8"))
        return golden

    @property
    def context(self) -> Json:
        """What the caller knows; empty where that is nothing."""
        file = self.folder / "context.json"
        context: Json = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        return context

    @property
    def is_one_reply(self) -> bool:
        """Whether the program takes the input for one reply: a list is a stream of them."""
        return not (self.folder / "input.json").read_text(encoding="utf-8-sig").lstrip().startswith("[")

    @property
    def kind(self) -> str:
        """Which document it is: the last part of its `schema_id`; empty for an error."""
        return str(self.expected.get("schema_id", "")).rpartition(":")[2]

    def arguments(self) -> list[str]:
        """What the program has to be told so that it gives the golden document."""
        arguments = ["normalize", "--adapter", self.adapter, *context_arguments(self.context)]
        with_files = sorted(self.folder.glob("with-*.json"))
        if with_files:
            arguments += ["--with", *map(str, with_files), "--"]
        return [*arguments, str(self.folder / "input.json")]


def context_arguments(context: Json) -> list[str]:
    """A context as options of the program."""
    arguments: list[str] = []
    for name, value in context.items():
        if name == "bound_listeners":
            for bound in value:
                pool = f"{bound['pool_id']}=" if "pool_id" in bound else ""
                arguments += ["--bound-listener", pool + bound["listener_id"]]
        elif name == "algorithms":
            for known in value:
                pool = f"{known['pool_id']}=" if "pool_id" in known else ""
                arguments += ["--algorithm", pool + known["algorithm"]]
        else:
            arguments += ["--" + name.replace("_", "-"), str(value)]
    return arguments


def fixtures() -> Iterator[Fixture]:
    """Every fixture of every adapter."""
    for expected in sorted(ROOT.glob("crates/adapters/*/fixtures/*/expected.json")):
        yield Fixture(expected.parent)


def run(arguments: list[str], payload: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Runs the program."""
    return subprocess.run([LBHEALTH, *arguments], input=payload, capture_output=True, timeout=60, check=False)


def lines(text: bytes | str) -> list[Json]:
    """NDJSON as objects."""
    return [json.loads(line) for line in text.splitlines()]
