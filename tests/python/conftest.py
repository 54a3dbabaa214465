"""What the tests share: the cases of the conformance kit, and a reply."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "schemas/v1"
KIT = Path(os.environ["KIT"])
MANIFEST: dict[str, Any] = json.loads((KIT / "manifest.json").read_text(encoding="utf-8"))

Json = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A situation of the conformance kit."""

    fields: Json

    @property
    def name(self) -> str:
        """Adapter and situation."""
        return f"{self.adapter}/{self.fields['name']}"

    @property
    def adapter(self) -> str:
        """Id of the adapter that reads the payload."""
        return str(self.fields["adapter"])

    @property
    def payload(self) -> bytes:
        """The payload."""
        return (KIT / self.fields["input"]).read_bytes()

    @property
    def context(self) -> Json:
        """What the caller knows."""
        path = self.fields.get("context")
        context: Json = json.loads((KIT / path).read_text(encoding="utf-8")) if path else {}
        return context

    @property
    def inventories(self) -> list[bytes]:
        """What the report is completed with."""
        return [(KIT / path).read_bytes() for path in self.fields.get("with", [])]

    @property
    def expected(self) -> Json:
        """What has to come out."""
        expected: Json = json.loads((KIT / self.fields["expected"]).read_text(encoding="utf-8"))
        return expected


CASES = [Case(fields) for fields in MANIFEST["cases"] if fields["outcome"] in ("DOCUMENT", "ERROR")]


@pytest.fixture
def member() -> Json:
    """A member that fails its check, as the client of its vendor gives it."""
    return {
        "id": "m-1",
        "member_type": "instance",
        "address": "10.0.0.7",
        "protocol_port": 80,
        "weight": 10,
        "operating_status": "OFFLINE",
        "reason": {"reason_code": "CONNECT_REFUSED"},
    }


@pytest.fixture
def reply(member: Json) -> Json:
    """The reply that says so."""
    return {"member": member, "request_id": "r-1"}
