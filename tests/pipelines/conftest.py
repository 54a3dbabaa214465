"""Replies, what one machine makes of them, and a cluster. Made once for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from cluster import cluster
from pyspark.sql import DataFrame, SparkSession
from replies import main as write_replies
from single import normalize

COUNT = int(os.environ.get("REPLIES", "100000"))


@pytest.fixture(scope="session")
def replies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of Parquet files with replies of two vendors, one of a thousand broken."""
    folder = tmp_path_factory.mktemp("replies")
    write_replies(COUNT, folder)
    return folder


@pytest.fixture(scope="session")
def single(replies: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one machine without Spark makes of them: Parquet in the folders `rows` and `failures`."""
    folder = tmp_path_factory.mktemp("single")
    normalize(replies, folder)
    return folder


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """Two workers. A session that is not in the time zone of the rows, so that a shift would be seen."""
    settings = {
        "spark.sql.adaptive.coalescePartitions.enabled": "false",
        "spark.sql.files.maxPartitionBytes": "4m",
        "spark.sql.session.timeZone": "Asia/Tokyo",
    }
    with cluster(2, tmp_path_factory.mktemp("spark"), settings) as session:
        yield session


@pytest.fixture(scope="session")
def frame(spark: SparkSession, replies: Path) -> DataFrame:
    """The replies as Spark has them."""
    return spark.read.parquet(str(replies))


@pytest.fixture(scope="session")
def few(spark: SparkSession, replies: Path, tmp_path_factory: pytest.TempPathFactory) -> DataFrame:
    """The first five thousand of them."""
    path = tmp_path_factory.mktemp("few") / "few.parquet"
    pq.write_table(pq.read_table(min(replies.glob("*.parquet"))).slice(0, 5000), path)
    return spark.read.parquet(str(path))
