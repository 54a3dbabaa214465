#!/usr/bin/env python3
"""The Python package beside what people write today, on one thread: replies in, Arrow columns out; and one reply into typed objects.

usage: columns.py MODULE [REPLIES]

The packages lbhealth, orjson, pyarrow and pydantic have to be there. MODULE is the file with the pydantic models that datamodel-codegen
makes of document.schema.json; REPLIES is how many there are, of Alibaba ALB, whose replies have seven times as many rows, a tenth of that.
The tables are compared.
"""

import importlib.util
import random
import sys
import time
from pathlib import Path

import lbhealth
import orjson
import pyarrow as pa

import rows
from generate import Fleet, compact

HERE = Path(__file__).parent
BATCH = 16384
SCHEMA = pa.schema(lbhealth.backend_row_schema())
ROWS = {"alb": rows.alb, "huawei": rows.huawei}


def script(vendor, payloads):
    """The table that a script makes, column by column."""
    rows_of, batches = ROWS[vendor], []
    for start in range(0, len(payloads), BATCH):
        made = []
        for payload in payloads[start : start + BATCH].to_pylist():
            made += rows_of(orjson.loads(payload))
        columns = [pa.array([row.get(field.name) for row in made], field.type) for field in SCHEMA]
        batches.append(pa.record_batch(columns, schema=SCHEMA))
    return pa.Table.from_batches(batches, SCHEMA)


def ours(adapter, payloads):
    """The table that the package makes."""
    return pa.table(lbhealth.normalize_arrow(payloads, adapter).rows)


def seconds(work, times):
    """The least time of several runs, and what came of the last."""
    best = float("inf")
    for _ in range(times):
        # Two tables at a time would take the memory of each other.
        result = None
        start = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - start)
    return best, result


def same(one, other):
    """Whether tables hold the same rows, whatever their dictionaries."""
    return all(left.cast(pa.string()).equals(right.cast(pa.string())) if pa.types.is_dictionary(left.type) else left.equals(right)
               for left, right in zip(one.columns, other.columns)) and one.schema.equals(other.schema)


def models(path):
    """The module with the pydantic models."""
    spec = importlib.util.spec_from_file_location("lbhealth_types", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def main(module, count=1_000_000):
    print("| replies | rows | script | lbhealth | faster by | adapter detected | same rows |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | --- |")
    report = models(module).HealthReport
    singles = []
    for vendor, adapter, share in (("huawei", "huawei-elb", 1), ("alb", "alibaba-alb", 10)):
        wanted = int(count) // share
        fleet = Fleet(1)
        make = getattr(fleet, vendor)
        # A hundred thousand different ones, over and over.
        different = [compact(make()) for _ in range(min(wanted, 100_000))]
        payloads = pa.chunked_array([pa.array(different, pa.binary())] * max(1, wanted // len(different)))
        given, table = seconds(lambda: ours(adapter, payloads), 3)
        found, _ = seconds(lambda: ours(None, payloads), 2)
        scripted, expected = seconds(lambda: script(vendor, payloads), 1)
        agreed = "yes" if same(table, expected) else "NO"
        print(f"| {len(payloads)} {vendor} | {len(table)} | {scripted:.1f} s | {given:.1f} s | {scripted / given:.1f} | {found:.1f} s | {agreed} |")
        del table, expected
        few = random.Random(1).sample(different, min(2000, len(different)))
        documents = [lbhealth.normalize(payload, adapter).to_json().encode() for payload in few]
        normalized, typed = seconds(lambda: [lbhealth.normalize(payload, adapter) for payload in few], 5)
        validated, _ = seconds(lambda: [report.model_validate(orjson.loads(document)) for document in documents], 5)
        records = sum(len(document.records) for document in typed) / len(typed)
        singles.append(f"| {vendor} | {records:.1f} | {1e6 * validated / len(few):.1f} us | {1e6 * normalized / len(few):.1f} us | {validated / normalized:.1f} |")
    print("\n| one reply | records | orjson and pydantic, of the finished report | normalize, of the reply | faster by |")
    print("| --- | ---: | ---: | ---: | ---: |")
    print("\n".join(singles))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
