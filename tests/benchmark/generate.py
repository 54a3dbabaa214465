#!/usr/bin/env python3
"""Writes replies as a sweep over a fleet saves them: one a line, the same bytes for the same seed.

usage: generate.py KIND MEGABYTES [SEED]     KIND: alb, huawei, mixed, list (one large ListAllMembers)
"""
import json
import random
import sys

ALB_REASONS = ["CONNECT_TIMEOUT", "CONNECT_FAILED", "RECV_RESPONSE_FAILED", "RECV_RESPONSE_TIMEOUT", "SEND_REQUEST_FAILED",
               "SEND_REQUEST_TIMEOUT", "RESPONSE_FORMAT_ERROR", "RESPONSE_MISMATCH"]
HUAWEI_REASONS = ALB_REASONS + ["CONNECT_REFUSED", "CONNECT_INTERRUPT", "SSL_HANDSHAKE_ERROR"]
ZONES = ["cn-north-4a", "cn-north-4b", "cn-north-4c", "cn-north-4g"]


class Fleet:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def hex(self, length):
        return f"{self.random.getrandbits(4 * length):0{length}x}"

    def uuid(self):
        return "-".join(self.hex(length) for length in (8, 4, 4, 4, 12))

    def id(self, prefix):
        return prefix + "".join(self.random.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=18))

    def address(self):
        return f"10.{self.random.randrange(256)}.{self.random.randrange(256)}.{self.random.randrange(1, 255)}"

    def chance(self, percent):
        return self.random.random() * 100 < percent

    # Alibaba ALB: GetListenerHealthStatus

    def alb_reason(self):
        code = self.random.choice(ALB_REASONS)
        if code != "RESPONSE_MISMATCH":
            return {"ReasonCode": code}
        expected = self.random.choice(["HTTP_2xx", "HTTP_2xx,HTTP_3xx"])
        return {"ActualResponse": self.random.choice(["404", "500", "502", "503"]), "ExpectedResponse": expected, "ReasonCode": code}

    def alb_server(self, check):
        port = self.random.choice([80, 8080, 8443, 9000])
        server = {"Port": port, "ServerId": self.id("i-"), "ServerIp": self.address()}
        if check == "off":
            return server | {"Status": "Unavailable"}
        status = self.random.choices(["Unhealthy", "Initial", "Unused"], [78, 12, 10])[0]
        # The vendor's own example has a reason beside `Initial`.
        if status == "Unhealthy" or (status == "Initial" and self.chance(15)):
            server["Reason"] = self.alb_reason()
        return server | {"Status": status}

    def alb_group(self):
        check = "off" if self.chance(6) else "on"
        servers = [self.alb_server(check) for _ in range(self.random.choice([0, 0, 0, 1, 1, 2, 3, 5]))]
        fails_whole = bool(servers) and self.chance(5)
        action = "TrafficMirror" if self.chance(4) else "ForwardGroup"
        return {"ActionType": action, "HealthCheckEnabled": check, "NonNormalServers": servers,
                "ServerCount": len(servers) + (0 if fails_whole else self.random.randrange(1, 40)), "ServerGroupId": self.id("sgp-")}

    def alb(self):
        listener = {"ListenerId": self.id("lsn-"), "ListenerPort": self.random.choice([80, 443]),
                    "ListenerProtocol": self.random.choice(["http", "https", "HTTPS"]), "ServerGroupInfos": [self.alb_group()]}
        rules = [{"RuleId": self.id("rule-"), "ServerGroupInfos": [self.alb_group()]}
                 for _ in range(self.random.choice([3, 4, 5, 6, 7]))]
        reply = {"ListenerHealthStatus": [listener], "RequestId": self.uuid().upper(), "RuleHealthStatus": rules}
        return reply | ({"NextToken": self.hex(32)} if self.chance(3) else {})

    # Huawei ELB: ShowMember, ListAllMembers

    def huawei_reason(self):
        code = self.random.choice(HUAWEI_REASONS)
        if code != "RESPONSE_MISMATCH":
            return {"reason_code": code, "expected_response": None, "healthcheck_response": None}
        return {"reason_code": code, "expected_response": self.random.choice(["200", "200-299", "200,202"]),
                "healthcheck_response": self.random.choice(["404", "500", "502", "503"])}

    def huawei_status(self):
        status = self.random.choices(["ONLINE", "OFFLINE", "NO_MONITOR", "INITIAL"], [82, 12, 4, 2])[0]
        return {"operating_status": status} | ({"reason": self.huawei_reason()} if status == "OFFLINE" and not self.chance(15) else {})

    def member(self):
        said = [{"listener_id": self.uuid()} | self.huawei_status() for _ in range(1 + self.chance(30))]
        outer = said[0]["operating_status"]
        is_address = self.chance(10)
        member = {
            "id": self.uuid(), "name": f"member-{self.hex(4)}", "project_id": self.hex(32), "address": self.address(),
            "protocol_port": self.random.choice([80, 8080, 8443]), "weight": 0 if self.chance(3) else self.random.choice([1, 10, 100]),
            "admin_state_up": not self.chance(1), "subnet_cidr_id": None if is_address else self.uuid(), "ip_version": "v4",
            "operating_status": outer, "status": said, "member_type": "ip" if is_address else "instance",
            "instance_id": "" if is_address else self.uuid(), "availability_zone": self.random.choice(ZONES),
            "created_at": "2026-02-11T08:01:44Z", "updated_at": "2026-03-01T09:29:12Z",
        }
        return member | ({"reason": said[0]["reason"]} if "reason" in said[0] else {})

    def huawei(self):
        return {"member": self.member(), "request_id": self.uuid()}

    def listed(self):
        load_balancer = self.uuid()
        return self.member() | {"pool_id": self.uuid(), "loadbalancer_id": load_balancer, "loadbalancers": [{"id": load_balancer}]}


def compact(value):
    return json.dumps(value, separators=(",", ":")).encode()


def main(kind, megabytes, seed=1):
    fleet, out, left = Fleet(int(seed)), sys.stdout.buffer, int(float(megabytes) * 1e6)
    if kind == "list":
        out.write(b'{"members":[')
        count = 0
        while left > 0:
            member = compact(fleet.listed())
            out.write((b"," if count else b"") + member)
            left, count = left - len(member) - 1, count + 1
        out.write(b'],"page_info":{"current_count":%d},"request_id":"%s"}\n' % (count, fleet.uuid().encode()))
        return
    while left > 0:
        vendor = fleet.random.choice(["alb", "huawei"]) if kind == "mixed" else kind
        line = compact({"alb": fleet.alb, "huawei": fleet.huawei}[vendor]()) + b"\n"
        out.write(line)
        left -= len(line)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
