"""The classes are those of the published schema."""

from __future__ import annotations

import dataclasses
import json
from enum import Enum
from typing import Any

import lbhealth
import pytest
from conftest import SCHEMAS
from lbhealth import model
from lbhealth.word import OpenWord

DEFINITIONS: dict[str, Any] = json.loads((SCHEMAS / "document.schema.json").read_text(encoding="utf-8"))["$defs"]


@pytest.mark.parametrize("name", model.__all__)
def test_a_class_is_as_its_schema(name: str) -> None:
    cls, schema = getattr(lbhealth, name), DEFINITIONS[name]
    assert cls.__doc__.split()[:3] == schema["description"].split()[:3]
    if "enum" in schema:
        assert issubclass(cls, Enum) and [word.value for word in cls] == schema["enum"]
        assert [word.name for word in cls] == schema["enum"]
    elif "examples" in schema:
        assert issubclass(cls, OpenWord) and [*cls.known] == schema["examples"]
        assert all(getattr(cls, word) is known for word, known in zip(schema["examples"], cls.known))
    else:
        fields = {field.name: field for field in dataclasses.fields(cls)}
        assert fields.keys() == schema["properties"].keys()
        for field in fields.values():
            constant = schema["properties"][field.name].get("const")
            needed = field.name in schema.get("required", [])
            assert (field.default is dataclasses.MISSING) == (needed and constant is None), field.name
            if constant is None and not needed:
                assert field.default == (() if "items" in schema["properties"][field.name] else None), field.name


def test_every_type_that_a_document_is_made_of_has_a_class() -> None:
    def found(name: str, known: set[str]) -> set[str]:
        text = json.dumps(DEFINITIONS[name])
        for other in DEFINITIONS:
            if f'"#/$defs/{other}"' in text and other not in known:
                known = found(other, known | {other})
        return known

    for document in ("HealthReport", "HealthCheckReport", "Inventory", "Summary", "Diff", "Explanation", "PublishedVocabulary"):
        assert found(document, {document}) <= {*model.__all__}
