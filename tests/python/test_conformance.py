"""The package gives what the conformance kit expects, and writes it as the library does."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

import lbhealth
import pyarrow as pa
import pytest
from conformance import differences
from conftest import CASES, MANIFEST, Case

NOT_COMPARED = [pattern.split("/")[1:] for pattern in MANIFEST["not_compared"]]


def outcome(case: Case) -> Any:
    """The document, or the error as the kit describes one."""
    try:
        document = lbhealth.normalize(case.payload, case.adapter, **case.context)
        if case.inventories:
            inventories = [lbhealth.normalize(payload, case.adapter, **case.context) for payload in case.inventories]
            document = document.complete_with(lbhealth.Inventory.merge(inventories))
    except lbhealth.Error as error:
        # As the kit has them: what is absent is left out, and so is the path of the payload as a whole.
        fields = {"kind": error.kind, "adapter": error.adapter, "path": error.path or None, "text": error.message}
        if isinstance(error, lbhealth.VendorError):
            fields |= {"code": error.code, "vendor_message": error.vendor_message}
            fields |= {"request_id": error.request_id, "class": error.vendor_class}
        return {"error": {name: value for name, value in fields.items() if value is not None}}
    written = document.to_dict()
    assert written.pop("producer") == f"lbhealth {lbhealth.__version__}"
    return written


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_case_of_the_kit(case: Case) -> None:
    actual, expected = outcome(case), case.expected
    assert not list(differences(actual, expected, "", NOT_COMPARED))


@pytest.mark.parametrize("adapter", lbhealth.ADAPTERS)
def test_json_is_that_of_the_program(adapter: str) -> None:
    """Byte by byte: also the order of names, and how numbers and times are written."""
    cases = [case for case in CASES if case.adapter == adapter and "records" in case.expected and not case.context]
    replies = [json.loads(case.payload.decode("utf-8-sig")) for case in cases if not case.inventories]
    # The program takes an array for several replies.
    payloads = [json.dumps(reply).encode() for reply in replies if isinstance(reply, dict)]
    command = [os.environ["LBHEALTH"], "normalize", "--format", "ndjson", "--adapter", adapter, "--observed-at", "2026-03-01T10:00:00Z", "-"]
    done = subprocess.run(command, input=b"\n".join(payloads), capture_output=True, check=True)
    reports = [lbhealth.normalize(payload, adapter, observed_at="2026-03-01T10:00:00Z").to_json() for payload in payloads]
    assert reports and done.stdout.decode().splitlines() == reports


def test_the_kit_has_documents_of_all_kinds_and_errors() -> None:
    outcomes = [case.expected for case in CASES]
    ids = {outcome.get("schema_id", "error") for outcome in outcomes}
    assert len(outcomes) > 250 and len(ids) == 4


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_case_as_arrow_and_as_a_dictionary(case: Case) -> None:
    """Whatever JSON Python itself reads gives the same document as the text, and the same rows."""
    if case.inventories:
        return
    table = lbhealth.normalize_arrow(pa.array([case.payload], pa.binary()), case.adapter, **case.context)
    rows, failures = pa.table(table.rows).to_pylist(), pa.table(table.failures).to_pylist()
    if "error" in case.expected or "records" not in case.expected:
        assert not rows
        [failure] = failures
        expected = case.expected.get("error", {"kind": "UNEXPECTED_SHAPE"})
        assert failure["kind"] == expected["kind"]
        assert (failure["path"] or None) == expected.get("path")
        return
    assert not failures
    document = lbhealth.normalize(case.payload, case.adapter, **case.context)
    assert isinstance(document, lbhealth.HealthReport)
    assert [row["record_key"] for row in rows] == [record.record_key for record in document.records]
    for row, record in zip(rows, document.records):
        assert (row["health"], row["traffic"], row["certainty"]) == (record.health, record.traffic, record.certainty)
        assert row["cause_reason"] == (record.cause.reason if record.cause else None)
        assert (row["weight"], row["port"], row["zone"]) == (record.weight, record.port, record.zone)
        assert row["evidence_path"] == record.evidence.path
        assert row["observed_at"] == document.observed_at
    # Python keeps the last of equal names and the digits of a number, as the library does, but reads no text that is cut off.
    read = json.loads(case.payload.decode("utf-8-sig"))
    if isinstance(read, dict):
        assert lbhealth.normalize(read, case.adapter, **case.context) == document
