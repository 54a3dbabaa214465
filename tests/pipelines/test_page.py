"""The page about pipelines does what it says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from cluster import ON_THIS_MACHINE, PLACES
from replies import write

PAGE = Path(__file__).with_name("page.py")


def test_every_block_runs_and_prints_what_the_page_says(tmp_path: Path) -> None:
    """In a folder with five thousand replies, with a cluster of two workers as Spark's own default."""
    write(range(5000), tmp_path / "replies.parquet")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/lbhealth").symlink_to(os.environ["LBHEALTH"])
    settings = {"spark.master": "local-cluster[2,1,1024]", "spark.local.dir": str(tmp_path / "local")} | ON_THIS_MACHINE
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf/spark-defaults.conf").write_text("".join(f"{name} {value}\n" for name, value in settings.items()), "utf-8")
    path = os.pathsep.join([str(tmp_path / "bin"), os.environ["PATH"]])
    environment = os.environ | PLACES | {"PATH": path, "SPARK_CONF_DIR": str(tmp_path / "conf")}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(PAGE)], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
