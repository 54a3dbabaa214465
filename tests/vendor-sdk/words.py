"""Every word that a client's documentation lists for a field of the vocabulary is in the vocabulary."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator

from check import Check, expect
from operations import ROOT, Operation
from vendor import snake_case, walked

LISTED = re.compile(
    r"\*\*(\w+)\*\*(?: \([^)]*\))?:"  # **Initial**: text
    r"|(?:^|\s)- (\w+)\s*[:：]",  # - INITIAL：text
    re.MULTILINE,
)
ALWAYS_LISTED = {"STATUS", "REASON"}


def checks(operation: Operation) -> Iterator[Check]:
    """The checks of one operation: one for each field that the vocabulary has words of and the client's documentation lists."""
    model = operation.vendor.reply(operation.name)
    for path, (roles, known) in _vocabulary(operation).items():
        name = snake_case(path.rsplit("/", maxsplit=1)[-1])
        texts = [field.documentation for field in walked(operation.vendor, model) if field.name == name]
        words = {found[1] or found[2] for text in texts for found in LISTED.finditer(text)}
        if words or roles & ALWAYS_LISTED:
            yield Check(f"{operation}, words of {path}", lambda words=words, known=known: _are_known(words, known))


def _vocabulary(operation: Operation) -> dict[str, tuple[set[str], set[str]]]:
    """The published words of an operation by field, and the roles that they have there: a word for a whole stands beside one for a part."""
    found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    with (ROOT / "schemas/v1/vocabulary/all.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (row["adapter"], row["operation"]) == (operation.vendor.adapter, operation.name):
                roles, words = found[row["field"]]
                roles.add(row["role"])
                words.add(row["word"].casefold())
    return found


def _are_known(words: set[str], known: set[str]) -> None:
    expect(bool(words), "the client has no such field, or lists its words in a form that is not known here")
    unknown = sorted(word for word in words if word.casefold() not in known)
    expect(not unknown, f"not in the vocabulary: {', '.join(unknown)}")
