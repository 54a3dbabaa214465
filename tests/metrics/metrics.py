"""What Prometheus' parsers read out of the metrics is what the documents say."""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import tempfile
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from prometheus_client import parser as text_format
from prometheus_client.metrics_core import Metric
from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client.samples import Sample

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "docs" / "on-call" / "samples"
WORST_FIRST = ["UNHEALTHY", "DEGRADED", "UNKNOWN", "INITIALIZING", "DRAINING", "INACTIVE", "UNMONITORED", "HEALTHY"]
HEALTH = set(WORST_FIRST)
UNKNOWN_WORD = (SAMPLES / "listener.json").read_text("utf-8").replace('"Unused"', '"Sulking"')
TRAFFIC = {"ELIGIBLE", "EXCLUDED", "EXISTING_ONLY", "MIRRORED", "STANDBY", "UNKNOWN"}


def lbhealth(*arguments: str, reply: str = "") -> subprocess.CompletedProcess[str]:
    """Runs the program."""
    command = [os.environ["LBHEALTH"], "normalize", *arguments]
    return subprocess.run(command, input=reply, capture_output=True, encoding="utf-8", timeout=60, check=False)


def exposition(*arguments: str, reply: str = "") -> str:
    """The metrics of a run that went well."""
    done = lbhealth("--format", "openmetrics", *arguments, reply=reply)
    if done.returncode:
        raise AssertionError(done.stderr)
    return done.stdout


def samples(text: str) -> dict[str, list[Sample]]:
    """The samples of each family, read as OpenMetrics."""
    families = list(openmetrics.text_string_to_metric_families(text))
    names = [family.name for family in families]
    assert len(names) == len(set(names)), f"a family is in two pieces: {names}"
    for family in families:
        seen = [(sample.name, tuple(sorted(sample.labels.items()))) for sample in family.samples]
        assert len(seen) == len(set(seen)), f"{family.name} has two samples with the same labels"
        assert family.samples and family.documentation, family.name
    return {family.name: family.samples for family in families}


def as_data(families: Iterator[Metric]) -> list[Any]:
    """What a parser read, to compare it with another's."""
    return [[(sample.name, sample.labels, sample.value) for sample in family.samples] for family in families]


def replies() -> Iterator[tuple[str, str]]:
    """Adapter and payload of every fixture that is a health report by itself."""
    for expected in sorted(ROOT.glob("crates/adapters/*/fixtures/*/expected.json")):
        document = json.loads(expected.read_text("utf-8"))
        if document.get("schema_id", "").endswith(":health-report"):
            adapter = expected.parents[2].name
            yield adapter, str(expected.with_name("input.json"))


def said(documents: str, kind: str) -> list[dict[str, Any]]:
    """The records or pools of documents, a line each; of several with one key the last, of several that say nothing of where they are
    observed the gravest, unless all there was asked for one by one. A list of replies gives several documents."""
    stands: dict[str, dict[str, Any]] = {}
    read = [json.loads(document) for document in documents.splitlines()]
    lists = {record["pool_key"] for document in read for record in document["records"]
             if document["coverage"] != "SELECTED" or len(document["records"]) > 1}
    for item in (item for document in read for item in document[f"{kind}s"]):
        known = stands.get(item[f"{kind}_key"])
        is_placed = any(f"{name}_id" in item for name in ("load_balancer", "listener", "rule", "pool"))
        if known and kind == "record" and not is_placed and item["pool_key"] in lists:
            item = min(item, known, key=lambda one: WORST_FIRST.index(one["health"]))
        stands[item[f"{kind}_key"]] = item
    return list(stands.values())


def left_out(documents: str) -> set[str]:
    """The keys of records whom a later list of everybody leaves out that has some of the same place, or says that the pool has nobody; or
    a later list of who fails there."""
    places: dict[str, set[str]] = {}
    pools: dict[str, set[str]] = {}
    gone: set[str] = set()
    for document in map(json.loads, documents.splitlines()):
        is_list, lists_failing = document["coverage"] == "ALL", document["coverage"] == "NON_HEALTHY_ONLY"
        listed: dict[str, set[str]] = {pool["pool_key"]: set() for pool in document["pools"]}
        for record in document["records"]:
            listed.setdefault(record["pool_key"], set()).add(record["record_key"])
            pools.setdefault(record.get("pool_id", ""), set()).add(record["record_key"])
        for place, keys in listed.items():
            known = places.setdefault(place, set())
            gone -= keys
            if lists_failing or (is_list and (known & keys or not keys)):
                gone |= known - keys
            known |= keys
        for pool in document["pools"]:
            if is_list and pool["scope"] == "POOL" and not listed[pool["pool_key"]]:
                gone |= pools.get(pool.get("pool_id", ""), set())
    return gone


def pool_counts(document: dict[str, Any]) -> dict[str, dict[str, int]]:
    """How many backends of each pool have which health: the vendor's figures, else the records where they are all there are, a backend
    with several as the worst of them."""
    backends: dict[str, dict[str, str]] = {}
    if (document["coverage"], document["completeness"]) == ("ALL", "COMPLETE"):
        backends = {pool["pool_key"]: {} for pool in document["pools"]}
        for record in document["records"]:
            known = backends.setdefault(record["pool_key"], {})
            said = [record["health"], known.get(record["backend_key"], record["health"])]
            known[record["backend_key"]] = min(said, key=WORST_FIRST.index)
    counts = {key: {word: list(of.values()).count(word) for word in HEALTH} for key, of in backends.items()}
    for pool in document["pools"]:
        told = {word: pool[f"{word.lower()}_count"] for word in HEALTH if f"{word.lower()}_count" in pool}
        counted = told or counts.get(pool["pool_key"], {})
        # Where the vendor counts others than it lists, nothing is known.
        is_all = pool.get("server_count", sum(counted.values())) == sum(counted.values())
        counts[pool["pool_key"]] = counted if is_all else {}
    return counts


class Metrics(unittest.TestCase):
    """Each test says in its name what holds."""

    def agrees(self, text: str, records: list[dict[str, Any]]) -> None:
        """The metrics say of every record what the document says, and of nothing else."""
        read = samples(text)
        for name, label, words, field in (
            ("lbhealth_backend_health", "health", HEALTH, "health"),
            ("lbhealth_backend_traffic", "traffic", TRAFFIC, "traffic"),
        ):
            states: dict[str, dict[str, float]] = {}
            for sample in read.get(name, []):
                states.setdefault(sample.labels["record_key"], {})[sample.labels[label]] = sample.value
            self.assertEqual(set(states), {record["record_key"] for record in records})
            for record in records:
                held = {word: float(word == record[field]) for word in words}
                self.assertEqual(states[record["record_key"]], held)
        causes = {sample.labels["record_key"]: sample.labels for sample in read.get("lbhealth_backend_cause_info", [])}
        for record in records:
            cause = record.get("cause", {})
            labels = causes.get(record["record_key"], {})
            self.assertEqual({name: labels[name] for name in ("reason", "phase", "certainty") if name in labels}, cause)

    def test_every_reply_is_valid_and_says_what_its_document_says(self) -> None:
        """One exposition per fixture, and both parsers agree on it."""
        count = 0
        for adapter, path in replies():
            with self.subTest(path):
                done = lbhealth("--adapter", adapter, "--format", "ndjson", path)
                if done.returncode:
                    continue  # The fixture needs a context.
                text = exposition("--adapter", adapter, path)
                self.agrees(text, said(done.stdout, "record"))
                plain = as_data(text_format.text_string_to_metric_families(text))
                self.assertEqual(plain, as_data(openmetrics.text_string_to_metric_families(text)))
                count += 1
        self.assertGreater(count, 100)

    def test_all_replies_of_a_run_are_one_exposition(self) -> None:
        """Families stay together, and of two records with one key one stands."""
        has_told = False
        for adapter in sorted({adapter for adapter, _ in replies()}):
            paths = [path for other, path in replies() if other == adapter]
            documents = lbhealth("--adapter", adapter, "--format", "ndjson", *paths).stdout
            done = lbhealth("--adapter", adapter, "--format", "openmetrics", *paths)
            told = {sample.labels["record_key"] for sample in samples(done.stdout)["lbhealth_backend_health"]}
            gone = left_out(documents) - told
            self.agrees(done.stdout, [record for record in said(documents, "record") if record["record_key"] not in gone])
            has_told |= "records have the key of an earlier one; only one of each key has metrics" in done.stderr
            self.promtool(done.stdout)
        self.assertTrue(has_told)

    def test_counts_of_pools_are_theirs_or_those_of_all_their_records_or_absent(self) -> None:
        """A count that is not known is no sample."""
        counted = 0
        for adapter, path in replies():
            with self.subTest(path):
                done = lbhealth("--adapter", adapter, "--format", "ndjson", path)
                if done.returncode:
                    continue
                pools = said(done.stdout, "pool")
                read = samples(exposition("--adapter", adapter, path))
                counts = {}
                for document in map(json.loads, done.stdout.splitlines()):
                    figures = pool_counts(document)
                    counted += bool(figures) and not any("healthy_count" in pool for pool in document["pools"])
                    counts.update(figures)
                counts = {(key, word): count for key, words in counts.items() for word, count in words.items()}
                found = {(sample.labels["pool_key"], sample.labels["health"]): sample.value
                         for sample in read.get("lbhealth_pool_backends", [])}
                self.assertEqual(found, counts)
                servers = {pool["pool_key"]: pool["server_count"] for pool in pools if "server_count" in pool}
                found = {sample.labels["pool_key"]: sample.value for sample in read.get("lbhealth_pool_servers", [])}
                self.assertEqual(found, servers)
        self.assertGreater(counted, 50, "vendors without figures")

    def test_pools_that_are_not_told_apart_do_not_hide_each_other(self) -> None:
        """Replies of AWS name no pool, and one id can be given to replies about several."""
        def targets(*states: tuple[str, str]) -> str:
            described = [{"Target": {"Id": name, "Port": 80}, "TargetHealth": {"State": state}} for name, state in states]
            return json.dumps({"TargetHealthDescriptions": described})

        failing, well = targets(("i-1", "unhealthy"), ("i-2", "unhealthy")), targets(("i-3", "healthy"), ("i-4", "healthy"))
        for options in ((), ("--pool-id", "web")):
            read = samples(exposition("--adapter", "aws-elbv2", *options, reply=f"{failing}\n{well}\n"))
            self.assertNotIn("lbhealth_pool_backends", read, "of neither pool alone")
        again = samples(exposition("--adapter", "aws-elbv2", "--pool-id", "web", reply=f"{failing}\n{failing}\n"))
        self.assertEqual(sum(sample.value for sample in again["lbhealth_pool_backends"]), 2)
        polls = [json.dumps({"ListenerHealthStatus": [{"ListenerId": "lsn-1", "ServerGroupInfos": [{"ServerGroupId": "sgp-1",
            "HealthCheckEnabled": "on", "ServerCount": 4, "NonNormalServers": [{"ServerId": name, "Port": 80,
            "Status": "Unhealthy"}]}]}]}) for name in ("i-1", "i-2")]
        listed = samples(exposition("--adapter", "alibaba-alb", reply="\n".join(polls)))
        self.assertEqual(sum(sample.value for sample in listed["lbhealth_pool_backends"]), 4, "others fail each time")
        named = {sample.labels["backend_id"] for sample in listed["lbhealth_backend_health"]}
        self.assertEqual(named, {"i-2"}, "who is not listed any more does not fail any more")
        shared = samples(exposition("--adapter", "aws-elbv2", reply=f"{failing}\n{targets(('i-1', 'healthy'))}\n"))
        health = {sample.labels["health"]: sample.value for sample in shared["lbhealth_backend_health"]
                  if sample.labels["backend_id"] == "i-1"}
        self.assertEqual(health["UNHEALTHY"], 1, "the graver of two that may be of two pools")

    def test_no_figure_of_an_earlier_reply_stands_beside_a_later_one(self) -> None:
        """Whether that is whole, goes on, or is about those who were asked for; and nobody stays who is not listed any more."""
        def members(*states: str, goes_on: bool = False) -> dict:
            listed = [{"id": f"m{number}", "address": f"10.0.0.{number}", "protocol_port": 80, "weight": 1, "operating_status": state,
                       "provisioning_status": "ACTIVE", "admin_state_up": True} for number, state in enumerate(states, 1)]
            links = [{"rel": "next", "href": "https://x/members?marker=m2"}] if goes_on else []
            return {"members": listed, "members_links": links}

        def read(*replies: dict, times: tuple[str, ...] = ()) -> tuple[dict[str, float], set[str]]:
            if times:
                replies = tuple({"context": {"observed_at": time}, "payload": reply} for time, reply in zip(times, replies))
            options = ("--adapter", "openstack-octavia", "--pool-id", "p")
            found = samples(exposition(*options, reply="\n".join(json.dumps(reply) for reply in replies)))
            pools = {sample.labels["health"]: sample.value for sample in found.get("lbhealth_pool_backends", [])}
            pools = {word: count for word, count in pools.items() if count or not any(pools.values())}
            backends = found.get("lbhealth_backend_health", [])
            return pools, {f"{one.labels['backend_id']} {one.labels['health']}" for one in backends if one.value}

        well, failing = members("ONLINE", "ONLINE"), members("ERROR", "ERROR")
        self.assertEqual(read(well, members("ERROR", "ERROR", goes_on=True)), ({}, {"m1 UNHEALTHY", "m2 UNHEALTHY"}))
        self.assertEqual(read(well, {"member": failing["members"][0]}), ({}, {"m1 UNHEALTHY", "m2 HEALTHY"}))
        self.assertEqual(read({"member": failing["members"][0]}, well), ({"HEALTHY": 2.0}, {"m1 HEALTHY", "m2 HEALTHY"}))
        self.assertEqual(read(well, members("ERROR")), ({"UNHEALTHY": 1.0}, {"m1 UNHEALTHY"}))
        nobody = (dict.fromkeys(HEALTH, 0.0), set())
        self.assertEqual(read(well, members()), nobody)
        self.assertEqual(read(members(), members()), nobody)
        self.assertEqual(read(members(), well), ({"HEALTHY": 2.0}, {"m1 HEALTHY", "m2 HEALTHY"}))
        later, earlier = "2026-03-01T02:00:00Z", "2026-03-01T01:00:00Z"
        self.assertEqual(read(failing, well, times=(later, earlier)), ({"UNHEALTHY": 2.0}, {"m1 UNHEALTHY", "m2 UNHEALTHY"}))
        self.assertEqual(read(failing, well, times=(earlier, later)), ({"HEALTHY": 2.0}, {"m1 HEALTHY", "m2 HEALTHY"}))
        # A list that changed between two of its pages keeps everybody that one of them names, and nobody knows how many there are.
        page, rest = members("ERROR", "ONLINE", goes_on=True), {"members": members("ONLINE", "ONLINE", "ONLINE")["members"][1:]}
        self.assertEqual(read(page, rest), ({}, {"m1 UNHEALTHY", "m2 HEALTHY", "m3 HEALTHY"}))
        self.assertEqual(read(page, {"member": rest["members"][0]}, rest), ({}, {"m1 UNHEALTHY", "m2 HEALTHY", "m3 HEALTHY"}))
        # Lists that have nobody in common may be of two pools, whoever was asked for between them.
        others = {"members": [dict(member, id="m" + str(number)) for number, member in enumerate(well["members"], 8)]}
        one = {"member": failing["members"][0]}
        everybody = {"m1 UNHEALTHY", "m2 UNHEALTHY", "m8 HEALTHY", "m9 HEALTHY"}
        self.assertEqual(read(failing, others), ({}, everybody))
        self.assertEqual(read(failing, one, others), ({}, everybody))

    def test_promtool_has_nothing_to_say(self) -> None:
        """Not even about names, units and help texts."""
        listener, members = str(SAMPLES / "listener.json"), str(SAMPLES / "members.json")
        self.promtool(exposition("--observed-at", "2026-03-01T03:10:00.250Z", listener, members))

    def test_names_of_others_come_back_as_they_were(self) -> None:
        """Quotes, backslashes, line ends and letters of any script."""
        for name in ['a"b', "a\\b", "a\\nb", "a\nb", "订单\u2028服务", "a}b{c=\"d\"", "# EOF", "\x01\t"]:
            member = {"id": name, "name": name, "operating_status": "ONLINE", "address": name, "protocol_port": 80, "weight": 1}
            reply = json.dumps({"member": member})
            text = exposition("--adapter", "huawei-elb", "--pool-id", name, reply=reply)
            labels = samples(text)["lbhealth_backend_health"][0].labels
            self.assertEqual([labels["backend_id"], labels["address"], labels["pool_id"]], [name.strip()] * 3)
            self.assertEqual(samples(text)["lbhealth_backend_info"][0].labels["backend_name"], name, "a name is kept as it is")
            self.promtool(text)

    def test_the_time_of_observation_is_a_value(self) -> None:
        """Not the time of the sample, which a scraper sets."""
        path = str(SAMPLES / "listener.json")
        read = samples(exposition("--observed-at", "2026-03-01T03:10:00.250Z", path))
        self.assertTrue(math.isclose(read["lbhealth_observed_timestamp_seconds"][0].value, 1772334600.25, abs_tol=1e-4))
        self.assertTrue(all(sample.timestamp is None for family in read.values() for sample in family))
        self.assertNotIn("lbhealth_observed_timestamp_seconds", samples(exposition(path)))

    def test_nothing_read_is_an_empty_exposition(self) -> None:
        """And the status of the program says so."""
        done = lbhealth("--format", "openmetrics", reply="<html>")
        self.assertEqual((done.returncode, done.stdout), (1, "# EOF\n"))
        self.assertEqual(samples(done.stdout), {})

    def test_the_rules_of_the_documentation_name_series_that_exist(self) -> None:
        """And Prometheus reads them."""
        page = (SAMPLES.parent / "as-metrics.md").read_text("utf-8")
        rules = page.split("```yaml\n")[1].split("```")[0]
        with tempfile.NamedTemporaryFile("w", suffix=".yml", encoding="utf-8") as file:
            file.write(rules)
            file.flush()
            done = self.tool("check", "rules", file.name)
        self.assertEqual((done.returncode, "5 rules found" in done.stdout), (0, True), done.stdout + done.stderr)
        named = set(re.findall(r"lbhealth_\w+", rules))
        self.assertLessEqual(named, set(samples(exposition("--observed-at", "2026-03-01T03:10:00Z", reply=UNKNOWN_WORD))))
        self.assertEqual(len(named), 6)

    def promtool(self, text: str) -> None:
        """Prometheus' own tool reads the text and finds nothing to improve."""
        done = self.tool("check", "metrics", reply=text)
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    @staticmethod
    def tool(*arguments: str, reply: str = "") -> subprocess.CompletedProcess[str]:
        """Runs promtool."""
        command = [os.environ["PROMTOOL"], *arguments]
        return subprocess.run(command, input=reply, capture_output=True, encoding="utf-8", timeout=60, check=False)


if __name__ == "__main__":
    unittest.main()
