"""Columns of payloads into tables, by the PyCapsule interface alone."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from typing import Any

import lbhealth
import pyarrow as pa
import pytest
from conftest import CASES, SCHEMAS, Json

TYPES = [pa.binary(), pa.large_binary(), pa.binary_view(), pa.string(), pa.large_string(), pa.string_view()]
SHAPES: dict[str, Callable[[pa.Array], Any]] = {
    "array": lambda array: array,
    "part of an array": lambda array: pa.concat_arrays([array, array])[len(array) :],
    "chunks": lambda array: pa.chunked_array([array[:1], array[1:1], array[1:]]),
    "table": lambda array: pa.table({"payload": array}),
    "record batch": lambda array: pa.record_batch({"payload": array}),
    "stream": lambda array: pa.table({"payload": array}).to_reader(max_chunksize=1),
    "dictionary": lambda array: array.cast(pa.string()).dictionary_encode(),
}


@pytest.fixture
def payloads(reply: Json) -> list[bytes | None]:
    """Two replies, and between them what is none."""
    good = json.dumps(reply).encode()
    return [good, b"{", None, good]


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_any_column_of_text(kind: pa.DataType, shape: Callable[[pa.Array], Any], payloads: list[bytes | None]) -> None:
    column = shape(pa.array(payloads, pa.binary()).cast(kind))
    done = lbhealth.normalize_arrow(column, payload_index=True, batch_size=3)
    rows, failures = pa.table(done.rows), pa.table(done.failures)
    assert rows["payload_index"].to_pylist() == [0, 3]
    assert rows["health"].to_pylist() == ["UNHEALTHY"] * 2
    assert failures["payload_index"].to_pylist() == [1, 2]
    assert failures["kind"].to_pylist() == ["NOT_JSON", "UNEXPECTED_SHAPE"]
    assert (len(done.rows), len(done.failures)) == (2, 2)


def test_the_columns_are_those_that_are_published() -> None:
    kinds = {"bool": pa.bool_(), "float64": pa.float64(), "int32": pa.int32(), "timestamp[ms, UTC]": pa.timestamp("ms", "UTC")}
    for name, schema in (("backend-row", lbhealth.backend_row_schema()), ("pool-row", lbhealth.pool_row_schema())):
        with (SCHEMAS / f"{name}.columns.csv").open(encoding="utf-8", newline="") as file:
            columns = list(csv.DictReader(file))
        fields = [*pa.schema(schema)]
        assert [field.name for field in fields] == [column["name"] for column in columns]
        for field, column in zip(fields, columns):
            wanted = [kinds[column["type"]]] if column["type"] in kinds else [pa.string(), pa.dictionary(pa.int32(), pa.string())]
            assert field.type in wanted, field
            assert field.nullable == (column["required"] == "false"), field
    words = pa.schema(lbhealth.backend_row_schema())
    assert all(pa.types.is_dictionary(words.field(name).type) for name in ("health", "traffic", "cause_reason", "adapter", "operation"))


def test_tables_are_read_as_often_as_one_likes(payloads: list[bytes | None]) -> None:
    done = lbhealth.normalize_arrow(pa.array(payloads))
    assert pa.table(done.rows).equals(pa.table(done.rows))
    assert pa.schema(done.rows) == pa.schema(lbhealth.backend_row_schema())
    rows, failures = done
    assert (rows, failures) == (done.rows, done.failures)
    # They outlive what they came from.
    table = pa.table(done.rows)
    del done, rows, failures
    assert table["backend_id"].to_pylist() == ["m-1", "m-1"]


def test_nothing_gives_empty_tables() -> None:
    for empty in (pa.array([], pa.string()), pa.chunked_array([], pa.binary()), pa.array([], pa.string()).dictionary_encode()):
        rows, failures = lbhealth.normalize_arrow(empty)
        assert pa.table(rows).schema == pa.schema(lbhealth.backend_row_schema())
        assert (len(rows), len(failures)) == (0, 0)


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("batch_size", [1, 7, 1000])
def test_rows_do_not_depend_on_threads_and_batches(threads: int, batch_size: int) -> None:
    inputs = [case.payload for case in CASES if not case.inventories] * 2
    named = pa.array([case.adapter for case in CASES if not case.inventories] * 2)
    expected = lbhealth.normalize_arrow(pa.array(inputs, pa.binary()), named, payload_index=True)
    done = lbhealth.normalize_arrow(
        pa.chunked_array([pa.array(inputs[:50], pa.binary()), pa.array(inputs[50:], pa.binary())]),
        named,
        threads=threads,
        batch_size=batch_size,
        payload_index=True,
    )
    assert pa.table(done.rows).to_pylist() == pa.table(expected.rows).to_pylist()
    assert pa.table(done.failures).to_pylist() == pa.table(expected.failures).to_pylist()
    assert len(expected.rows) > 500 and len(expected.failures) > 50


def test_an_adapter_for_each_payload(reply: Json) -> None:
    payloads = pa.array([json.dumps(reply)] * 4)
    for adapters in (
        pa.array(["huawei-elb", None, "no-such-lb", "aws-elbv2"]),
        pa.array(["huawei-elb", None, "no-such-lb", "aws-elbv2"]).dictionary_encode(),
        pa.chunked_array([["huawei-elb"], [None, "no-such-lb"], ["aws-elbv2"]]),
    ):
        done = lbhealth.normalize_arrow(payloads, adapters, payload_index=True)
        assert pa.table(done.rows)["payload_index"].to_pylist() == [0, 1]
        failures = pa.table(done.failures).to_pylist()
        assert [(failure["payload_index"], failure["kind"]) for failure in failures] == [(2, "UNKNOWN_ADAPTER"), (3, "UNKNOWN_OPERATION")]
        assert [failure["adapter"] for failure in failures] == [None, "aws-elbv2"]


def test_a_context_for_all_payloads(reply: Json) -> None:
    payloads = pa.array([json.dumps(reply)] * 2)
    rows, _ = lbhealth.normalize_arrow(payloads, pool_id="p-1", observed_at="2026-03-01T09:30:00.250Z")
    table = pa.table(rows)
    assert table["pool_id"].to_pylist() == ["p-1"] * 2
    assert table["observed_at"].cast(pa.int64()).to_pylist() == [1772357400250] * 2
    _, failures = lbhealth.normalize_arrow(pa.array(["{"]), operation="ShowMember")
    assert pa.table(failures)["operation"].to_pylist() == ["ShowMember"]


def test_a_reply_that_is_not_about_health_is_a_failure() -> None:
    done = lbhealth.normalize_arrow(pa.array(['{"pools": [], "request_id": "r-1", "page_info": {}}']), "huawei-elb")
    [failure] = pa.table(done.failures).to_pylist()
    assert failure["kind"] == "UNEXPECTED_SHAPE" and "who is registered" in failure["message"]


def test_a_failure_has_the_class_of_the_vendors_error() -> None:
    throttled = '{"error_code": "APIGW.0308", "error_msg": "throttled", "request_id": "r-9"}'
    _, failures = lbhealth.normalize_arrow(pa.array(["{", throttled]), "huawei-elb")
    kinds = [(failure["kind"], failure["class"]) for failure in pa.table(failures).to_pylist()]
    assert kinds == [("NOT_JSON", None), ("VENDOR_ERROR", "THROTTLED")]


@pytest.mark.parametrize(
    ("call", "kind", "said"),
    [
        (lambda: lbhealth.normalize_arrow(["{}"]), TypeError, "this is <class 'list'>; make one, such as `pyarrow.array(…)`"),
        (lambda: lbhealth.normalize_arrow(pa.array([1])), TypeError, "payloads are a column of text or binary, and this one is Int64"),
        (lambda: lbhealth.normalize_arrow(pa.table({"a": ["{}"], "b": ["{}"]})), TypeError, "payloads are a column"),
        (lambda: lbhealth.normalize_arrow(pa.array(["{}"]), 7), TypeError, "an adapter is text or an Arrow column of text"),
        (lambda: lbhealth.normalize_arrow(pa.array(["{}"]), "no-such-lb"), lbhealth.UnknownAdapter, "no adapter is called"),
        (lambda: lbhealth.normalize_arrow(pa.array(["{}"]), pa.array(["a", "b"])), ValueError, "columns of the same length"),
        (lambda: lbhealth.normalize_arrow(pa.array(["{}"] * 2), pa.array(["a"])), ValueError, "columns of the same length"),
        (lambda: lbhealth.normalize_arrow(pa.array(["{}"]), threads=0), ValueError, "at least 1"),
        (lambda: lbhealth.normalize_arrow(pa.array(["{}"]), batch_size=0), ValueError, "at least 1"),
        (lambda: lbhealth.normalize_arrow(pa.array(["{}"]), pool="p-1"), TypeError, "unknown field `pool`"),
    ],
)
def test_a_call_that_is_wrong(call: Callable[[], object], kind: type[Exception], said: str) -> None:
    with pytest.raises(kind) as raised:
        call()
    assert said in str(raised.value)


@pytest.mark.parametrize("threads", [1, 3])
def test_what_goes_wrong_in_the_source_is_told(threads: int, reply: Json) -> None:
    def batches() -> Any:
        for _ in range(20):
            yield pa.record_batch({"payload": [json.dumps(reply)]})
        raise KeyError("of the source")

    reader = pa.RecordBatchReader.from_batches(pa.schema([("payload", pa.string())]), batches())
    with pytest.raises(ValueError, match="of the source"):
        lbhealth.normalize_arrow(reader, threads=threads, batch_size=4)
