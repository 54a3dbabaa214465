"""What a cluster makes of the replies is what one machine makes of them, whatever happens to the cluster."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import lbhealth.spark
import pyarrow as pa
import pytest
from cluster import executors, killed_in_the_middle
from comparison import assert_same, query
from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession, functions
from pyspark.sql.types import StructType
from single import OBSERVED_AT

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas/v1"


def normalized(frame: DataFrame) -> lbhealth.spark.Normalized:
    """What is asked of the cluster in most tests."""
    return lbhealth.spark.normalize(frame, "payload", "adapter", keep=["id"], observed_at=OBSERVED_AT)


def test_rows_are_those_of_one_machine(frame: DataFrame, single: Path, tmp_path: Path) -> None:
    """All of them, each cell, in a session of another time zone."""
    normalized(frame).rows.write.parquet(str(tmp_path / "rows"))
    assert_same(single / "rows", tmp_path / "rows")


def test_what_is_broken_comes_out_as_such_and_nothing_else(
    frame: DataFrame, replies: Path, single: Path, tmp_path: Path
) -> None:
    """No exception, no reply lost, and the reasons are those of one machine."""
    normalized(frame).failures.write.parquet(str(tmp_path / "failures"))
    assert_same(single / "failures", tmp_path / "failures")
    found = query(f"SELECT id, kind FROM '{tmp_path}/failures/*.parquet' ORDER BY id")
    assert found == query(f"SELECT id, broken FROM '{replies}/*.parquet' WHERE broken IS NOT NULL ORDER BY id")


def test_a_worker_that_is_killed_loses_nothing(spark: SparkSession, frame: DataFrame, single: Path, tmp_path: Path) -> None:
    """Its tasks are done again, and what it had written counts once."""
    before = executors(spark)
    victim, failed = killed_in_the_middle(
        spark, lambda: normalized(frame).rows.write.parquet(str(tmp_path / "rows")), after=lambda stages, tasks: tasks >= 3
    )
    assert failed >= 1 and victim in before and victim not in executors(spark)
    assert_same(single / "rows", tmp_path / "rows")


def test_health_by_pool_survives_a_worker_that_had_results_of_others_to_hand_over(
    spark: SparkSession, frame: DataFrame, single: Path, tmp_path: Path
) -> None:
    """Killed after the shuffle was written and before all of it was read, when its part is not anywhere else."""

    def slowly(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        time.sleep(1)  # Others are left for later.
        yield from batches

    def job() -> None:
        groups = normalized(frame).rows.groupBy("pool_key", "health").count()
        groups.mapInArrow(slowly, groups.schema).write.parquet(str(tmp_path / "groups"))

    _, failed = killed_in_the_middle(spark, job, after=lambda stages, tasks: stages >= 1)
    assert failed >= 1
    expected = f"(SELECT pool_key, health, count(*) FROM '{single}/rows/*.parquet' GROUP BY ALL)"
    assert query(f"SELECT count(*) FROM '{tmp_path}/groups/*.parquet'") == query(f"SELECT count(*) FROM {expected}")
    assert not query(f"FROM '{tmp_path}/groups/*.parquet' EXCEPT ALL FROM {expected} LIMIT 3")


def test_columns_are_the_published_ones(frame: DataFrame) -> None:
    """Names, order and types, behind those that were kept."""
    done = lbhealth.spark.normalize(frame, "payload", keep=["id", "payload"])
    declared = StructType.fromDDL((SCHEMAS / "backend-row.spark.ddl").read_text("utf-8"))
    kept = [("id", "bigint"), ("payload", "binary")]
    assert done.rows.dtypes == kept + [(column.name, column.dataType.simpleString()) for column in declared]
    assert done.failures.dtypes == kept + [(name, "string") for name in ("kind", "class", "adapter", "operation", "path", "message")]


def test_rows_and_failures_come_from_one_pass_once_they_are_kept(spark: SparkSession, few: DataFrame) -> None:
    """And from two without."""
    passes = spark.sparkContext.accumulator(0)

    def counted(batches):
        for batch in batches:
            passes.add(batch.num_rows)
            yield batch

    replies = few.mapInArrow(counted, few.schema)
    done = normalized(replies)
    done.rows.count(), done.failures.count()
    assert passes.value == 10_000
    with_one_pass = normalized(replies).persist(StorageLevel.DISK_ONLY)
    rows, failures = with_one_pass.rows.count(), with_one_pass.failures.count()
    assert passes.value == 15_000
    assert (rows, failures) == (done.rows.count(), 5)
    with_one_pass.unpersist(blocking=True)


def test_text_is_read_as_bytes_are(few: DataFrame, tmp_path: Path) -> None:
    """And without a column of adapters, each is found from the payload."""
    whole = few.where("broken IS NULL")
    text = lbhealth.spark.normalize(whole.select("id", functions.col("payload").cast("string").alias("text")), "text", keep=["id"])
    read = lbhealth.spark.normalize(whole, "payload", "adapter", keep=["id"])
    assert text.failures.count() == 0
    text.rows.write.parquet(str(tmp_path / "text"))
    read.rows.write.parquet(str(tmp_path / "bytes"))
    assert_same(tmp_path / "bytes", tmp_path / "text")


def test_kept_columns_stand_beside_what_came_of_them(spark: SparkSession) -> None:
    """Of any type, null among them, and from within a struct."""
    member = '{"member":{"id":"m-1","name":"a","operating_status":"ONLINE","address":"10.0.0.1","protocol_port":80,"weight":1}}'
    frame = spark.sql(
        f"""SELECT * FROM VALUES
            (named_struct('account', 'a', 'at', TIMESTAMP '2026-03-01 12:10:00'), array(1, 2), '{member}'),
            (named_struct('account', NULL, 'at', NULL), NULL, '<html>') AS replies (meta, parts, payload)"""
    )
    done = lbhealth.spark.normalize(frame, "payload", adapter="huawei-elb", keep=["meta.account", "meta", "parts"], pool_id="p-1")
    assert done.rows.select("account", "meta.at", "parts", "pool_id", "health").collect() == [
        ("a", frame.first()["meta"]["at"], [1, 2], "p-1", "HEALTHY")
    ]
    assert done.failures.select("account", "meta.at", "parts", "kind", "adapter").collect() == [(None, None, None, "NOT_JSON", "huawei-elb")]


def test_each_reply_may_bring_what_only_it_does_not_say(spark: SparkSession) -> None:
    """A reply that names no pool, out of a sweep over many: Spark makes the envelopes."""
    member = '{"member":{"id":"m-1","name":"a","operating_status":"ONLINE","address":"10.0.0.1","protocol_port":80,"weight":1}}'
    replies = spark.createDataFrame([("p-1", member), ("p-2", member)], "pool STRING, reply STRING")
    envelope = functions.format_string(
        '{"context":%s,"payload":%s}', functions.to_json(functions.struct(functions.col("pool").alias("pool_id"))), "reply"
    )
    done = lbhealth.spark.normalize(replies.withColumn("envelope", envelope), "envelope", adapter="huawei-elb", keep=["pool"])
    assert sorted(done.rows.select("pool", "pool_id").collect()) == [("p-1", "p-1"), ("p-2", "p-2")]
    assert done.rows.select("pool_key").distinct().count() == 2


def test_no_replies_are_no_rows(spark: SparkSession, frame: DataFrame) -> None:
    """Neither from no partition nor from an empty one."""
    for none in (frame.limit(0), spark.createDataFrame([], frame.schema)):
        done = normalized(none)
        assert (done.rows.count(), done.failures.count()) == (0, 0)


def test_an_adapter_that_does_not_exist_is_a_failure_where_it_is_data_and_an_error_where_it_is_said(few: DataFrame) -> None:
    """A million replies do not stop for one name."""
    named = few.withColumn("adapter", functions.lit("acme-lb"))
    done = normalized(named)
    assert done.rows.count() == 0
    assert {(row["kind"], row["count"]) for row in done.failures.groupBy("kind").count().collect()} == {("UNKNOWN_ADAPTER", 5000)}
    with pytest.raises(lbhealth.UnknownAdapter):
        lbhealth.spark.normalize(named, "payload", adapter="acme-lb")


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"payload_column": "id"}, TypeError, "column `id` is bigint, and the payload has to be text or bytes; to_json() makes text of a struct"),
        ({"adapter_column": "id"}, TypeError, "column `id` is bigint, and the adapter has to be text"),
        (
            {"keep": ["id", "adapter"]},
            ValueError,
            "the kept column `adapter` has the name of a published one; rename it first, or leave it out of keep",
        ),
        ({"keep": ["id", "ID"]}, ValueError, "the column `ID` is kept twice"),
        ({"adapter_column": "adapter", "adapter": "huawei-elb"}, ValueError, "adapter and adapter_column are both given; name the adapter once"),
    ],
)
def test_what_cannot_work_is_said_before_anything_runs(
    frame: DataFrame, arguments: dict[str, object], error: type[Exception], message: str
) -> None:
    """At the driver, by name, and with what to do."""
    with pytest.raises(error) as caught:
        lbhealth.spark.normalize(**{"df": frame, "payload_column": "payload", **arguments})
    assert str(caught.value) == message
