"""Documents as a later release could write them inside the same version: whatever may be added is added."""

from collections import Counter
from typing import Any

from schemas import Readers

WORD = "A_WORD_OF_TOMORROW"
FIELD = "a_field_of_tomorrow"


class Tomorrow:
    """Rewrites documents, and counts what it put into them."""

    def __init__(self, readers: Readers) -> None:
        self.readers = readers
        self.open_lists = readers.open_lists()
        self.added: Counter[str] = Counter()

    def document(self, document: dict[str, Any]) -> dict[str, Any]:
        """The document with a new word in the place of each word of an open list, and with a new field in each object."""
        validator = self.readers.validators[document["schema_id"]]
        return self.value(document, self.readers.schema["$defs"][validator.schema["title"]])

    def value(self, value: Any, schema: dict[str, Any]) -> Any:
        name, schema = self.readers.definition(schema)
        if name in self.open_lists:
            self.added[name] += 1
            return WORD
        if isinstance(value, list):
            return [self.value(element, schema["items"]) for element in value]
        if isinstance(value, dict):
            self.added[FIELD] += 1
            members = {key: self.value(inner, schema["properties"][key]) for key, inner in value.items()}
            return members | {FIELD: {"with": ["anything"]}}
        return value
