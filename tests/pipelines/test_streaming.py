"""Replies that keep coming in."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import lbhealth.spark
import pyarrow.parquet as pq
import pytest
from comparison import assert_same, query
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.streaming import StreamingQuery
from single import OBSERVED_AT, normalize


@pytest.fixture
def arriving(replies: Path, tmp_path: Path) -> Path:
    """Six small files, which a stream reads two at a time."""
    folder = tmp_path / "arriving"
    folder.mkdir()
    table = pq.read_table(min(replies.glob("*.parquet"))).slice(0, 3000)
    for place in range(6):
        pq.write_table(table.slice(place * 500, 500), folder / f"{place}.parquet")
    return folder


@pytest.fixture
def whole(arriving: Path, tmp_path: Path) -> Path:
    """What one machine makes of the same files."""
    folder = tmp_path / "whole"
    folder.mkdir()
    normalize(arriving, folder)
    return folder


def stream(spark: SparkSession, folder: Path) -> DataFrame:
    """The files as a source that does not know its end."""
    schema = spark.read.parquet(str(folder)).schema
    return spark.readStream.schema(schema).option("maxFilesPerTrigger", 2).parquet(str(folder))


def normalized(replies: DataFrame) -> lbhealth.spark.Normalized:
    """What is asked of the cluster here."""
    return lbhealth.spark.normalize(replies, "payload", "adapter", keep=["id"], observed_at=OBSERVED_AT)


def batches(query: StreamingQuery) -> int:
    """Waits until everything there is was read. How many batches had something in them."""
    query.awaitTermination()
    return sum(progress.numInputRows > 0 for progress in query.recentProgress)


def test_a_stream_gives_the_rows_of_all_its_batches(spark: SparkSession, arriving: Path, whole: Path, tmp_path: Path) -> None:
    """Rows alone need nothing more."""
    target = {"path": str(tmp_path / "rows"), "checkpointLocation": str(tmp_path / "checkpoint")}
    rows = normalized(stream(spark, arriving)).rows.writeStream.options(**target)
    assert batches(rows.trigger(availableNow=True).start()) == 3
    assert_same(whole / "rows", tmp_path / "rows")


def test_rows_and_failures_of_a_stream_share_a_pass_and_a_restart_repeats_nothing(
    spark: SparkSession, arriving: Path, tmp_path: Path
) -> None:
    """Each batch is normalized once and written twice; a query that is started again goes on behind what was written."""

    def write(batch: DataFrame, number: int) -> None:
        done = normalized(batch).persist()
        # A batch that comes again after a crash replaces what there is of it.
        done.rows.write.mode("overwrite").parquet(str(tmp_path / f"found/rows/batch={number}"))
        done.failures.write.mode("overwrite").parquet(str(tmp_path / f"found/failures/batch={number}"))
        done.unpersist()

    def run() -> int:
        source = stream(spark, arriving).writeStream.option("checkpointLocation", str(tmp_path / "checkpoint"))
        return batches(source.trigger(availableNow=True).foreachBatch(write).start())

    assert run() == 3
    pq.write_table(pq.read_table(arriving / "0.parquet"), arriving / "late.parquet")
    assert run() == 1
    folder = tmp_path / "single"
    folder.mkdir()
    normalize(arriving, folder)
    assert_same(folder / "rows", tmp_path / "found/rows")
    assert_same(folder / "failures", tmp_path / "found/failures")


def test_health_of_pools_is_kept_up_while_replies_come_in(spark: SparkSession, arriving: Path, whole: Path, tmp_path: Path) -> None:
    """Rows of a stream are grouped as any others are."""
    groups = normalized(stream(spark, arriving)).rows.groupBy("pool_key", "health").count()
    target = groups.writeStream.outputMode("complete").format("memory").queryName("pools")
    assert batches(target.option("checkpointLocation", str(tmp_path / "checkpoint")).trigger(availableNow=True).start()) == 3
    counts = query(f"SELECT pool_key, health, count(*) FROM '{whole}/rows/*.parquet' GROUP BY ALL")
    assert Counter(tuple(row) for row in spark.table("pools").collect()) == Counter(counts)
