"""Every word that a client lists for a field of the vocabulary is in the vocabulary."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator

from check import Check, expect
from operation import ROOT, Operation
from vendor import snake_case, walked

ALWAYS_LISTED = {"STATUS", "REASON"}


def checks(operation: Operation) -> Iterator[Check]:
    """The checks of one operation: one for each field that the vocabulary has words of and the client lists."""
    vocabulary = _vocabulary(operation)
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for path, field in walked(operation.vendor, operation.vendor.reply(operation.name)):
        names = tuple(map(snake_case, path))
        # Fields of one name stand in several objects; the vocabulary names the object where that matters.
        fitting = [known for known in vocabulary if names[-len(known) :] == known]
        if fitting:
            found[max(fitting, key=len)] |= field.words
    for path, (roles, known) in vocabulary.items():
        words = found[path]
        if words or (operation.lists_words and roles & ALWAYS_LISTED):
            yield Check(f"{operation}, words of {'/'.join(path)}", lambda words=words, known=known: _are_known(words, known))


def _vocabulary(operation: Operation) -> dict[tuple[str, ...], tuple[set[str], set[str]]]:
    """The published words of an operation by field, and the roles that they have there: a word for a whole stands beside one for a part."""
    found: dict[tuple[str, ...], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    with (ROOT / "schemas/v1/vocabulary/all.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (row["adapter"], row["operation"]) == (operation.vendor.adapter, operation.name):
                # A leading number goes up that many levels.
                path = tuple(snake_case(name) for name in row["field"].split("/") if not name.isdigit())
                roles, words = found[path]
                roles.add(row["role"])
                words.add(row["word"].casefold())
    return found


def _are_known(words: set[str], known: set[str]) -> None:
    expect(bool(words), "the client has no such field, or lists its words in a form that is not known here")
    unknown = sorted(word for word in words if word.casefold() not in known)
    expect(not unknown, f"not in the vocabulary: {', '.join(unknown)}")
