"""Readers of every release meet the documents of today and of tomorrow, readers of today those of every release."""

import copy
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Iterable

from schemas import Readers
from tomorrow import WORD, Tomorrow

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
RELEASES = HERE.parent
GENERATED = ROOT / "target" / "compat"

Document = dict[str, Any]


def version(folder: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in folder.name.split("-")[0].split("."))


def documents_of_today() -> Iterable[tuple[str, Document]]:
    """What the fixtures expect, and the rows that the program makes of their payloads."""
    fixtures = sorted(ROOT.glob("crates/adapters/*/fixtures/*/"))
    for fixture in fixtures:
        document = json.loads((fixture / "expected.json").read_text())
        if "error" not in document:
            yield fixture.name, document
    inputs = [str(fixture / "input.json") for fixture in fixtures]
    with tempfile.TemporaryDirectory() as folder:
        pools = Path(folder) / "pools.ndjson"
        command = [os.environ["LBHEALTH"], "normalize", "--format", "records", "--pools", str(pools), *inputs]
        # Some payloads are errors on purpose; the others are written.
        rows = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout.decode()
        for line in (rows + pools.read_text()).splitlines():
            row = json.loads(line)
            yield row.get("record_key", row["pool_key"]), row


def documents_of(release: Path) -> Iterable[tuple[str, Document]]:
    for path in sorted(release.glob("goldens/*.ndjson")):
        for line in path.read_text().splitlines():
            golden = json.loads(line)
            if "error" not in golden["expected"]:
                yield golden["case"], golden["expected"]


def refused(readers: Readers, documents: Iterable[tuple[str, Document]]) -> list[str]:
    """What readers say of documents that they do not take."""
    complaints = ((name, readers.complaint(document)) for name, document in documents)
    return [f"{name}: {complaint}" for name, complaint in complaints if complaint]


def tomorrow(readers: Readers, documents: list[tuple[str, Document]]) -> list[str]:
    """What readers say of the documents of a later release, and whether they read its words as they are."""
    rewrite = Tomorrow(readers)
    later = [(name, rewrite.document(document)) for name, document in documents]
    problems = refused(readers, later)
    for wanted in ("FailureReason", "WarningCode", "Coverage", "a_field_of_tomorrow"):
        if not rewrite.added[wanted]:
            problems.append(f"no document has a {wanted}")
    if problems:
        return problems
    for name, document in later:
        for record, read in zip(document.get("records", []), getattr(readers.read(document), "records", [])):
            if "cause" in record and (read.cause.reason != WORD or read.cause.phase.value != record["cause"]["phase"]):
                problems.append(f"{name}: the reason is read as {read.cause!r}")
    return problems


def closed(readers: Readers, documents: list[tuple[str, Document]]) -> list[str]:
    """Readers have to notice a word that is not in a closed list: otherwise they would take anything."""
    document = copy.deepcopy(next(document for _, document in documents if document.get("records")))
    document["records"][0]["health"] = WORD
    problems = [] if next(readers.validators[document["schema_id"]].iter_errors(document), None) else ["the schema takes any health"]
    try:
        readers.read(document)
        return [*problems, "the types take any health"]
    except ValueError:
        return problems


def main() -> int:
    now = Readers(ROOT / "schemas" / "v1", GENERATED / "today")
    today = list(documents_of_today())
    kinds = {document["schema_id"] for _, document in today}
    failed = False
    for release in sorted((path for path in RELEASES.iterdir() if path.name[0].isdigit()), key=version):
        then = Readers(release / "v1", GENERATED / release.name)
        documents = list(documents_of(release))
        always = {
            "readers take documents of tomorrow": tomorrow(then, documents),
            "readers refuse what is wrong": closed(then, documents),
        }
        once_frozen = {
            f"readers take {len(today)} documents and rows of today, of {len(kinds)} kinds": refused(then, today),
            f"readers of today take its {len(documents)} documents": refused(now, documents),
            "generated names are still there": sorted(then.identifiers() - now.identifiers()),
        }
        for checks, counts in ((always, True), (once_frozen, version(release) >= (1, 0, 0))):
            for what, problems in checks.items():
                verdict = "ok" if not problems else "FAILED" if counts else "differs, and v1 is not frozen"
                print(f"{release.name}: {what}: {verdict}")
                for problem in problems[:10]:
                    print(f"    {problem}")
                failed |= bool(problems) and counts
    return int(failed)


sys.exit(main())
