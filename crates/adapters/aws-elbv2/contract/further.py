"""The schemas name no field that the client does not have, every error of the operations has a class, and what a server that others
wrote (moto) answers is read as what was set up there."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import ClientError
from botocore.model import Shape
from moto.server import ThreadedMotoServer

from check import Check, expect
from client import CLIENT, OPERATIONS, SERVICE, client
from operation import ROOT
from program import normalize

# What the client and the command line add to a reply of the API.
ADDED = {"ResponseMetadata", "NextToken"}
CLASSES = {
    "HealthUnavailable": "UNAVAILABLE",
    "InvalidTarget": "INVALID_REQUEST",
    "LoadBalancerNotFound": "NOT_FOUND",
    "TargetGroupNotFound": "NOT_FOUND",
}


def checks() -> Iterator[Check]:
    """The checks."""
    for operation in OPERATIONS:
        yield Check(f"{operation}, the client has every field of the schema", lambda name=operation.name: _has_all_fields(name))
        for shape in SERVICE.operation_model(operation.name).error_shapes:
            code = shape.metadata["error"]["code"]
            yield Check(f"{operation}, class of {code}", lambda code=code: _has_a_class(code))
    yield Check(f"{CLIENT.adapter}, a server that others wrote", _reads_a_server)


def _has_all_fields(operation: str) -> None:
    path = ROOT / "schemas/v1/payloads" / CLIENT.adapter / f"{operation}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    invented = list(_invented(schema, schema, SERVICE.operation_model(operation).output_shape, ""))
    expect(not invented, f"not in the client's data: {', '.join(invented)}")


def _invented(schema: dict[str, Any], definition: dict[str, Any], shape: Shape, path: str) -> Iterator[str]:
    """The fields of a definition that a structure of the client's data does not have."""
    for name, field in definition["properties"].items():
        member = shape.members.get(name)
        if member is None:
            if path or name not in ADDED:
                yield f"{path}/{name}"
            continue
        element = member.member if member.type_name == "list" else member
        inner = field.get("items", field.get("allOf", [{}])[0])
        if element.type_name == "structure":
            target = schema["$defs"][inner["$ref"].removeprefix("#/$defs/")]
            yield from _invented(schema, target, element, f"{path}/{name}")


def _has_a_class(code: str) -> None:
    outcome = normalize(CLIENT.adapter, json.dumps({"Error": {"Code": code, "Message": "gone"}, "ResponseMetadata": {}}))
    expect(outcome.status == 1 and f"({CLASSES[code]}): {code}: gone" in outcome.message, outcome.message)


def _reads_a_server() -> None:
    with _server() as port:
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

        registered = _document(balancing.describe_target_health(TargetGroupArn=web))
        selected = _document(balancing.describe_target_health(TargetGroupArn=web, Targets=[{"Id": unregistered, "Port": 8080}]))
        strange = _document(balancing.describe_target_health(TargetGroupArn=calls, Targets=[{"Id": "10.0.0.9"}]))
        groups = _document(balancing.describe_target_groups())
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


def _document(reply: dict[str, Any]) -> dict[str, Any]:
    """What becomes of a reply, which has to be told from others by its shape."""
    return normalize(CLIENT.adapter, json.dumps(reply)).document()


def _said(document: dict[str, Any]) -> set[tuple[str, int, str, str | None]]:
    """Id, port, health and reason of every record."""
    records = document["records"]
    return {(one["backend_id"], one["port"], one["health"], one.get("cause", {}).get("reason")) for one in records}


@contextmanager
def _server() -> Iterator[int]:
    """A server of the vendor's API on a free port of the local host."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        yield server.get_host_and_port()[1]
    finally:
        server.stop()
