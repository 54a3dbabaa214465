"""A cluster of Apache Spark on this machine, and what can happen to it."""

from __future__ import annotations

import os
import signal
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from pyspark.sql import SparkSession

LOOPBACK = "127.0.0.1"
# Read by processes that Spark starts, before there is a session to ask.
PLACES = {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": LOOPBACK}
ON_THIS_MACHINE = {
    "spark.driver.bindAddress": LOOPBACK,
    "spark.driver.host": LOOPBACK,
    "spark.log.level": "ERROR",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.shuffle.partitions": "4",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@contextmanager
def cluster(workers: int, folder: Path, settings: dict[str, str]) -> Iterator[SparkSession]:
    """A session on as many executor processes, of a core and a gigabyte each, that is stopped at the end.

    A `local-cluster` is a real one as far as tasks are concerned: master and workers stand in the process of the driver, executors are
    processes of their own, which the workers start again when they die, and everything between them goes over the network.
    """
    os.environ |= PLACES
    folders = {"spark.local.dir": str(folder / "local"), "spark.sql.warehouse.dir": str(folder / "warehouse")}
    builder = SparkSession.builder.master(f"local-cluster[{workers},1,1024]").appName("lbhealth")
    session = builder.config(map=ON_THIS_MACHINE | folders | settings).getOrCreate()
    try:
        yield session
    finally:
        session.stop()


def executors(session: SparkSession) -> dict[str, int]:
    """Number and process id of each executor of this session's own driver."""
    driver = session.sparkContext._gateway.proc.pid
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            arguments = (entry / "cmdline").read_text().split("\0")
        except OSError:
            continue  # It ended while we looked.
        if parent == driver and "--executor-id" in arguments:
            found[arguments[arguments.index("--executor-id") + 1]] = int(entry.name)
    return found


def killed_in_the_middle(session: SparkSession, job: Callable[[], object], *, after: Callable[[int, int], bool]) -> tuple[str, int]:
    """Runs a job and kills the process of one executor while it runs.

    `after` is asked with the numbers of finished stages and of finished tasks of the running one, and says when it is time. Gives the number
    of the executor, and how many of its tasks and stages had to be done again.
    """
    context, group = session.sparkContext, f"killed in the middle: {uuid.uuid4()}"
    tracker = context.statusTracker()

    def run() -> object:
        context.setJobGroup(group, group)
        return job()

    def stages() -> list[object]:
        jobs = [tracker.getJobInfo(number) for number in tracker.getJobIdsForGroup(group)]
        infos = [tracker.getStageInfo(stage) for job in jobs if job for stage in job.stageIds]
        return [info for info in infos if info]

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run)
        victim = None
        while not running.done():
            if victim is None:
                done = [stage for stage in stages() if stage.numCompletedTasks == stage.numTasks]
                active = [stage for stage in stages() if stage.numActiveTasks]
                if active and after(len(done), max(stage.numCompletedTasks for stage in active)):
                    victim, process = next(iter(executors(session).items()))
                    os.kill(process, signal.SIGKILL)
            time.sleep(0.05)
        running.result()
    assert victim is not None, "the job ended before an executor could be killed"
    return victim, sum(stage.numFailedTasks + stage.currentAttemptId for stage in stages())
