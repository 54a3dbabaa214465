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
from program import SCHEMAS, Json, lines, run

DOCUMENTS = lines((Path(os.environ["CORPUS"]) / "documents.ndjson").read_text(encoding="utf-8"))
HEALTHS = ("healthy", "unhealthy", "degraded", "initializing", "draining", "unmonitored", "inactive", "unknown")
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
    database.execute(named("counted"))


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


def by_backend(rows: list[Json]) -> list[list[Json]]:
    """What is said of each backend: its rows, and that one that is well need not be so at listeners that are not named."""
    found: dict[str, list[Json]] = defaultdict(list)
    for row in rows:
        found[row["backend_key"]].append(row)
        if row["health"] in ("HEALTHY", "UNMONITORED") and "OUTER_STATUS_UNPLACED" in row.get("warnings", ""):
            found[row["backend_key"]].append({**row, "health": "UNKNOWN", "traffic": "UNKNOWN"})
    return list(found.values())


# How a row counts under `quorum:P%`, by health and traffic; `*` is any traffic, and what is not here is undecided.
STANDINGS = {
    ("UNHEALTHY", "*"): "down",
    ("DEGRADED", "*"): "down",
    ("DRAINING", "*"): "aside",
    ("INACTIVE", "*"): "aside",
    ("UNKNOWN", "STANDBY"): "aside",
    ("INITIALIZING", "STANDBY"): "aside",
    ("HEALTHY", "ELIGIBLE"): "up",
    ("UNMONITORED", "ELIGIBLE"): "unmonitored",
    **{(health, traffic): "aside" for health in ("HEALTHY", "UNMONITORED") for traffic in ("EXCLUDED", "EXISTING_ONLY", "STANDBY")},
}


def standing_of(row: Json) -> str:
    """How a row counts."""
    if row["traffic"] == "MIRRORED":
        return "aside"
    return STANDINGS.get((row["health"], row["traffic"])) or STANDINGS.get((row["health"], "*"), "undecided")


def standing(observed: list[Json]) -> str:
    """How a backend counts: as the worst of its rows that are in service."""
    standings = {standing_of(row) for row in observed}
    return next((word for word in ("down", "undecided", "unmonitored", "up") if word in standings), "aside")


def total(pool: Json) -> int | None:
    """How many backends the pool has, by the vendor's figure or by the counts."""
    counts = [pool.get(f"{health}_count") for health in HEALTHS]
    counted = None if None in counts else sum(count for count in counts if count is not None)
    return pool.get("server_count", counted)


def without_row(place: dict[str, list[Json]]) -> list[tuple[str, str, int | None]]:
    """Health, standing and number of the backends that have no row."""
    found: list[tuple[str, str, int | None]] = []
    for pool in place["pool-row"]:
        is_whole, health = pool["completeness"] == "COMPLETE", pool.get("unlisted_health", "UNKNOWN")
        said = health if is_whole or health == "UNMONITORED" else "UNKNOWN"
        counts = standing([{"health": said, "traffic": pool.get("unlisted_traffic", "ELIGIBLE")}])
        all_of_it = total(pool)
        if all_of_it is None:
            found.append((said, counts, 0 if is_whole and pool["coverage"] != "NON_HEALTHY_ONLY" else None))
            continue
        named = len(by_backend(place["backend-row"]))
        others = all_of_it - named
        untold = min(others, max(pool.get("listed_count", 0) - named, 0))
        found += [(said, counts, others - untold), ("UNKNOWN", "undecided", untold)] if others >= 0 else [(said, counts, None)]
    return [part for part in found if part[2] != 0]


def is_counted(place: dict[str, list[Json]]) -> bool:
    """Whether the backends that have a row are all but those that `without_row` tells of."""
    if any(pool["coverage"] == "NON_HEALTHY_ONLY" or total(pool) is not None for pool in place["pool-row"]):
        return True
    return all(row["coverage"] != "NON_HEALTHY_ONLY" and row["completeness"] == "COMPLETE" for row in place["backend-row"])


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
    seen: Counter[str] = Counter()
    for name, snapshot in SNAPSHOTS.items():
        load(database, tmp_path, snapshot)
        wanted: dict[tuple[str, str], int | None] = {}
        coverage = {row["coverage"] for rows in snapshot.values() for row in rows}
        for key, place in places(snapshot).items():
            parts: dict[str, list[int | None]] = defaultdict(list)
            for observed in by_backend(place["backend-row"]):
                healths = {row["health"] for row in observed}
                parts["MIXED" if len(healths) > 1 else healths.pop()].append(1 if is_counted(place) else None)
            for health, _, number in without_row(place):
                parts[health].append(number)
            for health, numbers in parts.items():
                known = [number for number in numbers if number is not None]
                is_known = len(known) == len(numbers)
                wanted[key, health] = sum(known) if is_known else None
                seen.update([health] if is_known else [f"{word} not known" for word in coverage])
        assert {(key, health): count for key, health, count in query(database, "backends-per-health")} == wanted, name
    assert seen["MIXED"] and seen["ALL not known"] and seen["NON_HEALTHY_ONLY not known"] and seen["HEALTHY"] > 100


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
        wanted: dict[str, tuple[int | None, int | None, int | None, str]] = {}
        for key, place in places(snapshot).items():
            counts: Counter[str] = Counter(standing(observed) for observed in by_backend(place["backend-row"]))
            others = without_row(place)
            for _, word, number in others:
                counts[word] += number or 0
            healthy, unknown, checked = counts["up"], counts["undecided"], counts["up"] + counts["undecided"] + counts["down"]
            selected = any(row["coverage"] == "SELECTED" for rows in place.values() for row in rows)
            if selected or not is_counted(place) or any(number is None for *_, number in others):
                wanted[key] = (None, None, None, "NOT KNOWN")
                continue
            below = "YES" if 5 * (healthy + unknown) < 4 * checked else "NOT KNOWN"
            wanted[key] = (healthy, unknown, checked, "NOT CHECKED" if not checked else "NO" if 5 * healthy >= 4 * checked else below)
        assert {key: tuple(figures) for key, *figures in query(database, "pools-below")} == wanted, name
        seen.update(below for *_, below in wanted.values())
    assert set(seen) == {"NO", "NOT CHECKED", "NOT KNOWN", "YES"}


def test_of_several_sweeps_the_newest_counts(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (snapshot,) = (snapshot for name, snapshot in SNAPSHOTS.items() if name.endswith("/same-server-at-default-action-and-rules"))
    emptied = {"backend-row": [], "pool-row": [{**row, "server_count": 0, "listed_count": 0} for row in snapshot["pool-row"]]}

    def at(time: str, sweep: Snapshot) -> Snapshot:
        return {kind: [{**row, "observed_at": f"2026-03-01T{time}:00Z"} for row in rows] for kind, rows in sweep.items()}

    def answers(*sweeps: Snapshot) -> list[list[tuple[Any, ...]]]:
        load(database, tmp_path, {kind: [row for sweep in sweeps for row in sweep[kind]] for kind in ("backend-row", "pool-row")})
        database.execute(named("newest"))
        return [query(database, name) for name in ("backends-per-health", "pools-below")]

    full, empty = answers(snapshot), answers(emptied)
    assert full != empty
    assert answers(at("10:00", snapshot), at("10:05", snapshot)) == full
    assert answers(at("10:05", snapshot), at("10:00", emptied)) == full
    assert answers(at("10:00", snapshot), at("10:05", emptied)) == empty


def row_of(name: str, **columns: Any) -> Json:
    """A row of the vendor that lists all backends, changed."""
    (snapshot,) = (snapshot for fixture, snapshot in SNAPSHOTS.items() if fixture.endswith("/list-of-members-of-every-status"))
    return {**snapshot["backend-row"][0], "completeness": "COMPLETE", "pool_key": "pool", "backend_key": name, **columns}


def test_a_backend_is_healthy_if_all_of_its_rows_are(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    well, fails = {"health": "HEALTHY", "traffic": "ELIGIBLE"}, {"health": "UNHEALTHY", "traffic": "EXCLUDED"}
    rows = [row_of("a", **well), row_of("b", **well, observer="IPV4"), row_of("b", **fails, observer="IPV6")]
    load(database, tmp_path, {"backend-row": rows, "pool-row": []})
    assert query(database, "backends-per-health") == [("pool", "HEALTHY", 1), ("pool", "MIXED", 1)]
    assert query(database, "pools-below") == [("pool", 1, 0, 2, "YES")]


def test_what_is_not_in_service_or_not_checked_makes_no_pool_well_or_unwell(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    well, fails = {"health": "HEALTHY", "traffic": "ELIGIBLE"}, {"health": "UNHEALTHY", "traffic": "EXCLUDED"}
    for health, traffic in [
        ("INACTIVE", "EXCLUDED"), ("DRAINING", "EXISTING_ONLY"), ("UNMONITORED", "ELIGIBLE"), ("HEALTHY", "EXISTING_ONLY"),
        ("HEALTHY", "STANDBY"), ("UNHEALTHY", "MIRRORED"),
    ]:  # fmt: skip
        others = [row_of(f"other {number}", health=health, traffic=traffic) for number in range(8)]
        for row, figures in ((well, (1, 0, 1, "NO")), (fails, (0, 0, 1, "YES"))):
            load(database, tmp_path, {"backend-row": [row_of("a", **row), *others], "pool-row": []})
            assert query(database, "pools-below") == [("pool", *figures)], (health, traffic)
        load(database, tmp_path, {"backend-row": others, "pool-row": []})
        assert query(database, "pools-below") == [("pool", 0, 0, 0, "NOT CHECKED")], (health, traffic)
    rows = [row_of("a", **well), row_of("b", health="INITIALIZING", traffic="UNKNOWN")]
    load(database, tmp_path, {"backend-row": rows, "pool-row": []})
    assert query(database, "pools-below") == [("pool", 1, 1, 2, "NOT KNOWN")], "it may become healthy"


def test_a_list_that_is_not_complete_counts_nothing(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for completeness in ("INCOMPLETE", "UNDETERMINED"):
        rows = [row_of(name, health="HEALTHY", traffic="ELIGIBLE", coverage="ALL", completeness=completeness) for name in "ab"]
        load(database, tmp_path, {"backend-row": rows, "pool-row": []})
        assert query(database, "backends-per-health") == [("pool", "HEALTHY", None)]
        assert query(database, "pools-below") == [("pool", None, None, None, "NOT KNOWN")]


def summarized(report: Json) -> list[Json]:
    """The pools of a health report as the program judges them."""
    done = run(["summarize", "--policy", "quorum:80%", "--format", "json", "-"], json.dumps(report).encode())
    pools: list[Json] = json.loads(done.stdout)["pools"]
    return pools


# What the query and the program say of a place where they agree, and where they differ because the query leaves out what nobody checks.
AGREE = {("NO", "OK"), ("NOT CHECKED", "UNKNOWN"), ("NOT KNOWN", "UNKNOWN"), ("YES", "CRITICAL")}
NOBODY_CHECKS_SOME = {("NO", "WARNING"), ("NOT CHECKED", "WARNING"), ("YES", "UNKNOWN"), ("YES", "WARNING")}


def compared(below: str, judged: Json) -> str | None:
    """Whether they agree, or by which of the differences that the guide names they do not. In none is a pool well that is bad."""
    if (below, judged["verdict"]) in AGREE:
        return "agree"
    if (below, judged["verdict"]) in NOBODY_CHECKS_SOME and judged["standing"]["flagged_count"]:
        return "nobody checks some"
    if below == "NOT KNOWN" and judged["coverage"] == "SELECTED":
        return "only some were asked for"
    return None


def test_the_queries_say_what_the_program_says(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    reports = {item["name"]: item["document"] for item in DOCUMENTS if item["schema"] == "health-report"}
    for name, snapshot in SNAPSHOTS.items():
        load(database, tmp_path, snapshot)
        below = {row[0]: row[-1] for row in query(database, "pools-below")}
        counts: dict[str, dict[str, int | None]] = defaultdict(dict)
        for key, health, number in query(database, "backends-per-health"):
            counts[key][health] = number
        whole = summarized(reports[name])
        alone = {pool["pool_keys"][0]: pool for pool in whole if len(pool["pool_keys"]) == 1}
        assert {key for pool in whole for key in pool["pool_keys"]} == set(below), name
        for pool in whole:
            if pool["verdict"] in ("CRITICAL", "UNKNOWN"):
                assert any(below[key] != "NO" for key in pool["pool_keys"]), (name, pool["pool_keys"])
        for key in below:
            of_place = {part: [item for item in reports[name][part] if item["pool_key"] == key] for part in ("pools", "records")}
            judged = alone[key] if key in alone else summarized({**reports[name], **of_place})[0]
            how = compared(below[key], judged)
            assert how, (name, key, below[key], judged["verdict"])
            seen[how] += 1
            if "backend_count" not in judged["counts"]:
                assert None in counts[key].values(), (name, key)
            elif None not in counts[key].values():
                wanted = {word.removesuffix("_count").upper(): number for word, number in judged["counts"]["health"].items() if number}
                assert counts[key] == wanted, (name, key)
                seen["counted"] += 1
    assert seen["agree"] > 400 and seen["counted"] > 500
    assert seen["nobody checks some"] and seen["only some were asked for"], "each difference is needed, so none hides anything"


def test_each_health_and_traffic_stands_as_the_program_says(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    load(database, tmp_path, {"backend-row": [], "pool-row": []})
    reports = [item["document"] for item in DOCUMENTS if item["schema"] == "health-report"]
    report, model = next((report, record) for report in reports for record in report["records"] if record["health"] == "HEALTHY")
    schema = json.loads((SCHEMAS / "document.schema.json").read_text(encoding="utf-8"))["$defs"]
    pairs = [(health, traffic) for health in schema["BackendHealth"]["enum"] for traffic in schema["Traffic"]["enum"]]
    assert len(pairs) == 48
    records = []
    for health, traffic in pairs:
        pool = f"{health}-{traffic}"
        keys = {"pool_id": pool, "pool_key": pool, "record_key": pool, "backend_key": pool}
        records.append({**model, **keys, "health": health, "traffic": traffic})
    judged = summarized({**report, "pools": [], "records": records, "completeness": "COMPLETE", "coverage": "ALL", "warnings": []})
    found = {pool["pool_id"]: next(word for word, number in pool["standing"].items() if number) for pool in judged}
    words = {"UP": "up", "UNMONITORED": "flagged", "UNDECIDED": "undecided", "DOWN": "down", None: "aside"}
    for health, traffic in pairs:
        ((word,),) = database.execute(f"SELECT standing('{health}', '{traffic}')").fetchall()
        assert f"{words[word]}_count" == found[f"{health}-{traffic}"], (health, traffic)


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
