"""A program as users write it, for `mypy --strict`. What it says of types is what the type checker has to find; it is run, too."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import lbhealth
from lbhealth import BackendHealth, BackendRecord, FailureReason, HealthReport, Phase


def failing(report: HealthReport) -> Iterator[tuple[str, FailureReason | None, Phase | None]]:
    """The backends that fail, and why."""
    for record in report.records:
        if record.health is BackendHealth.UNHEALTHY:
            yield record.backend_key, record.cause.reason if record.cause else None, record.cause.phase if record.cause else None


def rank(health: BackendHealth) -> int:
    """The list is closed, so a type checker knows that this is all."""
    match health:
        case BackendHealth.UNHEALTHY | BackendHealth.DEGRADED:
            return 2
        case BackendHealth.UNKNOWN | BackendHealth.INITIALIZING | BackendHealth.DRAINING:
            return 1
        case BackendHealth.INACTIVE | BackendHealth.UNMONITORED | BackendHealth.HEALTHY:
            return 0


def weight(record: BackendRecord) -> float:
    """A weight may not be told."""
    return record.weight if record.weight is not None else 1.0


def main(reply: str) -> int:
    """Reads a reply and says how bad it is."""
    try:
        document = lbhealth.normalize(reply, pool_id="p-1")
    except lbhealth.VendorError as error:
        code: str | None = error.code
        print(error.kind, code, error.path, file=sys.stderr)
        return 2
    except lbhealth.Error as error:
        print(error.message, error.adapter, file=sys.stderr)
        return 2
    if not isinstance(document, HealthReport):
        return 1
    for key, reason, phase in failing(document):
        known: bool = reason in FailureReason.known
        print(key, reason, phase, known)
    summary: lbhealth.Summary = lbhealth.summarize([document], policy="worst")
    changes: lbhealth.Diff = lbhealth.diff(document, [document])
    rows: tuple[lbhealth.VocabularyRow, ...] = lbhealth.vocabulary(document.adapter).rows
    print(summary.verdict, len(changes.changes), len(rows), sum(map(weight, document.records)), lbhealth.explain("OFFLINE").near)
    print(max(rank(record.health) for record in document.records))
    return 0


def wrong(report: HealthReport) -> None:
    """What a type checker refuses; each line is an error, and an ignored one that is none is an error too."""
    report.adapter = "another"  # type: ignore[misc]
    report.no_such_field  # type: ignore[attr-defined]
    lbhealth.normalize("{}", pool="p-1")  # type: ignore[call-arg]
    lbhealth.normalize(7)  # type: ignore[arg-type]
    lbhealth.normalize_arrow(["{}"])  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main(sys.stdin.read()))
