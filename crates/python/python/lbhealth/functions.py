"""What the package does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias, TypedDict

from lbhealth import _lbhealth
from lbhealth._lbhealth import ArrowSchema, ArrowTable
from lbhealth.model import (
    Diff,
    Explanation,
    HealthCheckReport,
    HealthReport,
    Inventory,
    PublishedVocabulary,
    ReportExplanation,
    Summary,
)

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = [
    "ArrowSchema",
    "ArrowTable",
    "Normalized",
    "backend_row_schema",
    "diff",
    "explain",
    "explain_backend",
    "normalize",
    "normalize_arrow",
    "pool_row_schema",
    "summarize",
    "vocabulary",
]


class BoundListener(TypedDict, total=False):
    """A listener that a pool is bound to; without `pool_id` the pool that the payload is about."""

    pool_id: str
    listener_id: str


class PoolAlgorithm(TypedDict, total=False):
    """How a pool distributes requests; without `pool_id` the pool that the payload is about."""

    pool_id: str
    algorithm: str


class Context(TypedDict, total=False):
    """What a payload does not say and its caller knows. What the payload says itself wins, with a warning where the two differ."""

    observed_at: datetime | str | None
    operation: str | None
    load_balancer_id: str | None
    listener_id: str | None
    rule_id: str | None
    pool_id: str | None
    page_limit: int | None
    bound_listeners: Sequence[BoundListener] | None
    algorithms: Sequence[PoolAlgorithm] | None


class _Map(Protocol):
    def to_map(self) -> Any: ...


class _Dict(Protocol):
    def to_dict(self) -> Any: ...


class _AsDict(Protocol):
    def as_dict(self) -> Any: ...


class _ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


class _ArrowArray(Protocol):
    def __arrow_c_array__(self, requested_schema: object = None) -> object: ...


Arrow: TypeAlias = "_ArrowStream | _ArrowArray"
Payload: TypeAlias = "bytes | bytearray | memoryview | str | Mapping[str, Any] | _Map | _Dict | _AsDict"
Reports: TypeAlias = "HealthReport | Iterable[HealthReport]"


def normalize(payload: Payload, adapter: str | None = None, **context: Unpack[Context]) -> HealthReport | HealthCheckReport | Inventory:
    """The document that a vendor's reply becomes.

    `payload` is one whole reply: its JSON as `bytes` or `str`, a `dict`, or what the vendor's client returned (an object with `to_map`,
    `to_dict` or `as_dict`, or with a `body` that has one of them). `adapter` is one of `ADAPTERS`; without it the shape of the reply tells.
    `context` is what the reply does not say and you know: `observed_at` (a time with an offset), `operation`, `load_balancer_id`,
    `listener_id`, `rule_id`, `pool_id`, `page_limit` (how many elements you asked for per page), `bound_listeners` (dictionaries of `pool_id` and `listener_id`), `algorithms` (dictionaries of
    `pool_id` and `algorithm`).

    Other threads run while it works.

    Raises `Error`: its subclasses tell what was wrong, and its attributes `kind`, `adapter`, `operation` and `path` say it as data. A word
    that is not known is no error: it gives `UNKNOWN` and a warning in the document. `TypeError` where the payload is something else, or
    the context has another name.
    """
    return _lbhealth.normalize(payload, adapter, context)


class Normalized(NamedTuple):
    """What many payloads became: two tables that any Arrow library reads, as often as it likes."""

    rows: ArrowTable
    """One row per observation of a backend, in the order of the payloads, with the columns of `backend_row_schema()`."""

    failures: ArrowTable
    """One row per payload that gave none for a reason, in the order of the payloads: `payload_index` (int64, from 0), `kind`, `class`,
    `adapter`, `operation`, `path` and `message` (text), as an `Error` has them; `class` is the `vendor_class` of a `VendorError`."""


def normalize_arrow(
    payloads: Arrow,
    adapter: str | Arrow | None = None,
    *,
    threads: int = 1,
    batch_size: int = 16384,
    payload_index: bool = False,
    **context: Unpack[Context],
) -> Normalized:
    """The backend rows of many payloads, as Arrow tables.

    `payloads` is a column of any Arrow library (an array, a chunked array, a series, a stream, or a table that has no other column) of text
    or binary; each value is one whole reply, alone or in an envelope `{ "context": {…}, "payload": … }` with what only this reply does not
    say. A reply that is null is a failure, as JSON's `null` is. `adapter` is one of `ADAPTERS`, or a
    column of the same length with one for each payload; where it is null, the shape of the reply tells. `threads` work at the same time;
    rows come in the order of the payloads all the same. `batch_size` is how many payloads make a batch of rows. With `payload_index` the
    rows begin with a column of that name: which payload they are from (int64, from 0). `context` is what holds for all payloads, as for
    `normalize`.

    A reply that cannot be read, or is not about the health of backends, is a row of `failures` and nothing else. The tables are in memory:
    of a source that is larger than that, pass one batch after the other.

    Raises `UnknownAdapter` where `adapter` is text and none is called so; `TypeError` where a column is no text; `ValueError` where the
    columns differ in length. Other threads of Python run while it works.
    """
    return Normalized(*_lbhealth.normalize_arrow(payloads, adapter, threads, batch_size, payload_index, context))


def backend_row_schema() -> ArrowSchema:
    """The columns of backend rows as an Arrow schema.

    Words of ours, the adapter, the operation and the producer are dictionary-encoded text, times are milliseconds in UTC, whole numbers are
    int32; nothing is unsigned.
    """
    return _lbhealth.backend_row_schema()


def pool_row_schema() -> ArrowSchema:
    """The columns of pool rows as an Arrow schema."""
    return _lbhealth.pool_row_schema()


def summarize(reports: Reports, policy: str = "halves") -> Summary:
    """What one or several health reports come to: counts and a verdict, per pool and in all.

    `policy` says how pools are judged: `halves`, `worst`, `any-eligible`, `quorum:N` or `quorum:P%`. Pages of one answer that follow each
    other are merged; where one place stands in several reports, the latest stands.

    Raises `ValueError` where there is no such policy.
    """
    return _lbhealth.summarize(reports, policy)


def diff(old: Reports, new: Reports, *later: Reports) -> Diff:
    """What changed between snapshots, each of one or several health reports, the oldest first.

    Observations are joined by `record_key`. With three or more snapshots, `flaps` has those whose health changed at least twice.
    """
    return _lbhealth.diff((old, new, *later))


def explain(word: str, adapter: str | None = None) -> Explanation:
    """What a word means, where a vendor says it and where it is one of ours.

    `word` matches without regard to case and to blanks around it, and can be a text that the vendor writes for people; `field=word` asks
    for the word in that field only. `adapter` limits the answer to one of `ADAPTERS`. A word that is not known gives an explanation without
    meanings, and in `near` words that are spelled alike.

    Raises `UnknownAdapter`.
    """
    return _lbhealth.explain(word, adapter)


def explain_backend(report: HealthReport, backend: str) -> ReportExplanation:
    """Why the records of a backend say what they say.

    `backend` is a key, an id, a name, an address, or address and port joined by `:`, as it stands in the records. Without records the
    report has none of that backend.
    """
    return _lbhealth.explain_backend(report, backend)


def vocabulary(adapter: str) -> PublishedVocabulary:
    """Every word of an adapter's vendor, and what it means: the rows in the order in which they count.

    Raises `UnknownAdapter`, which lists the ids that there are.
    """
    return _lbhealth.vocabulary(adapter)
