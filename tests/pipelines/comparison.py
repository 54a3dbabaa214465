"""Two folders of Parquet files, held against each other by an engine that made neither of them."""

from __future__ import annotations

from pathlib import Path

import duckdb


def query(text: str) -> list[tuple[object, ...]]:
    """What DuckDB answers."""
    with duckdb.connect(config={"memory_limit": "6GB"}) as database:
        return database.execute(text).fetchall()


def assert_same(one: Path, other: Path) -> None:
    """Both have the same columns and rows, each row as many times: with as many in both, none may be in one and not in the other."""
    ours, theirs = (f"read_parquet('{folder}/**/*.parquet', hive_partitioning = false)" for folder in (one, other))
    for question in ("SELECT column_name FROM (DESCRIBE FROM {})", "SELECT count(*) FROM {}"):
        assert query(question.format(ours)) == query(question.format(theirs)) != [(0,)]
    assert not query(f"FROM {ours} EXCEPT ALL FROM {theirs} ORDER BY id LIMIT 3")
