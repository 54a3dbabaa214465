"""Alibaba Cloud's clients. Their models are constructors with annotated arguments; the vendor's text is comments in them."""

from __future__ import annotations

import inspect
import json
import re
import typing
from collections.abc import Collection
from types import ModuleType
from typing import Any

from alibabacloud_tea_openapi.utils_models import Config
from darabonba.runtime import RuntimeOptions

from vendor import Field, Vendor, listed, snake_case


class Alibaba(Vendor):
    """The client of one product."""

    def __init__(self, adapter: str, models: ModuleType, client: type, unlisted: Collection[str] = ()) -> None:
        self.adapter = adapter
        self.unlisted = frozenset(unlisted)
        self._models = models
        self._client = client

    def reply(self, operation: str) -> type:
        return getattr(self._models, f"{operation}ResponseBody")

    def request(self, operation: str) -> type:
        return getattr(self._models, f"{operation}Request")

    def fields(self, model: type) -> list[Field]:
        documentation = _comments(inspect.getsource(model.__init__))
        found = []
        for name in inspect.signature(model).parameters:
            kind = typing.get_type_hints(model.__init__)[name]
            is_list = typing.get_origin(kind) is list
            kind = typing.get_args(kind)[0] if is_list else kind
            found.append(Field(name, kind, is_list, listed(documentation[name])))
        return found

    def written(self, reply: Any) -> dict[str, str]:
        return {"to_map": json.dumps(reply.to_map())}

    def fetch(self, operation: str, request: Any, port: int) -> Any:
        config = Config(access_key_id="key", access_key_secret="secret", endpoint=f"127.0.0.1:{port}", protocol="http")
        call = getattr(self._client(config), f"{snake_case(operation)}_with_options")
        return call(request, RuntimeOptions(connect_timeout=5000, read_timeout=5000, autoretry=False)).body


def _comments(source: str) -> dict[str, str]:
    """The comment above the assignment of each attribute."""
    found: dict[str, str] = {}
    comment: list[str] = []
    for line in map(str.strip, source.splitlines()):
        assignment = re.match(r"self\.(\w+) = ", line)
        if line.startswith("#"):
            comment.append(line.removeprefix("#").strip())
        elif assignment:
            found[assignment[1]] = "\n".join(comment)
            comment = []
    return found
