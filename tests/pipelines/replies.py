#!/usr/bin/env python3
"""Writes replies of two vendors as Parquet, one of a thousand broken: the same for the same number.

usage: replies.py COUNT FOLDER
"""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmark"))
import generate  # noqa: E402  (a program beside this folder, not a package)

FILES = 16
VENDORS = {"alibaba-alb": generate.Fleet.alb, "huawei-elb": generate.Fleet.huawei}
REFUSALS = {
    "alibaba-alb": b'{"Code":"Throttling.User","Message":"Request was denied due to user flow control.","RequestId":"7C1E4A52"}',
    "huawei-elb": b'{"error_code":"APIGW.0308","error_msg":"The throttling threshold has been reached.","request_id":"7c2b9e04"}',
}
# What is in place of a whole reply, and what kind of failure that is.
BROKEN = [
    ("cut off", "NOT_JSON"),
    ("a page of a gateway", "NOT_JSON"),
    ("an operation that nobody knows", "UNKNOWN_OPERATION"),
    ("a refusal", "VENDOR_ERROR"),
    ("empty", "NOT_JSON"),
    ("no object", "UNEXPECTED_SHAPE"),
    ("null", "UNEXPECTED_SHAPE"),
]
SCHEMA = pa.schema(
    {"id": pa.int64(), "adapter": pa.string(), "payload": pa.binary(), "broken": pa.string()},
    metadata={"about": "`broken` is the kind of failure that has to come out, and null where rows have to"},
)


def broken(way: str, adapter: str, reply: bytes) -> bytes | None:
    """What is left of a reply."""
    ways = {
        "cut off": reply[: len(reply) // 2],
        "a page of a gateway": b"<html><head><title>502 Bad Gateway</title></head></html>",
        "an operation that nobody knows": b'{"Instances":[],"RequestId":"7C1E4A52"}',
        "a refusal": REFUSALS[adapter],
        "empty": b"",
        "no object": b"42",
        "null": None,
    }
    return ways[way]


def replies(numbers: range) -> pa.Table:
    """Replies with these numbers. Every other one says whose it is; the rest is left to detection."""
    fleet = generate.Fleet(numbers.start)
    table: dict[str, list[object]] = {name: [] for name in SCHEMA.names}
    for number in numbers:
        adapter = fleet.random.choice(list(VENDORS))
        payload, kind = generate.compact(VENDORS[adapter](fleet)), None
        thousand, place = divmod(number, 1000)
        if place == thousand % 1000:
            way, kind = BROKEN[thousand % len(BROKEN)]
            payload = broken(way, adapter, payload)
        for name, value in zip(SCHEMA.names, (number, None if number % 2 else adapter, payload, kind), strict=True):
            table[name].append(value)
    return pa.table(table, SCHEMA)


def write(numbers: range, path: Path) -> None:
    """Writes one file."""
    pq.write_table(replies(numbers), path, compression="zstd")


def main(count: int, folder: Path) -> None:
    """Writes all of them, as files that Spark reads side by side."""
    folder.mkdir(parents=True, exist_ok=True)
    bounds = [count * place // FILES for place in range(FILES + 1)]
    work = [(range(*bounds[place : place + 2]), folder / f"{place:02}.parquet") for place in range(FILES)]
    with multiprocessing.Pool() as pool:
        pool.starmap(write, work, chunksize=1)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(int(sys.argv[1]), Path(sys.argv[2]))
