-- What people write today with DuckDB: the rows of rows.py. `$file` and `$out` are put in by run.py; the part of the vendor is run.

-- alb
copy (
  with replies as (
    select * from read_json('$file', format = 'newline_delimited', columns = {
      RequestId: 'varchar', NextToken: 'varchar',
      ListenerHealthStatus: 'struct(ListenerId varchar, ListenerPort int, ListenerProtocol varchar, ServerGroupInfos struct(ActionType varchar, HealthCheckEnabled varchar, ServerCount int, ServerGroupId varchar, NonNormalServers struct(Port int, ServerId varchar, ServerIp varchar, Status varchar, Reason struct(ReasonCode varchar, ExpectedResponse varchar, ActualResponse varchar))[])[])[]',
      RuleHealthStatus: 'struct(RuleId varchar, ServerGroupInfos struct(ActionType varchar, HealthCheckEnabled varchar, ServerCount int, ServerGroupId varchar, NonNormalServers struct(Port int, ServerId varchar, ServerIp varchar, Status varchar, Reason struct(ReasonCode varchar, ExpectedResponse varchar, ActualResponse varchar))[])[])[]'
    })
  ),
  places as (
    select RequestId, NextToken, ListenerHealthStatus[1] as l, 'LISTENER' as scope, ListenerHealthStatus[1].ListenerId as place,
      ListenerHealthStatus[1].ServerGroupInfos as groups, '/ListenerHealthStatus/0/ServerGroupInfos/' as path
    from replies
    union all
    select RequestId, NextToken, l, 'RULE', rule.RuleId, rule.ServerGroupInfos, '/RuleHealthStatus/' || (n - 1) || '/ServerGroupInfos/'
    from (select RequestId, NextToken, ListenerHealthStatus[1] as l, unnest(RuleHealthStatus) as rule,
            generate_subscripts(RuleHealthStatus, 1) as n from replies)
  ),
  pools as (select * exclude (groups), unnest(groups) as g, generate_subscripts(groups, 1) as gn from places),
  servers as (
    select * exclude (g), g.ServerGroupId as pool, g.ActionType as action,
      coalesce(NextToken, '') = '' and g.HealthCheckEnabled = 'on' and g.ServerCount = len(g.NonNormalServers)
        and len(list_filter(g.NonNormalServers, lambda s: s.Status <> 'Unhealthy')) = 0 as open,
      'alibaba-alb|' || scope || '|' || place || '|' || g.ServerGroupId as pool_key,
      unnest(g.NonNormalServers) as s, generate_subscripts(g.NonNormalServers, 1) as sn
    from pools
  ),
  judged as (
    select *, s.Reason.ReasonCode as code, s.Reason.ExpectedResponse as expected,
      case s.Status when 'Initial' then 'INITIALIZING' when 'Unhealthy' then 'UNHEALTHY' when 'Unused' then 'INACTIVE' else 'UNMONITORED' end as health,
      case s.Status when 'Initial' then 'UNKNOWN' when 'Unavailable' then 'ELIGIBLE' else 'EXCLUDED' end as said,
      coalesce(s.Reason.ReasonCode, case s.Status when 'Initial' then 'INITIAL_CHECKS' when 'Unused' then 'NOT_IN_USE' when 'Unavailable' then 'HEALTH_CHECK_DISABLED' end) as cause
    from servers
  )
  select 'urn:lbhealth:v1:backend-row' as schema_id, 'lbhealth 0.1.0' as producer, 'alibaba-alb' as adapter,
    'GetListenerHealthStatus' as operation, RequestId as request_id, 'NON_HEALTHY_ONLY' as coverage,
    case when coalesce(NextToken, '') = '' then 'COMPLETE' else 'INCOMPLETE' end as completeness,
    pool_key || '|' || s.ServerId || '|' || s.Port as record_key,
    'alibaba-alb|' || pool || '|' || s.ServerId || '|' || s.Port as backend_key, pool_key, scope, l.ListenerId as listener_id,
    l.ListenerPort as listener_port, upper(l.ListenerProtocol) as listener_protocol, case when scope = 'RULE' then place end as rule_id,
    pool as pool_id, s.ServerId as backend_id, s.ServerIp as address, s.Port as port, health,
    case when action = 'TrafficMirror' then if(s.Status = 'Unused', 'EXCLUDED', 'MIRRORED')
         when open and said = 'EXCLUDED' then 'ELIGIBLE' else said end as traffic,
    case when action = 'TrafficMirror' then if(s.Status = 'Unused', null, 'MIRROR')
         when open and said = 'EXCLUDED' then 'FAIL_OPEN' end as traffic_reason,
    cause as cause_reason,
    case when cause like 'CONNECT%' then 'CONNECT' when cause like 'SEND%' then 'SEND' when cause like 'RECV%' then 'RECEIVE'
         when cause like 'RESPONSE%' then 'RESPONSE' when cause = 'INITIAL_CHECKS' then 'LIFECYCLE'
         when cause is not null then 'CONFIGURATION' end as cause_phase,
    case when cause is null then null when code is null and s.Status = 'Unused' then 'AMBIGUOUS' else 'EXACT' end as cause_certainty,
    'EXACT' as certainty, if(expected is null, null, 'HTTP') as probe_expected_kind,
    replace(replace(expected, 'HTTP_2xx', '200-299'), 'HTTP_3xx', '300-399') as probe_expected,
    s.Reason.ActualResponse as probe_observed, s.Status as evidence_status, code as evidence_reason, expected as evidence_expected,
    s.Reason.ActualResponse as evidence_observed, path || (gn - 1) || '/NonNormalServers/' || (sn - 1) as evidence_path,
    case when code is not null and health <> 'UNHEALTHY' then 'REASON_CONTRADICTS_STATUS' end as warnings
  from judged
) to '$out' (format json);

-- huawei
copy (
  with replies as (
    select * from read_json('$file', format = 'newline_delimited', columns = {
      request_id: 'varchar',
      member: 'struct(id varchar, name varchar, address varchar, protocol_port int, weight int, admin_state_up boolean, member_type varchar, instance_id varchar, availability_zone varchar, operating_status varchar, reason struct(reason_code varchar), status struct(listener_id varchar, operating_status varchar, reason struct(reason_code varchar, expected_response varchar, healthcheck_response varchar))[])'
    })
  ),
  entries as (
    select request_id, member as m, not member.admin_state_up and member.member_type <> 'ip' as gone, member.weight = 0 as zero,
      len(list_filter(member.status, lambda e: e.operating_status = member.operating_status
        and (member.reason.reason_code is null or coalesce(e.reason.reason_code = member.reason.reason_code, false)))) > 0 as placed,
      unnest(member.status) as e, generate_subscripts(member.status, 1) as n
    from replies
  ),
  judged as (
    select *, e.reason.reason_code as code, e.reason.expected_response as expected, e.operating_status as word,
      e.operating_status = 'OFFLINE' and e.reason.reason_code is null as bare, 'huawei-elb|LISTENER|' || e.listener_id || '|' as pool_key
    from entries
  ),
  named as (
    select *, case when bare and not gone and zero then 'INACTIVE' else case word when 'ONLINE' then 'HEALTHY' when 'OFFLINE' then 'UNHEALTHY' when 'NO_MONITOR' then 'UNMONITORED' else 'INITIALIZING' end end as health,
      word = 'OFFLINE' and not (bare and not gone and zero) as excluded,
      coalesce(code, case when bare and gone then 'BACKEND_MISSING' when bare and zero then 'ZERO_WEIGHT' when word = 'NO_MONITOR' then 'HEALTH_CHECK_DISABLED' when word = 'INITIAL' then 'INITIAL_CHECKS' end) as cause
    from judged
  )
  select 'urn:lbhealth:v1:backend-row' as schema_id, 'lbhealth 0.1.0' as producer, 'huawei-elb' as adapter, 'ShowMember' as operation,
    request_id, 'SELECTED' as coverage, 'COMPLETE' as completeness, pool_key || '|' || m.id || '|' || m.protocol_port as record_key,
    'huawei-elb||' || m.id || '|' || m.protocol_port as backend_key, pool_key, 'LISTENER' as scope, e.listener_id as listener_id,
    m.id as backend_id, m.name as backend_name, if(m.member_type = 'ip', 'IP', 'INSTANCE') as backend_kind,
    nullif(m.instance_id, '') as instance_id, m.address as address, m.protocol_port as port, m.availability_zone as zone,
    m.weight as weight, health,
    case when excluded then 'EXCLUDED' when zero then 'EXISTING_ONLY' when gone then 'UNKNOWN' when word = 'INITIAL' then 'UNKNOWN' else 'ELIGIBLE' end as traffic,
    case when zero and not excluded then 'ZERO_WEIGHT' end as traffic_reason, cause as cause_reason,
    case when cause like 'CONNECT%' then 'CONNECT' when cause like 'SSL%' then 'TLS' when cause like 'SEND%' then 'SEND'
         when cause like 'RECV%' then 'RECEIVE' when cause like 'RESPONSE%' then 'RESPONSE' when cause = 'INITIAL_CHECKS' then 'LIFECYCLE'
         when cause = 'BACKEND_MISSING' then 'BACKEND' when cause is not null then 'CONFIGURATION' end as cause_phase,
    case when cause is null then null when bare and gone then 'INFERRED' when bare and zero then 'AMBIGUOUS' else 'EXACT' end as cause_certainty,
    if(bare and not gone and zero, 'AMBIGUOUS', 'EXACT') as certainty, if(expected is null, null, 'HTTP') as probe_expected_kind,
    expected as probe_expected, e.reason.healthcheck_response as probe_observed, word as evidence_status, code as evidence_reason,
    expected as evidence_expected, e.reason.healthcheck_response as evidence_observed, '/member/status/' || (n - 1) as evidence_path,
    nullif(concat_ws(',', if(gone, 'BACKEND_MISSING', null), if(placed, null, 'OUTER_STATUS_UNPLACED')), '') as warnings
  from named
) to '$out' (format json);
