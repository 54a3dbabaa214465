"""What the library has beside reading payloads."""

from __future__ import annotations

import json

import lbhealth
import pytest
from conftest import SCHEMAS, Json


@pytest.fixture
def healthy(reply: Json) -> Json:
    """The same member, well again."""
    member = {**reply["member"], "operating_status": "ONLINE", "reason": None}
    return {**reply, "member": member, "request_id": "r-2"}


def test_a_summary(reply: Json, healthy: Json) -> None:
    sick, well = (lbhealth.normalize(payload, pool_id=pool) for payload, pool in ((reply, "p-1"), (healthy, "p-2")))
    summary = lbhealth.summarize([sick, well])
    assert (summary.verdict, summary.policy) == (lbhealth.Rating.CRITICAL, "halves")
    assert [pool.pool_id for pool in summary.pools] == ["p-1", "p-2"]
    assert [pool.pool_id for pool in summary.deciding_pools] == ["p-1"]
    assert summary.counts.health.unhealthy_count == summary.counts.health.healthy_count == 1
    assert lbhealth.summarize(well).verdict == lbhealth.summarize(iter([well])).verdict == "OK"
    assert lbhealth.summarize([sick, well], "any-eligible").policy == "any-eligible"
    assert lbhealth.summarize([]).pools == ()
    with pytest.raises(ValueError, match="worse"):
        lbhealth.summarize(sick, "worse")
    # Documents that were kept as JSON, in whichever form.
    assert lbhealth.summarize([sick.to_dict(), well.to_json().encode()]) == lbhealth.summarize([sick.to_json(), well]) == summary


def test_only_health_reports_are_summarized() -> None:
    with pytest.raises(lbhealth.UnexpectedShape):
        lbhealth.summarize([{"schema_id": "urn:lbhealth:v1:nothing"}])
    with pytest.raises(TypeError):
        lbhealth.summarize(7)


def test_what_changed(reply: Json, healthy: Json) -> None:
    sick, well = lbhealth.normalize(reply), lbhealth.normalize(healthy)
    diff = lbhealth.diff(sick, [well])
    [change] = diff.changes
    assert lbhealth.ChangeKind.RECOVERED in change.kinds
    assert (change.health_before, change.health_after) == (lbhealth.BackendHealth.UNHEALTHY, lbhealth.BackendHealth.HEALTHY)
    assert not lbhealth.diff(sick, sick).changes
    [flap] = lbhealth.diff(sick, well, sick).flaps
    assert flap.change_count == 2


def test_pages_and_completion() -> None:
    with pytest.raises(lbhealth.NotMergeable):
        lbhealth.HealthReport.merge([])
    one = lbhealth.normalize({"members": [], "request_id": "r-1", "page_info": {}}, "huawei-elb")
    assert isinstance(one, lbhealth.HealthReport)
    merged = lbhealth.HealthReport.merge([one, one])
    assert [source.request_id for source in merged.sources] == ["r-1", "r-1"]


def test_what_a_word_means(reply: Json) -> None:
    explanation = lbhealth.explain("offline", "huawei-elb")
    assert {meaning.adapter for meaning in explanation.vendor_meanings} == {"huawei-elb"}
    assert all(meaning.role == lbhealth.Role.STATUS for meaning in explanation.vendor_meanings)
    assert lbhealth.explain("CONNECT_REFUSED").own_meanings[0].phase is lbhealth.Phase.CONNECT
    unknown = lbhealth.explain("CONNECT_REFUSE")
    assert not unknown.vendor_meanings and "CONNECT_REFUSED" in unknown.near
    with pytest.raises(lbhealth.UnknownAdapter):
        lbhealth.explain("x", "no-such-lb")
    [record] = lbhealth.explain_backend(lbhealth.normalize(reply), "m-1").records
    assert any("CONNECT_REFUSED" in why for why in record.why)
    assert lbhealth.explain_backend(lbhealth.normalize(reply), "another").records == ()


@pytest.mark.parametrize("adapter", lbhealth.ADAPTERS)
def test_the_vocabulary_is_the_published_one(adapter: str) -> None:
    published = json.loads((SCHEMAS / f"vocabulary/{adapter}.json").read_text(encoding="utf-8"))
    assert lbhealth.vocabulary(adapter).to_dict() == published


def test_an_unknown_adapter_has_no_vocabulary() -> None:
    with pytest.raises(lbhealth.UnknownAdapter):
        lbhealth.vocabulary("no-such-lb")
