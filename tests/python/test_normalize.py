"""What may be passed, what comes out, and what goes wrong."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import re
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from enum import Enum
from types import MappingProxyType, SimpleNamespace
from typing import Any

import lbhealth
import pytest
from conftest import ROOT, SCHEMAS, Json
from lbhealth import functions


class Reply:
    """What a vendor's client returns: an object whose method gives a dictionary."""

    def __init__(self, method: str, reply: Any) -> None:
        setattr(self, method, lambda: reply)


class Resource(dict[str, Any]):
    """A dictionary with names of a client's own, which gives those of the API where it is asked for them."""

    def to_dict(self, original_names: bool = False) -> Json:
        return {name.removeprefix("is_") if original_names else name: value for name, value in self.items()}


FORMS: dict[str, Callable[[Json], Any]] = {
    "bytes": lambda reply: json.dumps(reply).encode(),
    "bytes with a byte order mark": lambda reply: b"\xef\xbb\xbf" + json.dumps(reply).encode(),
    "bytearray": lambda reply: bytearray(json.dumps(reply).encode()),
    "memoryview": lambda reply: memoryview(json.dumps(reply).encode()),
    "part of a memoryview": lambda reply: memoryview(b"xx" + json.dumps(reply).encode())[2:],
    "str": json.dumps,
    "dict": lambda reply: reply,
    "another mapping": MappingProxyType,
    "tuples for lists": lambda reply: {**reply, "member": {**reply["member"], "status": ()}},
    "to_map": lambda reply: Reply("to_map", reply),
    "to_dict": lambda reply: Reply("to_dict", reply),
    "as_dict": lambda reply: Reply("as_dict", reply),
    "a response with a body": lambda reply: SimpleNamespace(body=Reply("to_map", reply), to_map=lambda: {"headers": {}, "body": reply}),
    "names of a client's own": lambda reply: {"member": Resource({f"is_{name}": value for name, value in reply["member"].items()})},
    "models below": lambda reply: {**reply, "member": Reply("to_dict", reply["member"])},
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_payload_in_any_form(form: Callable[[Json], Any], reply: Json) -> None:
    report = lbhealth.normalize(form(reply), "huawei-elb")
    assert isinstance(report, lbhealth.HealthReport)
    [record] = report.records
    assert record.health is lbhealth.BackendHealth.UNHEALTHY
    assert record.traffic is lbhealth.Traffic.EXCLUDED
    assert record.cause == lbhealth.Cause(
        reason=lbhealth.FailureReason.CONNECT_REFUSED, phase=lbhealth.Phase.CONNECT, certainty=lbhealth.Certainty.EXACT
    )
    assert record.evidence.status == "OFFLINE"


def test_values_that_python_has_and_json_has_not(reply: Json) -> None:
    class Word(Enum):
        OFFLINE = "OFFLINE"

    member = reply["member"]
    member |= {"weight": float("nan"), "created_at": datetime(2026, 3, 1), "operating_status": Word.OFFLINE, "big": 10**40, "x": None}
    [record] = lbhealth.normalize(reply, "huawei-elb").records
    assert (record.weight, record.evidence.status) == (None, "OFFLINE")


def test_words_are_text() -> None:
    assert str(lbhealth.BackendHealth.HEALTHY) == f"{lbhealth.BackendHealth.HEALTHY}" == "HEALTHY"
    assert json.dumps([lbhealth.BackendHealth.HEALTHY, lbhealth.FailureReason.TIMEOUT]) == '["HEALTHY", "TIMEOUT"]'
    assert lbhealth.FailureReason.RESPONSE_MISMATCH == "RESPONSE_MISMATCH"
    assert lbhealth.FailureReason.TIMEOUT in lbhealth.FailureReason.known
    # A word of a later version is a word of the list too.
    assert lbhealth.FailureReason("OF_A_LATER_VERSION") == "OF_A_LATER_VERSION"
    with pytest.raises(ValueError):
        lbhealth.BackendHealth("OF_A_LATER_VERSION")


def test_documents_cannot_be_changed_and_can_be_kept(reply: Json) -> None:
    report = lbhealth.normalize(reply)
    with pytest.raises(dataclasses.FrozenInstanceError):
        report.adapter = "another"
    with pytest.raises((AttributeError, TypeError)):
        report.another = 1
    assert not hasattr(report, "__dict__")
    assert pickle.loads(pickle.dumps(report)) == copy.deepcopy(report) == report
    assert len({report, lbhealth.normalize(reply)}) == 1
    assert dataclasses.replace(report, adapter="another").adapter == "another"
    assert dataclasses.replace(report, records=()) != report


def test_what_is_not_told_is_none_and_left_out(reply: Json) -> None:
    report = lbhealth.normalize(reply)
    assert (report.next_page, report.sources, report.warnings) == (None, (), ())
    written = report.to_dict()
    assert "next_page" not in written and "sources" not in written and written["warnings"] == []
    assert written["records"][0]["weight"] == 10 and '"weight":10,' in report.to_json()
    assert report.records[0].to_dict() == written["records"][0]


def test_a_document_made_by_hand_is_written_alike(reply: Json) -> None:
    report = lbhealth.normalize(reply)
    by_hand = dataclasses.replace(report, records=tuple(dataclasses.replace(record) for record in report.records))
    assert by_hand.to_json() == report.to_json()


def test_the_context(reply: Json) -> None:
    east = timezone(timedelta(hours=8))
    report = lbhealth.normalize(
        reply,
        "huawei-elb",
        pool_id="p-1",
        observed_at=datetime(2026, 3, 1, 17, 30, 0, 123456, tzinfo=east),
        bound_listeners=[{"pool_id": "p-1", "listener_id": "l-1"}, {"listener_id": "l-2"}],
        load_balancer_id=None,
    )
    assert report.observed_at == datetime(2026, 3, 1, 9, 30, 0, 123000, tzinfo=timezone.utc)
    assert report.to_dict()["observed_at"] == "2026-03-01T09:30:00.123Z"
    assert [record.listener_id for record in report.records] == ["l-1", "l-2"]
    assert {record.pool_id for record in report.records} == {"p-1"}
    assert lbhealth.normalize(reply, observed_at="1969-12-31T23:59:59.999Z").observed_at == datetime(
        1969, 12, 31, 23, 59, 59, 999000, tzinfo=timezone.utc
    )


def test_the_names_of_the_context_are_those_of_the_schema() -> None:
    schema = json.loads((SCHEMAS / "document.schema.json").read_text(encoding="utf-8"))["$defs"]
    for name in ("Context", "BoundListener", "PoolAlgorithm"):
        assert getattr(functions, name).__annotations__.keys() == schema[name]["properties"].keys()


@pytest.mark.parametrize(
    ("context", "kind", "said"),
    [
        ({"pool": "p-1"}, TypeError, "context: unknown field `pool`, expected one of `observed_at`, `operation`, `load_balancer_id`"),
        ({"bound_listeners": [{"id": "l-1"}]}, TypeError, "context: unknown field `id`, expected `pool_id` or `listener_id`"),
        ({"bound_listeners": [{}]}, ValueError, "context: missing field `listener_id`"),
        ({"pool_id": 1}, ValueError, "context: invalid type: integer `1`, expected a string"),
        ({"observed_at": datetime(2026, 3, 1)}, ValueError, "write a time such as 2026-03-01T09:30:00Z"),
        ({"observed_at": "yesterday"}, ValueError, "write a time such as 2026-03-01T09:30:00Z"),
    ],
)
def test_a_context_that_is_wrong(context: Json, kind: type[Exception], said: str, reply: Json) -> None:
    with pytest.raises(kind) as raised:
        lbhealth.normalize(reply, **context)
    assert said in str(raised.value) and type(raised.value) is kind


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (None, "found null"),
        (7, "found a number"),
        ([], "found an array"),
        ("", "the text is empty or cut off"),
        (b"", "the text is empty or cut off"),
        (b"\xff", "not UTF-8"),
        ("\udc80", "not UTF-8"),
        ("<html>", "this looks like HTML"),
    ],
)
def test_a_payload_that_is_none(payload: Any, said: str) -> None:
    with pytest.raises(lbhealth.Error, match=said):
        lbhealth.normalize(payload)


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (object(), "a payload cannot hold <class 'object'>; pass bytes, str, a dict, or a reply of the vendor's client"),
        ({"a": b"x"}, "a payload cannot hold <class 'bytes'>"),
        ({1: 2}, "the names in a payload are text, and one is <class 'int'>"),
    ],
)
def test_a_payload_that_is_no_json(payload: Any, said: str) -> None:
    with pytest.raises(TypeError) as raised:
        lbhealth.normalize(payload)
    assert said in str(raised.value)


def test_a_payload_that_holds_itself() -> None:
    payload: Json = {}
    payload["a"] = payload
    with pytest.raises(ValueError, match="nested deeper than 256 levels"):
        lbhealth.normalize(payload)


def test_what_goes_wrong_in_a_client_is_told() -> None:
    class Broken:
        def to_dict(self) -> Json:
            raise KeyError("of the client")

    with pytest.raises(KeyError, match="of the client"):
        lbhealth.normalize(Broken())
    with pytest.raises(KeyError, match="of the client"):
        lbhealth.normalize({"a": [Broken()]})


def test_errors_say_it_as_data() -> None:
    with pytest.raises(lbhealth.NotJson) as not_json:
        lbhealth.normalize('{"a":\n x}', operation="ShowMember")
    error = not_json.value
    assert (error.kind, error.line, error.column, error.problem) == ("NOT_JSON", 2, 2, "expected value")
    assert (error.adapter, error.operation, error.message) == (None, "ShowMember", str(error))
    with pytest.raises(lbhealth.VendorError) as vendor:
        lbhealth.normalize({"error_code": "APIGW.0308", "error_msg": "throttled", "request_id": "r-9"}, "huawei-elb")
    assert (vendor.value.vendor_class, vendor.value.adapter) == ("THROTTLED", "huawei-elb")
    assert (vendor.value.code, vendor.value.vendor_message, vendor.value.request_id) == ("APIGW.0308", "throttled", "r-9")
    with pytest.raises(lbhealth.UnknownAdapter) as unknown:
        lbhealth.normalize("{}", "no-such-lb")
    assert unknown.value.known == lbhealth.ADAPTERS
    with pytest.raises(lbhealth.UnknownOperation) as operation:
        lbhealth.normalize({"a": 1, "b": 2})
    assert operation.value.found == ("a", "b")
    with pytest.raises(lbhealth.UnexpectedShape) as shape:
        lbhealth.normalize({"member": 1}, "huawei-elb")
    assert shape.value.path == "/member"
    with pytest.raises(lbhealth.UnexpectedShape) as own:
        lbhealth.normalize({"schema_id": "urn:lbhealth:v1:summary"})
    assert (own.value.kind, own.value.path, own.value.expected) == ("UNEXPECTED_SHAPE", "/schema_id", "a reply of a vendor")
    assert own.value.found == "`urn:lbhealth:v1:summary`, a document of lbhealth"
    for raised in (not_json, vendor, unknown, operation, shape):
        again = pickle.loads(pickle.dumps(raised.value))
        assert type(again) is type(raised.value) and again.args == raised.value.args and vars(again) == vars(raised.value)


def test_every_kind_of_error_has_its_class() -> None:
    source = (ROOT / "crates/core/src/error.rs").read_text(encoding="utf-8")
    body = source.split("pub enum ErrorKind {")[1].split("\n}")[0]
    # A case of a wider kind has the word of that kind, and so its class.
    body = re.sub(r"    #\[strum\(serialize = .*\n.*\n", "", body)
    names = [re.sub(r"\W", "", line) for line in body.splitlines() if line.startswith("    ") and line[4].isupper()]
    assert len(names) > 5
    assert [error.__name__ for error in lbhealth.Error.__subclasses__()] == sorted(names)


def test_other_threads_run_while_it_works() -> None:
    """The payload is read to its end, where it turns out to be no JSON: so no object is made of it, for which Python would be needed."""
    member = b'{"id":"m","member_type":"ip","address":"10.0.0.7","protocol_port":80,"weight":1,"operating_status":"ONLINE"},'
    payload = b'{"members":[' + member * 300_000 + b"!"
    ticks, spans, is_done = [], [], threading.Event()

    def work() -> None:
        start = time.perf_counter()
        with pytest.raises(lbhealth.NotJson):
            lbhealth.normalize(payload, "huawei-elb")
        spans.append((start, time.perf_counter()))
        is_done.set()

    worker = threading.Thread(target=work)
    worker.start()
    while not is_done.is_set():
        ticks.append(time.perf_counter())
        time.sleep(0.001)
    worker.join()
    [(start, end)] = spans
    inside = [tick for tick in ticks if start + (end - start) * 0.2 < tick < start + (end - start) * 0.8]
    assert len(inside) >= 3, f"{len(inside)} of {len(ticks)} ticks in {end - start:.3f} s"


def test_many_threads_at_once(reply: Json) -> None:
    expected, wrong = lbhealth.normalize(reply), []

    def work() -> None:
        for _ in range(300):
            if lbhealth.normalize(reply) != expected:
                wrong.append(1)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
