"""Every field that a client knows stands in the published schema of the payload, and replies with all or none of them are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from check import Check, Failure, expect
from operation import ROOT, Operation
from program import normalize
from vendor import filled, hollow, walked

MISREAD = {"FIELD_UNREADABLE", "ELEMENT_SKIPPED"}


def checks(operation: Operation) -> Iterator[Check]:
    """The checks of one operation."""
    vendor = operation.vendor
    model = vendor.reply(operation.name)
    for way, payload in vendor.written(filled(vendor, model)).items():
        name = f"{operation}, every field set, {way}"
        yield Check(f"{name}: is read", lambda payload=payload: _is_read(operation, payload))
        yield Check(f"{name}: is in the schema", lambda payload=payload: _is_in_schema(operation, json.loads(payload)))
        if operation.elsewhere is not None:
            yield Check(f"{name}: is all of the schema", lambda payload=payload: _is_all_of_schema(operation, json.loads(payload)))
    for set_fields, reply in (("no field", model()), ("no field but models", hollow(vendor, model))):
        for way, payload in vendor.written(reply).items():
            name = f"{operation}, {set_fields} set, {way}: a document or an error"
            yield Check(name, lambda payload=payload: _is_answered(operation, payload))


def _is_read(operation: Operation, payload: str) -> None:
    vendor = operation.vendor
    known = sum(1 for _ in walked(vendor, vendor.reply(operation.name)))
    expect(_names(json.loads(payload)) == known, f"the client knows {known} fields and writes others: {payload}")
    document = normalize(vendor.adapter, payload).document()
    expect(document["operation"] == operation.name, f"taken for {document['operation']}")
    misread = [warning["message"] for warning in document["warnings"] if warning["code"] in MISREAD]
    expect(not misread, f"values of the client's own types were not read: {misread}")


def _is_in_schema(operation: Operation, payload: dict[str, Any]) -> None:
    schema = _schema(operation)
    missing = list(_missing(schema, schema, payload, ""))
    expect(not missing, f"not in the published schema: {', '.join(missing)}")


def _is_all_of_schema(operation: Operation, payload: dict[str, Any]) -> None:
    schema = _schema(operation)
    further = set(_further(schema, schema, payload, ""))
    expect(further <= operation.elsewhere, f"not in the client: {', '.join(sorted(further - operation.elsewhere))}")
    expect(further == operation.elsewhere, f"in the client after all: {', '.join(sorted(operation.elsewhere - further))}")


def _further(schema: dict[str, Any], definition: dict[str, Any], value: Any, path: str) -> Iterator[str]:
    """The paths that a definition names and a value, in which every field is set, does not have."""
    definition = _resolved(schema, definition)
    if isinstance(value, list):
        for element in value:
            yield from _further(schema, definition.get("items", {}), element, f"{path}/-")
    elif isinstance(value, dict):
        for name, inner in definition.get("properties", {}).items():
            if name in value:
                yield from _further(schema, inner, value[name], f"{path}/{name}")
            else:
                yield f"{path}/{name}"


def _schema(operation: Operation) -> dict[str, Any]:
    """The published schema of the operation's replies."""
    path = ROOT / "schemas/v1/payloads" / operation.vendor.adapter / f"{operation.name}.schema.json"
    return json.loads(path.read_text(encoding="utf-8"))


def _missing(schema: dict[str, Any], definition: dict[str, Any], value: Any, path: str) -> Iterator[str]:
    """The paths in a value that a definition does not name; `-` in a path is any element of a list."""
    definition = _resolved(schema, definition)
    if isinstance(value, list):
        for element in value:
            yield from _missing(schema, definition.get("items", {}), element, f"{path}/-")
    elif isinstance(value, dict):
        for name, inner in value.items():
            found = definition.get("properties", {}).get(name)
            if found is None:
                yield f"{path}/{name}"
            elif not found.get("description", "").startswith("Not read:"):
                yield from _missing(schema, found, inner, f"{path}/{name}")


def _resolved(schema: dict[str, Any], definition: dict[str, Any]) -> dict[str, Any]:
    """What a definition refers to, with or without words of its own beside it."""
    for choice in [definition, *definition.get("allOf", [])]:
        if "$ref" in choice:
            return schema["$defs"][choice["$ref"].removeprefix("#/$defs/")]
    return definition


def _names(value: Any) -> int:
    """How many names the objects of a value have."""
    if isinstance(value, list):
        return sum(map(_names, value))
    return sum(1 + _names(inner) for inner in value.values()) if isinstance(value, dict) else 0


def _is_answered(operation: Operation, payload: str) -> None:
    outcome = normalize(operation.vendor.adapter, payload, operation.name)
    if outcome.status == 0:
        expect(outcome.document()["operation"] == operation.name, f"taken for another operation: {payload}")
        return
    said = outcome.message.strip()
    clear = outcome.status == 1 and not outcome.output and said.startswith("lbhealth: ") and "\n" not in said
    if not clear or "panicked" in said:
        raise Failure(f"exit status {outcome.status} on {payload}: {said}")
