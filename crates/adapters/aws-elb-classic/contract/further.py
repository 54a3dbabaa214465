"""Every text that the client's data lists is told from the others, and what a server that others wrote (moto) answers is read as what was
set up there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

import aws_checks
from aws import LISTED, client
from aws_checks import document, server
from check import Check, expect
from client import CLIENT, OPERATIONS
from program import normalize

CLASSES = {
    "DependencyThrottle": "THROTTLED",
    "InvalidInstance": "INVALID_REQUEST",
    "LoadBalancerNotFound": "NOT_FOUND",
}
NONE = "N/A"


def checks() -> Iterator[Check]:
    """The checks."""
    yield from aws_checks.checks(OPERATIONS, CLASSES)
    for text in _texts():
        yield Check(f"{CLIENT.adapter}, {text!r}", lambda text=text: _is_known(text))
    yield Check(f"{CLIENT.adapter}, a server that others wrote", _reads_a_server)


def _texts() -> list[str]:
    """The sentences that the documentation of the description lists."""
    found = [text.strip() for text in LISTED.findall(CLIENT.model.shape_for("InstanceState").members["Description"].documentation)]
    expect(NONE in found and len(found) > 1, f"the client lists its texts in a form that is not known here: {found}")
    return found


def _is_known(text: str) -> None:
    for spelled in (text, text.rstrip("."), text.upper()):
        state = {"InstanceId": "i-1", "State": "OutOfService", "ReasonCode": NONE, "Description": spelled}
        (record,) = document(CLIENT, {"InstanceStates": [state]})["records"]
        expect(("cause" in record) == (text != NONE), f"{record}")


def _reads_a_server() -> None:
    with server() as port:
        compute, balancing = client("ec2", port), client("elb", port)
        started = compute.run_instances(ImageId="ami-12c6146b", MinCount=3, MaxCount=3)["Instances"]
        running, stopped, unregistered = (instance["InstanceId"] for instance in started)
        listener = {"Protocol": "HTTP", "LoadBalancerPort": 80, "InstancePort": 8080}
        balancing.create_load_balancer(LoadBalancerName="shop", Listeners=[listener], AvailabilityZones=["eu-central-1a"])
        settings = {"Target": "HTTP:8080/ping", "Interval": 20, "Timeout": 3, "UnhealthyThreshold": 4, "HealthyThreshold": 5}
        balancing.configure_health_check(LoadBalancerName="shop", HealthCheck=settings)
        registered = [{"InstanceId": name} for name in (running, stopped)]
        balancing.register_instances_with_load_balancer(LoadBalancerName="shop", Instances=registered)
        compute.stop_instances(InstanceIds=[stopped])

        health = document(CLIENT, balancing.describe_instance_health(LoadBalancerName="shop"))
        asked = [{"InstanceId": unregistered}]
        strange = document(CLIENT, balancing.describe_instance_health(LoadBalancerName="shop", Instances=asked))
        balancers = document(CLIENT, balancing.describe_load_balancers())
        try:
            balancing.describe_instance_health(LoadBalancerName="gone")
            failed = None
        except ClientError as error:
            failed = normalize(CLIENT.adapter, json.dumps(error.response))

    # The server writes no text, so nobody says why an instance is out of service.
    said = {(record["backend_id"], record["health"], record["traffic"], record["certainty"]) for record in health["records"]}
    expected = {(running, "HEALTHY", "ELIGIBLE", "EXACT"), (stopped, "UNKNOWN", "EXCLUDED", "AMBIGUOUS")}
    expect(said == expected, f"registered: {health}")
    expect([record["health"] for record in strange["records"]] == ["UNKNOWN"], f"not registered: {strange}")
    members = {(member["load_balancer_id"], member["backend_id"]) for member in balancers["members"]}
    expect(members == {("shop", running), ("shop", stopped)}, f"load balancers: {balancers}")
    expect([_settings(pool["check"]) for pool in balancers["pools"]] == [("HTTP", 8080, "/ping", 20_000, 3_000, 5, 4)], f"{balancers}")
    odd = [found["warnings"] for found in (health, strange, balancers)]
    expect(not any(odd), f"warnings: {odd}")
    expect(failed is not None and "(NOT_FOUND): LoadBalancerNotFound: " in failed.message, f"a load balancer that is not there: {failed}")


def _settings(check: dict[str, Any]) -> tuple[Any, ...]:
    names = ("protocol", "port", "path", "interval_ms", "timeout_ms", "healthy_threshold", "unhealthy_threshold")
    return tuple(check.get(name) for name in names)
