"""The types of the published documents, under the names that they have in Rust and in the schema.

Objects are immutable. What a document does not tell is `None`, and a list that was left out is empty. This file is generated from the
schema: run `cargo xtask generate`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import ClassVar, Literal

from lbhealth.methods import HealthReportMethods, InventoryMethods, Model
from lbhealth.word import OpenWord

__all__ = [
    "AppliedRow",
    "BackendCounts",
    "BackendHealth",
    "BackendKind",
    "BackendRecord",
    "Cause",
    "Certainty",
    "Change",
    "ChangeCounts",
    "ChangeKind",
    "CodeKind",
    "CodeRange",
    "ComparisonWarning",
    "ComparisonWarningCode",
    "Completeness",
    "Coverage",
    "DecidingPool",
    "DecidingRecord",
    "Diff",
    "Evidence",
    "Explanation",
    "FailureReason",
    "Flap",
    "HealthCheck",
    "HealthCheckReport",
    "HealthCounts",
    "HealthReport",
    "HostDefault",
    "Inventory",
    "InventoryMember",
    "InventoryPool",
    "Label",
    "Meaning",
    "OwnWord",
    "Parent",
    "ParentKind",
    "Phase",
    "PoolChange",
    "PoolChangeKind",
    "PoolSummary",
    "Probe",
    "PublishedVocabulary",
    "Rating",
    "RecordExplanation",
    "Registration",
    "ReportExplanation",
    "ReportHead",
    "Role",
    "SameWord",
    "Scope",
    "SnapshotHead",
    "Source",
    "Standing",
    "StandingCounts",
    "StatusCodes",
    "Summary",
    "SummaryPool",
    "Traffic",
    "TrafficCounts",
    "TrafficReason",
    "Trend",
    "VerdictReason",
    "VocabularyRow",
    "Warning",
    "WarningCode",
    "WarningMeaning",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class AppliedRow(Model):
    """A row of the vocabulary that applied to a record."""

    meaning: Meaning
    """The row."""

    assumed: bool
    """Whether this is a conclusion from the record's answers: a report does not keep the word of every field."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BackendCounts(Model):
    """How many backends there are, and how many have each health and each traffic.

    The counts in `health` add up to `known_count`, and so do those in `traffic`. Where `backend_count` is present it is the
    same number; where it is absent there may be more backends than are known, so that every count reads "at least".
    """

    backend_count: int | None = None
    """How many backends there are; absent where that is not known."""

    known_count: int
    """How many backends are known of, with or without a name."""

    unlisted_count: int
    """How many of the known ones the vendor counts and does not name."""

    health: HealthCounts
    """How many backends have each health."""

    traffic: TrafficCounts
    """How many backends have each traffic."""


class BackendHealth(str, Enum):
    """What the health checks say about a backend.

    `HEALTHY`, `UNHEALTHY` and `DEGRADED` are verdicts; the other values say why there is none. The list is closed. Health
    says nothing about whether the backend gets traffic: that is `Traffic`.
    """

    __str__ = str.__str__

    UNHEALTHY = "UNHEALTHY"
    """The checks fail."""

    DEGRADED = "DEGRADED"
    """The observers of this backend disagree, or the backend itself says that it is impaired."""

    UNKNOWN = "UNKNOWN"
    """The vendor cannot say, says nothing, or uses a word this version does not know; the warnings of the record tell which."""

    INITIALIZING = "INITIALIZING"
    """Checks are on and have not given a result yet."""

    DRAINING = "DRAINING"
    """The backend is leaving; the vendor gives this instead of a verdict."""

    INACTIVE = "INACTIVE"
    """Registered, but not in service and not judged: by configuration, or because the server is stopped or gone."""

    UNMONITORED = "UNMONITORED"
    """No check runs, so nothing is known about the backend itself."""

    HEALTHY = "HEALTHY"
    """The checks pass."""


class BackendKind(OpenWord):
    """What kind of thing a backend is. The list is open: read a value you do not know as "something else"."""

    __slots__ = ()

    known: ClassVar[tuple[BackendKind, ...]]
    """The words that this version knows."""

    CONTAINER: ClassVar[BackendKind]
    """A container."""

    FUNCTION: ClassVar[BackendKind]
    """A function."""

    INSTANCE: ClassVar[BackendKind]
    """A cloud server."""

    IP: ClassVar[BackendKind]
    """An address that the load balancer knows nothing more about."""

    LOAD_BALANCER: ClassVar[BackendKind]
    """Another load balancer."""

    NETWORK_INTERFACE: ClassVar[BackendKind]
    """A network interface."""

    UNRECOGNIZED: ClassVar[BackendKind]
    """A word of a newer version of the schema, or none of the words above. It proves nothing."""


BackendKind.known = (
    BackendKind("CONTAINER"),
    BackendKind("FUNCTION"),
    BackendKind("INSTANCE"),
    BackendKind("IP"),
    BackendKind("LOAD_BALANCER"),
    BackendKind("NETWORK_INTERFACE"),
    BackendKind("UNRECOGNIZED"),
)
BackendKind.CONTAINER = BackendKind.known[0]
BackendKind.FUNCTION = BackendKind.known[1]
BackendKind.INSTANCE = BackendKind.known[2]
BackendKind.IP = BackendKind.known[3]
BackendKind.LOAD_BALANCER = BackendKind.known[4]
BackendKind.NETWORK_INTERFACE = BackendKind.known[5]
BackendKind.UNRECOGNIZED = BackendKind.known[6]


@dataclass(frozen=True, kw_only=True, slots=True)
class BackendRecord(Model):
    """One observation: what was said of one backend (an id or address and a port) in one pool, at one listener or rule."""

    record_key: str
    """Identity of the observation: adapter, scope, listener (or rule, or load balancer), pool, backend and port, and the
    observer where there is one, joined by `|`. Unique in a document.
    """

    backend_key: str
    """Identity of the backend wherever it is observed: adapter, pool, backend and port, joined by `|`. Count backends by it."""

    pool_key: str
    """Identity of the pool at this place: adapter, scope, listener (or rule, or load balancer) and pool, joined by `|`. The same
    as in `pools`.
    """

    scope: Scope
    """The kind of place at which the backend is observed."""

    load_balancer_id: str | None = None
    """Id of the load balancer."""

    listener_id: str | None = None
    """Id of the listener."""

    listener_port: int | None = None
    """Port of the listener."""

    listener_protocol: str | None = None
    """Protocol of the listener, in upper case."""

    rule_id: str | None = None
    """Id of the forwarding rule."""

    pool_id: str | None = None
    """Id of the pool."""

    observer: str | None = None
    """Who gave the verdict, where several at one place give one each: a node of the load balancer, or all that probe addresses
    of one family (`IPV4`, `IPV6`).
    """

    backend_id: str | None = None
    """Id that the load balancer gives the backend."""

    backend_name: str | None = None
    """Name of the backend; not necessarily the server's."""

    backend_kind: BackendKind | None = None
    """What kind of thing the backend is."""

    instance_id: str | None = None
    """Id of the cloud server behind the backend, where it is not the backend's own: joins with an asset list."""

    address: str | None = None
    """IP address (version 4 or 6, without brackets) or name."""

    port: int | None = None
    """Port that gets the traffic; absent where it is not fixed."""

    zone: str | None = None
    """Availability zone."""

    weight: float | None = None
    """Weight on the vendor's own scale, which is not comparable across vendors. It never decides health."""

    health: BackendHealth
    """What the checks say."""

    traffic: Traffic
    """Whether the backend gets new traffic."""

    traffic_reason: TrafficReason | None = None
    """Why the traffic is so, where health alone does not explain it."""

    cause: Cause | None = None
    """Why the backend is not plainly healthy; absent where it is, and where the vendor gives no reason."""

    certainty: Certainty
    """How the health follows from what the vendor said."""

    trend: Trend | None = None
    """Where the health is heading, where the vendor says that the last checks answered otherwise."""

    probe: Probe | None = None
    """What the probe expected and observed, where the vendor tells."""

    evidence: Evidence
    """The vendor's own words, and where they stood."""

    warnings: tuple[WarningCode, ...] = ()
    """Codes of the warnings that concern this record; left out when there are none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cause(Model):
    """Why a backend is not plainly healthy, and how sure that is. A healthy backend has none."""

    reason: FailureReason
    """The reason."""

    phase: Phase
    """The stage or circumstance of the reason, for readers that do not know the reason."""

    certainty: Certainty
    """How the reason follows from what the vendor said; the certainty of the health stands beside the health."""


class Certainty(str, Enum):
    """How a value follows from what the vendor said. The list is closed."""

    __str__ = str.__str__

    EXACT = "EXACT"
    """The vendor said it."""

    INFERRED = "INFERRED"
    """It follows from other fields or from absence."""

    AMBIGUOUS = "AMBIGUOUS"
    """The vendor's word covers several of ours, or is not one this version knows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change(Model):
    """What happened to one observation."""

    snapshot: int
    """Which of `snapshots` shows it, compared with the one before: an index from 1 on."""

    kinds: tuple[ChangeKind, ...]
    """What happened."""

    certainty: Certainty
    """How it follows: `EXACT` where both snapshots have the observation or the newer list is known to hold all, `INFERRED` where
    it follows from what may be said of backends that are not listed, `AMBIGUOUS` where it is left open; `message` says what
    is.
    """

    message: str | None = None
    """What is inferred or left open, in English. The text may change at any time."""

    record_key: str
    """Key of the record."""

    backend_key: str
    """Key of the backend."""

    pool_key: str
    """Key of the pool at this place."""

    listener_id: str | None = None
    """Id of the listener."""

    rule_id: str | None = None
    """Id of the forwarding rule."""

    pool_id: str | None = None
    """Id of the pool."""

    backend_id: str | None = None
    """Id that the load balancer gives the backend."""

    address: str | None = None
    """IP address or name."""

    port: int | None = None
    """Port that gets the traffic; absent where it is not fixed."""

    health_before: BackendHealth | None = None
    """What the checks said; absent where that is not known."""

    health_after: BackendHealth | None = None
    """What the checks say; absent where that is not known."""

    traffic_before: Traffic | None = None
    """The traffic before; absent where it is not known."""

    traffic_after: Traffic | None = None
    """The traffic after; absent where it is not known."""

    traffic_reason_before: TrafficReason | None = None
    """The reason of the traffic before."""

    traffic_reason_after: TrafficReason | None = None
    """The reason of the traffic after."""

    reason_before: FailureReason | None = None
    """The reason of the cause before."""

    reason_after: FailureReason | None = None
    """The reason of the cause after."""

    vendor_reason_before: str | None = None
    """The vendor's own reason word before."""

    vendor_reason_after: str | None = None
    """The vendor's own reason word after."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeCounts(Model):
    """How many changes there are of each kind. One change can be of several kinds, so these do not add up to the number of
    changes.
    """

    appeared_count: int
    """Changes that are `APPEARED`."""

    gone_count: int
    """Changes that are `GONE`."""

    health_changed_count: int
    """Changes that are `HEALTH_CHANGED`."""

    reason_changed_count: int
    """Changes that are `REASON_CHANGED`."""

    recovered_count: int
    """Changes that are `RECOVERED`."""

    traffic_changed_count: int
    """Changes that are `TRAFFIC_CHANGED`."""

    undetermined_count: int
    """Changes of which the vendor's replies leave open what happened."""


class ChangeKind(OpenWord):
    """What happened to an observation of a backend. The list is open: read a word you do not know as "something changed"."""

    __slots__ = ()

    known: ClassVar[tuple[ChangeKind, ...]]
    """The words that this version knows."""

    APPEARED: ClassVar[ChangeKind]
    """It was not there and is there now: the backend was registered, or, where the certainty is `AMBIGUOUS`, was there before
    without being listed.
    """

    GONE: ClassVar[ChangeKind]
    """It was there and is not there now: the backend was removed, or, where the certainty is `AMBIGUOUS`, may only not be listed
    any more.
    """

    HEALTH_CHANGED: ClassVar[ChangeKind]
    """The health is another one, and not as `RECOVERED` says."""

    REASON_CHANGED: ClassVar[ChangeKind]
    """The reason is another one."""

    RECOVERED: ClassVar[ChangeKind]
    """It was `UNHEALTHY` or `DEGRADED` and is `HEALTHY`."""

    TRAFFIC_CHANGED: ClassVar[ChangeKind]
    """The traffic, or its reason, is another one."""

    UNRECOGNIZED: ClassVar[ChangeKind]
    """A word of a newer version of the schema, or none of the words above. It proves nothing."""


ChangeKind.known = (
    ChangeKind("APPEARED"),
    ChangeKind("GONE"),
    ChangeKind("HEALTH_CHANGED"),
    ChangeKind("REASON_CHANGED"),
    ChangeKind("RECOVERED"),
    ChangeKind("TRAFFIC_CHANGED"),
    ChangeKind("UNRECOGNIZED"),
)
ChangeKind.APPEARED = ChangeKind.known[0]
ChangeKind.GONE = ChangeKind.known[1]
ChangeKind.HEALTH_CHANGED = ChangeKind.known[2]
ChangeKind.REASON_CHANGED = ChangeKind.known[3]
ChangeKind.RECOVERED = ChangeKind.known[4]
ChangeKind.TRAFFIC_CHANGED = ChangeKind.known[5]
ChangeKind.UNRECOGNIZED = ChangeKind.known[6]


class CodeKind(OpenWord):
    """The number space of status codes. The list is open: codes of a kind you do not know cannot be compared with those of
    another.
    """

    __slots__ = ()

    known: ClassVar[tuple[CodeKind, ...]]
    """The words that this version knows."""

    GRPC: ClassVar[CodeKind]
    """gRPC status codes, 0 to 99; 0 is success."""

    HTTP: ClassVar[CodeKind]
    """HTTP status codes, from 100."""

    UNRECOGNIZED: ClassVar[CodeKind]
    """A word of a newer version of the schema, or none of the words above. It proves nothing."""


CodeKind.known = (
    CodeKind("GRPC"),
    CodeKind("HTTP"),
    CodeKind("UNRECOGNIZED"),
)
CodeKind.GRPC = CodeKind.known[0]
CodeKind.HTTP = CodeKind.known[1]
CodeKind.UNRECOGNIZED = CodeKind.known[2]


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeRange(Model):
    """An inclusive range of status codes; a single code has `first` equal to `last`."""

    first: int
    """The lowest code of the range."""

    last: int
    """The highest code of the range."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparisonWarning(Model):
    """Why the comparison says less than it seems to."""

    code: ComparisonWarningCode
    """What it is."""

    snapshot: int
    """Which of `snapshots` it is about: an index from 0 on, the newer one where it is about two."""

    message: str
    """The same for people, in English. The text may change at any time."""


class ComparisonWarningCode(OpenWord):
    """Why a comparison says less than it seems to. The list is open: read a code you do not know as "take care"."""

    __slots__ = ()

    known: ClassVar[tuple[ComparisonWarningCode, ...]]
    """The words that this version knows."""

    ADAPTERS_DIFFER: ClassVar[ComparisonWarningCode]
    """The snapshots are of different adapters."""

    COVERAGE_DIFFERS: ClassVar[ComparisonWarningCode]
    """The snapshots list different kinds of backends: that one is missing may come from that."""

    NOT_COMPLETE: ClassVar[ComparisonWarningCode]
    """A snapshot does not hold everything, so that what is missing in it may still be there."""

    NOTHING_IN_COMMON: ClassVar[ComparisonWarningCode]
    """The snapshots have no pool at one place in common."""

    NOT_TOLD_APART: ClassVar[ComparisonWarningCode]
    """A snapshot has several replies that may be about several pools, because they name none or have no backend in common: what
    one of them says is compared with what any of the others said.
    """

    OPERATIONS_DIFFER: ClassVar[ComparisonWarningCode]
    """The snapshots are replies of different operations."""

    ORDER_REVERSED: ClassVar[ComparisonWarningCode]
    """The newer snapshot was observed before the older one."""

    PRODUCERS_DIFFER: ClassVar[ComparisonWarningCode]
    """The snapshots were written by different versions, so that a change may be one of the mapping."""

    UNRECOGNIZED: ClassVar[ComparisonWarningCode]
    """A word of a newer version of the schema, or none of the words above. It proves nothing."""


ComparisonWarningCode.known = (
    ComparisonWarningCode("ADAPTERS_DIFFER"),
    ComparisonWarningCode("COVERAGE_DIFFERS"),
    ComparisonWarningCode("NOT_COMPLETE"),
    ComparisonWarningCode("NOTHING_IN_COMMON"),
    ComparisonWarningCode("NOT_TOLD_APART"),
    ComparisonWarningCode("OPERATIONS_DIFFER"),
    ComparisonWarningCode("ORDER_REVERSED"),
    ComparisonWarningCode("PRODUCERS_DIFFER"),
    ComparisonWarningCode("UNRECOGNIZED"),
)
ComparisonWarningCode.ADAPTERS_DIFFER = ComparisonWarningCode.known[0]
ComparisonWarningCode.COVERAGE_DIFFERS = ComparisonWarningCode.known[1]
ComparisonWarningCode.NOT_COMPLETE = ComparisonWarningCode.known[2]
ComparisonWarningCode.NOTHING_IN_COMMON = ComparisonWarningCode.known[3]
ComparisonWarningCode.NOT_TOLD_APART = ComparisonWarningCode.known[4]
ComparisonWarningCode.OPERATIONS_DIFFER = ComparisonWarningCode.known[5]
ComparisonWarningCode.ORDER_REVERSED = ComparisonWarningCode.known[6]
ComparisonWarningCode.PRODUCERS_DIFFER = ComparisonWarningCode.known[7]
ComparisonWarningCode.UNRECOGNIZED = ComparisonWarningCode.known[8]


class Completeness(str, Enum):
    """Whether a document holds everything its operation has to say, from the most to the least complete. The list is closed."""

    __str__ = str.__str__

    COMPLETE = "COMPLETE"
    """It does."""

    UNDETERMINED = "UNDETERMINED"
    """The vendor does not tell: its page marker proves nothing either way, or the operation lists only what is in use, and lists
    nothing, so that nobody can say what is registered and not in use.
    """

    INCOMPLETE = "INCOMPLETE"
    """A page token is pending, an element could not be read, a list that the operation always gives is missing, or a list is
    shorter than the vendor's count of it.
    """


class Coverage(OpenWord):
    """Which backends an operation lists at all. The list is open: a value you do not know proves nothing about backends that are
    not listed.
    """

    __slots__ = ()

    known: ClassVar[tuple[Coverage, ...]]
    """The words that this version knows."""

    ALL: ClassVar[Coverage]
    """Every backend of the pools concerned."""

    NON_HEALTHY_ONLY: ClassVar[Coverage]
    """Only backends that are not plainly normal. That a backend is missing here is no proof that it is healthy;
    `unlisted_health` of its pool says what may be concluded.
    """

    SELECTED: ClassVar[Coverage]
    """Only the backends that were asked for."""

    UNRECOGNIZED: ClassVar[Coverage]
    """A word of a newer version of the schema, or none of the words above. It proves nothing."""


Coverage.known = (
    Coverage("ALL"),
    Coverage("NON_HEALTHY_ONLY"),
    Coverage("SELECTED"),
    Coverage("UNRECOGNIZED"),
)
Coverage.ALL = Coverage.known[0]
Coverage.NON_HEALTHY_ONLY = Coverage.known[1]
Coverage.SELECTED = Coverage.known[2]
Coverage.UNRECOGNIZED = Coverage.known[3]


@dataclass(frozen=True, kw_only=True, slots=True)
class DecidingPool(Model):
    """A pool that decided the verdict on the whole."""

    adapter: str
    """Id of the adapter."""

    pool_id: str | None = None
    """Id of the pool; absent where the replies name none."""

    reason: VerdictReason
    """Why the pool has its verdict."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DecidingRecord(Model):
    """An observation that decided the verdict on its pool."""

    record_key: str
    """Key of the record."""

    backend_key: str
    """Key of the backend."""

    backend_id: str | None = None
    """Id that the load balancer gives the backend."""

    address: str | None = None
    """IP address or name."""

    port: int | None = None
    """Port that gets the traffic; absent where it is not fixed."""

    standing: Standing
    """How the observation counts."""

    health: BackendHealth
    """What the checks say."""

    traffic: Traffic
    """Whether the backend gets new traffic."""

    traffic_reason: TrafficReason | None = None
    """Why the traffic is so, where health alone does not explain it."""

    cause_reason: FailureReason | None = None
    """The reason of the record's cause."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Diff(Model):
    """What changed between snapshots, each compared with the one before it. Observations are joined by `record_key`."""

    schema_id: Literal["urn:lbhealth:v1:diff"] = "urn:lbhealth:v1:diff"
    """Says that this is a comparison of this major version."""

    producer: str | None = None
    """Program and version that wrote the document."""

    snapshots: tuple[SnapshotHead, ...]
    """The snapshots, the oldest first."""

    counts: ChangeCounts
    """How many changes there are of each kind."""

    changes: tuple[Change, ...]
    """What happened to observations, by snapshot, then the worst health first."""

    pool_changes: tuple[PoolChange, ...]
    """What happened to pools, by snapshot."""

    flaps: tuple[Flap, ...]
    """The observations whose health changed at least twice, the most restless first."""

    warnings: tuple[ComparisonWarning, ...]
    """Why the comparison says less than it seems to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence(Model):
    """The vendor's own words, untouched, and where they stood."""

    status: str | None = None
    """The status word."""

    reason: str | None = None
    """The reason word."""

    expected: str | None = None
    """The expected status codes as the vendor wrote them; elements of a list are joined by commas."""

    observed: str | None = None
    """The observed status codes as the vendor wrote them."""

    message: str | None = None
    """The vendor's text for people."""

    source: int | None = None
    """Which of the document's `sources` the payload is, from 0; left out for the first and where there is only one."""

    path: str
    """JSON Pointer to the object in the payload that held them; the empty text is the payload itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation(Model):
    """What a word means: a vendor's, or one of ours."""

    schema_id: Literal["urn:lbhealth:v1:explanation"] = "urn:lbhealth:v1:explanation"
    """Says that this is an explanation of this major version."""

    producer: str | None = None
    """Program and version that wrote the document; it tells whose mapping it was."""

    word: str
    """The word that was asked for."""

    adapter: str | None = None
    """Id of the adapter that was asked for; absent: all of them."""

    vendor_meanings: tuple[Meaning, ...]
    """What the word means where vendors say it, in the order in which rows count."""

    own_meanings: tuple[OwnWord, ...]
    """What it means where it is a word of ours; empty where one adapter was asked for."""

    near: tuple[str, ...] = ()
    """Words that are spelled alike; only where nothing is known of the one that was asked for."""


class FailureReason(OpenWord):
    """Why a backend is not plainly healthy. The list is open: a reader that does not know the word uses the phase beside it, and
    the vendor's own word is in the record's evidence.
    """

    __slots__ = ()

    known: ClassVar[tuple[FailureReason, ...]]
    """The words that this version knows."""

    ADDRESS_UNUSABLE: ClassVar[FailureReason]
    """The load balancer has no usable address of the backend."""

    ADMIN_DISABLED: ClassVar[FailureReason]
    """The backend is switched off administratively."""

    ADMIN_OVERRIDE: ClassVar[FailureReason]
    """Somebody overrode the result of the checks."""

    BACKEND_MISSING: ClassVar[FailureReason]
    """The server behind the backend does not exist."""

    BACKEND_STOPPED: ClassVar[FailureReason]
    """The server behind the backend is stopped or terminated."""

    CONNECT_FAILED: ClassVar[FailureReason]
    """The connection could not be established; the vendor does not say whether it was refused."""

    CONNECT_INTERRUPT: ClassVar[FailureReason]
    """The connection broke during the check."""

    CONNECT_REFUSED: ClassVar[FailureReason]
    """The backend refused the connection."""

    CONNECT_TIMEOUT: ClassVar[FailureReason]
    """The connection was not established in time."""

    DEREGISTERING: ClassVar[FailureReason]
    """The backend is being removed."""

    DNS_FAILURE: ClassVar[FailureReason]
    """The backend's name could not be resolved."""

    HEALTH_CHECK_DISABLED: ClassVar[FailureReason]
    """No health check is configured, or it is switched off."""

    HEALTH_CHECK_MISCONFIGURED: ClassVar[FailureReason]
    """The health check cannot work as it is configured."""

    INITIAL_CHECKS: ClassVar[FailureReason]
    """Checks are on and no result exists yet."""

    LB_INTERNAL_ERROR: ClassVar[FailureReason]
    """The load balancer failed, not the backend."""

    NETWORK_UNREACHABLE: ClassVar[FailureReason]
    """There is no route to the backend."""

    NO_HEALTHY_CHILDREN: ClassVar[FailureReason]
    """A backend that is itself a pool or load balancer has nothing healthy behind it."""

    NOT_ATTACHED: ClassVar[FailureReason]
    """The pool is not attached to a load balancer or listener, or the backend is not tied to a server."""

    NOT_IN_USE: ClassVar[FailureReason]
    """The load balancer does not use the backend; the vendor's word leaves open which setting keeps it out."""

    NOT_REGISTERED: ClassVar[FailureReason]
    """The backend is not registered."""

    PROBE_FAILED: ClassVar[FailureReason]
    """The probe failed and the vendor says so without saying how."""

    RECV_RESPONSE_FAILED: ClassVar[FailureReason]
    """The answer could not be read."""

    RECV_RESPONSE_TIMEOUT: ClassVar[FailureReason]
    """The answer did not come in time."""

    REGISTERING: ClassVar[FailureReason]
    """The backend is being registered."""

    RESPONSE_BODY_MISMATCH: ClassVar[FailureReason]
    """The body of the answer is not the expected one."""

    RESPONSE_FORMAT_ERROR: ClassVar[FailureReason]
    """The answer is malformed."""

    RESPONSE_MISMATCH: ClassVar[FailureReason]
    """The status code of the answer is not among the expected ones."""

    SEND_REQUEST_FAILED: ClassVar[FailureReason]
    """The probe could not be sent."""

    SEND_REQUEST_TIMEOUT: ClassVar[FailureReason]
    """The probe was not sent in time."""

    SSL_CERTIFICATE_INVALID: ClassVar[FailureReason]
    """The backend's certificate was not accepted."""

    SSL_HANDSHAKE_ERROR: ClassVar[FailureReason]
    """The TLS handshake failed."""

    STATUS_UNAVAILABLE: ClassVar[FailureReason]
    """The load balancer cannot find out."""

    TIMEOUT: ClassVar[FailureReason]
    """The probe ran out of time and the vendor does not say in which stage."""

    ZERO_WEIGHT: ClassVar[FailureReason]
    """The backend's weight is 0."""

    ZONE_NOT_ENABLED: ClassVar[FailureReason]
    """The backend is in a zone that the load balancer does not serve."""

    UNRECOGNIZED: ClassVar[FailureReason]
    """A word of a newer version of the schema, or none of the words above. It proves nothing."""


FailureReason.known = (
    FailureReason("ADDRESS_UNUSABLE"),
    FailureReason("ADMIN_DISABLED"),
    FailureReason("ADMIN_OVERRIDE"),
    FailureReason("BACKEND_MISSING"),
    FailureReason("BACKEND_STOPPED"),
    FailureReason("CONNECT_FAILED"),
    FailureReason("CONNECT_INTERRUPT"),
    FailureReason("CONNECT_REFUSED"),
    FailureReason("CONNECT_TIMEOUT"),
    FailureReason("DEREGISTERING"),
    FailureReason("DNS_FAILURE"),
    FailureReason("HEALTH_CHECK_DISABLED"),
    FailureReason("HEALTH_CHECK_MISCONFIGURED"),
    FailureReason("INITIAL_CHECKS"),
    FailureReason("LB_INTERNAL_ERROR"),
    FailureReason("NETWORK_UNREACHABLE"),
    FailureReason("NO_HEALTHY_CHILDREN"),
    FailureReason("NOT_ATTACHED"),
    FailureReason("NOT_IN_USE"),
    FailureReason("NOT_REGISTERED"),
    FailureReason("PROBE_FAILED"),
    FailureReason("RECV_RESPONSE_FAILED"),
    FailureReason("RECV_RESPONSE_TIMEOUT"),
    FailureReason("REGISTERING"),
    FailureReason("RESPONSE_BODY_MISMATCH"),
    FailureReason("RESPONSE_FORMAT_ERROR"),
    FailureReason("RESPONSE_MISMATCH"),
    FailureReason("SEND_REQUEST_FAILED"),
    FailureReason("SEND_REQUEST_TIMEOUT"),
    FailureReason("SSL_CERTIFICATE_INVALID"),
    FailureReason("SSL_HANDSHAKE_ERROR"),
    FailureReason("STATUS_UNAVAILABLE"),
    FailureReason("TIMEOUT"),
    FailureReason("ZERO_WEIGHT"),
    FailureReason("ZONE_NOT_ENABLED"),
    FailureReason("UNRECOGNIZED"),
)
FailureReason.ADDRESS_UNUSABLE = FailureReason.known[0]
FailureReason.ADMIN_DISABLED = FailureReason.known[1]
FailureReason.ADMIN_OVERRIDE = FailureReason.known[2]
FailureReason.BACKEND_MISSING = FailureReason.known[3]
FailureReason.BACKEND_STOPPED = FailureReason.known[4]
FailureReason.CONNECT_FAILED = FailureReason.known[5]
FailureReason.CONNECT_INTERRUPT = FailureReason.known[6]
FailureReason.CONNECT_REFUSED = FailureReason.known[7]
FailureReason.CONNECT_TIMEOUT = FailureReason.known[8]
FailureReason.DEREGISTERING = FailureReason.known[9]
FailureReason.DNS_FAILURE = FailureReason.known[10]
FailureReason.HEALTH_CHECK_DISABLED = FailureReason.known[11]
FailureReason.HEALTH_CHECK_MISCONFIGURED = FailureReason.known[12]
FailureReason.INITIAL_CHECKS = FailureReason.known[13]
FailureReason.LB_INTERNAL_ERROR = FailureReason.known[14]
FailureReason.NETWORK_UNREACHABLE = FailureReason.known[15]
FailureReason.NO_HEALTHY_CHILDREN = FailureReason.known[16]
FailureReason.NOT_ATTACHED = FailureReason.known[17]
FailureReason.NOT_IN_USE = FailureReason.known[18]
FailureReason.NOT_REGISTERED = FailureReason.known[19]
FailureReason.PROBE_FAILED = FailureReason.known[20]
FailureReason.RECV_RESPONSE_FAILED = FailureReason.known[21]
FailureReason.RECV_RESPONSE_TIMEOUT = FailureReason.known[22]
FailureReason.REGISTERING = FailureReason.known[23]
FailureReason.RESPONSE_BODY_MISMATCH = FailureReason.known[24]
FailureReason.RESPONSE_FORMAT_ERROR = FailureReason.known[25]
FailureReason.RESPONSE_MISMATCH = FailureReason.known[26]
FailureReason.SEND_REQUEST_FAILED = FailureReason.known[27]
FailureReason.SEND_REQUEST_TIMEOUT = FailureReason.known[28]
FailureReason.SSL_CERTIFICATE_INVALID = FailureReason.known[29]
FailureReason.SSL_HANDSHAKE_ERROR = FailureReason.known[30]
FailureReason.STATUS_UNAVAILABLE = FailureReason.known[31]
FailureReason.TIMEOUT = FailureReason.known[32]
FailureReason.ZERO_WEIGHT = FailureReason.known[33]
FailureReason.ZONE_NOT_ENABLED = FailureReason.known[34]
FailureReason.UNRECOGNIZED = FailureReason.known[35]


@dataclass(frozen=True, kw_only=True, slots=True)
class Flap(Model):
    """An observation whose health changed at least twice."""

    record_key: str
    """Key of the record."""

    change_count: int
    """How often its health changed, where both sides of the change are known."""

    healths: tuple[BackendHealth, ...]
    """What its health was, one after the other."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HealthCheck(Model):
    """The configuration of a health check. What the vendor did not send is absent; no default is filled in."""

    id: str | None = None
    """Id of the configuration."""

    name: str | None = None
    """Name of the configuration."""

    template: bool
    """Whether this is a blueprint, which says nothing of what is in force anywhere."""

    enabled: bool | None = None
    """Whether the check runs; absent where the vendor does not tell."""

    protocol: str | None = None
    """Protocol of the probe in upper case: `HTTP`, `HTTPS`, `HTTP2` (over TLS), `TCP`, `TLS`, `UDP`, `GRPC`, `GRPCS` (gRPC over
    TLS), or another word of the vendor.
    """

    port: int | None = None
    """Port that is probed; absent: the backend's own."""

    host: str | None = None
    """Name that the probe asks for."""

    host_default: HostDefault | None = None
    """Which name the probe asks for where `host` is absent."""

    path: str | None = None
    """Path that the probe asks for."""

    method: str | None = None
    """Method of the probe, in upper case."""

    http_version: str | None = None
    """HTTP version of the probe: `1.0` or `1.1`."""

    interval_ms: int | None = None
    """Time from one probe to the next, in milliseconds."""

    timeout_ms: int | None = None
    """Time after which a probe has failed, in milliseconds. It can be longer than the interval."""

    healthy_threshold: int | None = None
    """How many passed probes in a row make a backend healthy."""

    unhealthy_threshold: int | None = None
    """How many failed probes in a row make a backend unhealthy."""

    expected: StatusCodes | None = None
    """The status codes that count as a passed probe."""

    pool_ids: tuple[str, ...] = ()
    """The pools that are checked so; left out where they are not told."""

    resource_group_id: str | None = None
    """Id of the resource group."""

    labels: tuple[Label, ...] = ()
    """Labels that users gave it; left out when there are none."""

    evidence: Evidence
    """The vendor's own words, and where the configuration stood."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HealthCheckReport(Model):
    """How backends are checked, as an API for the configuration said it. It says nothing about whether a backend is well."""

    schema_id: Literal["urn:lbhealth:v1:health-check-report"] = "urn:lbhealth:v1:health-check-report"
    """Says that this is a health check report of this major version."""

    producer: str | None = None
    """Program and version that wrote the document; it tells whose mapping it was."""

    adapter: str
    """Id of the adapter that read the payload: vendor and product."""

    operation: str
    """The vendor's name of the operation whose reply it was."""

    request_id: str | None = None
    """The vendor's id of the call."""

    observed_at: datetime | None = None
    """When the caller observed it."""

    completeness: Completeness
    """Whether this is everything the operation has to say."""

    next_page: str | None = None
    """The page token to ask with next."""

    health_checks: tuple[HealthCheck, ...]
    """The configurations, in the order of the payload."""

    warnings: tuple[Warning, ...]
    """What was odd, in the order of the payload."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HealthCounts(Model):
    """How many backends have each health. A backend counts once, however many observations there are of it."""

    healthy_count: int
    """How many backends are `HEALTHY` wherever they are observed."""

    unhealthy_count: int
    """How many backends are `UNHEALTHY` wherever they are observed."""

    degraded_count: int
    """How many backends are `DEGRADED` wherever they are observed."""

    initializing_count: int
    """How many backends are `INITIALIZING` wherever they are observed."""

    draining_count: int
    """How many backends are `DRAINING` wherever they are observed."""

    unmonitored_count: int
    """How many backends are `UNMONITORED` wherever they are observed."""

    inactive_count: int
    """How many backends are `INACTIVE` wherever they are observed."""

    unknown_count: int
    """How many backends are `UNKNOWN` wherever they are observed."""

    mixed_count: int
    """How many backends are mixed: their observations differ in health."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HealthReport(HealthReportMethods):
    """What a health API said about backends: one payload, or several that were merged."""

    schema_id: Literal["urn:lbhealth:v1:health-report"] = "urn:lbhealth:v1:health-report"
    """Says that this is a health report of this major version."""

    producer: str | None = None
    """Program and version that wrote the document; it tells whose mapping it was."""

    adapter: str
    """Id of the adapter that read the payload: vendor and product."""

    operation: str
    """The vendor's name of the operation whose reply it was; after a merge, of the first."""

    request_id: str | None = None
    """The vendor's id of the call; after a merge, of the first."""

    observed_at: datetime | None = None
    """When the caller observed it."""

    coverage: Coverage
    """Which backends the operation lists at all."""

    completeness: Completeness
    """Whether this is everything the operation has to say."""

    next_page: str | None = None
    """The page token to ask with next."""

    of_one_pool: bool | None = None
    """Whether the operation is about one pool: then all that is here is of that one, also where no reply names it. Left out
    where it is not.
    """

    sources: tuple[Source, ...] = ()
    """After a merge or a completion: the replies it was made of."""

    parents: tuple[Parent, ...] = ()
    """What the payload says of load balancers, listeners and pools as wholes; left out when it says nothing."""

    pools: tuple[PoolSummary, ...]
    """What is said of pools as wholes, one summary per pool and place."""

    records: tuple[BackendRecord, ...]
    """One observation per backend and place, in the order of the payload."""

    warnings: tuple[Warning, ...]
    """What was odd, in the order of the payload."""


class HostDefault(OpenWord):
    """Which name a probe asks for where no name is configured. The list is open: read a value you do not know as "not known"."""

    __slots__ = ()

    known: ClassVar[tuple[HostDefault, ...]]
    """The words that this version knows."""

    BACKEND_ADDRESS: ClassVar[HostDefault]
    """The backend's own address."""

    BACKEND_SETTINGS: ClassVar[HostDefault]
    """A name that stands apart from the check, in the settings by which the backends are reached."""

    LOAD_BALANCER_ADDRESS: ClassVar[HostDefault]
    """The load balancer's address."""

    UNRECOGNIZED: ClassVar[HostDefault]
    """A word of a newer version of the schema, or none of the words above. It proves nothing."""


HostDefault.known = (
    HostDefault("BACKEND_ADDRESS"),
    HostDefault("BACKEND_SETTINGS"),
    HostDefault("LOAD_BALANCER_ADDRESS"),
    HostDefault("UNRECOGNIZED"),
)
HostDefault.BACKEND_ADDRESS = HostDefault.known[0]
HostDefault.BACKEND_SETTINGS = HostDefault.known[1]
HostDefault.LOAD_BALANCER_ADDRESS = HostDefault.known[2]
HostDefault.UNRECOGNIZED = HostDefault.known[3]


@dataclass(frozen=True, kw_only=True, slots=True)
class Inventory(InventoryMethods):
    """Who is registered where: pools, and the backends in them. It says nothing about whether a backend is well."""

    schema_id: Literal["urn:lbhealth:v1:inventory"] = "urn:lbhealth:v1:inventory"
    """Says that this is an inventory of this major version."""

    producer: str | None = None
    """Program and version that wrote the document; it tells whose mapping it was."""

    adapter: str
    """Id of the adapter that read the payload: vendor and product."""

    operation: str
    """The vendor's name of the operation whose reply it was; after a merge, of the first."""

    request_id: str | None = None
    """The vendor's id of the call; after a merge, of the first."""

    observed_at: datetime | None = None
    """When the caller observed it."""

    completeness: Completeness
    """Whether this is everything the operation has to say."""

    next_page: str | None = None
    """The page token to ask with next."""

    sources: tuple[Source, ...] = ()
    """After a merge: the replies it was made of."""

    member_count: int | None = None
    """How many members the whole list has, by the vendor's own figure, where that is told of the list and not of a pool."""

    pools: tuple[InventoryPool, ...]
    """The pools, in the order of the payload."""

    members: tuple[InventoryMember, ...]
    """The backends in them, in the order of the payload."""

    warnings: tuple[Warning, ...]
    """What was odd: in the order of the payload, and behind that what shows only in the whole."""


@dataclass(frozen=True, kw_only=True, slots=True)
class InventoryMember(Model):
    """A backend that is registered in a pool."""

    backend_key: str
    """Identity of the backend: adapter, pool, backend and port, joined by `|`. The same as in health records."""

    load_balancer_id: str | None = None
    """Id of the load balancer, where backends are registered with it and not in a pool."""

    pool_id: str | None = None
    """Id of the pool."""

    backend_id: str | None = None
    """Id that the load balancer gives the backend."""

    backend_name: str | None = None
    """Name of the backend; not necessarily the server's."""

    backend_kind: BackendKind | None = None
    """What kind of thing the backend is."""

    instance_id: str | None = None
    """Id of the cloud server behind the backend, where it is not the backend's own."""

    address: str | None = None
    """IP address (version 4 or 6, without brackets) or name."""

    port: int | None = None
    """Port that gets the traffic; absent where it is not fixed."""

    zone: str | None = None
    """Availability zone."""

    weight: float | None = None
    """Weight on the vendor's own scale."""

    role: str | None = None
    """The backend's part in its pool, in the vendor's word."""

    registration: Registration
    """Whether the backend is registered."""

    evidence: Evidence
    """The vendor's own words, and where they stood."""


@dataclass(frozen=True, kw_only=True, slots=True)
class InventoryPool(Model):
    """A pool, and its settings that bear on health."""

    pool_id: str | None = None
    """Id of the pool."""

    name: str | None = None
    """Name of the pool."""

    protocol: str | None = None
    """Protocol in which the load balancer speaks to the backends, in upper case."""

    algorithm: str | None = None
    """How requests are distributed, in the vendor's word."""

    load_balancer_ids: tuple[str, ...] = ()
    """The load balancers that use the pool."""

    listener_ids: tuple[str, ...] = ()
    """The listeners that the pool is bound to."""

    server_count: int | None = None
    """How many backends the pool has, by the vendor's own figure."""

    cross_zone: bool | None = None
    """Whether backends get traffic from zones other than their own."""

    any_port: bool | None = None
    """Whether the backends' port is that of the listener."""

    backend_kind: BackendKind | None = None
    """What kind of thing the pool's backends are, where all are of one kind."""

    fail_open: bool | None = None
    """Whether all backends get traffic when all of them fail."""

    check: HealthCheck | None = None
    """The pool's health check, where the reply describes it."""

    check_id: str | None = None
    """Id of the pool's health check, where the reply only names it."""

    has_check: bool | None = None
    """Whether the pool has a health check, where the reply names it if there is one."""

    vendor_status: str | None = None
    """The vendor's word for the state of the pool's configuration; not health."""

    traffic: Traffic | None = None
    """What the pool's own state leaves to its backends: `EXCLUDED` where it is not in service, `UNKNOWN` where it may not be;
    absent where the reply does not keep them from traffic.
    """

    path: str
    """JSON Pointer to the object in the payload that describes the pool."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Label(Model):
    """A label that a user gave to a resource."""

    key: str
    """Its name."""

    value: str
    """Its value; empty where none is set."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Meaning(Model):
    """What a vendor means by a word, and what we make of it."""

    adapter: str
    """Id of the adapter."""

    operations: tuple[str, ...]
    """The operations in whose replies the word has this meaning."""

    role: Role
    """What the word is about."""

    field: str
    """The field that holds it: names joined by `/` from the backend's object, a leading number going up that many levels."""

    word: str
    """The word. `*` at either end is any text, so `*` alone is any word that no row before it has."""

    and_field: str | None = None
    """A second field that has to hold `and_word` too."""

    and_word: str | None = None
    """The word of the second field. `*` at either end is any text, so `*` alone is any word."""

    meaning: str
    """What the vendor means by it."""

    health: BackendHealth | None = None
    """The health it stands for."""

    certainty: Certainty | None = None
    """How the health follows from the word."""

    traffic: Traffic | None = None
    """The traffic it stands for."""

    traffic_reason: TrafficReason | None = None
    """Why the traffic is so."""

    cause: Cause | None = None
    """The reason it stands for, with its phase and how it follows from the word."""

    registration: Registration | None = None
    """The registration it stands for."""

    first_look: str | None = None
    """What to look at first."""

    documented: bool
    """Whether the word is in the vendor's reference."""

    source: str
    """Where its meaning is written."""

    alike: tuple[SameWord, ...]
    """Words of other vendors that say the same."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnWord(Model):
    """A word of ours."""

    list_name: str
    """The list that it is in, such as `BackendHealth`."""

    word: str
    """The word."""

    meaning: str
    """What it means."""

    phase: Phase | None = None
    """The phase of a reason."""

    first_look: str | None = None
    """What to look at first."""

    vendors: tuple[SameWord, ...] = ()
    """The words with which vendors say it; left out where none does."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parent(Model):
    """What a payload says of a load balancer, listener or pool as a whole, in the vendor's own words. It is never the verdict of
    a backend.
    """

    kind: ParentKind
    """What kind of thing it is."""

    id: str | None = None
    """Id of it."""

    name: str | None = None
    """Name of it."""

    status: str | None = None
    """The vendor's status word for the whole."""

    provisioning_status: str | None = None
    """The vendor's word for the state of its configuration; not health."""

    path: str
    """JSON Pointer to the object in the payload that describes it."""


class ParentKind(OpenWord):
    """What kind of thing stands above a backend. The list is open: read a value you do not know as "something above it"."""

    __slots__ = ()

    known: ClassVar[tuple[ParentKind, ...]]
    """The words that this version knows."""

    LISTENER: ClassVar[ParentKind]
    """A listener."""

    LOAD_BALANCER: ClassVar[ParentKind]
    """A load balancer."""

    POOL: ClassVar[ParentKind]
    """A pool."""

    UNRECOGNIZED: ClassVar[ParentKind]
    """A word of a newer version of the schema, or none of the words above. It proves nothing."""


ParentKind.known = (
    ParentKind("LISTENER"),
    ParentKind("LOAD_BALANCER"),
    ParentKind("POOL"),
    ParentKind("UNRECOGNIZED"),
)
ParentKind.LISTENER = ParentKind.known[0]
ParentKind.LOAD_BALANCER = ParentKind.known[1]
ParentKind.POOL = ParentKind.known[2]
ParentKind.UNRECOGNIZED = ParentKind.known[3]


class Phase(str, Enum):
    """The stage at which a probe failed, or the kind of circumstance that kept a verdict from being given. The list is closed,
    so it is the answer for a reader that does not know the reason.
    """

    __str__ = str.__str__

    RESOLVE = "RESOLVE"
    """Looking up the backend's name."""

    CONNECT = "CONNECT"
    """Opening the connection."""

    TLS = "TLS"
    """Securing the connection."""

    SEND = "SEND"
    """Sending the probe."""

    RECEIVE = "RECEIVE"
    """Waiting for the answer."""

    RESPONSE = "RESPONSE"
    """Judging the answer."""

    UNSPECIFIED = "UNSPECIFIED"
    """The probe failed and the vendor does not say at which stage, or the reason is not known to this version."""

    PASSIVE = "PASSIVE"
    """Real traffic failed, not a probe."""

    REPORTED = "REPORTED"
    """An agent on the backend or a control plane said so."""

    BACKEND = "BACKEND"
    """The backend itself: stopped, gone, or without healthy parts."""

    LIFECYCLE = "LIFECYCLE"
    """The backend has just come or is about to go."""

    CONFIGURATION = "CONFIGURATION"
    """Somebody configured it so."""

    PLATFORM = "PLATFORM"
    """The load balancer has a problem of its own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PoolChange(Model):
    """What happened to a pool at one place."""

    snapshot: int
    """Which of `snapshots` shows it, compared with the one before: an index from 1 on."""

    kinds: tuple[PoolChangeKind, ...]
    """What happened."""

    pool_key: str
    """Key of the pool at this place."""

    pool_id: str | None = None
    """Id of the pool."""

    check_enabled_before: bool | None = None
    """Whether the check was on; absent where that is not known."""

    check_enabled_after: bool | None = None
    """Whether the check is on; absent where that is not known."""

    server_count_before: int | None = None
    """How many backends the vendor counted; absent where that is not known."""

    server_count_after: int | None = None
    """How many backends the vendor counts; absent where that is not known."""

    unlisted_health_before: BackendHealth | None = None
    """What could be said of backends that were not listed."""

    unlisted_health_after: BackendHealth | None = None
    """What may be said of backends that are not listed."""

    unlisted_traffic_before: Traffic | None = None
    """What narrowed the traffic of backends that were not listed; absent where nothing did."""

    unlisted_traffic_after: Traffic | None = None
    """What narrows the traffic of backends that are not listed; absent where nothing does."""


class PoolChangeKind(OpenWord):
    """What happened to a pool at a place. The list is open: read a word you do not know as "something changed"."""

    __slots__ = ()

    known: ClassVar[tuple[PoolChangeKind, ...]]
    """The words that this version knows."""

    APPEARED: ClassVar[PoolChangeKind]
    """It is in the newer snapshot only."""

    CHECK_CHANGED: ClassVar[PoolChangeKind]
    """Its check was switched on or off."""

    GONE: ClassVar[PoolChangeKind]
    """It is in the older snapshot only: it is gone, or the newer one is not about it."""

    SERVER_COUNT_CHANGED: ClassVar[PoolChangeKind]
    """The vendor counts another number of backends."""

    UNLISTED_HEALTH_CHANGED: ClassVar[PoolChangeKind]
    """Something else may be said of the backends that the vendor does not name."""

    UNLISTED_TRAFFIC_CHANGED: ClassVar[PoolChangeKind]
    """The backends that the vendor does not name get other traffic: requests, or copies of them, as far as is known."""

    UNRECOGNIZED: ClassVar[PoolChangeKind]
    """A word of a newer version of the schema, or none of the words above. It proves nothing."""


PoolChangeKind.known = (
    PoolChangeKind("APPEARED"),
    PoolChangeKind("CHECK_CHANGED"),
    PoolChangeKind("GONE"),
    PoolChangeKind("SERVER_COUNT_CHANGED"),
    PoolChangeKind("UNLISTED_HEALTH_CHANGED"),
    PoolChangeKind("UNLISTED_TRAFFIC_CHANGED"),
    PoolChangeKind("UNRECOGNIZED"),
)
PoolChangeKind.APPEARED = PoolChangeKind.known[0]
PoolChangeKind.CHECK_CHANGED = PoolChangeKind.known[1]
PoolChangeKind.GONE = PoolChangeKind.known[2]
PoolChangeKind.SERVER_COUNT_CHANGED = PoolChangeKind.known[3]
PoolChangeKind.UNLISTED_HEALTH_CHANGED = PoolChangeKind.known[4]
PoolChangeKind.UNLISTED_TRAFFIC_CHANGED = PoolChangeKind.known[5]
PoolChangeKind.UNRECOGNIZED = PoolChangeKind.known[6]


@dataclass(frozen=True, kw_only=True, slots=True)
class PoolSummary(Model):
    """What is said of a pool as a whole at one place: whether it is checked, how many backends it has, and what may be said of
    those that the vendor did not name.

    The counts per health are all present, and then add up to `server_count` where that is known, or all absent. An absent
    count is not known, never 0.
    """

    pool_key: str
    """Identity of the pool at this place: adapter, scope, listener (or rule, or load balancer) and pool, joined by `|`. The same
    as in its records.
    """

    scope: Scope
    """The kind of place at which the pool is observed."""

    load_balancer_id: str | None = None
    """Id of the load balancer."""

    listener_id: str | None = None
    """Id of the listener."""

    listener_port: int | None = None
    """Port of the listener."""

    listener_protocol: str | None = None
    """Protocol of the listener, in upper case."""

    rule_id: str | None = None
    """Id of the forwarding rule."""

    pool_id: str | None = None
    """Id of the pool."""

    check_enabled: bool | None = None
    """Whether the pool's health check is on; absent where the vendor does not tell."""

    server_count: int | None = None
    """How many backends the pool has, by the vendor's own figure."""

    listed_count: int | None = None
    """How many elements the vendor's list of backends has, those that could not be read included; absent where there is no list."""

    healthy_count: int | None = None
    """How many backends are `HEALTHY`, unlisted ones included where that may be said of them."""

    unhealthy_count: int | None = None
    """How many backends are `UNHEALTHY`."""

    degraded_count: int | None = None
    """How many backends are `DEGRADED`."""

    initializing_count: int | None = None
    """How many backends are `INITIALIZING`."""

    draining_count: int | None = None
    """How many backends are `DRAINING`."""

    unmonitored_count: int | None = None
    """How many backends are `UNMONITORED`, unlisted ones included where the check is off."""

    inactive_count: int | None = None
    """How many backends are `INACTIVE`."""

    unknown_count: int | None = None
    """How many backends are `UNKNOWN`: elements that could not be read, and unlisted ones of which nothing may be said,
    included.
    """

    unlisted_count: int | None = None
    """How many backends the vendor counts and does not list."""

    unlisted_health: BackendHealth | None = None
    """What may be said of every backend that is not listed. `HEALTHY` is inferred from absence and only where nothing speaks
    against it.
    """

    unlisted_traffic: Traffic | None = None
    """What narrows the traffic of every backend that is not listed: `MIRRORED` where the pool gets copies, `UNKNOWN` where it is
    not known what it gets; absent where nothing does.
    """

    path: str
    """JSON Pointer to the object in the payload that describes the pool."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Probe(Model):
    """What a probe expected and what it met, and where."""

    expected: StatusCodes | None = None
    """The status codes that the check accepts."""

    observed: tuple[int, ...] = ()
    """The status codes that the backend answered with."""

    port: int | None = None
    """Port that is probed, which need not be the one that gets the traffic."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedVocabulary(Model):
    """Every word of one adapter's vendor and what it means."""

    schema_id: Literal["urn:lbhealth:v1:vocabulary"] = "urn:lbhealth:v1:vocabulary"
    """Says that this is a vocabulary of this major version."""

    adapter: str
    """Id of the adapter: vendor and product."""

    vendor: str
    """The vendor's name."""

    product: str
    """The product's name."""

    rows: tuple[VocabularyRow, ...]
    """The words, in the order in which they count."""


class Rating(OpenWord):
    """The verdict of a policy, the most pressing first. The list is open: read a word you do not know as `UNKNOWN`.

    What is known to be wrong comes before what is not known.
    """

    __slots__ = ()

    known: ClassVar[tuple[Rating, ...]]
    """The words that this version knows."""

    CRITICAL: ClassVar[Rating]
    """Not well enough: somebody has to act."""

    WARNING: ClassVar[Rating]
    """Well enough, but not as it should be."""

    UNKNOWN: ClassVar[Rating]
    """It could not be found out, or there is nothing to judge."""

    OK: ClassVar[Rating]
    """As it should be."""

    UNRECOGNIZED: ClassVar[Rating]
    """A word of a newer version of the schema, or none of the words above. It proves nothing."""


Rating.known = (
    Rating("CRITICAL"),
    Rating("WARNING"),
    Rating("UNKNOWN"),
    Rating("OK"),
    Rating("UNRECOGNIZED"),
)
Rating.CRITICAL = Rating.known[0]
Rating.WARNING = Rating.known[1]
Rating.UNKNOWN = Rating.known[2]
Rating.OK = Rating.known[3]
Rating.UNRECOGNIZED = Rating.known[4]


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordExplanation(Model):
    """Why a record says what it says."""

    record_key: str
    """Identity of the observation."""

    health: BackendHealth
    """What the checks say."""

    certainty: Certainty
    """How the health follows from what the vendor said."""

    traffic: Traffic
    """Whether the backend gets new traffic."""

    traffic_reason: TrafficReason | None = None
    """Why the traffic is so, where health alone does not explain it."""

    cause: Cause | None = None
    """Why the backend is not plainly healthy."""

    evidence: Evidence
    """The vendor's own words, and where they stood."""

    source: Source
    """The reply that the words stood in."""

    why: tuple[str, ...]
    """Why the record says so, in English. The text may change at any time."""

    rows: tuple[AppliedRow, ...]
    """The rows of the vocabulary that applied."""

    first_look: str
    """What to look at first."""

    warnings: tuple[WarningMeaning, ...]
    """What was odd."""


class Registration(OpenWord):
    """Whether a backend is registered in its pool. It says nothing about health. The list is open: read a value you do not know
    as `UNKNOWN`.
    """

    __slots__ = ()

    known: ClassVar[tuple[Registration, ...]]
    """The words that this version knows."""

    DEREGISTERING: ClassVar[Registration]
    """The backend is being removed."""

    REGISTERED: ClassVar[Registration]
    """The backend is registered."""

    REGISTERING: ClassVar[Registration]
    """The backend is being added."""

    UNKNOWN: ClassVar[Registration]
    """The vendor does not say, or uses a word this version does not know."""

    UPDATING: ClassVar[Registration]
    """The backend is registered, and its settings are being changed."""

    UNRECOGNIZED: ClassVar[Registration]
    """A word of a newer version of the schema, or none of the words above. It proves nothing."""


Registration.known = (
    Registration("DEREGISTERING"),
    Registration("REGISTERED"),
    Registration("REGISTERING"),
    Registration("UNKNOWN"),
    Registration("UPDATING"),
    Registration("UNRECOGNIZED"),
)
Registration.DEREGISTERING = Registration.known[0]
Registration.REGISTERED = Registration.known[1]
Registration.REGISTERING = Registration.known[2]
Registration.UNKNOWN = Registration.known[3]
Registration.UPDATING = Registration.known[4]
Registration.UNRECOGNIZED = Registration.known[5]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportExplanation(Model):
    """Why the records of a backend say what they say."""

    schema_id: Literal["urn:lbhealth:v1:report-explanation"] = "urn:lbhealth:v1:report-explanation"
    """Says that this is an explanation of records, of this major version."""

    producer: str | None = None
    """Program and version that wrote the document; it tells whose mapping it was."""

    adapter: str
    """Id of the adapter that read the payload."""

    backend: str
    """The backend that was asked for, as it was written."""

    records: tuple[RecordExplanation, ...]
    """The records of the backend, in the order of the report."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportHead(Model):
    """A health report that was read."""

    adapter: str
    """Id of the adapter."""

    operation: str
    """The vendor's name of the operation."""

    request_id: str | None = None
    """The vendor's id of the call."""

    observed_at: datetime | None = None
    """When the caller observed it."""

    coverage: Coverage
    """Which backends the operation lists at all."""

    completeness: Completeness
    """Whether this is everything the operation has to say."""


class Role(OpenWord):
    """What a vendor's word is about. The list is open: pass over rows of a role you do not know."""

    __slots__ = ()

    known: ClassVar[tuple[Role, ...]]
    """The words that this version knows."""

    FLAG: ClassVar[Role]
    """Whether a pool is checked at all. A row with the health `UNMONITORED` says that it is not."""

    PARENT: ClassVar[Role]
    """What is said of a load balancer, listener or pool as a whole. A row with the traffic `EXCLUDED` takes everything below it
    out of service, one with `UNKNOWN` leaves that open, as a status that it has from what is below it does of listeners only;
    no row is the verdict of a backend.
    """

    REASON: ClassVar[Role]
    """Why a backend is in its status."""

    REGISTRATION: ClassVar[Role]
    """Whether the backend is registered in its pool; not health."""

    STATUS: ClassVar[Role]
    """The backend's status."""

    TRAFFIC: ClassVar[Role]
    """The backend's share in new traffic. It narrows what the status gives."""

    UNRECOGNIZED: ClassVar[Role]
    """A word of a newer version of the schema, or none of the words above. It proves nothing."""


Role.known = (
    Role("FLAG"),
    Role("PARENT"),
    Role("REASON"),
    Role("REGISTRATION"),
    Role("STATUS"),
    Role("TRAFFIC"),
    Role("UNRECOGNIZED"),
)
Role.FLAG = Role.known[0]
Role.PARENT = Role.known[1]
Role.REASON = Role.known[2]
Role.REGISTRATION = Role.known[3]
Role.STATUS = Role.known[4]
Role.TRAFFIC = Role.known[5]
Role.UNRECOGNIZED = Role.known[6]


@dataclass(frozen=True, kw_only=True, slots=True)
class SameWord(Model):
    """A vendor's word that says the same as another."""

    adapter: str
    """Id of the adapter."""

    field: str
    """The field that holds the word."""

    word: str
    """The word."""

    and_field: str | None = None
    """A second field that has to hold `and_word` too."""

    and_word: str | None = None
    """The word of the second field. `*` at either end is any text, so `*` alone is any word."""

    same: str
    """The word of ours that both stand for."""


class Scope(OpenWord):
    """At which kind of place a backend is observed. The list is open: a value you do not know is a place not known here, and the
    ids beside it still tell which.
    """

    __slots__ = ()

    known: ClassVar[tuple[Scope, ...]]
    """The words that this version knows."""

    LISTENER: ClassVar[Scope]
    """As one listener sees it. For Alibaba ALB: the default action of that listener."""

    LOAD_BALANCER: ClassVar[Scope]
    """As one load balancer sees it, not told apart by listener."""

    POOL: ClassVar[Scope]
    """In its pool, not told apart by listener."""

    RULE: ClassVar[Scope]
    """As one forwarding rule sees it. For Azure Application Gateway: as it is reached with one of the backend settings."""

    UNRECOGNIZED: ClassVar[Scope]
    """A word of a newer version of the schema, or none of the words above. It proves nothing."""


Scope.known = (
    Scope("LISTENER"),
    Scope("LOAD_BALANCER"),
    Scope("POOL"),
    Scope("RULE"),
    Scope("UNRECOGNIZED"),
)
Scope.LISTENER = Scope.known[0]
Scope.LOAD_BALANCER = Scope.known[1]
Scope.POOL = Scope.known[2]
Scope.RULE = Scope.known[3]
Scope.UNRECOGNIZED = Scope.known[4]


@dataclass(frozen=True, kw_only=True, slots=True)
class SnapshotHead(Model):
    """One of the snapshots."""

    reports: tuple[ReportHead, ...]
    """The reports that it is made of, in their order."""

    record_count: int
    """How many observations it has."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source(Model):
    """One of the replies that a document was made of."""

    operation: str
    """The vendor's name of the operation."""

    request_id: str | None = None
    """The vendor's id of the call."""


class Standing(OpenWord):
    """How one backend counts under a policy, the worst first. The list is open: read a word you do not know as `UNDECIDED`."""

    __slots__ = ()

    known: ClassVar[tuple[Standing, ...]]
    """The words that this version knows."""

    DOWN: ClassVar[Standing]
    """In service and not up."""

    UNDECIDED: ClassVar[Standing]
    """In service, and it cannot be told whether it is up."""

    FLAGGED: ClassVar[Standing]
    """Up as far as is known, and worth a warning."""

    UP: ClassVar[Standing]
    """Up."""

    ASIDE: ClassVar[Standing]
    """Not in service: it is left out of the reckoning."""

    UNRECOGNIZED: ClassVar[Standing]
    """A word of a newer version of the schema, or none of the words above. It proves nothing."""


Standing.known = (
    Standing("DOWN"),
    Standing("UNDECIDED"),
    Standing("FLAGGED"),
    Standing("UP"),
    Standing("ASIDE"),
    Standing("UNRECOGNIZED"),
)
Standing.DOWN = Standing.known[0]
Standing.UNDECIDED = Standing.known[1]
Standing.FLAGGED = Standing.known[2]
Standing.UP = Standing.known[3]
Standing.ASIDE = Standing.known[4]
Standing.UNRECOGNIZED = Standing.known[5]


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingCounts(Model):
    """How many backends count in which way under the policy. They add up to `known_count`."""

    up_count: int
    """How many backends are `UP`."""

    flagged_count: int
    """How many backends are `FLAGGED`: up as far as is known, and worth a warning."""

    undecided_count: int
    """How many backends are `UNDECIDED`."""

    down_count: int
    """How many backends are `DOWN`."""

    aside_count: int
    """How many backends are `ASIDE`: not in service, and left out of the reckoning."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusCodes(Model):
    """A set of status codes: what a check expects."""

    kind: CodeKind
    """The number space of the codes."""

    ranges: tuple[CodeRange, ...]
    """The codes as inclusive ranges, in the vendor's order, not joined."""

    text: str
    """The ranges as text, such as `200-299,404`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary(Model):
    """What health reports come to under a policy: counts and a verdict, per pool and in all.

    Backends are counted by `backend_key`, so one that several listeners observe counts once. Backends that a vendor counts
    and does not name count once per pool.
    """

    schema_id: Literal["urn:lbhealth:v1:summary"] = "urn:lbhealth:v1:summary"
    """Says that this is a summary of this major version."""

    producer: str | None = None
    """Program and version that wrote the document."""

    policy: str
    """The policy: `halves`, `worst`, `any-eligible`, `quorum:N` or `quorum:P%`."""

    policy_version: int
    """Version of the policy's rules."""

    verdict: Rating
    """The verdict on the whole."""

    reason: VerdictReason
    """Why it is so."""

    message: str
    """The same for people, in English. The text may change at any time."""

    counts: BackendCounts
    """The backends of all pools."""

    standing: StandingCounts
    """How they count under the policy."""

    deciding_pools: tuple[DecidingPool, ...]
    """The pools that decided the verdict on the whole, in the order of `pools`; none where it is `OK`."""

    pools: tuple[SummaryPool, ...]
    """The pools, the most pressing first."""

    reports: tuple[ReportHead, ...]
    """The reports that were read, in their order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SummaryPool(Model):
    """A pool, wherever it is observed."""

    adapter: str
    """Id of the adapter."""

    pool_id: str | None = None
    """Id of the pool; absent where the replies name none."""

    pool_keys: tuple[str, ...]
    """Keys of the pool at the places where it is observed, as in the reports."""

    coverage: Coverage | None = None
    """Which backends the replies list at all; absent where they differ."""

    completeness: Completeness
    """Whether the replies hold everything."""

    verdict: Rating
    """The verdict."""

    reason: VerdictReason
    """Why it is so."""

    message: str
    """The same for people, in English. The text may change at any time."""

    counts: BackendCounts
    """The backends."""

    standing: StandingCounts
    """How they count under the policy."""

    deciding_records: tuple[DecidingRecord, ...]
    """The observations that decided it, the worst first; none where the verdict is `OK`."""

    deciding_unlisted_count: int
    """How many of the backends that decided it the vendor does not name."""


class Traffic(str, Enum):
    """Whether a backend gets new traffic. The list is closed.

    It follows from the vendor's documented rules and is kept apart from health: a failing backend can get traffic
    (fail-open), a healthy one can get none (weight 0).
    """

    __str__ = str.__str__

    ELIGIBLE = "ELIGIBLE"
    """Takes its share of new traffic."""

    EXCLUDED = "EXCLUDED"
    """No new traffic, and no statement about connections that exist."""

    EXISTING_ONLY = "EXISTING_ONLY"
    """No new traffic, while the vendor says that existing connections go on."""

    MIRRORED = "MIRRORED"
    """Gets copies of requests only and is not serving capacity."""

    STANDBY = "STANDBY"
    """Waits to take over from another backend."""

    UNKNOWN = "UNKNOWN"
    """Cannot be told from what the vendor says."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TrafficCounts(Model):
    """How many backends have each traffic. A backend counts once, however many observations there are of it."""

    eligible_count: int
    """How many backends are `ELIGIBLE` wherever they are observed."""

    excluded_count: int
    """How many backends are `EXCLUDED` wherever they are observed."""

    existing_only_count: int
    """How many backends are `EXISTING_ONLY` wherever they are observed."""

    mirrored_count: int
    """How many backends are `MIRRORED` wherever they are observed."""

    standby_count: int
    """How many backends are `STANDBY` wherever they are observed."""

    unknown_count: int
    """How many backends are `UNKNOWN` wherever they are observed."""

    mixed_count: int
    """How many backends are mixed: their observations differ in traffic."""


class TrafficReason(OpenWord):
    """Why a backend gets the traffic it gets, where its health alone does not explain it. The list is open: read a word you do
    not know as "for a reason not known here".
    """

    __slots__ = ()

    known: ClassVar[tuple[TrafficReason, ...]]
    """The words that this version knows."""

    ADMIN_DISABLED: ClassVar[TrafficReason]
    """The backend is switched off administratively."""

    ANOMALY_MITIGATION: ClassVar[TrafficReason]
    """The load balancer saw real requests to the backend fail and sends it less of them."""

    FAIL_OPEN: ClassVar[TrafficReason]
    """Every backend of the pool fails, so the load balancer sends traffic to all of them."""

    MIRROR: ClassVar[TrafficReason]
    """The pool gets copies of the requests."""

    PARENT_NOT_IN_SERVICE: ClassVar[TrafficReason]
    """The load balancer, listener or pool above the backend is frozen or disabled."""

    STANDBY_ROLE: ClassVar[TrafficReason]
    """The backend waits to take over from others, or, where its traffic is `UNKNOWN`, may have done so."""

    ZERO_WEIGHT: ClassVar[TrafficReason]
    """The backend's weight is 0."""

    ZONAL_SHIFT: ClassVar[TrafficReason]
    """Somebody, or the vendor, moved the traffic away from the backend's zone."""

    UNRECOGNIZED: ClassVar[TrafficReason]
    """A word of a newer version of the schema, or none of the words above. It proves nothing."""


TrafficReason.known = (
    TrafficReason("ADMIN_DISABLED"),
    TrafficReason("ANOMALY_MITIGATION"),
    TrafficReason("FAIL_OPEN"),
    TrafficReason("MIRROR"),
    TrafficReason("PARENT_NOT_IN_SERVICE"),
    TrafficReason("STANDBY_ROLE"),
    TrafficReason("ZERO_WEIGHT"),
    TrafficReason("ZONAL_SHIFT"),
    TrafficReason("UNRECOGNIZED"),
)
TrafficReason.ADMIN_DISABLED = TrafficReason.known[0]
TrafficReason.ANOMALY_MITIGATION = TrafficReason.known[1]
TrafficReason.FAIL_OPEN = TrafficReason.known[2]
TrafficReason.MIRROR = TrafficReason.known[3]
TrafficReason.PARENT_NOT_IN_SERVICE = TrafficReason.known[4]
TrafficReason.STANDBY_ROLE = TrafficReason.known[5]
TrafficReason.ZERO_WEIGHT = TrafficReason.known[6]
TrafficReason.ZONAL_SHIFT = TrafficReason.known[7]
TrafficReason.UNRECOGNIZED = TrafficReason.known[8]


class Trend(OpenWord):
    """Where a backend's health is heading, where the vendor says that checks begin to answer otherwise than the verdict that
    still stands. The list is open: read a word you do not know as "not known".
    """

    __slots__ = ()

    known: ClassVar[tuple[Trend, ...]]
    """The words that this version knows."""

    DETERIORATING: ClassVar[Trend]
    """The last checks failed, and a few more of them make the backend unhealthy."""

    IMPROVING: ClassVar[Trend]
    """The last checks passed, and a few more of them make the backend healthy."""

    UNRECOGNIZED: ClassVar[Trend]
    """A word of a newer version of the schema, or none of the words above. It proves nothing."""


Trend.known = (
    Trend("DETERIORATING"),
    Trend("IMPROVING"),
    Trend("UNRECOGNIZED"),
)
Trend.DETERIORATING = Trend.known[0]
Trend.IMPROVING = Trend.known[1]
Trend.UNRECOGNIZED = Trend.known[2]


class VerdictReason(OpenWord):
    """Why a pool, or the whole, has its verdict. The list is open: the verdict stands beside it."""

    __slots__ = ()

    known: ClassVar[tuple[VerdictReason, ...]]
    """The words that this version knows."""

    ALL_UP: ClassVar[VerdictReason]
    """Every backend in service is up."""

    EMPTY: ClassVar[VerdictReason]
    """The pool has no backends."""

    ENOUGH_UP: ClassVar[VerdictReason]
    """As many backends are up as the policy asks for."""

    FAIL_OPEN: ClassVar[VerdictReason]
    """Every backend in service fails, so the load balancer sends traffic to all of them."""

    NO_POOL: ClassVar[VerdictReason]
    """There is no pool to judge."""

    NONE_IN_SERVICE: ClassVar[VerdictReason]
    """The pool has backends, and none of them is in service."""

    NOT_ALL_UP: ClassVar[VerdictReason]
    """Not every backend in service is up."""

    NOT_SERVING: ClassVar[VerdictReason]
    """Every backend of the pool gets copies only, so the pool is no serving capacity. It is left out of the whole."""

    NOT_TOLD_APART: ClassVar[VerdictReason]
    """Several reports are kept beside each other, because they name no pool or have no backend in common, or because one repeats
    a part of a list that was not whole: they may be about several, of which one may be worse than all of them together.
    """

    SOME_DOWN: ClassVar[VerdictReason]
    """A backend in service is down."""

    TOO_FEW_UP: ClassVar[VerdictReason]
    """Fewer backends are up than the policy asks for."""

    TOTAL_UNKNOWN: ClassVar[VerdictReason]
    """How many backends there are is not known."""

    TOO_MANY_UNDECIDED: ClassVar[VerdictReason]
    """Of too many backends in service it cannot be told whether they are up."""

    UNCHECKED: ClassVar[VerdictReason]
    """As many backends as the policy asks for are up only if those that nobody checks, or that are impaired, are counted."""

    WORST_POOL: ClassVar[VerdictReason]
    """Pools are so; the first of them in the order of severity decide the whole."""

    UNRECOGNIZED: ClassVar[VerdictReason]
    """A word of a newer version of the schema, or none of the words above. It proves nothing."""


VerdictReason.known = (
    VerdictReason("ALL_UP"),
    VerdictReason("EMPTY"),
    VerdictReason("ENOUGH_UP"),
    VerdictReason("FAIL_OPEN"),
    VerdictReason("NO_POOL"),
    VerdictReason("NONE_IN_SERVICE"),
    VerdictReason("NOT_ALL_UP"),
    VerdictReason("NOT_SERVING"),
    VerdictReason("NOT_TOLD_APART"),
    VerdictReason("SOME_DOWN"),
    VerdictReason("TOO_FEW_UP"),
    VerdictReason("TOTAL_UNKNOWN"),
    VerdictReason("TOO_MANY_UNDECIDED"),
    VerdictReason("UNCHECKED"),
    VerdictReason("WORST_POOL"),
    VerdictReason("UNRECOGNIZED"),
)
VerdictReason.ALL_UP = VerdictReason.known[0]
VerdictReason.EMPTY = VerdictReason.known[1]
VerdictReason.ENOUGH_UP = VerdictReason.known[2]
VerdictReason.FAIL_OPEN = VerdictReason.known[3]
VerdictReason.NO_POOL = VerdictReason.known[4]
VerdictReason.NONE_IN_SERVICE = VerdictReason.known[5]
VerdictReason.NOT_ALL_UP = VerdictReason.known[6]
VerdictReason.NOT_SERVING = VerdictReason.known[7]
VerdictReason.NOT_TOLD_APART = VerdictReason.known[8]
VerdictReason.SOME_DOWN = VerdictReason.known[9]
VerdictReason.TOO_FEW_UP = VerdictReason.known[10]
VerdictReason.TOTAL_UNKNOWN = VerdictReason.known[11]
VerdictReason.TOO_MANY_UNDECIDED = VerdictReason.known[12]
VerdictReason.UNCHECKED = VerdictReason.known[13]
VerdictReason.WORST_POOL = VerdictReason.known[14]
VerdictReason.UNRECOGNIZED = VerdictReason.known[15]


@dataclass(frozen=True, kw_only=True, slots=True)
class VocabularyRow(Model):
    """What one word of a vendor means in the replies of one operation."""

    adapter: str
    """Id of the adapter."""

    operation: str
    """The operation in whose replies the word has this meaning."""

    role: Role
    """What the word is about."""

    field: str
    """The field that holds the word: names joined by `/` from the backend's object, a leading number going up that many levels."""

    word: str
    """The word. `*` at either end stands for any text, so that `*` alone is any word that no row before it has."""

    word_key: str
    """The word in lower case: look up the vendor's word by it, in lower case and without the blanks around it."""

    and_field: str | None = None
    """A second field that has to hold `and_word` too, written as `field`."""

    and_word: str | None = None
    """The word of the second field. `*` at either end stands for any text, so that `*` alone is any word that is not blank."""

    alone: bool
    """Whether the word decides alone: false where a row with a second field exists for it."""

    precedence: int
    """Rank among the rows of the adapter. Of the rows that fit a word, the one with the lowest counts."""

    meaning: str
    """What the vendor means by it."""

    health: BackendHealth | None = None
    """The health it stands for."""

    traffic: Traffic | None = None
    """The traffic it stands for."""

    traffic_reason: TrafficReason | None = None
    """Why the traffic is so, where health alone does not explain it."""

    reason: FailureReason | None = None
    """The reason it stands for."""

    phase: Phase | None = None
    """The phase of the reason."""

    registration: Registration | None = None
    """The registration it stands for."""

    warning: WarningCode | None = None
    """What the word is warned of, beside what it says of health and traffic."""

    certainty: Certainty | None = None
    """How the health follows from the word."""

    reason_certainty: Certainty | None = None
    """How the reason follows from the word."""

    documented: bool
    """Whether the word is in the vendor's reference. A word that is not gives a warning."""

    source_url: str | None = None
    """Address of the page that says so; absent where no public page does."""

    since: str
    """The release that brought the row, or that changed what it says."""

    trend: Trend | None = None
    """Where the health is heading by the word."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Warning(Model):
    """Something odd about a payload, and where. Nothing is dropped without one."""

    code: WarningCode
    """What was odd."""

    record_key: str | None = None
    """Key of the record it concerns, in an inventory of the member; absent where it concerns none or several."""

    path: str
    """JSON Pointer to the place in the payload."""

    value: str | None = None
    """What stood there, in the vendor's own words, where it could be read."""

    message: str
    """The same for people, in English. The text may change at any time."""


class WarningCode(OpenWord):
    """What was odd. The list is open: read a code you do not know as "something was odd here"."""

    __slots__ = ()

    known: ClassVar[tuple[WarningCode, ...]]
    """The words that this version knows."""

    ANOMALY_DETECTED: ClassVar[WarningCode]
    """The vendor sees real requests to the backend fail more often than those to its neighbours, whatever its checks say."""

    BACKEND_MISSING: ClassVar[WarningCode]
    """The vendor says that the cloud server behind the backend does not exist."""

    BACKEND_UNNAMED: ClassVar[WarningCode]
    """Neither an id nor an address of the backend is given, so nothing tells it from others."""

    CHECK_FLAG_CONTRADICTS_STATUS: ClassVar[WarningCode]
    """The pool's check switch contradicts a backend's status: off beside a result of a check, or on beside "not monitored". The
    status stands.
    """

    CHECK_FLAG_DISPUTED: ClassVar[WarningCode]
    """Replies contradict each other about whether the pool is checked, or one leaves it open, so that is not known."""

    CONTEXT_CONTRADICTS_PAYLOAD: ClassVar[WarningCode]
    """The caller's context names another id than the payload. The payload stands."""

    COUNT_CONTRADICTS_INVENTORY: ClassVar[WarningCode]
    """The vendor counts another number of backends than the inventory has, as during a rollout. Nothing is concluded from
    absence.
    """

    COUNT_CONTRADICTS_LIST: ClassVar[WarningCode]
    """The vendor's count and its list differ. With more listed than counted no counts are given; with fewer, some are missing;
    where only the count of one state differs, the list stands.
    """

    DUPLICATE_RECORD: ClassVar[WarningCode]
    """Two elements of the payload have the same identity; the later record's key has `#2`, `#3` and so on at its end."""

    ELEMENT_SKIPPED: ClassVar[WarningCode]
    """A list element is not what the list holds and was left out; its neighbours are kept."""

    FIELD_NOT_APPLICABLE: ClassVar[WarningCode]
    """The vendor does not apply this setting here, so it was left out."""

    FIELD_UNREADABLE: ClassVar[WarningCode]
    """A field holds a value of the wrong kind and counts as absent."""

    LISTENER_NOT_BOUND: ClassVar[WarningCode]
    """The payload has a verdict for a listener that the context does not name as bound."""

    LIST_MISSING: ClassVar[WarningCode]
    """A list that the operation always gives is absent or null, so nothing can be concluded from it."""

    LIST_PARTIAL: ClassVar[WarningCode]
    """The vendor says that its list is not all there is, as where it did not reach a part of what it was asked about."""

    NOT_CONCLUSIVE: ClassVar[WarningCode]
    """The vendor did not list the backend, and what is known of it is not enough to call it healthy."""

    NOT_IN_INVENTORY: ClassVar[WarningCode]
    """The backend is not in the inventory, although that is complete."""

    OBSERVED_MATCHES_EXPECTED: ClassVar[WarningCode]
    """A mismatch was reported although the observed code is among the expected ones."""

    OUTER_STATUS_UNPLACED: ClassVar[WarningCode]
    """The backend's outer status differs from every listener's, and it is not known which listener it is for; or its pool's
    differs from place to place.
    """

    PAGE_NOT_FIRST: ClassVar[WarningCode]
    """The list goes on from an earlier page. What was merged from all pages of an answer has no such warning."""

    PLATFORM_PROBLEM: ClassVar[WarningCode]
    """The vendor says that its own infrastructure may have a problem that bears on the backend, whatever its checks say."""

    REASON_CONTRADICTS_STATUS: ClassVar[WarningCode]
    """The reason of a failed probe stands beside a status that is not a failure, or any reason beside a healthy one. Both are
    kept.
    """

    SETTING_NOT_KEPT: ClassVar[WarningCode]
    """The check demands something that has no place in a health check here, such as a text in the answer. It is not part of what
    is made of this document.
    """

    STATUS_MISSING: ClassVar[WarningCode]
    """No status was given."""

    UNDOCUMENTED_WORD: ClassVar[WarningCode]
    """The word is known, but not from the vendor's reference, and says more than other words beside it."""

    UNREADABLE_STATUS_CODES: ClassVar[WarningCode]
    """Expected or observed status codes could not be read."""

    UNRECOGNIZED_REASON: ClassVar[WarningCode]
    """The reason word is not in the vocabulary."""

    UNRECOGNIZED_STATUS: ClassVar[WarningCode]
    """The status word is not in the vocabulary."""

    UNRECOGNIZED_VALUE: ClassVar[WarningCode]
    """Another word is not in the vocabulary."""

    VALUE_OUT_OF_RANGE: ClassVar[WarningCode]
    """A number is outside the range that the vendor documents. It is kept."""

    VERDICT_CHANGED: ClassVar[WarningCode]
    """Two pages say different things of one backend. The later one stands."""

    UNRECOGNIZED: ClassVar[WarningCode]
    """A word of a newer version of the schema, or none of the words above. It proves nothing."""


WarningCode.known = (
    WarningCode("ANOMALY_DETECTED"),
    WarningCode("BACKEND_MISSING"),
    WarningCode("BACKEND_UNNAMED"),
    WarningCode("CHECK_FLAG_CONTRADICTS_STATUS"),
    WarningCode("CHECK_FLAG_DISPUTED"),
    WarningCode("CONTEXT_CONTRADICTS_PAYLOAD"),
    WarningCode("COUNT_CONTRADICTS_INVENTORY"),
    WarningCode("COUNT_CONTRADICTS_LIST"),
    WarningCode("DUPLICATE_RECORD"),
    WarningCode("ELEMENT_SKIPPED"),
    WarningCode("FIELD_NOT_APPLICABLE"),
    WarningCode("FIELD_UNREADABLE"),
    WarningCode("LISTENER_NOT_BOUND"),
    WarningCode("LIST_MISSING"),
    WarningCode("LIST_PARTIAL"),
    WarningCode("NOT_CONCLUSIVE"),
    WarningCode("NOT_IN_INVENTORY"),
    WarningCode("OBSERVED_MATCHES_EXPECTED"),
    WarningCode("OUTER_STATUS_UNPLACED"),
    WarningCode("PAGE_NOT_FIRST"),
    WarningCode("PLATFORM_PROBLEM"),
    WarningCode("REASON_CONTRADICTS_STATUS"),
    WarningCode("SETTING_NOT_KEPT"),
    WarningCode("STATUS_MISSING"),
    WarningCode("UNDOCUMENTED_WORD"),
    WarningCode("UNREADABLE_STATUS_CODES"),
    WarningCode("UNRECOGNIZED_REASON"),
    WarningCode("UNRECOGNIZED_STATUS"),
    WarningCode("UNRECOGNIZED_VALUE"),
    WarningCode("VALUE_OUT_OF_RANGE"),
    WarningCode("VERDICT_CHANGED"),
    WarningCode("UNRECOGNIZED"),
)
WarningCode.ANOMALY_DETECTED = WarningCode.known[0]
WarningCode.BACKEND_MISSING = WarningCode.known[1]
WarningCode.BACKEND_UNNAMED = WarningCode.known[2]
WarningCode.CHECK_FLAG_CONTRADICTS_STATUS = WarningCode.known[3]
WarningCode.CHECK_FLAG_DISPUTED = WarningCode.known[4]
WarningCode.CONTEXT_CONTRADICTS_PAYLOAD = WarningCode.known[5]
WarningCode.COUNT_CONTRADICTS_INVENTORY = WarningCode.known[6]
WarningCode.COUNT_CONTRADICTS_LIST = WarningCode.known[7]
WarningCode.DUPLICATE_RECORD = WarningCode.known[8]
WarningCode.ELEMENT_SKIPPED = WarningCode.known[9]
WarningCode.FIELD_NOT_APPLICABLE = WarningCode.known[10]
WarningCode.FIELD_UNREADABLE = WarningCode.known[11]
WarningCode.LISTENER_NOT_BOUND = WarningCode.known[12]
WarningCode.LIST_MISSING = WarningCode.known[13]
WarningCode.LIST_PARTIAL = WarningCode.known[14]
WarningCode.NOT_CONCLUSIVE = WarningCode.known[15]
WarningCode.NOT_IN_INVENTORY = WarningCode.known[16]
WarningCode.OBSERVED_MATCHES_EXPECTED = WarningCode.known[17]
WarningCode.OUTER_STATUS_UNPLACED = WarningCode.known[18]
WarningCode.PAGE_NOT_FIRST = WarningCode.known[19]
WarningCode.PLATFORM_PROBLEM = WarningCode.known[20]
WarningCode.REASON_CONTRADICTS_STATUS = WarningCode.known[21]
WarningCode.SETTING_NOT_KEPT = WarningCode.known[22]
WarningCode.STATUS_MISSING = WarningCode.known[23]
WarningCode.UNDOCUMENTED_WORD = WarningCode.known[24]
WarningCode.UNREADABLE_STATUS_CODES = WarningCode.known[25]
WarningCode.UNRECOGNIZED_REASON = WarningCode.known[26]
WarningCode.UNRECOGNIZED_STATUS = WarningCode.known[27]
WarningCode.UNRECOGNIZED_VALUE = WarningCode.known[28]
WarningCode.VALUE_OUT_OF_RANGE = WarningCode.known[29]
WarningCode.VERDICT_CHANGED = WarningCode.known[30]
WarningCode.UNRECOGNIZED = WarningCode.known[31]


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningMeaning(Model):
    """A warning of a record, and what its code means."""

    code: WarningCode
    """What was odd."""

    meaning: str
    """What the code means."""

    path: str | None = None
    """JSON Pointer to the place in the payload, where the report has the warning itself."""

    message: str | None = None
    """What the report says about it."""
