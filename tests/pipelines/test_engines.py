"""What Polars, DuckDB, pandas and pyarrow read is the same, and is what the program says."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import lbhealth
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from single import OBSERVED_AT

Reader = Callable[[pa.Table], pa.Table]
ROWS = pa.schema(lbhealth.backend_row_schema())


def plain(table: pa.Table) -> pa.Table:
    """The same cells in the types that all of them have: no dictionaries, instants in microseconds."""

    def kind(column: pa.Field) -> pa.DataType:
        if pa.types.is_dictionary(column.type):
            return pa.string()
        return pa.timestamp("us", "UTC") if pa.types.is_timestamp(column.type) else column.type

    return table.cast(pa.schema([pa.field(column.name, kind(column)) for column in ROWS])).combine_chunks()


def sorted_rows(table: pa.Table) -> list[dict[str, object]]:
    """Rows in an order that no reader has a say in."""
    return sorted(plain(table).to_pylist(), key=lambda row: (row["request_id"], row["record_key"]))


@pytest.fixture(scope="module")
def payloads(replies: Path) -> pa.Table:
    """Whole replies of both vendors; the program is not told whose they are."""
    table = pq.read_table(min(replies.glob("*.parquet")))
    return table.filter(pa.compute.is_null(table["broken"])).slice(0, 2000)


@pytest.fixture(scope="module")
def program(payloads: pa.Table, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rows as the program writes them, in each of its formats for machines."""
    folder = tmp_path_factory.mktemp("program")
    (folder / "replies.ndjson").write_bytes(b"\n".join(payloads["payload"].to_pylist()))
    for name in ("records", "parquet", "arrow"):
        arguments = ["normalize", "--format", name, "--observed-at", OBSERVED_AT, str(folder / "replies.ndjson")]
        with open(folder / name, "wb") as out:
            subprocess.run([os.environ["LBHEALTH"], *arguments], stdout=out, check=True)
    return folder


@pytest.fixture(scope="module")
def expected(program: Path) -> list[dict[str, object]]:
    """The rows read as JSON, without any engine."""
    rows = [json.loads(line) for line in (program / "records").read_bytes().splitlines()]
    for row in rows:
        row["observed_at"] = pd.Timestamp(row["observed_at"]).to_pydatetime()
    return sorted_rows(pa.Table.from_pylist(rows, plain(ROWS.empty_table()).schema))


def in_polars(rows: object) -> pa.Table:
    """A DataFrame and back. Polars says the same of types and missing values."""
    frame = pl.DataFrame(rows)
    assert (frame.schema["port"], frame.schema["observed_at"]) == (pl.Int32, pl.Datetime("ms", "UTC"))
    assert isinstance(frame.schema["health"], pl.Categorical) and frame["health"].null_count() == 0
    return frame.to_arrow()


def in_duckdb(rows: object) -> pa.Table:
    """A query over an object of Python."""
    with duckdb.connect() as database:
        database.register("rows", pa.table(rows))
        return database.sql("FROM rows").to_arrow_table()


def in_pandas(rows: object) -> pa.Table:
    """A DataFrame and back."""
    frame = pd.DataFrame.from_arrow(rows)
    assert str(frame["health"].dtype) == "category" and str(frame["observed_at"].dtype) == "datetime64[ms, UTC]"
    # Whole numbers with gaps are floats in pandas, and come back as such.
    return pa.Table.from_pandas(frame, preserve_index=False)


def in_pyarrow(rows: object) -> pa.Table:
    """The reference."""
    return pa.table(rows)


ENGINES = [in_duckdb, in_pandas, in_polars, in_pyarrow]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_reads_in_memory_what_the_program_writes(
    engine: Callable[[object], pa.Table], payloads: pa.Table, expected: list[dict[str, object]]
) -> None:
    """Without a copy through files, and as often as one likes."""
    done = lbhealth.normalize_arrow(payloads["payload"], observed_at=OBSERVED_AT)
    assert sorted_rows(engine(done.rows)) == expected
    assert len(sorted_rows(engine(done.rows))) == len(expected) > 2000


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_is_a_table_without_rows(engine: Callable[[object], pa.Table]) -> None:
    """All columns are there."""
    done = lbhealth.normalize_arrow(pa.array([], pa.string()))
    assert engine(done.rows).column_names == ROWS.names
    assert engine(done.rows).num_rows == 0


def arrow_stream(path: Path) -> pa.Table:
    """What DuckDB and pandas read of a stream of Arrow, for which they have no reader of their own."""
    return pa.ipc.open_stream(path.read_bytes()).read_all()


def parquet_in_duckdb(path: Path) -> pa.Table:
    """Read by DuckDB itself."""
    with duckdb.connect() as database:
        return database.sql(f"FROM read_parquet('{path}')").to_arrow_table()


FILES: list[tuple[str, Callable[[Path], pa.Table]]] = [
    ("arrow", lambda path: in_duckdb(arrow_stream(path))),
    ("arrow", lambda path: pa.Table.from_pandas(arrow_stream(path).to_pandas(), preserve_index=False)),
    ("arrow", lambda path: pl.read_ipc_stream(path).to_arrow()),
    ("arrow", arrow_stream),
    ("parquet", parquet_in_duckdb),
    ("parquet", lambda path: pa.Table.from_pandas(pd.read_parquet(path), preserve_index=False)),
    ("parquet", lambda path: pl.read_parquet(path).to_arrow()),
    ("parquet", pq.read_table),
]


NAMES = [f"{name}-{engine}" for name in ("arrow", "parquet") for engine in ("duckdb", "pandas", "polars", "pyarrow")]


@pytest.mark.parametrize(("name", "read"), FILES, ids=NAMES)
def test_an_engine_reads_the_files_of_the_program(
    name: str, read: Callable[[Path], pa.Table], program: Path, expected: list[dict[str, object]]
) -> None:
    """Which are the same rows again."""
    assert sorted_rows(read(program / name)) == expected


def test_pandas_keeps_words_that_it_would_take_for_missing() -> None:
    """As `schemas/README.md` says."""
    path = Path(__file__).parents[2] / "schemas/v1/vocabulary/all.csv"
    words = {"N/A", "NA", "null"}
    assert not words & set(pd.read_csv(path)["word"])
    told = pd.read_csv(path, keep_default_na=False, na_values=[""])
    assert words <= set(told["word"]) and "NA" in set(told["and_word"])
    assert told["and_field"].isna().any() and not told["word"].isna().any()
