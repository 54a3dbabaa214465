"""The queries of the guide over the rows of every fixture, held against a count without SQL."""

from __future__ import annotations

import copy
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from guide import named
from program import SCHEMAS, Json, lines

DOCUMENTS = lines((Path(os.environ["CORPUS"]) / "documents.ndjson").read_text(encoding="utf-8"))
Snapshot = dict[str, list[Json]]


def snapshots() -> dict[str, Snapshot]:
    """The rows of each fixture: keys are unique in a report, and the same ids stand in many fixtures."""
    found: dict[str, Snapshot] = defaultdict(lambda: {"backend-row": [], "pool-row": []})
    for item in DOCUMENTS:
        if item["schema"] in ("backend-row", "pool-row"):
            found[item["name"]][item["schema"]].append(item["document"])
    return dict(found)


SNAPSHOTS = snapshots()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with the published columns."""
    with duckdb.connect() as connection:
        connection.execute(f"SET file_search_path = '{tmp_path}'")
        for name in ("backend-row", "pool-row"):
            connection.execute((SCHEMAS / f"{name}.duckdb.sql").read_text(encoding="utf-8"))
        yield connection


def load(database: duckdb.DuckDBPyConnection, folder: Path, snapshot: Snapshot) -> None:
    """Loads the rows as the guide does."""
    for name, kind in (("rows.ndjson", "backend-row"), ("pools.ndjson", "pool-row")):
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in snapshot[kind]), encoding="utf-8")
    database.execute(named("load"))


def query(database: duckdb.DuckDBPyConnection, name: str) -> list[tuple[Any, ...]]:
    """What a query of the guide gives."""
    return database.execute(named(name)).fetchall()


def places(snapshot: Snapshot) -> dict[str, dict[str, list[Json]]]:
    """The rows by place of a pool."""
    found: dict[str, dict[str, list[Json]]] = defaultdict(lambda: {"backend-row": [], "pool-row": []})
    for kind, rows in snapshot.items():
        for row in rows:
            found[row["pool_key"]][kind].append(row)
    return found


def backends(rows: list[Json], *healths: str) -> int:
    """How many backends are in one of these states."""
    return len({row["backend_key"] for row in rows if row["health"] in healths})


def test_there_are_snapshots_of_every_kind() -> None:
    rows = [row for snapshot in SNAPSHOTS.values() for row in snapshot["pool-row"]]
    assert len(SNAPSHOTS) > 150
    assert any("unlisted_count" in row for row in rows) and any("unlisted_count" not in row for row in rows)
    assert {row["coverage"] for snapshot in SNAPSHOTS.values() for row in snapshot["backend-row"]} >= {"ALL", "NON_HEALTHY_ONLY"}


def test_types_are_those_of_the_columns(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    every = {kind: [row for snapshot in SNAPSHOTS.values() for row in snapshot[kind]] for kind in ("backend-row", "pool-row")}
    load(database, tmp_path, every)
    for table, kind in (("backends", "backend-row"), ("pools", "pool-row")):
        columns = [(name, str(of)) for name, of, *_ in database.execute(f"DESCRIBE {table}").fetchall()]
        assert {of for _, of in columns} <= {"VARCHAR", "INTEGER", "DOUBLE", "BOOLEAN", "TIMESTAMP WITH TIME ZONE"}
        for row, read in zip(every[kind], database.execute(f"SELECT * REPLACE (epoch_ms(observed_at) AS observed_at) FROM {table}").fetchall()):
            for (name, _), value in zip(columns, read):
                if name != "observed_at":
                    assert row.get(name) == value, f"{table}.{name}"
                else:
                    assert (value is None) == (name not in row)


def test_backends_per_health_per_pool(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for name, snapshot in SNAPSHOTS.items():
        load(database, tmp_path, snapshot)
        wanted: dict[tuple[str, str | None], int | None] = {}
        for key, place in places(snapshot).items():
            counts: dict[str | None, int | None] = {
                health: backends(place["backend-row"], health) for health in {row["health"] for row in place["backend-row"]}
            }
            for pool in place["pool-row"]:
                if pool["coverage"] != "ALL" and pool.get("unlisted_count") != 0:
                    health, unlisted = pool.get("unlisted_health"), pool.get("unlisted_count")
                    listed = counts.get(health, 0)
                    counts[health] = None if unlisted is None or listed is None else listed + unlisted
            wanted |= {(key, health): count for health, count in counts.items()}
        assert {(key, health): count for key, health, count in query(database, "backends-per-health")} == wanted, name


def test_an_unknown_count_is_not_0(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """A pool whose figure is not known against the same pool with the figure 0."""
    (snapshot,) = (snapshot for name, snapshot in SNAPSHOTS.items() if name.endswith("/same-server-at-default-action-and-rules"))
    answers = []
    for figure in (0, None):
        changed = copy.deepcopy(snapshot)
        pool = changed["pool-row"][0]
        for column in [column for column in pool if column.endswith("_count")]:
            del pool[column]
        if figure is not None:
            pool |= {"server_count": 2, "unlisted_count": figure, "healthy_count": 0, "unknown_count": 0, "unmonitored_count": 0}
        load(database, tmp_path, changed)
        at_pool = [row for row in query(database, "backends-per-health") if row[0] == pool["pool_key"]]
        (below,) = (row[-1] for row in query(database, "pools-below") if row[0] == pool["pool_key"])
        answers.append((any(count is None for _, _, count in at_pool), below))
    assert answers == [(False, "YES"), (True, "NOT KNOWN")]


def test_top_reasons(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    every = {"backend-row": [row for snapshot in SNAPSHOTS.values() for row in snapshot["backend-row"]], "pool-row": []}
    load(database, tmp_path, every)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    adapters: dict[str, set[str]] = defaultdict(set)
    for row in every["backend-row"]:
        if "cause_reason" in row:
            found[row["cause_reason"], row["cause_phase"]].add(row["backend_key"])
            adapters[row["cause_reason"]].add(row["adapter"])
    wanted = sorted(((*reason, len(keys)) for reason, keys in found.items()), key=lambda reason: (-reason[2], reason[0]))[:5]
    answer = query(database, "top-reasons")
    assert [row[:3] for row in answer] == wanted
    assert [row[3] for row in answer] == [", ".join(sorted(adapters[reason])) for reason, *_ in wanted]
    assert max(len(adapters[reason]) for reason, *_ in wanted) > 1, "across vendors"


def test_pools_below_80_percent(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    for name, snapshot in SNAPSHOTS.items():
        load(database, tmp_path, snapshot)
        wanted = {}
        for key, place in places(snapshot).items():
            rows, figures = place["backend-row"], place["pool-row"]
            healthy, unknown, checked = None, 0, 0
            if figures and "healthy_count" in figures[0]:
                (pool,) = figures
                healthy, unknown = pool["healthy_count"], pool["unknown_count"]
                checked = pool["server_count"] - pool["unmonitored_count"]
            elif rows and all((row["coverage"], row["completeness"]) == ("ALL", "COMPLETE") for row in rows):
                healthy, unknown = backends(rows, "HEALTHY"), backends(rows, "UNKNOWN")
                checked = len({row["backend_key"] for row in rows if row["health"] != "UNMONITORED"})
            if healthy is None:
                wanted[key] = "NOT KNOWN"
            elif checked == 0:
                wanted[key] = "NOT CHECKED"
            elif 5 * healthy >= 4 * checked:
                wanted[key] = "NO"
            else:
                wanted[key] = "YES" if 5 * (healthy + unknown) < 4 * checked else "NOT KNOWN"
        assert {key: below for key, *_, below in query(database, "pools-below")} == wanted, name
        seen.update(wanted.values())
    assert set(seen) == {"NO", "NOT CHECKED", "NOT KNOWN", "YES"}


def changes(database: duckdb.DuckDBPyConnection, before: list[Json], after: list[Json], folder: Path) -> list[tuple[Any, ...]]:
    """What the guide's join says of two snapshots."""
    for name, rows in (("old_snapshot", before), ("new_snapshot", after)):
        load(database, folder, {"backend-row": rows, "pool-row": []})
        database.execute(f"CREATE OR REPLACE TABLE {name} AS FROM backends")
    database.execute(named("changes"))
    return database.execute("FROM changes('old_snapshot', 'new_snapshot')").fetchall()


def test_a_snapshot_joined_with_itself_shows_no_change(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for name, snapshot in SNAPSHOTS.items():
        rows = snapshot["backend-row"]
        assert len({row["record_key"] for row in rows}) == len(rows), name
        assert changes(database, rows, rows[::-1], tmp_path) == [], name


def test_a_snapshot_joined_with_another_shows_each_change(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (snapshot,) = (snapshot for name, snapshot in SNAPSHOTS.items() if name.endswith("/list-of-members-of-every-status"))
    before = snapshot["backend-row"]
    after = copy.deepcopy(before[1:])
    after[0] |= {"health": "HEALTHY", "traffic": "ELIGIBLE"}
    after.append(copy.deepcopy(before[0]) | {"record_key": "new"})
    lost, changed = before[0], before[1]
    assert sorted(changes(database, before, after, tmp_path)) == sorted([
        (lost["record_key"], lost["health"], None, lost["traffic"], None),
        (changed["record_key"], changed["health"], "HEALTHY", changed["traffic"], "ELIGIBLE"),
        ("new", None, lost["health"], None, lost["traffic"]),
    ])  # fmt: skip
