"""Every golden document and row is valid and is read through generated types; broken ones are refused for the right reason."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import get_args

import lbhealth_types as types  # `Warning` would hide Python's own, so the module is imported and not its names.
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from guide import GUIDE
from program import SCHEMAS, Json, lines, run
from pydantic import BaseModel, ValidationError
from typing_extensions import TypeAliasType

CORPUS = Path(os.environ["CORPUS"])
DOCUMENTS = lines((CORPUS / "documents.ndjson").read_text(encoding="utf-8"))
BROKEN = lines((CORPUS / "broken.ndjson").read_text(encoding="utf-8"))
TYPES: dict[str, type[BaseModel]] = {
    "backend-row": types.BackendRow,
    "envelope": types.Envelope,
    "health-check-report": types.HealthCheckReport,
    "health-report": types.HealthReport,
    "inventory": types.Inventory,
    "pool-row": types.PoolRow,
    "vocabulary": types.PublishedVocabulary,
}


def validator(name: str) -> Draft202012Validator:
    """The validator of a published schema; formats count."""
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=FormatChecker())


VALIDATORS = {name: validator(name) for name in TYPES}


def pointer(parts: Iterator[str | int]) -> str:
    """A path as a JSON Pointer."""
    return "".join(f"/{part}" for part in parts)


def test_every_document_is_valid() -> None:
    assert len(DOCUMENTS) > 500
    for item in DOCUMENTS:
        errors = [f"{error.json_path}: {error.message}" for error in VALIDATORS[item["schema"]].iter_errors(item["document"])]
        assert not errors, (item["name"], errors)


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: str(case["case"]))
def test_broken_documents_are_refused_and_newer_ones_are_not(case: Json) -> None:
    errors = list(VALIDATORS[case["schema"]].iter_errors(case["document"]))
    found = {(pointer(iter(error.absolute_path)), error.validator) for error in errors}
    if case["keyword"]:
        assert (case["pointer"], case["keyword"]) in found
        assert {at for at, _ in found} == {case["pointer"]}
    else:
        assert not found


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: str(case["case"]))
def test_generated_types_refuse_broken_documents(case: Json) -> None:
    try:
        TYPES[case["schema"]].model_validate_json(json.dumps(case["document"]), strict=True)
    except ValidationError as refused:
        assert case["keyword"] and "python" not in case["types_accept"], refused
        at = pointer(iter(refused.errors()[0]["loc"]))
        # A field that is missing or too much is named, not its object.
        assert at == case["pointer"] or (case["keyword"] in ("required", "additionalProperties") and at.rpartition("/")[0] == case["pointer"]), refused
    else:
        assert not case["keyword"] or "python" in case["types_accept"]


def test_generated_types_have_the_names_of_the_definitions() -> None:
    names = json.loads((CORPUS / "definitions.json").read_text(encoding="utf-8"))
    for name in names["objects"]:
        assert issubclass(getattr(types, name), BaseModel)
    for name in names["closed"]:
        assert issubclass(getattr(types, name), str) and issubclass(getattr(types, name), Enum)
    for name in names["open"]:
        alias = getattr(types, name)
        assert isinstance(alias, TypeAliasType) and get_args(alias.__value__)[0] is str
    made = {name for name, value in vars(types).items() if getattr(value, "__module__", "") == types.__name__}
    assert made == {*names["objects"], *names["closed"], *names["open"], "Published"}


def test_nothing_is_lost_between_reading_and_writing() -> None:
    for item in DOCUMENTS:
        if item["schema"] == "envelope":
            continue  # Callers write these, and the library reads them.
        document = TYPES[item["schema"]].model_validate(item["document"])
        written = document.model_dump(mode="json", exclude_unset=True)
        if "observed_at" in written:  # The same instant; the text may have fewer decimals.
            assert datetime.fromisoformat(written["observed_at"]) == datetime.fromisoformat(item["document"]["observed_at"])
            written["observed_at"] = item["document"]["observed_at"]
        assert written == item["document"], item["name"]


def facts(item: Json) -> Iterator[list[object]]:
    """What `corpus.py` finds without types, found with them."""
    document = TYPES[item["schema"]].model_validate(item["document"])
    name = item["name"]
    match document:
        case types.BackendRow() as row:
            yield ["row", name, row.record_key, row.health.value, row.cause_reason, row.probe_observed]
        case types.PoolRow() as row:
            yield ["pool-row", name, row.pool_key, row.server_count, row.unhealthy_count]
        case types.PublishedVocabulary() as words:
            healthy = [row.word for row in words.rows if row.health == types.BackendHealth.HEALTHY]
            yield ["vocabulary", name, words.schema_id, words.adapter, len(words.rows), healthy]
        case types.Envelope(context=types.Context() as context):
            listeners = [bound.listener_id for bound in context.bound_listeners or []]
            yield ["envelope", name, context.pool_id, context.operation, listeners]
        case types.HealthReport() | types.HealthCheckReport() | types.Inventory():
            at = document.observed_at and round(document.observed_at.timestamp() * 1000)
            yield ["document", name, document.schema_id, document.operation, at, len(document.warnings)]
    match document:
        case types.HealthReport():
            for record in document.records:
                cause, probe = record.cause, record.probe
                expected = probe and probe.expected
                yield [
                    "record", name, record.record_key, record.health.value, record.traffic.value, record.traffic_reason, record.port,
                    cause and cause.reason, cause and cause.phase.value, expected and expected.text,
                    probe and probe.observed, record.evidence.status, record.warnings,
                ]  # fmt: skip
            for pool in document.pools:
                health = pool.unlisted_health and pool.unlisted_health.value
                yield ["pool", name, pool.pool_key, pool.check_enabled, pool.server_count, pool.healthy_count, health]
        case types.HealthCheckReport():
            for check in document.health_checks:
                yield ["check", name, check.id, check.protocol, check.interval_ms, check.expected and check.expected.text]
        case types.Inventory():
            for member in document.members:
                yield ["member", name, member.pool_id, member.backend_id, member.port, member.registration]


def test_fields_read_through_generated_types() -> None:
    found = [fact for item in DOCUMENTS for fact in facts(item)]
    wanted: list[list[object]] = [json.loads(line) for line in (CORPUS / "facts.ndjson").read_text(encoding="utf-8").splitlines()]
    assert found == wanted


def test_a_reason_compares_as_text() -> None:
    """With the generator's defaults this comparison is false without a word."""
    item = next(item for item in DOCUMENTS if item["schema"] == "backend-row" and item["document"].get("cause_reason"))
    row = types.BackendRow.model_validate(item["document"])
    assert row.cause_reason == item["document"]["cause_reason"]
    assert row.health == item["document"]["health"]


@pytest.mark.parametrize(
    "number, is_read", [("4", True), ("4294967295", True), ("4.0", False), ("4e0", False), ("4294967296", False), ("1099511627776", False)]
)
def test_a_number_can_be_valid_and_yet_not_readable(number: str, is_read: bool) -> None:
    reports = [item["document"] for item in DOCUMENTS if item["schema"] == "health-report"]
    report = next(report for report in reports if any("server_count" in pool for pool in report["pools"]))
    pools = [{**pool, "server_count": "here"} if "server_count" in pool else pool for pool in report["pools"]]
    text = json.dumps({**report, "pools": pools}).replace('"here"', number)
    assert VALIDATORS["health-report"].is_valid(json.loads(text))
    assert (run(["summarize", "--format", "json", "-"], text.encode()).returncode == 0) == is_read
    told = " ".join(GUIDE.read_text(encoding="utf-8").split())
    assert "to JSON Schema `4.0` is an integer" in told and "counts only up to 4294967295" in told
