"""The program under test."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from typing import Any

from check import expect


@dataclass(frozen=True)
class Outcome:
    """What the program did with one payload."""

    status: int
    output: str
    message: str

    def document(self) -> dict[str, Any]:
        """The document that it gave; fails where it gave none."""
        expect(self.status == 0, f"exit status {self.status}: {self.message.strip()}")
        return json.loads(self.output)


def normalize(adapter: str, payload: str, operation: str | None = None) -> Outcome:
    """Gives the program a payload on its standard input; without an operation, its shape has to tell."""
    command = [os.environ["LBHEALTH"], "normalize", "--adapter", adapter, *(["--operation", operation] if operation else []), "-"]
    done = subprocess.run(command, input=payload, capture_output=True, encoding="utf-8", timeout=30, check=False)
    return Outcome(done.returncode, done.stdout, done.stderr)
