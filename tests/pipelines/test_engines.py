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
def expected(payloads: pa.Table, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """The rows that the program writes, read without any engine."""
    file = tmp_path_factory.mktemp("program") / "replies.ndjson"
    file.write_bytes(b"\n".join(payloads["payload"].to_pylist()))
    arguments = ["normalize", "--format", "records", "--observed-at", OBSERVED_AT, str(file)]
    done = subprocess.run([os.environ["LBHEALTH"], *arguments], capture_output=True, check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
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
