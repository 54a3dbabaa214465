"""The replies on one machine, without Spark: what the cluster is held against."""

from __future__ import annotations

from pathlib import Path

import lbhealth
import pyarrow as pa
import pyarrow.parquet as pq

OBSERVED_AT = "2026-03-01T03:10:00.250Z"


def normalize(replies: Path, folder: Path) -> None:
    """Writes rows and failures of each file, with the id of the reply in front."""
    for name in ("rows", "failures"):
        (folder / name).mkdir()
    for file in sorted(replies.glob("*.parquet")):
        table = pq.read_table(file)
        done = lbhealth.normalize_arrow(table["payload"], table["adapter"], payload_index=True, observed_at=OBSERVED_AT)
        for name in ("rows", "failures"):
            found = pa.table(getattr(done, name))
            found = found.set_column(0, "id", table["id"].take(found["payload_index"]))
            pq.write_table(found, folder / name / file.name)
