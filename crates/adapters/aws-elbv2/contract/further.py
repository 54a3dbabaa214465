"""What a server that others wrote (moto) answers is read as what was set up there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

import aws_checks
from aws import client
from aws_checks import document, server
from check import Check, expect
from client import CLIENT, OPERATIONS
from program import normalize

CLASSES = {
    "HealthUnavailable": "UNAVAILABLE",
    "InvalidTarget": "INVALID_REQUEST",
    "LoadBalancerNotFound": "NOT_FOUND",
    "TargetGroupNotFound": "NOT_FOUND",
}


def checks() -> Iterator[Check]:
    """The checks."""
    yield from aws_checks.checks(OPERATIONS, CLASSES)
    yield Check(f"{CLIENT.adapter}, a server that others wrote", _reads_a_server)


def _reads_a_server() -> None:
    with server() as port:
        compute, balancing = client("ec2", port), client("elbv2", port)
        network = compute.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        zones = {"10.0.0.0/24": "eu-central-1a", "10.0.1.0/24": "eu-central-1b"}
        create = compute.create_subnet
        subnets = [create(VpcId=network, CidrBlock=block, AvailabilityZone=zone)["Subnet"]["SubnetId"] for block, zone in zones.items()]
        started = compute.run_instances(ImageId="ami-12c6146b", MinCount=3, MaxCount=3, SubnetId=subnets[0])["Instances"]
        running, stopped, unregistered = (instance["InstanceId"] for instance in started)
        balancer = balancing.create_load_balancer(Name="shop", Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]
        web = _group(balancing, Name="web", VpcId=network, Matcher={"HttpCode": "200-299"})
        calls = _group(balancing, Name="calls", VpcId=network, TargetType="ip", ProtocolVersion="GRPC", Matcher={"GrpcCode": "0"})
        forward = [{"Type": "forward", "TargetGroupArn": web}]
        balancing.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=forward)
        balancing.register_targets(TargetGroupArn=web, Targets=[{"Id": name, "Port": 8080} for name in (running, stopped)])
        compute.stop_instances(InstanceIds=[stopped])

        registered = document(CLIENT, balancing.describe_target_health(TargetGroupArn=web))
        selected = document(CLIENT, balancing.describe_target_health(TargetGroupArn=web, Targets=[{"Id": unregistered, "Port": 8080}]))
        strange = document(CLIENT, balancing.describe_target_health(TargetGroupArn=calls, Targets=[{"Id": "10.0.0.9"}]))
        groups = document(CLIENT, balancing.describe_target_groups())
        try:
            balancing.describe_target_health(TargetGroupArn=f"{web}x")
            failed = None
        except ClientError as error:
            failed = normalize(CLIENT.adapter, json.dumps(error.response))

    expected = {(running, 8080, "HEALTHY", None), (stopped, 8080, "INACTIVE", "BACKEND_STOPPED")}
    expect(_said(registered) == expected and registered["coverage"] == "ALL", f"registered: {registered}")
    expected = {(unregistered, 8080, "INACTIVE", "NOT_REGISTERED")}
    expect(_said(selected) == expected and selected["coverage"] == "SELECTED", f"selected: {selected}")
    # A pair of state and reason that the vendor does not have.
    expect(_said(strange) == {("10.0.0.9", 80, "UNKNOWN", "NOT_REGISTERED")}, f"strange: {strange}")
    checked = {pool["pool_id"]: (pool["check"]["protocol"], pool["check"]["expected"]["text"]) for pool in groups["pools"]}
    expect(checked == {web: ("HTTP", "200-299"), calls: ("GRPC", "0")}, f"groups: {groups}")
    used = {pool["pool_id"]: pool.get("load_balancer_ids", []) for pool in groups["pools"]}
    expect(used == {web: [balancer], calls: []} and groups["completeness"] == "COMPLETE", f"groups: {groups}")
    odd = [document["warnings"] for document in (registered, selected, strange, groups)]
    expect(not any(odd), f"warnings: {odd}")
    expect(failed is not None and "(NOT_FOUND): TargetGroupNotFound: " in failed.message, f"a target group that is not there: {failed}")


def _group(balancing: Any, **settings: Any) -> str:
    return balancing.create_target_group(Protocol="HTTP", Port=80, **settings)["TargetGroups"][0]["TargetGroupArn"]


def _said(document: dict[str, Any]) -> set[tuple[str, int, str, str | None]]:
    """Id, port, health and reason of every record."""
    records = document["records"]
    return {(one["backend_id"], one["port"], one["health"], one.get("cause", {}).get("reason")) for one in records}
