#!/usr/bin/env python3
"""Measures one worker against two on the same replies, and how much of the time is ours.

usage: measure.py [COUNT]     (100,000 replies, where nothing is said)
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import lbhealth.spark
import pyarrow as pa
import pyarrow.parquet as pq
from cluster import cluster
from pyspark import Accumulator
from pyspark.sql import DataFrame
from replies import main as write_replies

TIMES = 2
PARTS = ("normalize_arrow", "columns for Spark")
PASS = lbhealth.spark._Task


@dataclass(frozen=True)
class Timed:
    """A pass over the payloads that keeps the time: of `normalize_arrow`, and of all else that happens here while Spark does not."""

    task: PASS
    clocks: dict[str, Accumulator[float]]

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        normalize_arrow, clock = lbhealth.normalize_arrow, time.perf_counter
        ours = waiting = 0.0

        def timed(*arguments: object, **options: object) -> object:
            nonlocal ours
            start = clock()
            done = normalize_arrow(*arguments, **options)
            ours += clock() - start
            return done

        def read() -> Iterator[pa.RecordBatch]:
            nonlocal waiting
            source = iter(batches)
            while True:
                start = clock()
                batch = next(source, None)
                waiting += clock() - start
                if batch is None:
                    return
                yield batch

        total, results = 0.0, self.task(read())
        lbhealth.normalize_arrow = timed
        try:
            while True:
                start = clock()
                batch = next(results, None)
                total += clock() - start
                if batch is None:
                    break
                yield batch
        finally:
            lbhealth.normalize_arrow = normalize_arrow
        self.clocks["normalize_arrow"].add(ours)
        self.clocks["columns for Spark"].add(total - waiting - ours)


def write(rows: DataFrame, folder: Path) -> None:
    """All rows into files."""
    rows.write.mode("overwrite").parquet(str(folder / "rows"))


def hand_on(rows: DataFrame, _: Path) -> None:
    """All rows to something that takes them and does nothing with them."""
    rows.write.mode("overwrite").format("noop").save()


def count_by_pool(rows: DataFrame, folder: Path) -> None:
    """A group for each pool and health, of which Spark shuffles nothing but the counts."""
    hand_on(rows.groupBy("pool_key", "health").count(), folder)


JOBS = {"all rows, handed on": hand_on, "health by pool": count_by_pool, "all rows, as Parquet": write}


def run_times(log: Path) -> list[float]:
    """Seconds that the executors spent on the tasks of each job, in the order of the jobs."""
    stages: dict[int, int] = {}
    seconds: dict[int, float] = {}
    for line in log.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event["Event"] == "SparkListenerJobStart":
            seconds[event["Job ID"]] = 0.0
            stages |= dict.fromkeys(event["Stage IDs"], event["Job ID"])
        elif event["Event"] == "SparkListenerTaskEnd":
            seconds[stages[event["Stage ID"]]] += event["Task Metrics"]["Executor Run Time"] / 1000
    return list(seconds.values())


def measure(workers: int, data: Path, folder: Path) -> dict[str, dict[str, float]]:
    """Of each kind of job the fastest run: seconds, and what the executors did with theirs."""
    settings = {"spark.eventLog.enabled": "true", "spark.eventLog.rolling.enabled": "false", "spark.eventLog.compress": "false",
                "spark.eventLog.dir": str(folder), "spark.sql.files.maxPartitionBytes": "4m", "spark.sql.adaptive.enabled": "false"}
    runs: list[tuple[str, dict[str, float]]] = []
    with cluster(workers, folder, settings) as session:
        clocks = {part: session.sparkContext.accumulator(0.0) for part in PARTS}
        lbhealth.spark._Task = lambda *arguments: Timed(PASS(*arguments), clocks)
        replies = session.read.parquet(str(data))
        rows = lbhealth.spark.normalize(replies, "payload", "adapter", keep=["id"]).rows
        # To read the schema of the files took jobs of its own.
        skipped = len(session.sparkContext.statusTracker().getJobIdsForGroup(None))
        for _ in range(TIMES + 1):
            for name, job in JOBS.items():
                before = {part: clock.value for part, clock in clocks.items()}
                start = time.perf_counter()
                job(rows, folder)
                seconds = time.perf_counter() - start
                runs.append((name, {"seconds": seconds} | {part: clock.value - before[part] for part, clock in clocks.items()}))
        log = folder / session.sparkContext.applicationId
    lbhealth.spark._Task = PASS
    spent = run_times(log)[skipped:]
    assert len(spent) == len(runs), f"{len(spent)} jobs for {len(runs)} runs"
    best: dict[str, dict[str, float]] = {}
    # The first round warms up what a cluster in use has warm.
    for (name, run), executors in list(zip(runs, spent, strict=True))[len(JOBS) :]:
        if name not in best or run["seconds"] < best[name]["seconds"]:
            best[name] = run | {"executors": executors}
    return best


def single(data: Path) -> float:
    """Seconds of one thread without Spark, the reading of files not counted."""
    tables = [pq.read_table(file) for file in sorted(data.glob("*.parquet"))]
    start = time.perf_counter()
    for table in tables:
        lbhealth.normalize_arrow(table["payload"], table["adapter"])
    return time.perf_counter() - start


def main(count: int) -> None:
    """Prints a table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "replies"
        write_replies(count, data)
        alone = single(data)
        print(f"{count} replies; one thread without Spark: {alone:.1f} s, {count / alone:.0f} a second\n")
        print("| job | workers | seconds | replies a second | executors busy, s | normalize_arrow | columns for Spark | the rest |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        found = {}
        for workers in (1, 2):
            logs = folder / str(workers)
            logs.mkdir()
            found[workers] = measure(workers, data, logs)
        for job in found[1]:
            for workers, runs in found.items():
                run = runs[job]
                ours, columns = (run[part] / run["executors"] for part in PARTS)
                print(
                    f"| {job} | {workers} | {run['seconds']:.1f} | {count / run['seconds']:.0f} | {run['executors']:.1f} "
                    f"| {ours:.0%} | {columns:.0%} | {1 - ours - columns:.0%} |"
                )
        for job in found[1]:
            print(f"\n{job}: two workers are {found[1][job]['seconds'] / found[2][job]['seconds']:.2f} times as fast as one")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
