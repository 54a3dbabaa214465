"""The published vocabulary is enough to read raw vendor words in SQL.

The raw words are made of the fixtures: in each payload the status of each backend is replaced, one after another, by every status word
of the operation, and every field that a rule of the vocabulary names is read from the payload as it stands. What SQL says of these words
is held against what the program says of the payload.
"""

from __future__ import annotations

import copy
import csv
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from program import SCHEMAS, Json, context_arguments, fixtures, lines, run

VOCABULARY = SCHEMAS / "vocabulary/all.csv"

# Where more than the words of one backend decides: other backends, what stands above them, the bound listeners that the caller knows.
BEYOND = {"FAIL_OPEN", "PARENT_NOT_IN_SERVICE", "STANDBY_ROLE"}


@cache
def vocabulary() -> dict[tuple[str, str], list[dict[str, str]]]:
    """The rows by adapter and operation."""
    found: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    with VOCABULARY.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["adapter"], row["operation"]].append(row)
    return found


def at(payload: Any, path: str) -> Any:
    """The value at a JSON Pointer; `None` where there is none."""
    for part in path.split("/")[1:]:
        try:
            payload = payload[int(part)] if isinstance(payload, list) else payload[part]
        except (KeyError, IndexError, TypeError, ValueError):
            return None
    return payload


def field(payload: Any, backend: str, name: str) -> str | None:
    """The text of a field of the vocabulary: names from the backend's object, a leading number going up that many levels."""
    up, _, rest = name.partition("/")
    if up.isdigit():
        backend, name = "/".join(backend.split("/")[: -int(up)]), rest
    # A status that stands in an entry of a backend has the backend's other fields above it.
    while (value := at(payload, f"{backend}/{name}")) is None and backend:
        backend = backend.rpartition("/")[0]
    return value if isinstance(value, str) else json.dumps(value) if isinstance(value, (bool, int)) else None


def records(adapter: str, arguments: list[str], payload: Json) -> list[Json]:
    """What the program makes of a payload."""
    done = run(["normalize", "--adapter", adapter, *arguments, "--format", "records", "-"], json.dumps(payload).encode())
    return lines(done.stdout)


def observations() -> Iterator[Json]:
    """Raw words, and the program's answer to them."""
    for fixture in fixtures():
        document = fixture.expected
        rows = vocabulary().get((fixture.adapter, document.get("operation", "")), [])
        statuses = {row["word"]: row["field"] for row in rows if row["role"] == "STATUS"}
        names = {row[name] for row in rows for name in ("field", "and_field") if row[name] and row["role"] in ("STATUS", "TRAFFIC", "REASON")}
        if fixture.kind != "health-report" or not statuses or "algorithms" in fixture.context or any(fixture.folder.glob("with-*")):
            continue
        arguments = context_arguments(fixture.context)
        payload = json.loads((fixture.folder / "input.json").read_text(encoding="utf-8-sig"))
        paths = list(dict.fromkeys(record["evidence"]["path"] for record in document["records"] if record["evidence"].get("status")))
        for path in paths[:3]:
            for word, name in statuses.items():
                changed = copy.deepcopy(payload)
                holder = at(changed, path)
                if not isinstance(holder, dict) or not isinstance(holder.get(name), str):
                    continue
                holder[name] = f" {word.lower()} "  # Words match without regard to case and to blanks around them.
                answers = [record for record in records(fixture.adapter, arguments, changed) if record["evidence_path"] == path]
                if answers:
                    yield {
                        "name": f"{fixture.name}{path}", "adapter": fixture.adapter, "operation": document["operation"], "word": word,
                        "raw": holder[name], "facts": {name: text for name in names if (text := field(changed, path, name))},
                        **{key: answers[0].get(key) for key in ANSWER},
                    }  # fmt: skip


ANSWER = ["health", "certainty", "cause_reason", "cause_phase", "cause_certainty", "traffic", "traffic_reason", "warnings", "scope"]


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """The vocabulary and the raw words as tables, and the answers of SQL as the view `answers`."""
    connection = duckdb.connect()
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.ndjson"
        raw.write_text("".join(json.dumps(item) + "\n" for item in observations()), encoding="utf-8")
        columns = ", ".join(f"{name}: 'VARCHAR'" for name in ("name", "adapter", "operation", "word", "raw", *ANSWER))
        connection.execute(f"CREATE TABLE raw AS FROM read_json('{raw}', columns = {{{columns}, facts: 'MAP(VARCHAR, VARCHAR)'}})")
    connection.execute(f"CREATE TABLE vocabulary AS FROM read_csv('{VOCABULARY}', all_varchar = true)")
    yield connection


ANSWERS = """
CREATE VIEW fact AS
    SELECT name, word, entry.key AS field, lower(trim(entry.value)) AS word_key
    FROM (SELECT name, word, unnest(map_entries(facts)) AS entry FROM raw);

-- For each field of a backend that the vocabulary has words of: the row that counts.
CREATE VIEW found AS
    SELECT raw.name, raw.word, rows.role, rows.* EXCLUDE (adapter, operation, role, word)
    FROM raw
    JOIN fact USING (name, word)
    JOIN vocabulary AS rows
        ON rows.adapter = raw.adapter AND rows.operation = raw.operation AND rows.field = fact.field
        AND rows.word_key IN (fact.word_key, '*')
    LEFT JOIN fact AS second ON second.name = raw.name AND second.word = raw.word AND second.field = rows.and_field
    WHERE rows.and_field IS NULL OR (second.word_key <> '' AND lower(rows.and_word) IN (second.word_key, '*'))
    QUALIFY row_number() OVER (PARTITION BY raw.name, raw.word, rows.role ORDER BY rows.precedence::INTEGER) = 1;

CREATE VIEW answer AS
    SELECT
        raw.name, raw.word,
        coalesce(status.health, 'UNKNOWN') AS health,
        status.certainty AS certainty,
        CASE WHEN status.health <> 'HEALTHY' THEN coalesce(reason.reason, status.reason) END AS cause_reason,
        CASE
            WHEN narrower.traffic IS NULL THEN coalesce(status.traffic, 'UNKNOWN')
            WHEN narrower.traffic = 'MIRRORED' THEN 'MIRRORED'
            WHEN status.traffic = 'EXCLUDED' THEN 'EXCLUDED'
            ELSE narrower.traffic
        END AS traffic
    FROM raw
    LEFT JOIN found AS status ON status.name = raw.name AND status.word = raw.word AND status.role = 'STATUS'
    LEFT JOIN found AS reason ON reason.name = raw.name AND reason.word = raw.word AND reason.role = 'REASON'
    LEFT JOIN found AS narrower ON narrower.name = raw.name AND narrower.word = raw.word AND narrower.role = 'TRAFFIC';
"""
