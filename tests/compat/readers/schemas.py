"""The readers of one version: validators, and types that a generator made of its schemas."""

import importlib.util
import json
import re
import subprocess
import sys
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any

from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter, ValidationError

OPTIONS = """--input-file-type jsonschema --output-model-type pydantic_v2.BaseModel --use-annotated --field-constraints
--use-subclass-enum --use-type-alias --formatters builtin""".split()


class Readers:
    """What reads the documents and rows of one version."""

    def __init__(self, folder: Path, generated: Path) -> None:
        self.schema = json.loads((folder / "document.schema.json").read_text())
        schemas = [json.loads(path.read_text()) for path in sorted(folder.glob("*.schema.json"))]
        self.validators = {schema["$id"]: Draft202012Validator(schema) for schema in schemas}
        self.types = types_of(folder / "document.schema.json", generated)

    def complaint(self, document: dict[str, Any]) -> str | None:
        """Why a document or row is refused; nothing if both validator and types take it."""
        validator = self.validators[document["schema_id"]]
        for error in validator.iter_errors(document):
            return f"schema: {error.json_path}: {error.message[:200]}"
        try:
            self.read(document)
        except ValidationError as error:
            return f"types: {error.errors()[0]['loc']}: {error.errors()[0]['msg']}"
        return None

    def read(self, document: dict[str, Any]) -> Any:
        """The document as the generated type of its name."""
        name = self.validators[document["schema_id"]].schema["title"]
        return TypeAdapter(getattr(self.types, name)).validate_python(document)

    def identifiers(self) -> set[str]:
        """The names that the generator gave: of types, of fields, of constants."""
        names = set()
        for name, value in vars(self.types).items():
            if getattr(value, "__module__", None) != self.types.__name__:
                continue
            names.add(name)
            if isinstance(value, type) and issubclass(value, BaseModel):
                names |= {f"{name}.{field}" for field in value.model_fields}
            elif isinstance(value, type) and issubclass(value, Enum):
                names |= {f"{name}.{constant}" for constant in value.__members__}
        return names

    def open_lists(self) -> set[str]:
        """The names of lists of words in which further ones are to be expected."""
        definitions = self.schema["$defs"].items()
        return {name for name, schema in definitions if schema.get("type") == "string" and "enum" not in schema and "examples" in schema}

    def definition(self, schema: dict[str, Any]) -> tuple[str | None, dict[str, Any]]:
        """What a schema stands for, with its name if it has one."""
        target = schema.get("$ref") or next((part["$ref"] for part in schema.get("allOf", []) if "$ref" in part), None)
        if target is None:
            return None, schema
        name = target.removeprefix("#/$defs/")
        return name, self.schema["$defs"][name]


def types_of(schema: Path, generated: Path) -> ModuleType:
    """The module that the generator makes of a schema."""
    generated.mkdir(parents=True, exist_ok=True)
    path = generated / "lbhealth_types.py"
    generator = [sys.executable, "-m", "datamodel_code_generator", "--input", str(schema), "--output", str(path), *OPTIONS]
    subprocess.run(generator, check=True)
    # Each version has a module of its own, or the types of one would be those of the other.
    name = re.sub(r"\W", "_", f"lbhealth_types_{generated.name}")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
