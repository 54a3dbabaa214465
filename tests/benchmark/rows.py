#!/usr/bin/env python3
"""What people write today: replies in, flat rows out, with orjson.

usage: rows.py alb|huawei FILE > rows.ndjson

It knows the words that the generated replies use, and writes every field that lbhealth writes for them.
"""
import sys

import orjson

PHASES = {
    "CONNECT_TIMEOUT": "CONNECT", "CONNECT_REFUSED": "CONNECT", "CONNECT_FAILED": "CONNECT", "CONNECT_INTERRUPT": "CONNECT",
    "SSL_HANDSHAKE_ERROR": "TLS", "SEND_REQUEST_FAILED": "SEND", "SEND_REQUEST_TIMEOUT": "SEND", "RECV_RESPONSE_FAILED": "RECEIVE",
    "RECV_RESPONSE_TIMEOUT": "RECEIVE", "RESPONSE_FORMAT_ERROR": "RESPONSE", "RESPONSE_MISMATCH": "RESPONSE",
    "INITIAL_CHECKS": "LIFECYCLE", "NOT_IN_USE": "CONFIGURATION", "HEALTH_CHECK_DISABLED": "CONFIGURATION",
    "BACKEND_MISSING": "BACKEND", "ZERO_WEIGHT": "CONFIGURATION",
}
ALB = {
    "Initial": ("INITIALIZING", "UNKNOWN", ("INITIAL_CHECKS", "EXACT")),
    "Unhealthy": ("UNHEALTHY", "EXCLUDED", None),
    "Unused": ("INACTIVE", "EXCLUDED", ("NOT_IN_USE", "AMBIGUOUS")),
    "Unavailable": ("UNMONITORED", "ELIGIBLE", ("HEALTH_CHECK_DISABLED", "EXACT")),
}
HUAWEI = {
    "ONLINE": ("HEALTHY", "ELIGIBLE", None),
    "OFFLINE": ("UNHEALTHY", "EXCLUDED", None),
    "NO_MONITOR": ("UNMONITORED", "ELIGIBLE", ("HEALTH_CHECK_DISABLED", "EXACT")),
    "INITIAL": ("INITIALIZING", "UNKNOWN", ("INITIAL_CHECKS", "EXACT")),
}
CODES = {"HTTP_2xx": "200-299", "HTTP_2xx,HTTP_3xx": "200-299,300-399"}
PRODUCER = "lbhealth 0.1.0"


def put_cause(row, cause):
    if cause:
        row["cause_reason"], row["cause_phase"], row["cause_certainty"] = cause[0], PHASES[cause[0]], cause[1]


def put_probe(row, expected, observed):
    if expected:
        row["probe_expected_kind"], row["probe_expected"] = "HTTP", CODES.get(expected, expected)
    if observed:
        row["probe_observed"] = observed


def put_evidence(row, status, reason, expected, observed):
    row["evidence_status"] = status
    if reason:
        row["evidence_reason"] = reason
    if expected:
        row["evidence_expected"] = expected
    if observed:
        row["evidence_observed"] = observed


def alb(reply):
    request_id = reply["RequestId"]
    completeness = "INCOMPLETE" if reply.get("NextToken") else "COMPLETE"
    [listener] = reply["ListenerHealthStatus"]
    listener_id, port, protocol = listener["ListenerId"], listener["ListenerPort"], listener["ListenerProtocol"].upper()
    places = [("LISTENER", listener_id, listener["ServerGroupInfos"], "/ListenerHealthStatus/0/ServerGroupInfos/")]
    for index, rule in enumerate(reply["RuleHealthStatus"]):
        places.append(("RULE", rule["RuleId"], rule["ServerGroupInfos"], f"/RuleHealthStatus/{index}/ServerGroupInfos/"))
    rows = []
    for scope, within, groups, path in places:
        for number, group in enumerate(groups):
            pool_id = group["ServerGroupId"]
            pool_key = f"alibaba-alb|{scope}|{within}|{pool_id}"
            servers = group["NonNormalServers"]
            mirrored = group["ActionType"] == "TrafficMirror"
            open_ = (
                completeness == "COMPLETE" and group["HealthCheckEnabled"] == "on" and group["ServerCount"] == len(servers)
                and all(server["Status"] == "Unhealthy" for server in servers)
            )
            for position, server in enumerate(servers):
                status = server["Status"]
                health, traffic, cause = ALB[status]
                traffic_reason = None
                if mirrored:
                    if status != "Unused":
                        traffic, traffic_reason = "MIRRORED", "MIRROR"
                elif open_ and traffic == "EXCLUDED":
                    traffic, traffic_reason = "ELIGIBLE", "FAIL_OPEN"
                reason = server.get("Reason") or {}
                code, expected, observed = reason.get("ReasonCode"), reason.get("ExpectedResponse"), reason.get("ActualResponse")
                backend, backend_port = server["ServerId"], server["Port"]
                row = {
                    "schema_id": "urn:lbhealth:v1:backend-row", "producer": PRODUCER, "adapter": "alibaba-alb",
                    "operation": "GetListenerHealthStatus", "request_id": request_id, "coverage": "NON_HEALTHY_ONLY",
                    "completeness": completeness, "record_key": f"{pool_key}|{backend}|{backend_port}",
                    "backend_key": f"alibaba-alb|{pool_id}|{backend}|{backend_port}", "pool_key": pool_key, "scope": scope,
                    "listener_id": listener_id, "listener_port": port, "listener_protocol": protocol,
                }
                if scope == "RULE":
                    row["rule_id"] = within
                row["pool_id"], row["backend_id"], row["address"], row["port"] = pool_id, backend, server["ServerIp"], backend_port
                row["health"], row["traffic"] = health, traffic
                if traffic_reason:
                    row["traffic_reason"] = traffic_reason
                put_cause(row, (code, "EXACT") if code else cause)
                row["certainty"] = "EXACT"
                put_probe(row, expected, observed)
                put_evidence(row, status, code, expected, observed)
                row["evidence_path"] = f"{path}{number}/NonNormalServers/{position}"
                if code and health != "UNHEALTHY":
                    row["warnings"] = "REASON_CONTRADICTS_STATUS"
                rows.append(row)
    return rows


def huawei(reply):
    request_id, member = reply["request_id"], reply["member"]
    gone = not member["admin_state_up"] and member["member_type"] != "ip"
    zero = member["weight"] == 0
    backend, backend_port = member["id"], member["protocol_port"]
    entries = member["status"]
    outer_reason = member.get("reason") or {}
    words = (member["operating_status"], outer_reason.get("reason_code"))
    placed = any(
        entry["operating_status"] == words[0] and (not words[1] or (entry.get("reason") or {}).get("reason_code") == words[1])
        for entry in entries
    )
    rows = []
    for position, entry in enumerate(entries):
        status = entry["operating_status"]
        health, traffic, cause = HUAWEI[status]
        reason = entry.get("reason") or {}
        code, expected, observed = reason.get("reason_code"), reason.get("expected_response"), reason.get("healthcheck_response")
        certainty, traffic_reason = "EXACT", None
        if status == "OFFLINE" and not code:
            if gone:
                cause = ("BACKEND_MISSING", "INFERRED")
            elif zero:
                health, traffic, cause, certainty = "INACTIVE", "UNKNOWN", ("ZERO_WEIGHT", "AMBIGUOUS"), "AMBIGUOUS"
        if traffic != "EXCLUDED":
            if zero:
                traffic, traffic_reason = "EXISTING_ONLY", "ZERO_WEIGHT"
            elif gone:
                traffic = "UNKNOWN"
        listener_id = entry["listener_id"]
        pool_key = f"huawei-elb|LISTENER|{listener_id}|"
        row = {
            "schema_id": "urn:lbhealth:v1:backend-row", "producer": PRODUCER, "adapter": "huawei-elb", "operation": "ShowMember",
            "request_id": request_id, "coverage": "SELECTED", "completeness": "COMPLETE",
            "record_key": f"{pool_key}|{backend}|{backend_port}", "backend_key": f"huawei-elb||{backend}|{backend_port}",
            "pool_key": pool_key, "scope": "LISTENER", "listener_id": listener_id, "backend_id": backend,
            "backend_name": member["name"], "backend_kind": "IP" if member["member_type"] == "ip" else "INSTANCE",
        }
        if member["instance_id"]:
            row["instance_id"] = member["instance_id"]
        row["address"], row["port"], row["zone"] = member["address"], backend_port, member["availability_zone"]
        row["weight"], row["health"], row["traffic"] = member["weight"], health, traffic
        if traffic_reason:
            row["traffic_reason"] = traffic_reason
        put_cause(row, (code, "EXACT") if code else cause)
        row["certainty"] = certainty
        put_probe(row, expected, observed)
        put_evidence(row, status, code, expected, observed)
        row["evidence_path"] = f"/member/status/{position}"
        warnings = [word for word, holds in (("BACKEND_MISSING", gone), ("OUTER_STATUS_UNPLACED", not placed)) if holds]
        if warnings:
            row["warnings"] = ",".join(warnings)
        rows.append(row)
    return rows


def main(vendor, path):
    rows_of, write, option = {"alb": alb, "huawei": huawei}[vendor], sys.stdout.buffer.write, orjson.OPT_APPEND_NEWLINE
    with open(path, "rb") as replies:
        for line in replies:
            for row in rows_of(orjson.loads(line)):
                write(orjson.dumps(row, option=option))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
