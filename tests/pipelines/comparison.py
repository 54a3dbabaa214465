"""Two folders of Parquet files, held against each other by an engine that made neither of them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

PART = 50_000


def query(text: str) -> list[tuple[object, ...]]:
    """What DuckDB answers."""
    # What does not fit goes there, and not into the folder one stands in.
    with TemporaryDirectory() as spill, duckdb.connect(config={"memory_limit": "6GB", "temp_directory": spill}) as database:
        return database.execute(text).fetchall()


def assert_same(one: Path, other: Path) -> None:
    """Both have the same columns and rows, each row as many times: with as many in both, none may be in one and not in the other."""
    ours, theirs = (f"read_parquet('{folder}/**/*.parquet', hive_partitioning = false)" for folder in (one, other))
    for question in ("SELECT column_name FROM (DESCRIBE FROM {})", "SELECT count(*) FROM {}"):
        assert query(question.format(ours)) == query(question.format(theirs)) != [(0,)]
    # Part by part, for they need not fit into memory.
    ((last,),) = query(f"SELECT max(id) FROM {ours}")
    for first in range(0, last + 1, PART):
        part = f"WHERE id BETWEEN {first} AND {first + PART - 1}"
        assert not query(f"FROM {ours} {part} EXCEPT ALL FROM {theirs} {part} LIMIT 3")
