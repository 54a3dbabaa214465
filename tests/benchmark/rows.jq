# What people write today with jq: the rows of rows.py. usage: jq -c --arg vendor alb|huawei -f rows.jq FILE
def phase: {
  CONNECT_TIMEOUT: "CONNECT", CONNECT_REFUSED: "CONNECT", CONNECT_FAILED: "CONNECT", CONNECT_INTERRUPT: "CONNECT",
  SSL_HANDSHAKE_ERROR: "TLS", SEND_REQUEST_FAILED: "SEND", SEND_REQUEST_TIMEOUT: "SEND", RECV_RESPONSE_FAILED: "RECEIVE",
  RECV_RESPONSE_TIMEOUT: "RECEIVE", RESPONSE_FORMAT_ERROR: "RESPONSE", RESPONSE_MISMATCH: "RESPONSE", INITIAL_CHECKS: "LIFECYCLE",
  NOT_IN_USE: "CONFIGURATION", HEALTH_CHECK_DISABLED: "CONFIGURATION", BACKEND_MISSING: "BACKEND", ZERO_WEIGHT: "CONFIGURATION"
}[.];
def codes: {"HTTP_2xx": "200-299", "HTTP_2xx,HTTP_3xx": "200-299,300-399"}[.] // .;
def alb_words: {
  Initial: ["INITIALIZING", "UNKNOWN", "INITIAL_CHECKS", "EXACT"], Unhealthy: ["UNHEALTHY", "EXCLUDED", null, null],
  Unused: ["INACTIVE", "EXCLUDED", "NOT_IN_USE", "AMBIGUOUS"], Unavailable: ["UNMONITORED", "ELIGIBLE", "HEALTH_CHECK_DISABLED", "EXACT"]
}[.];
def huawei_words: {
  ONLINE: ["HEALTHY", "ELIGIBLE", null, null], OFFLINE: ["UNHEALTHY", "EXCLUDED", null, null],
  NO_MONITOR: ["UNMONITORED", "ELIGIBLE", "HEALTH_CHECK_DISABLED", "EXACT"], INITIAL: ["INITIALIZING", "UNKNOWN", "INITIAL_CHECKS", "EXACT"]
}[.];
def present: with_entries(select(.value != null and .value != ""));
def probe($expected; $observed): {
  probe_expected_kind: (if $expected then "HTTP" else null end), probe_expected: (if $expected then $expected | codes else null end),
  probe_observed: $observed
};

def alb:
  .RequestId as $request | (if .NextToken then "INCOMPLETE" else "COMPLETE" end) as $completeness
  | .ListenerHealthStatus[0] as $listener
  | (["LISTENER", $listener.ListenerId, $listener.ServerGroupInfos, "/ListenerHealthStatus/0/ServerGroupInfos/"],
     (.RuleHealthStatus | to_entries[] | ["RULE", .value.RuleId, .value.ServerGroupInfos, "/RuleHealthStatus/\(.key)/ServerGroupInfos/"]))
  | . as [$scope, $within, $groups, $path]
  | $groups | to_entries[] | .key as $number | .value as $group
  | $group.ServerGroupId as $pool | "alibaba-alb|\($scope)|\($within)|\($pool)" as $pool_key
  | ($group.ActionType == "TrafficMirror") as $mirrored
  | ($completeness == "COMPLETE" and $group.HealthCheckEnabled == "on" and $group.ServerCount == ($group.NonNormalServers | length)
     and all($group.NonNormalServers[]; .Status == "Unhealthy")) as $open
  | $group.NonNormalServers | to_entries[] | .key as $position | .value
  | (.Status | alb_words) as [$health, $status_traffic, $status_cause, $status_certainty]
  | (if $mirrored then (if .Status == "Unused" then ["EXCLUDED", null] else ["MIRRORED", "MIRROR"] end)
     elif $open and $status_traffic == "EXCLUDED" then ["ELIGIBLE", "FAIL_OPEN"] else [$status_traffic, null] end) as [$traffic, $traffic_reason]
  | (.Reason // {}) as $reason | ($reason.ReasonCode // $status_cause) as $cause
  | {
      schema_id: "urn:lbhealth:v1:backend-row", producer: "lbhealth 0.1.0", adapter: "alibaba-alb", operation: "GetListenerHealthStatus",
      request_id: $request, coverage: "NON_HEALTHY_ONLY", completeness: $completeness,
      record_key: "\($pool_key)|\(.ServerId)|\(.Port)", backend_key: "alibaba-alb|\($pool)|\(.ServerId)|\(.Port)", pool_key: $pool_key,
      scope: $scope, listener_id: $listener.ListenerId, listener_port: $listener.ListenerPort,
      listener_protocol: ($listener.ListenerProtocol | ascii_upcase), rule_id: (if $scope == "RULE" then $within else null end),
      pool_id: $pool, backend_id: .ServerId, address: .ServerIp, port: .Port, health: $health, traffic: $traffic,
      traffic_reason: $traffic_reason, cause_reason: $cause, cause_phase: (if $cause then $cause | phase else null end),
      cause_certainty: (if $reason.ReasonCode then "EXACT" else $status_certainty end), certainty: "EXACT"
    } + probe($reason.ExpectedResponse; $reason.ActualResponse) + {
      evidence_status: .Status, evidence_reason: $reason.ReasonCode, evidence_expected: $reason.ExpectedResponse,
      evidence_observed: $reason.ActualResponse, evidence_path: "\($path)\($number)/NonNormalServers/\($position)",
      warnings: (if $reason.ReasonCode and $health != "UNHEALTHY" then "REASON_CONTRADICTS_STATUS" else null end)
    } | present;

def huawei:
  .request_id as $request | .member as $member
  | ($member.admin_state_up == false and $member.member_type != "ip") as $gone | ($member.weight == 0) as $zero
  | any($member.status[]; .operating_status == $member.operating_status
        and (($member.reason.reason_code == null) or .reason.reason_code == $member.reason.reason_code)) as $placed
  | $member.status | to_entries[] | .key as $position | .value
  | (.reason // {}) as $reason | (.operating_status | huawei_words) as $words
  | (if .operating_status == "OFFLINE" and $reason.reason_code == null then
       (if $gone then ["UNHEALTHY", "EXCLUDED", "BACKEND_MISSING", "INFERRED", "EXACT"]
        elif $zero then ["INACTIVE", "UNKNOWN", "ZERO_WEIGHT", "AMBIGUOUS", "AMBIGUOUS"] else $words + ["EXACT"] end)
     else $words + ["EXACT"] end) as [$health, $status_traffic, $status_cause, $cause_certainty, $certainty]
  | (if $status_traffic == "EXCLUDED" then ["EXCLUDED", null] elif $zero then ["EXISTING_ONLY", "ZERO_WEIGHT"]
     elif $gone then ["UNKNOWN", null] else [$status_traffic, null] end) as [$traffic, $traffic_reason]
  | ($reason.reason_code // $status_cause) as $cause | "huawei-elb|LISTENER|\(.listener_id)|" as $pool_key
  | {
      schema_id: "urn:lbhealth:v1:backend-row", producer: "lbhealth 0.1.0", adapter: "huawei-elb", operation: "ShowMember",
      request_id: $request, coverage: "SELECTED", completeness: "COMPLETE",
      record_key: "\($pool_key)|\($member.id)|\($member.protocol_port)",
      backend_key: "huawei-elb||\($member.id)|\($member.protocol_port)", pool_key: $pool_key, scope: "LISTENER",
      listener_id: .listener_id, backend_id: $member.id, backend_name: $member.name,
      backend_kind: (if $member.member_type == "ip" then "IP" else "INSTANCE" end), instance_id: $member.instance_id,
      address: $member.address, port: $member.protocol_port, zone: $member.availability_zone, weight: $member.weight,
      health: $health, traffic: $traffic, traffic_reason: $traffic_reason, cause_reason: $cause,
      cause_phase: (if $cause then $cause | phase else null end),
      cause_certainty: (if $reason.reason_code then "EXACT" else $cause_certainty end), certainty: $certainty
    } + probe($reason.expected_response; $reason.healthcheck_response) + {
      evidence_status: .operating_status, evidence_reason: $reason.reason_code, evidence_expected: $reason.expected_response,
      evidence_observed: $reason.healthcheck_response, evidence_path: "/member/status/\($position)",
      warnings: ([if $gone then "BACKEND_MISSING" else empty end, if $placed then empty else "OUTER_STATUS_UNPLACED" end] | join(","))
    } | present;

if $vendor == "alb" then alb else huawei end
