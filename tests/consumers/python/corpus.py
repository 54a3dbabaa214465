"""Writes what every consumer reads: all golden documents and rows, the broken ones, and the facts that reading them has to give.

    documents.ndjson   { name, schema, document }
    broken.ndjson      { case, schema, document, pointer, keyword, types_accept }; no keyword: to be accepted
    facts.ndjson       what a reader has to find in the documents, a list per record, pool, check, member and row; absent is null
    definitions.json   the definitions of `document.schema.json` by kind: objects, closed lists, open lists
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from program import ROOT, SCHEMAS, Json, fixtures, lines, run

# The golden documents that the broken ones are made of.
WELL = {
    "backend-row": "alibaba-alb/vendor-example-listener-health",
    "envelope": "huawei-elb/bound-listeners-and-server-gone",
    "health-check-report": "alibaba-alb/vendor-example-template",
    "health-report": "alibaba-alb/vendor-example-listener-health",
    "inventory": "alibaba-alb/servers-of-each-kind-and-registration",
    "pool-row": "alibaba-alb/vendor-example-listener-health",
    "vocabulary": "alibaba-alb.json",
}


def documents(folder: Path) -> Iterator[Json]:
    """Every golden document, the rows that the program makes of the health reports, the vocabularies, and fixtures as envelopes."""
    for path in sorted(SCHEMAS.glob("vocabulary/*.json")):
        yield {"name": path.name, "schema": "vocabulary", "document": json.loads(path.read_text(encoding="utf-8"))}
    for fixture in fixtures():
        if fixture.kind and fixture.context:
            payload = json.loads((fixture.folder / "input.json").read_text(encoding="utf-8-sig"))
            yield {"name": fixture.name, "schema": "envelope", "document": {"context": fixture.context, "payload": payload}}
        if not fixture.kind:
            continue
        yield {"name": fixture.name, "schema": fixture.kind, "document": fixture.expected}
        if fixture.kind == "health-report" and fixture.is_one_reply:
            pools = folder / "pools.ndjson"
            records = run([*fixture.arguments()[:1], "--format", "records", "--pools", str(pools), *fixture.arguments()[1:]])
            if records.returncode:
                sys.exit(f"{fixture.name}: {records.stderr.decode()}")
            for row in lines(records.stdout):
                yield {"name": fixture.name, "schema": "backend-row", "document": row}
            for row in lines(pools.read_bytes()):
                yield {"name": fixture.name, "schema": "pool-row", "document": row}


def broken(well: list[Json]) -> Iterator[Json]:
    """The cases of `broken.json`, each with its document."""
    for case in json.loads((ROOT / "tests/consumers/broken.json").read_text(encoding="utf-8")):
        base = next(item for item in well if (item["name"], item["schema"]) == (WELL[case["schema"]], case["schema"]))
        document = copy.deepcopy(base["document"])
        *parents, last = case.get("set", case.get("remove")).split("/")[1:]
        place: Any = document
        for part in parents:
            place = place[int(part) if isinstance(place, list) else part]
        if "set" in case:
            place[int(last) if isinstance(place, list) else last] = case["to"]
        else:
            del place[last]
        wanted = {key: case.get(key) for key in ("case", "schema", "pointer", "keyword")}
        yield {**wanted, "types_accept": case.get("types_accept", []), "document": document}


def facts(item: Json) -> Iterator[list[object]]:
    """What a reader has to find, read without any types."""
    document, name = item["document"], item["name"]
    if item["schema"] == "backend-row":
        yield ["row", name, *map(document.get, ("record_key", "health", "cause_reason", "probe_observed"))]
        return
    if item["schema"] == "pool-row":
        yield ["pool-row", name, *map(document.get, ("pool_key", "server_count", "unhealthy_count"))]
        return
    if item["schema"] == "vocabulary":
        words = [row["word"] for row in document["rows"] if row.get("health") == "HEALTHY"]
        yield ["vocabulary", name, document["schema_id"], document["adapter"], len(document["rows"]), words]
        return
    if item["schema"] == "envelope":
        context = document["context"]
        listeners = [bound["listener_id"] for bound in context.get("bound_listeners", [])]
        yield ["envelope", name, *map(context.get, ("pool_id", "operation")), listeners]
        return
    at = document.get("observed_at")
    milliseconds = at and round(datetime.fromisoformat(at.replace("Z", "+00:00")).timestamp() * 1000)
    yield ["document", name, document["schema_id"], document["operation"], milliseconds, len(document["warnings"])]
    for record in document.get("records", []):
        cause, probe = record.get("cause", {}), record.get("probe", {})
        yield [
            "record", name, *map(record.get, ("record_key", "health", "traffic", "traffic_reason", "port")),
            *map(cause.get, ("reason", "phase")), probe.get("expected", {}).get("text"),
            probe.get("observed"), record["evidence"].get("status"), record.get("warnings"),
        ]  # fmt: skip
    for pool in document.get("pools", []) if item["schema"] == "health-report" else []:
        yield ["pool", name, *map(pool.get, ("pool_key", "check_enabled", "server_count", "healthy_count", "unlisted_health"))]
    for check in document.get("health_checks", []):
        yield ["check", name, *map(check.get, ("id", "protocol", "interval_ms")), check.get("expected", {}).get("text")]
    for member in document.get("members", []):
        yield ["member", name, *map(member.get, ("pool_id", "backend_id", "port", "registration"))]


def definitions() -> dict[str, list[str]]:
    """The definitions by what they are."""
    found: dict[str, list[str]] = {"objects": [], "closed": [], "open": []}
    schema = json.loads((SCHEMAS / "document.schema.json").read_text(encoding="utf-8"))
    for name, definition in schema["$defs"].items():
        kind = "objects" if definition["type"] == "object" else "closed" if "enum" in definition else "open"
        found[kind].append(name)
    return found


def main(folder: Path) -> None:
    """Writes the files into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    well = list(documents(folder))
    cases = list(broken(well))
    for name, items in (("documents", well), ("broken", cases)):
        (folder / f"{name}.ndjson").write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    text = "".join(json.dumps(fact) + "\n" for item in well for fact in facts(item))
    (folder / "facts.ndjson").write_text(text, encoding="utf-8")
    (folder / "definitions.json").write_text(json.dumps(definitions()), encoding="utf-8")
    print(f"{len(well)} documents and rows, {len(cases)} broken or newer ones")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
