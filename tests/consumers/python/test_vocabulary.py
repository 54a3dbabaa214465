"""The published vocabulary is enough to read raw vendor words in SQL.

The raw words are made of the fixtures: in each payload the status of each backend is replaced, one after another, by every status word
of the operation, and every field that a rule of the vocabulary names is read from the payload as it stands. What SQL says of these words
is held against what the program says of the payload.
"""

from __future__ import annotations

import copy
import csv
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from guide import GUIDE, named
from program import ROOT, SCHEMAS, Json, context_arguments, fixtures, lines, run

VOCABULARY = SCHEMAS / "vocabulary/all.csv"

# Payloads whose fields cannot be read as they stand are no test of words.
UNREADABLE = {"ELEMENT_SKIPPED", "FIELD_UNREADABLE"}

# Where more than the words of one backend decides, in SQL. Everywhere else the answers have to be the same.
BEYOND_WORDS = {
    "every backend of the pool fails, so all of them get traffic": "raw.traffic_reason = 'FAIL_OPEN'",
    "what stands above the backend is out of service": "raw.traffic_reason = 'PARENT_NOT_IN_SERVICE'",
    "the master of a standby fails": "answers.traffic = 'STANDBY' AND raw.traffic = 'UNKNOWN'",
    "the cloud's flag says nothing of an address outside it": "raw.name LIKE '%/ip-target-%'",
    "the first client of a product calls the reason's object otherwise": "raw.name LIKE '%/first-clients-shape/%'",
    "the caller knows that the pool takes no heed of weights": "raw.name LIKE '%/weight-zero-in-a-pool-by-%'",
    "a number can be written in more than one way": "raw.name LIKE '%/weight-zero-leaves-the-traffic-open/healthStatus/1'",
    "an override that nobody knows may move the traffic away": "raw.name LIKE '%/override-word-that-is-not-known/%' "
                                                              "OR raw.name LIKE '%/override-with-a-reason-and-no-state/%'",
    "a member of an active-standby pool always has a role": "raw.name LIKE '%/master-slave-pool-with-a-member-without-a-role/%'",
    "an entry that names no listener may be that of any": "raw.name LIKE '%/entry-without-listener-id-is-not-bound/member'",
    "listeners that were lost may say otherwise of a member": "raw.name LIKE '%/status-tree-whose-lists-are-null/%' "
                                                              "OR raw.name LIKE '%/status-tree-without-its-listeners-%'",
    "what stands above has a word that nobody knows": "raw.name LIKE '%/status-tree-with-parent-words-not-known/%' "
                                                      "OR raw.name LIKE '%/status-tree-with-a-listener-that-has-no-status/%' "
                                                      "OR raw.name LIKE '%/status-tree-whose-load-balancer-has-an-unreadable-status/%' "
                                                      "OR raw.name LIKE '%/tree-with-a-word-for-a-whole-that-is-not-known/%' "
                                                      "OR raw.name LIKE '%/tree-with-a-disabled-listener-and-a-pool-without-one/%'",
    "what stands above is being deleted": "raw.name LIKE '%-that-is-being-deleted/%' OR raw.name LIKE '%-that-are-being-deleted/%'",
    "a pool is not in service at each of its places": "raw.name LIKE '%/status-tree-with-pools-that-are-not-in-service-everywhere/%'",
    "a listener that is in error may not be served": "raw.name LIKE '%/tree-with-a-listener-in-error-%' "
                                                     "OR raw.name LIKE '%/tree-with-wholes-in-error/%'",
    "a fact that cannot be read may keep traffic away": "raw.name LIKE '%/weights-that-are-missing-or-no-numbers/%' "
                                                        "OR raw.name LIKE 'gcp-backend-service/numbers-as-text-%' "
                                                        "OR raw.name LIKE '%/switch-weight-and-part-that-cannot-be-read-%'",
    "an entry of an active-standby pool has no reason of its own": "raw.name LIKE '%/active-standby-entries-have-the-reason-%'",
}

# Where the guide tells of each of them.
TOLD = {
    "every backend of the pool fails, so all of them get traffic": "every backend of a pool fails",
    "what stands above the backend is out of service": "above a backend is frozen or disabled (`PARENT_NOT_IN_SERVICE`)",
    "the master of a standby fails": "whether a standby takes over depends on its master",
    "the cloud's flag says nothing of an address outside it": "a cloud's own flag says nothing of an address outside that cloud",
    "the first client of a product calls the reason's object otherwise": "the shape of a product's first client",
    "the caller knows that the pool takes no heed of weights": "the pool's algorithm takes no heed of weights",
    "a number can be written in more than one way": "a number is written otherwise than in the table",
    "an override that nobody knows may move the traffic away": "a word about the traffic is one that nobody knows",
    "a member of an active-standby pool always has a role": "or is missing where it always stands",
    "an entry that names no listener may be that of any": "an entry of a list of statuses names no listener",
    "listeners that were lost may say otherwise of a member": "or the list that the entry should be in was lost",
    "what stands above has a word that nobody knows": "or has no status, or one that nobody knows",
    "what stands above is being deleted": "is being deleted",
    "a pool is not in service at each of its places": "is not in service at each of its places",
    "a listener that is in error may not be served": "whether it is served is left open (a listener of OpenStack Octavia in `ERROR`)",
    "a fact that cannot be read may keep traffic away": "a weight or switch that might keep traffic away leaves the traffic `UNKNOWN`",
    "an entry of an active-standby pool has no reason of its own": "an entry of an active-standby pool has no reason of its own",
}

# What stands in the place of a word for a value that is not there or cannot be read: nobody can join it.
NO_WORD = "word NOT IN ('null', 'unreadable') AND coalesce(and_word, '') <> 'unreadable'"


@cache
def vocabulary() -> dict[tuple[str, str], list[dict[str, str]]]:
    """The rows by adapter and operation."""
    found: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    with VOCABULARY.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["adapter"], row["operation"]].append(row)
    return found


def at(payload: Any, path: str) -> Any:
    """The value at a JSON Pointer; `None` where there is none."""
    for part in path.split("/")[1:]:
        try:
            payload = payload[int(part)] if isinstance(payload, list) else payload[part]
        except (KeyError, IndexError, TypeError, ValueError):
            return None
    return payload


def field(payload: Any, backend: str, name: str, is_reason: bool) -> str | None:
    """The text of a field of the vocabulary: names from the backend's object, a leading number going up that many levels."""
    up, _, rest = name.partition("/")
    if up.isdigit():
        backend, name = "/".join(backend.split("/")[: -int(up)]), rest
    # A status that stands in an entry of a backend has the backend's other fields above it; its reason is the one beside it.
    while (value := at(payload, f"{backend}/{name}")) is None and backend and not is_reason:
        backend = backend.rpartition("/")[0]
    return value if isinstance(value, str) else json.dumps(value) if isinstance(value, (bool, int)) else None


def records(adapter: str, arguments: list[str], payload: Json) -> list[Json]:
    """What the program makes of a payload."""
    done = run(["normalize", "--adapter", adapter, *arguments, "--format", "records", "-"], json.dumps(payload).encode())
    return lines(done.stdout)


def reply_of(payload: Any, path: str) -> tuple[str, Json]:
    """A place and its reply, where the payload is a list of replies."""
    if isinstance(payload, list):
        number, _, rest = path.removeprefix("/").partition("/")
        return f"/{rest}" if rest else "", payload[int(number)]
    return path, payload


def observations() -> Iterator[Json]:
    """Raw words, and the program's answer to them."""
    for fixture in fixtures():
        document = fixture.expected
        rows = vocabulary().get((fixture.adapter, document.get("operation", "")), [])
        statuses = {row["word"]: row["field"] for row in rows if row["role"] == "STATUS"}
        known = [row for row in rows if row["role"] in ("STATUS", "TRAFFIC", "REASON")]
        names = {row[column] for row in known for column in ("field", "and_field") if row[column]}
        reasons = {row["field"] for row in known if row["role"] == "REASON"}
        unreadable = UNREADABLE & {warning["code"] for warning in document.get("warnings", [])}
        if fixture.kind != "health-report" or unreadable or not statuses or any(fixture.folder.glob("with-*")):
            continue
        arguments = context_arguments(fixture.context)
        whole = json.loads((fixture.folder / "input.json").read_text(encoding="utf-8-sig"))
        told = [record["evidence"] for record in document["records"] if record["evidence"].get("status")]
        paths = list(dict.fromkeys(evidence["path"] for evidence in told))
        for place in paths:
            path, payload = reply_of(whole, place)
            for word, name in statuses.items():
                changed = copy.deepcopy(payload)
                holder = at(changed, path)
                if not isinstance(holder, dict) or not isinstance(holder.get(name), str):
                    continue
                holder[name] = f" {word.lower()} "  # Words match without regard to case and to blanks around them.
                answers = [record for record in records(fixture.adapter, arguments, changed) if record["evidence_path"] == path]
                if answers:
                    yield {
                        "name": f"{fixture.name}{place}", "adapter": fixture.adapter, "operation": document["operation"], "word": word,
                        "facts": {name: text for name in names if (text := field(changed, path, name, name in reasons))},
                        **{key: answers[0].get(key) for key in ANSWER},
                    }  # fmt: skip


ANSWER = ["health", "certainty", "cause_reason", "cause_phase", "cause_certainty", "traffic", "traffic_reason", "warnings", "scope"]


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """The vocabulary, what vendors said, the program's answers (`raw`), and those of the guide's SQL (`answers`)."""
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE vocabulary AS FROM read_csv('{VOCABULARY}', all_varchar = true)")
    connection.execute(named("said"))
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.ndjson"
        raw.write_text("".join(json.dumps(item) + "\n" for item in observations()), encoding="utf-8")
        columns = ", ".join(f"{name}: 'VARCHAR'" for name in ("name", "adapter", "operation", "word", *ANSWER))
        connection.execute(f"CREATE TABLE raw AS FROM read_json('{raw}', columns = {{{columns}, facts: 'MAP(VARCHAR, VARCHAR)'}})")
    connection.execute("ALTER TABLE raw ADD COLUMN backend VARCHAR")
    connection.execute("UPDATE raw SET backend = name || ' ' || word")
    connection.execute(
        "INSERT INTO said SELECT backend, adapter, operation, entry.key, entry.value "
        "FROM (SELECT *, unnest(map_entries(facts)) AS entry FROM raw)"
    )
    connection.execute(named("answers"))
    yield connection


def rows(database: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    """What a query gives."""
    return database.execute(query).fetchall()


def test_words_that_decide_alone_are_answered_by_one_join(database: duckdb.DuckDBPyConnection) -> None:
    join = """
        FROM raw JOIN vocabulary AS known
            ON known.adapter = raw.adapter AND known.operation = raw.operation AND known.role = 'STATUS'
            AND known.word_key = lower(trim(raw.facts[known.field])) AND known.alone = 'true'"""
    assert not rows(database, f"SELECT backend, count(*) {join} GROUP BY backend HAVING count(*) > 1"), "a word has one row"
    doubts = ("an entry that names no listener may be that of any", "listeners that were lost may say otherwise of a member")
    doubted = " OR ".join(BEYOND_WORDS[doubt] for doubt in doubts)
    assert not rows(database, f"SELECT raw.backend, raw.health, known.health {join} WHERE raw.health <> known.health AND NOT ({doubted})")
    words = ", ".join(f"known.{column}" for column in ("adapter", "operation", "field", "word_key"))
    reached = rows(database, f"SELECT DISTINCT {words} {join}")
    wanted = rows(database, f"SELECT DISTINCT {words} FROM vocabulary AS known WHERE role = 'STATUS' AND alone = 'true' AND {NO_WORD}")
    assert set(reached) == set(wanted), "every word is put to the program"
    assert len(reached) > 30


def test_a_second_field_answers_the_others(database: duckdb.DuckDBPyConnection) -> None:
    beyond = " OR ".join(f"coalesce({rule}, false)" for rule in BEYOND_WORDS.values())
    for column in ("health", "cause_reason", "traffic"):
        differing = rows(
            database,
            f"SELECT backend, raw.{column}, answers.{column} FROM raw JOIN answers USING (backend) "
            f"WHERE raw.{column} IS DISTINCT FROM answers.{column} AND NOT ({beyond})",
        )
        assert not differing, column
    asked, answered = rows(database, "FROM raw SELECT backend"), rows(database, "FROM answers SELECT backend")
    assert sorted(asked) == sorted(answered) and len(asked) > 1500


def test_every_status_row_decides_somewhere(database: duckdb.DuckDBPyConnection) -> None:
    """Rows of one meaning are tried by one of their operations at least."""
    never = rows(
        database,
        f"""SELECT DISTINCT adapter, field, word, and_field, and_word FROM vocabulary WHERE role = 'STATUS' AND {NO_WORD}
        EXCEPT
        SELECT known.adapter, known.field, known.word, known.and_field, known.and_word
        FROM judged JOIN raw USING (backend)
        JOIN vocabulary AS known ON known.adapter = raw.adapter AND known.precedence = judged.precedence AND known.operation = raw.operation
        WHERE judged.role = 'STATUS'""",
    )
    assert not never


@pytest.mark.parametrize("rule", BEYOND_WORDS.values(), ids=BEYOND_WORDS)
def test_where_words_are_not_enough_they_are_not(rule: str, database: duckdb.DuckDBPyConnection) -> None:
    """Each exception is needed, so none hides anything."""
    differing = rows(
        database,
        f"SELECT backend FROM raw JOIN answers USING (backend) WHERE ({rule}) AND "
        "(raw.health, raw.cause_reason, raw.traffic) IS DISTINCT FROM (answers.health, answers.cause_reason, answers.traffic)",
    )
    assert differing


def test_the_guide_tells_where_words_are_not_enough() -> None:
    text = " ".join(GUIDE.read_text(encoding="utf-8").rpartition("except where more")[2].split())
    assert set(TOLD) == set(BEYOND_WORDS)
    assert not [told for told in TOLD.values() if told not in text]


def reply(adapter: str, fixture: str) -> Any:
    """The reply of a fixture."""
    return json.loads((ROOT / "crates/adapters" / adapter / "fixtures" / fixture / "input.json").read_text(encoding="utf-8-sig"))


def verdict(row: Json) -> tuple[str, str | None, str]:
    """Health, reason and traffic of a row."""
    return row["health"], row.get("cause_reason"), row["traffic"]


def answered(database: duckdb.DuckDBPyConnection, adapter: str, operation: str, said: dict[str, str]) -> tuple[str, str | None, str]:
    """What the guide's SQL makes of the words of one backend."""
    database.execute("DELETE FROM said WHERE backend = 'asked'")
    database.executemany("INSERT INTO said VALUES ('asked', ?, ?, ?, ?)", [(adapter, operation, name, word) for name, word in said.items()])
    ((health, reason, traffic),) = rows(database, "SELECT health, cause_reason, traffic FROM answers WHERE backend = 'asked'")
    database.execute("DELETE FROM said WHERE backend = 'asked'")
    return health, reason, traffic


# Replies with a value that is not there or cannot be read, and the words by which the table knows it.
PLACEHOLDERS = [
    ("gcp-backend-service", "endpoints-without-a-list-of-verdicts", {"healths": "null"}),
    ("aws-elb-classic", "in-service-whose-text-cannot-be-read", {"State": "InService", "ReasonCode": "N/A", "Description": "unreadable"}),
]


@pytest.mark.parametrize("adapter, fixture, said", PLACEHOLDERS)
def test_a_value_that_is_no_word_has_one_in_the_table(
    adapter: str, fixture: str, said: dict[str, str], database: duckdb.DuckDBPyConnection
) -> None:
    found = records(adapter, [], reply(adapter, fixture))
    assert {verdict(row) for row in found} == {answered(database, adapter, found[0]["operation"], said)}
    without = {name: word for name, word in said.items() if word not in ("null", "unreadable")} or {"other": ""}
    assert answered(database, adapter, found[0]["operation"], without) != verdict(found[0]), "so it has to be put there"


def test_placeholders_are_those_that_the_guide_names() -> None:
    fields = {(row["adapter"], row["field"]) for found in vocabulary().values() for row in found if row["word"] == "null"}
    fields |= {(row["adapter"], row["and_field"]) for found in vocabulary().values() for row in found if row["and_word"] == "unreadable"}
    assert fields == {("gcp-backend-service", "healths"), ("aws-elb-classic", "Description")}
    text = GUIDE.read_text(encoding="utf-8")
    assert "`healths`" in text and "`Description`" in text


def test_fields_of_powershell_are_those_of_the_table_with_a_capital(database: duckdb.DuckDBPyConnection) -> None:
    adapter = "azure-application-gateway"
    payload = reply(adapter, "reply-as-powershell-prints-it")
    for row in records(adapter, [], payload):
        server = at(payload, row["evidence_path"])
        words = {name: word for name, word in server.items() if isinstance(word, str)}
        assert "Health" in words
        assert answered(database, adapter, row["operation"], words)[0] == "UNKNOWN", "as they stand they are not in the table"
        as_in_the_table = {name[:1].lower() + name[1:]: word for name, word in words.items()}
        assert answered(database, adapter, row["operation"], as_in_the_table) == verdict(row)
    text = GUIDE.read_text(encoding="utf-8")
    assert "Azure PowerShell begins the names of fields with a capital" in text


def test_the_second_verdict_of_google_cloud_is_read_with_the_rows_of_the_first(database: duckdb.DuckDBPyConnection) -> None:
    adapter, compared = "gcp-backend-service", 0
    situations = [f"families-of-addresses-{word}" for word in ("agree", "disagree")]
    situations += ["only-the-address-of-version-6", "state-of-version-6-not-known"]
    for fixture in situations:
        payload = reply(adapter, fixture)
        for row in records(adapter, [], payload):
            state = at(payload, row["evidence_path"])
            if "ipv6HealthState" in state and (row.get("observer") == "IPV6" or "healthState" not in state):
                assert answered(database, adapter, row["operation"], {"healthState": state["ipv6HealthState"]}) == verdict(row), fixture
                compared += 1
    assert compared > 3
    assert not [row for found in vocabulary().values() for row in found if row["field"] == "ipv6HealthState"]
    text = " ".join(GUIDE.read_text(encoding="utf-8").split())
    assert "`ipv6HealthState` is a second verdict on the same backend" in text


def test_a_reason_that_cannot_be_read_is_one_all_the_same(database: duckdb.DuckDBPyConnection) -> None:
    payload = reply("huawei-elb", "unreadable-reason-is-still-a-reason")
    row, *_ = records("huawei-elb", [], payload)
    words = {"operating_status": "OFFLINE", "weight": "0"}
    assert row["health"] == "UNHEALTHY" and answered(database, "huawei-elb", row["operation"], words)[0] == "INACTIVE"
    assert "a reason is one all the same" in GUIDE.read_text(encoding="utf-8")
